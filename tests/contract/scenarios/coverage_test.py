"""cogdrill coverage: what is missing, what is not applicable, and what it says of bad input."""

import json
import os
import unittest

from drill import MINIMAL, DrillTest
from tap_unittest import main

NOTHING = '{"not_applicable": []}'
REASON = "nobody can reach that in a run"


def exceptions(*cells):
    return json.dumps({"not_applicable": [{"cells": cells, "reason": REASON}]})


class Coverage(DrillTest):
    def cover(self, *arguments, text=NOTHING):
        self.write("exceptions.jsonc", text)
        return self.drill("coverage", "--exceptions", "exceptions.jsonc", *arguments)

    def cells(self, name="cells.json"):
        return {cell["name"]: cell for cell in json.loads(self.read(name))["cells"]}

    def results(self, *scenarios):
        self.write("results.json", json.dumps(
            {"format": "cogdrill-results", "version": 1, "scenarios": scenarios}))

    def test_what_is_missing_fails_and_is_listed(self):
        self.write("a.jsonc", MINIMAL % "a")
        result = self.cover("--json", "cells.json", "a.jsonc")
        self.expect(result, 1, stdout="\nmissing\n  client/")
        self.assertRegex(result.stdout, r"\n\d+ cells: \d+ run, 0 not applicable, \d+ missing\n")
        cells = self.cells()
        self.assertEqual(cells["exit/0"], {"name": "exit/0", "state": "run", "count": 1})
        self.assertEqual(cells["exit/6"]["state"], "missing")
        self.assertEqual(cells["transition/follow/completed/verify"]["state"], "run")

    def test_nothing_is_missing_when_all_else_is_not_applicable(self):
        self.results({"name": "a", "result": "pass", "cells": ["exit/0"]})
        result = self.cover("--results", "results.json", "--json", "cells.json")
        missing = [name for name, cell in self.cells().items() if cell["state"] == "missing"]
        self.assertNotIn("exit/0", missing)
        self.expect(result, 1)
        result = self.cover("--results", "results.json", "--json", "cells.json",
                            text=exceptions(*missing))
        self.expect(result, 0, stdout=f"cells: 1 run, {len(missing)} not applicable, 0 missing")
        self.assertEqual(self.cells()["exit/6"]["reason"], REASON)

    def test_a_stale_exception_fails(self):
        self.results({"name": "a", "result": "pass", "cells": ["exit/0"]})
        result = self.cover("--results", "results.json", text=exceptions("*/*", "*/*/*", "*/*/*/*",
                                                                         "*/*/*/*/*"))
        self.expect(result, 1, stdout="stale: exceptions.jsonc:1:32: '*/*': 'exit/0' was run")

    def test_a_scenario_that_does_not_pass_proves_nothing(self):
        self.results({"name": "a", "result": "fail", "cells": ["exit/0"]})
        result = self.cover("--results", "results.json", "--json", "cells.json")
        self.expect(result, 1, stdout="scenario: 'a' did not pass")
        self.assertEqual(self.cells()["exit/0"]["state"], "missing")
        self.write("b.jsonc", '{"name": "b", "expect": {"exit": 6}}')
        self.expect(self.cover("b.jsonc"), 1, stdout="scenario: 'b' (b.jsonc) did not pass")

    def test_results_of_several_runs_are_added_up(self):
        self.results({"name": "a", "result": "pass", "cells": ["exit/0"]},
                     {"name": "b", "result": "pass", "cells": ["exit/0", "no/such/cell"]})
        os.rename(self.path("results.json"), self.path("first.json"))
        self.results({"name": "c", "result": "pass", "cells": ["exit/0"]})
        self.cover("--results", "first.json", "results.json", "--json", "cells.json")
        self.assertEqual(self.cells()["exit/0"]["count"], 3)

    def test_bad_input_says_what_and_where(self):
        self.write("a.jsonc", MINIMAL % "a")
        self.write("other.json", '{"scenarios": []}')
        self.write("broken.json", "{")
        rows = [
            (("a.jsonc",), '{"not_applicable": 7}', 64, "exceptions.jsonc:1:20: "),
            (("--results", "nowhere"), NOTHING, 66, "cannot read 'nowhere'"),
            (("--results", "other.json"), NOTHING, 64, "other.json: expected results of"),
            (("--results", "broken.json"), NOTHING, 64, "broken.json: expected results of"),
            (("--results",), NOTHING, 64, "--results needs files"),
            (("--json", "no/such/file", "a.jsonc"), NOTHING, 73, "cannot write 'no/such/file'"),
            (("--junit", "x", "a.jsonc"), NOTHING, 64, "--junit belongs to 'run'"),
            (("nowhere",), NOTHING, 66, "cannot read 'nowhere'"),
        ]
        for arguments, text, exit_code, complaint in rows:
            with self.subTest(arguments):
                self.expect(self.cover(*arguments, text=text), exit_code, stderr=complaint)

    def test_options_of_coverage_are_its_own(self):
        self.expect(self.drill("run", "--results"), 64, stderr="--results belongs to 'coverage'")

    @unittest.skipUnless(os.path.exists("/dev/full"), "there is no full disk here")
    def test_a_full_disk_is_73(self):
        self.results()
        result = self.cover("--results", "results.json", "--json", "/dev/full")
        self.expect(result, 73, stderr="cannot write '/dev/full'")


main()
