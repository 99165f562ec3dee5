"""A running drill on the console: for who leads it, and for who only looks on.

usage: drill_test.py SOURCE-FOLDER COGMOCK

Each test works on a tenant of its own. Nothing sleeps: it is always a condition that is waited for.
"""

import pathlib
import tempfile

from selenium.webdriver.common.keys import Keys

from console_case import HOSTILE, ConsoleCase
from browser import CONTRAST, JUTS_OUT, NARROW, WIDE
from tap_unittest import main

TOKEN = "correct-horse-battery"
SCENARIO = {
    "faults": [{"call": "sessions", "inject": "reset_after_apply"}],
    "injects": [
        {"name": "needle-job", "text": "the job fails half-way", "after": "promote",
         "window": ["28s", "40s"], "job": {"fail": "database lock"}},
        {"name": "needle-told", "text": "somebody telephones", "at": "1h"},
        {"name": "hostile", "text": HOSTILE, "at": "2h"},
    ],
}
# What is on the page for somebody who looks at it.
SEEN = "return document.body.innerText"
# What the page has in it at all, also where nobody sees it.
CONTAINED = "return document.documentElement.outerHTML"


class Drill(ConsoleCase):
    """The facilitator's page."""

    scenario = SCENARIO

    def setUp(self):
        super().setUp()
        self.until(lambda: len(self.all("#drill-rows article")) == 3)
        self.refresh_clock()

    def refresh_clock(self):
        self.until(lambda: self.text("#clock-since") != "–")

    def inject(self, name):
        return f"[aria-label='Inject {name}']"

    def strike(self, name):
        self.button(self.inject(name), "Strike now…").click()
        self.until(lambda: self.one("#confirm-dialog").is_displayed())

    def test_what_strikes_when_is_told(self):
        self.until_text(self.inject("needle-told"), "set")
        self.until_text(self.inject("needle-told"), "somebody telephones")
        self.until_text(self.inject("needle-told"), "at 1:00:00.000")
        self.until_text(self.inject("needle-job"), "waiting")
        self.until_text(self.inject("needle-job"), "the job fails: database lock")
        self.until_text(self.inject("needle-job"), "28 s to 40 s after promote")
        self.until_text("#drill-count", "0 of 3 injects struck")

    def test_what_a_scenario_says_is_text(self):
        self.until_text(self.inject("hostile"), HOSTILE)
        self.assertIsNone(self.browser.execute_script("return window.isHacked"))

    def test_a_countdown_runs_by_the_tenants_clock(self):
        self.control("PUT", "/clock", {"mode": "stopped"})
        self.control("POST", "/clock/advance", {"by": "59m"})
        self.until_text("#clock-mode", "stopped")
        countdown = f"{self.inject('needle-told')} .countdown"
        self.until(lambda: self.text(countdown).startswith("in ") and
                   0 < float(self.text(countdown).split()[1]) <= 60)
        before = self.text(countdown)
        self.control("POST", "/clock/advance", {"by": "10s"})
        self.until(lambda: self.text(countdown) != before)

    def test_one_strikes_by_hand_once_that_is_confirmed(self):
        self.strike("needle-told")
        self.until_text("#confirm-text", "somebody telephones")
        self.one("#confirm-yes").click()
        self.until_text(self.inject("needle-told"), "struck")
        self.until_text(self.inject("needle-told"), "by hand")
        self.until_text("#drill .done", "needle-told has struck")
        self.assertFalse(self.button(self.inject("needle-told"), "Strike now…").is_displayed())
        self.assertEqual(self.control("GET", "/injects")["injects"][1]["status"], "struck")

    def test_who_declines_lets_nothing_strike(self):
        self.strike("needle-told")
        self.keys(Keys.ESCAPE)
        self.until(lambda: not self.one("#confirm-dialog").is_displayed())
        self.assertEqual(self.control("GET", "/injects")["injects"][1]["status"], "set")

    def test_one_that_can_do_nothing_says_why(self):
        self.strike("needle-job")
        self.one("#confirm-yes").click()
        self.until_text(self.inject("needle-job"), "failed")
        self.until_text(self.inject("needle-job"), "in vain: no job ran at that moment")

    def test_it_is_followed_while_it_strikes_by_itself(self):
        self.control("PUT", "/clock", {"mode": "stopped"})
        self.client.log_in()
        self.client.promote()
        self.until_text(self.inject("needle-job"), "set")
        self.control("POST", "/clock/advance", {"by": "41s"})
        self.until_text(self.inject("needle-job"), "struck")
        self.until_text("#jobs-rows", "database lock")
        self.until_text("#drill-count", "1 of 3 injects struck")

    def test_where_nothing_is_to_strike_there_is_no_drill(self):
        self.control("PUT", "", {})
        self.until(lambda: not self.one("#drill").is_displayed())

    def test_it_can_be_read_in_every_light_and_width(self):
        for scheme in ("light", "dark"):
            self.emulate(scheme=scheme)
            self.assertEqual(self.browser.execute_script(CONTRAST), [], scheme)
        for size in (NARROW, (768, 900), (1024, 700), WIDE):
            self.emulate(size)
            self.assertEqual((size, self.browser.execute_script(JUTS_OUT)), (size, []))


