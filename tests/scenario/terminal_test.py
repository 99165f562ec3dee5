"""Rehearsals with people, as a terminal shows them: guided in one, in two panes, and tabletop.

usage: terminal_test.py COGDRILL FOLDER_OF_SUPPORT
"""

import fcntl
import json
import os
import pathlib
import pty
import re
import select
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import termios
import time
import unittest

COGDRILL = pathlib.Path(sys.argv[1]).resolve()
sys.path.insert(0, sys.argv[2])
import tap_unittest  # noqa: E402

PATIENCE_S = 60
SOURCE = pathlib.Path(__file__).resolve().parents[2]
IDS = sorted(path.stem for path in (SOURCE / "scenarios/drills").glob("*.jsonc"))


class Terminal:
    """A program with a terminal of its own."""

    def __init__(self, words, environment, size=(30, 90)):
        self.text = ""
        self.master, slave = pty.openpty()
        self.resize(*size)
        self.before = termios.tcgetattr(slave)
        self.slave = slave
        self.process = subprocess.Popen(
            words, stdin=slave, stdout=slave, stderr=slave, env=environment, cwd=SOURCE,
            start_new_session=True, preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0))

    def resize(self, rows, columns):
        fcntl.ioctl(self.master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def read(self, wait_s):
        if select.select([self.master], [], [], wait_s)[0]:
            try:
                self.text += os.read(self.master, 65536).decode(errors="replace")
            except OSError:
                pass

    def expect(self, pattern):
        """Waits for a text behind the last one that was found."""
        end = time.monotonic() + PATIENCE_S
        while not (match := re.search(pattern, self.text)):
            if time.monotonic() > end or (self.process.poll() is not None and not self.rest()):
                raise AssertionError(f"no {pattern!r} in {self.text!r}")
            self.read(0.1)
        self.text = self.text[match.end():]
        return match

    def rest(self):
        """What an ended program has left to be read."""
        before = len(self.text)
        self.read(0)
        return len(self.text) > before

    def type(self, text):
        os.write(self.master, text.encode())

    def end(self):
        """Its exit code; everything that it has printed is in `text` then."""
        end = time.monotonic() + PATIENCE_S
        while self.process.poll() is None:
            if time.monotonic() > end:
                raise AssertionError(f"it does not end: {self.text!r}")
            self.read(0.1)
        while self.rest():
            pass
        return self.process.returncode

    def close(self):
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        for descriptor in (self.master, self.slave):
            if descriptor >= 0:
                os.close(descriptor)


class Rehearsal(unittest.TestCase):
    def setUp(self):
        self.home = pathlib.Path(tempfile.mkdtemp(prefix="terminal_test."))
        self.addCleanup(shutil.rmtree, self.home, ignore_errors=True)
        self.folder = self.home / "drill"
        self.environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(self.home),
            "TMPDIR": str(self.home),
            "XDG_STATE_HOME": str(self.home / "state"),
            "TERM": "dumb",
            "LC_ALL": "C.UTF-8",
        } | {name: value for name, value in os.environ.items() if name.endswith("SAN_OPTIONS")}

    def start(self, *words, **options):
        terminal = Terminal([COGDRILL, "rehearse", *words], self.environment, **options)
        self.addCleanup(terminal.close)
        return terminal

    def guided(self, *words, **options):
        return self.start("--guided", "--into", self.folder, "--seed", "1", *words, **options)

    def plain(self, *words):
        terminal = self.guided("--plain", *words)
        terminal.expect("Enter begins the drill")
        terminal.type("\n")
        terminal.expect(r"The drill runs")
        return terminal

    def run_without_terminal(self, *words):
        return subprocess.run([COGDRILL, "rehearse", *words], env=self.environment, cwd=SOURCE,
                              stdin=subprocess.DEVNULL, capture_output=True, text=True,
                              timeout=PATIENCE_S, check=False)

    def report(self):
        return json.loads((self.folder / "report.json").read_text())["rehearsals"][0]

    def in_shell(self, commands):
        return subprocess.run(["sh", "-c", f". '{self.folder}/env'; {commands}"],
                              env=self.environment, capture_output=True, text=True,
                              timeout=PATIENCE_S, check=False)


