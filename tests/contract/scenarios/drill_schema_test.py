"""The JSON Schema and the program agree on what a drill is."""

import copy
import glob
import json
import os
import re

import jsonschema

from drill import SCENARIOS, DrillTest
from tap_unittest import main

GOOD = {
    "name": "a",
    "injects": [{"name": "dies", "at": "5s"}],
    "expect": {"exit": 0},
    "drill": {
        "hypothesis": "it holds",
        "roles": {"operator": "types"},
        "targets": {"detect": "5s", "decide": "5s", "mitigate": "1m", "recover": "1m",
                    "exposure": "1m", "steps": 3},
        "pass_mark": 70,
        "checklist": [
            {"id": "a", "text": "t", "weight": 1, "critical": True, "expect": {"exit": 0}},
            {"id": "b", "text": "t", "weight": 1, "within": "recover"},
            {"id": "c", "text": "t", "weight": 1, "invariants": ["I3"]},
            {"id": "d", "text": "t", "weight": 1, "log": ["failure"]},
            {"id": "e", "text": "t", "weight": 1, "commands": ["cogpromote status*"]},
        ],
        "hints": [{"text": "look", "cost": 5}],
        "tabletop": [{"inject": "i", "question": "q", "answer": "a"}],
        "guided": {"situation": "s", "task": "t", "time_scale": 2, "limit": "5m",
                   "blow": {"inject": "dies", "kind": "move"}},
    },
}
GONE = object()
# Where in the drill, and what stands there instead.
BROKEN = [
    ("hypothesis", GONE),
    ("hypothesis", ""),
    ("hypotesis", "x"),
    ("roles.The Boss", "x"),
    ("roles.operator", ""),
    ("targets.recovery", "1m"),
    ("targets.recover", "soon"),
    ("targets.steps", "5s"),
    ("targets.steps", 1001),
    ("pass_mark", 101),
    ("checklist", GONE),
    ("checklist", []),
    ("checklist.0.critical", False),
    ("checklist.0.id", "A b"),
    ("checklist.0.text", ""),
    ("checklist.0.weight", 0),
    ("checklist.0.weight", GONE),
    ("checklist.0.expect", {}),
    ("checklist.0.expect", {"exits": 0}),
    ("checklist.0.within", "recover"),
    ("checklist.1.within", "never"),
    ("checklist.2.invariants", []),
    ("checklist.2.invariants", ["rule"]),
    ("checklist.3.log", [5]),
    ("checklist.4.commands", "status"),
    ("checklist.4.commands", GONE),
    ("hints.0.cost", GONE),
    ("hints.0.cost", 101),
    ("tabletop.0.answer", GONE),
    ("guided.situation", GONE),
    ("guided.task", GONE),
    ("guided.time_scale", 0),
    ("guided.time_scale", 1001),
    ("guided.limit", 5),
    ("guided.blow.kind", "slap"),
    ("guided.blow.inject", GONE),
]


def change(path, value):
    changed = copy.deepcopy(GOOD)
    *parents, last = path.split(".")
    node = changed["drill"]
    for key in parents:
        node = node[int(key) if isinstance(node, list) else key]
    last = int(last) if isinstance(node, list) else last
    if value is GONE:
        del node[last]
    else:
        node[last] = value
    return changed


def read_commented(path):
    with open(path, encoding="utf-8") as file:
        return json.loads(re.sub(r'("(?:\\.|[^"\\])*")|//[^\n]*', lambda m: m[1] or "", file.read()))


class DrillSchema(DrillTest):
    @classmethod
    def setUpClass(cls):
        with open(os.path.join(SCENARIOS, "scenario.schema.json"), encoding="utf-8") as file:
            cls.validator = jsonschema.Draft202012Validator(json.load(file))

    def test_every_drill_is_valid(self):
        paths = glob.glob(os.path.join(SCENARIOS, "drills", "*.jsonc"))
        for path in paths:
            errors = [error.message for error in self.validator.iter_errors(read_commented(path))]
            self.assertEqual(errors, [], path)
        self.expect(self.drill("check", os.path.join(SCENARIOS, "drills")), 0,
                    stdout=f"{len(paths)} good, 0 wrong")

    def test_both_accept_a_drill_with_everything(self):
        self.assertEqual(list(self.validator.iter_errors(GOOD)), [])
        self.write("a.json", json.dumps(GOOD))
        self.expect(self.drill("check", "a.json"), 0, stdout="1 good, 0 wrong")

    def test_both_refuse_what_is_broken(self):
        for number, (path, value) in enumerate(BROKEN):
            self.write(f"{number:03}.json", json.dumps({**change(path, value), "name": f"{number}"}))
        result = self.drill("check", ".")
        self.expect(result, 1)
        for number, (path, value) in enumerate(BROKEN):
            shown = "nothing" if value is GONE else json.dumps(value)
            with self.subTest(path=path, value=shown):
                self.assertFalse(self.validator.is_valid(change(path, value)), "the schema takes it")
                self.assertIn(f"{number:03}.json:", result.stderr, "the program takes it")

    def test_a_wrong_drill_is_run_by_no_verb(self):
        self.write("a.json", json.dumps(change("hypothesis", GONE)))
        for verb in ("run", "rehearse"):
            self.expect(self.drill(verb, "a.json"), 64, stderr="'hypothesis' is missing")


main()
