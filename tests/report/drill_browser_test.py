"""The page of drills in headless Chromium, opened from a file.

usage: drill_browser_test.py SOURCE-FOLDER WRITE-PAGE COGDRILL

Most reports are made up by rehearsed.py; WRITE-PAGE makes the page of them, as COGDRILL does of
those that it has itself.
"""

import pathlib
import re
import subprocess
import sys

SOURCE = pathlib.Path(sys.argv[1]).resolve()
WRITE_PAGE = pathlib.Path(sys.argv[2]).resolve()
COGDRILL = pathlib.Path(sys.argv[3]).resolve()
sys.path.insert(0, str(SOURCE / "tests" / "support"))
sys.path.insert(0, str(SOURCE / "tests" / "report"))

import rehearsed  # noqa: E402
from browser import CONTRAST, JUTS_OUT, NARROW, WIDE  # noqa: E402
from report_case import ReportCase  # noqa: E402
from tap_unittest import main  # noqa: E402

ReportCase.writer = (WRITE_PAGE, "drills")
PARTS = ("figures", "timeline", "checklist", "truth", "audit", "findings", "commands", "injects",
         "debrief", "trend", "setting", "requests", "log")

# Labels of the timeline that stand on one another, or jut out of it.
OVERLAPS = """
const drawing = document.querySelector("svg.chart");
const outer = drawing.getBoundingClientRect();
const boxes = [...drawing.querySelectorAll(".moment text")].map((node) =>
    ({ text: node.textContent, box: node.getBoundingClientRect() }));
const meets = (a, b) => a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 2 && b.top < a.bottom - 2;
return [...boxes.filter(({ box }) => box.right > outer.right + 1 || box.top < outer.top - 1),
    ...boxes.filter((one, i) => boxes.slice(i + 1).some((other) => meets(one.box, other.box)))]
    .map(({ text }) => text);
"""


class Overview(ReportCase):
    def setUp(self):
        super().setUp()
        self.show(rehearsed.rehearsals(rehearsed.guided(), rehearsed.series(), rehearsed.report(),
                                       rehearsed.aborted()))

    def test_it_says_how_the_drills_went(self):
        self.assertEqual([tile.text.split() for tile in self.all(".tile")],
                         [["2", "✔", "pass"], ["1", "✖", "fail"], ["1", "?", "inconclusive"]])
        self.assertIn("1 failed, 2 passed", self.browser.title)

    def test_each_drill_has_a_row_with_its_figures(self):
        rows = [row.text.replace("\n", " ") for row in self.all("#board tbody tr")]
        self.assertEqual(len(rows), 4)
        self.assertIn("✖ fail 62 17 s 26 s 2 min ✖ missed 2 min 4 s automatic 100", rows[1])
        self.assertIn("✔ pass 90 17 s 17 s 2 min ✔ met 14 s guided 1", rows[0])

    def test_what_went_wrong_is_said_in_words(self):
        wrong = [item.text for item in self.all("#wrong li")]
        self.assertIn("failed whatever the score", wrong[0])
        self.assertIn("“The target has the content of before”", wrong[0])
        self.assertIn("broken off: the fake died", wrong[1])

    def test_a_click_opens_the_drill_and_keys_go_on(self):
        self.one("#wrong a").click()
        self.until_text("h1", "the rollback fails half-way")
        self.assertEqual(self.route(), "#/drill/1")
        self.keys("n")
        self.until_text("h1", "the job fails at 60 %")
        self.assertEqual(self.route(), "#/drill/2")

    def test_all_of_it_goes_on_paper(self):
        self.go("#/all")
        self.assertEqual(len(self.all("article.sheet")), 4)
        self.assertEqual(len(self.all("article.sheet section.panel")), 4 * (len(PARTS) - 1))
        names = [node.get_attribute("id") for node in self.all("[id]")]
        self.assertEqual(len(names), len(set(names)))


