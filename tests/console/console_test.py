"""The console in headless Chromium, against a fake of its own on real sockets.

usage: console_test.py SOURCE-FOLDER COGMOCK

Each test works on a tenant of its own. Nothing sleeps: it is always a condition that is waited for.
"""

import http.client
import http.server
import json
import pathlib
import signal
import subprocess
import sys
import tempfile
import threading
import unittest
import urllib.error
import urllib.parse
import urllib.request

from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from console_case import COGMOCK, HOSTILE, Client, ConsoleCase
from browser import CONTRAST, JUTS_OUT, NARROW, WAIT_S, WIDE
from tap_unittest import main

class Gate(http.server.BaseHTTPRequestHandler):
    """Stands before the fake and wants a token for its control plane, as one on a network does."""

    protocol_version = "HTTP/1.0"
    token = "right"
    port = None

    def log_message(self, *_):
        pass

    def pass_on(self):
        is_asked = self.path.startswith("/__mock/v1/")
        if is_asked and self.headers.get("Authorization") != f"Bearer {self.token}":
            self.send_response(401)
            self.end_headers()
            return
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        there = http.client.HTTPConnection("127.0.0.1", self.port)
        there.request(self.command, self.path, body or None, dict(self.headers))
        answer = there.getresponse()
        self.send_response(answer.status)
        for name in ("Content-Type", "Content-Security-Policy"):
            if answer.getheader(name) is not None:
                self.send_header(name, answer.getheader(name))
        self.end_headers()
        try:
            while piece := answer.read1():
                self.wfile.write(piece)
                self.wfile.flush()
        except (OSError, http.client.HTTPException):
            pass  # The browser went on to another page.
        finally:
            there.close()

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = pass_on


