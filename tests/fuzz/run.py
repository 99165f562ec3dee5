"""Runs a fuzz target over its corpus, and then as often as told on what libFuzzer makes of it.

usage: run.py PROGRAM CORPUS-FOLDER [RUNS]

Without RUNS the target has no fuzzer inside: it replays the corpus, file by file. What the fuzzer
finds on the way is thrown away, so that each run is the same; an input that breaks a promise stays
beside the program, as crash-TARGET-HASH: put it into the corpus.
"""

import pathlib
import subprocess
import sys
import tempfile

PROGRAM, CORPUS = (pathlib.Path(a).resolve() for a in sys.argv[1:3])
RUNS = sys.argv[3] if len(sys.argv) > 3 else None


def command(folder):
    inputs = sorted(str(path) for path in CORPUS.iterdir())
    if not inputs:
        sys.exit(f"{CORPUS}: no inputs")
    if RUNS is None:
        return [str(PROGRAM), *inputs]
    artifacts = PROGRAM.parent / f"crash-{CORPUS.name}-"
    # The first folder takes what is new, the second is only read.
    return [str(PROGRAM), f"-runs={RUNS}", "-seed=1", "-timeout=10", "-max_len=4096",
            f"-artifact_prefix={artifacts}", folder, str(CORPUS)]


with tempfile.TemporaryDirectory() as folder:
    # libFuzzer's own code for a crash, 77, is the one by which meson knows a test that was skipped.
    sys.exit(1 if subprocess.run(command(folder), check=False).returncode != 0 else 0)
