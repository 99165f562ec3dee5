/** Compiler attributes, in one place: the only file that names a compiler extension. */
#ifndef COGPROMOTE_ATTRIBUTES_H
#define COGPROMOTE_ATTRIBUTES_H

/** The symbol is part of the library's public interface. To C++ it is a C function. */
#ifdef __cplusplus
#define COG_API extern "C" __attribute__((visibility("default")))
#else
#define COG_API __attribute__((visibility("default")))
#endif

/** The caller must look at the result. */
#define COG_CHECK __attribute__((warn_unused_result))

/** Argument `text` is a printf format for the arguments from `first` on (both count from 1). */
#define COG_PRINTF(text, first) __attribute__((format(printf, text, first)))

/** Runs `finisher(&variable)` when the variable goes out of scope. */
#define COG_CLEANUP(finisher) __attribute__((cleanup(finisher)))

#endif
