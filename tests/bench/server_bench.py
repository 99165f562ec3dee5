"""The fake server beside others: throughput, start, memory, a crowd, a soak. Numbers, no verdict.

server_bench.py --cogmock PROGRAM --tools FOLDER [--node FOLDER] [--full] [CASE]...

CASE is one of: throughput, start, memory, crowd, soak; without one, all. What is not installed (wrk,
nginx, what scripts/bench takes from npm) is said to be missing, and left out.
"""

import argparse
import contextlib
import json
import pathlib
import random
import re
import resource
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time

from contenders import Bare, Client, Cogmock, Mountebank, Nginx, Prism, idle_faults
from processes import Process, run

CONNECTIONS = 32
STARTS = 20
TENANTS = 1000
CROWD_IDLE = 9000
CROWD_SLOW = 1000
LATENCY_PAUSE_US = 500
SOAK_CLIENTS = 16
SOAK_TIMEOUT_MS = 100
LOAD_SECONDS_MAX = 600
SIZES = {
    # rounds and seconds of throughput, requests before memory is read, of the soak, of a latency
    False: {"rounds": 3, "seconds": 3, "memory": 200_000, "soak": 100_000, "latency": 4000},
    True: {"rounds": 5, "seconds": 10, "memory": 1_000_000, "soak": 1_000_000, "latency": 20_000},
}


class Bench:
    def __init__(self, options, folder):
        self.options = options
        self.folder = pathlib.Path(folder)
        self.size = SIZES[options.full]
        self.missing = []

    def tool(self, name):
        return self.options.tools / name

    def cogmock(self, name, faults=None):
        return Cogmock(self.folder / name, self.options.cogmock, faults)

    def peers(self, model):
        """Whoever is installed, made to answer as the model does."""
        answer = model.ask()
        self.missing = []
        found = [Bare(self.folder / "bare", model, answer, self.tool("bare_server"))]
        if Nginx.is_installed():
            found.append(Nginx(self.folder / "nginx", model, answer))
        else:
            self.missing.append(Nginx.name)
        for kind in (Mountebank, Prism):
            if self.options.node and shutil.which("node") and kind.is_installed(self.options.node):
                found.append(kind(self.folder / kind.package.replace("/", "_"), model, answer,
                                  self.options.node))
            else:
                self.missing.append(kind.name)
        return found

    def say_missing(self):
        for name in self.missing:
            print(f"{name:<30} not installed")


# What wrk says that is no number of good answers.
WRK_TROUBLE = re.compile(r"^\s*((?:Socket errors|Non-2xx).*)$", re.M)


def load(server, seconds):
    """Has wrk ask the server. @return requests, requests/s, CPU µs a request, p99 µs, trouble"""
    header = [word for name, value in server.headers.items() for word in ("-H", f"{name}: {value}")]
    before = server.process.cpu_seconds()
    text = run(["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "--latency", *header,
                server.url()])
    cpu = server.process.cpu_seconds() - before
    requests = int(re.search(r"(\d+) requests in", text)[1])
    p99 = re.search(r"99%\s+([\d.]+)(us|ms|s)", text)
    return {
        "requests": requests,
        "rate": float(re.search(r"Requests/sec:\s+([\d.]+)", text)[1]),
        "cpu": cpu / max(requests, 1) * 1e6,
        "p99": float(p99[1]) * {"us": 1, "ms": 1e3, "s": 1e6}[p99[2]],
        "trouble": "; ".join(WRK_TROUBLE.findall(text)),
    }


def median(values):
    return statistics.median(values)


def throughput(bench):
    size = bench.size
    print(f"a job's status with a bearer token, wrk with one thread and {CONNECTIONS} connections,"
          f" median of {size['rounds']} rounds of {size['seconds']} s")
    if not shutil.which("wrk"):
        print("not measured: wrk is not installed")
        return
    with contextlib.ExitStack() as stack:
        model = stack.enter_context(bench.cogmock("throughput"))
        servers = [model] + [stack.enter_context(peer) for peer in bench.peers(model)]
        for server in servers:
            load(server, 1)
        # They take turns, and ratios are within a round: what disturbs one disturbs all.
        rounds = [[load(server, size["seconds"]) for server in servers]
                  for _ in range(size["rounds"])]
        print_throughput(servers, rounds)
    bench.say_missing()


def print_throughput(servers, rounds):
    print(f"{'':<30} {'requests/s':>10} {'of bare':>8} {'cogmock is':>11} {'CPU/request':>12}"
          f" {'of bare':>8} {'p99':>9} {'memory':>10} {'answer':>7}")
    for i, server in enumerate(servers):
        def middle(key):
            return median([turn[i][key] for turn in rounds])
        share = median([turn[i]["rate"] / turn[1]["rate"] for turn in rounds])
        times = median([turn[0]["rate"] / turn[i]["rate"] for turn in rounds])
        cpu_share = median([turn[i]["cpu"] / max(turn[1]["cpu"], 1e-9) for turn in rounds])
        print(f"{server.name:<30} {middle('rate'):>10,.0f} {share:>8.2f} {times:>9.2f} x"
              f" {middle('cpu'):>9.2f} us {cpu_share:>8.2f} {middle('p99'):>6,.0f} us"
              f" {server.process.resident_kib() / 1024:>6.1f} MiB {answer_size(server):>5} B")
        for turn in rounds:
            if turn[i]["trouble"]:
                print(f"    {turn[i]['trouble']}")


