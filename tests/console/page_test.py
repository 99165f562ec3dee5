"""The console's page as it is put together: whole, from nowhere else, and under its own policy.

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
FOLDER = SOURCE / "mockserver" / "console"
sys.path.insert(0, str(SOURCE / "tests" / "support"))

from tap_unittest import main  # noqa: E402

# What makes markup or code out of text.
MARKUP = re.compile(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function|"
                    r"setHTML|DOMParser|srcdoc|javascript:")


class Page(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.output = self.folder / "page.c"

    def assemble(self, index):
        return subprocess.run([sys.executable, FOLDER / "assemble.py", index, self.output],
                              capture_output=True, text=True, check=False)

    def made(self, index):
        """(page, policy) of the C source made from an index."""
        ended = self.assemble(index)
        self.assertEqual(ended.returncode, 0, ended.stderr)
        source = self.output.read_text()
        page = source.partition("mock_console_page[] = {")[2].partition("}")[0]
        policy = source.partition("mock_console_policy[] =")[2]
        data = bytes(int(number) for number in re.findall(r"\d+", page))
        return data, "".join(re.findall(r'"(.*)"', policy))

    def small(self, script="", index=None):
        (self.folder / "a.css").write_text("p { color: red; }")
        (self.folder / "a.js").write_text(script)
        path = self.folder / "index.html"
        path.write_text(index or
                        '<link rel="stylesheet" href="a.css"><script src="a.js"></script>')
        return path

    def test_every_script_and_style_is_in_the_page_under_its_hash(self):
        data, policy = self.made(FOLDER / "index.html")
        parts = re.findall(r"<(script|style)>(.*?)</\1>", data.decode(), re.DOTALL)
        files = sorted([*FOLDER.glob("*.js"), *FOLDER.glob("*.css")])
        self.assertEqual(sorted(text for _, text in parts), sorted(f.read_text() for f in files))
        for kind, text in parts:
            digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
            directive = next(d for d in policy.split("; ") if d.startswith(f"{kind}-src "))
            self.assertIn(f"'sha256-{digest}'", directive)

    def test_a_change_to_any_file_makes_the_page_anew(self):
        named = (FOLDER / "meson.build").read_text()
        for path in [*FOLDER.glob("*.js"), *FOLDER.glob("*.css")]:
            self.assertIn(f"'{path.name}'", named)

    def test_no_script_makes_markup_out_of_text(self):
        for path in FOLDER.glob("*.js"):
            self.assertIsNone(MARKUP.search(path.read_text()), path)

    def test_nothing_runs_that_is_no_script_of_its_own(self):
        page = (FOLDER / "index.html").read_text()
        self.assertEqual(re.findall(r"\son\w+=|\sstyle=|<script>|<style>", page), [])

    def test_what_wants_something_from_elsewhere_is_refused(self):
        for wish in ('<img src="https://example.com/a.png">', '<a href="//example.com/">x</a>'):
            ended = self.assemble(self.small(index=(
                '<link rel="stylesheet" href="a.css"><script src="a.js"></script>' + wish)))
            self.assertNotEqual(ended.returncode, 0)
            self.assertIn("from elsewhere", ended.stderr)
            self.assertFalse(self.output.exists())

    def test_a_script_that_would_end_itself_is_refused(self):
        ended = self.assemble(self.small('text = "</script>";'))
        self.assertNotEqual(ended.returncode, 0)
        self.assertIn("a.js", ended.stderr)

    def test_bytes_outside_of_ascii_survive(self):
        data, _ = self.made(self.small('text = "→ é 🙂";'))
        self.assertIn("→ é 🙂".encode(), data)


main()
