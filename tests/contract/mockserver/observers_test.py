"""Observers over HTTP: who has no token sees what an operator would, and learns of no fault or inject.

usage: observers_test.py COGMOCK
"""

import http.client
import json
import os
import pathlib
import re
import sys
import tempfile
import unittest

import jsonschema

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "..", "support"))
from cogmock import Cogmock  # noqa: E402
from tap_unittest import main  # noqa: E402

COGMOCK = sys.argv[1]
SECONDS = 20
V1 = "/__mock/v1"
TOKEN = "correct-horse-battery"
OWN = {"/health", "/events", "/tenants", "/tenants/{tenant}/environments", "/tenants/{tenant}/jobs",
       "/tenants/{tenant}/clock", "/tenants/{tenant}/requests", "/tenants/{tenant}/requests/{id}"}
# Struck by hand, by itself and never; and faults that strike, are lost, and stay armed.
SCENARIO = {
    "name": "needle",
    "faults": [
        {"call": "sessions", "inject": "reset_after_apply"},
        {"call": "sessions", "inject": {"kind": "redirect", "location": "/needle"}},
        {"call": "rollback", "inject": {"status": 503, "body": {"raw": "needle"}}},
    ],
    "injects": [
        {"name": "needle-hand", "text": "needle", "at": "1h", "faults": [
            {"call": "cancel", "inject": {"status": 503, "body": {"raw": "needle"}}}]},
        {"name": "needle-hold", "after": "promote", "at": "5s", "job": {"hold": True}},
        {"name": "needle-late", "at": "2h", "job": {"fail": "needle"},
         "server": {"oauth": {"expires_in": "5s"}}},
    ],
}
PROMOTION = {
    "source_environment_id": "env-source", "target_environment_id": "env-target",
    "resolve_dependencies": True, "sync_configuration": True,
    "platform_version_compatibility": "v1.18.0", "override_active_sessions": False,
    "include_webhooks": True, "include_integrations": True,
}
# Whatever the fake alone knows, in its own words.
SPOILERS = re.compile(r'needle|reset_after_apply|redirect|\(lost\)|job-held|is held|'
                      r'"(fault|faults|rule|why|applied|delay_ms|stuck|touched_ms|reversible)"')


class Answer:
    def __init__(self, response):
        self.status, self.text = response.status, response.read().decode()

    def json(self):
        return json.loads(self.text)


