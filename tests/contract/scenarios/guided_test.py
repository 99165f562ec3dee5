"""cogdrill rehearse --guided, with a shell script for the person who types.

usage: guided_test.py COGDRILL SCENARIOS-FOLDER COGPROMOTE COGMOCK
"""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from urllib.parse import urlsplit

from drill import PROGRAM, SCENARIOS, DrillTest
from tap_unittest import main

COGPROMOTE, COGMOCK = (os.path.abspath(path) for path in sys.argv[3:5])
PATIENCE = 60
# A person promotes, and says that it is over. Where the clock runs a hundred times as fast, a busy
# machine costs seconds: who is in time is asked at a lower pace, or not at all.
IN_TIME = "10"
ANY_VERDICT = (0, 1)
PROMOTE = "cogpromote promote; echo \"exit $?\"; drill done"


def wait_for(what, condition):
    """Until it is so; it has to be, in the end."""
    end = time.monotonic() + PATIENCE
    while not condition():
        if time.monotonic() > end:
            raise AssertionError("it never came: " + what)
        time.sleep(0.01)


def answers(url):
    parts = urlsplit(url)
    with socket.socket() as connection:
        return connection.connect_ex((parts.hostname, parts.port)) == 0


class GuidedTest(DrillTest):
    def setUp(self):
        super().setUp()
        self.into = self.path("a drill's folder")
        self.output = self.path("output")

    def arguments(self, drill, *flags):
        path = drill if drill.endswith(".jsonc") else os.path.join(SCENARIOS, "drills",
                                                                  drill + ".jsonc")
        return [PROGRAM, "rehearse", path, "--guided", "--plain", "--into", self.into,
                "--seed", "1", "--history", self.path("history"), "--client", COGPROMOTE,
                "--mock", COGMOCK, *flags]

    def start(self, drill, *flags, scale="100", **variables):
        """Begins a drill, and waits until it runs."""
        with open(self.output, "wb") as output:
            process = subprocess.Popen(self.arguments(drill, "--time-scale", scale, *flags),
                                       cwd=self.folder, env={**os.environ, **variables},
                                       stdin=subprocess.DEVNULL, stdout=output,
                                       stderr=subprocess.STDOUT)
        self.addCleanup(self.stop, process)
        wait_for("the drill's beginning",
                 lambda: process.poll() is not None or self.in_drill("result.json"))
        self.assertIsNone(process.poll(), self.read("output"))
        return process

    def stop(self, process):
        if process.poll() is None:
            process.kill()
            process.wait()

    def in_drill(self, name):
        return os.path.exists(os.path.join(self.into, name))

    def drill_file(self, name):
        return json.loads(self.read(os.path.join(self.into, name)))

    def lines(self, name):
        text = self.read(os.path.join(self.into, name)) if self.in_drill(name) else ""
        return [json.loads(line) for line in text.splitlines()]

    def person(self, script, shell="sh", **variables):
        """What a person types into a shell that has read the drill's `env`."""
        return subprocess.run([shell, "-c", ". \"$0/env\"; " + script, self.into],
                              env={**os.environ, **variables}, cwd=self.folder,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8",
                              timeout=PATIENCE, check=False)

    def person_begins(self, script):
        process = subprocess.Popen(["sh", "-c", ". \"$0/env\"; " + script, self.into],
                                   cwd=self.folder, stdout=subprocess.DEVNULL,
                                   stderr=subprocess.DEVNULL)
        self.addCleanup(self.stop, process)
        wait_for("the client's promotion", self.has_promoted)
        return process

    def has_promoted(self):
        return any(event["event"] == "job-accepted" for event in self.whole_events())

    def whole_events(self):
        """Those that were written to their end so far."""
        if not self.in_drill("events.jsonl"):
            return []
        text = self.read(os.path.join(self.into, "events.jsonl"))
        return [json.loads(line) for line in text[:text.rfind("\n") + 1].splitlines()]

    def end(self, process, *exit_codes):
        self.assertIn(process.wait(timeout=PATIENCE), exit_codes, self.read("output"))
        return self.drill_file("report.json")["rehearsals"][0]

    def console(self):
        return self.drill_file("result.json")["console_url"]