class Tabletop(Rehearsal):
    def test_shows_the_answer_when_it_is_asked_for(self):
        terminal = self.start("--tabletop", "job_fails", "--answers")
        terminal.expect(r"1 of \d")
        terminal.expect("the answer; q: end")
        self.assertNotIn("Answer", terminal.text)
        terminal.type("\n")
        terminal.expect("Answer")
        terminal.expect("the next; q: end")
        terminal.type("q\n")
        self.assertEqual(terminal.end(), 0)
        self.assertNotIn("2 of", terminal.text)

    def test_prints_all_of_it_into_a_pipe(self):
        run = self.run_without_terminal("--tabletop", "job_fails")
        self.assertEqual(run.returncode, 0, run.stderr)
        self.assertNotIn("Answer", run.stdout)
        self.assertIn("What counts", run.stdout)
        self.assertLessEqual(max(map(len, run.stdout.splitlines())), 100)

    def test_of_nothing_lists_what_there_is(self):
        run = self.run_without_terminal("--tabletop")
        self.assertEqual(run.returncode, 64)
        for name in IDS:
            self.assertIn(name, run.stderr)


class Refused(Rehearsal):
    def expect_refused(self, code, text, *words):
        run = self.run_without_terminal("--guided", "--into", self.folder, *words)
        self.assertEqual((run.returncode, run.stdout), (code, ""), run.stderr)
        self.assertIn(text, run.stderr)
        self.assertFalse((self.folder / "env").exists())

    def test_without_a_terminal_names_plain(self):
        self.expect_refused(64, "--plain", "job_fails")

    def test_in_a_terminal_that_nobody_knows_names_plain(self):
        self.environment["TERM"] = "no-such-terminal"
        terminal = self.guided("job_fails")
        terminal.expect("'no-such-terminal' is not known here.*--plain")
        self.assertEqual(terminal.end(), 64)

    def test_with_a_date_that_is_none(self):
        self.expect_refused(64, "2026-12-31", "--plain", "--action", "a; b; tomorrow", "job_fails")

    def test_with_a_history_that_is_broken(self):
        history = self.home / "history.jsonl"
        history.write_text("no history\n")
        self.expect_refused(66, str(history), "--plain", "--history", history, "job_fails")
        self.assertFalse(self.folder.exists())

    @unittest.skipIf(os.geteuid() == 0, "root may write everywhere")
    def test_with_a_history_that_cannot_be_made(self):
        (self.home / "closed").mkdir(mode=0o555)
        self.expect_refused(73, "cannot write the history", "--plain", "--history",
                            self.home / "closed" / "there" / "history.jsonl", "job_fails")

    def test_in_a_folder_of_something_else(self):
        self.folder.mkdir()
        (self.folder / "letter").write_text("dear all")
        self.expect_refused(73, "has other things in it", "--plain", "job_fails")

    def test_in_the_folder_of_another_drill(self):
        self.folder.mkdir()
        (self.folder / "result.json").write_text('{"phase": "done", "pid": 1}')
        terminal = self.guided("--plain", "job_fails")
        self.assertEqual(terminal.end(), 73)
        self.assertIn("cannot be taken up again", terminal.text)
        self.assertNotIn("Situation", terminal.text)

    def test_in_a_folder_that_cannot_be_made(self):
        self.folder.write_text("a file")
        run = self.run_without_terminal("--guided", "--plain", "--into", self.folder / "in",
                                        "job_fails")
        self.assertEqual(run.returncode, 73, run.stderr)
        self.assertIn("cannot make the drill's folder", run.stderr)

    def test_against_a_server_elsewhere(self):
        self.expect_refused(64, "--against-real-tenant", "--plain", "--api-base",
                            "https://tenant.example/api/v1", "job_fails")


