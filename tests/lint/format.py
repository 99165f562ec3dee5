"""clang-format would change nothing."""

import sys

from sources import files, run

sys.exit(run("clang-format", "--dry-run", "-Werror", *map(str, files(".c", ".h"))))
