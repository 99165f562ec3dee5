"""What holds for every page that is one file put together out of many."""

import base64
import hashlib
import pathlib
import re
import tempfile

# What makes markup or code out of text.
MARKUP = re.compile(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function|"
                    r"setHTML|DOMParser|srcdoc|javascript:")

# What talks to somebody.
TALK = re.compile(r"\bfetch\(|XMLHttpRequest|WebSocket|EventSource|sendBeacon|\bimport\(|new Worker|"
                  r"new Image|https?://(?!www\.w3\.org/2000/svg)")

PART = re.compile(r"<(script|style)>(.*?)</\1>", re.DOTALL)
NAMED = re.compile(r'(?:src|href)="([a-z]+\.(?:js|css))"')


class PageRules:
    """To be mixed into a test case, which says what its page is made of and how.

    index: the page's HTML; shared: folders of what is not beside it; place: what every page needs;
    assemble(index): the process that puts it together into self.output; made(): (page, policy).
    """

    index = None
    shared = ()
    place = ""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.output = self.folder / "page.c"

    def own_files(self):
        return sorted([*self.index.parent.glob("*.js"), *self.index.parent.glob("*.css")])

    def files(self):
        """All that the page names, in its order."""
        folders = [self.index.parent, *self.shared]
        return [next(folder / name for folder in folders if (folder / name).exists())
                for name in NAMED.findall(self.index.read_text())]

    def small(self, page="", script=""):
        (self.folder / "a.css").write_text("p { color: red; }")
        (self.folder / "a.js").write_text(script)
        path = self.folder / "page.html"
        path.write_text('<meta content="POLICY"><link rel="stylesheet" href="a.css">' + page +
                        self.place + '<script src="a.js"></script>')
        return path

    def test_every_script_and_style_is_in_the_page_under_its_hash(self):
        page, policy = self.made()
        parts = PART.findall(page)
        self.assertEqual(sorted(text for _, text in parts),
                         sorted(file.read_text() for file in self.files()))
        for kind, text in parts:
            digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
            directive = next(d for d in policy.split("; ") if d.startswith(f"{kind}-src "))
            self.assertIn(f"'sha256-{digest}'", directive)

    def test_no_file_of_the_page_is_left_out(self):
        self.assertLessEqual(set(self.own_files()), set(self.files()))

    def test_a_change_to_any_file_makes_the_page_anew(self):
        named = (self.index.parent / "meson.build").read_text()
        for path in self.files():
            self.assertRegex(named, rf"['/]{re.escape(path.name)}'")

    def test_no_script_makes_markup_out_of_text(self):
        for path in self.files():
            self.assertIsNone(MARKUP.search(path.read_text()), path)

    def test_nothing_runs_that_is_no_script_of_its_own(self):
        page = self.index.read_text()
        self.assertEqual(re.findall(r"\son\w+=|\sstyle=|<script>|<style>", page), [])

    def test_what_wants_something_from_elsewhere_is_refused(self):
        for wish in ('<img src="https://example.com/a.png">', '<a href="//example.com/">x</a>'):
            ended = self.assemble(self.small(wish))
            self.assertNotEqual(ended.returncode, 0)
            self.assertIn("from elsewhere", ended.stderr)
            self.assertFalse(self.output.exists())

    def test_a_script_that_would_end_itself_is_refused(self):
        ended = self.assemble(self.small(script='text = "</script>";'))
        self.assertNotEqual(ended.returncode, 0)
        self.assertIn("a.js", ended.stderr)
