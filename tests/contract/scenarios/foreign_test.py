"""cogdrill with a client that is not ours, and that may do anything.

usage: foreign_test.py COGDRILL SCENARIOS-FOLDER COGPROMOTE
"""

import json
import os
import subprocess
import sys
import time

from drill import PROGRAM, DrillTest
from tap_unittest import main

COGPROMOTE = os.path.abspath(sys.argv[3])
SCENARIO = """{
  "name": "a", "server": {"job": {"timeline": [{"at": "2s", "complete": true}]}},
  "expect": {"exit": 0, "target": "promoted"}
}"""
# A client that asks for a token and does no more.
ASK = ("curl -s -u \"$COGNIGY_CLIENT_ID:$COGNIGY_CLIENT_SECRET\" -d grant_type=client_credentials "
       "\"$COGNIGY_API_BASE/oauth/token\"")


class ForeignTest(DrillTest):
    def setUp(self):
        super().setUp()
        self.write("a.jsonc", SCENARIO)

    def client(self, command, *arguments, scenario="a.jsonc", **variables):
        os.makedirs(self.path("temporary"), exist_ok=True)
        variables = {"TMPDIR": self.path("temporary"), **variables}
        return self.drill("run", "--client", command, *arguments, scenario, **variables)

    def expect_finding(self, result, exit_code, *findings):
        self.assertEqual(result.returncode, exit_code, result.stdout + result.stderr)
        for finding in findings:
            self.assertIn(finding, result.stdout)


class Clients(ForeignTest):
    def test_ours_passes(self):
        self.expect(self.client(f"'{COGPROMOTE}' promote"), 0, stdout="ok 1 - a\n")

    def test_it_is_told_what_the_founding_document_names_and_nothing_of_ours(self):
        names = ("COGNIGY_API_BASE", "COGNIGY_CLIENT_ID", "COGNIGY_CLIENT_SECRET", "SOURCE_ENV_ID",
                 "TARGET_ENV_ID", "DEPLOYMENT_WEBHOOK_URL", "COGDRILL_TIME_SCALE",
                 "COGDRILL_SCENARIO", "COGDRILL_DIRECTORY")
        self.client("env > \"$COGDRILL_DIRECTORY/environment\"", http_proxy="http://nowhere.invalid",
                    COGNIGY_API_BASE="https://production.invalid", COGPROMOTE_PROXY="nowhere",
                    DEPLOYMENT_WEBHOOK_SECRET="whsec_production")
        lines = self.read("environment").splitlines()
        values = dict(line.split("=", 1) for line in lines if "=" in line)
        for name in names:
            self.assertTrue(values.get(name), name)
        self.assertRegex(values["COGNIGY_API_BASE"], r"^http://127\.0\.0\.1:\d+/api/v1$")
        for name in ("http_proxy", "COGPROMOTE_PROXY", "DEPLOYMENT_WEBHOOK_SECRET"):
            self.assertNotIn(name, values)

    def test_options_are_variables_in_its_time(self):
        self.write("options.jsonc", """{"name": "o", "client": {"options": {"timeout": "5m",
          "strict": true, "max_attempts": 2, "poll_interval": "30s"}}, "expect": {"exit": 0}}""")
        self.client("env > \"$COGDRILL_DIRECTORY/environment\"", "--client-options", "env",
                    "--time-scale", "100", scenario="options.jsonc")
        lines = self.read("environment").splitlines()
        for line in ("COGPROMOTE_TIMEOUT=3000ms", "COGPROMOTE_STRICT=yes",
                     "COGPROMOTE_MAX_ATTEMPTS=2", "COGPROMOTE_POLL_INTERVAL=300ms"):
            self.assertIn(line, lines)

    def test_it_has_an_empty_input_and_a_folder_that_goes_with_it(self):
        result = self.client("cat; touch here; mkdir -p deep/er; pwd > \"$COGDRILL_DIRECTORY/where\"")
        self.expect_finding(result, 1, "target: expected promoted")
        self.assertIn(self.path("temporary"), self.read("where"))
        self.assertEqual(os.listdir(self.path("temporary")), [])

    def test_nothing_of_the_runner_is_open_in_it(self):
        self.client("ls /proc/self/fd > \"$COGDRILL_DIRECTORY/open\"")
        self.assertLessEqual(set(self.read("open").split()), {"0", "1", "2", "3"})

    def test_a_signal_of_the_scenario_reaches_all_of_it(self):
        self.write("signal.jsonc", """{"name": "s", "client": {"events": [
          {"at": "60s", "signal": "SIGTERM"}]}, "expect": {"exit": 143}}""")
        result = self.client("sleep 60; true", scenario="signal.jsonc")
        self.expect(result, 0, stdout="ok 1 - s\n")

    def test_one_that_is_killed_runs_again(self):
        self.write("kill.jsonc", """{"name": "k", "client": {"kills": [{"after_request": 1}]},
          "expect": {"exit": 0}}""")
        result = self.client(f"echo x >> \"$COGDRILL_DIRECTORY/runs\"; {ASK} > /dev/null; exit 6",
                             scenario="kill.jsonc")
        self.expect_finding(result, 1, "expected promoted, got exit 6: rolled_back")
        self.assertEqual(self.read("runs"), "x\nx\n")


