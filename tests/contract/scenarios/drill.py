"""Running cogdrill in a folder of its own."""

import os
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "..", "support"))

PROGRAM, SCENARIOS = (os.path.abspath(path) for path in sys.argv[1:3])

MINIMAL = '{"name": "%s", "expect": {"exit": 0}}'


class DrillTest(unittest.TestCase):
    """Each test has an empty folder and works in it."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name

    def path(self, name):
        return os.path.join(self.folder, name)

    def write(self, name, text):
        path = self.path(name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        return path

    def read(self, name):
        with open(self.path(name), encoding="utf-8") as file:
            return file.read()

    def drill(self, *arguments, **variables):
        return subprocess.run(
            [PROGRAM, *arguments],
            cwd=self.folder,
            env={**os.environ, **variables},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            timeout=60,
            check=False,
        )

    def expect(self, result, exit_code, stdout="", stderr=""):
        self.assertEqual(result.returncode, exit_code, result.stdout + result.stderr)
        self.assertIn(stdout, result.stdout)
        self.assertIn(stderr, result.stderr)
