"""The report's page in headless Chromium, opened from a file.

usage: browser_test.py SOURCE-FOLDER WRITE-PAGE COGDRILL

Most results are made up by sample.py; WRITE-PAGE makes the page of them, as COGDRILL does of those
that it has itself.
"""

import pathlib
import re
import subprocess
import sys

from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

SOURCE = pathlib.Path(sys.argv[1]).resolve()
WRITE_PAGE = pathlib.Path(sys.argv[2]).resolve()
COGDRILL = pathlib.Path(sys.argv[3]).resolve()
SUITE = SOURCE / "scenarios" / "suite"
sys.path.insert(0, str(SOURCE / "tests" / "support"))
sys.path.insert(0, str(SOURCE / "tests" / "report"))

import sample  # noqa: E402
from browser import CONTRAST, JUTS_OUT, NARROW, WIDE  # noqa: E402
from report_case import ReportCase  # noqa: E402
from tap_unittest import main  # noqa: E402

VIEWS = ("#/", "#/scenario/3", "#/coverage", "#/coverage/exit%2F6")
SECTIONS = ("findings", "expected", "sequence", "timeline", "truth", "invariants", "report",
            "audit", "journal", "deliveries", "log")
ReportCase.writer = (WRITE_PAGE,)


class Overview(ReportCase):
    def setUp(self):
        super().setUp()
        self.show(sample.results([sample.record(i) for i in range(14)], seed=42,
                                 shard={"index": 2, "count": 3}, selected=40))

    def test_it_says_what_was_run_and_how_it_went(self):
        self.assertEqual([tile.text.split() for tile in self.all(".tile")],
                         [["12", "✔", "pass"], ["2", "✖", "fail"], ["0", "?", "inconclusive"]])
        facts = self.text(".head .facts")
        for part in ("14 of 40", "cogpromote", "memory", "42", "2 of 3"):
            self.assertIn(part, facts)
        self.assertIn("2 failed, 12 passed", self.browser.title)

    def test_what_failed_comes_first_with_its_findings(self):
        self.assertEqual([link.text for link in self.all(".problem > a")],
                         ["a failed job is rolled back, number 3",
                          "a failed job is rolled back, number 10"])
        self.assertIn("expected 0, got 6", self.one(".problem").text)
        for group in self.all(".group"):
            results = [badge.text for badge in group.find_elements(By.CSS_SELECTOR, "td .badge")]
            self.assertEqual(results, sorted(results, key=lambda text: "✖?✔".index(text[0])))

    def test_scenarios_are_grouped_by_folder(self):
        self.assertEqual([group.text for group in self.all(".group > summary strong")],
                         ["scenarios/suite/auth", "scenarios/suite/rollback", "scenarios/suite/webhook"])

    def test_the_filter_looks_at_names_results_and_tags(self):
        for text, result, tag, count in (("number 1", "", "", 5), ("", "fail", "", 2),
                                         ("", "", "tag0", 3), ("NUMBER 3", "fail", "tag3", 1),
                                         ("number nothing", "", "", 0)):
            field = self.one("#filter-text")
            field.send_keys(Keys.CONTROL, "a")
            field.send_keys(Keys.DELETE, text)
            self.choose("#filter-result", result)
            self.choose("#filter-tag", tag)
            self.assertEqual(len(self.all(".scenarios tbody tr")), count, (text, result, tag))
        self.assertIn("No scenario fits", self.text("#count"))

    def test_the_filter_is_there_again_after_a_reload_and_a_way_back(self):
        self.keys("/")
        self.keys("number 7")
        self.until(lambda: "number+7" in self.route())
        self.browser.refresh()
        self.assertEqual(self.one("#filter-text").get_attribute("value"), "number 7")
        self.one(".scenarios tbody a").click()
        self.until_text("h1", "number 7")
        self.browser.back()
        self.until(lambda: self.all("#filter-text"))
        self.assertEqual(len(self.all(".scenarios tbody tr")), 1)

    def test_a_click_opens_the_scenario(self):
        self.one(".problem > a").click()
        self.until_text("h1", "number 3")
        self.assertEqual(self.route(), "#/scenario/3")
        self.assertIn("number 3", self.browser.title)