class Misbehaviour(ForeignTest):
    def test_one_that_hangs_is_killed_with_all_its_processes(self):
        started = time.monotonic()
        result = self.client("sleep 98765 & sleep 98765", "--client-timeout", "500ms")
        self.expect_finding(result, 1, "I7: ", "had not ended after 500ms of real time")
        self.assertLess(time.monotonic() - started, 30)
        left = subprocess.run(["pgrep", "-f", "^sleep 98765"], stdout=subprocess.PIPE, check=False)
        self.assertEqual(left.stdout, b"")

    def test_one_that_floods_its_output_is_read_and_cut(self):
        result = self.client("head -c 50000000 /dev/zero | tr '\\0' x; echo END", "--trace", "traces")
        self.expect_finding(result, 1, "printed more than anybody reads: 498")
        trace = self.read("traces/a.jsonc.trace")
        self.assertLess(len(trace), 200000)
        self.assertIn("bytes are not kept]", trace)
        self.assertIn("xEND", trace)

    def test_one_that_dies_of_a_signal_is_told_with_its_name(self):
        rows = [("kill -SEGV $$", "SIGSEGV"), ("sh -c 'kill -ABRT $$'; exit $?", "SIGABRT"),
                ("kill -KILL $$", "SIGKILL")]
        for command, name in rows:
            self.expect_finding(self.client(command), 1, f"client: died of {name}")

    def test_one_that_cannot_be_started_is_inconclusive(self):
        self.write("plain", "")
        rows = [("no-such-client --now", "exit 127"), ('"$COGDRILL_DIRECTORY/plain"', "exit 126")]
        for command, exit_code in rows:
            result = self.client(command)
            self.expect_finding(result, 2, f"client: cannot be started: {exit_code}",
                                "$COGDRILL_DIRECTORY is where the runner was started")
            self.assertEqual(result.stdout.count("    - '"), 1, result.stdout)

    def test_one_that_leaves_processes_behind_is_told_and_they_end(self):
        result = self.client("sleep 98764 & exit 4")
        self.expect_finding(result, 1, "left processes behind")
        left = subprocess.run(["pgrep", "-f", "^sleep 98764"], stdout=subprocess.PIPE, check=False)
        self.assertEqual(left.stdout, b"")

    def test_none_outlives_a_runner_that_is_killed(self):
        os.makedirs(self.path("temporary"))
        runner = subprocess.Popen(
            [PROGRAM, "run", "--client", "echo > \"$COGDRILL_DIRECTORY/there\"; sleep 98763; true",
             "a.jsonc"], cwd=self.folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            env={**os.environ, "TMPDIR": self.path("temporary")})
        self.wait_until(lambda: os.path.exists(self.path("there")))
        runner.kill()
        runner.wait(timeout=20)
        self.wait_until(lambda: subprocess.run(
            ["pgrep", "-f", "^sleep 98763"], stdout=subprocess.DEVNULL, check=False).returncode != 0)

    def wait_until(self, is_so):
        deadline = time.monotonic() + 20
        while not is_so():
            self.assertLess(time.monotonic(), deadline, "it does not come")
            time.sleep(0.01)

    def test_one_that_closes_everything_is_waited_for(self):
        self.expect_finding(self.client("exec 0<&- 1>&- 2>&-; sleep 0.2; exit 6"), 1,
                            "expected promoted, got exit 6: rolled_back")

    def test_a_secret_that_it_prints_fails_and_is_not_repeated(self):
        result = self.client(f"{ASK}; echo \"$COGNIGY_CLIENT_SECRET\" >&2", "--trace", "traces")
        self.expect_finding(result, 1, "I9: ", "is in std")
        self.assertNotIn("dev-secret", result.stdout + self.read("traces/a.jsonc.trace"))
        self.assertIn("-- stderr\n**********\n", self.read("traces/a.jsonc.trace"))


