"""What `cogmock serve` promises who runs it: where it listens, who may, limits, reload, and its end.

usage: operation_test.py COGMOCK
"""

import json
import os
import pathlib
import re
import resource
import signal
import socket
import ssl
import stat
import subprocess
import sys
import tempfile
import threading
import time
import unittest
import urllib.error
import urllib.request

COGMOCK = sys.argv[1]
sys.path.insert(0, str(pathlib.Path(__file__).parents[2] / "support"))

from tap_unittest import main  # noqa: E402

SECONDS = 20
DELAYED = {"faults": [{"call": "health", "inject": {"kind": "delay", "delay": "1h"}}]}
HEALTH = b"GET /api/v1/health HTTP/1.1\r\nHost: localhost\r\n\r\n"
# It asks whether it may go on, and then does not.
UPLOAD = (b"POST /api/v1/oauth/token HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\n"
          b"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 100\r\n\r\n")
# How long a first signal waits at most for what is under way.
STOP_SECONDS = 5
ALIVE = b"GET /__mock/v1/health HTTP/1.1\r\nHost: localhost\r\n\r\n"


def run(*arguments, **options):
    return subprocess.run([COGMOCK, *map(str, arguments)], capture_output=True, text=True,
                          timeout=SECONDS, check=False, **options)


class Serving:
    """A running `cogmock serve`; a context manager."""

    def __init__(self, *arguments, **options):
        self.process = subprocess.Popen(
            [COGMOCK, "serve", "--port", "0", *map(str, arguments)], stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, text=True, **options)
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError(self.process.communicate(timeout=SECONDS)[1])
        self.ready = json.loads(line)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.kill()
            self.process.communicate(timeout=SECONDS)

    def end(self, number=signal.SIGTERM):
        """Stops it; ends with the exit code, and what was on standard error."""
        self.process.send_signal(number)
        _, errors = self.process.communicate(timeout=SECONDS)
        return self.process.returncode, errors

    def wait_for(self, event):
        """Reads the log as far as this event, and ends with that line."""
        guard = threading.Timer(SECONDS, self.process.kill)
        guard.start()
        try:
            for line in self.process.stderr:
                if event in line:
                    return line
        finally:
            guard.cancel()
        raise AssertionError(f"no {event} in the log")

    def connect(self, request=b""):
        connection = socket.create_connection(("127.0.0.1", self.ready["port"]), timeout=SECONDS)
        connection.sendall(request)
        return connection

    def ask(self, path, token=None, address="127.0.0.1"):
        """Ends with the status and the body."""
        headers = {} if token is None else {"Authorization": f"Bearer {token}"}
        request = urllib.request.Request(f"http://{address}:{self.ready['port']}{path}",
                                         headers=headers)
        try:
            with urllib.request.urlopen(request, timeout=SECONDS) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.read().decode()


