"""What the program cogmock promises: its lines, its exit codes, its end."""

import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import unittest
import urllib.error
import urllib.request

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "..", "support"))
from tap_unittest import main  # noqa: E402

COGMOCK = os.environ["COGMOCK"]
SECONDS = 20


def run(*arguments):
    return subprocess.run([COGMOCK, *arguments], capture_output=True, text=True, timeout=SECONDS)


class Serving:
    """A running `cogmock serve`."""

    def __init__(self, *arguments):
        self.process = subprocess.Popen(
            [COGMOCK, "serve", *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            text=True)
        self.ready = json.loads(self.process.stdout.readline())

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.end(signal.SIGKILL)

    def end(self, number=signal.SIGTERM):
        """Stops it; returns exit code, the rest of its output, and its errors."""
        self.process.send_signal(number)
        output, errors = self.process.communicate(timeout=SECONDS)
        return self.process.returncode, output, errors


class Serve(unittest.TestCase):
    def test_says_in_one_line_where_it_is(self):
        with Serving("--port", "0") as serving:
            ready, port = serving.ready, serving.ready["port"]
            self.assertIs(ready["ready"], True)
            self.assertEqual(ready["base_url"], f"http://127.0.0.1:{port}/api/v1")
            self.assertEqual(ready["webhook_url"], f"http://127.0.0.1:{port}/hooks/ci")
            self.assertEqual(ready["pid"], serving.process.pid)
            code, output, _ = serving.end()
        self.assertEqual((code, output), (0, ""))

    def test_exports_variables_that_a_shell_understands(self):
        scenario = {"server": {"oauth": {"client_id": "me", "client_secret": "it's a $ecret"}}}
        with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
            json.dump(scenario, file)
            file.flush()
            with Serving("--port", "0", "--scenario", file.name) as serving:
                ready = serving.ready
                _, _, errors = serving.end()
        names = ["COGNIGY_API_BASE", "COGNIGY_CLIENT_ID", "COGNIGY_CLIENT_SECRET", "SOURCE_ENV_ID",
                 "TARGET_ENV_ID", "DEPLOYMENT_WEBHOOK_URL"]
        script = errors + "".join(f"printf '%s\\n' \"${name}\"\n" for name in names)
        values = subprocess.run(["sh", "-c", script], capture_output=True, text=True).stdout
        self.assertEqual(values.splitlines(), [ready["base_url"], "me", "it's a $ecret",
                                               "env-source", "env-target", ready["webhook_url"]])

    def test_answers_and_logs_a_line_a_request_unless_quiet(self):
        for flags, count in ((), 1), (("--quiet",), 0):
            with Serving("--port", "0", *flags) as serving:
                with self.assertRaises(urllib.error.HTTPError) as raised:
                    urllib.request.urlopen(serving.ready["base_url"] + "/health", timeout=SECONDS)
                raised.exception.close()
                self.assertEqual(raised.exception.code, 401)
                code, _, errors = serving.end(signal.SIGINT)
            self.assertEqual(code, 0)
            self.assertEqual(len(re.findall(r"request call=health", errors)), count)

    def test_survives_that_nobody_reads_its_output(self):
        with Serving("--port", "0") as serving:
            serving.process.stdout.close()
            serving.process.stderr.close()
            for _ in range(2):
                with self.assertRaises(urllib.error.HTTPError) as raised:
                    urllib.request.urlopen(serving.ready["base_url"] + "/health", timeout=SECONDS)
                raised.exception.close()
            serving.process.terminate()
            self.assertEqual(serving.process.wait(timeout=SECONDS), 0)

    def test_answers_a_delayed_request_on_the_scaled_clock(self):
        scenario = {"faults": [{"call": "health", "inject": {"kind": "delay", "delay": "1h"}}]}
        with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
            json.dump(scenario, file)
            file.flush()
            with Serving("--port", "0", "--time-scale", "100000", "--scenario",
                         file.name) as serving:
                with self.assertRaises(urllib.error.HTTPError) as raised:
                    urllib.request.urlopen(serving.ready["base_url"] + "/health", timeout=SECONDS)
                raised.exception.close()
                self.assertEqual(raised.exception.code, 401)

    def test_refuses_a_port_in_use(self):
        with Serving("--port", "0") as serving:
            port = str(serving.ready["port"])
            result = run("serve", "--port", port)
        self.assertEqual(result.returncode, 69)
        self.assertEqual(result.stderr, "cogmock serve: cannot listen on 127.0.0.1:"
                         f"{port}: address already in use\n")
        self.assertEqual(result.stdout, "")


class Output(unittest.TestCase):
    def test_that_is_lost_is_a_failure(self):
        rows = (["--help"], "cogmock: "), (["--version"], "cogmock: "), \
            (["check", "--help"], "cogmock: "), (["serve", "--port", "0"], "cogmock serve: ")
        for arguments, start in rows:
            with self.subTest(arguments=arguments), open("/dev/full", "w") as full:
                result = subprocess.run([COGMOCK, *arguments], stdout=full, text=True,
                                        stderr=subprocess.PIPE, timeout=SECONDS)
                self.assertEqual(result.returncode, 1)
                self.assertTrue(result.stderr.endswith(
                    start + "cannot write to standard output\n"), result.stderr)


class Check(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)

    def write(self, name, text):
        path = os.path.join(self.folder.name, name)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        return path

    def test_goes_on_after_a_wrong_file_and_says_where_it_is_wrong(self):
        wrong = self.write("wrong.json", '{\n  // a comment\n  "server": {"api": "sead"}\n}')
        good = self.write("good.json", '{"name": "x"}')
        result = run("check", wrong, good)
        self.assertEqual(result.returncode, 65)
        self.assertEqual(result.stdout, f"{good}: ok\n")
        self.assertTrue(result.stderr.startswith(f"cogmock check: {wrong}:3:21: "), result.stderr)

    def test_reads_every_case(self):
        right = self.write("right.json", json.dumps({
            "faults": [{"call": "token"}],
            "cases": [{"name": "a", "inject": "not_json"}, "html_body"],
        }))
        wrong = self.write("wrong.json", json.dumps({
            "faults": [{"call": "token"}],
            "cases": [{"name": "a", "inject": "not_json"}, "html"],
        }))
        self.assertEqual(run("check", right).returncode, 0)
        self.assertIn("unknown word 'html', expected one of: refused, ",
                      run("check", wrong).stderr)

    def test_tells_an_unreadable_file(self):
        result = run("check", os.path.join(self.folder.name, "nowhere.json"))
        self.assertEqual(result.returncode, 66)
        self.assertIn("nowhere.json", result.stderr)

    def test_is_what_serve_does_first(self):
        wrong = self.write("wrong.json", '{"servers": {}}')
        result = run("serve", "--port", "0", "--scenario", wrong)
        self.assertEqual((result.returncode, result.stdout), (65, ""))
        self.assertIn(f"{wrong}:1:", result.stderr)


class Arguments(unittest.TestCase):
    ROWS = [
        ([], "cogmock: no verb given; see 'cogmock --help'"),
        (["serv"], "cogmock: unknown verb 'serv', did you mean 'serve'?; see 'cogmock --help'"),
        (["--verbose"], "cogmock: unknown flag '--verbose'; see 'cogmock --help'"),
        (["serve", "--prot", "1"], "cogmock serve: unknown flag '--prot', did you mean "
         "'--port'?; see 'cogmock serve --help'"),
        (["serve", "--prot=1"], "cogmock serve: unknown flag '--prot', did you mean "
         "'--port'?; see 'cogmock serve --help'"),
        (["serve", "-x"], "cogmock serve: unknown flag '-x'; see 'cogmock serve --help'"),
        (["serve", "--port"],
         "cogmock serve: --port needs a value; see 'cogmock serve --help'"),
        (["serve", "--quiet=1"],
         "cogmock serve: --quiet takes no value; see 'cogmock serve --help'"),
        (["serve", "x"], "cogmock serve: unexpected argument 'x'; see 'cogmock serve --help'"),
        (["check"], "cogmock check: no FILE given; see 'cogmock check --help'"),
        (["check", "--port"],
         "cogmock check: unknown flag '--port'; see 'cogmock check --help'"),
    ]
    NUMBERS = [
        ("--port", "65536"), ("--port", "-1"), ("--port", "80a"), ("--port", ""),
        ("--time-scale", "0"), ("--time-scale", "100001"), ("--time-scale", "fast"),
        ("--seed", "-1"),
    ]

    def test_that_are_wrong_are_named_in_one_line(self):
        for arguments, expected in self.ROWS:
            with self.subTest(arguments=arguments):
                result = run(*arguments)
                self.assertEqual((result.returncode, result.stdout), (64, ""))
                self.assertEqual(result.stderr, expected + "\n")

    def test_that_are_no_good_numbers_are_refused(self):
        for flag, value in self.NUMBERS:
            with self.subTest(flag=flag, value=value):
                result = run("serve", flag, value)
                self.assertEqual((result.returncode, result.stdout), (64, ""))
                self.assertIn(f"cogmock serve: {flag} '{value}': ", result.stderr)

    def test_ask_for_help_and_version(self):
        for arguments, expected in (["--help"], "exit codes"), (["serve", "--help"], "examples:"), \
                (["check", "--help"], "example:"), (["--version"], "cogmock "):
            with self.subTest(arguments=arguments):
                result = run(*arguments)
                self.assertEqual((result.returncode, result.stderr), (0, ""))
                self.assertIn(expected, result.stdout)


main()