class Drills(GuidedTest):
    def test_who_sees_it_through_passes(self):
        process = self.start("job_fails", scale=IN_TIME)
        person = self.person("cogpromote promote; echo \"exit $?\"; cogpromote audit verify; "
                             "drill done")
        report = self.end(process, 0)
        self.assertIn("exit 6", person.stdout)
        self.assertEqual((report["verdict"], report["mode"]), ("pass", "guided"))
        self.assertEqual([(command["line"], command["exit"]) for command in report["commands"]],
                         [("cogpromote promote", 6), ("cogpromote audit verify", 0)])

    def test_both_clocks_tell_the_same(self):
        process = self.start("job_fails", scale="50")
        self.person(PROMOTE)
        report = self.end(process, *ANY_VERDICT)
        times = {one["code"]: (one["server"], one["client"]) for one in report["milestones"]}
        for code in ("T1", "T3", "T4", "T5", "T6"):
            server, client = times[code]
            # A second of the client's is most of a minute here: what both saw is no later.
            self.assertLess(abs(client - server), 10000, (code, times))
        self.assertLessEqual(times["T0"][0], times["T1"][0])

    def test_what_struck_is_what_the_seed_drew(self):
        struck = []
        for turn in ("one", "two"):
            self.into = self.path(turn)
            process = self.start("job_fails")
            self.person(PROMOTE)
            report = self.end(process, *ANY_VERDICT)
            promoted = next(exchange["at"] for exchange in report["record"]["exchanges"]
                            if exchange["call"] == "promote")
            struck.append(report["injects"][0]["at"] - promoted)
        self.assertEqual(struck[0], struck[1])

    def test_it_is_kept_in_the_history(self):
        process = self.start("job_fails")
        self.person(PROMOTE)
        self.end(process, *ANY_VERDICT)
        self.expect(self.drill("drills", "verify", "--history", self.path("history")), 0)
        self.assertIn("job_fails", self.read("history"))

    def test_hints_cost(self):
        process = self.start("job_fails")
        texts = [self.person("drill hint").stdout for _ in range(4)]
        self.person(PROMOTE)
        report = self.end(process, *ANY_VERDICT)
        self.assertIn("hint 1 of 3", texts[0])
        self.assertIn("hint 3 of 3", texts[2])
        self.assertIn("there are no more hints", texts[3])
        with open(os.path.join(SCENARIOS, "drills", "job_fails.jsonc"), encoding="utf-8") as file:
            hints = json.loads("".join(line for line in file if not line.startswith("//")))
        self.assertEqual(report["score"]["hint_cost"],
                         sum(hint["cost"] for hint in hints["drill"]["hints"]))

    def test_a_machine_that_is_gone_leaves_a_lock_of_which_nobody_here_knows(self):
        process = self.start("client_killed", scale="40")
        person = self.person("cogpromote promote; echo \"promote $?\"; cogpromote lock status; "
                             "cogpromote resume; echo \"resume $?\"; drill done")
        report = self.end(process, *ANY_VERDICT)
        self.assertIn("promote 137", person.stdout)
        self.assertIn("elsewhere", person.stdout)
        self.assertIn("resume 6", person.stdout)
        self.assertEqual(report["outcome"]["outcome"], "rolled_back")

    def test_another_operator_does_nothing_in_the_persons_name(self):
        process = self.start("two_operators", scale="40")
        self.person(PROMOTE)
        report = self.end(process, *ANY_VERDICT)
        self.assertTrue(self.in_drill("second/journal"))
        self.assertEqual(len(report["truth"]["jobs"]), 1)
        struck = {inject["name"]: inject["at"] for inject in report["injects"]}
        self.assertEqual(report["milestones"][0]["server"], struck["second_operator"])
        calls = [exchange["call"] for exchange in report["record"]["exchanges"]]
        self.assertEqual((calls.count("token"), calls.count("promote")), (1, 1))


    def test_a_tenant_of_a_fake_that_runs_already_will_do_once(self):
        scenario = os.path.join(SCENARIOS, "drills", "job_fails.jsonc")
        fake = subprocess.Popen([COGMOCK, "serve", "--port", "0", "--scenario", scenario,
                                 "--time-scale", "100"], stdout=subprocess.PIPE,
                                stderr=subprocess.DEVNULL, encoding="utf-8")
        self.addCleanup(fake.stdout.close)
        self.addCleanup(self.stop, fake)
        address = json.loads(fake.stdout.readline())["base_url"].replace("/api", "/t/mine/api")
        process = self.start("job_fails", "--api-base", address)
        self.person("cogpromote promote; cogpromote audit verify; drill done")
        report = self.end(process, *ANY_VERDICT)
        self.assertEqual(len(report["truth"]["jobs"]), 1)
        self.into = self.path("again")
        again = subprocess.run(self.arguments("job_fails", "--api-base", address),
                               cwd=self.folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                               stderr=subprocess.PIPE, encoding="utf-8", timeout=PATIENCE,
                               check=False)
        self.assertEqual(again.returncode, 64, again.stderr)
        self.assertIn("has been used", again.stderr)


