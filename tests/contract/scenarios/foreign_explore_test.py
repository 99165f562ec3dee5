"""cogdrill explore with a client that is not ours.

usage: foreign_explore_test.py COGDRILL SCENARIOS-FOLDER
"""

import json
import os

from drill import SCENARIOS, DrillTest
from tap_unittest import main

CLIENTS = os.path.join(SCENARIOS, "clients")
PROMOTION = os.path.join(CLIENTS, "bases", "promotion.jsonc")
# Nobody's start takes so long that the end is there by then.
ROLLBACK = """{
  "name": "a long rollback", "expect": {"exit": 6},
  "server": {"job": {"timeline": [{"at": "12s", "fail": "lock"}]},
             "rollback": {"timeline": [{"at": "5m", "status": "rolled_back"}]}}
}"""
NAIVE = f"sh '{CLIENTS}/naive.sh'"
# What the naive one does not wait for.
RARE_POLLS = ("--only", "polls", "--kinds", "every_two_minutes")
REFUSED = ("--only", "token#1/a1", "--kinds", "status_400")


class ForeignExploration(DrillTest):
    def explore(self, command, name, *arguments):
        os.makedirs(self.path("temporary"), exist_ok=True)
        exits = os.path.join(CLIENTS, f"{name}.exits.json")
        return self.drill("explore", "--client", command, "--exit-map", exits, "--json", "found.json",
                          *arguments, TMPDIR=self.path("temporary"))

    def test_a_careful_client_breaks_nothing(self):
        result = self.explore(f"python3 '{CLIENTS}/careful.py'", "careful", "--only", "promote*",
                              "--kinds", "reset_after_apply", "--kinds", "status_503", PROMOTION)
        self.expect(result, 0, stdout="nothing found")
        found = json.loads(self.read("found.json"))
        self.assertEqual((found["transport"], found["depth"]), ("wire", 1))
        self.assertIn("careful.py", found["client"])
        # At the request, and from it on.
        self.assertEqual(found["bases"][0]["depths"][0]["runs"], 4)
        self.assertEqual(os.listdir(self.path("temporary")), [])

    def test_a_naive_one_is_told_the_gravest_first_and_each_can_be_run_again(self):
        self.write("rollback.jsonc", ROLLBACK)
        result = self.explore(NAIVE, "naive", *RARE_POLLS, PROMOTION, "rollback.jsonc")
        self.expect(result, 1)
        found = json.loads(self.read("found.json"))
        self.assertEqual([group["check"] for group in found["groups"]], ["I5", "I8"])
        self.assertLess(result.stdout.index("\nI5, "), result.stdout.index("\nI8, "))
        # It breaks rules in the second base by itself: that is all that is tried of it.
        self.assertEqual([base["depths"][0]["possible"] for base in found["bases"]], [1, 1])
        self.assertEqual(sorted(failure["faults"] for failure in found["failures"]),
                         [[], ["polls every_two_minutes"]])

        failure = next(failure for failure in found["failures"] if failure["faults"])
        self.write("again.jsonc", json.dumps(failure["scenario"]))
        result = self.drill("replay", "--client", NAIVE, "--exit-map",
                            os.path.join(CLIENTS, "naive.exits.json"), "again.jsonc")
        self.expect(result, 1, stdout="I8 is broken: ")

    def test_one_that_dies_is_told(self):
        result = self.explore(f"{NAIVE} || kill -SEGV $$", "naive", *REFUSED, PROMOTION)
        self.expect(result, 1, stdout="died of SIGSEGV")

    def test_a_code_that_nobody_mapped_is_no_pass(self):
        result = self.explore(f"{NAIVE} || exit 42", "naive", *REFUSED, PROMOTION)
        self.expect(result, 2, stdout="ended with an exit code that its map does not have")

    def test_a_code_for_several_outcomes_is_taken_at_its_best(self):
        self.expect(self.explore(NAIVE, "naive", *REFUSED, PROMOTION), 0, stdout="nothing found")

    def test_one_that_cannot_be_started_is_no_pass(self):
        self.expect(self.explore("no-such-client --now", "naive", PROMOTION), 2,
                    stdout="cannot be started: exit 127")

    def test_what_is_inside_ours_is_not_tried(self):
        result = self.explore(NAIVE, "naive", "--kinds", "signal", "--kinds", "storage", "--kinds",
                              "option", "--kinds", "clock", PROMOTION)
        self.expect(result, 64, stderr="--only and --kinds leave no fault")

    def test_a_base_with_what_only_ours_has_says_why(self):
        resumed = os.path.join(SCENARIOS, "bases", "resumed.jsonc")
        self.expect(self.explore(NAIVE, "naive", resumed), 64, stderr="it cannot be explored: ")

    def test_wrong_arguments_are_64(self):
        client = ("--client", "true")
        rows = [((*client, "--depth", "2"), "--depth: with --client only 1"),
                ((*client, "--operators"), "--operators is not for --client: "),
                ((*client, "--repeat", "2"), "--repeat: with --client only 1"),
                ((*client, "--transport", "memory"), "only be reached by 'wire', not by 'memory'"),
                ((*client, "--shard", "1/2"), "--shard is not for --client: "),
                ((*client, "--save", "state"), "--save is not for --client: "),
                ((*client, "--mutants", "m.json"), "--mutants is not for --client: mutants are of"),
                ((*client, "--time-scale", "0"), "--time-scale: "),
                (("--client", ""), "--client: expected a command"),
                (("--exit-map", "x.json"), "--exit-map belongs to --client"),
                ((*client, "--client-options", "file"), "expected 'env' or 'none', not 'file'")]
        for arguments, message in rows:
            self.expect(self.drill("explore", *arguments), 64, stderr=message)
        self.expect(self.drill("replay", "--client-timeout", "1s", "x.jsonc"), 64,
                    stderr="--client-timeout belongs to --client")


main()