class Judgement(ForeignTest):
    def test_a_lie_about_the_outcome_fails(self):
        self.expect_finding(self.client("exit 0"), 1, "I5: ", "target: expected promoted")

    def test_a_code_that_the_map_lacks_is_inconclusive(self):
        self.write("map.json", '{"exit": {"0": "promoted"}}')
        self.write("rejected.jsonc", '{"name": "r", "expect": {"exit": 5, "target": "unchanged"}}')
        result = self.client("exit 9", "--exit-map", "map.json", scenario="rejected.jsonc")
        self.expect_finding(result, 2, "expected rejected, got exit 9, which the exit map does not")

    def test_a_code_may_stand_for_several_outcomes(self):
        self.write("rejected.jsonc", '{"name": "r", "expect": {"exit": 5, "target": "unchanged"}}')
        for text in ('"failed"', '["unknown", "rejected"]'):
            self.write("map.json", '{"exit": {"9": %s}}' % text)
            result = self.client("exit 9", "--exit-map", "map.json", scenario="rejected.jsonc")
            self.expect(result, 0)

    def test_what_needs_our_client_is_skipped_with_the_reason(self):
        rows = [
            ('{"options": {"timeout": "5m"}}', "rests on the option 'timeout'"),
            ('{"then": ["resume"]}', "'then' needs commands"),
            ('{"kills": [{"after_journal_write": 1}]}', "cogpromote's journal"),
            ('{"storage": [{"operation": "append", "file": "audit.jsonl", "fail": "EIO"}]}',
             "'storage' strikes what only cogpromote has"),
            ('{"clock": [{"at": "20s", "step": "+1h"}]}', "'clock' strikes"),
            ('{"lock": {"holder": "dead"}}', "'lock' strikes"),
            ('{"journal": "torn"}', "'journal' strikes"),
        ]
        for text, reason in rows:
            self.write("ours.jsonc",
                       '{"name": "ours", "client": %s, "expect": {"exit": 0}}' % text)
            result = self.client("true", "--junit", "junit.xml", scenario="ours.jsonc")
            self.expect(result, 2, stdout="ok 1 - ours # SKIP not run: ", stderr="0 passed, 0 failed, "
                        "0 inconclusive, 1 not run")
            self.assertIn(reason, result.stdout)
            self.assertIn("<skipped", self.read("junit.xml"))

    def test_a_fault_that_it_never_met_is_inconclusive(self):
        self.write("fault.jsonc", """{"name": "f", "faults": [{"call": "health", "inject":
          {"status": 503}}], "expect": {"exit": 4, "target": "unchanged"}}""")
        self.expect_finding(self.client("exit 4", scenario="fault.jsonc"), 2, "never struck")

    def test_the_replay_has_all_that_says_how_it_is_run(self):
        self.write("map.json", json.dumps({"exit": {"3": "promoted"}}))
        result = self.client("exit 3", "--exit-map", "map.json", "--time-scale", "30",
                             "--client-timeout", "9s")
        self.assertIn("--time-scale 30 --client-timeout 9s --exit-map 'map.json' --client 'exit 3'",
                      result.stdout)