class Scenario(ReportCase):
    def setUp(self):
        super().setUp()
        self.show(sample.results([sample.record(i) for i in range(8)]), "#/scenario/3")

    def test_it_has_every_part(self):
        self.assertEqual([part.get_attribute("id") for part in self.all("section.panel")],
                         [f"section-{name}" for name in SECTIONS])
        for link in self.all(".sections a"):
            self.assertTrue(self.all("#title-" + link.get_attribute("href").rpartition("/")[2]))

    def test_expected_stands_beside_got(self):
        rows = [row.text.split() for row in self.all("#section-expected tbody tr")]
        self.assertIn(["exit", "0", "6", "✖", "fail"], rows)
        self.assertIn(["outcome", "rolled_back", "rolled_back", "✔", "pass"], rows)
        self.assertIn(["applied.rollback", "1", "1", "✔", "pass"], rows)
        self.assertIn(["calls.promote", "1", "1", "✔", "pass"], rows)

    def test_the_sequence_shows_who_said_what(self):
        drawn = self.text("svg.sequence")
        for part in ("client", "fake Cognigy", "webhook receiver", "promote#1/a1 POST /promote",
                     "2 s later", "retry in 2 s: transient", "no retry of rollback: acting",
                     "the job failed: database lock contention", "killed, then a new process: resume",
                     "Retry-After 2 s", "exit 6 rolled_back, 2 processes"):
            self.assertIn(part, drawn)

    def test_a_fault_and_a_lost_answer_have_a_form_and_not_only_a_colour(self):
        struck = self.all('.exchange[data-struck="true"]')
        self.assertEqual(len(struck), 2)
        for exchange in struck:
            self.assertIn("⚡", exchange.get_attribute("textContent"))
        self.assertIn("no answer", struck[1].get_attribute("textContent"))
        self.assertEqual(len(self.all(".exchange .cross")), 1)
        self.assertEqual(len(struck[1].find_elements(By.CSS_SELECTOR, ".applied")), 1)

    def test_equal_polls_are_one_line_until_they_are_unfolded(self):
        count = len(self.all("svg.sequence .exchange"))
        fold = self.one(".fold")
        self.assertIn("6 times status#1 … #6: 200", fold.get_attribute("textContent"))
        self.run_script("arguments[0].focus()", fold)
        self.keys(Keys.ENTER)
        self.until(lambda: not self.all(".fold"))
        self.assertEqual(len(self.all("svg.sequence .exchange")), count + 6)
        self.assertEqual(self.text("svg.sequence").count("5 s later"), 6)

    def test_a_repeated_run_ends_when_one_of_its_runs_did(self):
        once = self.text("svg.sequence")
        three = sample.record(3)
        self.show(sample.results([{**three, "virtual_ms": 3 * three["virtual_ms"]}], repeat=3),
                  "#/scenario/0")
        self.assertEqual(self.text("svg.sequence"), once)

    def test_the_sequence_can_be_read_as_a_table(self):
        self.one("#section-sequence summary").click()
        self.until(lambda: len(self.all("#section-sequence tbody tr")) > 20)
        self.assertIn("rollback#1/a1", self.text("#section-sequence tbody"))

    def test_the_timeline_shows_jobs_sessions_steps_and_waits(self):
        drawn = self.text("svg.timeline")
        for part in ("client's step", "client waits", "job-1", "running", "rolling back",
                     "sessions env-target", "3 sessions", "follow", "✉"):
            self.assertIn(part, drawn)

    def test_truth_invariants_report_and_documents_are_told(self):
        self.assertIn("as before", self.text("#section-truth"))
        self.assertIn("database lock contention", self.text("#section-truth"))
        self.assertEqual(len(self.all(".invariants li")), 17)
        self.assertEqual(self.text(".invariants").count("idle"), 2)
        self.assertIn("confirmed", self.text("#section-report"))
        self.one("#section-audit li:nth-child(2) summary").click()
        self.until_text("#section-audit pre", '"seq": 1')
        self.assertIn('{"event":"to', self.text("#section-journal pre"))

    def test_the_log_is_filtered_by_level(self):
        self.assertNotIn("request", [e.text for e in self.all("#section-log th[scope=row]")])
        self.choose("#log-level", "debug")
        self.assertIn("request", [e.text for e in self.all("#section-log th[scope=row]")])
        self.choose("#log-level", "warning")
        levels = {badge.text for badge in self.all("#section-log tbody .badge")}
        self.assertEqual(levels, {"warning", "run"})

    def test_the_command_that_runs_it_again_is_copied_or_selected(self):
        self.one("#copy").click()
        self.until(lambda: self.one("#copy").text in ("Copied", "Selected"))
        if self.one("#copy").text == "Selected":
            self.assertEqual(self.run_script("return String(getSelection())").strip(),
                             "cogdrill run --seed 1 's3.jsonc'")

    def test_keys_go_to_the_next_and_the_previous_one(self):
        self.keys("n")
        self.until_text("h1", "number 4")
        self.keys("p")
        self.until_text("h1", "number 3")
        self.until(lambda: self.focused().tag_name == "h1")

    def test_a_part_of_the_page_has_an_address(self):
        self.go("#/scenario/3/log")
        self.assertEqual(self.focused().get_attribute("id"), "title-log")
        self.assertTrue(self.run_script(
            "return document.getElementById('title-log').getBoundingClientRect().top < innerHeight"))