class Shells(GuidedTest):
    def test_every_shell_reads_the_environment(self):
        self.start("job_fails")
        for shell in ("sh", "bash", "zsh"):
            if shutil.which(shell):
                with self.subTest(shell=shell):
                    person = self.person("echo \"$COGNIGY_API_BASE\"; command -v cogpromote", shell)
                    self.assertRegex(person.stdout, r"^http://127\.0\.0\.1:\d+/api/v1\n")
                    self.assertIn(self.into + "/bin/cogpromote", person.stdout)

    def test_nothing_of_a_real_tenant_gets_into_it(self):
        self.start("job_fails")
        person = self.person("env", COGNIGY_API_BASE="https://production.invalid/api/v1",
                             COGPROMOTE_STATE_DIR="/production", COGPROMOTE_CLIENT_KEY="production",
                             DEPLOYMENT_WEBHOOK_SECRET="whsec_production",
                             https_proxy="http://production.invalid")
        self.assertNotIn("production", person.stdout)

    def test_the_state_of_real_promotions_is_left_alone(self):
        real = self.path("home/.local/state/cogpromote")
        os.makedirs(real)
        process = self.start("job_fails", HOME=self.path("home"), XDG_STATE_HOME="")
        self.person(PROMOTE, HOME=self.path("home"), XDG_STATE_HOME="")
        self.end(process, *ANY_VERDICT)
        self.assertEqual(os.listdir(real), [])

    def test_the_client_gets_a_signal_once(self):
        process = self.start("job_fails", scale="20")
        person = self.person_begins("exec cogpromote promote --on-interrupt rollback")
        # A second one would end it at once.
        person.send_signal(signal.SIGINT)
        self.assertEqual(person.wait(timeout=PATIENCE), 6)
        self.person("drill done")
        process.wait(timeout=PATIENCE)

    def test_the_client_can_be_piped_and_its_words_stay_whole(self):
        process = self.start("job_fails")
        person = self.person("cogpromote status --nonsense 'a  b' \"it's\" 2>&1 | cat; drill abort")
        self.end(process, 2)
        self.assertIn("--nonsense", person.stdout)
        self.assertEqual(self.lines("commands.jsonl")[0]["line"],
                         "cogpromote status --nonsense 'a  b' 'it'\\''s'")

    def test_an_unknown_order_is_told_what_there_is(self):
        self.start("job_fails")
        person = self.person("drill hnt")
        self.assertEqual(person.returncode, 64)
        self.assertIn("did you mean 'hint'?", person.stderr)


