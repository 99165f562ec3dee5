"""Injects strike at the moment that the seed draws, and a right client stands all of them."""

import json
import os

from drill import SCENARIOS, DrillTest
from tap_unittest import main

SUITE = os.path.join(SCENARIOS, "suite", "injects")
JOB_FAILS = os.path.join(SUITE, "a_job_fails_at_any_moment.jsonc")
SEEDS = 40
DURATION_MS = 60000


class Injects(DrillTest):
    def moment(self, seed, *arguments):
        """When the job failed, as the run's record tells it."""
        name = f"{seed}.jsonl"
        self.expect(self.drill("run", "--seed", str(seed), "--json", name, *arguments, JOB_FAILS), 0)
        record = json.loads(self.read(name).splitlines()[1])
        self.assertEqual(record["injects"][0]["at"], record["jobs"][0]["ended"])
        return record["injects"][0]["at"]

    def test_a_job_may_fail_at_any_moment(self):
        moments = [self.moment(seed) for seed in range(1, SEEDS + 1)]
        self.assertGreater(len(set(moments)), SEEDS - 3)
        self.assertLess(min(moments), DURATION_MS / 4)
        self.assertGreater(max(moments), DURATION_MS * 3 / 4)

    def test_the_moment_is_that_of_the_seed_on_every_transport(self):
        self.assertEqual(self.moment(7), self.moment(7, "--transport", "wire"))

    def test_all_of_them_are_stood_with_other_seeds_too(self):
        for seed in range(1, 6):
            self.expect(self.drill("run", "--seed", str(seed), "--transport", "both", SUITE), 0)


main()
