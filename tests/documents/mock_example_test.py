"""The examples of the fake work: each is run, against a fake that starts and one that does not.

usage: mock_example_test.py SOURCE-FOLDER COGMOCK EXAMPLE-IN-C
"""

import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

SOURCE, COGMOCK, IN_C = (pathlib.Path(a).resolve() for a in sys.argv[1:4])
sys.path.insert(0, str(SOURCE / "tests" / "support"))

from cogpromote import Help  # noqa: E402
from tap_unittest import main  # noqa: E402

FOLDER = SOURCE / "mockserver" / "example"
HELP = Help(COGMOCK)
COMMANDS = {
    "C": [IN_C],
    "shell": ["sh", FOLDER / "retry_test.sh"],
    "Python": [sys.executable, FOLDER / "retry_test.py"],
    "Node": ["node", "--test", FOLDER / "retry.test.mjs"],
}


def run(command, cogmock=COGMOCK, **variables):
    return subprocess.run(list(map(str, command)), capture_output=True, text=True, timeout=100,
                          check=False, env={**os.environ, "COGMOCK": str(cogmock), **variables})


class Helpers(unittest.TestCase):
    def check(self, language):
        command = COMMANDS[language]
        ended = run(command)
        self.assertEqual(ended.returncode, 0, ended.stdout + ended.stderr)
        with tempfile.TemporaryDirectory() as folder:
            # A fake that lacks the faults that are armed: what was expected does not come.
            wrong = pathlib.Path(folder, "cogmock")
            wrong.write_text(f"""#!/bin/sh
exec {COGMOCK} "$@" --scenario {folder}/scenario.json
""")
            wrong.chmod(0o755)
            pathlib.Path(folder, "scenario.json").write_text(
                '{"faults": [{"call": "token", "inject": {"status": 401}}]}')
            ended = run(command, wrong)
            self.assertEqual(ended.returncode, 1, ended.stdout + ended.stderr)
        self.assertNotEqual(run(command, "/bin/false").returncode, 0)
        self.assertNotEqual(run(command, FOLDER / "none").returncode, 0)

    def test_in_c(self):
        self.check("C")

    def test_in_shell(self):
        self.check("shell")

    def test_in_python(self):
        self.check("Python")

    def test_in_node(self):
        self.check("Node")

    def test_no_helper_needs_more_than_it_says(self):
        """The shell has no other programs than these, and Python no packages."""
        with tempfile.TemporaryDirectory() as folder:
            for name in ("sh", "curl", "sed", "mktemp", "mkfifo", "cat", "rm"):
                os.symlink(shutil.which(name), pathlib.Path(folder, name))
            ended = run(COMMANDS["shell"], PATH=folder)
            self.assertEqual(ended.returncode, 0, ended.stdout + ended.stderr)
        ended = run([sys.executable, "-I", "-S", FOLDER / "retry_test.py"])
        self.assertEqual(ended.returncode, 0, ended.stdout + ended.stderr)
        text = (FOLDER / "retry.test.mjs").read_text()
        for module in re.findall(r"from '(.*)'", text):
            self.assertRegex(module, r"^node:")


class Service(unittest.TestCase):
    UNIT = (FOLDER / "cogmock.service").read_text()
    SETTINGS = dict(re.findall(r"(?m)^([A-Za-z]+)=(.*)$", UNIT))

    def test_the_unit_is_well_formed(self):
        analyze = shutil.which("systemd-analyze")
        if analyze is None:
            self.skipTest("no systemd-analyze here")
        with tempfile.TemporaryDirectory() as folder:
            unit = pathlib.Path(folder, "cogmock.service")
            unit.write_text(self.UNIT.replace("/usr/local/bin/cogmock", str(COGMOCK)))
            checked = run([analyze, "verify", "--man=no", unit])
        self.assertEqual((checked.returncode, checked.stdout, checked.stderr), (0, "", ""))

    def test_the_unit_is_hardened(self):
        for name, value in (("DynamicUser", "yes"), ("NoNewPrivileges", "yes"),
                            ("ProtectSystem", "strict"), ("ProtectHome", "yes"),
                            ("CapabilityBoundingSet", ""), ("MemoryDenyWriteExecute", "yes"),
                            ("RestrictAddressFamilies", "AF_INET AF_INET6")):
            self.assertEqual(self.SETTINGS[name], value, name)
        self.assertNotIn("\nUser=root", self.UNIT)

    def test_its_command_has_flags_that_exist(self):
        flags = re.findall(r"--[a-z-]+", self.SETTINGS["ExecStart"])
        self.assertLessEqual(set(flags), HELP.flags("serve"))

    def test_its_command_starts(self):
        with tempfile.TemporaryDirectory() as folder:
            # As systemd has it: the folder that is given is a link.
            pathlib.Path(folder, "private").mkdir(mode=0o700)
            pathlib.Path(folder, "cogmock").symlink_to("private")
            words = self.SETTINGS["ExecStart"].replace("%S", folder).split()
            words[0] = str(COGMOCK)
            words[words.index("--port") + 1] = "0"
            process = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                       text=True)
            ready = process.stdout.readline()
            control = re.search(r'"control_url":"([^"]*)"', ready)[1]
            saved = run(["curl", "-s", "--noproxy", "*", "-H", "Content-Type: application/json",
                         "-d", '{"name": "x"}', control + "/tenants/default/state/save"])
            self.assertTrue(pathlib.Path(folder, "private", "states", "x.json").is_file(),
                            saved.stdout)
            process.terminate()
            process.communicate(timeout=20)
            self.assertEqual(process.returncode, 0)


class Container(unittest.TestCase):
    TEXT = (FOLDER / "Containerfile").read_text()

    def test_it_says_that_nobody_has_tried_it(self):
        self.assertRegex(self.TEXT, r"\A# UNTESTED")

    def test_it_builds_from_debian_and_runs_as_a_user(self):
        self.assertEqual(set(re.findall(r"(?m)^FROM (\S+)", self.TEXT)), {"debian:12"})
        self.assertRegex(self.TEXT.rpartition("FROM")[2], r"(?m)^USER cogmock$")
        flags = re.findall(r"--[a-z-]+", re.search(r"(?m)^ENTRYPOINT (.*)$", self.TEXT)[1])
        self.assertLessEqual(set(flags), HELP.flags("serve"))

    def test_it_installs_the_libraries_that_the_program_needs(self):
        needed = run(["objdump", "-p", COGMOCK]).stdout
        for library, package in (("libcjson.so.1", "libcjson1"), ("libcrypto.so.3", "libssl3"),
                                 ("libgnutls.so.30", "libgnutls30"),
                                 ("libmicrohttpd.so.12", "libmicrohttpd12")):
            self.assertIn(f"NEEDED               {library}\n", needed)
            self.assertRegex(self.TEXT, rf"\b{package}\b")


main()