class Results(ForeignTest):
    """What --json, --html and merge make of such runs."""

    def results(self, command, *arguments, scenario="a.jsonc"):
        self.client(command, "--json", "results.json", *arguments, scenario=scenario)
        return json.loads(self.read("results.json"))

    def write_suite(self):
        """Of three, only the first and the last are for any client."""
        for name, client in (("a", {}), ("b", {"then": ["resume"]}), ("c", {})):
            self.write(f"suite/{name}.jsonc", json.dumps({
                "name": name, "client": client, "expect": {"exit": 6}}))

    def test_name_the_command_and_the_wire(self):
        results = self.results("exit 6")
        self.assertEqual(results["client"], "exit 6")
        self.assertEqual(results["transport"], "wire")

    def test_have_the_process_and_null_for_what_only_ours_can_tell(self):
        record = self.results("echo out; echo err >&2; exit 6")["scenarios"][0]
        self.assertEqual(record["process"], {"died_of": 0, "overdue": False, "lost_output": 0,
                                             "stdout": "out\n", "stderr": "err\n"})
        self.assertEqual((record["exit"], record["outcome"]), (6, "rolled_back"))
        for name in ("target", "step", "reason", "follow_up", "report"):
            self.assertIsNone(record[name], name)

    def test_say_what_ended_a_process(self):
        record = self.results("kill -SEGV $$")["scenarios"][0]
        self.assertEqual((record["exit"], record["process"]["died_of"]), (None, 11))
        record = self.results("sleep 9", "--client-timeout", "300ms")["scenarios"][0]
        self.assertEqual((record["outcome"], record["process"]["overdue"]), (None, True))

    def test_have_no_secret_that_it_printed(self):
        self.results(f"echo \"$COGNIGY_CLIENT_SECRET\"; {ASK} >&2", "--html", "page.html")
        record = json.loads(self.read("results.json"))["scenarios"][0]
        self.assertEqual(record["process"]["stdout"], "**********\n")
        self.assertRegex(record["process"]["stderr"], r'"access_token": ?"\*+"')
        for name in ("results.json", "page.html"):
            self.assertNotIn("dev-secret", self.read(name))

    def test_name_what_was_skipped(self):
        self.write_suite()
        results = self.results("exit 6", scenario="suite")
        self.assertEqual([each["name"] for each in results["scenarios"]], ["a", "c"])
        self.assertEqual(results["selected"], 3)
        self.assertEqual(results["skipped"], [{
            "number": 2, "name": "b", "file": "suite/b.jsonc",
            "reason": "'then' needs commands that only cogpromote has"}])

    def test_of_shards_merge_with_what_was_skipped(self):
        self.write_suite()
        for index in (1, 2):
            self.client("exit 6", "--shard", f"{index}/2", "--json", f"{index}.json",
                        scenario="suite")
        result = self.drill("merge", "--json", "all.json", "--junit", "all.xml", "1.json", "2.json")
        self.expect(result, 1, stdout="1..3\n", stderr="from 2 files")
        self.assertIn("ok 2 - b # SKIP not run: 'then' needs", result.stdout)
        self.assertIn("<skipped", self.read("all.xml"))
        whole = self.results("exit 6", scenario="suite")
        merged = json.loads(self.read("all.json"))
        for name in ("skipped", "counts", "client", "selected"):
            self.assertEqual(merged[name], whole[name], name)


class Arguments(ForeignTest):
    def test_what_is_wrong_is_told_in_a_line(self):
        rows = [
            (["--time-scale", "5"], "--time-scale belongs to --client"),
            (["--client", ""], "--client: expected a command"),
            (["--client", "true", "--time-scale", "0"], "--time-scale: expected"),
            (["--client", "true", "--client-timeout", "soon"], "--client-timeout: expected"),
            (["--client", "true", "--client-options", "all"], "expected 'env' or 'none'"),
            (["--client", "true", "--transport", "both"],
             "--client: a process can only be reached by 'wire', not by 'both'"),
        ]
        for arguments, message in rows:
            self.expect(self.drill("run", *arguments, "a.jsonc"), 64, stderr=message)

    def test_a_wrong_exit_map_is_told_with_its_place(self):
        rows = [
            ('{"exit": {"0": "promotd"}}', 'map.json:1:16: unknown outcome \'promotd\', did you mean'),
            ('{"exit": {"256": "promoted"}}', "expected an exit code, 0 to 255, not '256'"),
            ('{"exit": {"0": 1}}', "expected an outcome"),
            ('{"exit": {"0": []}}', "expected one outcome at least"),
            ('{"exits": {}}', "unknown key 'exits'"),
            ("{}", "'exit'"),
        ]
        for text, message in rows:
            self.write("map.json", text)
            self.expect(self.client("true", "--exit-map", "map.json"), 64, stderr=message)
        self.expect(self.client("true", "--exit-map", "nowhere.json"), 66, stderr="nowhere.json")


main()
