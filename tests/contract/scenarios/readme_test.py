"""The examples of scenarios/README.md are scenarios, and hold."""

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


main()
