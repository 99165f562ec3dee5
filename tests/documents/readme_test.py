"""What README.md says works: each of its commands is run, and it says nothing that is not known here.

usage: readme_test.py SOURCE-FOLDER BUILD-FOLDER COGPROMOTE COGMOCK COGDRILL
"""

import os
import pathlib
import re
import signal
import subprocess
import sys
import tempfile
import unittest

SOURCE, BUILD, COGPROMOTE, COGMOCK, COGDRILL = (pathlib.Path(a).resolve() for a in sys.argv[1:6])
sys.path.insert(0, str(SOURCE / "tests" / "support"))

from cogmock import Cogmock  # noqa: E402
from cogpromote import Help  # noqa: E402
from tap_unittest import main  # noqa: E402

README = (SOURCE / "README.md").read_text()
# The commands of this section are run by mock_readme_test.py.
MOCK = README.partition("\n## Without a tenant\n")[2].partition("\n## ")[0]
# And those of this one by rehearsing_test.py.
REHEARSING = README.partition("\n## Rehearsing\n")[2].partition("\n## ")[0]
PICTURES = re.findall(r"^```text\n(.*?)^```", README, re.M | re.S)
PICTURE = PICTURES[0]
EXPLORED = next(picture for picture in PICTURES if "possible" in picture)
CODE = re.search(r"^```c\n(.*?)^```", README, re.M | re.S)[1]
COMMANDS = [
    re.split(r"\s+#", line.strip())[0].strip()
    for line in re.sub(r"^```.*?^```", "", README.replace(MOCK, "").replace(REHEARSING, ""),
                       flags=re.M | re.S).splitlines()
    if re.match(r"    \S", line)
]
# The commands that this file runs. scripts/test runs this file.
KNOWN = {
    "scripts/run",
    "scripts/test",
    "export COGNIGY_API_BASE=https://tenant.example/api/v1",
    "export COGNIGY_CLIENT_ID=… COGNIGY_CLIENT_SECRET=…",
    "cogpromote plan --source env-staging --target env-production",
    "cogpromote promote --source env-staging --target env-production --wait-for-drain 10m",
    "cogpromote promote --strict --lock-wait 10m --on-interrupt rollback",
    "cogpromote status",
    "cogpromote resume",
    "cogpromote webhook flush",
    "cogpromote audit verify",
    "cogdrill run scenarios/suite",
    "cogdrill run --junit report.xml scenarios/suite",
    "cogdrill run --html report.html scenarios/suite",
    'cogdrill run --client "$PWD/promote.sh"',
    "cogdrill list",
    "cogdrill coverage",
    "cogdrill torture --kills --step 9",
    "cogdrill explore --only 'promote*'",
    "cogdrill swarm --seeds 1..200 --into found",
}

# For scripts/run: a build of its own, as in a clone, but compiled in a third of the time.
CLONE = {**os.environ, "COG_BUILD": str(BUILD / "run"), "CFLAGS": "-O0 -g0"}


def run(*command, **options):
    return subprocess.run(list(map(str, command)), capture_output=True, text=True, timeout=300,
                          check=False, **options)


