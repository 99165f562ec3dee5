"""The program cogpromote among hostile settings, state folders and journals: it never crashes, never
writes raw to a terminal, and always ends with a code of its table.

usage: hostile_test.py COGPROMOTE COGMOCK
"""

import hashlib
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

# It changes into folders of its own.
COGPROMOTE, COGMOCK = map(os.path.abspath, sys.argv[1:3])
sys.path.insert(0, str(pathlib.Path(__file__).parents[2] / "support"))

from cogmock import Cogmock  # noqa: E402
from cogpromote import Help  # noqa: E402
from tap_unittest import main  # noqa: E402

HELP = Help(COGPROMOTE)
RUN = "00000000-0000-4000-8000-000000000001"
NOWHERE = {
    "COGNIGY_API_BASE": "http://127.0.0.1:1/api/v1", "COGNIGY_CLIENT_ID": "dev-client",
    "COGNIGY_CLIENT_SECRET": "dev-secret", "SOURCE_ENV_ID": "env-source",
    "TARGET_ENV_ID": "env-target", "DEPLOYMENT_WEBHOOK_URL": "http://127.0.0.1:1/hook",
    "COGPROMOTE_MAX_ATTEMPTS": "1",
}
LOCK = f"locks/{hashlib.sha256(b'env-target').hexdigest()}.json"
# Every verb that reads or writes the state folder.
STATE_VERBS = (
    ["status"], ["status", RUN], ["resume"], ["resume", RUN], ["rollback", "job-1"], ["promote"],
    ["audit", "verify"], ["audit", "show"], ["webhook", "flush"],
    ["lock", "status", "--target", "env-target"], ["lock", "release", "--target", "env-target"],
)
GARBAGE = (b"", b"\0" * 64, b"{}\n", b"[" * 5000, b"\xff\xfe\x1b[2J\n", b"x" * 70000)


class Case(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.state = self.folder / "state"
        # Some settings name files to write: even "../.." must stay in here.
        self.here = self.folder / "here" / "below"
        self.here.mkdir(parents=True)

    def run_program(self, words, variables):
        environment = {"COGPROMOTE_STATE_DIR": str(self.state), **variables}
        ran = subprocess.run([COGPROMOTE, *words], env=environment, capture_output=True, timeout=60,
                             cwd=self.here, check=False)
        self.assert_civil(words, ran)
        return ran

    def assert_civil(self, words, ran):
        verb = " ".join(words[:2]) if " ".join(words[:2]) in HELP.verbs else words[0]
        self.assertIn(str(ran.returncode), HELP.exit_codes(verb), (words, ran.stderr))
        for output in (ran.stdout, ran.stderr):
            output.decode()
            self.assertEqual([b for b in output if (b < 32 and b != 10) or b == 127], [], words)


class Settings(Case):
    def test_a_variable_of_any_value_ends_by_the_table(self):
        values = (b"\x1b[2J\x07", b" ", b"a b", bytes(self.folder / "some file"), b"../..", b"\xff\xc3", b"-1",
                  b"9" * 400, b"%s%n")
        for verb, count in (("promote", len(values)), ("status", 2), ("webhook flush", 2)):
            for name in sorted(HELP.variables(verb)):
                for value in values[:count]:
                    ran = self.run_program(verb.split(), {**NOWHERE, name: value})
                    self.assertNotIn(b"dev-secret", ran.stdout + ran.stderr)

    def test_a_secret_of_any_value_is_never_written(self):
        for secret in (b"\x1b[2Jsesame", b"ses ame", b"../sesame", b"\xffsesame"):
            ran = self.run_program(["promote"], {**NOWHERE, "COGNIGY_CLIENT_SECRET": secret})
            self.assertNotIn(b"ame", ran.stdout + ran.stderr)


class State(Case):
    def every_verb(self, variables, codes=None):
        for words in STATE_VERBS:
            ran = self.run_program(words, variables)
            if codes is not None:
                self.assertIn(ran.returncode, codes, (words, ran.stdout, ran.stderr))
                self.assertIn(b"state", ran.stdout + ran.stderr, words)

    def test_a_folder_that_cannot_be_trusted_is_named_and_nothing_is_sent(self):
        other = self.folder / "other"
        other.mkdir(mode=0o700)
        for make in (lambda: self.state.symlink_to(other), lambda: self.state.write_text("a file"),
                     lambda: (self.state.mkdir(), self.state.chmod(0o777))):
            make()
            self.every_verb(NOWHERE, codes={1})
            self.assertEqual(list(other.iterdir()), [])
            if self.state.is_dir() and not self.state.is_symlink():
                self.state.rmdir()
            else:
                self.state.unlink()

    @unittest.skipUnless(os.geteuid() == 0, "only root can give a folder away")
    def test_a_folder_of_somebody_else_is_refused(self):
        self.state.mkdir(mode=0o700)
        os.chown(self.state, 65534, 65534)

        self.every_verb(NOWHERE, codes={1})

    def test_files_of_any_content_end_by_the_table(self):
        for name in ("audit.jsonl", f"journal/20260101T000000Z-{RUN}.jsonl",
                     LOCK, f"outbox/msg_{RUN}.json"):
            for content in GARBAGE:
                self.put(name, content)
                self.every_verb(NOWHERE)
                (self.state / name).unlink(missing_ok=True)

    def test_links_in_place_of_files_are_not_followed(self):
        outside = self.folder / "outside"
        outside.write_text("precious\n")
        for name in ("audit.jsonl", f"journal/20260101T000000Z-{RUN}.jsonl",
                     LOCK, f"outbox/msg_{RUN}.json"):
            self.put(name, b"")
            (self.state / name).unlink()
            (self.state / name).symlink_to(outside)
            self.every_verb(NOWHERE)
            self.assertEqual(outside.read_text(), "precious\n", name)
            (self.state / name).unlink(missing_ok=True)

    def put(self, name, content):
        path = self.state / name
        for folder in (self.state, path.parent):
            folder.mkdir(mode=0o700, exist_ok=True)
        path.write_bytes(content)
        path.chmod(0o600)


class Journal(Case):
    def promote(self, mock):
        variables = {**mock.variables(), "COGPROMOTE_POLL_INTERVAL": "20ms"}
        self.assertEqual(self.run_program(["promote"], variables).returncode, 0)
        (journal,) = (self.state / "journal").iterdir()
        return journal, variables

    def test_a_changed_entry_is_told_and_nothing_is_resumed_from_it(self):
        with Cogmock(COGMOCK, "--time-scale", "600") as mock:
            journal, variables = self.promote(mock)
            entries = journal.read_bytes().splitlines(keepends=True)
            changed = entries[-1].replace(b"env-target", b"env-hacked")
            self.assertNotEqual(changed, entries[-1])
            journal.write_bytes(b"".join(entries[:-1]) + changed)
            run_id = journal.stem.rpartition("Z-")[2]
            for words in (["status"], ["status", run_id], ["resume", run_id]):
                ran = self.run_program(words, variables)
                text = ran.stdout + ran.stderr
                self.assertRegex(text.decode(), "damaged|journal", words)
                self.assertNotIn(b"env-hacked", text)
            self.assertEqual(ran.returncode, 1, ran.stderr)

    def test_any_prefix_can_be_read(self):
        with Cogmock(COGMOCK, "--time-scale", "600") as mock:
            journal, variables = self.promote(mock)
            whole = journal.read_bytes()
            for length in range(0, len(whole), max(1, len(whole) // 60)):
                journal.write_bytes(whole[:length])
                self.run_program(["status"], variables)


main()