class Case(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def serve(self, *arguments, **options):
        return self.enterContext(Serving(*arguments, **options))

    def write(self, name, text, mode=0o600):
        path = self.folder / name
        path.write_text(text if isinstance(text, str) else json.dumps(text))
        path.chmod(mode)
        return path


class Place(Case):
    def test_the_ready_line_says_where_everything_is(self):
        ready = self.serve("--quiet").ready
        origin = f"http://127.0.0.1:{ready['port']}"
        self.assertEqual(ready["base_url"], origin + "/api/v1")
        self.assertEqual(ready["webhook_url"], origin + "/hooks/ci")
        self.assertEqual(ready["control_url"], origin + "/__mock/v1")
        self.assertEqual(ready["console_url"], origin + "/__mock/")
        self.assertNotIn("control_token", ready)
        for value in ready.values():
            self.assertNotIsInstance(value, (dict, list))

    def test_another_address_is_listened_at_and_told(self):
        serving = self.serve("--quiet", "--bind", "127.0.0.2")
        self.assertEqual(serving.ready["base_url"],
                         f"http://127.0.0.2:{serving.ready['port']}/api/v1")
        self.assertEqual(serving.ask("/__mock/v1/health", address="127.0.0.2")[0], 200)
        with self.assertRaises(OSError):
            serving.connect()

    def test_its_certificate_is_for_the_address_as_well(self):
        ready = self.serve("--quiet", "--tls", "--bind", "127.0.0.2").ready
        context = ssl.create_default_context(cafile=ready["tls_ca_file"])
        with socket.create_connection(("127.0.0.2", ready["port"]), timeout=SECONDS) as plain, \
                context.wrap_socket(plain, server_hostname="127.0.0.2") as connection:
            connection.sendall(HEALTH.replace(b"localhost", b"127.0.0.2"))
            self.assertIn(b" 401 ", connection.recv(4096))

    def test_an_address_of_version_6_is_in_brackets(self):
        ready = self.serve("--quiet", "--bind", "::1").ready
        self.assertEqual(ready["base_url"], f"http://[::1]:{ready['port']}/api/v1")
        self.assertNotIn("control_token", ready)

    def test_all_addresses_are_told_as_one_that_can_be_connected_to(self):
        ready = self.serve("--quiet", "--bind", "0.0.0.0").ready
        self.assertEqual((ready["address"], ready["base_url"]),
                         ("0.0.0.0", f"http://127.0.0.1:{ready['port']}/api/v1"))

    def test_an_address_that_is_not_here_is_refused(self):
        ended = run("serve", "--port", "0", "--bind", "192.0.2.1")
        self.assertEqual((ended.returncode, ended.stdout), (69, ""))
        self.assertIn("this machine has no such address", ended.stderr)


class Token(Case):
    def test_off_loopback_one_is_made_and_told_once(self):
        tokens = set()
        for _ in range(2):
            serving = self.serve("--bind", "0.0.0.0")
            token = serving.ready["control_token"]
            self.assertEqual(serving.ask("/__mock/v1/tenants", token)[0], 200)
            code, errors = serving.end()
            self.assertEqual(errors.count(token), 1)
            self.assertIn(f"export COGMOCK_CONTROL_TOKEN={token}\n", errors)
            self.assertRegex(token, r"^[0-9a-f]{48}$")
            tokens.add(token)
        self.assertEqual(len(tokens), 2)

    def test_without_it_the_control_plane_says_nothing_but_its_health(self):
        serving = self.serve("--quiet", "--bind", "0.0.0.0")
        for token in (None, "guessed", serving.ready["control_token"][:-1]):
            self.assertEqual(serving.ask("/__mock/v1/tenants", token)[0], 401)
        self.assertEqual(serving.ask("/__mock/v1/health")[0], 200)

    def test_the_first_line_of_a_file_is_taken_and_never_told(self):
        file = self.write("token", "open-sesame\r\nsecond line\n")
        for bind in ("0.0.0.0", "127.0.0.1"):
            serving = self.serve("--bind", bind, "--control-token-file", file)
            self.assertEqual(serving.ask("/__mock/v1/tenants")[0], 401)
            self.assertEqual(serving.ask("/__mock/v1/tenants", "open-sesame")[0], 200)
            self.assertNotIn("control_token", serving.ready)
            _, errors = serving.end()
            self.assertNotIn("sesame", errors)
            self.assertNotIn("warning", errors)

    def test_a_file_that_is_no_good_is_refused_without_telling_it(self):
        rows = [
            ("short\n", 0o600, 65, "8 to 256 visible"),
            ("\n", 0o600, 65, "8 to 256 visible"),
            ("with some blanks\n", 0o600, 65, "8 to 256 visible"),
            ("x" * 257, 0o600, 65, "8 to 256 visible"),
            ("open-sesame\n", 0o602, 66, "everybody on this machine may write it"),
        ]
        for text, mode, code, told in rows:
            with self.subTest(text=text, mode=mode):
                file = self.write("token", text, mode)
                ended = run("serve", "--port", "0", "--control-token-file", file)
                self.assertEqual((ended.returncode, ended.stdout), (code, ""))
                self.assertIn(told, ended.stderr)
                self.assertIn(f"--control-token-file '{file}'", ended.stderr)
                if text.strip():
                    self.assertNotIn(text.strip(), ended.stderr)
        ended = run("serve", "--port", "0", "--control-token-file", self.folder / "none")
        self.assertEqual((ended.returncode, ended.stdout), (66, ""))

    def test_a_file_that_everybody_can_read_is_warned_of(self):
        file = self.write("token", "open-sesame\n", 0o644)
        _, errors = self.serve("--control-token-file", file).end()
        self.assertIn("warning control-token-readable", errors)

    def test_observers_need_a_token_that_they_lack_whoever_made_it(self):
        file = self.write("token", "open-sesame\n")
        for arguments in (("--bind", "0.0.0.0"), ("--control-token-file", file)):
            serving = self.serve("--observers", *arguments)
            self.assertEqual(serving.ask("/__mock/v1/tenants")[0], 200)
            self.assertEqual(serving.ask("/__mock/v1/tenants/default/injects")[0], 401)
            serving.end()


class Limits(Case):
    def test_connections_beyond_the_limit_are_turned_away(self):
        serving = self.serve("--quiet", "--max-connections", "2")
        connections = [self.enterContext(serving.connect()) for _ in range(2)]
        for connection in connections:
            connection.sendall(ALIVE)
            self.assertIn(b"200 OK", connection.recv(4096))
        third = self.enterContext(serving.connect())
        with self.assertRaises(OSError):
            third.sendall(ALIVE)
            if not third.recv(4096):
                raise ConnectionResetError
        connections[0].sendall(ALIVE)
        self.assertIn(b"200 OK", connections[0].recv(4096))

    def test_the_limit_on_files_is_raised_as_far_as_connections_need_it(self):
        hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
        rows = [(["--max-connections", "500"], 564), ([], min(20064, hard))]
        for arguments, expected in rows:
            serving = self.serve(
                "--quiet", *arguments,
                preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (64, hard)))
            found = resource.prlimit(serving.process.pid, resource.RLIMIT_NOFILE)
            self.assertEqual(found, (expected, hard))

    def test_more_connections_than_there_can_be_files_are_refused(self):
        ended = run("serve", "--port", "0", "--max-connections", "300",
                    preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (256, 256)))
        self.assertEqual((ended.returncode, ended.stdout), (69, ""))
        self.assertIn("--max-connections '300': they need 364 open files, and this process may "
                      "have 256", ended.stderr)

    def test_a_request_that_does_not_come_in_is_given_up(self):
        serving = self.serve("--quiet", "--request-timeout", "50ms")
        slow = self.enterContext(serving.connect(ALIVE[:20]))
        try:
            self.assertNotIn(b"200", slow.recv(4096))
        except ConnectionResetError:
            pass

    def test_tenants_beyond_the_limit_are_refused(self):
        serving = self.serve("--quiet", "--max-tenants", "2")
        self.assertEqual(serving.ask("/t/one/api/v1/health")[0], 401)
        self.assertEqual(serving.ask("/t/two/api/v1/health")[0], 507)
        self.assertEqual(serving.ask("/t/one/api/v1/health")[0], 401)

    def test_the_journal_keeps_as_many_exchanges_as_told(self):
        serving = self.serve("--quiet", "--journal", "2")
        for _ in range(5):
            serving.ask("/api/v1/health")
        told = json.loads(serving.ask("/__mock/v1/tenants/default/requests")[1])
        self.assertEqual((len(told["requests"]), told["dropped"]), (2, 3))


