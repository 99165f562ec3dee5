"""cogdrill explore: what it says of bad input, what of it is wanted, and going on after a signal."""

import json
import os
import signal
import subprocess

from drill import MINIMAL, PROGRAM, SCENARIOS, DrillTest
from tap_unittest import main

BASE = os.path.join(SCENARIOS, "bases", "promotion.jsonc")
# Several tasks: more than one piece of work is known, and not known, when it is interrupted.
SOME = ("--repeat", "1", "--only", "status#?/a1", "--kinds", "status", "--kinds", "body",
        "--kinds", "response")
ONE = ("--repeat", "1", "--only", "health#1/a1", "--kinds", "status_503")
WRONG = '{"name": "wrong", "server": {"job": {"timeline": [{"at": "0s", "progress": 0}]}}, ' \
        '"client": {"options": {"poll_interval": "1ms"}}, "expect": {"exit": 0}}'


def without_timing(text):
    return [line for line in text.splitlines() if not line.startswith('"timing"')]


class ExploreTest(DrillTest):
    def explore(self, *arguments):
        return self.drill("explore", "--quiet", *arguments)

    def singles(self, *arguments):
        """The numbers of single faults."""
        self.expect(self.explore("--repeat", "1", "--json", "a.json", *arguments, BASE), 0)
        return json.loads(self.read("a.json"))["bases"][0]["depths"][0]


class Arguments(ExploreTest):
    def test_what_is_wrong_is_64_and_says_what_was_expected(self):
        for arguments, message in (
                (["--depth", "0"], "--depth: expected a whole number from 1 to 2, not '0'"),
                (["--depth", "3"], "--depth: expected a whole number from 1 to 2, not '3'"),
                (["--only="], "--only: expected a pattern"),
                (["--kinds="], "--kinds: expected a pattern"),
                (["--only=a"] * 33, "--only: at most 32 times"),
                (["--shard", "5/4"], "--shard '5/4': expected I/N, with I from 1 to N"),
                (["--jobs", "0"], "--jobs: expected a whole number from 1 to 64, not '0'"),
                (["-j", "x"], "--jobs: expected a whole number from 1 to 64, not 'x'"),
                (["--repeat", "0"], "--repeat: expected a whole number from 1 to 1000, not '0'"),
                (["--seed", "-1"], "--seed: expected a whole number from 0"),
                (["--transport", "x"], "--transport: expected 'memory', 'wire' or 'both', not 'x'"),
                (["--save", "a", "--resume-from", "b"], "leave --save out"),
                (["--bogus"], "unknown flag '--bogus'"),
                (["--depth"], "--depth"),
                (["--case", "x", BASE], "there is no case 'x'"),
                (["--kinds", "no_such_kind", BASE], "--only and --kinds leave no fault")):
            result = self.explore(*arguments)
            self.expect(result, 64, stderr=message)
            self.assertEqual(result.stdout, "", arguments)

    def test_a_file_that_cannot_be_read_is_66(self):
        for arguments, message in (
                (["no.jsonc"], "cannot open 'no.jsonc': No such file"),
                (["--resume-from", "no.state", BASE], "cannot go on from 'no.state': No such file")):
            self.expect(self.explore(*arguments), 66, stderr=message)

    def test_a_state_that_cannot_be_written_is_73(self):
        self.expect(self.explore(*ONE, "--save", "no/a.state", BASE), 73,
                    stderr="cannot write 'no/a.state'")

    def test_a_base_that_breaks_a_rule_by_itself_is_found_whatever_is_wanted(self):
        self.write("wrong.jsonc", WRONG)
        self.expect(self.explore("--kinds", "no_such_kind", "wrong.jsonc"), 1,
                    stdout="wrong: without any fault")

    def test_a_base_that_is_no_scenario_is_told_with_its_line(self):
        self.write("a.jsonc", '{\n  "name": "a",\n  "sever": {}\n}')
        self.expect(self.explore("a.jsonc"), 64, stderr="a.jsonc:3:")

    def test_help_is_0(self):
        self.expect(self.explore("--help"), 0, stdout="usage: cogdrill")