class Readme(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def test_every_command_is_one_that_is_run_here(self):
        self.assertEqual(set(COMMANDS), KNOWN)

    def test_scripts_run_shows_both_promotions_and_leaves_nothing_running(self):
        shown = run(SOURCE / "scripts" / "run", env=CLONE)
        self.assertEqual(shown.returncode, 0, shown.stderr)
        self.assertIn("promoted: ", shown.stdout)
        self.assertIn("rolled_back: ", shown.stdout)
        self.assertIn("100 % completed", shown.stderr)
        for line in PICTURE.splitlines():
            told = re.fullmatch(r" +[\d.]+s  (.*)", line)
            if told:
                self.assertIn(told[1], shown.stderr)
        audit = re.search(r"^audit records: (.*)$", shown.stdout, re.M)[1]
        self.assertTrue(pathlib.Path(audit).is_file())
        self.assertEqual(self.processes_of(BUILD / "run"), [])

    def test_scripts_run_ends_everything_on_ctrl_c(self):
        script = subprocess.Popen(
            [SOURCE / "scripts" / "run"], env=CLONE,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True,
        )
        for line in script.stdout:
            if "following the job" in line:
                break
        os.killpg(script.pid, signal.SIGINT)
        script.communicate(timeout=60)
        self.assertEqual(script.returncode, 130)
        self.assertEqual(self.processes_of(BUILD / "run"), [])

    @staticmethod
    def processes_of(folder):
        """Command lines of running programs that were started from `folder`."""
        found = []
        for process in pathlib.Path("/proc").glob("[0-9]*"):
            try:
                words = (process / "cmdline").read_bytes().decode(errors="replace").split("\0")
            except OSError:
                continue
            if words[0].startswith(str(folder)):
                found.append(" ".join(words))
        return found

    def test_plan_and_promote_work_with_variables_and_flags_as_shown(self):
        scenario = self.folder / "scenario.jsonc"
        scenario.write_text('{"server": {"environments": {"env-staging": {}, "env-production": {}}}}')
        with Cogmock(COGMOCK, "--time-scale", "600", "--scenario", str(scenario)) as mock:
            variables = mock.variables()
            for name in ("SOURCE_ENV_ID", "TARGET_ENV_ID"):
                del variables[name]
            variables.update(COGPROMOTE_STATE_DIR=str(self.folder),
                             COGPROMOTE_POLL_INTERVAL="20ms")
            ends = [
                run(COGPROMOTE, "plan", "--source", "env-staging", "--target", "env-production",
                    env=variables),
                run(COGPROMOTE, "promote", "--source", "env-staging", "--target", "env-production",
                    "--wait-for-drain", "10m", env=variables),
            ]
        for ended in ends:
            self.assertEqual(ended.returncode, 0, ended.stdout + ended.stderr)

    def test_a_run_that_was_killed_is_seen_and_resumed_as_shown(self):
        with Cogmock(COGMOCK, "--time-scale", "60") as mock:
            variables = {**mock.variables(), "COGPROMOTE_STATE_DIR": str(self.folder),
                         "COGPROMOTE_POLL_INTERVAL": "20ms"}
            killed = subprocess.Popen(
                [COGPROMOTE, "promote", "--strict", "--lock-wait", "10m", "--on-interrupt",
                 "rollback"], env=variables, stderr=subprocess.PIPE, text=True)
            for line in killed.stderr:
                if "% running" in line:
                    break
            killed.kill()
            killed.communicate(timeout=60)
            status, resume, flush, verify = (
                run(COGPROMOTE, *words, env=variables)
                for words in (["status"], ["resume"], ["webhook", "flush"], ["audit", "verify"]))
        self.assertIn(": dead\n", status.stdout)
        self.assertEqual(resume.returncode, 0, resume.stdout + resume.stderr)
        self.assertEqual(flush.stdout, "delivered 0, still in the outbox 0\n")
        self.assertEqual((verify.returncode, verify.stdout[:7]), (0, "intact\n"))

    def test_the_library_is_used_as_in_the_example(self):
        self.assertIn(CODE, (SOURCE / "client" / "example" / "promote.c").read_text())

    def test_coverage_counts_the_suite_of_a_clone(self):
        ended = run(COGDRILL, "coverage", cwd=SOURCE)
        self.assertIn(ended.returncode, (0, 1), ended.stderr)
        self.assertRegex(ended.stdout, r"\n\d+ cells: \d+ run, \d+ not applicable, \d+ missing\n")
        self.assertNotIn("stale: ", ended.stdout)
        self.assertNotIn("scenario: ", ended.stdout)

    def test_the_drill_commands_work_in_a_clone(self):
        for arguments in (["run", "scenarios/suite"],
                          ["run", "--junit", self.folder / "report.xml", "scenarios/suite"],
                          ["run", "--html", self.folder / "report.html", "scenarios/suite"],
                          ["list"],
                          ["torture", "--kills", "--step", "9"],
                          ["swarm", "--seeds", "1..200", "--into", self.folder / "found"]):
            ended = run(COGDRILL, *arguments, cwd=SOURCE)
            self.assertEqual(ended.returncode, 0, ended.stdout + ended.stderr)

    def test_an_exploration_ends_as_shown(self):
        ended = run(COGDRILL, "explore", "--only", "promote*", cwd=SOURCE)
        self.assertEqual(ended.returncode, 0, ended.stdout + ended.stderr)
        self.assertIn("nothing found", EXPLORED)
        for part in EXPLORED.split("…\n"):
            self.assertIn(part, ended.stdout)

    def test_a_client_of_one_s_own_is_run_as_a_process(self):
        client = self.folder / "promote.sh"
        client.write_text(f'#!/bin/sh\nexec "{COGPROMOTE}" promote\n')
        client.chmod(0o755)
        (self.folder / "scenarios").symlink_to(SOURCE / "scenarios")
        command = f'"{COGDRILL}" run --client "$PWD/promote.sh"'
        ended = run("bash", "-c", command, cwd=self.folder)
        self.assertEqual(ended.returncode, 0, ended.stdout + ended.stderr)
        self.assertIn("a job that fails is rolled back", ended.stdout)

    def test_the_exit_codes_are_those_of_the_help(self):
        help_text = run(COGPROMOTE, "promote", "--help").stdout
        shown = set(re.findall(r"\b(\d+)  \w", help_text[help_text.index("exit codes:"):]))
        rows = re.findall(r"^\| ([\d, ]+) \| `", README, re.M)
        told = {code for row in rows for code in row.split(", ")}
        self.assertEqual(told, shown)

    def test_every_outcome_has_the_code_that_the_sources_give_it(self):
        names, codes = self.outcomes()
        rows = re.findall(r"^\| ([\d, ]+) \| `(\w+)`", README, re.M)
        told = {name: code for code, name in rows}
        self.assertEqual(told.pop("interrupted"), "129, 130, 143")
        self.assertEqual(told, {names[tag]: code for tag, code in codes.items()})
        manual = (SOURCE / "client" / "cogpromote.1").read_text().replace("\\", "")
        for name, code in told.items():
            self.assertRegex(manual, rf"(?m)^\.B {code}\n{name}\b")

    @staticmethod
    def outcomes():
        """The outcomes' names and exit codes, by their tags."""
        text = (SOURCE / "client" / "src" / "outcome.c").read_text()
        case = r'case (COG_OUTCOME_\w+):\s*return '
        return (dict(re.findall(case + r'"([a-z_]+)";', text)),
                dict(re.findall(case + r"(\d+);", text)))

    def test_every_verb_is_in_the_table(self):
        for verb in Help(COGPROMOTE).verbs:
            self.assertRegex(README, rf"(?m)^\|.*`{verb}[` ]")

    def test_links_lead_somewhere(self):
        for target in re.findall(r"\]\(([^)#]+)\)", README):
            if "://" not in target:
                self.assertTrue((SOURCE / target).exists(), target)


main()
