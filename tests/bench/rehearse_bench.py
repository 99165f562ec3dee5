"""What rehearsing costs beside running the same scenarios: runs a second, CPU a run. No verdict.

rehearse_bench.py --cogdrill PROGRAM [--drills FOLDER] [--jobs N] [--full]

All drills over the same seeds: rehearsed, rehearsed with their reports written, and run by `cogdrill
run`, once a seed. The load of the machine is told besides: a busy one makes rates smaller, and CPU a
run hardly greater.
"""

import argparse
import os
import pathlib
import resource
import subprocess
import tempfile
import time

LIMIT_SECONDS = 600
SEED_COUNTS = {False: 100, True: 500}


def children_cpu_seconds():
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def call(options, *words):
    ended = subprocess.run([options.cogdrill, *map(str, words)], stdout=subprocess.DEVNULL,
                           timeout=LIMIT_SECONDS, check=False)
    if ended.returncode != 0:
        raise RuntimeError(f"cogdrill {words[0]} ended with {ended.returncode}")


def rehearse(options, seed_count, *words):
    call(options, "rehearse", "--quiet", "--jobs", options.jobs, "--seeds", f"1..{seed_count}",
         *words, *sorted(options.drills.glob("*.jsonc")))


def rehearse_and_report(options, seed_count):
    with tempfile.TemporaryDirectory() as folder:
        rehearse(options, seed_count, "--json", pathlib.Path(folder) / "reports.json")


def run(options, seed_count):
    for seed in range(1, seed_count + 1):
        call(options, "run", "--quiet", "--jobs", options.jobs, "--seed", seed, options.drills)


WAYS = (("cogdrill run", run), ("cogdrill rehearse", rehearse),
        ("... with its reports", rehearse_and_report))


def measure(way, options, seed_count):
    """@return (seconds, CPU seconds)"""
    cpu, begin = children_cpu_seconds(), time.monotonic()
    way(options, seed_count)
    return time.monotonic() - begin, children_cpu_seconds() - cpu


def tell(name, run_count, cost, plain):
    seconds, cpu = cost
    print(f"{name:<22} {run_count / seconds:>8,.0f} {plain[0] / seconds:>11.2f}"
          f" {cpu / run_count * 1e3:>7.2f} ms {cpu / plain[1]:>11.2f}")


def parse():
    parser = argparse.ArgumentParser()
    parser.add_argument("--cogdrill", type=pathlib.Path, required=True)
    parser.add_argument("--drills", type=pathlib.Path, default=pathlib.Path("scenarios/drills"))
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument("--full", action="store_true")
    return parser.parse_args()


def main():
    options = parse()
    seed_count = SEED_COUNTS[options.full]
    drill_count = len(list(options.drills.glob("*.jsonc")))
    print(f"{drill_count} drills, {seed_count} seeds each, with {options.jobs} processes; a run of"
          " `cogdrill run` starts the program once a seed")
    print(f"{'':<22} {'runs/s':>8} {'beside run':>11} {'CPU a run':>10} {'beside run':>11}")
    costs = {}
    for name, way in WAYS:
        costs[name] = measure(way, options, seed_count)
        tell(name, drill_count * seed_count, costs[name], costs[WAYS[0][0]])
    print(f"load of the machine: {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors")


if __name__ == "__main__":
    main()