class Log(Case):
    def test_every_line_is_json_where_that_is_asked_for(self):
        serving = self.serve("--log", "json")
        serving.ask("/api/v1/health")
        code, errors = serving.end()
        events = [json.loads(line) for line in errors.splitlines()]
        self.assertEqual(code, 0)
        self.assertEqual([event["event"] for event in events], ["ready", "request"])
        self.assertEqual(events[0]["COGNIGY_API_BASE"], serving.ready["base_url"])
        self.assertEqual(events[0]["COGMOCK_CONTROL_URL"], serving.ready["control_url"])
        self.assertEqual(events[1]["call"], "health")


class State(Case):
    def test_nothing_is_saved_without_a_folder_for_it(self):
        serving = self.serve("--quiet")
        self.assertEqual(self.save(serving)[0], 409)

    def test_a_state_is_saved_in_the_folder_and_nowhere_else(self):
        folder = self.folder / "states"
        serving = self.serve("--quiet", "--state-dir", folder)
        status, answer = self.save(serving)
        self.assertEqual(status, 200)
        saved = json.loads((folder / "before.json").read_text())
        self.assertEqual(saved["digest"], json.loads(answer)["digest"])
        self.assertEqual(stat.S_IMODE((folder / "before.json").stat().st_mode), 0o600)

    @staticmethod
    def save(serving):
        request = urllib.request.Request(
            serving.ready["control_url"] + "/tenants/default/state/save", method="POST",
            data=b'{"name": "before"}', headers={"Content-Type": "application/json"})
        try:
            with urllib.request.urlopen(request, timeout=SECONDS) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.read().decode()