class Coverage(ReportCase):
    def setUp(self):
        super().setUp()
        self.show(sample.results([sample.record(i) for i in range(6)]), "#/coverage")

    def test_the_map_counts_scenarios_by_fault_and_call(self):
        row = next(r for r in self.all(".map tbody tr") if r.text.startswith("status"))
        health, token = (row.find_elements(By.TAG_NAME, "td")[i] for i in (1, 0))
        self.assertEqual((health.text, health.get_attribute("data-heat")), ("6", "3"))
        self.assertEqual((token.text.split()[0], token.get_attribute("data-state")), ("!", "missing"))
        spared = self.one('.map [data-state="not_applicable"] a')
        self.assertEqual((spared.text, spared.get_attribute("title")), ("n/a", "health has no id"))
        spared.click()
        self.until_text("#cell", "Not applicable: health has no id")

    def test_decisions_about_repeating_are_a_map_too(self):
        self.assertIn("stopped_acting", self.text("#map-retry + .scroll thead"))
        self.assertIn("acting · network · applied", self.text("#map-retry + .scroll tbody"))

    def test_a_cell_leads_to_its_scenarios(self):
        self.one('.map td[data-heat="3"] a').click()
        self.until_text("#cell-title", "fault/")
        self.assertEqual(len(self.all("#cell li")), 6)
        self.one("#cell li a").click()
        self.until_text("h1", "number 3")

    def test_other_dimensions_are_tables(self):
        titles = [title.text for title in self.all(".group > summary strong")]
        self.assertEqual(titles, ["Transitions", "Exit codes"])
        self.assertIn("follow · failed · rollback", self.text(".group"))
        self.assertIn("1 missing", self.text(".group"))

    def test_without_a_list_of_cells_it_says_so(self):
        self.show(sample.results([sample.record()], coverage=None), "#/coverage")
        self.assertIn("do not list all cells", self.text(".head"))
        self.assertEqual(self.all('[data-state="missing"]'), [])


