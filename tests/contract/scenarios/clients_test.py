"""What scenarios/clients/README.md shows is what comes out: each of its commands is run.

usage: clients_test.py COGDRILL SCENARIOS-FOLDER
"""

import os
import re
import subprocess
import unittest

from drill import PROGRAM, SCENARIOS
from tap_unittest import main

ROOT = os.path.dirname(SCENARIOS)
with open(os.path.join(SCENARIOS, "clients", "README.md"), encoding="utf-8") as README:
    TEXT = README.read()
EXAMPLES = re.findall(r"^```sh\n(.*?)\n```\n\n```text\n(.*?)\n```", TEXT, re.MULTILINE | re.DOTALL)


class Readme(unittest.TestCase):
    maxDiff = None

    def check(self, name):
        """The same scenarios pass and fail, and the count at the end is the same."""
        command, shown = next(example for example in EXAMPLES if name in example[0])
        result = subprocess.run(
            command, shell=True, cwd=ROOT, encoding="utf-8", timeout=500, check=False,
            env={**os.environ, "PATH": f"{os.path.dirname(PROGRAM)}:{os.environ['PATH']}"},
            stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        lines = re.findall(r"^(?:not )?ok .*$", result.stdout, re.MULTILINE)
        lines.append(result.stderr.strip().partition(";")[0])
        self.assertEqual("\n".join(lines), shown, result.stdout + result.stderr)
        return result

    def test_every_command_is_checked(self):
        self.assertEqual(len(re.findall("^```sh$", TEXT, re.MULTILINE)), len(EXAMPLES))
        self.assertEqual(len(EXAMPLES), 2)

    def test_the_careful_client_passes_everything(self):
        self.assertEqual(self.check("careful.py").returncode, 0)

    def test_the_naive_client_fails_as_shown(self):
        result = self.check("naive.sh")
        self.assertEqual(result.returncode, 1)
        block = result.stdout.partition("not ok 2 ")[2].partition("not ok 3 ")[0]
        for rule in ("I3: ", "I17: "):
            self.assertIn(rule, block)

    def test_every_invariant_is_told(self):
        with open(os.path.join(SCENARIOS, "runner", "judge", "invariant.c"),
                  encoding="utf-8") as file:
            judged = set(re.findall(r'\{"(I[0-9]+)"', file.read()))
        told = re.findall(r"^\| (I[0-9][^|]*?) \|", TEXT, re.MULTILINE)
        self.assertEqual({word for row in told for word in row.split(", ")}, judged)


main()
