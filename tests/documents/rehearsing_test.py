"""What the documents say of rehearsing works: each of their commands is run, as it stands there.

usage: rehearsing_test.py SOURCE-FOLDER COGPROMOTE COGMOCK COGDRILL
"""

import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import time
import unittest

SOURCE, COGPROMOTE, COGMOCK, COGDRILL = (pathlib.Path(a).resolve() for a in sys.argv[1:5])
sys.path.insert(0, str(SOURCE / "tests" / "support"))

from tap_unittest import main  # noqa: E402

PATIENCE_S = 120
README = (SOURCE / "README.md").read_text()
SECTION = README.partition("\n## Rehearsing\n")[2].partition("\n## ")[0]
PICTURE = re.search(r"^```text\n(.*?)^```", SECTION, re.M | re.S)[1]
# What is not 0, with a history that has nothing in it, and the words that say why.
ENDS = {"cogdrill drills overdue": (1, " is due: never rehearsed")}
# Who is not at a terminal has to say so, and would wait.
PLAIN = "--plain --time-scale 30"
PROMOTES = "cogpromote promote; cogpromote audit verify; drill done"


def commands(text):
    """Lines of a section of README.md, or of a block of shell; without their comments."""
    lines = re.findall(r"^    (\S.*)$", text, re.M)
    for block in re.findall(r"^```sh\n(.*?)^```", text, re.M | re.S):
        lines += block.splitlines()
    return [re.split(r"\s+#", line)[0] for line in lines]


class Rehearsing(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        programs = self.folder / "programs"
        programs.mkdir()
        for program in (COGPROMOTE, COGMOCK, COGDRILL):
            (programs / program.name).symlink_to(program)
        (self.folder / "scenarios").symlink_to(SOURCE / "scenarios")
        self.environment = {
            **{name: value for name, value in os.environ.items()
               if not name.startswith(("COGDRILL_", "COGPROMOTE_", "COGNIGY_"))},
            "PATH": f"{programs}:{os.environ['PATH']}",
            "HOME": str(self.folder),
            "XDG_STATE_HOME": str(self.folder / "state"),
        }

    def shell(self, command, **options):
        return subprocess.run(["bash", "-c", command], cwd=self.folder, env=self.environment,
                              stdin=subprocess.DEVNULL, capture_output=True, text=True,
                              timeout=PATIENCE_S, check=False, **options)

    def expect(self, command):
        code, text = next((end for start, end in ENDS.items() if command.startswith(start)),
                          (0, ""))
        ended = self.shell(command)
        self.assertEqual(ended.returncode, code, command + "\n" + ended.stdout + ended.stderr)
        self.assertIn(text, ended.stdout)

    def begin(self, command):
        """Starts a drill with a person, and waits for the shell that it makes ready."""
        into = pathlib.Path(tempfile.mkdtemp(dir=self.folder)) / "drill"
        output = into.with_name("output")
        with output.open("w") as file:
            process = subprocess.Popen(
                ["bash", "-c", f"exec {command} {PLAIN} --into '{into}'"], cwd=self.folder,
                env=self.environment, stdin=subprocess.DEVNULL, stdout=file,
                stderr=subprocess.STDOUT)
        self.addCleanup(process.wait, PATIENCE_S)
        self.addCleanup(process.terminate)
        self.wait(lambda: process.poll() is not None or "The drill runs" in output.read_text())
        self.assertIsNone(process.poll(), output.read_text())
        return process, into

    def wait(self, condition):
        end = time.monotonic() + PATIENCE_S
        while not condition():
            self.assertLess(time.monotonic(), end)
            time.sleep(0.01)

    def expect_guided(self, command):
        """One that is named is gone through; one that nobody knows is only begun."""
        process, into = self.begin(command)
        is_drawn = command.split()[-1].startswith("--")
        typed = self.shell(f". '{into}/env'; " + ("drill abort" if is_drawn else PROMOTES))
        code = process.wait(PATIENCE_S)
        self.assertEqual(code, 2 if is_drawn else 0, typed.stdout + typed.stderr)
        report = json.loads((into / "report.json").read_text())["rehearsals"][0]
        self.assertEqual(report["mode"], "guided")
        self.assertTrue((into / "report.html").is_file())

    def run_all(self, text):
        found = [line for line in commands(text) if line.startswith("cogdrill")]
        self.assertGreater(len(found), 2)
        for command in found:
            with self.subTest(command=command):
                (self.expect_guided if "--guided" in command else self.expect)(command)

    def test_the_commands_of_the_readme_work(self):
        self.run_all(SECTION)

    def test_the_commands_of_the_reference_work(self):
        text = (SOURCE / "scenarios" / "README.md").read_text()
        self.run_all(text.partition("\n## Drills\n")[2].partition("\n## ")[0])

    def test_the_commands_of_the_drills_page_work(self):
        self.run_all((SOURCE / "scenarios" / "drills" / "README.md").read_text())

    def test_a_dead_machine_looks_as_shown(self):
        process, into = self.begin("cogdrill rehearse --guided client_killed")
        promoted = self.shell(f". '{into}/env'; cogpromote promote; exit $?")
        self.assertEqual(promoted.returncode, 128 + 9, promoted.stderr)
        shown = self.shell(f". '{into}/env'; cogpromote status")
        self.shell(f". '{into}/env'; drill abort")
        process.wait(PATIENCE_S)
        told = PICTURE.partition("(drill) $ cogpromote status\n")[2].partition("(drill)")[0]
        for line in told.splitlines():
            start = re.match(r"  (go on with cogpromote resume|last entry|[a-z]+)|.*(?=: e)", line)
            self.assertRegex(shown.stdout, "(?m)^" + re.escape(start[0]) if line[0] == " "
                             else r"(?m)^[0-9a-f-]{36}: elsewhere$")

    def test_each_drill_is_told_with_the_exit_code_that_it_expects(self):
        text = (SOURCE / "scenarios" / "drills" / "README.md").read_text()
        told = {row[0]: re.findall(r"\d+", row[1])
                for row in re.findall(r"^\| `(\w+)` \| .* \| (.*) \|$", text, re.M)}
        for file in (SOURCE / "scenarios" / "drills").glob("*.jsonc"):
            expected = re.search(r'^    "exit": (\d+)', file.read_text(), re.M)[1]
            self.assertIn(expected, told.get(file.stem, []), file.stem)

    def test_links_lead_somewhere(self):
        for folder in ("scenarios", "scenarios/drills", "scenarios/ci"):
            text = (SOURCE / folder / "README.md").read_text()
            for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", text):
                if "://" not in target:
                    self.assertTrue((SOURCE / folder / target).exists(), f"{folder}: {target}")


main()
