"""Many scenarios: which are run, how many at a time, and what is told of them."""

import os
import pty
import signal
import subprocess

from drill import MINIMAL, PROGRAM, SCENARIOS, DrillTest
from tap_unittest import main

TAGGED = '{"name": "%s", "tags": [%s], "expect": {"exit": %d}}'


class Selection(DrillTest):
    def setUp(self):
        super().setUp()
        self.write("auth/token.jsonc", TAGGED % ("a token is renewed", '"fast"', 0))
        self.write("rollback/a.jsonc", TAGGED % ("restored", '"fast", "undo"', 0))
        self.write("web.jsonc", TAGGED % ("a webhook", "", 0))

    def names(self, *arguments):
        result = self.drill("list", "--names", *arguments, ".")
        self.expect(result, 0)
        return result.stdout.splitlines()

    def test_a_filter_is_a_part_of_a_name_or_file_in_any_case(self):
        self.assertEqual(self.names("--filter", "TOKEN"), ["a token is renewed"])
        self.assertEqual(self.names("--filter", "rollback/"), ["restored"])
        self.assertEqual(self.names("--filter", "web", "--filter", "auth"),
                         ["a token is renewed", "a webhook"])

    def test_tags_are_wanted_or_unwanted(self):
        self.assertEqual(self.names("--tag", "fast"), ["a token is renewed", "restored"])
        self.assertEqual(self.names("--tag", "fast", "--tag", "!undo"), ["a token is renewed"])
        self.assertEqual(self.names("--tag", "!fast"), ["a webhook"])

    def test_all_conditions_hold(self):
        self.assertEqual(self.names("--tag", "fast", "--filter", "restored"), ["restored"])

    def test_run_takes_the_same(self):
        self.expect(self.drill("run", "--tag", "undo", "."), 0, stdout="1..1\nok 1 - restored\n")

    def test_what_leaves_nothing_is_64_and_named(self):
        for verb in ("run", "list"):
            result = self.drill(verb, "--tag", "fast", "--filter", "webhook", ".")
            self.expect(result, 64, stderr="cogdrill: --tag 'fast' leaves none of 1 scenarios\n")
            self.assertEqual(result.stdout, "")

    def test_shards_are_all_of_it_once_and_stay(self):
        shards = [self.names("--shard", f"{index}/3") for index in (1, 2, 3)]
        self.assertEqual(sorted(sum(shards, [])), ["a token is renewed", "a webhook", "restored"])
        self.write("new.jsonc", MINIMAL % "new")
        after = [self.names("--shard", f"{index}/3") for index in (1, 2, 3)]
        for before, now in zip(shards, after):
            self.assertEqual([name for name in now if name != "new"], before)

    def test_a_shard_without_scenarios_passes(self):
        empty = [index for index in range(1, 9) if not self.names("--shard", f"{index}/8")]
        result = self.drill("run", "--shard", f"{empty[0]}/8", ".")
        self.expect(result, 0, stdout="TAP version 14\n1..0\n", stderr="0 passed")


class Jobs(DrillTest):
    def test_what_is_written_does_not_depend_on_their_number(self):
        suite = os.path.join(SCENARIOS, "suite", "rollback")
        self.write("wrong/a.jsonc", TAGGED % ("a", "", 9))
        outputs = []
        for jobs in ("1", "2", "5"):
            result = self.drill("run", "-j", jobs, "--trace", jobs, suite, "wrong")
            self.assertEqual(result.returncode, 1)
            outputs.append(result.stdout)
            self.assertEqual(self.traces("1"), self.traces(jobs))
        self.assertEqual(outputs[0], outputs[1])
        self.assertEqual(outputs[0], outputs[2])

    def traces(self, folder):
        return {name: self.read(f"{folder}/{name}") for name in os.listdir(self.path(folder))}

    def test_fail_fast_runs_nothing_more(self):
        for name in "abcd":
            self.write(f"{name}.jsonc", TAGGED % (name, "", 9 if name == "b" else 0))
        result = self.drill("run", "--fail-fast", "--junit", "out.xml", ".")
        self.expect(result, 1, stdout="ok 3 - c # SKIP not run: --fail-fast\nok 4 - d # SKIP",
                    stderr="1 passed, 1 failed, 0 inconclusive, 2 not run; ")
        self.assertIn('skipped="2"', self.read("out.xml"))

    def test_the_slowest_are_told_on_stderr(self):
        for name in "abc":
            self.write(f"{name}.jsonc", MINIMAL % name)
        result = self.drill("run", "--quiet", "--slowest", "2", ".")
        self.expect(result, 0, stderr="slowest, in real time:\n")
        self.assertEqual(result.stderr.count(" of virtual time)\n"), 2)


class Outputs(DrillTest):
    def test_a_file_is_replaced_when_it_is_complete(self):
        self.write("a.jsonc", MINIMAL % "a")
        self.write("out.xml", "of yesterday")
        self.expect(self.drill("run", "--junit", "out.xml", "a.jsonc"), 0)
        self.assertIn("<testsuite", self.read("out.xml"))
        self.assertEqual(sorted(os.listdir(self.folder)), ["a.jsonc", "out.xml"])

    def test_an_output_that_cannot_be_written_is_seen_before_anything_runs(self):
        self.write("a.jsonc", MINIMAL % "a")
        result = self.drill("run", "--junit", "no/such/out.xml", "a.jsonc")
        self.expect(result, 73, stderr="cannot write 'no/such/out.xml'")
        self.assertEqual(result.stdout, "")


class Terminal(DrillTest):
    def on_terminal(self, *arguments):
        """What a terminal shows for stderr."""
        main_side, side = pty.openpty()
        with subprocess.Popen([PROGRAM, *arguments], cwd=self.folder, stderr=side,
                              stdout=subprocess.PIPE) as process:
            os.close(side)
            process.stdout.read()
            self.assertEqual(process.wait(60), 0)
        try:
            shown = os.read(main_side, 65536).decode()
        except OSError:  # Nothing was written, and nobody is left to write.
            shown = ""
        os.close(main_side)
        return shown

    def test_progress_is_shown_and_taken_away_on_a_terminal(self):
        self.write("a.jsonc", MINIMAL % "a name")
        shown = self.on_terminal("run", "a.jsonc")
        self.assertIn("0/1, 0 failed  a name\r\033[K", shown)
        self.assertTrue(shown.rpartition("\033[K")[2].startswith("1 passed"), shown)

    def test_quiet_shows_none(self):
        self.write("a.jsonc", MINIMAL % "a")
        self.assertEqual(self.on_terminal("run", "--quiet", "a.jsonc"), "")

    def test_a_pipe_gets_none(self):
        self.write("a.jsonc", MINIMAL % "a")
        self.assertNotIn("\033", self.drill("run", "a.jsonc").stderr)


class Signals(DrillTest):
    def test_an_interrupt_ends_all_and_tells_what_is_known(self):
        self.write("a.jsonc", MINIMAL % "a")
        for number in (signal.SIGINT, signal.SIGTERM):
            with subprocess.Popen([PROGRAM, "run", "-j", "1", "--repeat", "1000", "a.jsonc"],
                                  cwd=self.folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                  text=True) as process:
                self.assertEqual(process.stdout.read(len("TAP version 14\n1..1\n"))[-5:], "1..1\n")
                process.send_signal(number)
                out, err = process.communicate(timeout=60)
            self.assertEqual(process.returncode, 128 + number, err)
            self.assertEqual(out, "ok 1 - a # SKIP not run: interrupted\n")
            self.assertIn("0 passed, 0 failed, 0 inconclusive, 1 not run", err)


main()