class Requests(ConsoleCase):
    def test_requests_appear_as_they_come_newest_first(self):
        self.client.call("GET", "/health")
        self.until_text("#requests-rows", "/health")
        self.client.log_in()
        self.until(lambda: len(self.rows()) == 2)
        self.assertIn("token", self.rows()[0].text)
        self.assertIn("200", self.rows()[0].text)
        self.assertIn("401", self.rows()[1].text)

    def test_what_a_client_sends_is_shown_as_text(self):
        self.client.log_in()
        path = "/environments/" + urllib.parse.quote(HOSTILE, safe="") + "/sessions"
        self.client.call("GET", path, headers={"X-Request-Id": HOSTILE})
        self.client.call("POST", "/deployments/promote", {HOSTILE: f"</script>{HOSTILE}"},
                         headers={"X-Evil": HOSTILE})
        self.until_text("#requests-rows", "/deployments/promote")
        self.rows()[0].find_element(By.TAG_NAME, "button").click()
        self.until_text("#request-body pre", "</script><img src=x")
        self.until_text("#request-body td", HOSTILE)
        self.assertEqual(self.all("img"), [])

    def test_a_request_shows_headers_bodies_timing_and_why(self):
        self.client.log_in()
        self.client.call("GET", "/environments/env-target/sessions", headers={"X-Colour": "green"})
        self.until(lambda: len(self.rows()) == 2)
        self.rows()[0].find_element(By.TAG_NAME, "button").click()
        self.until_text("#request-body", "active_sessions")
        shown = self.text("#request-body").lower()
        self.assertIn("x-colour", shown)
        self.assertIn("green", shown)
        self.assertIn("content-type", shown)
        self.keys("j")
        self.until_text("#request-title", "token")
        self.keys(Keys.ESCAPE)
        self.until(lambda: not self.one("#request-dialog").is_displayed())

    def test_no_secret_of_a_client_is_shown(self):
        bearer = self.client.log_in()
        self.client.call("GET", "/health")
        self.until(lambda: len(self.rows()) == 2)
        for row in (0, 1):
            self.rows()[row].find_element(By.TAG_NAME, "button").click()
            self.until_text("#request-body", "body")
            page = self.browser.execute_script("return document.documentElement.textContent")
            self.assertNotIn(bearer, page)
            self.assertNotIn("ZGV2LWNsaWVudDpkZXYtc2VjcmV0", page)
            self.keys(Keys.ESCAPE)

    def test_the_list_can_be_filtered(self):
        self.client.log_in()
        self.client.call("GET", "/health")
        self.client.call("GET", "/environments/nowhere/sessions")
        self.until(lambda: len(self.rows()) == 3)
        self.choose("#filter-call", "health")
        self.until(lambda: len(self.rows()) == 1)
        self.choose("#filter-call", "")
        self.choose("#filter-status", "4")
        self.until(lambda: len(self.rows()) == 1)
        self.assertIn("404", self.rows()[0].text)
        self.choose("#filter-status", "")
        self.one("#filter-text").send_keys("NOWHERE")
        self.until(lambda: len(self.rows()) == 1)
        self.one("#filter-text").send_keys("-else")
        self.until(lambda: not self.rows())
        self.until_text("#requests .empty", "No request fits the filter")

    def test_a_paused_list_stands_still_and_counts(self):
        self.client.call("GET", "/health")
        self.until(lambda: len(self.rows()) == 1)
        self.button("#requests", "Pause").click()
        self.client.call("GET", "/health")
        self.client.call("GET", "/health")
        self.until_text("#requests-pause", "2 new")
        self.assertEqual(len(self.rows()), 1)
        self.one("#requests-pause").click()
        self.until(lambda: len(self.rows()) == 3)

    def test_the_list_is_saved_as_har(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.browser.execute_cdp_cmd("Browser.setDownloadBehavior", {
            "behavior": "allow", "downloadPath": folder.name})
        self.client.call("GET", "/health")
        self.until(lambda: len(self.rows()) == 1)
        self.one("#requests-har").click()
        path = pathlib.Path(folder.name) / f"{self.tenant}.har"
        self.until(path.exists, "no file came")
        self.assertIn("/health", path.read_text())

    def test_the_page_keeps_the_newest_200_rows(self):
        for _ in range(230):
            self.client.call("GET", "/health")
        self.client.log_in()
        self.until_text("#requests-rows tr:first-child", "token")
        self.assertEqual(len(self.rows()), 200)

    def test_live_data_moves_nothing_else(self):
        self.client.log_in()
        self.until(lambda: len(self.rows()) == 1)
        self.browser.execute_script("""
            window.shift = 0;
            new PerformanceObserver((list) => {
                for (const entry of list.getEntries()) window.shift += entry.value;
            }).observe({type: "layout-shift"});""")
        for _ in range(30):
            self.client.call("GET", "/health")
        self.client.promote()
        self.until(lambda: len(self.rows()) == 32)
        self.until_text("#jobs-rows", "job-")
        self.assertLess(self.browser.execute_script("return window.shift"), 0.01)


class Faults(ConsoleCase):
    def test_a_click_arms_a_fault_and_a_request_hits_it(self):
        self.client.log_in()
        self.choose("#fault-call", "health")
        self.button("#faults", "503").click()
        self.until_text("#faults-rows", "health")
        self.assertEqual(self.client.call("GET", "/health")[0], 503)
        self.assertEqual(self.client.call("GET", "/health")[0], 200)
        self.until_text("#faults-rows .number", "1")
        self.until_text("#requests-rows", "by a fault")

    def test_every_preset_is_taken(self):
        buttons = self.all("#fault-presets button")
        for count, button in enumerate(buttons, 1):
            button.click()
            self.until(lambda count=count: len(self.all("#faults-rows tr")) == count,
                       self.text("#faults .error"))
        self.assertGreaterEqual(len(buttons), 7)
        self.assertFalse(self.one("#faults .error").is_displayed())

    def test_a_fault_can_be_removed_and_all_of_them(self):
        for label in ("Hang", "503", "401 once"):
            self.button("#fault-presets", label).click()
            self.until_text("#faults .done", label)
        self.until(lambda: len(self.all("#faults-rows tr")) == 3)
        self.all("#faults-rows button")[0].click()
        self.until(lambda: len(self.all("#faults-rows tr")) == 2)
        self.one("#faults-clear").click()
        self.until_text("#faults .empty", "No fault is armed")
        self.until(lambda: not self.all("#faults-rows tr"))
        self.assertEqual(self.control("GET", "/faults")["faults"], [])

    def test_an_error_is_shown_where_it_arose(self):
        self.refusals_expected = True
        self.one("#faults summary").click()
        field = self.one("#fault-json")
        field.clear()
        field.send_keys('{"call": "nonsense", "inject": {"status": 503}}')
        self.button("#fault-form", "Arm").click()
        self.until_text("#faults .error", "nonsense")
        field.clear()
        field.send_keys('{"faults": [{"call": "health", "inject": "not_json"}]}')
        self.button("#fault-form", "Arm").click()
        self.until_text("#faults-rows", "not json")
        self.assertFalse(self.one("#faults .error").is_displayed())

    def test_the_next_jobs_fail_at_60_per_cent(self):
        self.client.log_in()
        self.button("#faults", "fail at 60 %").click()
        self.until_text("#faults .done", "fail")
        self.client.promote()
        self.until_text("#jobs-rows", "running")
        self.control("POST", "/clock/advance", {"by": "5m"})
        self.until_text("#jobs-rows", "failed by hand at 60 %")
        self.assertEqual(self.one("#jobs-rows progress").get_attribute("value"), "60")

    def test_sessions_open_by_a_click(self):
        self.client.log_in()
        self.button("#faults", "3 sessions open").click()
        self.until_text("#faults .done", "env-target")
        status, text = self.client.call("GET", "/environments/env-target/sessions")
        self.assertIn('"active_sessions":3', text.replace(" ", ""), status)


class Clock(ConsoleCase):
    def test_a_stopped_clock_is_turned_by_hand(self):
        self.button("#clock", "Stop").click()
        self.until_text("#clock-mode", "stopped")
        before = self.control("GET", "/clock")["now_ms"]
        self.button("#clock", "+15 min").click()
        self.until_text("#clock-happened", "Turned by 15 min")
        self.button("#clock", "+1 min").click()
        self.until_text("#clock-happened", "Turned by 1 min")
        self.assertEqual(self.control("GET", "/clock")["now_ms"], before + 16 * 60000)
        self.until_text("#clock-since", "16:")
        self.button("#clock", "Go on").click()
        self.until_text("#clock-mode", "real")

    def test_it_jumps_to_the_next_thing_due(self):
        self.client.log_in()
        self.control("PUT", "/clock", {"mode": "stopped"})
        self.client.promote()
        self.until_text("#jobs-rows", "running")
        self.button("#clock", "Next thing due").click()
        self.until(lambda: self.one("#jobs-rows progress").get_attribute("value") == "20")
        self.until_text("#clock-happened", "Turned by 12 s")

    def test_it_can_run_faster(self):
        field = self.one("#clock-scale")
        field.clear()
        field.send_keys("60", Keys.ENTER)
        self.until_text("#clock-mode", "60 times as fast")
        self.assertEqual(self.control("GET", "/clock")["scale"], 60)


class World(ConsoleCase):
    def test_a_jobs_progress_is_shown_live_and_the_target_changes(self):
        self.client.log_in()
        self.control("PUT", "/clock", {"mode": "stopped"})
        self.client.promote()
        for by, percent in (("12s", "20"), ("12s", "40"), ("12s", "60")):
            self.control("POST", "/clock/advance", {"by": by})
            self.until(lambda percent=percent:
                       self.one("#jobs-rows progress").get_attribute("value") == percent)
        self.control("POST", "/clock/advance", {"by": "24s"})
        self.until_text("#jobs-rows .badge", "completed")
        self.until_text("#environments-rows article:last-child .badge", "changed")
        self.assertIn("as at the start", self.text("#environments-rows article:first-child .badge"))

    def test_a_job_is_held_and_ended_by_hand(self):
        self.client.log_in()
        self.control("PUT", "/clock", {"mode": "stopped"})
        job = self.client.promote()
        self.until_text("#jobs-rows", job)
        self.button("#jobs-rows", "Hold").click()
        self.until(lambda: not self.one("#jobs .error").is_displayed())
        self.button("#jobs-rows", "Fail").click()
        self.until_text("#jobs-rows .badge", "failed")
        status, text = self.client.call("GET", f"/deployments/{job}/status")
        self.assertIn("failed by hand", text, status)
        self.assertFalse(self.button("#jobs-rows", "Complete").is_enabled())

    def test_an_environment_shows_its_content_and_takes_sessions(self):
        article = "#environments-rows article:last-child"
        self.assertIn("env-target", self.text(f"{article} h3"))
        known = next(one for one in self.control("GET", "/environments")["environments"]
                     if one["id"] == "env-target")
        self.assertIn(known["content_digest"][:16], self.text(f"{article} .digest"))
        field = self.one(f"{article} input")
        field.clear()
        field.send_keys("7", Keys.ENTER)
        self.client.log_in()
        self.until(lambda: '"active_sessions":7' in self.client.call(
            "GET", "/environments/env-target/sessions")[1].replace(" ", ""))
        self.control("PUT", "/sessions/env-target", {"active": 2})
        self.until(lambda: self.one(f"{article} input").get_attribute("value") == "2")

    def test_a_token_is_listed_and_revoked(self):
        self.client.log_in()
        self.until_text("#tokens-rows", "valid")
        self.assertEqual(self.client.call("GET", "/health")[0], 200)
        self.button("#tokens-rows", "Revoke").click()
        self.until_text("#tokens-rows", "revoked")
        self.assertEqual(self.client.call("GET", "/health")[0], 401)

    def test_bad_conduct_is_told(self):
        self.client.log_in()
        self.until_text("#conduct-verdict", "good")
        self.control("POST", "/faults", {"call": "health", "inject": {
            "status": 429, "retry_after": "1h"}})
        for attempt in ("1", "2"):
            self.client.call("GET", "/health", headers={"X-Request-Id": "r", "X-Attempt": attempt})
        self.until_text("#conduct-verdict", "bad")
        self.assertIn("early retry", self.text("#conduct-rows"))
        self.one("#conduct-rows button").click()
        self.until_text("#request-title", "health")

    def test_a_delivery_is_shown(self):
        self.control("PUT", "/hooks/ci", {"secret": "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"})
        self.client.call("POST", f"{self.origin}/t/{self.tenant}/hooks/ci",
                         {"event": "deployment.completed", "data": {}})
        self.until_text("#webhooks-rows", "deployment.completed")
        self.assertIn("ci", self.text("#webhooks-rows th"))
        self.assertIn("absent", self.text("#webhooks-rows .badge"))


class Tenants(ConsoleCase):
    def test_one_is_made_from_a_pasted_scenario(self):
        self.refusals_expected = True
        self.one("#tenant-new").click()
        self.one("#tenant-name").send_keys("pasted")
        field = self.one("#tenant-scenario")
        field.clear()
        field.send_keys('{"server": {"sesions": []}}')
        self.button("#tenant-form", "Create").click()
        self.until_text("#tenant-form .error", "sesions")
        field.clear()
        field.send_keys('{"server": {"environments": {"env-third": {"name": "' +
                        HOSTILE.replace('"', "'") + '"}}}} // a remark')
        self.button("#tenant-form", "Create").click()
        self.until_text("#environments-rows", "env-third")
        self.until_text("#environments-rows", "<img src=x")
        self.assertEqual(self.all("img"), [])
        self.until_text("#address", "/t/pasted/api/v1")
        self.assertIn("tenant=pasted", self.browser.current_url)

    def test_a_reset_begins_again(self):
        self.client.log_in()
        self.client.promote()
        self.until_text("#jobs-rows", "running")
        self.one("#tenant-reset").click()
        self.until(lambda: self.one("#confirm-dialog").is_displayed())
        self.one("#confirm-yes").click()
        self.until(lambda: not self.rows() and not self.all("#jobs-rows article"))
        self.assertEqual(self.control("GET", "/jobs")["jobs"], [])

    def test_a_question_can_be_declined(self):
        self.client.log_in()
        self.until(lambda: len(self.rows()) == 1)
        self.one("#tenant-delete").click()
        self.until(lambda: self.one("#confirm-dialog").is_displayed())
        self.keys(Keys.ESCAPE)
        self.until(lambda: not self.one("#confirm-dialog").is_displayed())
        names = [one["name"] for one in json.loads(Client("").call(
            "GET", f"{self.origin}/__mock/v1/tenants")[1])["tenants"]]
        self.assertIn(self.tenant, names)

    def test_a_deleted_one_gives_way_to_the_default(self):
        self.one("#tenant-delete").click()
        self.until(lambda: self.one("#confirm-dialog").is_displayed())
        self.one("#confirm-yes").click()
        self.until(lambda: self.one("#tenant").get_attribute("value") == "default")
        self.until(lambda: not self.one("#tenant-delete").is_enabled())

    def test_another_can_be_chosen_and_shows_nothing_of_the_first(self):
        self.client.log_in()
        self.until(lambda: len(self.rows()) == 1)
        self.control("PUT", "", {}, tenant="other")
        self.one("#connection").click()
        self.browser.execute_script("document.getElementById('tenant').focus()")
        self.until(lambda: self.all("#tenant option[value=other]"))
        self.choose("#tenant", "other")
        self.until_text("#address", "/t/other/api/v1")
        self.until(lambda: not self.rows())


class Reading(ConsoleCase):
    """For everyone: by keyboard, by ear, in the dark, on a telephone."""

    def fill(self):
        self.client.log_in()
        self.client.promote()
        self.client.call("GET", "/environments/" + "long-name-" * 30 + "/sessions")
        self.button("#fault-presets", "Hang").click()
        self.button("#fault-presets", "429, wait 5 s").click()
        self.until_text("#jobs-rows", "running")
        self.until_text("#tokens-rows", "valid")
        self.until(lambda: len(self.rows()) == 3 and len(self.all("#faults-rows tr")) == 2)

    def test_a_fault_is_armed_and_a_request_read_with_the_keyboard_alone(self):
        self.client.log_in()
        self.client.call("GET", "/health")
        self.until(lambda: len(self.rows()) == 2)
        self.keys(Keys.TAB)
        self.assertEqual(self.focused().text, "Skip to the requests")
        self.keys("2")
        self.assertEqual(self.focused().get_attribute("id"), "faults")
        self.keys(Keys.TAB, Keys.NULL)
        while self.focused().text != "503":
            self.keys(Keys.TAB)
        self.keys(Keys.ENTER)
        self.until_text("#faults-rows", "promote")
        self.keys("j")
        self.assertIn("health", self.focused().text)
        self.keys(Keys.ARROW_DOWN)
        self.assertIn("token", self.focused().text)
        self.keys(Keys.ENTER)
        self.until_text("#request-title", "token")
        self.keys(Keys.ESCAPE)
        self.until(lambda: not self.one("#request-dialog").is_displayed())
        self.assertIn("token", self.focused().text)

    def test_shortcuts_are_listed_and_can_be_turned_off(self):
        self.keys("?")
        self.until(lambda: self.one("#help-dialog").is_displayed())
        self.one("#shortcuts-on").click()
        self.keys(Keys.ESCAPE)
        self.until(lambda: not self.one("#help-dialog").is_displayed())
        self.keys("p")
        self.assertEqual(self.text("#requests-pause"), "Pause")
        self.one("#help-open").click()
        self.one("#shortcuts-on").click()
        self.keys(Keys.ESCAPE)
        self.keys("p")
        self.until_text("#requests-pause", "Go on")

    def test_focus_can_be_seen(self):
        self.keys(Keys.TAB, Keys.TAB)
        style = self.browser.execute_script(
            "const s = getComputedStyle(document.activeElement); return [s.outlineStyle, s.outlineWidth]")
        self.assertEqual(style, ["solid", "2px"])

    def test_everything_has_a_name_and_a_place(self):
        self.fill()
        self.one("#faults summary").click()
        for element in self.all("main button, main input, main select, main textarea, header button"):
            if element.is_displayed():
                self.assertNotEqual(element.accessible_name, "", element.get_attribute("outerHTML"))
        for selector in ("header", "nav[aria-label]", "main"):
            self.assertEqual(len(self.all(f"body > {selector}")), 1, selector)
        self.assertEqual(self.all("thead th:not([scope])"), [])
        self.assertEqual(self.all("section:not([aria-labelledby])"), [])
        doubled = self.browser.execute_script("""
            const ids = [...document.querySelectorAll("[id]")].map((node) => node.id);
            return ids.filter((id, index) => ids.indexOf(id) !== index);""")
        self.assertEqual(doubled, [])
        self.assertTrue(self.all("#requests-news[role=status]"))
        self.assertEqual(len(self.all(".error:not([role=alert])")), 0)

    def test_both_schemes_have_enough_contrast(self):
        self.fill()
        grounds = []
        for scheme in ("light", "dark"):
            self.emulate(scheme=scheme)
            grounds.append(self.browser.execute_script(
                "return getComputedStyle(document.body).backgroundColor"))
            self.assertEqual(self.browser.execute_script(CONTRAST), [], scheme)
        self.assertNotEqual(*grounds)

    def test_no_width_scrolls_sideways(self):
        self.fill()
        for size in (NARROW, (768, 900), (1024, 700), WIDE):
            self.emulate(size)
            wide = self.browser.execute_script(
                "return document.documentElement.scrollWidth - document.documentElement.clientWidth")
            self.assertEqual((size, wide, self.browser.execute_script(JUTS_OUT)), (size, 0, []))

    def test_all_areas_can_be_reached_on_a_narrow_window(self):
        self.control("PUT", "", {"injects": [{"name": "told", "at": "1h"}]})
        self.until(lambda: self.one("#drill").is_displayed())
        self.emulate(NARROW)
        for link in self.all(".sections a"):
            link.click()
            section = self.one("#" + link.get_attribute("href").partition("#")[2])
            self.until(lambda section=section: self.browser.execute_script(
                "const r = arguments[0].getBoundingClientRect(); return r.top < innerHeight && r.bottom > 0",
                section))


class Safety(ConsoleCase):
    def test_the_policy_is_in_force(self):
        with urllib.request.urlopen(f"{self.origin}/__mock/") as answer:
            policy = answer.headers["Content-Security-Policy"]
        self.assertIn("default-src 'none'", policy)
        self.assertNotIn("unsafe", policy)
        self.refusals_expected = True
        blocked = self.browser.execute_async_script("""
            const done = arguments[0];
            document.addEventListener("securitypolicyviolation",
                (event) => done(event.violatedDirective), {once: true});
            const script = document.createElement("img");
            script.src = "http://127.0.0.1:9/x.png";
            document.body.append(script);""")
        self.assertEqual(blocked, "img-src")
        refused = self.browser.execute_script("""
            try {
                document.body.insertAdjacentHTML("beforeend", "<b></b>");
                return "taken";
            } catch (error) {
                return error.name;
            }""")
        self.assertEqual(refused, "TypeError")
        self.browser.get_log("browser")

    def test_a_token_is_asked_for_and_kept_in_the_tab(self):
        self.refusals_expected = True
        gate = http.server.ThreadingHTTPServer(("127.0.0.1", 0), type(
            "PortGate", (Gate,), {"port": self.server.ready["port"]}))
        gate.daemon_threads = True
        threading.Thread(target=gate.serve_forever, daemon=True).start()
        self.addCleanup(gate.server_close)
        self.addCleanup(gate.shutdown)
        address = f"http://127.0.0.1:{gate.server_port}/__mock/?tenant={self.tenant}"
        self.browser.get(address)
        self.until(lambda: self.one("#token-dialog").is_displayed())
        self.keys(Keys.ESCAPE)
        self.until(lambda: self.one("#token-enter").is_displayed())
        self.one("#token-enter").click()
        self.one("#token-input").send_keys("wrong", Keys.ENTER)
        self.until_text("#token-dialog .error", "does not know this token")
        self.one("#token-input").send_keys("right", Keys.ENTER)
        self.until_text("#connection", "Live")
        self.until(lambda: self.all("#environments-rows article"))
        self.browser.get(address)
        self.until_text("#connection", "Live")
        self.assertFalse(self.one("#token-dialog").is_displayed())
        self.browser.get("about:blank")

    def test_nothing_comes_from_elsewhere(self):
        self.until(lambda: len(self.browser.execute_script(
            "return performance.getEntriesByType('resource').map((entry) => entry.name)")) > 5)
        for name in self.browser.execute_script(
                "return performance.getEntriesByType('resource').map((entry) => entry.name)"):
            self.assertTrue(name.startswith(self.origin + "/__mock/v1/"), name)

    def test_a_lost_connection_is_told_and_found_again(self):
        self.refusals_expected = True
        port = str(self.server.ready["port"])
        self.server.process.send_signal(signal.SIGTERM)
        self.server.process.communicate(timeout=WAIT_S)
        self.until_text("#connection", "Connection lost, trying again")
        again = subprocess.Popen([COGMOCK, "serve", "--quiet", "--port", port],
                                 stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.server.process = again
        self.assertTrue(again.stdout.readline())
        self.until_text("#connection", "Live")
        self.client.call("GET", "/health")
        self.until(lambda: len(self.rows()) == 1)


main()
