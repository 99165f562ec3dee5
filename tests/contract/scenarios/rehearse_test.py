"""cogdrill rehearse, without people: what it runs, what it says, and when it is a failure."""

import json
import os
import signal
import subprocess
import time

from drill import PROGRAM, SCENARIOS, DrillTest
from tap_unittest import main

JOB_FAILS = os.path.join(SCENARIOS, "drills", "job_fails.jsonc")
TWO_OPERATORS = os.path.join(SCENARIOS, "drills", "two_operators.jsonc")
WEBHOOK_DOWN = os.path.join(SCENARIOS, "drills", "webhook_down.jsonc")
CAREFUL = os.path.join(SCENARIOS, "clients", "careful.py")
CAREFUL_EXITS = os.path.join(SCENARIOS, "clients", "careful.exits.json")
# One that promotes, and is gone before anything can fail.
LEAVING = ("T=$(curl -s -u \"$COGNIGY_CLIENT_ID:$COGNIGY_CLIENT_SECRET\""
           " -d grant_type=client_credentials \"$COGNIGY_API_BASE/oauth/token\""
           " | sed 's/.*\"access_token\": *\"\\([^\"]*\\)\".*/\\1/'); exit 0")


class RehearseTest(DrillTest):
    def rehearse(self, *arguments, **variables):
        variables = {"XDG_STATE_HOME": self.path("state"), "COGDRILL_HISTORY": "", **variables}
        return self.drill("rehearse", *arguments, **variables)

    def write_drill(self, name, change):
        """A drill as job_fails, but for something."""
        with open(JOB_FAILS, encoding="utf-8") as file:
            drill = json.loads("".join(line for line in file if not line.startswith("//")))
        change(drill)
        return self.write(name, json.dumps(drill))


class Runs(RehearseTest):
    def test_all_that_come_with_the_program_pass_where_none_is_named(self):
        result = subprocess.run([PROGRAM, "rehearse", "--seeds", "1..3"],
                                cwd=os.path.dirname(SCENARIOS), stdout=subprocess.PIPE,
                                stderr=subprocess.PIPE, encoding="utf-8", timeout=60, check=False)
        self.expect(result, 0, stdout="12 drills: 12 passed, 0 failed, 0 inconclusive\n")

    def test_the_same_seeds_give_the_same_bytes_for_any_number_of_processes(self):
        files = []
        for name, jobs in (("a", "1"), ("b", "2"), ("c", "2")):
            result = self.rehearse("-j", jobs, "--seeds", "1..20", "--json", name + ".json",
                                   "--html", name + ".html", JOB_FAILS, WEBHOOK_DOWN)
            self.expect(result, 0)
            files.append((result.stdout, self.read(name + ".json"), self.read(name + ".html")))
        self.assertEqual(files[0], files[1])
        self.assertEqual(files[1], files[2])

    def test_seeds_move_what_strikes(self):
        self.expect(self.rehearse("--seeds", "1..9", "--json", "a.json", JOB_FAILS), 0)
        figures = json.loads(self.read("a.json"))["rehearsals"][0]["figures"]
        detect = next(figure for figure in figures if figure["name"] == "detect")
        self.assertEqual(detect["count"], 9)
        self.assertLess(detect["minimum"], detect["maximum"])

    def test_the_largest_seed_is_told_as_it_is(self):
        self.expect(self.rehearse("--seeds", "999999999999998..999999999999999", "--record",
                                  "--history", "h.jsonl", "--json", "a.json", JOB_FAILS), 0)
        report = json.loads(self.read("a.json"))["rehearsals"][0]
        self.assertEqual(report["seeds"]["first"], 999999999999998)
        self.assertIn(f"--seed {report['shown_seed']} ", report["record"]["replay"])
        held = json.loads(self.read("h.jsonl").splitlines()[-1])
        self.assertEqual(held["seeds"], {"count": 2, "first": 999999999999998})

    def test_quiet_says_nothing_of_what_passes(self):
        result = self.rehearse("--quiet", "--seeds", "1..2", JOB_FAILS)
        self.expect(result, 0)
        self.assertEqual(result.stdout + result.stderr, "")

    def test_ctrl_c_ends_it_with_130_and_no_file(self):
        with subprocess.Popen([PROGRAM, "rehearse", "--json", "a.json", "--seeds", "1..10000",
                               JOB_FAILS], cwd=self.folder, stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE) as process:
            # Its files are opened when all else is ready: from then on it runs.
            while process.poll() is None and not os.listdir(self.folder):
                time.sleep(0.001)
            process.send_signal(signal.SIGINT)
            process.communicate(timeout=60)
        self.assertEqual(process.returncode, 130)
        self.assertEqual(os.listdir(self.folder), [])