def answer_size(server):
    """Bytes of head and body."""
    _, headers, body = server.ask()
    return len("HTTP/1.1 200 OK\r\n\r\n") + len(body) + sum(len(n) + len(v) + 4 for n, v in headers)


def start(bench):
    print(f"from exec to the first byte of an answer, {STARTS} times")
    print(f"{'':<30} {'median':>10} {'least':>10} {'most':>10}")
    with bench.cogmock("model") as model:
        servers = [bench.cogmock("start"), *bench.peers(model)]
        for server in servers[1:]:
            server.headers = model.headers
        servers[0].path = "/api/v1/health"
        for server in servers:
            figures = run([bench.tool("first_answer"), STARTS, server.port, server.request(),
                           *server.command()]).split()
            middle, least, most = (float(figure) / 1e3 for figure in figures)
            print(f"{server.name:<30} {middle:>7.2f} ms {least:>7.2f} ms {most:>7.2f} ms")
    bench.say_missing()


def memory(bench):
    print("resident memory of cogmock")
    with bench.cogmock("memory") as server:
        print(f"{'idle':<30} {server.idle_kib / 1024:>6.1f} MiB")
        print_memory("after a token and a promotion", server)
        if shutil.which("wrk"):
            print_memory_loaded(server, bench.size["memory"])
        else:
            print("not measured after requests: wrk is not installed")
    with bench.cogmock("tenants") as server:
        count, why = use_tenants(server)
        if count == TENANTS:
            print_memory(f"{TENANTS:,} tenants used once", server)
        else:
            print(f"{TENANTS:,} tenants used once: not measured: tenant {count + 1} {why}")


def print_memory(what, server):
    print(f"{what:<30} {server.process.resident_kib() / 1024:>6.1f} MiB")


def print_memory_loaded(server, count):
    done = 0
    end = time.monotonic() + LOAD_SECONDS_MAX
    while done < count and time.monotonic() < end:
        measured = load(server, 2)
        done += measured["requests"]
        if measured["trouble"]:
            print(f"    {measured['trouble']}")
    print_memory(f"after {done:,} requests", server)


def use_tenants(server):
    """@return how many were used, and why not the next one"""
    client = Client(server.port)
    try:
        for i in range(TENANTS):
            base = f"/t/tenant-{i}/api/v1"
            status, token = client.take_token(base)
            if status == 200:
                headers = {"Authorization": f"Bearer {token}"}
                status, _, _ = client.ask("GET", f"{base}/health", headers=headers)
            if status != 200:
                return i, f"answered {status}"
        return TENANTS, ""
    finally:
        client.close()


SLOW_CALLS = {
    "/api/v1/environments/env-source/metrics":
        {"call": "metrics", "inject": {"kind": "drip", "bytes": 1, "every": "1s"}},
    "/api/v1/environments/env-source":
        {"call": "environment", "inject": {"kind": "delay", "delay": "20s"}},
    "/api/v1/bots/bot-1/versions":
        {"call": "versions", "inject": "timeout_after_apply"},
}


