"""Whether each mutant is noticed: by the scenario or test that it names, and by the explorer.

usage: hunt.py [--explore | --explore-only] [--tap] [--json FILE] MUTANTS.json SOURCE-FOLDER [NAME...]

MUTANTS.json is what the build made of the patches. Without a fault everything must pass, or a
failure means nothing; --explore-only leaves that to other tests, and asks nobody but the explorer.
Prints a table, or TAP with a point a mutant and way; FILE has the same.
"""

import argparse
import concurrent.futures
import dataclasses
import json
import os
import pathlib
import signal
import subprocess
import sys
import tempfile
import threading
import time

LIMIT_S = 120
EXPLORER_LIMIT_S = 900


@dataclasses.dataclass
class Hunt:
    """How one mutant was looked for in one way; without a problem it was found."""

    ms: int
    cpu_ms: int
    problem: str | None = None
    output: str = ""
    found: dict | None = None


@dataclasses.dataclass
class Ran:
    exit_code: int
    output: str
    ms: int
    cpu_ms: int


def run(command, folder, limit_s=LIMIT_S):
    begin = time.monotonic()
    with tempfile.TemporaryFile() as written:
        process = subprocess.Popen(command, cwd=folder, stdout=written, stderr=subprocess.STDOUT,
                                   start_new_session=True)
        timer = threading.Timer(limit_s, os.killpg, (process.pid, signal.SIGKILL))
        timer.start()
        # Not `wait`: other processes work at the same time, and only this tells what one has used.
        _, status, usage = os.wait4(process.pid, 0)
        timer.cancel()
        process.returncode = os.waitstatus_to_exitcode(status)
        written.seek(0)
        output = written.read().decode(errors="replace")
    if process.returncode == -signal.SIGKILL:
        output += f"no end within {limit_s} s, or killed\n"
    return Ran(process.returncode, output, round((time.monotonic() - begin) * 1000),
               round((usage.ru_utime + usage.ru_stime) * 1000))


def finder_command(program, mutant):
    if mutant["test"]:
        return [program, "--tap=-"]
    return [program, "run", "--quiet", "--jobs", "1", "--transport", mutant["transport"],
            f"scenarios/suite/{mutant['scenario']}"]


def explorer_command(program, transport, *options):
    return [program, "explore", "--depth", "1", "--until-found", "--quiet", "--repeat", "1",
            "--transport", transport, *options]


def finder(mutant):
    return mutant["scenario"] or mutant["test"]


def hunt_by_finder(mutant, folder):
    ran = run(finder_command(mutant["program"], mutant), folder)
    problem = None
    if ran.exit_code == 0:
        problem = f"survived: {finder(mutant)} passes"
    elif ran.exit_code != 1:
        problem = f"{finder(mutant)} was not run to its end: exit {ran.exit_code}"
    elif mutant["finding"] not in ran.output:
        problem = f"{finder(mutant)} fails, but says nothing of '{mutant['finding']}'"
    return Hunt(ran.ms, ran.cpu_ms, problem, ran.output)


def hunt_by_explorer(mutant, folder):
    with tempfile.TemporaryDirectory() as place:
        told = pathlib.Path(place) / "exploration.json"
        ran = run(explorer_command(mutant["explorer"], mutant["transport"], "--jobs", "1", "--json",
                                   str(told)), folder, EXPLORER_LIMIT_S)
        failures = json.loads(told.read_text())["failures"] if told.exists() else []
    if failures and ran.exit_code == 1:
        found = {key: failures[0][key] for key in ("check", "base", "faults")}
        return Hunt(ran.ms, ran.cpu_ms, found=found)
    if ran.exit_code in (0, 2):
        problem = "survived: the explorer finds nothing"
    else:
        problem = f"the explorer did not end well: exit {ran.exit_code}"
    return Hunt(ran.ms, ran.cpu_ms, problem, ran.output)


def is_explored(mutant):
    return mutant["explorer"] is not None


def hunt_without_fault(hosts, mutants, folder, explores):
    """All that must pass with the right programs: the suite, and what the mutants name besides."""
    commands = [[hosts["cogdrill"], "run", "--quiet", "scenarios/suite"]]
    for mutant in mutants:
        command = finder_command(hosts[mutant["host"]], mutant)
        if (mutant["test"] or mutant["transport"] == "wire") and command not in commands:
            commands.append(command)
    if explores:
        commands += [explorer_command(hosts["cogdrill"], transport)
                     for transport in sorted({m["transport"] for m in mutants if is_explored(m)})]
    ms = cpu_ms = 0
    for command in commands:
        ran = run(command, folder, EXPLORER_LIMIT_S)
        ms += ran.ms
        cpu_ms += ran.cpu_ms
        if ran.exit_code != 0:
            return Hunt(ms, cpu_ms, f"fails without any fault: see to that first: {' '.join(command)}",
                        ran.output)
    return Hunt(ms, cpu_ms)


def ways_of(mutant, arguments):
    by_explorer = [hunt_by_explorer] if is_explored(mutant) else []
    if arguments.explore_only:
        return by_explorer
    return [hunt_by_finder, *(by_explorer if arguments.explore else [])]


