"""Adds up what the test runs of some build folders counted.

usage: summary.py FAILED FOLDER...

FAILED is 1 when a build or a run failed. Prints what the tortures tried, then `N passed, N failed`;
exits 1 when something failed. A TAP test counts with each of its points, any other test as one.
"""

import json
import pathlib
import re
import sys

TORTURE = re.compile(r"^(?:not )?ok \d+ - (.*) \((\d+) points\)$", re.MULTILINE)
POINT = re.compile(r"^(not )?ok\b(?!.*# skip)", re.IGNORECASE)


def count(entry):
    """(passed, failed) of one test program."""
    points = [m.group(1) for m in map(POINT.match, (entry.get("stdout") or "").splitlines()) if m]
    if entry["result"] == "SKIP":
        return 0, 0
    if entry["result"] in ("EXPECTEDFAIL", "UNEXPECTEDPASS"):
        return (1, 0) if entry["result"] == "EXPECTEDFAIL" else (0, 1)
    is_good = entry["result"] == "OK"
    if not points:
        return (1, 0) if is_good else (0, 1)
    failed = sum(1 for point in points if point)
    # A crash behind the last point, or a plan that was not kept, is a failure of its own.
    if not is_good and failed == 0:
        failed = 1
    return len(points) - sum(1 for point in points if point), failed


def tell_torture(folder, entry):
    """What was done to the client, and how often: a torture tells the number of its points."""
    for name, points in TORTURE.findall(entry.get("stdout") or ""):
        print(f"{folder}: {name}: {points} points")


def main():
    had_failure, folders = sys.argv[1] != "0", sys.argv[2:]
    passed = failed = 0
    for folder in folders:
        log = pathlib.Path(folder) / "meson-logs" / "testlog.json"
        if not log.is_file():
            had_failure = True
            continue
        for line in log.read_text().splitlines():
            entry = json.loads(line)
            tell_torture(folder, entry)
            one_passed, one_failed = count(entry)
            passed += one_passed
            failed += one_failed
    if had_failure and failed == 0:
        failed = 1
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


sys.exit(main())
