"""The program cogpromote, from outside: arguments, outputs, exit codes, signals.

usage: program_test.py COGPROMOTE COGMOCK
"""

import hashlib
import json
import pathlib
import signal
import subprocess
import sys
import tempfile
import unittest

COGPROMOTE, COGMOCK = sys.argv[1:3]
sys.path.insert(0, str(pathlib.Path(__file__).parents[2] / "support"))

from cogmock import Cogmock  # noqa: E402
from tap_unittest import main  # noqa: E402

FAILING_JOB = {
    "server": {"job": {"timeline": [{"at": "0s", "progress": 0}, {"at": "6s", "fail": "lock"}]}}
}
HANGING_ROLLBACK = {
    "server": {
        "job": {"timeline": [{"at": "0s", "fail": "lock"}]},
        "rollback": {"timeline": [{"at": "10m", "status": "rolled_back"}]},
    }
}
HANGING_JOB = {"server": {"job": {"timeline": [{"at": "0s", "progress": 10}]}}}


class Case(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def run_program(self, *arguments, **variables):
        """Ends with (exit code, stdout, stderr)."""
        environment = {"COGPROMOTE_STATE_DIR": str(self.folder / "state"), **variables}
        ran = subprocess.run(
            [COGPROMOTE, *arguments], env=environment, capture_output=True, text=True,
            timeout=60, check=False,
        )
        return ran.returncode, ran.stdout, ran.stderr

    def scenario(self, content):
        path = self.folder / "scenario.jsonc"
        path.write_text(json.dumps(content))
        return ["--scenario", str(path)]

    def audit_chain(self, state="state"):
        """Every record, genesis first."""
        text = (self.folder / state / "audit.jsonl").read_text()
        return [json.loads(line) for line in text.splitlines()]

    def audit_records(self, state="state"):
        """Those of runs."""
        return [record for record in self.audit_chain(state) if "kind" not in record]


class Usage(Case):
    def test_a_missing_variable_is_named(self):
        code, out, err = self.run_program("promote")
        self.assertEqual((code, out), (2, ""))
        self.assertRegex(err, r"^cogpromote promote: COGNIGY_API_BASE is not set; .*\n$")

    def test_a_malformed_variable_is_named(self):
        code, _, err = self.run_program("promote", COGPROMOTE_POLL_INTERVAL="often")
        self.assertEqual(code, 2)
        self.assertIn("COGPROMOTE_POLL_INTERVAL", err)
        self.assertEqual(err.count("\n"), 1)

    def test_wrong_arguments_are_one_line_and_exit_code_2(self):
        for arguments in (["promot"], ["promote", "--timeot=1s"], ["promote", "--timeout"],
                          ["promote", "--output=xml"], ["promote", "env-a"], ["--verbose"]):
            code, out, err = self.run_program(*arguments)
            self.assertEqual((code, out), (2, ""), arguments)
            self.assertEqual(err.count("\n"), 1, err)

    def test_without_a_verb_the_usage_is_shown(self):
        code, out, err = self.run_program()
        self.assertEqual((code, out), (2, ""))
        self.assertIn("usage: cogpromote VERB", err)

    def test_help_lists_every_flag_with_its_variable_and_the_exit_codes(self):
        code, out, err = self.run_program("promote", "--help")
        self.assertEqual((code, err), (0, ""))
        for text in ("--timeout DURATION", "$COGPROMOTE_TIMEOUT", "$DEPLOYMENT_WEBHOOK_URL",
                     "--[no-]include-webhooks", "--client-secret-file FILE", "exit codes:"):
            self.assertIn(text, out)

    def test_version_is_one_line(self):
        for arguments in (["--version"], ["promote", "--version"]):
            code, out, _ = self.run_program(*arguments)
            self.assertEqual(code, 0)
            self.assertRegex(out, r"^cogpromote \d+\.\d+\.\d+\n$")

    def test_an_unwritable_state_folder_ends_before_anything_is_sent(self):
        blocked = self.folder / "file"
        blocked.write_text("")
        with Cogmock(COGMOCK, "--time-scale", "600") as mock:
            code, out, _ = self.run_program("promote", "--state-dir", str(blocked / "state"),
                                            **mock.variables())
        self.assertEqual(code, 1)
        self.assertIn("target     untouched", out)
        self.assertIn(str(blocked), out)

    def test_a_secret_file_that_cannot_be_read_is_named(self):
        code, _, err = self.run_program("promote", "--client-secret-file", "/nonexistent/secret")
        self.assertEqual(code, 2)
        self.assertIn("/nonexistent/secret", err)

    def test_a_secret_file_with_too_long_a_line_is_refused_instead_of_cut(self):
        secret = self.folder / "secret"
        secret.write_text("x" * 5000)
        with Cogmock(COGMOCK, "--time-scale", "600") as mock:
            code, _, err = self.run_program("promote", "--client-secret-file", str(secret),
                                            **mock.variables())
        self.assertEqual(code, 2)
        self.assertIn(str(secret), err)


class Promotion(Case):
    def promote(self, mock, *arguments, **changes):
        variables = {**mock.variables(), **changes}
        return self.run_program("promote", "--poll-interval", "20ms", *arguments, **variables)

    def test_success_is_exit_code_0_with_a_report_and_an_audit_record(self):
        with Cogmock(COGMOCK, "--time-scale", "600") as mock:
            code, out, err = self.promote(mock)
        self.assertEqual(code, 0, err)
        self.assertTrue(out.startswith("promoted: "), out)
        self.assertIn("webhook    delivered", out)
        self.assertIn("100 %", err)
        self.assertEqual([r["outcome"] for r in self.audit_records()], ["promoted"])

    def test_a_failed_job_is_rolled_back_with_exit_code_6(self):
        with Cogmock(COGMOCK, "--time-scale", "600", *self.scenario(FAILING_JOB)) as mock:
            code, out, err = self.promote(mock)
        self.assertEqual(code, 6, err)
        self.assertIn("target     as before", out)
        self.assertIn("lock", out)

    def test_the_json_report_is_one_object_on_one_line(self):
        with Cogmock(COGMOCK, "--time-scale", "600") as mock:
            code, out, _ = self.promote(mock, "--output", "json")
        self.assertEqual(code, 0)
        self.assertEqual(out.count("\n"), 1)
        report = json.loads(out)
        self.assertEqual(report["outcome"], "promoted")
        self.assertEqual(report["webhook"]["delivery"], "delivered")
        self.assertEqual(report["audit"]["checksum"], self.audit_records()[0]["checksum"])

    def test_the_audit_checksum_is_reproducible_elsewhere(self):
        with Cogmock(COGMOCK, "--time-scale", "600") as mock:
            self.promote(mock)
            self.promote(mock)
        chain = self.audit_chain()
        self.assertEqual([r.get("kind") for r in chain], ["genesis", None, None])
        self.assert_chained(chain)

    def test_a_torn_audit_file_is_repaired_and_the_repair_says_what_was_torn(self):
        audit = self.folder / "state" / "audit.jsonl"
        with Cogmock(COGMOCK, "--time-scale", "600") as mock:
            self.promote(mock)
            whole = audit.read_bytes()
            audit.write_bytes(whole[:-20])
            self.promote(mock)
        genesis, torn, repair, record = audit.read_bytes().splitlines()
        self.assertTrue(whole.startswith(genesis + b"\n" + torn))
        digest = hashlib.sha256(torn).hexdigest()
        self.assertEqual(json.loads(repair)["reason"],
                         f"line 2 was cut short after {len(torn)} bytes of SHA-256 {digest}")
        self.assert_chained([json.loads(line) for line in (genesis, repair, record)])

    def assert_chained(self, chain):
        """Computed as anybody would, without this project's code."""
        previous = "0" * 64
        for sequence, record in enumerate(chain):
            rest = {k: v for k, v in record.items() if k != "checksum"}
            form = json.dumps(rest, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
            self.assertEqual(hashlib.sha256(form.encode()).hexdigest(), record["checksum"])
            self.assertEqual((record["seq"], record["previous_checksum"]), (sequence, previous))
            previous = record["checksum"]

    def test_the_secret_may_come_from_a_file_and_appears_nowhere(self):
        secret = self.folder / "secret"
        secret.write_text("dev-secret\n")
        with Cogmock(COGMOCK, "--time-scale", "600") as mock:
            code, out, err = self.promote(mock, "--client-secret-file", str(secret),
                                          COGNIGY_CLIENT_SECRET="")
        self.assertEqual(code, 0, err)
        audit = (self.folder / "state" / "audit.jsonl").read_text()
        for text in (out, err, audit):
            self.assertNotIn("dev-secret", text)

    def test_a_wrong_secret_is_exit_code_3(self):
        with Cogmock(COGMOCK, "--time-scale", "600") as mock:
            code, out, _ = self.promote(mock, COGNIGY_CLIENT_SECRET="wrong-secret")
        self.assertEqual(code, 3)
        self.assertIn("invalid_client", out)
        self.assertNotIn("wrong-secret", out)

    def test_an_unreachable_server_is_exit_code_4(self):
        with Cogmock(COGMOCK) as mock:
            variables = mock.variables()
        code, out, _ = self.run_program("promote", **variables)
        self.assertEqual(code, 4)
        self.assertIn("step       authenticate", out)

    def test_a_signal_leaves_the_job_alone_and_is_audited(self):
        for number in (signal.SIGINT, signal.SIGTERM):
            with Cogmock(COGMOCK, *self.scenario(HANGING_JOB)) as mock:
                environment = {**mock.variables(),
                               "COGPROMOTE_STATE_DIR": str(self.folder / number.name)}
                process = subprocess.Popen([COGPROMOTE, "promote"], env=environment, text=True,
                                           stdout=subprocess.PIPE, stderr=subprocess.PIPE)
                for line in process.stderr:
                    if "following the job" in line:
                        process.send_signal(number)
                        break
                out, _ = process.communicate(timeout=30)
            self.assertEqual(process.returncode, 128 + number)
            self.assertTrue(out.startswith("interrupted: "), out)
            outcomes = [r["outcome"] for r in self.audit_records(number.name)]
            self.assertEqual(outcomes, ["interrupted"])

    def test_a_second_signal_ends_at_once_whichever_it_is(self):
        with Cogmock(COGMOCK, *self.scenario(HANGING_ROLLBACK)) as mock:
            environment = {**mock.variables(), "COGPROMOTE_STATE_DIR": str(self.folder)}
            process = subprocess.Popen([COGPROMOTE, "promote", "--rollback-timeout", "5s"],
                                       env=environment, text=True, stdout=subprocess.PIPE,
                                       stderr=subprocess.PIPE)
            for line in process.stderr:
                if "rollback was accepted" in line:
                    process.send_signal(signal.SIGINT)
                    process.send_signal(signal.SIGTERM)
                    break
            process.communicate(timeout=30)
        self.assertEqual(process.returncode, -signal.SIGTERM)


main()
