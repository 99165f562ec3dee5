"""A test that looks at a report's page, opened from a file."""

import json
import pathlib
import subprocess
import tempfile

from browser import BrowserCase


class ReportCase(BrowserCase):
    """A page of its own."""

    writer = ()  # The command that makes a page out of JSON.

    def setUp(self):
        super().setUp()
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.path = pathlib.Path(folder.name) / "report.html"

    def write(self, results):
        text = results if isinstance(results, str) else json.dumps(results)
        written = subprocess.run(self.writer, input=text.encode(), capture_output=True, check=True)
        self.path.write_bytes(written.stdout)

    def go(self, route="#/"):
        """As somebody who opens the file there, and not one who follows a link."""
        self.browser.get("about:blank")
        self.browser.get(self.path.as_uri() + route)
        self.until(lambda: self.all("#view h1, #view .error"))

    def show(self, results, route="#/"):
        self.write(results)
        self.go(route)

    def run_script(self, script, *arguments):
        return self.browser.execute_script(script, *arguments)

    def route(self):
        return self.run_script("return location.hash")