class Plain(Rehearsal):
    def test_runs_to_its_end_and_asks_what_was_a_surprise(self):
        terminal = self.plain("--time-scale", "100", "job_fails")
        self.assertEqual(self.in_shell("cogpromote promote").returncode, 6)
        self.in_shell("cogpromote audit verify")
        terminal.type("done\n")
        terminal.expect("What was a surprise")
        terminal.type("how fast it went\n\n")
        terminal.expect("What is to be done")
        terminal.type("tell the others; Ann; 2026-12-24\n\n")
        self.assertEqual(terminal.end(), 0, terminal.text)
        self.assertIn("PASSED", terminal.text)
        report = self.report()
        self.assertEqual(report["surprises"], ["how fast it went"])
        self.assertEqual(report["actions"],
                         [{"text": "tell the others", "owner": "Ann", "due": "2026-12-24"}])
        self.assertTrue((self.folder / "report.html").exists())
        history = (self.home / "state/cogdrill/history.jsonl").read_text().splitlines()
        self.assertEqual(json.loads(history[-1])["verdict"], "pass")

    def test_gives_hints_that_cost(self):
        terminal = self.plain("--surprise", "none", "job_fails")
        terminal.type("h\n")
        terminal.expect("hint: ")
        terminal.type("done\n")
        terminal.end()
        self.assertGreater(self.report()["score"]["hint_cost"], 0)

    def test_aborted_is_reported_as_such_and_cannot_be_taken_up_again(self):
        terminal = self.plain("--surprise", "none", "job_fails")
        terminal.type("abort\n")
        self.assertEqual(terminal.end(), 2)
        self.assertIn("ABORTED", terminal.text)
        self.assertEqual(self.report()["verdict"], "inconclusive")
        again = self.run_without_terminal("--guided", "--plain", "--into", self.folder, "job_fails")
        self.assertEqual(again.returncode, 73)
        self.assertIn("cannot be taken up again", again.stderr)

    def test_answers_who_ends_it(self):
        self.plain("job_fails")
        done = self.in_shell("drill done")
        self.assertEqual((done.returncode, done.stdout), (0, "the drill is over\n"), done.stderr)

    def test_ended_by_a_signal_leaves_its_report(self):
        terminal = self.plain("job_fails")
        terminal.process.send_signal(signal.SIGTERM)
        self.assertEqual(terminal.end(), 128 + signal.SIGTERM)
        self.assertIsNotNone(self.report()["aborted"])

    def test_left_by_its_terminal_leaves_its_report(self):
        terminal = self.plain("job_fails")
        os.close(terminal.master)
        os.close(terminal.slave)
        terminal.master = terminal.slave = -1
        self.assertEqual(terminal.process.wait(PATIENCE_S), 128 + signal.SIGHUP)
        self.assertIsNotNone(self.report()["aborted"])

    def test_prints_a_report_that_cannot_be_written(self):
        terminal = self.plain("--surprise", "none", "job_fails")
        (self.folder / "report.json").mkdir()
        terminal.type("done\n")
        self.assertEqual(terminal.end(), 73)
        self.assertIn('"format":"cogdrill-rehearsal"', terminal.text)

    def test_before_it_has_begun_leaves_nothing(self):
        terminal = self.guided("--plain", "job_fails")
        terminal.expect("Enter begins the drill")
        terminal.type("q\n")
        self.assertEqual(terminal.end(), 2)
        self.assertFalse(self.folder.exists())

    def test_that_is_drawn_is_a_secret_until_its_end(self):
        terminal = self.guided("--plain", "--surprise", "none")
        terminal.expect("Enter begins the drill")
        terminal.type("\n")
        terminal.expect("The drill runs")
        listed = pathlib.Path(f"/proc/{terminal.process.pid}/cmdline").read_bytes().decode()
        shown = terminal.text + listed
        for name in IDS:
            self.assertNotIn(name, shown)
        terminal.type("abort\n")
        terminal.end()
        self.assertIn(self.report()["drill"]["id"], terminal.text)


class Screen(Rehearsal):
    def begin(self, *words, **options):
        self.environment["TERM"] = "xterm"
        terminal = self.guided("--no-split", "--surprise", "none", *words, **options)
        terminal.expect("Enter begins the drill")
        terminal.type("\r")
        return terminal

    def test_names_the_file_for_the_other_terminal(self):
        terminal = self.begin("job_fails")
        terminal.expect(re.escape(f"{self.folder}/env"))
        terminal.type("ay")
        self.assertEqual(terminal.end(), 2)

    def test_leaves_the_terminal_as_it_was(self):
        for how in ("ay", signal.SIGTERM):
            with self.subTest(how=how):
                shutil.rmtree(self.folder, ignore_errors=True)
                terminal = self.begin("job_fails")
                terminal.expect("a abort")
                if how == "ay":
                    terminal.type(how)
                else:
                    terminal.process.send_signal(how)
                terminal.expect(re.escape("\x1b[?1049l"))
                terminal.end()
                self.assertEqual(termios.tcgetattr(terminal.slave), terminal.before)

    def test_asks_before_control_c_aborts(self):
        terminal = self.begin("job_fails")
        terminal.expect("a abort")
        terminal.type("\x03")
        terminal.expect("Abort the drill")
        terminal.type("n")
        terminal.expect("a abort")
        terminal.type("\x03")
        terminal.expect("Abort the drill")
        terminal.type("y")
        self.assertEqual(terminal.end(), 2)

    def test_that_is_too_small_says_so_and_goes_on(self):
        terminal = self.begin("job_fails")
        terminal.expect("a abort")
        terminal.resize(6, 40)
        terminal.expect("too small")
        terminal.resize(30, 90)
        terminal.expect("a abort")
        terminal.type("ay")
        self.assertEqual(terminal.end(), 2)

    def test_has_no_colour_where_nobody_wants_it(self):
        self.environment["NO_COLOR"] = "1"
        terminal = self.begin("job_fails")
        terminal.expect("as before")
        terminal.type("ay")
        terminal.end()
        self.assertIsNone(re.search(r"\x1b\[[0-9;]*3[0-7]m", terminal.text))


