"""The control plane on real sockets: every call, and whether it says what its document says."""

import http.client
import json
import os
import re
import sys
import unittest

import jsonschema

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "..", "support"))
from cogmock import Cogmock  # noqa: E402
from tap_unittest import main  # noqa: E402

COGMOCK = os.environ["COGMOCK"]
SECONDS = 20
V1 = "/__mock/v1"
PROMOTION = {
    "source_environment_id": "env-source", "target_environment_id": "env-target",
    "resolve_dependencies": True, "sync_configuration": True,
    "platform_version_compatibility": "v1.18.0", "override_active_sessions": False,
    "include_webhooks": True, "include_integrations": True,
}
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"


class Answer:
    def __init__(self, response):
        self.status, self.headers = response.status, response.headers
        self.text = response.read().decode()

    def json(self):
        return json.loads(self.text)


class ControlTest(unittest.TestCase):
    """One server for a class; each test has a tenant of its own."""

    @classmethod
    def setUpClass(cls):
        cls.mock = Cogmock(COGMOCK)
        cls.mock.__enter__()
        cls.port = cls.mock.ready["port"]
        cls.document = cls.send("GET", f"{V1}/openapi.json").json()

    @classmethod
    def tearDownClass(cls):
        cls.mock.__exit__(None, None, None)

    @classmethod
    def send(cls, method, target, body=None, headers=None):
        connection = http.client.HTTPConnection("127.0.0.1", cls.port, timeout=SECONDS)
        headers = dict(headers or {})
        if body is not None and not isinstance(body, (str, bytes)):
            body = json.dumps(body)
        if body is not None:
            headers.setdefault("Content-Type", "application/json")
        try:
            connection.request(method, target, body, headers)
            return Answer(connection.getresponse())
        finally:
            connection.close()

    def setUp(self):
        self.tenant = re.sub("[^a-z0-9]", "-", self.id().split(".")[-1])[-64:].strip("-")

    def schema_of(self, method, pattern, status):
        """What the document says of an answer; None for one without a body."""
        operation = self.document["paths"][pattern][method.lower()]
        self.assertIn(str(status), operation["responses"], f"{method} {pattern}")
        response = operation["responses"][str(status)]
        if "$ref" in response:
            response = self.document["components"]["responses"]["Problem"]
        return next(iter(response.get("content", {}).items()), (None, None))

    def validate(self, method, pattern, answer):
        media_type, content = self.schema_of(method, pattern, answer.status)
        if media_type is None:
            self.assertEqual(answer.text, "")
            return
        self.assertEqual(answer.headers["Content-Type"].split(";")[0], media_type)
        if "json" in media_type:
            schema = {**content["schema"], "components": self.document["components"]}
            jsonschema.Draft202012Validator(schema).validate(answer.json())

    def call(self, method, pattern, body=None, id=None, query="", status=None):
        """Calls, and compares with the document."""
        path = pattern.replace("{tenant}", self.tenant).replace("{id}", id or "")
        answer = self.send(method, V1 + path + query, body)
        if status is not None:
            self.assertEqual(answer.status, status, f"{method} {path}: {answer.text}")
        self.validate(method, pattern, answer)
        return answer.json() if answer.text.startswith("{") else answer.text

    def api(self, method, path, body=None, token=None, headers=None):
        headers = {**({"Authorization": f"Bearer {token}"} if token else {}), **(headers or {})}
        return self.send(method, f"/t/{self.tenant}{path}", body, headers)

    def token(self):
        answer = self.api("POST", "/api/v1/oauth/token", "grant_type=client_credentials", headers={
            "Authorization": "Basic ZGV2LWNsaWVudDpkZXYtc2VjcmV0",
            "Content-Type": "application/x-www-form-urlencoded"})
        self.assertEqual(answer.status, 200, answer.text)
        return answer.json()["access_token"]

    def promote(self):
        token = self.token()
        answer = self.api("POST", "/api/v1/deployments/promote", PROMOTION, token)
        self.assertEqual(answer.status, 202, answer.text)
        return token, answer.json()["job_id"]


