"""What cogpromote writes where: terminals, pipes, full disks, the events file, signals.

usage: output_test.py COGPROMOTE COGMOCK
"""

import json
import os
import pathlib
import pty
import re
import signal
import stat
import subprocess
import sys
import tempfile
import unittest

COGPROMOTE, COGMOCK = sys.argv[1:3]
sys.path.insert(0, str(pathlib.Path(__file__).parents[2] / "support"))

from cogmock import Cogmock  # noqa: E402
from tap_unittest import main  # noqa: E402

HANGING_JOB = {"server": {"job": {"timeline": [{"at": "0s", "progress": 10}]}}}
CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]")
ERASED = "\r\x1b[K"


class Case(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def environment(self, mock, **changes):
        return {**mock.variables(), "COGPROMOTE_STATE_DIR": str(self.folder / "state"),
                "COGPROMOTE_POLL_INTERVAL": "20ms", **changes}

    def promote(self, mock, *arguments, stdout=subprocess.PIPE, **changes):
        return subprocess.run([COGPROMOTE, "promote", *arguments], timeout=60, check=False,
                              env=self.environment(mock, **changes), text=True, stdout=stdout,
                              stderr=subprocess.PIPE)

    def on_a_terminal(self, environment, *arguments, until=None):
        """Ends with (exit code, everything that the terminal got).

        @param until a text of the terminal on which SIGINT is sent, as the key does
        """
        child, terminal = pty.fork()
        if child == 0:
            os.execve(COGPROMOTE, [COGPROMOTE, "promote", *arguments], environment)
        seen = ""
        while True:
            try:
                part = os.read(terminal, 4096).decode()
            except OSError:  # Linux: nobody has the other end any more.
                break
            if not part:
                break
            seen += part
            if until is not None and until in seen:
                os.write(terminal, b"\x03")
                until = None
        os.close(terminal)
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), seen

    def hang(self):
        path = self.folder / "scenario.jsonc"
        path.write_text(json.dumps(HANGING_JOB))
        return Cogmock(COGMOCK, "--scenario", str(path))


class Terminals(Case):
    def test_one_line_is_drawn_again_and_taken_away_before_the_report(self):
        with Cogmock(COGMOCK, "--time-scale", "60") as mock:
            code, seen = self.on_a_terminal(self.environment(mock, TERM="xterm"))
        self.assertEqual(code, 0, seen)
        self.assertRegex(seen, r"\r\[#+\.+\]  \d\d %  \w+  following the job  job job-1\x1b\[K")
        self.assertIn(f"{ERASED}promoted: ", seen)
        self.assertEqual(seen.rpartition("promoted: ")[2].count("\x1b"), 0)

    def test_every_drawn_line_fits_the_terminals_width(self):
        with Cogmock(COGMOCK, "--time-scale", "600") as mock:
            _, seen = self.on_a_terminal(self.environment(mock, TERM="xterm", COLUMNS="30"))
        drawn = re.findall(r"\r([^\r\n\x1b]+)\x1b\[K", seen)
        self.assertTrue(drawn)
        self.assertLess(max(map(len, drawn)), 30)

    def test_dumb_terminals_and_plain_progress_get_no_control_characters(self):
        with Cogmock(COGMOCK, "--time-scale", "600") as mock:
            for arguments, kind in (([], "dumb"), ([], ""), (["--progress", "plain"], "xterm")):
                code, seen = self.on_a_terminal(self.environment(mock, TERM=kind), *arguments)
                self.assertEqual(code, 0, seen)
                self.assertIsNone(CONTROL.search(seen.replace("\r\n", "\n")), seen)

    def test_an_interrupt_leaves_a_clean_terminal(self):
        with self.hang() as mock:
            code, seen = self.on_a_terminal(self.environment(mock, TERM="xterm"),
                                            until="following the job  job")
        self.assertEqual(code, 130, seen)
        after = seen.rpartition("^C")[2] if "^C" in seen else seen
        self.assertIn(f"{ERASED}", after)
        self.assertEqual(after.rpartition("interrupted: ")[2].count("\x1b"), 0)


