"""The examples of scenarios/README.md are scenarios, and hold."""

import json
import os
import re

from drill import SCENARIOS, DrillTest
from tap_unittest import main


class Readme(DrillTest):
    def setUp(self):
        super().setUp()
        with open(os.path.join(SCENARIOS, "README.md"), encoding="utf-8") as file:
            self.text = file.read()

    def test_every_example_passes(self):
        examples = re.findall(r"^```jsonc\n(.*?)^```", self.text, re.DOTALL | re.MULTILINE)
        self.assertGreater(len(examples), 0)
        for number, example in enumerate(examples):
            self.write(f"suite/{number}.jsonc", example)
        self.expect(self.drill("run", "suite"), 0)

    def test_every_option_of_the_help_is_told(self):
        for option in re.findall(r"^  (--[a-z]+)", self.drill("--help").stdout, re.MULTILINE):
            self.assertIn(option, self.text)

    def test_every_invariant_is_told(self):
        with open(os.path.join(SCENARIOS, "runner", "judge", "invariant.c"), encoding="utf-8") as file:
            judged = re.findall(r'\{"(I[0-9]+)"', file.read())
        told = re.findall(r"^\| (I[0-9]+) \|", self.text, re.MULTILINE)
        self.assertEqual(told, judged)

    def test_every_member_of_the_client_and_of_a_kill_is_told(self):
        with open(os.path.join(SCENARIOS, "scenario.schema.json"), encoding="utf-8") as file:
            client = json.load(file)["$defs"]["client"]["properties"]
        for name in [*client, *client["kills"]["items"]["properties"]]:
            self.assertIn(f"| `{name}` |", self.text)


main()