class Watch(Case):
    """The log's line tells when a change has been seen: no test waits for time to pass."""

    FIRST = {"faults": [{"call": "health", "inject": {"status": 503}}]}
    SECOND = {"faults": [{"call": "health", "inject": {"status": 418}}]}

    def setUp(self):
        super().setUp()
        self.file = self.write("scenario.json", self.FIRST)

    def ask(self, connection):
        connection.sendall(HEALTH)
        return int(connection.recv(65536).split(b" ")[1])

    def test_a_change_takes_over_and_connections_stay(self):
        serving = self.serve("--watch", "--scenario", self.file)
        connection = self.enterContext(serving.connect())
        self.assertEqual(self.ask(connection), 503)
        self.write("scenario.json", self.SECOND)
        self.assertIn(f"file={self.file}", serving.wait_for("scenario-reloaded"))
        self.assertEqual(self.ask(connection), 418)

    def test_a_file_that_an_editor_puts_in_its_place_is_seen(self):
        serving = self.serve("--quiet", "--watch", "--scenario", self.file)
        os.rename(self.file, self.folder / "scenario.json~")
        os.rename(self.write("new", self.SECOND), self.file)
        serving.wait_for("scenario-reloaded")
        with serving.connect() as connection:
            self.assertEqual(self.ask(connection), 418)

    def test_a_folder_that_a_cluster_mounts_is_seen_to_change(self):
        for name, scenario in (("1", self.FIRST), ("2", self.SECOND)):
            (self.folder / name).mkdir()
            self.write(f"{name}/cluster.json", scenario)
        (self.folder / "..data").symlink_to("1")
        link = self.folder / "cluster.json"
        link.symlink_to("..data/cluster.json")
        serving = self.serve("--quiet", "--watch", "--scenario", link)
        (self.folder / "..new").symlink_to("2")
        os.rename(self.folder / "..new", self.folder / "..data")
        serving.wait_for("scenario-reloaded")

    def test_a_bad_edit_is_reported_with_its_place_and_the_one_before_stays(self):
        serving = self.serve("--quiet", "--watch", "--scenario", self.file)
        rows = [('{"faults": [\n  {"call": "helth"}]}', ":2:"), ('{"faults": [', ":1:"), ("", ":1:")]
        for text, place in rows:
            self.write("scenario.json", text)
            line = serving.wait_for("scenario-rejected")
            self.assertIn(f"{self.file}{place}", line)
            with serving.connect() as connection:
                self.assertEqual(self.ask(connection), 503)
        self.write("scenario.json", self.SECOND)
        serving.wait_for("scenario-reloaded")

    def test_what_is_the_same_but_for_comments_changes_nothing(self):
        serving = self.serve("--quiet", "--watch", "--scenario", self.file)
        serving.ask("/api/v1/health")
        self.write("scenario.json", "// of note\n" + json.dumps(self.FIRST, indent=2))
        serving.wait_for("scenario-unchanged")
        told = json.loads(serving.ask("/__mock/v1/tenants/default/requests")[1])
        self.assertEqual(len(told["requests"]), 1)

    def test_a_neighbour_is_nobodys_business(self):
        serving = self.serve("--log", "json", "--watch", "--scenario", self.file)
        self.write("other.json", "{")
        self.write("scenario.json", self.SECOND)
        serving.wait_for("scenario-reloaded")
        self.assertNotIn("scenario-", serving.end()[1])

    def test_a_folder_that_goes_away_is_reported(self):
        folder = self.folder / "away"
        folder.mkdir()
        file = self.write("away/scenario.json", self.FIRST)
        serving = self.serve("--quiet", "--watch", "--scenario", file)
        file.unlink()
        folder.rmdir()
        serving.wait_for("scenario-unwatched")
        self.assertEqual(serving.ask("/api/v1/health")[0], 503)


