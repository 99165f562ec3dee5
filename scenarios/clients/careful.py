"""A client of the deployment API that is careful, with nothing but Python's standard library.

    cogdrill run --client 'python3 "$COGDRILL_DIRECTORY/scenarios/clients/careful.py"' \\
        --exit-map scenarios/clients/careful.exits.json

It waits as long as it is told to, repeats what may be repeated, settles by the list of deployments
and its idempotency key what became of a promotion whose answer was lost, rolls back what failed and
follows that to its end.
"""

import base64
import email.utils
import json
import os
import signal
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid

OPENER = urllib.request.build_opener(urllib.request.ProxyHandler({}))
SCALE = float(os.environ.get("COGDRILL_TIME_SCALE", "1"))
REQUEST_TIMEOUT, TIMEOUT, ROLLBACK_TIMEOUT, POLL = 30, 900, 900, 5
ATTEMPTS = 4
REFUSED, THROTTLED = (400, 403, 404, 405, 409, 410, 422), (425, 429, 503)


class End(Exception):
    """The run is over: its exit code, and why."""

    def __init__(self, code, text):
        super().__init__(text)
        self.code = code


class Refused(Exception):
    """The server said no."""

    def __init__(self, status, text):
        super().__init__(f"{status}: {text}")
        self.status = status


class Lost(Exception):
    """Nobody can tell whether the request was carried out."""


def now():
    """In the time of the server, which may run faster than ours."""
    return time.monotonic() * SCALE


def pause(seconds):
    time.sleep(max(0, seconds) / SCALE)


def seconds_of(headers):
    """What Retry-After asks for; None for nothing that can be read."""
    text = headers.get("Retry-After") or ""
    if text.isdigit():
        return int(text)
    try:
        due = email.utils.parsedate_to_datetime(text)
        return max(0, (due - email.utils.parsedate_to_datetime(headers["Date"])).total_seconds())
    except (TypeError, ValueError):
        return None


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


OPENER.add_handler(NoRedirect())


class Platform:
    def __init__(self, environment):
        self.base = environment["COGNIGY_API_BASE"].rstrip("/")
        self.login = (environment["COGNIGY_CLIENT_ID"], environment["COGNIGY_CLIENT_SECRET"])
        self.token = None

    def send(self, method, path, headers, body):
        """One attempt: what was answered, with its headers."""
        request = urllib.request.Request(self.base + path, body, headers, method=method)
        try:
            with OPENER.open(request, timeout=max(2, REQUEST_TIMEOUT / SCALE)) as answer:
                text = answer.read()
                if int(answer.headers.get("Content-Length") or len(text)) != len(text):
                    raise Lost("the answer was cut off")
                return answer.status, answer.headers, text
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.headers, b""
        except (OSError, ValueError, urllib.error.URLError, EOFError) as error:
            raise Lost(str(error)) from None
        except Exception as error:  # http.client has many of its own.
            raise Lost(type(error).__name__) from None

    def repeat(self, method, path, headers, body):
        """Until there is an answer that a wait would not change."""
        for attempt in range(1, ATTEMPTS + 1):
            try:
                status, answer, text = self.send(method, path, headers, body)
            except Lost:
                if attempt == ATTEMPTS:
                    raise
                pause(attempt)
                continue
            wait = seconds_of(answer)
            if attempt == ATTEMPTS or (status < 500 and status not in (408, *THROTTLED)):
                return status, answer, text
            pause(attempt if wait is None else wait)
        raise AssertionError

    def fetch_token(self):
        login = ":".join(urllib.parse.quote(word, safe="") for word in self.login)
        headers = {
            "Authorization": "Basic " + base64.b64encode(login.encode()).decode(),
            "Content-Type": "application/x-www-form-urlencoded",
        }
        body = b"grant_type=client_credentials"
        status, _, text = self.repeat("POST", "/oauth/token", headers, body)
        if status != 200:
            raise Refused(status, "no token")
        self.token = decode(text)["access_token"]

    def call(self, method, path, body=None, key=None):
        """@return the answer's object, and what it asks to wait; Refused, Lost"""
        if self.token is None:
            self.fetch_token()
        for is_renewed in (False, True):
            headers = {
                "Authorization": f"Bearer {self.token}",
                "Content-Type": "application/json",
                "X-Request-Id": str(uuid.uuid4()),
            }
            if key is not None:
                headers["Idempotency-Key"] = key
            data = None if body is None else json.dumps(body).encode()
            status, answer, text = self.repeat(method, path, headers, data)
            if status != 401 or is_renewed:
                break
            self.fetch_token()
        if 500 <= status or status == 408:
            raise Lost(f"status {status}")
        if not 200 <= status <= 299:
            raise Refused(status, f"{method} {path}")
        return (decode(text) if text or method == "GET" else {}), seconds_of(answer)


def decode(text):
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        raise Lost("the answer is not JSON") from None
    if not isinstance(value, dict):
        raise Lost("the answer is no object")
    return value