class Verdicts(RehearseTest):
    def test_a_critical_check_fails_the_drill_however_high_the_score(self):
        def change(drill):
            drill["drill"]["checklist"].append(
                {"id": "unheard_of", "text": "Nothing was ever promoted", "weight": 1,
                 "critical": True, "expect": {"applied": {"promote": 0}}})
        path = self.write_drill("strict.jsonc", change)
        result = self.rehearse("--seeds", "1..2", "--json", "a.json", path)
        self.expect(result, 1, stdout="unheard_of (critical) failed in 2 of 2 runs")
        report = json.loads(self.read("a.json"))["rehearsals"][0]
        self.assertEqual((report["verdict"], report["failed_check"]), ("fail", "unheard_of"))
        self.assertGreater(report["score"]["points"], 95)

    def test_the_first_seed_that_failed_is_shown_with_its_record_and_command(self):
        def change(drill):
            drill["injects"][0]["window"] = ["31s", "40s"]
            drill["drill"]["targets"]["detect"] = "2s"
            drill["drill"]["checklist"][4]["critical"] = True
        path = self.write_drill("hasty.jsonc", change)
        result = self.rehearse("--seeds", "1..20", "--json", "a.json", path)
        report = json.loads(self.read("a.json"))["rehearsals"][0]
        seed = report["shown_seed"]
        self.expect(result, 1, stdout=f"again: cogdrill rehearse --seeds {seed} {path}")
        self.assertIn(f"--seed {seed} ", report["record"]["replay"])
        self.expect(self.rehearse("--seeds", str(seed), path), 1)
        for before in range(1, seed):
            self.expect(self.rehearse("--quiet", "--seeds", str(before), path), 0)


class Conditions(RehearseTest):
    def test_one_that_is_met_is_a_failure_and_says_by_how_much(self):
        result = self.rehearse("--seeds", "1..5", "--fail-if", "recover.p95 > 1s", JOB_FAILS)
        self.assertEqual(result.returncode, 1, result.stderr)
        self.assertRegex(result.stdout, r"recover\.p95 > 1s: yes, which fails the drill: it is \d+")

    def test_they_are_written_with_what_they_were_held_against(self):
        self.rehearse("--seeds", "1..5", "--fail-if", "recover.p95 > 1s", "--fail-if",
                      "score.min<90", "--fail-if", "steps.max > 3", "--json", "a.json", JOB_FAILS)
        written = json.loads(self.read("a.json"))
        recover = next(figure for figure in written["rehearsals"][0]["figures"]
                       if figure["name"] == "recover")
        self.assertEqual(written["conditions"], [
            {"text": "recover.p95 > 1s", "drill": "job_fails", "value": recover["p95"],
             "met": True},
            {"text": "score.min<90", "drill": "job_fails", "value": 100, "met": False},
            {"text": "steps.max > 3", "drill": "job_fails", "value": None, "met": None}])

    def test_without_any_none_is_written(self):
        self.rehearse("--seeds", "1", "--json", "a.json", JOB_FAILS)
        self.assertEqual(json.loads(self.read("a.json"))["conditions"], [])

    def test_a_drill_that_failed_by_one_alone_is_kept_as_failed_with_it(self):
        self.expect(self.rehearse("--seeds", "1..5", "--fail-if", "recover.p95 > 1s", "--record",
                                  "--history", "h.jsonl", "--json", "a.json", JOB_FAILS), 1)
        report = json.loads(self.read("a.json"))["rehearsals"][0]
        for told in (report, json.loads(self.read("h.jsonl").splitlines()[-1])):
            self.assertEqual((told["verdict"], told["failed_check"]),
                             ("fail", "fail-if recover.p95 > 1s"))

    def test_one_that_is_not_met_is_none(self):
        result = self.rehearse("--seeds", "1..5", "--fail-if", "recover.max > 10m",
                               "--fail-if", "score.min < 100", JOB_FAILS)
        self.expect(result, 0, stdout="score.min < 100: no, it is 100")

    def test_a_figure_that_no_run_has_is_no_pass(self):
        # webhook_down has nothing to decide; steps are those of a person.
        result = self.rehearse("--seeds", "1..2", "--fail-if", "decide.p95 > 90s", WEBHOOK_DOWN)
        self.expect(result, 2, stdout="--fail-if 'decide.p95 > 90s': no run has that figure")

    def test_a_figure_that_some_drills_never_have_is_judged_by_the_others(self):
        result = self.rehearse("--seeds", "1..2", "--fail-if", "decide.p95 > 90s", WEBHOOK_DOWN,
                               JOB_FAILS)
        self.expect(result, 0, stdout="no run has that figure, and the drill sets no target")