class Conditions(ReportCase):
    def setUp(self):
        super().setUp()
        failed = rehearsed.report(verdict="fail", failed_check="fail-if recover.p95 > 9s")
        self.show(rehearsed.rehearsals(failed, conditions=[
            rehearsed.condition("score.min < 90", "job_fails", 100, False),
            rehearsed.condition("recover.p95 > 9s", "job_fails", 17000, True),
            rehearsed.condition("steps.max > 3", "job_fails", None, None)]))

    def test_they_stand_at_the_top_and_those_that_failed_something_come_first(self):
        parts = [part.get_attribute("id") for part in self.all("section.panel")]
        self.assertEqual(parts, ["conditions", "wrong", "board"])
        rows = [row.text.replace("\n", " ") for row in self.all("#conditions tbody tr")]
        self.assertEqual([row.split(" ")[0] for row in rows],
                         ["recover.p95", "steps.max", "score.min"])
        self.assertIn("17 s ✖ fail", rows[0])
        self.assertIn("– nobody can tell", rows[1])
        self.assertIn("100 ✔ pass", rows[2])

    def test_who_failed_by_one_alone_says_so(self):
        self.assertIn("It failed by a condition on its figures: “recover.p95 > 9s”",
                      self.text("#wrong"))


class Drill(ReportCase):
    """One with a person, by itself."""

    def setUp(self):
        super().setUp()
        self.show(rehearsed.guided())

    def test_a_report_by_itself_needs_no_overview(self):
        self.assertIn("the job fails at 60 %", self.text("h1"))
        self.assertEqual(self.all("#board"), [])

    def test_it_has_every_part_with_an_address(self):
        self.assertEqual([part.get_attribute("id") for part in self.all("section.panel")],
                         [f"d0-{name}" for name in PARTS])
        self.go("#/drill/0/checklist")
        self.assertEqual(self.focused().get_attribute("id"), "title-d0-checklist")

    def test_the_top_is_for_who_decides(self):
        head = self.text(".head")
        for part in ("It passed: it has 90 of 100 points, and 80 were needed", "Hypothesis",
                     "1 of 1critical points hold", "17 sto recover, target 2 min", "M. Curie",
                     "2026-11-23 09:30:00Z", "cogdrill rehearse --seeds 1..1 job_fails"):
            self.assertIn(part, head)

    def test_figures_stand_beside_their_targets(self):
        rows = [row.text.replace("\n", " ") for row in self.all("#d0-figures tbody tr")]
        self.assertEqual(rows[0], "time to detect 15 s ✔ met 2 s 2.004 s +4 ms")
        self.assertEqual(rows[2], "time to mitigate 15 s ✖ missed 16 s 17 s +1 s")
        self.assertEqual(rows[4], "exposure to mixed content – no target 14 s – –")
        bars = [bar.get_attribute("aria-label") for bar in self.all("#d0-figures svg")]
        self.assertIn("16 s of 15 s", bars)

    def test_the_timeline_has_both_clocks_and_what_went_on(self):
        drawn = self.text("svg.chart")
        for part in ("server's truth", "client's papers", "T0 Tv 15 s", "T1–T3 17 s", "T4 17.36 s",
                     "⚡ the job fails", "$ cogpromote status", "mixed content", "rolling back", "✉"):
            self.assertIn(part, drawn)
        self.assertIn("served mixed content for 14 s", self.text("#d0-timeline"))

    def test_nothing_is_rolled_back_before_that_was_accepted(self):
        report = rehearsed.guided()
        report["truth"]["jobs"][0].update(ended=16000, rollback_ended=31000)
        self.show(report)
        hints = [hint.get_attribute("textContent") for hint in self.all("svg.chart .stretch title")]
        for hint in ("running: 2.000 to 16.000 s", "failed: 16.000 to 17.350 s",
                     "rolling back: 17.350 to 31.000 s"):
            self.assertIn(hint, hints)

    def test_milestones_have_their_evidence(self):
        rows = [row.text.replace("\n", " ") for row in self.all("#d0-timeline tbody tr")]
        self.assertEqual(rows[6], "T5 ended on the server 31 s 32 s +1 s job-1: rolled_back journal line 20")
        self.assertEqual(rows[0], "T0 fault applied 15 s – – inject job_fails –")

    def test_no_label_stands_on_another(self):
        for size in ((800, 900), WIDE, NARROW):
            self.emulate(size)
            self.assertEqual(self.run_script(OVERLAPS), [], size)

    def test_the_checklist_says_what_is_critical_and_what_it_rests_on(self):
        rows = [row.text.replace("\n", " ") for row in self.all("#d0-checklist tbody tr")]
        self.assertEqual(rows[0], "The target has the content of before critical restored ✔ pass 30 "
                                  "target's digest d0ccbf7e… is that of the start")
        self.assertIn("✖ fail 5 16 s of 15 s", rows[2])
        self.assertIn("– idle 5 nobody types", rows[4])
        self.assertIn("hints took 5 off", self.text("#d0-checklist"))

    def test_the_clients_word_stands_beside_the_truth(self):
        rows = [row.text for row in self.all("#d0-truth tbody tr")]
        self.assertEqual(rows[0], "How it ended exit 6 rolled_back job-1: rolled_back")
        self.assertEqual(rows[1], "The target as before as before")

    def test_the_audit_has_anchors_a_verdict_and_its_records(self):
        part = self.text("#d0-audit")
        for words in ("none: there was no record yet", "1:5e5e5e", "intact", "1 rolled_back",
                      "result promote · follow · job failed"):
            self.assertIn(words, part)

    def test_commands_surprises_and_actions_are_there(self):
        rows = [row.text for row in self.all("#d0-commands tbody tr")]
        self.assertEqual(rows[0], "cogpromote promote 0.500 s 16.4 s 6")
        self.assertIn("it ran yet –", rows[2])
        self.assertIn("The progress stood still for so long.", self.text("#d0-debrief"))
        self.assertEqual(self.all("#d0-debrief tbody tr")[0].text,
                         "Put the runbook's address into the prompt N. Bohr 2026-12-01")
        self.assertEqual(self.all(".to-write"), [])

    def test_the_trend_is_drawn_and_told(self):
        self.assertEqual(len(self.all("svg.trend .trend-point")), 4)
        rows = [row.text for row in self.all("#d0-trend tbody tr")]
        self.assertEqual(rows[0], "2026-03-14 guided ✖ fail 40 5 min 10 s 5 min 10 s")
        self.assertEqual(rows[-1], "this one, 2026-11-23 guided ✔ pass 90 17 s 17 s")

    def test_the_requests_are_a_ladder(self):
        self.assertIn("rollback#1/a1 POST /rollback", self.text("svg.sequence"))