class Exploration(ReportCase):
    def setUp(self):
        super().setUp()
        self.show(sample.exploration([sample.failure(1, "I1"), sample.failure(2), sample.failure(3)]))

    def test_it_says_what_was_tried(self):
        tiles = {tile.text.split("\n")[1]: tile.text.split("\n")[0] for tile in self.all(".tile")}
        self.assertEqual(tiles, {"✖ failed": "6", "? inconclusive": "0", "run": "4,000",
                                 "pruned": "800", "idle": "136"})
        rows = [row.text for row in self.all("#tried tbody tr")]
        self.assertEqual(rows[0], "a promotion that succeeds 1 fault 1,234 1,000 34 200 3 0")
        self.assertEqual(len(rows), 4)
        facts = self.text(".head .facts")
        for part in ("up to 2", "cogpromote", "memory", "3,240", "12.345 s"):
            self.assertIn(part, facts)
        self.assertIn("2 kinds of failures found", self.browser.title)

    def test_kinds_of_failures_have_their_smallest_example(self):
        groups = self.all("#found .problem")
        self.assertEqual(len(groups), 2)
        self.assertIn("I1 came early", groups[0].text)
        self.assertIn("2 runs; the smallest: f2 a promotion that succeeds: status#2/a1 status_503",
                      groups[1].text)
        groups[0].find_element(By.TAG_NAME, "summary").click()
        self.until(lambda: self.all("#found pre"))
        self.assertIn('"exit": 0', self.text("#found pre"))
        self.assertIn("cogdrill run --seed 7 f1.jsonc", self.text("#found .command"))
        button = self.one('#found [aria-label="Copy the scenario"]')
        button.click()
        self.until(lambda: button.text in ("Copied", "Selected"))

    def test_a_click_opens_the_failure(self):
        self.one("#failures tbody tr:nth-child(3) a").click()
        self.until_text("h1", "f3")
        self.assertEqual(self.route(), "#/failure/f3")
        self.assertIn("status#3 came early", self.text("#findings"))
        self.assertIn('"name": "a promotion that succeeds"', self.text("#scenario pre"))
        self.go("#/failure/f9")
        self.assertIn("no failure f9", self.text("#view .error"))

    def test_the_command_runs_it_as_it_was_found(self):
        for changes, command in (({"transport": "wire"}, "--seed 7 --transport wire f1.jsonc"),
                                 ({"client": "sh it's", "transport": "wire"},
                                  "--seed 7 --client 'sh it'\\''s' f1.jsonc")):
            self.show(sample.exploration([sample.failure(1)], **changes), "#/failure/f1")
            self.assertIn(command, self.text(".command"))

    def test_the_matrix_shows_where_it_broke(self):
        heads = [head.text for head in self.all("#matrix thead th")]
        self.assertEqual(heads, ["Phase", "health", "promote", "no call"])
        rows = [row.text for row in self.all("#matrix tbody tr")]
        self.assertEqual(rows, ["body · ✖ 3/1,200 ·", "connect · · 90", "status 200 300 ·"])
        self.assertEqual(len(self.all('#matrix td[data-tone="bad"]')), 1)

    def test_mutants_are_one_row_each_with_both_ways(self):
        rows = [row.text.replace("\n", " ") for row in self.all("#mutants tbody tr")]
        self.assertEqual(len(rows), 2)
        self.assertIn("found in 42 ms transport/attempts.jsonc", rows[0])
        self.assertIn("found in 42 ms I8 health#1/a1 status_503", rows[0])
        self.assertIn("survived survived: it passes", rows[1])
        self.assertIn("not looked for", rows[1])
        self.assertIn("1 not noticed", self.text("#mutants"))

    def test_cells_that_were_not_reached_are_no_fault(self):
        self.go("#/coverage")
        self.assertIn("Not reached", self.text(".head"))
        self.assertEqual(self.all('#view .badge[data-kind="bad"]'), [])
        self.assertIn("✔", self.text(".map"))

    def test_nothing_found_is_said(self):
        self.show(sample.exploration(mutants=None, matrix=[], timing={}, interrupted=True))
        self.assertIn("Nothing found", self.text("h1"))
        self.assertIn("No run broke a rule", self.text("#found"))
        self.assertIn("not all of it", self.text(".head"))
        self.assertEqual(self.all("#failures, #mutants, #matrix, #slowest"), [])

    def test_a_thousand_failures_come_in_parts(self):
        self.show(sample.exploration([sample.failure(i) for i in range(1, 1001)]))
        self.assertEqual(len(self.all("#failures tbody tr")), 50)
        self.run_script("arguments[0].click()", self.one("#failures .more"))
        self.assertEqual(len(self.all("#failures tbody tr")), 100)
        self.assertIn("1,000 more failures not kept", self.text("#failures"))

    def test_it_can_be_read_in_both_schemes_and_at_any_width(self):
        for scheme, size in (("light", NARROW), ("dark", WIDE), ("light", WIDE)):
            self.emulate(size, scheme=scheme)
            for route in ("#/", "#/failure/f1", "#/coverage"):
                self.go(route)
                self.assertEqual(self.run_script(CONTRAST), [], (scheme, route))
                self.assertEqual(self.run_script(JUTS_OUT), [], (scheme, route))
                self.assertEqual(len(self.all("h1")), 1)
                self.assertEqual(self.all("table:not(:has(caption)), thead th:not([scope])"), [])

    def test_hostile_explorations_are_shown_as_text(self):
        hostile = sample.HOSTILE
        self.show(sample.exploration(
            [sample.failure(1, hostile, base=hostile, faults=[hostile], scenario={hostile: hostile}),
             {"id": None, "check": "I1"}],
            bases=[{"name": hostile, "depths": [{"depth": hostile}, None]}, 7],
            matrix=[{"call": hostile, "phase": hostile, "runs": hostile}], client=hostile,
            mutants=[{"name": hostile, "by": hostile, "ms": hostile}, None],
            timing={"slowest": [{"run": hostile, "ms": 1}]}))
        for route in ("#/", "#/failure/f1"):
            self.go(route)
            self.assertEqual(self.all("img, iframe, object"), [], route)
            self.assertIn("<img src=x onerror=", self.text("#view"))


