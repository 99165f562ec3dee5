"""What tests of the console share: a server, a browser on its page, and someone's client."""

import json
import pathlib
import sys
import urllib.error
import urllib.request

SOURCE = pathlib.Path(sys.argv[1]).resolve()
COGMOCK = sys.argv[2]
sys.path.insert(0, str(SOURCE / "tests" / "support"))

from browser import WAIT_S, BrowserCase  # noqa: E402
from cogmock import Cogmock  # noqa: E402

HOSTILE = "<img src=x onerror=\"window.isHacked=1\">"


class Client:
    """Someone's client, who talks to one tenant."""

    def __init__(self, base_url):
        self.base_url = base_url
        self.bearer = None

    def call(self, method, path, body=None, headers=None, timeout=WAIT_S):
        """(status, text) of the answer."""
        sent = dict(headers or {})
        if self.bearer is not None:
            sent.setdefault("Authorization", f"Bearer {self.bearer}")
        if isinstance(body, (dict, list)):
            body, sent["Content-Type"] = json.dumps(body), "application/json"
        url = path if path.startswith("http") else self.base_url + path
        request = urllib.request.Request(url, body and body.encode(), sent, method=method)
        try:
            with urllib.request.urlopen(request, timeout=timeout) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()

    def log_in(self):
        status, text = self.call("POST", "/oauth/token", "grant_type=client_credentials", {
            "Authorization": "Basic ZGV2LWNsaWVudDpkZXYtc2VjcmV0",
            "Content-Type": "application/x-www-form-urlencoded"})
        assert status == 200, text
        self.bearer = json.loads(text)["access_token"]
        return self.bearer

    def promote(self):
        status, text = self.call("POST", "/deployments/promote", {
            "source_environment_id": "env-source", "target_environment_id": "env-target",
            "resolve_dependencies": True, "sync_configuration": True,
            "platform_version_compatibility": "v1.18.0", "override_active_sessions": False,
            "include_webhooks": True, "include_integrations": True})
        assert status in (201, 202), text
        return json.loads(text)["job_id"]


class ConsoleCase(BrowserCase):
    """A page, a client and the control plane of a tenant that is this test's alone."""

    scenario = {}
    """Of the tenant."""
    token = None
    """Of the control plane; None: nobody needs one."""

    @classmethod
    def arguments(cls):
        """Of the server, beside those that every one has."""
        return ()

    @classmethod
    def setUpClass(cls):
        cls.server = Cogmock(COGMOCK, *cls.arguments())
        cls.server.__enter__()
        cls.addClassCleanup(cls.server.__exit__)
        super().setUpClass()
        cls.origin = "http://127.0.0.1:%d" % cls.server.ready["port"]

    def setUp(self):
        self.tenant = self.id().rpartition(".")[2].replace("_", "-")[:60]
        self.client = Client(f"{self.origin}/t/{self.tenant}/api/v1")
        super().setUp()
        self.control("PUT", "", self.scenario)
        self.open()

    def control(self, method, path, body=None, tenant=None):
        url = f"{self.origin}/__mock/v1/tenants/{tenant or self.tenant}{path}"
        caller = Client("")
        caller.bearer = self.token
        status, text = caller.call(method, url, body)
        self.assertLess(status, 300, text)
        return json.loads(text) if text else None

    def open(self):
        self.browser.get(f"{self.origin}/__mock/?tenant={self.tenant}")
        self.until_text("#connection", "Live")
        self.until(lambda: self.all("#environments-rows article"))

    def rows(self):
        return self.all("#requests-rows tr")
