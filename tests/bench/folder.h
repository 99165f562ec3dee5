/** The folder where promotions leave their files. */
#ifndef BENCH_FOLDER_H
#define BENCH_FOLDER_H

/** Removes it and all that is in it. */
void bench_folder_remove(const char *folder);

#endif