def crowd(bench):
    total = CROWD_IDLE + CROWD_SLOW
    print(f"one client beside {total:,} connections, {CROWD_SLOW:,} of them slow: dripped to,"
          " delayed, left hanging, or sending byte by byte")
    faults = idle_faults()
    faults = [f for f in faults if f["call"] != "versions"] + list(SLOW_CALLS.values())
    with bench.cogmock("crowd", faults) as server:
        rows = {"alone": latency(bench, server)}
        command = [bench.tool("crowd"), server.port, CROWD_IDLE, CROWD_SLOW, server.request(),
                   *(server.request(path) for path in SLOW_CALLS)]
        with Process(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
            opened = process.popen.stdout.readline().strip()
            rows["beside the crowd"] = latency(bench, server)
            mib = server.process.resident_kib() / 1024
            held, sent, received = process.popen.communicate(timeout=60)[0].split()
        # How steady the machine is.
        rows["alone, once more"] = latency(bench, server)
    print_latencies(rows, bench.size["latency"])
    print(f"{int(opened):,} connections opened, {int(held):,} open at the end; the slow ones sent"
          f" {int(sent):,} bytes and got {int(received):,}; {mib:.1f} MiB")


def print_latencies(rows, count):
    print(f"{'':<30} {'median':>10} {'p99':>10} {'of alone':>9} {'most':>10}")
    alone = rows["alone"][1]
    for name, (middle, p99, most, answered) in rows.items():
        if answered < count:
            print(f"{name:<30} not measured: {answered:,.0f} of {count:,} requests were answered")
        else:
            print(f"{name:<30} {middle:>7.0f} us {p99:>7.0f} us {p99 / max(alone, 1):>9.2f}"
                  f" {most:>7.0f} us")


def latency(bench, server):
    """Median, p99 and most in µs, and how many were answered."""
    text = run([bench.tool("latency"), server.port, bench.size["latency"], LATENCY_PAUSE_US,
                server.request()])
    return [float(figure) for figure in text.split()]


SOAK_KINDS = (
    {"status": 503}, {"status": 429}, "reset_after_apply", "close_no_response",
    "reset_after_headers", "truncated_body", "empty_body", "not_json", "missing_fields",
    {"kind": "delay", "delay": "5ms"}, "bad_chunk", "garbage_then_close", "wrong_content_length",
    "duplicate_headers", "many_1xx", "truncated_headers", "drip",
    # These cost a client its timeout, or the wire a megabyte.
    "timeout_after_apply", "oversized_body",
)
SOAK_SHARE = 0.1


def soak_faults(bench):
    """Faults that strike at random, and in which words: a probability, where the fake knows it."""
    share = round(SOAK_SHARE / len(SOAK_KINDS), 4)
    drawn = [{"call": "status", "attempts": [1], "probability": share, "inject": kind}
             for kind in SOAK_KINDS]
    file = bench.folder / "probability.json"
    file.write_text(json.dumps({"name": "probability", "faults": drawn, "expect": {"exit": 0}}))
    with Process([bench.options.cogmock, "check", file], stdout=subprocess.DEVNULL,
                 stderr=subprocess.DEVNULL) as process:
        if process.popen.wait(timeout=10) == 0:
            return drawn, "by probability"
    calls = random.Random(1).sample(range(1, bench.size["soak"] // 2), 32 * 16 * len(SOAK_KINDS))
    faults = []
    for i in range(16 * len(SOAK_KINDS)):
        faults.append({"call": "status", "attempts": [1], "nth": sorted(calls[i * 32:i * 32 + 32]),
                       "inject": SOAK_KINDS[i % len(SOAK_KINDS)]})
    return faults, "by the numbers of calls"


def settle(server):
    """Waits, for a while, until descriptors of connections that ended are closed."""
    counts = [server.process.descriptor_count()]
    for _ in range(20):
        time.sleep(0.1)
        counts.append(server.process.descriptor_count())
        if len(counts) > 5 and len(set(counts[-5:])) == 1:
            break
    return counts[-1]


def soak(bench):
    count = bench.size["soak"]
    faults, how = soak_faults(bench)
    print(f"{count:,} requests by {SOAK_CLIENTS} clients, with random faults ({how})")
    with bench.cogmock("soak", faults) as server:
        # A tenth goes before: the journal and the allocator fill up first.
        steps = (count // 10, count - count // 10)
        print(f"{'':<30} {'memory':>10} {'descriptors':>12}")
        print_state("before", server)
        outcomes = [0, 0, 0, 0]
        for step in steps:
            text = run([bench.tool("soak"), server.port, step, SOAK_CLIENTS, SOAK_TIMEOUT_MS,
                        server.request()], LOAD_SECONDS_MAX)
            outcomes = [a + int(b) for a, b in zip(outcomes, text.split())]
            print_state(f"after {sum(outcomes):,}", server)
    good, other, broken, late = outcomes
    print(f"answers: {good:,} with 2xx, {other:,} with another status, {broken:,} not whole,"
          f" {late:,} not in time")


def print_state(what, server):
    descriptors = settle(server)
    print(f"{what:<30} {server.process.resident_kib() / 1024:>6.1f} MiB {descriptors:>12}")


CASES = {"throughput": throughput, "start": start, "memory": memory, "crowd": crowd, "soak": soak}


SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def end(number, _):
    """By way of the context managers, which a second signal must not keep from it."""
    for ignored in SIGNALS:
        signal.signal(ignored, signal.SIG_IGN)
    sys.exit(128 + number)


def absolute(path):
    return pathlib.Path(path).resolve()


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cogmock", type=absolute, required=True)
    parser.add_argument("--tools", type=absolute, required=True)
    parser.add_argument("--node", type=absolute)
    parser.add_argument("--full", action="store_true")
    parser.add_argument("cases", metavar="CASE", nargs="*")
    options = parser.parse_args()
    for name in options.cases:
        if name not in CASES:
            parser.error(f"there is no case '{name}': {', '.join(CASES)}")
    for number in SIGNALS:
        signal.signal(number, end)
    sys.stdout.reconfigure(line_buffering=True)
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    with tempfile.TemporaryDirectory(prefix="cogmock-bench-") as folder:
        pathlib.Path(folder).chmod(0o755)
        for i, name in enumerate(options.cases or CASES):
            if i > 0:
                print()
            CASES[name](Bench(options, folder))


main()
