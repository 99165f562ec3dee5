"""Headless Chromium, for tests of pages. Nothing sleeps: it is always a condition that is waited for."""

import unittest

from selenium import webdriver
from selenium.common.exceptions import StaleElementReferenceException
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import Select, WebDriverWait

WAIT_S = 20
WIDE, NARROW = (1440, 900), (360, 740)

# Text that can be seen, with less contrast than WCAG asks for.
CONTRAST = """
const parts = (text) => text.match(/[\\d.]+/g).map(Number);
const linear = (c) => (c /= 255) <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
const luminance = ([r, g, b]) => 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
const ground = (node) => {
    if (node instanceof SVGElement) {
        // What is drawn stands on the shape before it, where that is filled.
        const shape = node.parentElement.querySelector(":scope > rect");
        if (shape !== null) return parts(getComputedStyle(shape).fill);
    }
    for (; node !== null; node = node.parentElement) {
        const color = parts(getComputedStyle(node).backgroundColor);
        if (color.length === 3 || color[3] === 1) return color;
    }
    return parts(getComputedStyle(document.body).backgroundColor);
};
const poor = [];
for (const node of document.querySelectorAll("body *")) {
    const hasText = [...node.childNodes].some((c) => c.nodeType === 3 && c.textContent.trim() !== "");
    const style = getComputedStyle(node);
    if (!hasText || !node.checkVisibility() || node.matches(":disabled, option, .unseen, title")) continue;
    const [a, b] = [luminance(parts(node instanceof SVGElement ? style.fill : style.color)), luminance(ground(node))];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < 4.5) poor.push(`${node.tagName} ${node.getAttribute("class")} ${node.textContent.slice(0, 20)}: ${ratio.toFixed(2)}`);
}
return poor;
"""

# What keeps a wide page wide: whatever juts out and is in no part that scrolls by itself.
JUTS_OUT = """
return [...document.querySelectorAll("body *")].filter((node) =>
    node.checkVisibility() && node.getBoundingClientRect().right > innerWidth + 1 &&
    node.closest(".scroll, .sections, .unseen, dialog:not([open])") === null)
    .map((node) => `${node.tagName}#${node.id}.${node.getAttribute("class")}`);
"""


def start_browser():
    options = webdriver.ChromeOptions()
    options.binary_location = "/usr/bin/chromium"
    for argument in ("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu",
                     "--no-first-run", "--disable-background-networking", "--no-proxy-server"):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    return webdriver.Chrome(options=options, service=Service("/usr/bin/chromedriver"))


class BrowserCase(unittest.TestCase):
    """A browser of this class's own, that must not complain."""

    @classmethod
    def setUpClass(cls):
        cls.browser = start_browser()
        cls.addClassCleanup(cls.browser.quit)

    def setUp(self):
        self.refusals_expected = False
        self.emulate()

    def tearDown(self):
        complaints = [
            entry["message"] for entry in self.browser.get_log("browser")
            if entry["level"] in ("SEVERE", "WARNING")
            and not (self.refusals_expected and entry["source"] == "network")]
        self.assertEqual(complaints, [])
        self.assertIsNone(self.browser.execute_script("return window.isHacked"))

    def emulate(self, size=WIDE, scheme="light"):
        self.browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {
            "width": size[0], "height": size[1], "deviceScaleFactor": 1, "mobile": False})
        self.browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {
            "features": [{"name": "prefers-color-scheme", "value": scheme}]})

    def until(self, condition, message=""):
        return WebDriverWait(self.browser, WAIT_S, 0.05, [StaleElementReferenceException]).until(
            lambda _: condition(), message)

    def all(self, selector):
        return self.browser.find_elements(By.CSS_SELECTOR, selector)

    def one(self, selector):
        return self.browser.find_element(By.CSS_SELECTOR, selector)

    def text(self, selector):
        return " ".join(element.get_attribute("textContent") for element in self.all(selector))

    def until_text(self, selector, part):
        try:
            self.until(lambda: part in self.text(selector))
        except Exception as error:
            raise AssertionError(f"{selector}: waited for {part!r}, has {self.text(selector)!r}") from error

    def button(self, place, label):
        return self.one(place).find_element(By.XPATH, f".//button[normalize-space()='{label}']")

    def choose(self, selector, value):
        Select(self.one(selector)).select_by_value(value)

    def keys(self, *keys):
        self.browser.switch_to.active_element.send_keys(*keys)

    def focused(self):
        return self.browser.switch_to.active_element
