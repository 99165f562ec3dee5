"""The JSON Schema and the program agree on what a scenario is."""

import copy
import json
import os
import re

import jsonschema

from drill import SCENARIOS, DrillTest
from tap_unittest import main

GOOD = {
    "name": "a",
    "description": "why",
    "tags": ["one"],
    "server": {
        "api": "full",
        "environments": {"env-other": {"version": 3, "content": {"flows": 2}}},
        "job": {"timeline": [{"at": "0s", "progress": 0}, {"at": "9s", "fail": "x"}], "omit": []},
        "rollback": {"timeline": [{"at": "1s", "status": "rolled_back"}], "restore": "half"},
        "sessions": {"env-target": [{"at": "0s", "active": 0}]},
        "health": [{"at": "0s", "status": 200}],
        "conversation": {"matches": True},
        "rate_limit": [
            {"requests": 10, "per": "1s", "retry_after": "date"},
            {
                "name": "burst",
                "policy": "token_bucket",
                "requests": 1,
                "per": "2s",
                "burst": 5,
                "scope": "client",
                "calls": ["token", "status"],
                "headers": "both",
            },
        ],
        "idempotency_keys": True,
        "down": [{"from": "1h", "until": "2h"}, {"from": "3h"}],
        "hooks": {"ci": {"secret": "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "status": 500,
                         "times": 2, "delay": "2s"}, "other": {}},
        "stubs": [
            {"method": "POST", "path": "/llm/*", "times": 1,
             "answer": {"status": 202, "headers": {"X-A": "b"}, "json": [1], "delay": "1s"}},
            {"path": "/api/v1/projects", "answer": {"body": "text"}},
            {"path": "/*"},
        ],
        "poll_retry_after": "5s",
        "oauth": {
            "expires_in": "60s",
            "expires_in_said": "2h",
            "scopes": ["bot:deploy"],
            "scope_policy": "narrow",
            "token_type": "bearer",
            "introspection": "inactive",
            "authentication": ["basic", "post"],
            "clients": [{"id": "a", "secrets": ["x", {"secret": "y", "until": "9s"}], "scopes": []}],
            "revoke_at": ["30s"],
        },
    },
    "faults": [
        {"call": "promote", "nth": 1, "attempts": [1], "inject": {"status": 429}},
        {"call": "status", "from": 2, "inject": {"kind": "delay", "delay": "2s"}},
        {"call": "status", "nth": [1], "inject": {"kind": "truncated_body", "after_bytes": 3}},
        {"call": "token", "inject": "reset_after_headers"},
        {"call": "token", "inject": {"kind": "set_field", "field": "expires_in", "value": None}},
        {"call": "token", "inject": {"kind": "missing_field", "field": "expires_in"}},
        {"call": "token", "inject": {"kind": "drip", "every": "2s", "bytes": 3, "delay": "1s"}},
        {"call": "token", "inject": {"kind": "headers", "headers": {"X-A": "a b", "B": ["1", "2"]}}},
        {"call": "token", "inject": {"status": 302, "headers": {"Location": "/x"}}},
        {"call": "token", "inject": "deep_json"},
        {"call": "token", "probability": 0.1, "times": 3, "for": "9s", "inject": "nan"},
        {"call": "token", "inject": {"kind": "reset_after_apply", "after_headers": True}},
        {"call": "token", "inject": {"kind": "stall_upload", "after_bytes": 3}},
        {"call": "token", "inject": {"kind": "redirect", "status": 307, "location": "/x",
                                     "applied": False}},
        {"inject": "refused", "from": "20s", "for": "30s"},
        {"inject": {"kind": "reset_on_accept"}, "connections": 3},
    ],
    "client": {
        "command": "promote",
        "options": {
            "timeout": "15m",
            "max_attempts": 3,
            "override_active_sessions": False,
            "strict": True,
            "server_honours_idempotency_keys": True,
            "on_interrupt": "rollback",
            "idle_timeout": "10s",
            "lock_wait": "0s",
        },
        "events": [{"at": "20s", "signal": "SIGINT"}],
        "webhook": True,
        "storage": [
            {"operation": "append", "file": "audit.jsonl", "nth": 2, "fail": "short_write"},
            {"operation": "list", "file": "journal/*", "from": 1, "fail": "EIO"},
            {"operation": "update", "file": "locks/*", "fail": "EACCES"},
        ],
        "clock": [{"at": "20s", "step": "+1h"}, {"at": "30s", "step": "-1.5m"}],
        "lock": {"holder": "living", "until": "5s"},
        "journal": "torn",
        "kills": [
            {"after_journal_write": 7},
            {"in_journal_write": 1, "moved": True},
            {"after_request": 100000, "moved": False},
            {"after_journal": "intent promote"},
            {"in_journal": "state follow"},
        ],
        "then": ["resume", "rollback", "promote"],
    },
    "expect": {
        "exit": 6,
        "outcome": "rolled_back",
        "reason": "x",
        "follow_up": "y",
        "step": "follow",
        "calls": {"promote": 1, "status": {"min": 1, "max": 9}, "others": 0},
        "applied": {"promote": 1},
        "target": "unchanged",
        "audit": {"records": 1, "status": "failed", "outcome": "rolled_back"},
        "webhook": {"delivered": 1, "event": "deployment.failed"},
        "parity": None,
        "elapsed": {"min": "9s", "max": "1m"},
        "log": ["failure"],
    },
}

