"""Whether the mutants fit the source, and name what notices them; builds nothing.

usage: check.py SOURCE-FOLDER [NAME...]
"""

import pathlib
import subprocess
import sys

from mutant import Unsound, read

ROOT = pathlib.Path(sys.argv[1]).resolve()
FOLDER = ROOT / "tests" / "mutants"
BUILT = (FOLDER / "meson.build").read_text()


def complaint(path):
    """What is wrong with a file; None: nothing."""
    if not path.is_file():
        return f"there is no {path.relative_to(ROOT)}"
    try:
        mutant = read(path)
    except Unsound as error:
        return str(error)
    if f"'{mutant.name}'" not in BUILT:
        return "it is not in the list of tests/mutants/meson.build: nobody builds it"
    if mutant.scenario and not (ROOT / "scenarios" / "suite" / mutant.scenario).is_file():
        return f"there is no scenarios/suite/{mutant.scenario}"
    if mutant.test and f"'{mutant.test}'" not in BUILT:
        return f"'{mutant.test}' is none of the test programs of tests/mutants/meson.build"
    # --fuzz=0: what is around a fault has to be as it was.
    tried = subprocess.run(["patch", "--dry-run", "--fuzz=0", "-p1", "-i", path], cwd=ROOT,
                           capture_output=True, check=False)
    if tried.returncode != 0:
        return "it does not fit the source any more: put the same fault into it, and take its diff"
    return None


names = sys.argv[2:] or sorted(path.stem for path in FOLDER.glob("*.patch"))
complaints = [(n, c) for n in names if (c := complaint(FOLDER / f"{n}.patch")) is not None]
for name, wrong in complaints:
    print(f"{name}: {wrong}", file=sys.stderr)
if complaints:
    sys.exit(f"{len(complaints)} of {len(names)} faults are not as they should be")
print(f"{len(names)} faults: all fit the source")
