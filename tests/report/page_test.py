"""The reports' pages as they are put together: whole, from nowhere else, and under their own policy.

usage: page_test.py SOURCE-FOLDER
"""

import pathlib
import re
import subprocess
import sys
import unittest

SOURCE = pathlib.Path(sys.argv[1]).resolve()
RUNNER = SOURCE / "scenarios" / "runner"
REPORT = RUNNER / "report" / "page"
sys.path.insert(0, str(SOURCE / "tests" / "support"))

from page_rules import TALK, PageRules  # noqa: E402
from tap_unittest import main  # noqa: E402

POLICY = re.compile(r'Content-Security-Policy" content="([^"]*)"')


class Report(PageRules, unittest.TestCase):
    """The page of results."""

    index = REPORT / "page.html"
    place = '<script id="results">RESULTS</script>'
    arguments = ()

    def assemble(self, page):
        return subprocess.run([sys.executable, REPORT / "assemble.py", page, self.output,
                               *self.arguments], capture_output=True, text=True, check=False)

    def halves(self):
        """(head, tail) of the C source made from the page."""
        ended = self.assemble(self.index)
        self.assertEqual(ended.returncode, 0, ended.stderr)
        arrays = re.findall(r"(scn_\w+)\[\] = \{(.*?)\}", self.output.read_text(), re.DOTALL)
        return [bytes(int(number) for number in re.findall(r"\d+", array)).decode()
                for _, array in arrays]

    def made(self):
        head, tail = self.halves()
        return head + tail, POLICY.search(head)[1]

    def test_the_policy_lets_nothing_else_happen(self):
        page, policy = self.made()
        self.assertIn("default-src 'none'", policy)
        self.assertNotIn("unsafe", policy)
        self.assertNotIn("connect-src", policy)
        self.assertLess(page.index("Content-Security-Policy"), page.index("<style>"))

    def test_the_results_stand_between_head_and_tail(self):
        head, tail = self.halves()
        self.assertTrue(head.endswith('<script type="application/json" id="results">'))
        self.assertTrue(tail.startswith("</script>"))

    def test_no_script_talks_to_anybody(self):
        for path in self.files():
            self.assertIsNone(TALK.search(path.read_text()), path)

    def test_a_page_without_a_place_for_the_results_is_refused(self):
        self.place = ""
        ended = self.assemble(self.small())
        self.assertNotEqual(ended.returncode, 0)
        self.assertIn("RESULTS", ended.stderr)

    def test_no_two_scripts_call_different_things_by_one_name(self):
        """They share one scope, in which the last one would win without a word."""
        names = [name for file in self.files() if file.suffix == ".js" for name in
                 re.findall(r"^(?:async )?(?:function|const|let) (\w+)", file.read_text(), re.M)]
        self.assertEqual({name for name in names if names.count(name) > 1}, set())


class Drills(Report):
    """The page of rehearsals, which shares most of the other's files."""

    index = RUNNER / "drill" / "report" / "page" / "page.html"
    shared = (REPORT,)
    arguments = ("scn_drill_page", "drill/report/page/parts.h", REPORT)

    def test_its_parts_have_names_of_their_own(self):
        self.halves()
        source = self.output.read_text()
        for part in ("scn_drill_page_head[]", "scn_drill_page_tail[]", "drill/report/page/parts.h"):
            self.assertIn(part, source)


main()