class Anything(ReportCase):
    """Results of whatever shape."""

    def test_hostile_results_are_shown_as_text(self):
        self.show(sample.results([sample.hostile_record()], client=sample.HOSTILE))
        for route in ("#/", "#/scenario/0", "#/coverage"):
            self.go(route)
            self.assertEqual(self.all("img, iframe, object, script:not([id]) ~ p"), [], route)
            self.assertIn("<img src=x onerror=", self.text("#view"))
            shown = self.run_script("return document.querySelector('#view').textContent")
            self.assertEqual(re.findall(".{20}[\u202a-\u202e\u0000]", shown), [], route)
        self.assertIn("⟨U+202E⟩", self.text("#view"))

    def test_ten_thousand_requests_are_drawn_in_parts(self):
        self.show(sample.results([sample.hostile_record()]), "#/scenario/0")
        drawn = len(self.all("svg.sequence > g"))
        self.assertLess(drawn, 1000)
        self.run_script("arguments[0].click()", self.one("#section-sequence .more"))
        self.assertGreater(len(self.all("svg.sequence > g")), drawn)

    def test_a_foreign_client_tells_less(self):
        self.show(sample.results([sample.foreign_record(), {}, {
            "name": None, "result": "pass", "events": [None, 3], "exchanges": "x", "jobs": [{}],
            "tags": 1, "findings": [None], "truth": None, "deliveries": [{}], "sessions": [{}],
        }], client="python3 client.py", counts=None), "#/")
        self.assertIn("python3 client.py", self.text(".head"))
        for index in range(3):
            self.go(f"#/scenario/{index}")
            self.assertEqual(len(self.all("section.panel")), len(SECTIONS))
        self.go("#/scenario/0")
        self.assertIn("promote#1/a1", self.text("svg.sequence"))
        self.assertIn("no answer", self.text("svg.sequence"))
        self.assertIn("The client told nothing", self.text("#section-log"))

    def test_what_cannot_be_read_is_said(self):
        self.show('{"scenarios": [')
        self.assertIn("cannot be read", self.text("#view .error"))

    def test_an_address_of_nothing_is_said(self):
        self.write(sample.results([sample.record()]))
        for route, part in (("#/scenario/7", "no scenario 7"), ("#/nowhere", "no view 'nowhere'"),
                            ("#/scenario/<b>", "no scenario")):
            self.go(route)
            self.assertIn(part, self.text("#view .error"))

    def test_two_thousand_scenarios_can_be_looked_through(self):
        self.show(sample.results([sample.record(i) for i in range(2000)]))
        self.assertIn("2,000 scenarios", self.text("#count"))
        self.assertEqual(len(self.all(".problem")), 50)
        self.one("#filter-text").send_keys("number 1999")
        self.until_text("#count", "1 scenario of 2000")
        self.one(".scenarios tbody a").click()
        self.until_text("h1", "number 1999")