def count_points(arguments, mutants):
    right = 0 if arguments.explore_only else 1
    return right + sum(len(ways_of(mutant, arguments)) for mutant in mutants)


def points(arguments, hosts, mutants):
    """Yields (mutant or None, way, hunt), in the order of the mutants, as they are known."""
    folder = arguments.source
    if not arguments.explore_only:
        right = hunt_without_fault(hosts, mutants, folder, arguments.explore)
        yield None, "the client without a fault", right
        if right.problem:
            return
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        jobs = [(mutant, pool.submit(way, mutant, folder), way) for mutant in mutants
                for way in ways_of(mutant, arguments)]
        for mutant, job, way in jobs:
            yield mutant, "explore" if way is hunt_by_explorer else finder(mutant), job.result()


def print_point(number, mutant, way, hunt):
    name = f"{mutant['name']}: {way}" if mutant else way
    print(f"{'not ok' if hunt.problem else 'ok'} {number} - {name}")
    if hunt.problem:
        print(f"# {hunt.problem}")
        print("".join(f"# {line}\n" for line in hunt.output.splitlines()), end="")
    sys.stdout.flush()


def print_row(mutant, way, hunt):
    told = hunt.problem or way
    if hunt.found:
        told += f" {hunt.found['check']} {hunt.found['base']}: "
        told += ", ".join(hunt.found["faults"]) or "without any fault"
    name = mutant["name"] if mutant else "-"
    print(f"{name:<44} {hunt.ms:>6} ms {hunt.cpu_ms:>6} ms of work  {told}", flush=True)
    if hunt.problem and mutant is None:
        print(hunt.output)


def entry(mutant, way, hunt):
    return {"name": mutant["name"], "what": mutant["what"], "by": way, "ms": hunt.ms,
            "cpu_ms": hunt.cpu_ms, "problem": hunt.problem,
            "found": hunt.found or (None if way == "explore" else {"finding": mutant["finding"]})}


def excuse(mutant):
    """What the explorer cannot find by its nature stands in the table too."""
    return {"name": mutant["name"], "what": mutant["what"], "by": "explore", "ms": 0, "cpu_ms": 0,
            "problem": None, "found": None, "unexplored": mutant["unexplored"]}


def count_found(entries, is_explorer):
    return sum(1 for entry in entries if entry["found"] and not entry["problem"]
               and (entry["by"] == "explore") == is_explorer)


def summarize(entries, mutants, arguments):
    """The last lines: how many were found by whom, and why others were not looked for."""
    if not arguments.explore_only:
        print(f"{len(mutants)} faults: {count_found(entries, False)} noticed by what they name")
    if not arguments.explore and not arguments.explore_only:
        return
    works = sorted(entry["cpu_ms"] for entry in entries if entry["by"] == "explore" and entry["found"])
    median = f", the median after {works[len(works) // 2]} ms of work" if works else ""
    explored = len(mutants) - len([mutant for mutant in mutants if not is_explored(mutant)])
    print(f"{explored} explored: {count_found(entries, True)} noticed{median}")
    unexplored = [mutant for mutant in mutants if not is_explored(mutant)]
    print(f"{len(unexplored)} not explored{':' if unexplored else ''}")
    for mutant in unexplored:
        print(f"    {mutant['name']}: {mutant['unexplored']}")


def parse():
    parser = argparse.ArgumentParser()
    ways = parser.add_mutually_exclusive_group()
    ways.add_argument("--explore", action="store_true")
    ways.add_argument("--explore-only", action="store_true")
    parser.add_argument("--tap", action="store_true")
    parser.add_argument("--json", type=pathlib.Path)
    parser.add_argument("mutants", type=pathlib.Path)
    parser.add_argument("source", type=pathlib.Path)
    parser.add_argument("names", nargs="*")
    return parser.parse_args()


def choose(names, mutants):
    unknown = set(names) - {mutant["name"] for mutant in mutants}
    if unknown:
        sys.exit(f"there is no mutant {', '.join(sorted(unknown))}: see tests/mutants")
    return [mutant for mutant in mutants if not names or mutant["name"] in names]


def main():
    arguments = parse()
    listed = json.loads(arguments.mutants.read_text())
    mutants = choose(arguments.names, listed["mutants"])
    if arguments.tap:
        print(f"1..{count_points(arguments, mutants)}", flush=True)
    entries, problems = [], 0
    for number, (mutant, way, hunt) in enumerate(points(arguments, listed["hosts"], mutants), 1):
        problems += hunt.problem is not None
        if arguments.tap:
            print_point(number, mutant, way, hunt)
        else:
            print_row(mutant, way, hunt)
        if mutant:
            entries.append(entry(mutant, way, hunt))
    if arguments.explore or arguments.explore_only:
        entries += [excuse(mutant) for mutant in mutants if not is_explored(mutant)]
    if arguments.json:
        arguments.json.write_text(json.dumps(entries, indent=2) + "\n")
    if not arguments.tap:
        summarize(entries, mutants, arguments)
        print(f"{problems} problems" if problems else "all noticed")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
