"""clang-tidy finds nothing. Second argument: the build folder with compile_commands.json."""

import concurrent.futures
import json
import os
import pathlib
import re
import subprocess
import sys

from sources import ROOT, report

build = pathlib.Path(sys.argv[2])
commands = json.loads((build / "compile_commands.json").read_text())
sources = sorted({str((pathlib.Path(c["directory"]) / c["file"]).resolve()) for c in commands})
sources = [s for s in sources if s.startswith(str(ROOT)) and not s.startswith(str(build))]


# The analyzer takes Criterion's macros apart for a quarter of a minute a file; what the tests do,
# the sanitizers see when they run.
OF_TESTS = "--checks=-clang-analyzer-*"

# Nodes of the paths that the analyzer follows through a function: with its own 225,000 a file takes
# five times as long. By its statistics (debug.Stats) it leaves no block unreached that it reaches
# with 60,000, and those took half as long again.
OF_SOURCES = [
    "--extra-arg=" + word
    for word in ("-Xclang", "-analyzer-config", "-Xclang", "max-nodes=30000")
]


def check(source):
    options = [OF_TESTS] if source.startswith(str(ROOT / "tests")) else OF_SOURCES
    ran = subprocess.run(
        ["clang-tidy", "--quiet", "-p", str(build), *options, source],
        capture_output=True, text=True, cwd=ROOT, check=False,
    )
    return ran.returncode, re.sub(r"^\d+ warnings? .*\n", "", ran.stdout, flags=re.M)


with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
    results = list(pool.map(check, sources))
report([text for code, text in results if code != 0])
