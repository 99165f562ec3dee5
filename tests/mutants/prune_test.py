"""What is left out of pairs loses nothing: with and without it the same is found of wrong clients.

usage: prune_test.py MUTANTS.json SOURCE-FOLDER
"""

import json
import pathlib
import subprocess
import sys
import tempfile

# Whose fault is seen by pairs alone, and one whose fault is seen by both; what is tried is small.
MUTANTS = ("look_that_failed_proves_absence", "lost_answer_is_repeated")
SEARCH = ("explore", "--quiet", "--depth", "2", "--repeat", "1", "--only", "promote#1*",
          "--only", "deployments#*", "--kinds", "status_503", "--kinds", "reset_after_apply",
          "--kinds", "not_json")
BASE = "scenarios/bases/promotion.jsonc"
LIMIT_S = 120


def shrink(program, folder, report):
    """All small scenarios that its failures come to."""
    subprocess.run([program, "shrink", "--quiet", "--into", folder / "small", report], check=True,
                   stdout=subprocess.DEVNULL, timeout=LIMIT_S)
    found = set()
    for path in (folder / "small").iterdir():
        scenario = "".join(line for line in path.read_text().splitlines(keepends=True)
                           if not line.lstrip().startswith("//"))
        scenario = json.loads(scenario)
        found.add(json.dumps({key: scenario[key] for key in scenario if key != "name"}, sort_keys=True))
    return found


def explore(program, source, *options):
    """@return effort of pairs, names of the rules that were broken, and the small scenarios"""
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        report = folder / "report.json"
        ran = subprocess.run([program, *SEARCH, "--json", report, *options, BASE], cwd=source,
                             capture_output=True, text=True, check=False, timeout=LIMIT_S)
        if ran.returncode != 1:
            raise AssertionError(f"nothing is found: exit {ran.returncode}: {ran.stderr}")
        told = json.loads(report.read_text())
        checks = {finding["check"] for failure in told["failures"] for finding in failure["findings"]}
        return told["bases"][0]["depths"][1], checks, shrink(program, folder, report)


def compare(mutant, source):
    """@return what is wrong; None: nothing"""
    pruned, checks, small = explore(mutant["program"], source)
    whole, all_checks, all_small = explore(mutant["program"], source, "--no-prune")
    if not 0 < pruned["runs"] < whole["runs"] or whole["pruned"] > 0:
        return f"{pruned['runs']} of {whole['runs']} runs were made"
    if checks != all_checks:
        return f"rules: {sorted(checks)}, and {sorted(all_checks)} when nothing is left out"
    if small != all_small or not small:
        return f"small scenarios: {sorted(small)}, and {sorted(all_small)} when nothing is left out"
    return None


def main():
    mutants = json.loads(pathlib.Path(sys.argv[1]).read_text())["mutants"]
    problems = 0
    print(f"1..{len(MUTANTS)}")
    for number, name in enumerate(MUTANTS, 1):
        mutant = next(mutant for mutant in mutants if mutant["name"] == name)
        try:
            problem = compare(mutant, sys.argv[2])
        except (AssertionError, subprocess.SubprocessError) as error:
            problem = str(error)
        print(f"{'not ok' if problem else 'ok'} {number} - {name}")
        if problem:
            problems += 1
            print(f"# {problem}")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