class Document(ControlTest):
    def test_the_document_is_openapi_whose_schemas_are_schemas(self):
        self.assertEqual(self.document["openapi"], "3.1.0")
        for schema in self.document["components"]["schemas"].values():
            jsonschema.Draft202012Validator.check_schema(schema)
        ids = [operation["operationId"] for path in self.document["paths"].values()
               for operation in path.values()]
        self.assertEqual(len(ids), len(set(ids)))

    def test_every_reference_leads_somewhere(self):
        for pointer in re.findall(r'"\$ref": "#([^"]*)"', json.dumps(self.document)):
            node = self.document
            for key in pointer.split("/")[1:]:
                node = node[key]


class Calls(ControlTest):
    """Each call once as it should be, with an answer that the document describes."""

    def test_health(self):
        self.assertEqual(self.call("GET", "/health", status=200)["status"], "ok")

    def test_tenants(self):
        self.call("PUT", "/tenants/{tenant}", {"name": "mine"}, status=201)
        self.call("PUT", "/tenants/{tenant}", {}, query="?seed=3&time_scale=2", status=200)
        self.assertEqual(self.call("GET", "/tenants/{tenant}", status=200)["seed"], 3)
        names = [one["name"] for one in self.call("GET", "/tenants", status=200)["tenants"]]
        self.assertEqual(names, sorted(names))
        self.assertIn(self.tenant, names)
        self.call("POST", "/tenants/{tenant}/reset", status=200)
        self.call("DELETE", "/tenants/{tenant}", status=204)
        self.call("DELETE", "/tenants/{tenant}", status=404)

    def test_a_scenario_may_have_comments(self):
        self.call("PUT", "/tenants/{tenant}", '{ // mine\n "name": "x" }', status=201)

    def test_state(self):
        self.promote()
        self.call("PUT", "/tenants/{tenant}/clock", {"mode": "stopped"}, status=200)
        state = self.call("GET", "/tenants/{tenant}/state", status=200)
        digest = self.call("PUT", "/tenants/{tenant}/state", state, status=200)["digest"]
        self.assertEqual(digest, state["digest"])
        self.assertEqual(self.call("GET", "/tenants/{tenant}/state", status=200), state)
        state["now_ms"] += 1
        self.call("PUT", "/tenants/{tenant}/state", state, status=400)
        del state["digest"]
        self.call("PUT", "/tenants/{tenant}/state", state, status=200)
        self.call("POST", "/tenants/{tenant}/state/save", {"name": "../x"}, status=400)
        self.call("POST", "/tenants/{tenant}/state/save", {"name": "x"}, status=409)
        self.call("POST", "/tenants/{tenant}/state/load", {"name": "x"}, status=409)

    def test_server(self):
        self.call("PATCH", "/tenants/{tenant}/server", {"oauth": {"expires_in": "5s"}}, status=200)
        answer = self.call("PATCH", "/tenants/{tenant}/server", {"ouath": {}}, status=400)
        self.assertIn("did you mean 'oauth'?", answer["detail"])

    def test_environments_and_sessions(self):
        self.call("PUT", "/tenants/{tenant}/sessions/{id}", {"active": 2}, "env-target", status=200)
        environments = self.call("GET", "/tenants/{tenant}/environments", status=200)
        self.assertEqual(environments["environments"][1]["active_sessions"], 2)
        self.call("PUT", "/tenants/{tenant}/sessions/{id}", {"active": 2}, "env-x", status=404)
        self.call("PUT", "/tenants/{tenant}/sessions/{id}", {"active": "2"}, "env-target",
                  status=400)

    def test_jobs(self):
        token, job = self.promote()
        self.call("POST", "/tenants/{tenant}/jobs/{id}", {"progress": 60}, job, status=200)
        self.call("POST", "/tenants/{tenant}/jobs/{id}", {"stuck": True}, job, status=200)
        self.call("POST", "/tenants/{tenant}/jobs/{id}", {"status": "failed", "error": "lock"}, job,
                  status=200)
        told = self.api("GET", f"/api/v1/deployments/{job}/status", token=token).json()
        self.assertEqual((told["status"], told["error"]), ("failed", "lock"))
        self.assertEqual(self.call("GET", "/tenants/{tenant}/jobs")["jobs"][0]["status"], "failed")
        self.call("POST", "/tenants/{tenant}/jobs/{id}", {"progress": 61}, job, status=409)
        self.call("POST", "/tenants/{tenant}/jobs/{id}", {}, job, status=400)
        self.call("POST", "/tenants/{tenant}/jobs/{id}", {"progress": 61}, "job-9", status=404)

    def test_tokens(self):
        text = self.token()
        listed = self.call("GET", "/tenants/{tenant}/tokens", status=200)
        self.assertNotIn(text, json.dumps(listed))
        self.call("PATCH", "/tenants/{tenant}/tokens/{id}", {"scopes": ["bot:deploy"]}, "t-1",
                  status=200)
        self.call("PATCH", "/tenants/{tenant}/tokens/{id}", {"expires_in": "9h"}, "t-1", status=409)
        self.call("PATCH", "/tenants/{tenant}/tokens/{id}", {"scopes": ["x"]}, "t-1", status=400)
        self.call("DELETE", "/tenants/{tenant}/tokens/{id}", None, "t-1", status=204)
        self.assertEqual(self.api("GET", "/api/v1/health", token=text).status, 401)
        self.call("DELETE", "/tenants/{tenant}/tokens/{id}", None, "t-9", status=404)
        self.call("DELETE", "/tenants/{tenant}/tokens", status=200)

    def test_clock(self):
        self.promote()
        self.call("PUT", "/tenants/{tenant}/clock", {"scale": 2}, status=200)
        self.call("PUT", "/tenants/{tenant}/clock", {"mode": "stopped"}, status=200)
        jumped = self.call("POST", "/tenants/{tenant}/clock/advance", {"to": "next"}, status=200)
        self.assertEqual(jumped["happened"][-1]["kind"], "job-progress")
        self.call("POST", "/tenants/{tenant}/clock/advance", {"by": "15m"}, status=200)
        clock = self.call("GET", "/tenants/{tenant}/clock", status=200)
        self.assertGreaterEqual(clock["now_ms"], 900000)
        self.call("PUT", "/tenants/{tenant}/clock", {"mode": "slow"}, status=400)
        self.call("POST", "/tenants/{tenant}/clock/advance", {"by": "soon"}, status=400)

    def test_faults(self):
        fault = {"call": "health", "inject": {"status": 503}}
        armed = self.call("POST", "/tenants/{tenant}/faults", fault, status=201)
        self.assertEqual(self.api("GET", "/api/v1/health").status, 503)
        self.call("GET", "/tenants/{tenant}/faults/{id}", None, armed["id"], status=200)
        self.call("GET", "/tenants/{tenant}/faults", status=200)
        self.call("DELETE", "/tenants/{tenant}/faults/{id}", None, armed["id"], status=204)
        self.call("DELETE", "/tenants/{tenant}/faults/{id}", None, armed["id"], status=404)
        self.call("POST", "/tenants/{tenant}/faults", {"call": "x", "inject": "hang"}, status=400)
        self.call("DELETE", "/tenants/{tenant}/faults", status=204)

    def test_injects(self):
        self.call("PUT", "/tenants/{tenant}", {"injects": [
            {"name": "told", "text": "a call", "window": ["1h", "2h"]},
            {"name": "fails", "after": "promote", "at": "0s", "job": {"fail": "x"}}]}, status=201)
        told, fails = self.call("GET", "/tenants/{tenant}/injects", status=200)["injects"]
        self.assertTrue(3600000 <= told["due_ms"] <= 7200000)
        self.assertEqual((fails["after"], fails["status"], fails["due_ms"]),
                         ("promote", "waiting", None))
        strike = "/tenants/{tenant}/injects/{id}/strike"
        self.assertEqual(self.call("POST", strike, None, "told", status=200)["status"], "struck")
        self.call("POST", strike, None, "told", status=409)
        self.call("POST", strike, None, "tolled", status=404)
        self.assertEqual(self.call("POST", strike, None, "fails", status=200)["status"], "failed")

    def test_requests(self):
        self.promote()
        listed = self.call("GET", "/tenants/{tenant}/requests", query="?call=promote", status=200)
        self.assertEqual(len(listed["requests"]), 1)
        number = str(listed["requests"][0]["number"])
        self.call("GET", "/tenants/{tenant}/requests/{id}", None, number, status=200)
        self.call("GET", "/tenants/{tenant}/requests.har", status=200)
        self.call("DELETE", "/tenants/{tenant}/requests", status=204)
        self.call("GET", "/tenants/{tenant}/requests/{id}", None, number, status=404)

    def test_verdicts(self):
        self.promote()
        self.call("POST", "/tenants/{tenant}/verify", {"call": "promote", "count": 1}, status=200)
        self.call("POST", "/tenants/{tenant}/verify", {"call": "promote", "count": 2}, status=422)
        self.call("POST", "/tenants/{tenant}/verify", {"cal": "promote"}, status=400)
        self.call("GET", "/tenants/{tenant}/conduct", status=200)

    def test_hooks(self):
        self.call("PUT", "/tenants/{tenant}/hooks/{id}",
                  {"secret": SECRET, "status": 500, "times": 1}, "ci", status=200)
        self.assertEqual(self.api("POST", "/hooks/ci", {}).status, 500)
        self.assertEqual(self.api("POST", "/hooks/ci", b"\xff\n\"").status, 204)
        receiver = self.call("GET", "/tenants/{tenant}/hooks/{id}", None, "ci", status=200)
        self.assertEqual([one["status"] for one in receiver["deliveries"]], [500, 204])
        self.assertEqual(receiver["deliveries"][1]["body"], "\ufffd\n\"")
        self.assertEqual(receiver["deliveries"][0]["verified"], "absent")
        self.assertNotIn(SECRET[6:], json.dumps(receiver))
        self.call("GET", "/tenants/{tenant}/hooks", status=200)
        self.call("PUT", "/tenants/{tenant}/hooks/{id}", {"status": 5}, "ci", status=400)
        self.call("DELETE", "/tenants/{tenant}/hooks/{id}", None, "ci", status=204)
        self.call("DELETE", "/tenants/{tenant}/hooks/{id}", None, "ci", status=404)

    def test_stubs(self):
        stub = {"path": "/llm/*", "answer": {"status": 202, "json": {"a": [1]}}, "times": 1}
        added = self.call("POST", "/tenants/{tenant}/stubs", stub, status=201)
        answer = self.api("POST", "/llm/v1/chat", {})
        self.assertEqual((answer.status, answer.json()), (202, {"a": [1]}))
        self.assertEqual(self.api("POST", "/llm/v1/chat", {}).status, 404)
        self.call("GET", "/tenants/{tenant}/stubs", status=200)
        self.call("GET", "/tenants/{tenant}/stubs/{id}", None, added["id"], status=200)
        self.call("DELETE", "/tenants/{tenant}/stubs/{id}", None, added["id"], status=204)
        self.call("GET", "/tenants/{tenant}/stubs/{id}", None, added["id"], status=404)
        self.call("POST", "/tenants/{tenant}/stubs", {"path": "/api/v1/health"}, status=400)
        self.call("DELETE", "/tenants/{tenant}/stubs", status=204)