class Runs(ReportCase):
    """What cogdrill itself writes."""

    def drill(self, verb, *arguments, status=0):
        ended = subprocess.run([COGDRILL, verb, "--quiet", *map(str, arguments)],
                               capture_output=True, text=True, check=False)
        self.assertEqual(ended.returncode, status, ended.stdout[-2000:] + ended.stderr)

    def draw(self, *files, status=0):
        self.drill("run", "--html", self.path, *(SUITE / file for file in files), status=status)

    def open_scenario(self, name):
        self.go()
        self.one("#filter-text").send_keys(name)
        self.until_text("#count", "1 scenario of")
        self.one(".scenarios tbody a").click()
        self.until(lambda: self.all("svg.sequence"))

    def spoil(self):
        """A copy of a scenario whose expectation does not come true."""
        path = self.path.with_name("spoilt.jsonc")
        path.write_text((SUITE / "rollback" / "failed_job_is_restored.jsonc").read_text()
                        .replace('"rollback": 1, "webhook": 1', '"rollback": 2, "webhook": 1'))
        return path

    def test_all_views_of_a_run_can_be_read_in_both_schemes(self):
        self.draw("resume/killed_around_the_rollback.jsonc", "audit/the_journal_cannot_be_written.jsonc",
                  "transport/redirects_are_not_followed.jsonc", self.spoil(), status=1)
        for scheme in ("light", "dark"):
            self.emulate(scheme=scheme)
            for route in ("#/", "#/scenario/4", "#/coverage", "#/coverage/exit%2F6"):
                self.go(route)
                self.assertEqual(self.run_script(CONTRAST), [], (scheme, route))
                self.assertEqual(self.run_script(JUTS_OUT), [], (scheme, route))

    def test_what_failed_is_there_with_its_journal(self):
        self.draw(self.spoil(), status=1)
        self.go()
        self.one(".problem > a").click()
        self.until_text("#section-findings", "expected 2, got 1")
        self.assertIn("begin", self.text("#section-journal"))
        rows = [row.text.split() for row in self.all("#section-expected tbody tr")]
        self.assertIn(["calls.rollback", "2", "1", "✖", "fail"], rows)
        audit = '{"records":1,"status":"failed","outcome":"rolled_back"}'
        self.assertIn(["audit", audit, audit, "✔", "pass"], rows)
        self.assertIn("roll_back", self.text("svg.sequence"))

    def test_a_run_that_was_killed_goes_on_in_another_process(self):
        self.draw("resume/killed_around_the_rollback.jsonc")
        self.open_scenario("after_the_answer")
        self.assertIn("killed, then a new process: resume", self.text("svg.sequence"))
        self.assertIn("exit 6 rolled_back, 2 processes", self.text("svg.sequence"))
        self.assertIn("kept only of runs that are no pass", self.text("#section-journal"))

    def test_a_signal_is_where_it_was_sent(self):
        self.draw("signals/rolls_back_when_asked.jsonc")
        self.open_scenario("and_resumed_after_that")
        self.assertIn("⚑ SIGTERM", self.text("svg.sequence"))
        self.assertIn("interrupted while job", self.text("svg.sequence"))

    def test_an_answer_that_was_lost_is_broken_even_when_it_was_asked_for_again(self):
        self.draw("transport/a_reading_call_is_repeated.jsonc")
        self.open_scenario("health.reset_after_apply")
        struck = self.one('.exchange[data-struck="true"]')
        self.assertIn("reset_after_apply · no answer", struck.get_attribute("textContent"))
        self.assertEqual(len(struck.find_elements(By.CSS_SELECTOR, ".cross")), 1)

    def test_what_is_asked_again_and_again_is_one_line(self):
        self.draw("transport/redirects_are_not_followed.jsonc")
        self.open_scenario("rollback_301")
        self.assertLess(len(self.all("svg.sequence .exchange")), 40)
        fold = self.all(".fold")[-1].get_attribute("textContent")
        self.assertRegex(fold, r"\d+ times rollback#\d+ … #\d+, status#\d+ … #\d+: ⚡ 301, 200")

    def test_coverage_has_the_reasons_of_what_cannot_be(self):
        self.drill("coverage", "--html", self.path, "--exceptions",
                   SOURCE / "scenarios" / "coverage.jsonc", SUITE / "transport", status=1)
        self.go("#/coverage")
        self.run_script("arguments[0].click()", self.one('.map [data-state="not_applicable"] a'))
        self.until_text("#cell", "Not applicable: ")
        self.assertTrue(self.all('.map [data-state="missing"]'))

    def test_merged_shards_are_the_page_of_one_run(self):
        whole = self.path.with_name("whole.html")
        self.drill("run", "--html", whole, SUITE / "audit")
        shards = [self.path.with_name(f"{i}.json") for i in (1, 2)]
        for i, shard in enumerate(shards, 1):
            self.drill("run", "--json", shard, "--shard", f"{i}/2", SUITE / "audit")
        self.drill("merge", "--html", self.path, *shards)
        self.assertEqual(self.path.read_bytes(), whole.read_bytes())
        self.go()
        self.assertIn("scenarios", self.text("#count"))