class Observer(ConsoleCase):
    """The page of one without the token, beside a facilitator who acts over the control plane."""

    scenario = SCENARIO
    token = TOKEN

    @classmethod
    def arguments(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        path = pathlib.Path(folder.name, "token")
        path.write_text(TOKEN)
        path.chmod(0o600)
        return ("--control-token-file", str(path), "--observers")

    def tearDown(self):
        super().tearDown()
        self.browser.execute_script("sessionStorage.clear()")

    def enter(self, token):
        self.one("#token-enter").click()
        self.until(lambda: self.one("#token-dialog").is_displayed())
        self.one("#token-input").send_keys(token, Keys.ENTER)

    def displayed(self, selector):
        return any(element.is_displayed() for element in self.all(selector))

    def test_only_what_an_operator_would_see_is_there(self):
        self.assertIn("Observer’s view", self.browser.execute_script(SEEN))
        for section in ("clock", "requests", "environments", "jobs"):
            self.assertTrue(self.displayed(f"#{section}"), section)
        for section in ("drill", "faults", "tokens", "conduct", "webhooks"):
            self.assertFalse(self.displayed(f"#{section}"), section)
        buttons = [element.accessible_name for element in self.all("header button, main button")
                   if element.is_displayed()]
        self.assertEqual(buttons, ["Copy the address of the API", "Enter the token…",
                                   "Help and shortcuts", "Pause"])
        self.assertFalse(self.displayed("main input:not([type=search])"))

    def test_nothing_of_faults_and_injects_is_on_the_page(self):
        self.client.log_in()
        self.client.promote()
        with self.assertRaises(OSError):
            self.client.call("GET", "/environments/env-target/sessions")
        self.control("POST", "/injects/needle-told/strike")
        self.until_text("#jobs-rows", "running")
        self.until(lambda: len(self.rows()) == 3)
        self.assertNotIn("needle", self.browser.execute_script(CONTAINED))
        self.assertNotIn("reset", self.browser.execute_script(SEEN))
        self.one("#requests-rows .row-button").click()
        self.until_text("#request-title", "sessions")
        self.until(lambda: self.text("#request-body") != "")
        self.assertNotIn("reset", self.browser.execute_script(SEEN))

    def test_what_happens_is_followed(self):
        self.client.log_in()
        self.client.promote()
        self.until_text("#jobs-rows", "running")
        self.until(lambda: len(self.rows()) == 2)
        self.control("PUT", "/sessions/env-target", {"active": 3})
        self.until_text("#environments-rows", "3 active sessions")

    def test_the_page_asks_for_nothing_that_is_refused(self):
        self.client.log_in()
        self.until(lambda: len(self.rows()) == 1)
        self.assertFalse(self.one("#token-dialog").is_displayed())
        self.assertEqual(self.text("main .error").strip(), "")

    def test_the_token_makes_it_the_facilitators(self):
        self.refusals_expected = True
        self.enter("wrong-horse")
        self.until_text("#token-dialog .error", "does not know this token")
        self.one("#token-input").send_keys(TOKEN, Keys.ENTER)
        self.until(lambda: self.displayed("#drill"))
        self.until(lambda: len(self.all("#drill-rows article")) == 3)
        self.assertFalse(self.displayed("#observer-note"))

    def test_who_gives_no_right_token_stays_an_observer(self):
        self.refusals_expected = True
        self.enter("wrong-horse")
        self.until_text("#token-dialog .error", "does not know this token")
        self.keys(Keys.ESCAPE)
        self.until(lambda: not self.one("#token-dialog").is_displayed())
        self.open()
        self.assertTrue(self.displayed("#observer-note"))
        self.client.log_in()
        self.until(lambda: len(self.rows()) == 1)

    def test_it_can_be_read_in_every_light_and_width(self):
        self.client.log_in()
        self.client.promote()
        self.until_text("#jobs-rows", "running")
        for scheme in ("light", "dark"):
            self.emulate(scheme=scheme)
            self.assertEqual(self.browser.execute_script(CONTRAST), [], scheme)
        for size in (NARROW, (768, 900), (1024, 700), WIDE):
            self.emulate(size)
            self.assertEqual((size, self.browser.execute_script(JUTS_OUT)), (size, []))


main()
