"""cogdrill's arguments, exit codes and outputs."""

import os
import unittest
import xml.etree.ElementTree

from drill import MINIMAL, DrillTest
from tap_unittest import main


class Usage(DrillTest):
    def test_help_tells_verbs_options_and_exit_codes(self):
        result = self.drill("--help")
        self.expect(result, 0, stdout="usage: cogdrill run")
        for word in ("--junit", "--trace", "--repeat", "--seed", "--case", "--quiet", "  73  "):
            self.assertIn(word, result.stdout)

    def test_wrong_arguments_are_one_line_and_64(self):
        rows = [
            [],
            ["explode"],
            ["run", "--sed"],
            ["run", "--seed"],
            ["run", "--repeat", "0"],
            ["list", "--quiet"],
            ["check", "--case", "a"],
        ]
        for arguments in rows:
            result = self.drill(*arguments)
            self.expect(result, 64, stderr="cogdrill: ")
            self.assertEqual(result.stderr.count("\n"), 1, result.stderr)
            self.assertEqual(result.stdout, "")

    def test_a_path_that_cannot_be_read_is_66(self):
        for verb in ("run", "check", "list"):
            result = self.drill(verb, "nowhere")
            self.expect(result, 66, stderr="cogdrill: cannot read 'nowhere': ")

    def test_a_folder_without_scenarios_is_64(self):
        os.mkdir(self.path("empty"))
        for verb in ("run", "check", "list"):
            self.expect(self.drill(verb, "empty"), 64, stderr="no scenario file in 'empty'")

    def test_an_output_that_cannot_be_written_is_73(self):
        self.write("a.jsonc", MINIMAL % "a")
        result = self.drill("run", "--junit", "no/such/folder.xml", "a.jsonc")
        self.expect(result, 73, stderr="cannot write 'no/such/folder.xml'")
        result = self.drill("run", "--trace", "no/such/folder", "a.jsonc")
        self.expect(result, 73, stderr="cannot write 'no/such/folder'")

    @unittest.skipUnless(os.path.exists("/dev/full"), "there is no full disk here")
    def test_a_full_disk_is_73(self):
        self.write("a.jsonc", MINIMAL % "a")
        self.expect(self.drill("run", "--junit", "/dev/full", "a.jsonc"), 73, stderr="cannot write")


class Cases(DrillTest):
    TEXT = """{
      "name": "sessions", "faults": [{"call": "sessions"}], "expect": {"exit": 4},
      "cases": [
        {"name": "html", "inject": "html_body"},
        {"name": "none", "faults": [], "expect": {"exit": 0}},
        {"name": "wrong", "inject": "not_json", "expect": {"exit": 0}}
      ]
    }"""

    def test_each_is_a_test_of_its_own(self):
        self.write("a.jsonc", self.TEXT)
        result = self.drill("run", "a.jsonc")
        self.expect(result, 1, stdout="1..3\nok 1 - sessions: html\nok 2 - sessions: none\n")
        self.assertIn("not ok 3 - sessions: wrong\n", result.stdout)
        self.assertIn("2 passed, 1 failed", result.stderr)

    def test_the_replay_names_the_one_that_failed(self):
        self.write("a.jsonc", self.TEXT)
        result = self.drill("run", "a.jsonc")
        self.assertIn("cogdrill run --seed 1 --repeat 1 --case wrong 'a.jsonc'", result.stdout)

    def test_one_can_be_run_alone(self):
        self.write("a.jsonc", self.TEXT)
        self.write("b.jsonc", MINIMAL % "b")
        result = self.drill("run", "--case", "html", "a.jsonc", "b.jsonc")
        self.expect(result, 0, stdout="1..1\nok 1 - sessions: html\n")

    def test_a_name_that_no_scenario_has_is_64(self):
        self.write("a.jsonc", self.TEXT)
        result = self.drill("run", "--case", "htm", "a.jsonc")
        self.expect(result, 64, stderr="--case 'htm' leaves none of 3 scenarios")

    def test_each_leaves_a_trace_of_its_own(self):
        self.write("a.jsonc", self.TEXT)
        self.drill("run", "--trace", "traces", "a.jsonc")
        traces = sorted(os.listdir(self.path("traces")))
        names = ["a.jsonc.html.trace", "a.jsonc.none.trace", "a.jsonc.wrong.trace"]
        self.assertEqual(traces, names)

    def test_list_and_check_count_each(self):
        self.write("a.jsonc", self.TEXT)
        self.expect(self.drill("check", "a.jsonc"), 0, stdout="3 good, 0 wrong\n")
        self.expect(self.drill("list", "a.jsonc"), 0, stdout="sessions: none\t\ta.jsonc\n")

    def test_each_case_runs_for_each_call(self):
        self.write("a.jsonc", """{
          "name": "unreadable", "calls": ["health", "sessions"], "cases": ["html_body", "nulls"],
          "faults": [{"nth": 1}], "expect": {"exit": 4}
        }""")
        result = self.drill("run", "a.jsonc")
        names = [f"ok {number} - unreadable: {name}" for number, name in enumerate(
            ("health.html_body", "health.nulls", "sessions.html_body", "sessions.nulls"), 1)]
        self.assertIn("1..4\n", result.stdout)
        for name in names:
            self.assertIn(name, result.stdout)
        self.expect(self.drill("run", "--case", "sessions.nulls", "a.jsonc"), 0, stdout="1..1\n")

    def test_a_bad_one_does_not_hide_the_next(self):
        self.write("a.jsonc", self.TEXT.replace("html_body", "htm").replace("not_json", "no"))
        result = self.drill("check", "a.jsonc")
        self.expect(result, 1, stdout="1 good, 2 wrong\n", stderr="a.jsonc:4:")
        self.assertIn("a.jsonc:6:", result.stderr)