class Others(ReportCase):
    def test_of_many_runs_the_spread_is_told(self):
        self.show(rehearsed.series())
        heads = [head.text for head in self.all("#d0-figures thead th")]
        self.assertEqual(heads[4:8], ["Runs", "Median", "95th percentile", "Longest"])
        self.assertIn("1 to 100; 17 is shown", self.text(".head"))
        self.assertIn("97 of 100", self.text("#d0-checklist"))
        self.assertIn("did so at the end", self.text("#d0-timeline"))
        self.assertIn("the target is mixed", self.text("#d0-findings"))

    def test_what_nobody_wrote_down_has_lines_to_write_on(self):
        self.show(rehearsed.report())
        self.assertEqual(len(self.all(".to-write > p")), 3)
        self.assertEqual(len(self.all(".to-write tbody tr")), 3)
        self.assertIn("Nobody typed anything", self.text("#d0-commands"))
        self.assertIn("No earlier rehearsal", self.text("#d0-trend"))

    def test_what_is_not_known_is_said(self):
        self.show(rehearsed.aborted())
        for part, words in (("timeline", "When anything happened is not known"),
                            ("audit", "nobody looked"), ("requests", "are not known"),
                            ("truth", "not known"), ("commands", "Nothing was typed")):
            self.assertIn(words, self.text(f"#d0-{part}"))

    def test_hostile_reports_are_shown_as_text(self):
        self.show(rehearsed.hostile())
        for route in ("#/", "#/drill/0", "#/drill/1", "#/drill/2", "#/drill/3", "#/all"):
            self.go(route)
            self.assertEqual(self.all("#view img, #view iframe, #view object, #view script, .error"),
                             [], route)
            shown = self.text("#view")
            self.assertEqual(re.findall(".{20}[\u202a-\u202e\u0000]", shown), [], route)
        self.go("#/drill/0")
        self.assertIn("<img src=x onerror=", self.text("#view"))
        self.assertEqual(self.run_script(OVERLAPS), [])

    def test_what_cannot_be_read_or_is_not_there_is_said(self):
        self.show('{"rehearsals": [')
        self.assertIn("cannot be read", self.text("#view .error"))
        self.show(rehearsed.rehearsals(rehearsed.report()), "#/drill/7")
        self.assertIn("no drill 7", self.text("#view .error"))
        self.show(rehearsed.rehearsals())
        self.assertIn("There is none", self.text("#board"))

    def test_it_can_be_read_in_both_schemes_at_any_width_and_on_paper(self):
        self.write(rehearsed.rehearsals(rehearsed.guided(), rehearsed.series(), rehearsed.aborted()))
        for scheme, size in (("light", NARROW), ("dark", NARROW), ("dark", WIDE), ("light", WIDE)):
            self.emulate(size, scheme=scheme)
            for route in ("#/", "#/drill/0", "#/drill/1", "#/drill/2"):
                self.go(route)
                self.assertEqual(self.run_script(CONTRAST), [], (scheme, route))
                self.assertEqual(self.run_script(JUTS_OUT), [], (scheme, route))
                self.assertEqual(len(self.all("h1")), 1)
                self.assertEqual(self.all("table:not(:has(caption)), thead th:not([scope])"), [])

    def test_on_paper_nothing_is_cut_off(self):
        self.write(rehearsed.rehearsals(rehearsed.guided(), rehearsed.series()))
        self.emulate((720, 1000), scheme="dark")
        self.browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
        self.addCleanup(self.browser.execute_cdp_cmd, "Emulation.setEmulatedMedia", {"media": ""})
        self.go("#/all")
        wide = self.run_script("""return [...document.querySelectorAll(".scroll")].filter((node) =>
            node.scrollWidth > node.clientWidth + 1).map((node) => node.textContent.slice(0, 40));""")
        self.assertEqual(wide, [])
        self.assertEqual(self.run_script("return getComputedStyle(document.body).colorScheme"),
                         "light")


class Runs(ReportCase):
    """What cogdrill itself writes."""

    def test_all_drills_of_the_catalogue_can_be_read(self):
        ended = subprocess.run([COGDRILL, "rehearse", "--quiet", "--seeds", "1..3", "--html",
                                self.path], cwd=SOURCE, capture_output=True, text=True, check=False)
        self.assertEqual(ended.returncode, 0, ended.stderr)
        self.go()
        count = len(self.all("#board tbody tr"))
        self.assertGreaterEqual(count, 12)
        for index in range(count):
            self.go(f"#/drill/{index}")
            self.assertEqual(self.run_script(CONTRAST), [], index)
            self.assertEqual(self.run_script(OVERLAPS), [], index)
            self.assertIn("intact", self.text(f"#d{index}-audit"))
            self.assertIn("begin", self.text(f"#d{index}-audit ol:last-of-type"))
            self.assertTrue(self.all("svg.sequence .exchange"))


main()
