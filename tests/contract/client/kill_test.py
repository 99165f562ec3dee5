"""The program cogpromote, killed and interrupted as a real process, and what comes after that.

usage: kill_test.py COGPROMOTE COGMOCK
"""

import base64
import concurrent.futures
import contextlib
import json
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import unittest
import urllib.request

COGPROMOTE, COGMOCK = sys.argv[1:3]
sys.path.insert(0, str(pathlib.Path(__file__).parents[2] / "support"))

from cogmock import Cogmock  # noqa: E402
from relay import Relay, pass_on  # noqa: E402
from tap_unittest import main  # noqa: E402

GOOD_JOB = {"server": {"job": {"timeline": [{"at": "0s", "progress": 0}, {"at": "10s", "progress": 50},
                                            {"at": "20s", "complete": True}]}}}
FAILING_JOB = {
    "server": {
        "job": {"timeline": [{"at": "0s", "progress": 0}, {"at": "6s", "fail": "lock"}]},
        "rollback": {"timeline": [{"at": "6s", "status": "rolled_back"}]},
    }
}
# Half a second: a signal comes before its end, however busy the machine is.
SLOW_JOB = {"server": {"job": {"timeline": [{"at": "0s", "progress": 0}, {"at": "300s", "complete": True}]}}}
HANGING_JOB = {"server": {"job": {"timeline": [{"at": "0s", "progress": 10}]}}}
POINTS_MAX = 100
AT_ONCE = 8