class Files(DrillTest):
    def test_every_bad_file_is_told_and_nothing_runs(self):
        self.write("a.jsonc", '{"name": "a"}')
        self.write("b.jsonc", MINIMAL % "b")
        self.write("c.json", '{\n  "name": "c",\n  "expct": {}\n}')
        result = self.drill("run", ".")
        self.expect(result, 64, stderr="a.jsonc:1:1: 'expect' is missing\n")
        self.assertIn("c.json:3:3: unknown key 'expct', did you mean 'expect'?\n", result.stderr)
        self.assertEqual(result.stdout, "")

    def test_check_tells_and_counts(self):
        self.write("a.jsonc", '{"name": "a"}')
        self.write("b.jsonc", MINIMAL % "b")
        result = self.drill("check", "a.jsonc", "b.jsonc")
        self.expect(result, 1, stdout="1 good, 1 wrong\n", stderr="a.jsonc:1:1: ")
        self.expect(self.drill("check", "b.jsonc"), 0, stdout="1 good, 0 wrong\n")

    def test_one_name_is_one_scenario(self):
        self.write("a.jsonc", MINIMAL % "same")
        self.write("b.jsonc", MINIMAL % "same")
        result = self.drill("check", "a.jsonc", "b.jsonc")
        self.expect(result, 1, stderr="b.jsonc: the name 'same' is also that of a.jsonc\n")

    def test_folders_are_searched_and_sorted(self):
        self.write("suite/b/two.jsonc", MINIMAL % "two")
        self.write("suite/a/one.json", MINIMAL % "one")
        self.write("suite/a/notes.txt", "nothing to run")
        self.write("suite/.hidden.jsonc", "nothing to run")
        result = self.drill("list", "suite")
        self.expect(result, 0)
        self.assertEqual(result.stdout, "one\t\tsuite/a/one.json\ntwo\t\tsuite/b/two.jsonc\n")

    def test_a_file_that_is_given_twice_runs_once(self):
        self.write("suite/one.jsonc", MINIMAL % "one")
        self.expect(self.drill("run", "suite", "suite/one.jsonc"), 0, stdout="1..1\n")

    def test_a_folder_that_contains_itself_ends(self):
        self.write("suite/one.jsonc", MINIMAL % "one")
        os.symlink(".", self.path("suite/again"))
        self.expect(self.drill("check", "suite"), 66, stderr="folders deep")

    def test_list_shows_tags(self):
        self.write("a.jsonc", '{"name": "a", "tags": ["x", "y"], "expect": {"exit": 0}}')
        self.expect(self.drill("list", "a.jsonc"), 0, stdout="a\tx,y\ta.jsonc\n")

    def test_the_checkouts_suite_is_the_default(self):
        self.write("scenarios/suite/one.jsonc", MINIMAL % "one")
        self.expect(self.drill("list"), 0, stdout="one\t\tscenarios/suite/one.jsonc\n")