class Ends(GuidedTest):
    def expect_aborted(self, process, why):
        report = self.end(process, 2)
        self.assertEqual(report["verdict"], "inconclusive")
        self.assertIn(why, report["aborted"])
        self.assertEqual(self.drill_file("result.json")["phase"], "aborted")

    def test_abort_ends_all_that_runs(self):
        process = self.start("job_fails", scale="10")
        console = self.console()
        person = self.person_begins("exec cogpromote promote")
        self.person("drill abort")
        self.expect_aborted(process, "operator")
        self.assertEqual(person.wait(timeout=PATIENCE), 143)
        self.assertFalse(answers(console))

    def test_an_aborted_drill_is_not_taken_up_again(self):
        process = self.start("job_fails")
        self.person("drill abort")
        self.end(process, 2)
        report = self.read(os.path.join(self.into, "report.json"))
        again = subprocess.run(self.arguments("job_fails"), cwd=self.folder,
                               stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                               stderr=subprocess.PIPE, encoding="utf-8", timeout=PATIENCE,
                               check=False)
        self.assertEqual(again.returncode, 73, again.stderr)
        self.assertIn("--into", again.stderr)
        self.assertEqual(self.read(os.path.join(self.into, "report.json")), report)

    def test_two_drills_do_not_share_a_folder(self):
        self.start("job_fails")
        second = subprocess.run(self.arguments("job_fails"), cwd=self.folder,
                                stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                stderr=subprocess.PIPE, encoding="utf-8", timeout=PATIENCE,
                                check=False)
        self.assertEqual(second.returncode, 73, second.stderr)
        self.assertIn("a drill runs in", second.stderr)

    def test_a_fake_that_dies_ends_the_drill(self):
        process = self.start("job_fails", scale="10")
        self.person_begins("exec cogpromote promote")
        fake = subprocess.run(["pgrep", "-P", str(process.pid), "-x", os.path.basename(COGMOCK)],
                              stdout=subprocess.PIPE, encoding="utf-8", check=True)
        os.kill(int(fake.stdout), signal.SIGKILL)
        self.expect_aborted(process, "the fake has died")

    def test_a_client_that_was_never_started_is_no_verdict(self):
        process = self.start("job_fails")
        self.person("drill done")
        report = self.end(process, 2)
        self.assertEqual(report["verdict"], "inconclusive")
        self.assertIn("never started", json.dumps(report))

    def test_who_only_waits_is_stopped_in_time(self):
        with open(os.path.join(SCENARIOS, "drills", "job_fails.jsonc"), encoding="utf-8") as file:
            drill = json.loads("".join(line for line in file if not line.startswith("//")))
        drill["drill"]["guided"]["limit"] = "20s"
        process = self.start(self.write("short.jsonc", json.dumps(drill)))
        self.expect_aborted(process, "the time is up")

    def test_a_folder_that_goes_ends_the_drill(self):
        process = self.start("job_fails")
        console = self.console()
        shutil.rmtree(self.into)
        process.wait(timeout=PATIENCE)
        self.assertIn("the drill's folder is gone", self.read("output"))
        self.assertFalse(answers(console))

    def test_nothing_stays_behind_a_conductor_that_is_killed(self):
        process = self.start("job_fails")
        console = self.console()
        process.kill()
        process.wait()
        wait_for("the end of the fake", lambda: not answers(console))
        person = self.person("drill hint")
        self.assertEqual(person.returncode, 1)


class Refusals(GuidedTest):
    def refuse(self, exit_code, message, *flags, drill="job_fails", **variables):
        result = subprocess.run(self.arguments(drill, *flags), cwd=self.folder,
                                env={**os.environ, **variables}, stdin=subprocess.DEVNULL,
                                stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8",
                                timeout=PATIENCE, check=False)
        self.assertEqual(result.returncode, exit_code, result.stdout + result.stderr)
        self.assertIn(message, result.stderr)

    def test_a_tenant_that_is_not_on_this_machine(self):
        for address in ("https://api.example.com/api/v1", "http://127.0.0.1.example.com/api/v1"):
            with self.subTest(address=address):
                self.refuse(64, "--against-real-tenant", "--api-base", address)

    def test_a_tenant_whose_name_was_typed_otherwise(self):
        self.refuse(64, "letter by letter", "--api-base", "https://api.example.com/api/v1",
                    "--against-real-tenant", "example.com")

    def test_a_folder_within_the_state_of_real_promotions(self):
        self.into = self.path("state/drill")
        os.makedirs(self.path("state"))
        self.refuse(64, "state of real promotions", COGPROMOTE_STATE_DIR=self.path("state"))

    def test_a_folder_that_cannot_be_made(self):
        self.into = "/proc/drill"
        self.refuse(73, "/proc/drill")

    def test_a_server_that_plays_something_else(self):
        fake = subprocess.Popen([COGMOCK, "serve", "--port", "0"], stdout=subprocess.PIPE,
                                stderr=subprocess.DEVNULL, encoding="utf-8")
        self.addCleanup(fake.stdout.close)
        self.addCleanup(self.stop, fake)
        address = json.loads(fake.stdout.readline())["base_url"]
        self.refuse(64, "does not play this drill", "--api-base", address)

    def test_an_address_that_is_two(self):
        self.refuse(64, "the host written plainly", "--api-base",
                    "http://127.0.0.1@example.com/api/v1")


if __name__ == "__main__":
    main()
