"""The report's page as it is put together: whole, from nowhere else, and under its own policy.

usage: page_test.py SOURCE-FOLDER
"""

import base64
import hashlib
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

SOURCE = pathlib.Path(sys.argv[1]).resolve()
FOLDER = SOURCE / "scenarios" / "runner" / "report" / "page"
sys.path.insert(0, str(SOURCE / "tests" / "support"))

from tap_unittest import main  # noqa: E402

# What makes markup or code out of text.
MARKUP = re.compile(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function|"
                    r"setHTML|DOMParser|srcdoc|javascript:")
# What talks to somebody.
TALK = re.compile(r"\bfetch\(|XMLHttpRequest|WebSocket|EventSource|sendBeacon|\bimport\(|new Worker|"
                  r"new Image|https?://(?!www\.w3\.org/2000/svg)")


class Page(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.output = self.folder / "page.c"

    def assemble(self, page):
        return subprocess.run([sys.executable, FOLDER / "assemble.py", page, self.output],
                              capture_output=True, text=True, check=False)

    def made(self):
        """(head, tail) of the C source made from the page."""
        ended = self.assemble(FOLDER / "page.html")
        self.assertEqual(ended.returncode, 0, ended.stderr)
        arrays = re.findall(r"(scn_page_\w+)\[\] = \{(.*?)\}", self.output.read_text(), re.DOTALL)
        return [bytes(int(number) for number in re.findall(r"\d+", array)).decode()
                for _, array in arrays]

    def small(self, page, script=""):
        (self.folder / "a.css").write_text("p { color: red; }")
        (self.folder / "a.js").write_text(script)
        path = self.folder / "page.html"
        path.write_text('<meta content="POLICY"><link rel="stylesheet" href="a.css">' + page +
                        '<script src="a.js"></script>')
        return path

    def test_every_script_and_style_is_in_the_page_under_its_hash(self):
        head, tail = self.made()
        policy = re.search(r'Content-Security-Policy" content="([^"]*)"', head)[1]
        parts = re.findall(r"<(script|style)>(.*?)</\1>", head + tail, re.DOTALL)
        files = sorted([*FOLDER.glob("*.js"), *FOLDER.glob("*.css")])
        self.assertEqual(sorted(text for _, text in parts), sorted(f.read_text() for f in files))
        for kind, text in parts:
            digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
            directive = next(d for d in policy.split("; ") if d.startswith(f"{kind}-src "))
            self.assertIn(f"'sha256-{digest}'", directive)

    def test_the_policy_lets_nothing_else_happen(self):
        head, _ = self.made()
        policy = re.search(r'Content-Security-Policy" content="([^"]*)"', head)[1]
        self.assertIn("default-src 'none'", policy)
        self.assertNotIn("unsafe", policy)
        self.assertNotIn("connect-src", policy)
        self.assertLess(head.index("Content-Security-Policy"), head.index("<style>"))

    def test_the_results_stand_between_head_and_tail(self):
        head, tail = self.made()
        self.assertTrue(head.endswith('<script type="application/json" id="results">'))
        self.assertTrue(tail.startswith("</script>"))

    def test_a_change_to_any_file_makes_the_page_anew(self):
        named = (FOLDER / "meson.build").read_text()
        for path in [*FOLDER.glob("*.js"), *FOLDER.glob("*.css")]:
            self.assertIn(f"'{path.name}'", named)

    def test_no_script_makes_markup_out_of_text_or_talks_to_anybody(self):
        for path in FOLDER.glob("*.js"):
            self.assertIsNone(MARKUP.search(path.read_text()), path)
            self.assertIsNone(TALK.search(path.read_text()), path)

    def test_nothing_runs_that_is_no_script_of_its_own(self):
        page = (FOLDER / "page.html").read_text()
        self.assertEqual(re.findall(r"\son\w+=|\sstyle=|<script>|<style>", page), [])

    def test_what_wants_something_from_elsewhere_is_refused(self):
        results = '<script id="results">RESULTS</script>'
        for wish in ('<img src="https://example.com/a.png">', '<a href="//example.com/">x</a>'):
            ended = self.assemble(self.small(results + wish))
            self.assertNotEqual(ended.returncode, 0)
            self.assertIn("from elsewhere", ended.stderr)
            self.assertFalse(self.output.exists())

    def test_a_page_without_a_place_for_the_results_is_refused(self):
        ended = self.assemble(self.small(""))
        self.assertNotEqual(ended.returncode, 0)
        self.assertIn("RESULTS", ended.stderr)

    def test_no_two_scripts_call_different_things_by_one_name(self):
        """They share one scope, in which the last one would win without a word."""
        names = [name for file in FOLDER.glob("*.js") for name in
                 re.findall(r"^(?:async )?(?:function|const|let) (\w+)", file.read_text(), re.M)]
        self.assertEqual({name for name in names if names.count(name) > 1}, set())

    def test_a_script_that_would_end_itself_is_refused(self):
        ended = self.assemble(self.small('<script id="results">RESULTS</script>', '"</script>"'))
        self.assertNotEqual(ended.returncode, 0)
        self.assertIn("a.js", ended.stderr)


main()
