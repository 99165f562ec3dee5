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


def check(source):
    ran = subprocess.run(
        ["clang-tidy", "--quiet", "-p", str(build), source],
        capture_output=True, text=True, cwd=ROOT, check=False,
    )
    return ran.returncode, re.sub(r"^\d+ warnings? .*\n", "", ran.stdout, flags=re.M)


with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
    results = list(pool.map(check, sources))
report([text for code, text in results if code != 0])