class Reading(ReportCase):
    """For whoever reads it, however."""

    def setUp(self):
        super().setUp()
        self.write(sample.results([sample.record(i) for i in range(8)]))

    def test_all_texts_have_contrast_in_both_schemes(self):
        for scheme in ("light", "dark"):
            self.emulate(scheme=scheme)
            for route in VIEWS:
                self.go(route)
                self.assertEqual(self.run_script(CONTRAST), [], (scheme, route))

    def test_the_scheme_can_be_chosen(self):
        ground = "return getComputedStyle(document.body).backgroundColor"
        self.go()
        light = self.run_script(ground)
        self.choose("#scheme", "dark")
        dark = self.run_script(ground)
        self.assertNotEqual(light, dark)
        self.emulate(scheme="dark")
        self.choose("#scheme", "")
        self.assertEqual(self.run_script(ground), dark)
        self.choose("#scheme", "light")
        self.assertEqual(self.run_script(ground), light)
        self.choose("#scheme", "")

    def test_no_width_scrolls_sideways(self):
        for size in (NARROW, (768, 900), WIDE):
            self.emulate(size)
            for route in VIEWS:
                self.go(route)
                wide = self.run_script(
                    "return document.documentElement.scrollWidth - document.documentElement.clientWidth")
                self.assertEqual((size, route, wide, self.run_script(JUTS_OUT)), (size, route, 0, []))

    def test_it_asks_nobody_for_anything(self):
        for route in VIEWS:
            self.go(route)
            self.assertEqual(self.run_script(
                "return performance.getEntriesByType('resource').map((e) => e.name)"
                ".filter((name) => !name.startsWith('data:'))"), [])

    def test_every_control_has_a_name_and_ids_are_unique(self):
        for route in VIEWS:
            self.go(route)
            self.assertEqual(self.run_script("""
                const ids = [...document.querySelectorAll("[id]")].map((node) => node.id);
                const twice = ids.filter((id, i) => ids.indexOf(id) !== i);
                const mute = [...document.querySelectorAll("button, a, input, select, [role=button]")]
                    .filter((node) => node.textContent.trim() === "" && !node.labels?.length &&
                        !node.ariaLabel).map((node) => node.outerHTML);
                return [...twice, ...mute];"""), [])

    def test_headings_and_tables_are_named(self):
        for route in VIEWS:
            self.go(route)
            self.assertEqual(len(self.all("h1")), 1)
            self.assertEqual(self.all("table:not(:has(caption))"), [])
            self.assertEqual(self.all("thead th:not([scope])"), [])

    def test_paper_is_light_and_has_nothing_to_press(self):
        self.emulate(scheme="dark")
        self.go("#/scenario/3")
        self.browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
        self.addCleanup(self.browser.execute_cdp_cmd, "Emulation.setEmulatedMedia", {"media": ""})
        red = int(re.search(r"\d+", self.run_script(
            "return getComputedStyle(document.querySelector('h1')).color"))[0])
        self.assertLess(red, 64)
        self.assertEqual([b.text for b in self.all("button, select") if b.is_displayed()], [])


main()
