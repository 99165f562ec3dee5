"""The verbs of cogpromote that look at what earlier runs have left, and need no platform.

usage: verbs_test.py COGPROMOTE COGMOCK
"""

import json
import pathlib
import subprocess
import sys
import tempfile
import unittest

COGPROMOTE, COGMOCK = sys.argv[1:3]
sys.path.insert(0, str(pathlib.Path(__file__).parents[2] / "support"))

from cogmock import Cogmock  # noqa: E402
from tap_unittest import main  # noqa: E402

RUN = "998f9886-ac8e-49dd-97ac-98b5e3a61e33"


class Case(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.state = pathlib.Path(folder.name) / "state"

    def run_program(self, *arguments, **variables):
        """Ends with (exit code, stdout, stderr)."""
        ran = subprocess.run([COGPROMOTE, *arguments], capture_output=True, text=True, timeout=60,
                             env={"COGPROMOTE_STATE_DIR": str(self.state), **variables},
                             check=False)
        return ran.returncode, ran.stdout, ran.stderr

    def promote(self, mock, **changes):
        variables = {**mock.variables(), "COGPROMOTE_POLL_INTERVAL": "20ms", **changes}
        return self.run_program("promote", "--output", "json", **variables)

    def assert_json(self, *arguments):
        _, out, _ = self.run_program(*arguments, "--output", "json")
        return json.loads(out)


class Empty(Case):
    def test_verbs_that_send_nothing_need_neither_credentials_nor_a_state_folder(self):
        for words in (["status"], ["audit", "verify"], ["audit", "show"], ["lock", "status"],
                      ["lock", "release", "--target", "env-target"]):
            code, out, err = self.run_program(*words)
            self.assertEqual((code, err), (0, ""), words)
            self.assertTrue(out, words)
            self.assert_json(*words)

    def test_what_is_not_there_is_named_with_exit_code_2(self):
        credentials = {"COGNIGY_API_BASE": "http://127.0.0.1:1/api/v1", "COGNIGY_CLIENT_ID": "i",
                       "COGNIGY_CLIENT_SECRET": "s"}
        for words in (["status", RUN], ["resume", RUN], ["resume"]):
            code, out, err = self.run_program(*words, **credentials)
            self.assertEqual((code, out), (2, ""), words)
            self.assertIn("run", err)

    def test_settings_of_other_verbs_are_not_needed_and_not_looked_at(self):
        code, _, err = self.run_program("status", COGPROMOTE_TIMEOUT="soon",
                                        COGNIGY_API_BASE="nonsense", SOURCE_ENV_ID="a b")
        self.assertEqual((code, err), (0, ""))


class Usage(Case):
    def test_flags_of_other_verbs_are_refused_with_the_verbs_that_take_them(self):
        code, out, err = self.run_program("status", "--source", "env-a")
        self.assertEqual((code, out), (2, ""))
        self.assertEqual(err, "cogpromote status: --source means nothing for 'status'; it is for"
                              " promote and plan; see 'cogpromote status --help'\n")

    def test_the_nearest_verb_is_suggested(self):
        code, _, err = self.run_program("promot")
        self.assertEqual(code, 2)
        self.assertIn("did you mean 'promote'?", err)

    def test_what_is_typed_is_never_written_raw_to_the_terminal(self):
        for words in (["\x1b[2J"], ["rollback", "\x1b[2J\n"], ["promote", "--\x1b[2J"],
                      ["audit", "\x1b[2J"], ["promote", "--events", "/nonexistent/\x1b[2J"]):
            code, out, err = self.run_program(*words, COGNIGY_API_BASE="http://127.0.0.1:1/",
                                              COGNIGY_CLIENT_ID="i", COGNIGY_CLIENT_SECRET="s",
                                              SOURCE_ENV_ID="a", TARGET_ENV_ID="b")
            self.assertEqual((code, out), (2, ""), words)
            self.assertNotIn("\x1b", err)
            self.assertEqual(err.count("\n"), 1, err)

    def test_ids_with_spaces_control_characters_or_slashes_are_refused(self):
        credentials = {"COGNIGY_API_BASE": "http://127.0.0.1:1/", "COGNIGY_CLIENT_ID": "i",
                       "COGNIGY_CLIENT_SECRET": "s", "TARGET_ENV_ID": "b"}
        for bad in ("a b", "/etc/passwd", "..", "a\x07"):
            for words, variables in ((["promote"], {"SOURCE_ENV_ID": bad}), (["parity", bad, "b"], {})):
                code, out, err = self.run_program(*words, **{**credentials, **variables})
                self.assertEqual((code, out), (2, ""), bad)
                self.assertRegex(err, "source", bad)

    def test_help_is_the_same_in_both_places(self):
        for verb in (["promote"], ["audit", "verify"], ["lock"]):
            self.assertEqual(self.run_program("help", *verb), self.run_program(*verb, "--help"))


class Audit(Case):
    def test_verify_ends_with_0_when_intact_and_with_1_when_changed(self):
        with Cogmock(COGMOCK, "--time-scale", "600") as mock:
            _, out, _ = self.promote(mock)
        audit = json.loads(out)["audit"]
        anchor = f"{audit['seq']}:{audit['checksum']}"
        self.assertEqual(self.run_program("audit", "verify", "--anchor", anchor)[0], 0)
        self.assertEqual(self.assert_json("audit", "verify")["verdict"], "intact")

        path = self.state / "audit.jsonl"
        path.write_text(path.read_text().replace("env-target", "env-other"))
        code, out, err = self.run_program("audit", "verify")
        self.assertEqual((code, err), (1, ""))
        self.assertTrue(out.startswith("changed: "), out)

    def test_the_head_that_verify_tells_is_an_anchor(self):
        with Cogmock(COGMOCK, "--time-scale", "600") as mock:
            self.promote(mock)
        head = self.run_program("audit", "verify")[1].partition("head ")[2].strip()
        self.assertEqual(self.run_program("audit", "verify", "--anchor", head)[0], 0)

    def test_show_has_only_the_last_records_when_asked_to(self):
        with Cogmock(COGMOCK, "--time-scale", "600") as mock:
            for _ in range(2):
                self.promote(mock)
        self.assertEqual(len(self.assert_json("audit", "show", "--last", "1")), 1)

    def test_a_malformed_anchor_is_exit_code_2(self):
        code, _, err = self.run_program("audit", "verify", "--anchor", "1")
        self.assertEqual(code, 2)
        self.assertIn("--anchor", err)


class Webhook(Case):
    def test_flush_needs_the_webhooks_url_and_no_api(self):
        code, _, err = self.run_program("webhook", "flush")
        self.assertEqual(code, 2)
        self.assertIn("DEPLOYMENT_WEBHOOK_URL is not set", err)

    def test_flush_ends_with_11_until_all_is_delivered(self):
        with Cogmock(COGMOCK, "--time-scale", "600") as mock:
            hook = mock.variables()["DEPLOYMENT_WEBHOOK_URL"]
            dead = "http://127.0.0.1:1/"
            code, out, _ = self.promote(mock, DEPLOYMENT_WEBHOOK_URL=dead)
            self.assertEqual((code, json.loads(out)["webhook"]["delivery"]), (0, "kept"))
            self.assertEqual(self.run_program("webhook", "flush", "--webhook-url", dead)[0], 11)
            code, out, _ = self.run_program("webhook", "flush", "--webhook-url", hook, "--output",
                                            "json")
        self.assertEqual(code, 0)
        self.assertEqual(json.loads(out), {"delivered": 1, "kept": 0, "reason": None})


main()