@unittest.skipUnless(shutil.which("tmux"), "tmux is not there")
class Panes(Rehearsal):
    """The person's terminal is one of another tmux, whose server is this test's."""

    def setUp(self):
        super().setUp()
        self.socket = self.home / "outer"
        self.addCleanup(self.tmux, "kill-server", check=False)

    def tmux(self, *words, check=True):
        return subprocess.run(["tmux", "-S", self.socket, "-f", "/dev/null", *words],
                              env=self.environment | {"TERM": "xterm-256color"}, check=check,
                              capture_output=True, text=True, timeout=PATIENCE_S).stdout

    def begin(self, *words):
        line = " ".join(map(str, (COGDRILL, "rehearse", "--guided", "--into", self.folder, *words)))
        self.tmux("new-session", "-d", "-x", "100", "-y", "40", "-c", str(SOURCE),
                  f"{line}; echo ended with $?; read nothing")

    def expect(self, text):
        end = time.monotonic() + PATIENCE_S
        while text not in (shown := self.tmux("capture-pane", "-p")):
            if time.monotonic() > end:
                raise AssertionError(f"no {text!r} in\n{shown}")
            time.sleep(0.05)
        return shown

    def type(self, *keys):
        self.tmux("send-keys", *keys)

    def test_a_drill_to_its_end(self):
        self.begin("--time-scale", "50", "--seed", "1", "job_fails")
        self.expect("Enter begins the drill")
        self.type("Enter")
        self.expect("(drill) $")
        self.type("cogpromote promote", "Enter")
        self.expect("exit 6")
        self.type("cogpromote status", "Enter")
        self.expect("exit 0")
        self.type("drill done", "Enter")
        self.expect("What was a surprise")
        self.type("nothing", "Enter", "Enter")
        self.expect("What is to be done")
        self.type("Enter")
        shown = self.expect("ended with")
        self.assertIn("ended with 0", shown)
        self.assertIn("PASSED", shown)
        self.assertEqual(self.report()["surprises"], ["nothing"])
        self.assertEqual([c["line"] for c in self.report()["commands"]],
                         ["cogpromote promote", "cogpromote status"])
        self.assertEqual(list(self.home.glob("cogdrill-*")), [])

    def test_an_aborted_drill_ends_everything(self):
        self.begin("job_fails")
        self.expect("Enter begins the drill")
        self.type("Enter")
        self.expect("(drill) $")
        self.type("drill abort", "Enter")
        self.expect("What was a surprise")
        self.type("Enter")
        self.expect("What is to be done")
        self.type("Enter")
        self.assertIn("ended with 2", self.expect("ended with"))
        self.assertEqual(list(self.home.glob("cogdrill-*")), [])

    def test_left_before_it_begins_has_nothing_to_complain_of(self):
        self.begin("job_fails")
        self.expect("Enter begins the drill")
        self.type("C-c")
        shown = self.expect("ended with")
        self.assertIn(f"ended with {128 + signal.SIGINT}", shown)
        self.assertNotIn("cogdrill:", shown)

    def test_ended_by_a_signal_ends_everything(self):
        self.begin("job_fails")
        self.expect("Enter begins the drill")
        self.type("Enter")
        self.expect("(drill) $")
        shell = int(self.tmux("display-message", "-p", "#{pane_pid}"))
        children = pathlib.Path(f"/proc/{shell}/task/{shell}/children").read_text().split()
        os.kill(int(children[0]), signal.SIGTERM)
        self.assertIn("the drill is aborted", self.expect(f"ended with {128 + signal.SIGTERM}"))
        self.expect_report()
        self.assertEqual(list(self.home.glob("cogdrill-*")), [])

    def test_who_closes_the_terminal_aborts_the_drill(self):
        self.begin("job_fails")
        self.expect("Enter begins the drill")
        self.type("Enter")
        self.expect("(drill) $")
        self.tmux("kill-server")
        self.expect_report()

    def expect_report(self):
        end = time.monotonic() + PATIENCE_S
        while not (self.folder / "report.html").exists():
            self.assertLess(time.monotonic(), end, "no report")
            time.sleep(0.05)
        self.assertIsNotNone(self.report()["aborted"])


if __name__ == "__main__":
    tap_unittest.main()