class Place:
    """A fake, a relay in front of it, and state folders; what all the programs of a test share."""

    def __init__(self, folder, mock, relay):
        self.folder = folder
        self.mock = mock
        self.relay = relay
        self.state = folder / "state"

    def environment(self):
        return {
            **self.relay.variables(self.mock.variables()),
            "COGPROMOTE_STATE_DIR": str(self.state),
            "COGPROMOTE_POLL_INTERVAL": "20ms",
            "COGPROMOTE_OUTPUT": "json",
        }

    def start(self, *arguments, **changes):
        return subprocess.Popen([COGPROMOTE, *arguments], env={**self.environment(), **changes},
                                stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    def run(self, *arguments, **changes):
        """Ends with (exit code, stdout, stderr)."""
        process = self.start(*arguments, **changes)
        out, err = process.communicate(timeout=60)
        return process.returncode, out, err

    def status(self):
        code, out, _ = self.run("status")
        assert code == 0, code
        return json.loads(out)

    def move(self):
        """As onto another machine."""
        moved = self.folder / "moved"
        shutil.copytree(self.state, moved)
        shutil.rmtree(self.state)
        self.state = moved

    def ask(self, path):
        """What the fake itself says."""
        base = self.mock.ready["base_url"]
        basic = base64.b64encode(b"dev-client:dev-secret").decode()
        request = urllib.request.Request(f"{base}/oauth/token", b"grant_type=client_credentials",
                                         {"Authorization": f"Basic {basic}"})
        token = json.load(urllib.request.urlopen(request))["access_token"]
        request = urllib.request.Request(f"{base}/{path}",
                                         headers={"Authorization": f"Bearer {token}"})
        return json.load(urllib.request.urlopen(request))

    def jobs(self):
        query = "source_environment_id=env-source&target_environment_id=env-target"
        return [job["status"] for job in self.ask(f"deployments?{query}")["deployments"]]

    def content(self):
        return self.ask("environments/env-target/metrics")["content_digest"]

    def outcomes(self):
        """Of the audit records of runs."""
        records = [json.loads(line) for line in
                   (self.state / "audit.jsonl").read_text().splitlines()]
        return [record["outcome"] for record in records if "kind" not in record]


@contextlib.contextmanager
def place(scenario=None, trap=pass_on):
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        path = folder / "scenario.jsonc"
        path.write_text(json.dumps(scenario or GOOD_JOB))
        with Cogmock(COGMOCK, "--time-scale", "600", "--scenario", str(path)) as mock, \
             Relay(mock.ready["port"], trap) as relay:
            yield Place(folder, mock, relay)


def count_points(reaches):
    """Calls `reaches(point)` for 1, 2, … until it answers False; ends with how often it did not."""
    with concurrent.futures.ThreadPoolExecutor(AT_ONCE) as pool:
        for first in range(1, POINTS_MAX, AT_ONCE):
            reached = list(pool.map(reaches, range(first, first + AT_ONCE)))
            if not all(reached):
                return first - 1 + reached.index(False)
    raise AssertionError("there is no end of points")


class Case(unittest.TestCase):
    def untroubled(self, scenario):
        """What a run ends with that nobody disturbs: (exit code, jobs, content, outcomes)."""
        with place(scenario) as here:
            code, out, _ = here.run("promote")
            self.assertEqual(code, 6 if scenario is FAILING_JOB else 0, out)
            return code, here.jobs(), here.content(), here.outcomes()

    def assert_comes_to(self, expected, here, where):
        """By `resume`, and again by another one, which has nothing left to do."""
        for attempt in ("resume", "resume again"):
            run_id = here.status()[0]["run_id"]
            code, out, err = here.run("resume", run_id)
            found = (code, here.jobs(), here.content(), here.outcomes())
            self.assertEqual(found, expected, f"{where}, {attempt}: {out}{err}")
        self.assertFalse(here.status()[0]["resumable"], where)
        self.assertEqual(len(set(here.relay.notice_ids)), 1, where)
        self.assertEqual(here.run("audit", "verify")[0], 0, where)
        self.assertEqual(here.run("lock", "status")[0], 0, where)


class Killed(Case):
    def kill_at_requests(self, scenario, moment):
        """SIGKILL while the n-th request is held, for every n. Ends with how many there were."""
        expected = self.untroubled(scenario)

        def kill_at(point):
            process = None
            ready = threading.Event()

            def trap(number, _, when):
                if number != point or when != moment:
                    return True
                ready.wait()
                process.kill()
                process.wait()
                return False

            with place(scenario, trap) as here:
                process = here.start("promote")
                ready.set()
                process.communicate(timeout=60)
                if process.returncode != -signal.SIGKILL:
                    self.assertEqual(process.returncode, expected[0])
                    return False
                here.relay.trap = pass_on
                where = f"killed with request {point} {moment}"
                status = here.status()[0]
                self.assertTrue(status["resumable"], where)
                self.assertEqual(status["standing"], status["outcome"] or "dead", where)
                if point % 2 == 0:
                    here.move()
                self.assert_comes_to(expected, here, where)
                return True

        return count_points(kill_at)

    def test_a_promotion_killed_at_any_request_is_resumed_to_the_same_end(self):
        for scenario in (GOOD_JOB, FAILING_JOB):
            for moment in ("sent", "answered"):
                count = self.kill_at_requests(scenario, moment)
                print(f"# {count} points: request {moment}")
                self.assertGreater(count, 15)

    def test_a_promotion_killed_at_any_event_is_resumed_to_the_same_end(self):
        for scenario in (GOOD_JOB, FAILING_JOB):
            count = self.kill_at_events(scenario)
            print(f"# {count} points: event told")
            self.assertGreater(count, 30)

    def kill_at_events(self, scenario):
        """SIGKILL when the n-th event is told, for every n. Ends with how many there were."""
        expected = self.untroubled(scenario)

        def kill_at(point):
            with place(scenario) as here:
                pipe = here.folder / "events"
                os.mkfifo(pipe)
                process = here.start("promote", "--events", str(pipe))
                with pipe.open(encoding="utf-8") as events:
                    count = sum(1 for _, _ in zip(range(point), events))
                    process.kill()
                    events.read()
                process.communicate(timeout=60)
                if count < point:
                    return False
                self.assert_comes_to(expected, here, f"killed at event {point}")
                return True

        return count_points(kill_at)

    def test_a_lock_of_a_dead_run_is_not_taken_over_before_the_run_is_settled(self):
        def trap(_, path, moment):
            if moment == "answered" and path.endswith("/status") and process.returncode is None:
                ready.wait()
                process.kill()
                process.wait()
                return False
            return True

        process, ready = None, threading.Event()
        with place(trap=trap) as here:
            process = here.start("promote")
            ready.set()
            process.communicate(timeout=60)
            code, out, _ = here.run("promote", "--output", "text")
            self.assertEqual(code, 9)
            self.assertIn("cogpromote resume", out)
            self.assertEqual(here.run("lock", "status")[0], 9)
            self.assertEqual(here.run("lock", "release")[0], 0)
            self.assertEqual(here.run("lock", "status")[0], 0)
            self.assertEqual(here.run("promote")[0], 0)
            self.assertEqual(len(here.jobs()), 2)
            dead = here.status()[-1]
            self.assertEqual((dead["standing"], dead["resumable"]), ("dead", False))
            code, _, err = here.run("resume", dead["run_id"])
            self.assertEqual(code, 2)
            self.assertIn("has promoted into 'env-target' since", err)
            self.assertEqual(len(here.jobs()), 2)


class Interrupted(Case):
    def interrupt_at_requests(self, number_of_signal, policy, check):
        """Sends a signal while the n-th request is held, for every n."""

        def interrupt_at(point):
            process = None
            ready, is_reached = threading.Event(), threading.Event()

            def trap(number, _, moment):
                if number == point and moment == "sent":
                    ready.wait()
                    process.send_signal(number_of_signal)
                    is_reached.set()
                return True

            with place(trap=trap) as here:
                process = here.start("promote", "--on-interrupt", policy)
                ready.set()
                out, _ = process.communicate(timeout=60)
                here.relay.trap = pass_on
                where = f"{number_of_signal.name} at request {point}: {out}"
                if is_reached.is_set():
                    self.assertEqual(here.run("lock", "status")[0], 0, where)
                    check(here, process.returncode, where)
                return is_reached.is_set()

        return count_points(interrupt_at)

    def test_a_signal_detaches_and_resume_comes_to_the_end_of_an_untroubled_run(self):
        code, jobs, content, _ = self.untroubled(GOOD_JOB)

        def check(here, exit_code, where):
            self.assertIn(exit_code, (0, 128 + number), where)
            self.assertEqual(here.status()[0]["resumable"], exit_code != 0, where)
            for _ in range(2):
                self.assertEqual(here.run("resume", here.status()[0]["run_id"])[0], code, where)
                self.assertEqual((here.jobs(), here.content()), (jobs, content), where)

        for number in (signal.SIGINT, signal.SIGTERM):
            count = self.interrupt_at_requests(number, "detach", check)
            print(f"# {count} points: {number.name}, detach")

    def test_a_signal_rolls_back_what_has_not_completed(self):
        _, _, new, _ = self.untroubled(GOOD_JOB)
        _, _, old, _ = self.untroubled(FAILING_JOB)

        def check(here, exit_code, where):
            ends = {0: (["completed"], new), 6: (["rolled_back"], old), 128 + number: ([], old)}
            self.assertIn(exit_code, ends, where)
            self.assertEqual((here.jobs(), here.content()), ends[exit_code], where)

        for number in (signal.SIGINT, signal.SIGTERM):
            count = self.interrupt_at_requests(number, "rollback", check)
            print(f"# {count} points: {number.name}, rollback")

    def interrupt_at_a_poll(self, here, number, *arguments):
        """The signal comes with the answer to a poll."""
        process, ready = None, threading.Event()

        def trap(_, path, moment):
            ready.wait()
            if path.endswith("/status") and moment == "answered":
                here.relay.trap = pass_on
                process.send_signal(number)
            return True

        here.relay.trap = trap
        process = here.start(*arguments)
        ready.set()
        process.communicate(timeout=60)
        return process.returncode

    def test_a_signal_rolls_back_a_job_that_runs(self):
        _, _, old, _ = self.untroubled(FAILING_JOB)
        for number in (signal.SIGINT, signal.SIGTERM):
            with place(HANGING_JOB) as here:
                code = self.interrupt_at_a_poll(here, number, "promote", "--on-interrupt", "rollback")
                self.assertEqual((code, here.jobs(), here.content()), (6, ["rolled_back"], old))

    def interrupt_twice(self, here, numbers, *arguments):
        """The first signal with the answer to a poll, the second one while the notice is sent."""
        process, ready = None, threading.Event()

        def trap(_, path, moment):
            ready.wait()
            if path.endswith("/status") and moment == "answered":
                process.send_signal(numbers[0])
            elif "/hooks/" in path and moment == "sent":
                process.send_signal(numbers[1])
                process.wait()
                return False
            return True

        here.relay.trap = trap
        process = here.start(*arguments)
        ready.set()
        process.communicate(timeout=60)
        here.relay.trap = pass_on
        self.assertEqual(process.returncode, -numbers[1])
        self.assertEqual(here.status()[0]["outcome"], "interrupted")

    def test_a_run_that_a_second_signal_cut_off_is_taken_up_by_resume(self):
        code, jobs, content, _ = self.untroubled(SLOW_JOB)
        for numbers in ((signal.SIGINT, signal.SIGINT), (signal.SIGTERM, signal.SIGHUP),
                        (signal.SIGHUP, signal.SIGTERM)):
            with place(SLOW_JOB) as here:
                self.interrupt_twice(here, numbers, "promote")
                found = here.run("resume")
                self.assertEqual(found[0], code, f"{numbers}: {found}")
                self.assertEqual((here.jobs(), here.content()), (jobs, content))
                self.assertEqual(here.outcomes(), ["interrupted", "promoted"])

    def test_so_is_a_rollback_by_hand(self):
        with place(HANGING_JOB) as here:
            self.interrupt_twice(here, (signal.SIGINT, signal.SIGINT), "promote")
            job_id = here.status()[0]["job_id"]
            self.assertEqual(here.run("lock", "release")[0], 0)
            self.interrupt_twice(here, (signal.SIGTERM, signal.SIGINT), "rollback", job_id)
            found = here.run("resume", here.status()[0]["run_id"])
            self.assertEqual((found[0], here.jobs()), (6, ["rolled_back"]), found)

    def test_a_second_signal_ends_at_once_and_the_next_run_recognises_the_lock(self):
        is_held, may_go_on = threading.Event(), threading.Event()

        def trap(_, path, moment):
            if path.endswith("/status") and moment == "answered" and not is_held.is_set():
                ready.wait()
                process.send_signal(signal.SIGINT)
            if path.endswith("/cancel") and moment == "sent" and not is_held.is_set():
                is_held.set()
                return may_go_on.wait(60) and False
            return True

        process, ready = None, threading.Event()
        with place(HANGING_JOB, trap) as here:
            process = here.start("promote", "--on-interrupt", "rollback")
            ready.set()
            self.assertTrue(is_held.wait(30))
            process.send_signal(signal.SIGINT)
            process.communicate(timeout=30)
            may_go_on.set()
            self.assertEqual(process.returncode, -signal.SIGINT)
            locks = json.loads(here.run("lock", "status")[1])["locks"]
            self.assertEqual([lock["state"] for lock in locks], ["abandoned"])
            self.assertEqual(here.run("promote")[0], 9)
            code, _, err = here.run("resume")
            self.assertEqual((code, here.jobs()), (6, ["rolled_back"]), err)


class Together(Case):
    def test_a_second_promotion_into_the_target_ends_with_9_or_waits(self):
        is_held, may_go_on = threading.Event(), threading.Event()

        def trap(_, path, moment):
            if path.endswith("/status") and moment == "sent" and not may_go_on.is_set():
                is_held.set()
                may_go_on.wait(60)
            return True

        with place(trap=trap) as here:
            first = here.start("promote")
            self.assertTrue(is_held.wait(30))
            self.assertEqual(here.run("promote")[0], 9)
            self.assertEqual([run["standing"] for run in here.status()], ["locked", "running"])
            running = here.status()[-1]
            self.assertFalse(running["resumable"])
            code, _, err = here.run("resume", running["run_id"])
            self.assertEqual(code, 9)
            self.assertIn("at work", err)

            waiting = here.start("promote", "--lock-wait", "50s", "--log-format", "json")
            for line in waiting.stderr:
                if "lock-held" in line:
                    break
            self.assertEqual([run["standing"] for run in here.status()],
                             ["running", "locked", "running"])
            code, _, _ = here.run("resume", here.status()[0]["run_id"])
            self.assertEqual(code, 9)
            may_go_on.set()
            first.communicate(timeout=60)
            waiting.communicate(timeout=60)
            self.assertEqual((first.returncode, waiting.returncode), (0, 0))
            self.assertEqual(here.jobs(), ["completed", "completed"])


main()