class End(Case):
    def test_what_is_under_way_gets_its_answer(self):
        for number in (signal.SIGTERM, signal.SIGINT):
            scenario = self.write("scenario.json", DELAYED)
            serving = self.serve("--quiet", "--scenario", scenario)
            waiting = self.enterContext(serving.connect(HEALTH))
            self.arrived(serving)
            start = time.monotonic()
            code, _ = serving.end(number)
            self.assertLess(time.monotonic() - start, STOP_SECONDS)
            self.assertIn(b"401", waiting.recv(4096).split(b"\r\n")[0])
            self.assertEqual(code, 0)

    def test_nobody_is_let_in_any_more(self):
        serving = self.serve("--quiet")
        serving.end()
        with self.assertRaises(OSError):
            serving.connect()

    def test_who_does_not_finish_a_request_is_waited_for_in_vain(self):
        serving = self.serve("--quiet")
        unfinished = self.enterContext(serving.connect(UPLOAD))
        self.assertIn(b"100 Continue", unfinished.recv(4096))
        self.assertEqual(serving.end()[0], 0)

    def test_a_second_signal_ends_it_at_once(self):
        serving = self.serve("--quiet", "--tls")
        folder = pathlib.Path(serving.ready["tls_ca_file"]).parent
        unfinished = self.enterContext(self.wrap(serving))
        unfinished.sendall(UPLOAD)
        self.assertIn(b"100 Continue", unfinished.recv(4096))
        start = time.monotonic()
        serving.process.send_signal(signal.SIGTERM)
        self.wait_until_nobody_is_let_in(serving)
        code, _ = serving.end()
        self.assertEqual(code, 0)
        self.assertLess(time.monotonic() - start, STOP_SECONDS)
        self.assertFalse(folder.exists())

    @staticmethod
    def wrap(serving):
        context = ssl.create_default_context(cafile=serving.ready["tls_ca_file"])
        return context.wrap_socket(serving.connect(), server_hostname="localhost")

    @staticmethod
    def wait_until_nobody_is_let_in(serving):
        try:
            while True:
                serving.connect().close()
        except OSError:
            return

    @staticmethod
    def arrived(serving):
        """The journal has a request from its arrival on: asked over a connection that came later."""
        while True:
            told = json.loads(serving.ask("/__mock/v1/tenants/default/requests")[1])
            if told["requests"]:
                return


class Start(Case):
    def test_what_cannot_start_leaves_nothing_behind(self):
        port = str(self.serve("--quiet").ready["port"])
        rows = [["--port", port], ["--port", "0", "--scenario", self.write("bad.json", "{")]]
        for arguments in rows:
            ended = run("serve", *arguments, "--tls", "--tls-ca-out", self.folder / "ca.pem",
                        "--tls-client-cert-out", self.folder / "client.pem")
            self.assertIn(ended.returncode, (65, 69))
            self.assertEqual(ended.stdout, "")
            self.assertEqual(re.findall(r"(?m)^export", ended.stderr), [])
            self.assertFalse((self.folder / "ca.pem").exists())
            self.assertFalse((self.folder / "client.pem").exists())

    def test_wrong_values_are_named_with_what_was_expected(self):
        rows = [
            (["--bind", "localhost"], "--bind 'localhost': expected a numeric address"),
            (["--bind", ""], "--bind '': expected a numeric address"),
            (["--max-connections", "0"], "--max-connections '0': expected a whole number from 1"),
            (["--max-tenants", "0"], "--max-tenants '0': expected a whole number from 1"),
            (["--journal", "-1"], "--journal '-1': expected a whole number from 1"),
            (["--request-timeout", "2"], "--request-timeout '2': "),
            (["--log", "xml"], "--log 'xml': expected 'human' or 'json'"),
            (["--state-dir", ""], "--state-dir '': expected a path"),
            (["--watch"], "--watch looks after a scenario: give --scenario too"),
            (["--observers"], "--observers is for those without the token, and there is none"),
        ]
        for arguments, told in rows:
            with self.subTest(arguments=arguments):
                ended = run("serve", *arguments)
                self.assertEqual((ended.returncode, ended.stdout), (64, ""))
                self.assertIn(f"cogmock serve: {told}", ended.stderr)


main()