class Manners(ControlTest):
    def test_bad_requests_are_problems(self):
        for method, target, body, headers, status in (
                ("GET", V1 + "/nothing", None, {}, 404),
                ("PATCH", V1 + "/tenants", "{}", {}, 405),
                ("PUT", V1 + "/tenants/a", "{}", {"Content-Type": "text/plain"}, 415),
                ("PUT", V1 + "/tenants/a", "{" + " " * (1 << 20), {}, 413),
                ("PUT", V1 + "/tenants/a", "[" * 100000, {}, 400),
                ("PUT", V1 + "/tenants/UPPER", "{}", {}, 400),
                ("GET", V1 + "/tenants", None, {"Host": "evil.example"}, 403),
                ("GET", V1 + "/tenants", None, {"Origin": "http://evil.example"}, 403)):
            with self.subTest(target=target, status=status):
                answer = self.send(method, target, body, headers)
                self.assertEqual(answer.status, status, answer.text)
                schema = self.document["components"]["schemas"]["Problem"]
                jsonschema.Draft202012Validator(schema).validate(answer.json())

    def test_an_answer_that_waits_comes_before_that_to_the_advance(self):
        self.call("PUT", "/tenants/{tenant}", {
            "server": {"stubs": [{"path": "/slow", "answer": {"delay": "10m"}}]}}, status=201)
        self.call("PUT", "/tenants/{tenant}/clock", {"mode": "stopped"}, status=200)
        waiting = http.client.HTTPConnection("127.0.0.1", self.port, timeout=SECONDS)
        waiting.request("GET", f"/t/{self.tenant}/slow")
        # Its arrival is what makes it wait: until then nothing is due.
        while self.send("POST", f"{V1}/tenants/{self.tenant}/clock/advance",
                        {"to": "next"}).status == 409:
            pass
        self.assertEqual(waiting.getresponse().status, 200)
        waiting.close()
        self.assertEqual(self.call("GET", "/tenants/{tenant}/clock")["now_ms"] // 60000, 10)


class Metrics(ControlTest):
    SAMPLE = re.compile(
        r'^(?P<name>[a-zA-Z_:][a-zA-Z0-9_:]*)'
        r'(\{(?P<labels>[a-zA-Z_]\w*="(?:[^"\\\n]|\\[\\"n])*"'
        r'(,[a-zA-Z_]\w*="(?:[^"\\\n]|\\[\\"n])*")*)\})?'
        r' (?P<value>-?[0-9]+(\.[0-9]+)?)$')

    def test_they_are_what_a_collector_can_read(self):
        self.promote()
        answer = self.send("GET", f"{V1}/metrics")
        self.assertEqual(answer.headers["Content-Type"],
                         "text/plain; version=0.0.4; charset=utf-8")
        self.assertTrue(answer.text.endswith("\n"))
        types, helped, seen = {}, set(), set()
        for line in answer.text.splitlines():
            if line.startswith("# HELP "):
                name = line.split(" ")[2]
                self.assertNotIn(name, helped)
                helped.add(name)
            elif line.startswith("# TYPE "):
                _, _, name, kind = line.split(" ")
                self.assertIn(name, helped)
                self.assertNotIn(name, types)
                types[name] = kind
            else:
                match = self.SAMPLE.match(line)
                self.assertIsNotNone(match, line)
                self.assertIn(match["name"], types, "a sample stands behind its type")
                self.assertEqual(match["name"].endswith("_total"),
                                 types[match["name"]] == "counter", line)
                self.assertNotIn((match["name"], match["labels"]), seen)
                seen.add((match["name"], match["labels"]))
        self.assertIn(("cogmock_requests_total", 'call="promote",status="2xx"'), seen)

    def test_they_are_where_a_collector_looks_too(self):
        self.assertEqual(self.send("GET", "/__mock/metrics").status, 200)


class Events(ControlTest):
    def listen(self, last=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=SECONDS)
        headers = {} if last is None else {"Last-Event-ID": last}
        connection.request("GET", f"{V1}/events?tenant={self.tenant}", headers=headers)
        response = connection.getresponse()
        self.assertEqual(response.status, 200)
        self.assertEqual(response.headers["Content-Type"], "text/event-stream")
        self.addCleanup(connection.close)
        self.addCleanup(response.close)
        return response

    @staticmethod
    def next_event(stream):
        """The next that is not a comment: (id, kind, data)."""
        fields = {}
        while True:
            line = stream.readline().decode().rstrip("\n")
            if line == "" and "data" in fields:
                return fields["id"], fields["event"], json.loads(fields["data"])
            name, _, value = line.partition(": ")
            fields[name] = value

    def test_they_come_while_they_happen(self):
        stream = self.listen()
        self.send("PUT", f"{V1}/tenants/{self.tenant}", {})
        _, kind, data = self.next_event(stream)
        self.assertEqual((kind, data["change"]), ("tenant", "created"))
        self.api("GET", "/api/v1/health")
        kinds = []
        while not kinds or kinds[-1] != "done":
            _, kind, data = self.next_event(stream)
            self.assertEqual(data["tenant"], self.tenant)
            kinds.append(kind)
        self.assertEqual(kinds, ["request", "answer", "done"])

    def test_a_reader_goes_on_where_it_was(self):
        stream = self.listen()
        self.send("PUT", f"{V1}/tenants/{self.tenant}", {})
        number, _, _ = self.next_event(stream)
        stream.close()
        self.send("PUT", f"{V1}/tenants/{self.tenant}/clock", {"mode": "stopped"})
        _, kind, data = self.next_event(self.listen(number))
        self.assertEqual((kind, data["scale"]), ("clock", 0))


main()