class Observers(unittest.TestCase):
    """One server for all; each test has a tenant of its own."""

    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        path = pathlib.Path(folder.name, "token")
        path.write_text(TOKEN)
        path.chmod(0o600)
        cls.mock = Cogmock(COGMOCK, "--control-token-file", str(path), "--observers")
        cls.mock.__enter__()
        cls.addClassCleanup(cls.mock.__exit__)
        cls.port = cls.mock.ready["port"]
        cls.document = cls.lead("GET", "/openapi.json").json()

    def setUp(self):
        self.tenant = re.sub("[^a-z0-9]", "-", self.id().split(".")[-1])[-64:].strip("-")
        made = self.lead("PUT", f"/tenants/{self.tenant}", SCENARIO)
        self.assertEqual(made.status, 201, made.text)

    @classmethod
    def send(cls, method, target, body=None, headers=None):
        connection = http.client.HTTPConnection("127.0.0.1", cls.port, timeout=SECONDS)
        headers = dict(headers or {})
        if body is not None and not isinstance(body, str):
            body = json.dumps(body)
            headers["Content-Type"] = "application/json"
        try:
            connection.request(method, target, body, headers)
            return Answer(connection.getresponse())
        finally:
            connection.close()

    @classmethod
    def lead(cls, method, path, body=None):
        """As the facilitator."""
        return cls.send(method, V1 + path, body, {"Authorization": f"Bearer {TOKEN}"})

    def look(self, path, method="GET"):
        """As an observer."""
        return self.send(method, V1 + path)

    def api(self, method, path, body=None, headers=None):
        return self.send(method, f"/t/{self.tenant}/api/v1{path}", body, headers)

    def play(self):
        """A client's promotion, with all that strikes it."""
        token = self.api("POST", "/oauth/token", "grant_type=client_credentials", {
            "Authorization": "Basic ZGV2LWNsaWVudDpkZXYtc2VjcmV0",
            "Content-Type": "application/x-www-form-urlencoded"}).json()["access_token"]
        bearer = {"Authorization": f"Bearer {token}"}
        with self.assertRaises((OSError, http.client.HTTPException)):
            self.api("GET", "/environments/env-target/sessions", headers=bearer)
        self.assertEqual(
            self.api("POST", "/deployments/promote", PROMOTION, bearer).status, 202)
        advance = f"/tenants/{self.tenant}/clock/advance"
        self.assertEqual(self.lead("POST", advance, {"by": "30s"}).status, 200)
        strike = f"/tenants/{self.tenant}/injects/needle-hand/strike"
        self.assertEqual(self.lead("POST", strike).status, 200)

    def path_of(self, pattern):
        return pattern.replace("{tenant}", self.tenant).replace("{id}", "1")

    def schema_of(self, pattern):
        response = self.document["paths"][pattern]["get"]["responses"]["200"]
        schema = response["content"]["application/json"]["schema"]
        return {**schema, "components": self.document["components"]}

    def test_without_the_token_only_what_is_theirs_is_served(self):
        self.play()
        for pattern, operations in self.document["paths"].items():
            for method in operations:
                if pattern == "/events":
                    continue
                answer = self.look(self.path_of(pattern), method.upper())
                expected = 200 if method == "get" and pattern in OWN else 401
                self.assertEqual(answer.status, expected, f"{method} {pattern}: {answer.text}")

    def test_the_document_marks_what_is_theirs(self):
        marked = {pattern for pattern, operations in self.document["paths"].items()
                  if operations.get("get", {}).get("x-observers")}
        self.assertEqual(marked | {"/health"}, OWN)

    def test_what_they_are_shown_is_as_documented(self):
        self.play()
        for pattern in OWN - {"/events"}:
            answer = self.look(self.path_of(pattern)).json()
            jsonschema.Draft202012Validator(self.schema_of(pattern)).validate(answer)

    def test_no_answer_tells_them_of_a_fault_or_an_inject(self):
        self.play()
        queries = ("", "?fault=*", "?fault=reset_after_apply", "?status=2xx", "?state=answered")
        for pattern in OWN - {"/events"}:
            path = self.path_of(pattern)
            for query in queries if path.endswith("/requests") else ("",):
                answer = self.look(path + query)
                self.assertIsNone(SPOILERS.search(answer.text), f"{path}{query}: {answer.text}")
        for method in ("GET", "POST", "PUT", "PATCH", "DELETE"):
            for pattern in self.document["paths"]:
                if pattern != "/events":
                    text = self.look(self.path_of(pattern), method).text
                    self.assertIsNone(SPOILERS.search(text), f"{method} {pattern}: {text}")

    def test_the_facilitator_is_told_of_them(self):
        self.play()
        for path in ("faults", "injects", "requests", "jobs"):
            text = self.lead("GET", f"/tenants/{self.tenant}/{path}").text
            self.assertIsNotNone(SPOILERS.search(text), path)

    def test_a_filter_finds_nothing_by_what_is_hidden(self):
        self.play()
        for query in ("fault=*", "fault=reset_after_apply", "state=answered"):
            found = self.look(f"/tenants/{self.tenant}/requests?{query}").json()["requests"]
            self.assertEqual(found, [], query)

    def events_until(self, last_kind, act):
        """(numbers, texts) of the events that an observer hears of while something is done."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=SECONDS)
        self.addCleanup(connection.close)
        connection.request("GET", f"{V1}/events?tenant={self.tenant}")
        stream = connection.getresponse()
        self.assertEqual(stream.status, 200)
        act()
        numbers, texts = [], []
        while not texts or f"event: {last_kind}\n" not in texts[-1]:
            lines = iter(stream.readline, b"\n")
            text = b"".join(lines).decode()
            if "data: " in text:
                texts.append(text)
                numbers.append(int(re.search(r"^id: (\d+)$", text, re.MULTILINE)[1]))
        return numbers, texts

    def act_and_reset(self):
        self.play()
        self.lead("PUT", f"/tenants/{self.tenant}/sessions/env-target", {"active": 7})

    def test_no_event_tells_them_of_a_fault_or_an_inject(self):
        numbers, texts = self.events_until("sessions", self.act_and_reset)
        for text in texts:
            self.assertIsNone(SPOILERS.search(text), text)
        self.assertEqual({re.search(r"event: (.*)", text)[1] for text in texts},
                         {"request", "done", "job", "clock", "sessions"})
        self.assertEqual(numbers, list(range(numbers[0], numbers[0] + len(numbers))))

    def test_the_page_is_served(self):
        self.assertEqual(self.send("GET", "/__mock/").status, 200)
        self.assertEqual(self.look("/health").json()["access"], "observer")
        self.assertEqual(self.lead("GET", "/health").json()["access"], "all")


main()
