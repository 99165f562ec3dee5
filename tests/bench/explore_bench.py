"""What exploring costs: runs a second, and how time and memory grow with their number. No verdict.

explore_bench.py --cogdrill PROGRAM [--base FILE] [--jobs N] [--full]

A search is done in three sizes, a shard of it each. The load of the machine is told besides: a busy
one makes rates smaller, and CPU a run hardly greater.
"""

import argparse
import json
import os
import pathlib
import resource
import statistics
import tempfile
import time

from processes import Process

LIMIT_SECONDS = 3600
# The larger the sizes, the less what is done once counts.
SHARDS = {False: (16, 4, 1), True: (4, 2, 1)}
# All of it is some ten thousands of pairs.
PAIRS = ("--depth", "2", "--only", "promote*", "--only", "status#1*", "--only", "rollback*")
SEARCHES = {
    "singles, each run twice": (),
    "pairs": (*PAIRS, "--kinds", "status", "--kinds", "send", "--kinds", "after_apply"),
}


def children_cpu_seconds():
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def watch(process):
    """Waits for its end. @return the most that all its processes had in memory at once, KiB"""
    peak, end = 0, time.monotonic() + LIMIT_SECONDS
    while process.popen.poll() is None and time.monotonic() < end:
        peak = max(peak, process.proportional_kib())
        time.sleep(0.05)
    if process.popen.returncode not in (0, 1, 2):
        raise RuntimeError(f"{process.command[0]} ended with {process.popen.returncode}")
    return peak


def explore(options, arguments, shard_count):
    """@return what it cost to explore one of so many shards"""
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "found.json"
        command = [options.cogdrill, "explore", "--quiet", "--jobs", options.jobs, "--json", path,
                   "--shard", f"1/{shard_count}", *arguments, options.base]
        cpu = children_cpu_seconds()
        begin = time.monotonic()
        with open(os.devnull, "w", encoding="utf-8") as nothing, \
                Process(command, stdout=nothing) as process:
            peak = watch(process)
            seconds = time.monotonic() - begin
        depths = [depth for base in json.loads(path.read_text())["bases"] for depth in base["depths"]]
    return {
        "runs": sum(depth["runs"] + depth["idle"] for depth in depths),
        "pruned": sum(depth["pruned"] for depth in depths),
        "seconds": seconds,
        "cpu": children_cpu_seconds() - cpu,
        "peak": peak,
    }


def print_search(name, sizes):
    first = sizes[0]
    print(name)
    print(f"{'':>4} {'runs':>8} {'pruned':>8} {'runs/s':>8} {'CPU a run':>10} {'of first':>9}"
          f" {'memory':>10} {'of first':>9}")
    for size in sizes:
        cost = size["cpu"] / size["runs"]
        print(f"{'':>4} {size['runs']:>8,} {size['pruned']:>8,} {size['runs'] / size['seconds']:>8,.0f}"
              f" {cost * 1e3:>7.2f} ms {cost / (first['cpu'] / first['runs']):>9.2f}"
              f" {size['peak'] / 1024:>6.1f} MiB {size['peak'] / first['peak']:>9.2f}")


def print_growth(sizes):
    """Between the smallest and the largest: what was done once is in neither."""
    first, last = sizes[0], sizes[-1]
    runs = last["runs"] - first["runs"]
    if runs > 0:
        print(f"{'':>4} each further run: {(last['cpu'] - first['cpu']) / runs * 1e3:.2f} ms of CPU,"
              f" {(last['peak'] - first['peak']) * 1024 / runs:,.0f} bytes of memory")


def parse():
    parser = argparse.ArgumentParser()
    parser.add_argument("--cogdrill", type=pathlib.Path, required=True)
    parser.add_argument("--base", type=pathlib.Path,
                        default=pathlib.Path("scenarios/bases/promotion.jsonc"))
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument("--full", action="store_true")
    return parser.parse_args()


def main():
    options = parse()
    loads = []
    print(f"exploring '{options.base.name}' with {options.jobs} processes, in three sizes")
    for name, arguments in SEARCHES.items():
        sizes = []
        for shard_count in SHARDS[options.full]:
            loads.append(os.getloadavg()[0])
            sizes.append(explore(options, arguments, shard_count))
        print_search(name, sizes)
        print_growth(sizes)
    print(f"load of the machine meanwhile: {statistics.mean(loads):.1f} on {os.cpu_count()} processors")


if __name__ == "__main__":
    main()
