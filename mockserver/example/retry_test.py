"""A client's tests against the fake, with nothing but Python's standard library.

    python3 retry_test.py       COGMOCK=PROGRAM names the fake; otherwise it is found in PATH
"""

import base64
import json
import os
import subprocess
import unittest
import urllib.error
import urllib.request

OPENER = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def fetch_token(base):
    """The client that is tested: fetches a token, and tries once more on a 503."""
    login = base64.b64encode(b"dev-client:dev-secret").decode()
    request = urllib.request.Request(f"{base}/oauth/token", b"grant_type=client_credentials",
                                     {"Authorization": f"Basic {login}"})
    for attempts_left in (1, 0):
        try:
            with OPENER.open(request, timeout=10) as answer:
                return json.load(answer)["access_token"]
        except urllib.error.HTTPError as error:
            with error:
                if error.code != 503 or attempts_left == 0:
                    raise


class Fake:
    """A running fake."""

    def __init__(self, *arguments):
        self.process = subprocess.Popen(
            [os.environ.get("COGMOCK", "cogmock"), "serve", "--port", "0", "--quiet", *arguments],
            stdout=subprocess.PIPE, text=True)
        line = self.process.stdout.readline()  # It is ready when this line is there.
        if not line:
            raise RuntimeError(f"cogmock ended with {self.process.wait()}")
        self.ready = json.loads(line)

    def stop(self):
        self.process.terminate()
        self.process.wait(timeout=20)
        self.process.stdout.close()

    def tenant(self, name):
        return Tenant(self.ready, name)


class Tenant:
    """A world of one test's own."""

    def __init__(self, ready, name):
        self.base = f"{ready['base_url'].removesuffix('/api/v1')}/t/{name}/api/v1"
        self.control_url = f"{ready['control_url']}/tenants/{name}"

    def control(self, method, path, body=None):
        """Asks the control plane; what it refuses is an error that says why."""
        request = urllib.request.Request(
            self.control_url + path, None if body is None else json.dumps(body).encode(),
            {"Content-Type": "application/json"}, method=method)
        try:
            with OPENER.open(request, timeout=10) as answer:
                return json.loads(answer.read() or b"null")
        except urllib.error.HTTPError as error:
            with error:
                raise AssertionError(error.read().decode()) from None

    def arm(self, **fault):
        return self.control("POST", "/faults", fault)

    def verify(self, **expectation):
        return self.control("POST", "/verify", expectation)


class Retry(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.fake = Fake()
        cls.addClassCleanup(cls.fake.stop)

    def setUp(self):
        self.tenant = self.fake.tenant(self._testMethodName)

    def test_a_token_is_fetched_at_the_second_attempt(self):
        self.tenant.arm(call="token", times=1, inject={"status": 503})
        self.assertTrue(fetch_token(self.tenant.base))
        self.tenant.verify(call="token", count=2)
        self.tenant.verify(call="token", status=503, count=1)

    def test_it_gives_up_after_two_attempts(self):
        self.tenant.arm(call="token", inject={"status": 503})
        with self.assertRaises(urllib.error.HTTPError):
            fetch_token(self.tenant.base)
        self.tenant.verify(call="token", count=2)


if __name__ == "__main__":
    unittest.main()
