"""What README.md and mockserver/README.md say of the fake works: each of their commands is run.

usage: mock_readme_test.py SOURCE-FOLDER COGMOCK
"""

import json
import os
import pathlib
import re
import signal
import subprocess
import sys
import tempfile
import unittest

SOURCE, COGMOCK = (pathlib.Path(a).resolve() for a in sys.argv[1:3])
sys.path.insert(0, str(SOURCE / "tests" / "support"))

from cogpromote import Help  # noqa: E402
from tap_unittest import main  # noqa: E402

README = (SOURCE / "README.md").read_text()
SECTION = README.partition("\n## Without a tenant\n")[2].partition("\n## ")[0]
DETAILS = (SOURCE / "mockserver" / "README.md").read_text()
SCENARIO = {"faults": [{"call": "health", "inject": {"status": 503}}]}
# curl says the status in a line of its own; proxies know nothing of this machine.
CURL = r"""curl() { command curl -sS --noproxy '*' -w '\n%{http_code}' "$@"; }
"""


def commands(text):
    return [re.split(r"\s+#", line.strip())[0] for line in text.splitlines()
            if re.match(r"    \S", line)]


class Reader:
    """Somebody who types what a document says, line by line."""

    def __init__(self, case):
        self.case = case
        folder = tempfile.TemporaryDirectory()
        case.addCleanup(folder.cleanup)
        self.folder = folder.name
        pathlib.Path(self.folder, "scenario.json").write_text(json.dumps(SCENARIO))
        self.fake, self.ready, self.variables = None, {}, ""
        case.addCleanup(self.stop)

    def stop(self):
        if self.fake is not None:
            self.fake.terminate()
            self.fake.communicate(timeout=20)
            self.case.assertEqual(self.fake.returncode, 0)

    def start(self, line):
        self.stop()
        words = line.replace("--port 8080", "--port 0 --quiet").split()
        self.case.assertIn("0", words)
        self.fake = subprocess.Popen([COGMOCK, *words[1:]], stdout=subprocess.PIPE, text=True,
                                     stderr=subprocess.PIPE, cwd=self.folder)
        self.ready = json.loads(self.fake.stdout.readline())

    def shell(self, line):
        """Ends with what a command prints."""
        script = CURL + self.variables + line
        script = re.sub(r"\b8080\b", str(self.ready["port"]), script)
        script = script.replace("cogmock ", f"{COGMOCK} ")
        shell = subprocess.Popen(
            ["bash", "-c", script], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
            cwd=self.folder, start_new_session=True,
            env={**os.environ, "token": self.ready.get("control_token", "")})
        if " -N " in line:
            text = self.read_event(shell)
        else:
            text = shell.communicate(timeout=60)[0]
            self.case.assertEqual(shell.returncode, 0, f"{line}\n{text}")
        return text

    @staticmethod
    def read_event(shell):
        """A stream has no end: its beginning will do."""
        for text in shell.stdout:
            if text.startswith((":", "id:", "event:", "retry:")):
                break
        os.killpg(shell.pid, signal.SIGKILL)
        shell.communicate(timeout=60)
        return text + "\n200"

    def type(self, line, status):
        if line.startswith("cogmock serve"):
            self.start(line)
        elif line.startswith("curl "):
            text = self.shell(line)
            self.case.assertRegex(text.rpartition("\n")[2], status, f"{line}\n{text}")
        elif line.startswith("cogmock "):
            self.shell(line)
        else:
            self.case.assertRegex(line, r"^[a-z]+=")
            self.variables += line + "\n"


class MockReadme(unittest.TestCase):
    def check(self, text):
        reader = Reader(self)
        lines = commands(text)
        fetches = [line for line in lines if line.startswith("curl -u dev-client")]
        self.assertEqual(len(fetches), 2)
        statuses = iter([r"^503$", r"^200$"])
        for line in lines:
            reader.type(line, next(statuses) if line in fetches else r"^2\d\d$")

    def test_every_command_of_the_details_works(self):
        self.check(DETAILS)

    def test_every_command_of_the_summary_works(self):
        self.check(SECTION)

    def test_every_kind_of_call_is_shown(self):
        document = json.loads((SOURCE / "mockserver/control/openapi.json").read_text())
        for path in document["paths"]:
            kind = re.sub(r"/tenants/\{tenant\}", "$mock", path)
            kind = re.sub(r"^/", "$control/", kind).partition("/{")[0]
            with self.subTest(path=path):
                self.assertIn(kind, DETAILS)

    def test_every_flag_that_is_named_exists(self):
        told = set(re.findall(r"`(--[a-z-]+)", SECTION + DETAILS))
        self.assertLessEqual(told, Help(COGMOCK).flags("serve"))

    def test_links_lead_somewhere(self):
        for target in re.findall(r"\]\(([^)#]+)\)", DETAILS):
            if "://" not in target:
                self.assertTrue((SOURCE / "mockserver" / target).exists(), target)


main()