class Wishes(ExploreTest):
    def test_only_and_kinds_are_patterns_of_which_one_is_enough(self):
        one = self.singles("--only", "health#1/a1", "--kinds", "status_503")
        self.assertEqual((one["possible"], one["runs"]), (1, 1))
        for more, count in ((("--only", "health#1.."), 2), (("--kinds", "status_50[04]"), 3),
                            (("--only", "health#1..", "--kinds", "status_500"), 4)):
            self.assertEqual(self.singles("--only", "health#1/a1", "--kinds", "status_503",
                                          *more)["possible"], count)

    def test_a_kind_may_be_a_phase(self):
        phase = self.singles("--only", "promote#1/a1", "--kinds", "send")
        kinds = self.singles("--only", "promote#1/a1", "--kinds", "reset_before_body", "--kinds",
                             "reset_mid_body", "--kinds", "stall_upload")
        del phase["virtual_ms"], kinds["virtual_ms"]
        self.assertEqual(phase, kinds)
        self.assertEqual(phase["possible"], 3)

    def test_cases_are_explored_by_name(self):
        self.write("a.jsonc", '{"name": "a", "cases": [{"name": "b"}, {"name": "c"}],'
                              ' "expect": {"exit": 0}}')
        self.expect(self.explore(*ONE, "--case", "c", "--json", "a.json", "a.jsonc"), 0)
        self.assertIn("c", json.loads(self.read("a.json"))["bases"][0]["name"])

    def test_a_shard_without_runs_is_no_pass(self):
        # Whoever puts all shards together judges them.
        codes = {self.explore(*ONE, "--shard", f"{index}/2", BASE).returncode for index in (1, 2)}
        self.assertEqual(codes, {0, 2})


class Resumed(ExploreTest):
    def interrupt(self, *arguments):
        """Sends SIGINT as soon as something is known. @return exit code, stdout, stderr"""
        os.mkfifo(self.path("state"))
        with subprocess.Popen([PROGRAM, "explore", "--quiet", "--jobs", "1", *arguments], text=True,
                              cwd=self.folder, stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE) as process:
            # The header, and then a line for each task.
            with open(self.path("state"), encoding="utf-8") as state:
                lines = [state.readline(), state.readline()]
                process.send_signal(signal.SIGINT)
                lines += state.readlines()
            stdout, stderr = process.communicate(timeout=60)
        os.unlink(self.path("state"))
        self.write("state", "".join(lines))
        return process.returncode, stdout, stderr

    def test_what_was_interrupted_goes_on_to_the_same_end(self):
        self.expect(self.explore(*SOME, "--json", "whole.json", BASE), 0)
        code, stdout, _ = self.interrupt(*SOME, "--save", "state", "--json", "part.json", BASE)
        self.assertEqual(code, 128 + signal.SIGINT)
        self.assertIn("not brought to its end", stdout)
        part, whole = (json.loads(self.read(name)) for name in ("part.json", "whole.json"))
        self.assertTrue(part["interrupted"])
        known = part["bases"][0]["depths"][0]["runs"]
        self.assertTrue(0 < known < whole["bases"][0]["depths"][0]["runs"], known)
        for _ in range(2):  # The second time nothing is left to do.
            self.expect(self.explore(*SOME, "--resume-from", "state", "--json", "a.json", BASE), 0)
            self.assertEqual(without_timing(self.read("a.json")),
                             without_timing(self.read("whole.json")))

    def test_pairs_go_on_too(self):
        pairs = ("--depth", "2", "--repeat", "1", "--only", "health#1/a1", "--only", "status#1/a1",
                 "--kinds", "status_50[03]")
        self.expect(self.explore(*pairs, "--save", "state", "--json", "whole.json", BASE), 0)
        lines = self.read("state").splitlines(keepends=True)
        self.assertGreater(len(lines), 3)
        # As a process that was killed while it wrote leaves it.
        self.write("state", "".join(lines[:-1]) + lines[-1][:9])
        self.expect(self.explore(*pairs, "--resume-from", "state", "--json", "a.json", BASE), 0)
        self.assertEqual(without_timing(self.read("a.json")),
                         without_timing(self.read("whole.json")))
        self.assertEqual(self.read("state").count("\n"), len(lines))

    def test_another_search_does_not_go_on_from_it(self):
        self.write("a.jsonc", MINIMAL % "a")
        self.write("b.jsonc", MINIMAL % "b")
        self.expect(self.explore(*ONE, "--save", "state", "a.jsonc"), 0)
        before = self.read("state")
        for arguments in (["--seed", "2", "a.jsonc"], ["--depth", "2", "a.jsonc"], ["b.jsonc"],
                          ["--kinds", "status_500", "a.jsonc"], ["--shard", "1/2", "a.jsonc"]):
            result = self.explore(*ONE, "--resume-from", "state", *arguments)
            self.expect(result, 64, stderr="'state' is the state of another exploration")
        self.expect(self.explore(*ONE, "--resume-from", "b.jsonc", "a.jsonc"), 64,
                    stderr="'b.jsonc' is no state of an exploration")
        self.assertEqual(self.read("state"), before)
        self.assertEqual(self.read("b.jsonc"), MINIMAL % "b")


main()
