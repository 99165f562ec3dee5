"""The servers that are held against each other, each giving the same answer to one request."""

import base64
import http.client
import json
import pathlib
import shutil
import socket
import subprocess
import time

from processes import Process

RULES = 50
START_SECONDS = 60
TYPE = "application/json"
# The fake's calls that have rules of their own here; none of them is ever made.
OTHER_CALLS = ("rollback", "cancel", "versions", "simulate", "introspect")


def free_port():
    """One that nobody has at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Client:
    """Asks a server on 127.0.0.1, over one connection."""

    def __init__(self, port):
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)

    def ask(self, method, path, body=None, headers=None):
        """(status, headers, body)"""
        self.connection.request(method, path, body, headers or {})
        answer = self.connection.getresponse()
        return answer.status, answer.getheaders(), answer.read().decode()

    def close(self):
        self.connection.close()

    def take_token(self, base):
        basic = base64.b64encode(b"dev-client:dev-secret").decode()
        headers = {"Authorization": f"Basic {basic}",
                   "Content-Type": "application/x-www-form-urlencoded"}
        status, _, body = self.ask("POST", f"{base}/oauth/token", "grant_type=client_credentials",
                                   headers)
        return status, json.loads(body)["access_token"] if status == 200 else None


class Server:
    """One contender; a context manager that starts it, waits for its answer, and ends it."""

    name = ""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.folder.mkdir(parents=True, exist_ok=True)
        self.port = free_port()
        self.path = "/"
        self.headers = {}

    def __enter__(self):
        self.log = open(self.folder / "log", "w", encoding="utf-8")
        self.process = Process(self.command(), stdin=subprocess.DEVNULL, stdout=self.log,
                               stderr=subprocess.STDOUT, cwd=self.folder)
        self.process.__enter__()
        try:
            self._await()
            self.prepare()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        self.process.__exit__()
        self.log.close()

    def _await(self):
        end = time.monotonic() + START_SECONDS
        while time.monotonic() < end and self.process.popen.poll() is None:
            try:
                socket.create_connection(("127.0.0.1", self.port)).close()
                return
            except OSError:
                time.sleep(0.01)
        raise RuntimeError(f"{self.name} did not start: {(self.folder / 'log').read_text()}")

    def command(self):
        raise NotImplementedError

    def prepare(self):
        """What the request needs, once the server runs."""

    def url(self):
        return f"http://127.0.0.1:{self.port}{self.path}"

    def request(self, path=None):
        """As it goes over the wire."""
        headers = "".join(f"{name}: {value}\r\n" for name, value in self.headers.items())
        return f"GET {path or self.path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{headers}\r\n"

    def ask(self):
        """(status, headers, body) of the request that is measured."""
        client = Client(self.port)
        try:
            return client.ask("GET", self.path, headers=self.headers)
        finally:
            client.close()


class Cogmock(Server):
    """The fake, with a job that runs for ever, asked for its status."""

    name = f"cogmock, {RULES} rules, journal"

    def __init__(self, folder, program, faults=None):
        super().__init__(folder)
        self.program = program
        self.faults = idle_faults() if faults is None else faults

    def command(self):
        scenario = {
            "name": "benchmark",
            "server": {"job": {"timeline": [{"at": "0s", "progress": 40}]},
                       "oauth": {"expires_in": "1d"}},
            "faults": self.faults,
            "expect": {"exit": 0},
        }
        file = self.folder / "scenario.json"
        file.write_text(json.dumps(scenario))
        return [self.program, "serve", "--port", self.port, "--scenario", file, "--quiet"]

    def prepare(self):
        self.idle_kib = self.process.resident_kib()
        client = Client(self.port)
        try:
            _, token = client.take_token("/api/v1")
            self.headers = {"Authorization": f"Bearer {token}"}
            body = {"source_environment_id": "env-source", "target_environment_id": "env-target",
                    "platform_version_compatibility": "v1.18.0", "resolve_dependencies": True,
                    "sync_configuration": True, "override_active_sessions": False,
                    "include_webhooks": True, "include_integrations": True}
            status, _, text = client.ask("POST", "/api/v1/deployments/promote", json.dumps(body),
                                         {**self.headers, "Content-Type": TYPE})
            if status not in (201, 202):
                raise RuntimeError(f"cogmock refused to promote: {status} {text}")
            self.path = f"/api/v1/deployments/{json.loads(text)['job_id']}/status"
        finally:
            client.close()


def idle_faults():
    """Rules that are all looked at and never strike: those of the status call wait for a later
    attempt of a call than there ever is."""
    faults = []
    for i in range(RULES):
        call = "status" if i % 2 == 0 else OTHER_CALLS[i // 2 % len(OTHER_CALLS)]
        faults.append({"call": call, "attempts": [1000 + i], "inject": {"status": 500}})
    return faults


class Peer(Server):
    """A server that repeats what the fake answered."""

    def __init__(self, folder, model, answer):
        super().__init__(folder)
        self.path = model.path
        self.headers = model.headers
        _, headers, self.body = answer
        ours = ("content-type",)
        self.own_headers = [(n, v) for n, v in headers if n.lower() in ours]


class Bare(Peer):
    name = "libmicrohttpd, bare"

    def __init__(self, folder, model, answer, program):
        super().__init__(folder, model, answer)
        self.program = program

    def command(self):
        flat = [word for header in self.own_headers for word in header]
        return [self.program, self.port, self.body, *flat]


class Nginx(Peer):
    name = "nginx, one worker"

    @staticmethod
    def is_installed():
        return shutil.which("nginx", path="/usr/sbin:/usr/local/sbin:/usr/bin:/usr/local/bin")

    def command(self):
        kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        temporary = "".join(f"    {kind}_temp_path {self.folder}/{kind};\n" for kind in kinds)
        file = self.folder / "nginx.conf"
        file.write_text(
            "worker_processes 1;\ndaemon off;\n"
            f"pid {self.folder}/nginx.pid;\nerror_log {self.folder}/error.log;\n"
            "events { worker_connections 15000; }\n"
            "http {\n    access_log off;\n    server_tokens off;\n"
            f"    keepalive_requests 1000000000;\n{temporary}"
            f"    server {{\n        listen 127.0.0.1:{self.port};\n"
            f"        location / {{ default_type {TYPE}; return 200 '{self.body}'; }}\n"
            "    }\n}\n")
        return [self.is_installed(), "-e", self.folder / "error.log", "-c", file]


class NodePeer(Peer):
    """From npm, where scripts/bench could install it."""

    package = ""
    program = ""

    def __init__(self, folder, model, answer, node):
        super().__init__(folder, model, answer)
        self.node = node

    @classmethod
    def is_installed(cls, node):
        return (node / "node_modules" / cls.package / cls.program).is_file()

    def start(self):
        """The first words of its command."""
        return ["node", self.node / "node_modules" / self.package / self.program]


class Mountebank(NodePeer):
    name = f"mountebank, {RULES} stubs, --mock"
    package = "mountebank"
    program = "bin/mb"

    def stub(self, path):
        answer = {"statusCode": 200, "headers": dict(self.own_headers), "body": self.body}
        return {"predicates": [{"equals": {"method": "GET", "path": path}}],
                "responses": [{"is": answer}]}

    def command(self):
        # The one that fits is the last: the fake looks at all of its rules as well.
        stubs = [self.stub(f"/never/{i}") for i in range(RULES - 1)] + [self.stub(self.path)]
        imposter = {"port": self.port, "protocol": "http", "host": "127.0.0.1", "stubs": stubs}
        file = self.folder / "imposters.json"
        file.write_text(json.dumps({"imposters": [imposter]}))
        return [*self.start(), "start", "--mock", "--localOnly", "--nologfile",
                "--loglevel", "error", "--port", free_port(), "--host", "127.0.0.1",
                "--pidfile", self.folder / "mb.pid", "--configfile", file]


class Prism(NodePeer):
    name = "Prism, one path"
    package = "@stoplight/prism-cli"
    program = "dist/index.js"

    def command(self):
        answer = {"description": "the status",
                  "content": {TYPE: {"schema": {"type": "object"},
                                     "example": json.loads(self.body)}}}
        operation = {"parameters": [{"name": "id", "in": "path", "required": True,
                                     "schema": {"type": "string"}}],
                     "security": [{"bearer": []}],
                     "responses": {"200": answer}}
        document = {"openapi": "3.0.3", "info": {"title": "benchmark", "version": "1"},
                    "paths": {"/api/v1/deployments/{id}/status": {"get": operation}},
                    "components": {"securitySchemes": {
                        "bearer": {"type": "http", "scheme": "bearer"}}}}
        file = self.folder / "openapi.json"
        file.write_text(json.dumps(document))
        return [*self.start(), "mock", "--host", "127.0.0.1", "--port", self.port,
                "--verboseLevel", "error", "--multiprocess", "false", file]