class Pipes(Case):
    def test_pipes_get_no_control_characters(self):
        with Cogmock(COGMOCK, "--time-scale", "600") as mock:
            ended = self.promote(mock, TERM="xterm")
        self.assertEqual(ended.returncode, 0, ended.stderr)
        self.assertIsNone(CONTROL.search(ended.stderr + ended.stdout))

    def test_quiet_leaves_stderr_empty_on_success(self):
        with Cogmock(COGMOCK, "--time-scale", "600") as mock:
            ended = self.promote(mock, "--quiet")
        self.assertEqual((ended.returncode, ended.stderr), (0, ""))
        self.assertTrue(ended.stdout.startswith("promoted: "))

    def test_verbose_tells_every_request_as_well(self):
        with Cogmock(COGMOCK, "--time-scale", "600") as mock:
            ended = self.promote(mock, "--verbose")
        self.assertIn("request ", ended.stderr)
        self.assertNotIn("dev-secret", ended.stderr)

    def test_the_json_log_is_one_object_a_line(self):
        with Cogmock(COGMOCK, "--time-scale", "600") as mock:
            ended = self.promote(mock, "--log-format", "json")
        events = [json.loads(line) for line in ended.stderr.splitlines()]
        self.assertEqual((events[0]["event"], events[0]["name"]), ("step", "authenticate"))

    def test_how_it_was_told_is_said_once(self):
        for url, word in ((None, "webhook-delivered"), ("http://127.0.0.1:1/", "webhook-failed")):
            with Cogmock(COGMOCK, "--time-scale", "600") as mock:
                more = ["--webhook-url", url] if url else []
                ended = self.promote(mock, "--log-format", "json", *more)
            events = [json.loads(line)["event"] for line in ended.stderr.splitlines()]
            self.assertEqual(events.count(word), 1, ended.stderr)

    def test_a_full_stdout_is_told_and_the_exit_code_stays_the_outcomes(self):
        with Cogmock(COGMOCK, "--time-scale", "600") as mock, open("/dev/full", "w") as full:
            ended = self.promote(mock, "--quiet", stdout=full)
        self.assertEqual(ended.returncode, 0)
        self.assertEqual(ended.stderr, "cogpromote: cannot write the result to stdout:"
                                       " No space left on device\n")

    def test_a_reader_that_went_away_is_told_and_the_exit_code_stays_the_outcomes(self):
        reader, writer = os.pipe()
        os.close(reader)
        with Cogmock(COGMOCK, "--time-scale", "600") as mock, os.fdopen(writer, "w") as broken:
            ended = self.promote(mock, "--quiet", stdout=broken)
        self.assertEqual(ended.returncode, 0)
        self.assertIn("cannot write the result to stdout: Broken pipe", ended.stderr)

    def test_a_closed_stdout_never_becomes_a_file_of_the_run(self):
        with Cogmock(COGMOCK, "--time-scale", "600") as mock:
            ended = subprocess.run(["sh", "-c", f"exec {COGPROMOTE} promote >&-"], text=True,
                                   env=self.environment(mock), stderr=subprocess.PIPE, timeout=60,
                                   check=False)
        self.assertEqual(ended.returncode, 0)
        self.assertIn("cannot write the result to stdout: Bad file descriptor", ended.stderr)
        for line in (self.folder / "state" / "audit.jsonl").read_text().splitlines():
            json.loads(line)


class EventFiles(Case):
    def test_the_events_are_json_lines_in_a_file_of_mode_0600(self):
        path = self.folder / "events"
        with Cogmock(COGMOCK, "--time-scale", "600") as mock:
            ended = self.promote(mock, "--quiet", "--events", str(path))
        self.assertEqual(ended.returncode, 0, ended.stderr)
        events = [json.loads(line) for line in path.read_text().splitlines()]
        self.assertLess({"step", "job-accepted", "job-progress", "request"},
                        {event["event"] for event in events})
        self.assertEqual(stat.S_IMODE(path.stat().st_mode), 0o600)
        self.assertNotIn("dev-secret", path.read_text())

    def test_one_that_cannot_be_opened_ends_it_before_anything_is_sent(self):
        with Cogmock(COGMOCK, "--time-scale", "600") as mock:
            ended = self.promote(mock, "--events", "/nonexistent/file")
        self.assertEqual((ended.returncode, ended.stdout), (2, ""))
        self.assertRegex(ended.stderr, r"^cogpromote promote: cannot open the events file"
                                       r" '/nonexistent/file': .*\n$")

    def test_one_that_is_full_is_told_once_and_the_promotion_goes_on(self):
        with Cogmock(COGMOCK, "--time-scale", "600") as mock:
            ended = self.promote(mock, "--events", "/dev/full")
        self.assertEqual(ended.returncode, 0)
        self.assertEqual(ended.stderr.count("events-failed"), 1)


class Signals(Case):
    def interrupt(self, mock, *command):
        process = subprocess.Popen([*command, COGPROMOTE, "promote"], text=True,
                                   env=self.environment(mock), stdout=subprocess.PIPE,
                                   stderr=subprocess.PIPE)
        for line in process.stderr:
            if "following the job" in line:
                process.send_signal(signal.SIGHUP)
                break
        return process

    def test_sighup_stops_a_run_as_the_others_do(self):
        # Whoever runs the tests under nohup ignores it, and so would the client.
        with self.hang() as mock:
            process = self.interrupt(mock, "env", "--default-signal=HUP")
            out, _ = process.communicate(timeout=30)
        self.assertEqual(process.returncode, 128 + signal.SIGHUP)
        self.assertTrue(out.startswith("interrupted: "), out)

    def test_a_sighup_that_is_ignored_from_the_start_stays_ignored(self):
        with self.hang() as mock:
            process = self.interrupt(mock, "env", "--ignore-signal=HUP")
            process.send_signal(signal.SIGTERM)
            process.communicate(timeout=30)
        self.assertEqual(process.returncode, 128 + signal.SIGTERM)


main()
