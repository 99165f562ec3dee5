"""The project's C files, as they lie in its folders."""

import pathlib
import subprocess
import sys

ROOT = pathlib.Path(sys.argv[1]).resolve()
FOLDERS = ("client", "mockserver", "scenarios", "tests")


def files(*suffixes):
    """Paths below the project's folders with one of these suffixes."""
    found = []
    for folder in FOLDERS:
        found += [p for p in (ROOT / folder).rglob("*") if p.is_file() and p.suffix in suffixes]
    return sorted(found)


def relative(path):
    return path.relative_to(ROOT).as_posix()


def report(complaints):
    """Prints what is wrong and ends the program."""
    for complaint in complaints:
        print(complaint)
    sys.exit(1 if complaints else 0)


def run(*command):
    return subprocess.run(command, cwd=ROOT, check=False).returncode