class Run(DrillTest):
    def test_a_proxy_of_the_environment_has_no_part_in_it(self):
        self.write("a.jsonc", MINIMAL % "a")
        proxy = "http://127.0.0.1:9"
        result = self.drill("run", "a.jsonc", http_proxy=proxy, ALL_PROXY=proxy, no_proxy="")
        self.expect(result, 0)

    def test_all_passed_is_0(self):
        self.write("a.jsonc", MINIMAL % "a")
        result = self.drill("run", "a.jsonc")
        self.expect(result, 0, stderr="1 passed, 0 failed, 0 inconclusive; 1m of virtual time in ")
        self.assertEqual(result.stdout, "TAP version 14\n1..1\nok 1 - a\n")

    def test_quiet_leaves_the_summary_out(self):
        self.write("a.jsonc", MINIMAL % "a")
        self.assertEqual(self.drill("run", "--quiet", "a.jsonc").stderr, "")

    def test_a_failure_is_1_and_says_what_differed(self):
        self.write(
            "a.jsonc",
            '{"name": "a", "expect": {"exit": 6, "calls": {"promote": 3}, "target": "unchanged"}}',
        )
        result = self.drill("run", "--seed", "5", "a.jsonc")
        self.expect(result, 1, stdout="not ok 1 - a\n", stderr="0 passed, 1 failed")
        self.assertIn("- 'exit: expected 6, got 0 (promoted)'\n", result.stdout)
        self.assertIn("- 'calls.promote: expected 3, got 1'\n", result.stdout)
        self.assertIn("- 'target: expected unchanged, got promoted'\n", result.stdout)
        self.assertIn("replay: |\n    cogdrill run --seed 5 --repeat 1 'a.jsonc'\n", result.stdout)

    def test_the_replay_command_survives_a_quote_in_the_path(self):
        self.write("it's.jsonc", '{"name": "a", "expect": {"exit": 6}}')
        result = self.drill("run", "it's.jsonc")
        self.expect(result, 1, stdout="'it'\\''s.jsonc'\n")

    def test_a_fault_that_never_strikes_fails(self):
        self.write(
            "a.jsonc",
            '{"name": "a", "faults": [{"call": "rollback", "inject": {"status": 500}}],'
            ' "expect": {"exit": 0}}',
        )
        result = self.drill("run", "a.jsonc")
        self.expect(result, 1, stdout="fault ''rollback: status 500, not applied'' never struck")

    def test_what_cannot_be_judged_is_2(self):
        # Too short a secret cannot be told from other text.
        self.write(
            "a.jsonc",
            '{"name": "a", "server": {"oauth": {"client_secret": "abc"}},'
            ' "client": {"options": {"client_secret": "abc"}}, "expect": {"exit": 0}}',
        )
        result = self.drill("run", "a.jsonc")
        self.expect(result, 2, stdout="not ok 1 - a # inconclusive: ", stderr="1 inconclusive")

    def test_a_failure_outweighs_what_cannot_be_judged(self):
        self.write("a.jsonc", '{"name": "a", "expect": {"exit": 9}}')
        self.write(
            "b.jsonc",
            '{"name": "b", "client": {"options": {"client_secret": "abc"}},'
            ' "expect": {"exit": 3}}',
        )
        self.expect(self.drill("run", "."), 1, stderr="0 passed, 1 failed, 1 inconclusive")

    def test_repeats_and_traces_are_the_same(self):
        self.write("suite/a.jsonc", MINIMAL % "a")
        self.expect(self.drill("run", "--repeat", "3", "--trace", "first", "suite"), 0)
        self.expect(self.drill("run", "--repeat", "3", "--trace", "second", "suite"), 0)
        first = self.read("first/suite-a.jsonc.trace")
        self.assertEqual(first, self.read("second/suite-a.jsonc.trace"))
        self.assertIn("promote#1/a1 /deployments/promote -> 202", first)
        self.assertNotIn("127.0.0.1", first)
        self.assertNotIn("dev-secret", first)

    def test_another_seed_leaves_another_trace(self):
        self.write("a.jsonc", MINIMAL % "a")
        self.expect(self.drill("run", "--seed", "1", "--trace", "first", "a.jsonc"), 0)
        self.expect(self.drill("run", "--seed", "2", "--trace", "second", "a.jsonc"), 0)
        self.assertNotEqual(self.read("first/a.jsonc.trace"), self.read("second/a.jsonc.trace"))

    def test_junit_is_well_formed_and_counts(self):
        self.write("a.jsonc", MINIMAL % "a & <b>")
        self.write("b.jsonc", '{"name": "b", "expect": {"exit": 6}}')
        self.expect(self.drill("run", "--junit", "out.xml", "."), 1)
        root = xml.etree.ElementTree.fromstring(self.read("out.xml"))
        self.assertEqual(root.tag, "testsuites")
        self.assertEqual(root.get("tests"), "2")
        self.assertEqual(root.get("failures"), "1")
        cases = root.findall("testsuite/testcase")
        self.assertEqual([case.get("name") for case in cases], ["a & <b>", "b"])
        self.assertIn("expected 6, got 0", cases[1].find("failure").get("message"))
        self.assertIn("promote#1/a1", cases[1].find("system-out").text)


main()