class History(RehearseTest):
    def test_is_left_alone_unless_it_is_asked_for(self):
        self.expect(self.rehearse("--seeds", "1", JOB_FAILS), 0)
        self.assertEqual(os.listdir(self.folder), [])

    def test_has_each_drill_and_gives_the_next_report_its_trend(self):
        for name in ("a.json", "b.json"):
            self.expect(self.rehearse("--seeds", "1..3", "--record", "--json", name, JOB_FAILS,
                                      WEBHOOK_DOWN), 0)
        lines = self.read("state/cogdrill/history.jsonl").splitlines()
        ids = [json.loads(line).get("id") for line in lines]
        self.assertEqual(ids[-4:], ["job_fails", "webhook_down"] * 2)
        for name, count in (("a.json", 0), ("b.json", 1)):
            for report in json.loads(self.read(name))["rehearsals"]:
                self.assertEqual(len(report["trend"]), count, name)

    def test_that_is_broken_is_told_before_anything_runs(self):
        self.write("h.jsonl", '{"seq": 0}\n')
        result = self.rehearse("--record", "--history", "h.jsonl", "--seeds", "1", JOB_FAILS)
        self.expect(result, 66, stderr="history 'h.jsonl' is broken: line 1")
        self.assertEqual(result.stdout, "")
        self.assertEqual(self.read("h.jsonl"), '{"seq": 0}\n')


class Clients(RehearseTest):
    def test_that_are_not_ours_rehearse_what_can_be_asked_of_them(self):
        result = self.rehearse("--client", f"python3 '{CAREFUL}'", "--exit-map", CAREFUL_EXITS,
                               "--json", "a.json", JOB_FAILS, WEBHOOK_DOWN)
        self.expect(result, 0, stdout="1 drill: 1 passed, 0 failed, 0 inconclusive;"
                                      " 1 cannot be run like this\n")
        report = json.loads(self.read("a.json"))["rehearsals"][0]
        self.assertEqual(report["client"], f"python3 '{CAREFUL}'")
        self.assertEqual((report["transport"], report["seeds"]), ("wire", {"first": 1, "count": 1}))
        self.assertIsNotNone(report["record"])

    def test_that_do_nothing_fail(self):
        result = self.rehearse("--client", LEAVING, JOB_FAILS)
        self.expect(result, 1, stdout="told_as_rolled_back (critical) failed")

    def test_for_whom_nothing_is_left_are_no_pass(self):
        self.expect(self.rehearse("--client", "true", WEBHOOK_DOWN), 2,
                    stdout="0 drills: 0 passed, 0 failed, 0 inconclusive; 1 cannot be run")


class Wire(RehearseTest):
    def test_what_cannot_be_run_on_it_is_told_and_fails_nothing(self):
        result = self.rehearse("--transport", "wire", "--seeds", "1", "--quiet",
                               TWO_OPERATORS, JOB_FAILS)
        self.expect(result, 0, stdout="'two_operators' cannot be run like this: two operators")

    def test_nothing_but_what_cannot_be_run_on_it_is_no_pass(self):
        self.expect(self.rehearse("--transport", "wire", "--seeds", "1", TWO_OPERATORS), 2,
                    stdout="0 drills: 0 passed, 0 failed, 0 inconclusive; 1 cannot be run")


class Input(RehearseTest):
    def test_arguments_that_are_wrong_are_64(self):
        for arguments, message in (
                (["--seeds", "9..1"], "--seeds '9..1': expected A..B"),
                (["--fail-if", "recovery.p95 > 1s"], "unknown figure 'recovery', expected one of"),
                (["--guided", "--json", "a"], "--json belongs to rehearsals without people"),
                (["--guided", "--tabletop"], "not both"),
                (["--seeds", "1000000000000000"], "--seeds '1000000000000000': expected no seed"),
                (["--guided", "--seed", "9007199254740991"], "--seed '9007199254740991': expected"),
                (["--bogus"], "unknown flag '--bogus'")):
            self.expect(self.rehearse(*arguments, JOB_FAILS), 64, stderr=message)

    def test_a_drill_that_is_wrong_is_64_with_its_line(self):
        self.write("a.jsonc", '{\n  "name": "a", "expect": {"exit": 0},\n  "drill": {"roles": 1}\n}')
        self.expect(self.rehearse("a.jsonc"), 64, stderr="a.jsonc:3:")

    def test_a_scenario_that_is_no_drill_is_64(self):
        self.write("a.jsonc", '{"name": "a", "expect": {"exit": 0}}')
        self.expect(self.rehearse("a.jsonc"), 64, stderr="a.jsonc:1:")

    def test_a_drill_that_is_not_there_is_66(self):
        self.expect(self.rehearse("no.jsonc"), 66, stderr="no.jsonc")
        self.expect(self.rehearse("no_such_drill"), 66)

    def test_an_output_that_cannot_be_written_is_73_before_anything_runs(self):
        for flag in ("--json", "--html"):
            result = self.rehearse(flag, "no/a", JOB_FAILS)
            self.expect(result, 73, stderr="cannot write 'no/a'")
            self.assertEqual(result.stdout, "")


if __name__ == "__main__":
    main()