# The parts of a document that say more than a scenario without cases and calls may.
CASES = {
    "name": "a",
    "faults": [{"nth": 1}, {"call": "token", "inject": "not_json"}],
    "expect": {"exit": 5, "reason": "x"},
    "calls": ["sessions", "health"],
    "cases": [
        {
            "name": "one",
            "description": "why",
            "server": {"api": "seed"},
            "inject": "html_body",
            "client": {"options": {"timeout": "5m"}},
            "expect": {"exit": 4},
        },
        {"name": "two.2", "faults": [{"inject": "nulls"}], "expect": {"exit": 0, "reason": ""}},
        "not_json",
    ],
}

GONE = object()

# Where, and what stands there instead: both must refuse it.
BROKEN = [
    ("name", GONE),
    ("name", ""),
    ("name", 5),
    ("name", "two\nlines"),
    ("expect", GONE),
    ("expect", []),
    ("expects", {}),
    ("description", 5),
    ("tags", "one"),
    ("tags", ["two words"]),
    ("tags", [1]),
    ("server", []),
    ("server.apis", "full"),
    ("server.api", "half"),
    ("server.environments.env-target", {"versions": 1}),
    ("server.environments.env-target", {"version": 0}),
    ("server.environments.env-target", {"platform_version": "new"}),
    ("server.environments.env-target", {"platform_version": "v1.18"}),
    ("server.environments.env-target", {"content": {"intents": -1}}),
    ("server.environments.env-target", {"content": {"intents": 501}}),
    ("server.environments.env-target", {"content": {"intent": 1}}),
    ("server.job.timeline", "0s"),
    ("server.job.timeline.0", {"at": "0s"}),
    ("server.job.timeline.0", {"at": "0s", "progress": 1, "complete": True}),
    ("server.job.timeline.0", {"at": "0s", "complete": False}),
    ("server.job.timeline.0", {"at": "0s", "progress": 101}),
    ("server.job.timeline.0", {"at": "0s", "fail": ""}),
    ("server.job.timeline.0", {"progress": 1}),
    ("server.job.timeline.0", {"at": 0, "progress": 1}),
    ("server.job.timeline.0", {"at": "30", "progress": 1}),
    ("server.job.timeline.0", {"at": "-1s", "progress": 1}),
    ("server.job.omit", ["intent"]),
    ("server.rollback.timeline", [{"at": "1s", "status": "done"}]),
    ("server.rollback.timeline", [{"at": "1s"}]),
    ("server.rollback.timeline", [{"at": "1s", "status": "rolled_back"}] * 2),
    ("server.rollback.restore", "some"),
    ("server.rollback.reversible", "yes"),
    ("server.rollback.automatic", 1),
    ("server.sessions", []),
    ("server.sessions.env-target", [{"at": "0s"}]),
    ("server.sessions.env-target", [{"at": "0s", "active": -1}]),
    ("server.health", [{"at": "0s", "status": 199}]),
    ("server.health", {}),
    ("server.conversation", {"match": True}),
    ("server.rate_limit", {"requests": 10}),
    ("server.rate_limit", 10),
    ("server.rate_limit", [{"requests": 10, "per": "1s"}] * 9),
    ("server.rate_limit", {"requests": 0, "per": "1s"}),
    ("server.rate_limit", {"requests": 1, "per": "0s"}),
    ("server.rate_limit", {"requests": 1, "per": "1s", "retry_after": "minutes"}),
    ("server.rate_limit", {"requests": 1, "per": "1s", "burst": 2}),
    ("server.rate_limit", {"requests": 1, "per": "1s", "calls": []}),
    ("server.rate_limit", {"requests": 1, "per": "1s", "calls": ["webhook"]}),
    ("server.rate_limit", {"requests": 1, "per": "1s", "name": "a b"}),
    ("server.rate_limit", {"requests": 1, "per": "1s", "policy": "bucket"}),
    ("server.rate_limit", {"requests": 1, "per": "1s", "scope": "all"}),
    ("server.rate_limit", {"requests": 1, "per": "1s", "headers": True}),
    ("server.idempotency_keys", 1),
    ("server.down", {}),
    ("server.down", [{"until": "2s"}]),
    ("server.down", [{"from": 2}]),
    ("server.down", [{"from": "2s", "to": "3s"}]),
    ("server.hooks", []),
    ("server.hooks", {"": {}}),
    ("server.hooks", {"ci": {"secret": "s3cret"}}),
    ("server.hooks", {"ci": {"status": 100}}),
    ("server.hooks", {"ci": {"times": 0}}),
    ("server.hooks", {"ci": {"delay": 2}}),
    ("server.hooks", {"ci": {"url": "x"}}),
    ("server.stubs", {}),
    ("server.stubs", [{}]),
    ("server.stubs", [{"path": "x"}]),
    ("server.stubs", [{"path": "/x?y"}]),
    ("server.stubs", [{"path": "/a*b"}]),
    ("server.stubs", [{"path": "/hooks/ci"}]),
    ("server.stubs", [{"path": "/x", "method": "get"}]),
    ("server.stubs", [{"path": "/x", "times": 0}]),
    ("server.stubs", [{"path": "/x", "answer": {"status": 99}}]),
    ("server.stubs", [{"path": "/x", "answer": {"body": "a", "json": 1}}]),
    ("server.stubs", [{"path": "/x", "answer": {"headers": {"A": "b\r\nc"}}}]),
    ("server.poll_retry_after", 5),
    ("server.oauth.expires_in", 60),
    ("server.oauth.scopes", ["everything"]),
    ("server.oauth.revoke_at", "30s"),
    ("server.oauth.client_id", ""),
    ("server.oauth.clients", [{"id": "a", "secrets": []}]),
    ("server.oauth.clients", [{"id": "a:b", "secrets": ["x"]}]),
    ("server.oauth.clients", [{"id": "a", "secrets": ["x", "x"]}]),
    ("server.oauth.clients", [{"id": "a", "secrets": [{"from": "1s"}]}]),
    ("server.oauth.clients", [{"secrets": ["x"]}]),
    ("server.oauth.authentication", []),
    ("server.oauth.authentication", ["digest"]),
    ("server.oauth.expires_in_said", "soon"),
    ("server.oauth.scope_policy", "widen"),
    ("server.oauth.token_type", ""),
    ("server.oauth.introspection", "active"),
    ("server.oauth.secret", "x"),
    ("faults", {}),
    ("faults.0", {"inject": {"status": 429}}),
    ("faults.0", {"call": "promote"}),
    ("cases", {}),
    ("cases", []),
    ("cases", [{"name": "two words"}]),
    ("cases", [{"name": ".hidden"}]),
    ("cases", [{"name": "a" * 65}]),
    ("cases", [{}]),
    ("cases", [[]]),
    ("cases", ["explode"]),
    ("cases", [{"name": 1}]),
    ("cases", [{"name": "one", "tags": []}]),
    ("cases", [{"name": "one", "description": 1}]),
    ("cases", [{"name": "one", "inject": "explode", "faults": [{"call": "token"}]}]),
    ("cases", [{"name": "one", "expect": {"exit": "6"}}]),
    ("cases", [{"name": "one", "server": {"apis": "full"}}]),
    ("cases", [{"name": "one", "client": {"option": {}}}]),
    ("calls", {}),
    ("calls", []),
    ("calls", ["sessoins"]),
    ("calls", ["token", "token"]),
    ("calls", [1]),
    ("faults.0.call", "deploy"),
    ("faults.0.nth", 0),
    ("faults.0.nth", []),
    ("faults.0.from", 2),
    ("faults.0.attempts", 1),
    ("faults.0.probability", 0),
    ("faults.0.probability", 1.5),
    ("faults.0.probability", "0.1"),
    ("faults.0.times", 0),
    ("faults.0.for", "0s"),
    ("faults.0.for", 3),
    ("faults.0.from", "2s"),
    ("faults.0.connections", 1),
    ("faults.0.inject", "refused"),
    ("faults.0.inject", "dns_fail"),
    ("faults.0", {"inject": "refused", "connections": 3}),
    ("faults.0", {"inject": {"kind": "connect_timeout"}, "connections": 3}),
    ("faults.0", {"inject": "refused", "from": 3}),
    ("faults.0", {"inject": "refused", "times": 3}),
    ("faults.0", {"inject": "refused", "probability": 0.5}),
    ("faults.0.inject", {"kind": "drip", "after_headers": True}),
    ("faults.0.inject", {"kind": "drip", "location": "/x"}),
    ("faults.0.inject", {"kind": "redirect", "status": 305}),
    ("faults.0.inject", {"kind": "redirect", "location": ""}),
    ("faults.0.inject", {"kind": "redirect", "applied": 1}),
    ("faults.0.attempts", []),
    ("faults.0.attempts", [0]),
    ("faults.0.inject", "explode"),
    ("faults.0.inject", "delay"),
    ("faults.0.inject", 429),
    ("faults.0.inject", {}),
    ("faults.0.inject", {"kind": "delay"}),
    ("faults.0.inject", {"kind": "not_json", "after_bytes": 3}),
    ("faults.0.inject", "headers"),
    ("faults.0.inject", "set_field"),
    ("faults.0.inject", "missing_field"),
    ("faults.0.inject", {"kind": "headers"}),
    ("faults.0.inject", {"kind": "missing_field"}),
    ("faults.0.inject", {"kind": "missing_field", "field": ""}),
    ("faults.0.inject", {"kind": "missing_field", "field": "a", "value": 1}),
    ("faults.0.inject", {"kind": "set_field", "field": "a"}),
    ("faults.0.inject", {"kind": "not_json", "field": "a"}),
    ("faults.0.inject", {"kind": "not_json", "every": "1s"}),
    ("faults.0.inject", {"kind": "drip", "every": "0s"}),
    ("faults.0.inject", {"kind": "drip", "bytes": 0}),
    ("faults.0.inject", {"kind": "headers", "headers": []}),
    ("faults.0.inject", {"kind": "headers", "headers": {"two words": "x"}}),
    ("faults.0.inject", {"kind": "headers", "headers": {"": "x"}}),
    ("faults.0.inject", {"kind": "headers", "headers": {"content-Length": "1"}}),
    ("faults.0.inject", {"kind": "headers", "headers": {"X": "a\r\nb"}}),
    ("faults.0.inject", {"kind": "headers", "headers": {"X": ""}}),
    ("faults.0.inject", {"kind": "headers", "headers": {"X": 1}}),
    ("faults.0.inject", {"kind": "headers", "headers": {"X": ["1"] * 17}}),
    ("faults.0.inject.headers", "X: y"),
    ("faults.0.inject", {"kind": "not_json", "status": 500}),
    ("faults.0.inject.status", 600),
    ("faults.0.inject.status", "429"),
    ("faults.0.inject.applied", 1),
    ("faults.0.inject.body", "xml"),
    ("faults.0.inject.body", {"text": "x"}),
    ("faults.0.inject.retry_after", 3),
    ("faults.0.inject.retry_after", "soon"),
    ("faults.0.inject.retry_after", {"form": "seconds"}),
    ("faults.0.inject.retry_after", {"form": "iso", "after": "3s"}),
    ("faults.0.inject.retry_after", {"raw": ""}),
    ("faults.0.inject.delay", "long"),
    ("client", []),
    ("client.command", "resume"),
    ("client.option", {}),
    ("client.options", []),
    ("client.options.timout", "5m"),
    ("client.options.timeout", "soon"),
    ("client.storage", {}),
    ("client.storage", [{"operation": "list", "file": "locks/*", "fail": "EIO"}] * 9),
    ("client.storage.0", {"operation": "append", "file": "audit.jsonl"}),
    ("client.storage.0.operation", "write"),
    ("client.storage.0.file", "journal/x"),
    ("client.storage.0.fail", "ENOENT"),
    ("client.storage.0.nth", 0),
    ("client.storage.0.from", 1),
    ("client.storage.0.operation", "read"),
    ("client.storage.1.file", "audit.jsonl"),
    ("client.clock", {}),
    ("client.clock", [{"at": "20s", "step": "+1h"}] * 9),
    ("client.clock.0", {"at": "20s"}),
    ("client.clock.0", {"step": "+1h"}),
    ("client.clock.0.step", "1h"),
    ("client.clock.0.step", "-0s"),
    ("client.clock.0.step", 60),
    ("client.lock", {}),
    ("client.lock", "living"),
    ("client.lock.holder", "asleep"),
    ("client.lock.holder", "dead"),
    ("client.lock.stolen_at", "3s"),
    ("client.lock", {"stolen_at": "3s", "until": "9s"}),
    ("client.lock", {"stolen_at": "0s"}),
    ("client.lock.until", 3),
    ("client.journal", True),
    ("client.journal", "burnt"),
    ("client.options.timeout", "0s"),
    ("client.options.timeout", True),
    ("client.options.timeout", None),
    ("client.options.max_attempts", 0),
    ("client.options.max_attempts", 21),
    ("client.options.parity_threshold", 1.5),
    ("client.options.override_active_sessions", "maybe"),
    ("client.options.basic_encoding", "hex"),
    ("client.options.webhook_secret", "secret"),
    ("client.options.actor", ""),
    ("client.options.api_base", "http://127.0.0.1/api/v1"),
    ("client.options.webhook_url", "http://127.0.0.1/hooks"),
    ("client.options.state_dir", "x"),
    ("client.options.output", "json"),
    ("client.webhook", "no"),
    ("client.options.proxy", "http://127.0.0.1:1"),
    ("client.options.ca_file", "x"),
    ("client.options.client_cert", "x"),
    ("client.options.client_key", "x"),
    ("client.options.on_interrupt", "stop"),
    ("client.options.strict", "maybe"),
    ("client.options.idle_timeout", "0s"),
    ("client.options.lock_wait", 5),
    ("client.events", {}),
    ("client.events", [{"at": "1s"}]),
    ("client.events", [{"signal": "SIGINT"}]),
    ("client.events", [{"at": "1s", "signal": "SIGKILL"}]),
    ("client.events", [{"at": 1, "signal": "SIGINT"}]),
    ("client.events", [{"at": "1s", "signal": "SIGINT", "twice": True}]),
    ("client.events", [{"at": "1s", "signal": "SIGINT"}] * 2),
    ("client.kills", {}),
    ("client.kills", [{}]),
    ("client.kills", [{"moved": True}]),
    ("client.kills", [{"after_request": 0}]),
    ("client.kills", [{"after_request": "9"}]),
    ("client.kills", [{"after_request": 1.5}]),
    ("client.kills", [{"after_request": 100001}]),
    ("client.kills", [{"after_request": 1, "in_journal_write": 1}]),
    ("client.kills", [{"after_request": 1, "moved": "yes"}]),
    ("client.kills", [{"before_request": 1}]),
    ("client.kills", [{"after_request": 1}] * 9),
    ("client.then", "resume"),
    ("client.then", ["status"]),
    ("client.then", [1]),
    ("client.then", ["resume"] * 9),
    ("expect.exit", GONE),
    ("expect.exit", 256),
    ("expect.exit", "6"),
    ("expect.exits", 6),
    ("expect.outcome", "fine"),
    ("expect.reason", 5),
    ("expect.step", None),
    ("expect.calls", []),
    ("expect.calls.deploy", 1),
    ("expect.calls.promote", -1),
    ("expect.calls.promote", "1"),
    ("expect.calls.promote", {}),
    ("expect.calls.promote", {"least": 1}),
    ("expect.applied.promote", 1.5),
    ("expect.target", "same"),
    ("expect.audit.records", "1"),
    ("expect.audit.state", "x"),
    ("expect.webhook.delivered", {"min": 1}),
    ("expect.webhook.url", "x"),
    ("expect.parity", "1"),
    ("expect.parity", 1.5),
    ("expect.elapsed", {}),
    ("expect.elapsed", "1m"),
    ("expect.elapsed.max", 60),
    ("expect.log", "failure"),
    ("expect.log", [""]),
]


