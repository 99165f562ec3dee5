"""Whether each drill fails with a client that is wrong in what the drill is about.

usage: rehearsed.py SOURCE-FOLDER PROGRAM-FOLDER DRILL:MUTANT:CHECK...

PROGRAM-FOLDER/cogdrill-MUTANT rehearses the drill, and that critical check has to be the first one
that fails. Prints TAP.
"""

import json
import pathlib
import subprocess
import sys
import tempfile

SEEDS = "1..5"
LIMIT_S = 60


def rehearse(program, drill, folder):
    """The report of the drill; None without one. And what the program said."""
    report = pathlib.Path(folder) / "report.json"
    ran = subprocess.run([program, "rehearse", drill, "--seeds", SEEDS, "--quiet", "--json", report],
                         stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                         timeout=LIMIT_S, check=False)
    if not report.is_file():
        return None, ran.stdout
    return json.loads(report.read_text())["rehearsals"][0], ran.stdout


def find_problem(report, check):
    """Why it is not as it should be; None: it is."""
    if report is None:
        return "there is no report"
    if report["verdict"] != "fail":
        return f"the verdict is {report['verdict']}: expected fail"
    if report["failed_check"] != check:
        return f"the check that fails is {report['failed_check']}: expected {check}"
    point = next(point for point in report["checklist"] if point["id"] == check)
    return None if point["critical"] else f"{check} is not critical"


def main():
    source, programs, *words = sys.argv[1:]
    drills = pathlib.Path(source) / "scenarios" / "drills"
    missing = {path.stem for path in drills.glob("*.jsonc")} - {w.split(":")[0] for w in words}
    print(f"1..{len(words) + 1}")
    for number, word in enumerate(words, 1):
        drill, mutant, check = word.split(":")
        with tempfile.TemporaryDirectory() as folder:
            report, said = rehearse(pathlib.Path(programs) / f"cogdrill-{mutant}",
                                    drills / f"{drill}.jsonc", folder)
        problem = find_problem(report, check)
        print(f"{'not ok' if problem else 'ok'} {number} - {drill}: {check} with {mutant}", flush=True)
        if problem:
            print(f"# {problem}")
            print("".join(f"# {line}\n" for line in said.splitlines()), end="")
    print(f"{'not ok' if missing else 'ok'} {len(words) + 1} - each drill has a client that fails it")
    for drill in sorted(missing):
        print(f"# none for {drill}")


main()