class Promotion:
    def __init__(self, environment):
        self.platform = Platform(environment)
        self.source, self.target = environment["SOURCE_ENV_ID"], environment["TARGET_ENV_ID"]
        self.webhook = environment.get("DEPLOYMENT_WEBHOOK_URL")
        self.pair = urllib.parse.urlencode({"source_environment_id": self.source,
                                            "target_environment_id": self.target})
        self.journal = os.path.join(environment.get("XDG_STATE_HOME", "."), "careful-promotion")
        self.job = None

    def check(self):
        """Nothing has been changed: any failure here is harmless."""
        place = urllib.parse.quote(self.target, safe="")
        try:
            sessions, _ = self.platform.call("GET", f"/environments/{place}/sessions")
            if sessions.get("active_sessions") != 0:
                raise End(4, f"active sessions: {sessions.get('active_sessions')}")
            self.platform.call("GET", "/health")
            self.platform.call("POST", "/conversations/simulate", {
                "environment_id": self.target, "intent": "health_check_ping",
                "entities": [{"name": "test", "value": "true"}]})
        except Refused as error:
            raise End(3 if error.status in (401, 403) else 4, str(error)) from None
        except Lost as error:
            raise End(4, f"not ready: {error}") from None

    def key(self):
        """The same for a run that takes up what another one had begun."""
        os.makedirs(os.path.dirname(self.journal), exist_ok=True)
        try:
            with open(self.journal, encoding="utf-8") as file:
                return file.read()
        except FileNotFoundError:
            key = str(uuid.uuid4())
            with open(self.journal, "w", encoding="utf-8") as file:
                file.write(key)
                os.fsync(file.fileno())
            return key

    def promote(self):
        body = {
            "source_environment_id": self.source, "target_environment_id": self.target,
            "resolve_dependencies": True, "sync_configuration": True,
            "platform_version_compatibility": "v1.18.0", "override_active_sessions": False,
            "include_webhooks": True, "include_integrations": True,
        }
        known = self.list_jobs()
        try:
            job, wait = self.platform.call("POST", "/deployments/promote", body, self.key())
            self.job = job.get("job_id")
        except Refused as error:
            raise End(3 if error.status in (401, 403) else 5, str(error)) from None
        except Lost:
            wait = None
        if not isinstance(self.job, str):
            self.job = self.settle(known)
        return wait

    def list_jobs(self):
        try:
            answer, _ = self.platform.call("GET", f"/deployments?{self.pair}")
            return [job["job_id"] for job in answer["deployments"]]
        except (Refused, Lost, KeyError, TypeError):
            return None

    def settle(self, known):
        """The answer is lost: the list says whether there is a job that was not there before."""
        jobs = self.list_jobs()
        if jobs is None or known is None:
            raise End(8, "nobody can tell whether the promotion was applied")
        new = [job for job in jobs if job not in known]
        if not new:
            raise End(5, "the promotion never arrived")
        return new[0]

    def follow(self, words, wait, limit):
        """@return the job when its status is one of `words`; None at the limit"""
        end = now() + limit
        while now() < end:
            pause(max(POLL, wait or 0))
            wait = None
            try:
                state, wait = self.platform.call("GET", f"/deployments/{self.job}/status")
            except (Refused, Lost):
                continue
            print(f"{self.job}: {state.get('status')} {state.get('progress')} %", flush=True)
            if state.get("status") in words:
                return state
        return None

    def roll_back(self, reason):
        try:
            _, wait = self.platform.call("POST", f"/deployments/{self.job}/rollback",
                                         key=str(uuid.uuid4()))
        except Refused as error:
            if error.status != 409:
                self.end(7, f"{reason}; the rollback was refused, {error}")
            wait = None
        except Lost:
            wait = None
        state = self.follow(("rolled_back", "rollback_failed"), wait, ROLLBACK_TIMEOUT)
        if state is None or state["status"] != "rolled_back":
            self.end(7, f"{reason}; the rollback is not confirmed")
        self.end(6, f"{reason}; rolled back")

    def end(self, code, text):
        self.tell("success" if code == 0 else "failed")
        try:
            os.remove(self.journal)
        except FileNotFoundError:
            pass
        raise End(code, text)

    def tell(self, word):
        """The receiver is another server: it gets no token of this one."""
        if not self.webhook:
            return
        body = json.dumps({"event": f"deployment.{word}", "data": {"job_id": self.job}}).encode()
        receiver = Platform.__new__(Platform)
        receiver.base = self.webhook
        try:
            receiver.repeat("POST", "", {"Content-Type": "application/json"}, body)
        except Lost as error:
            print(f"careful: the webhook was not delivered: {error}", file=sys.stderr)

    def run(self):
        self.check()
        wait = self.promote()
        state = self.follow(("completed", "failed", "rolled_back", "rollback_failed"), wait, TIMEOUT)
        if state is None:
            raise End(8, f"{self.job} did not end in time")
        reason = f"{self.job} failed: {state.get('error')}"
        if state["status"] == "failed":
            self.roll_back(reason)
        if state["status"] != "completed":  # The platform did not wait to be asked.
            self.end(6 if state["status"] == "rolled_back" else 7, f"{reason}; {state['status']}")
        self.end(0, f"{self.job} is promoted")


def stop(number, _):
    raise End(128 + number, f"stopped by {signal.Signals(number).name}; a running job goes on")


def main():
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, stop)
    try:
        Promotion(os.environ).run()
    except KeyError as error:
        end = End(2, f"{error} is not set")
    except Refused as error:
        end = End(3 if error.status in (400, 401, 403) else 4, str(error))
    except Lost as error:
        end = End(4, f"not ready: {error}")
    except End as error:
        end = error
    print(f"careful: {end}", file=sys.stderr)
    return end.code


if __name__ == "__main__":
    sys.exit(main())