def strip_comments(text):
    """Takes comments out of JSON, but not what looks like one in a string."""
    pattern = r'"(?:\\.|[^"\\])*"|//[^\n]*|/\*.*?\*/'
    return re.sub(pattern, lambda m: m[0] if m[0][0] == '"' else " ", text, flags=re.DOTALL)


def change(document, path, value):
    changed = copy.deepcopy(document)
    *parents, last = path.split(".")
    node = changed
    for key in parents:
        node = node[int(key) if isinstance(node, list) else key]
    last = int(last) if isinstance(node, list) else last
    if value is GONE:
        del node[last]
    else:
        node[last] = value
    return changed


class Schema(DrillTest):
    @classmethod
    def setUpClass(cls):
        with open(os.path.join(SCENARIOS, "scenario.schema.json"), encoding="utf-8") as file:
            cls.schema = json.load(file)
        cls.validator = jsonschema.Draft202012Validator(cls.schema)

    def test_the_schema_is_one(self):
        jsonschema.Draft202012Validator.check_schema(self.schema)

    def test_every_file_of_the_suite_is_valid(self):
        count = 0
        for folder, _, names in os.walk(os.path.join(SCENARIOS, "suite")):
            for name in names:
                path = os.path.join(folder, name)
                with open(path, encoding="utf-8") as file:
                    document = json.loads(strip_comments(file.read()))
                errors = [error.message for error in self.validator.iter_errors(document)]
                self.assertEqual(errors, [], path)
                count += 1
        self.assertGreater(count, 50)

    def test_both_accept_a_document_with_everything(self):
        self.assertEqual(list(self.validator.iter_errors(GOOD)), [])
        self.assertEqual(list(self.validator.iter_errors(CASES)), [])
        self.write("a.json", json.dumps(GOOD))
        self.write("b.json", json.dumps({**CASES, "name": "b"}))
        self.expect(self.drill("check", "a.json", "b.json"), 0, stdout="7 good, 0 wrong")

    def test_both_refuse_what_is_broken(self):
        for number, (path, value) in enumerate(BROKEN):
            self.write(f"{number:03}.json", json.dumps(change(GOOD, path, value)))
        result = self.drill("check", ".")
        self.expect(result, 1)
        for number, (path, value) in enumerate(BROKEN):
            shown = "nothing" if value is GONE else json.dumps(value)
            with self.subTest(path=path, value=shown):
                is_valid = self.validator.is_valid(change(GOOD, path, value))
                self.assertFalse(is_valid, "the schema takes it")
                self.assertIn(f"{number:03}.json:", result.stderr, "the program takes it")


main()
