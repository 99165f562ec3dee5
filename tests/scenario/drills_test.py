"""`cogdrill drills` tells of a history that somebody else wrote, by its format alone.

usage: drills_test.py SOURCE-FOLDER COGDRILL
"""

import datetime
import hashlib
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

SOURCE = pathlib.Path(sys.argv[1]).resolve()
DRILL = os.path.abspath(sys.argv[2])
sys.path.insert(0, str(SOURCE / "tests" / "support"))

from tap_unittest import main  # noqa: E402


def canonical(record):
    return json.dumps(record, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


class Chain:
    """Lines as the program writes them."""

    def __init__(self):
        self.lines = []
        self.checksum = "0" * 64
        self.add(format="cogdrill-history", kind="genesis", made_at="2026-01-01T00:00:00Z",
                 tool_version="0.1.0", version=1)

    def add(self, **members):
        record = dict(members, seq=len(self.lines), previous_checksum=self.checksum)
        self.checksum = hashlib.sha256(canonical(record).encode()).hexdigest()
        self.lines.append(canonical(dict(record, checksum=self.checksum)))

    def hold(self, drill, days_ago, verdict="pass", recover=30000, mode="automatic"):
        self.add(**self.holding(drill, days_ago, verdict, recover, mode))

    @staticmethod
    def holding(drill, days_ago, verdict="pass", recover=30000, mode="automatic"):
        held = datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(days=days_ago)
        return dict(client=None, drill_digest="d" * 64, failed_check=None, id=drill, mode=mode,
                    name="the job fails", operator="Zoë", points=95, report="r.json",
                    held_at=held.strftime("%Y-%m-%dT%H:%M:%SZ"), tool_version="0.1.0",
                    seeds={"count": 100, "first": 1}, verdict=verdict,
                    figures={"recover": {"median": recover, "p95": recover, "target": 60000}})


class Drills(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.history = self.folder / "history.jsonl"

    def write(self, chain):
        self.history.write_text("".join(line + "\n" for line in chain.lines))
        self.history.chmod(0o600)

    def run_drills(self, *words, **environment):
        return subprocess.run([DRILL, "drills", *words], capture_output=True, text=True, timeout=60,
                              cwd=SOURCE, env={"COGDRILL_HISTORY": str(self.history), **environment})

    def tell(self, *words, code=0):
        ended = self.run_drills(*words)
        self.assertEqual((ended.returncode, ended.stderr), (code, ""))
        return ended.stdout

    def refuse(self, *words, code):
        ended = self.run_drills(*words)
        self.assertEqual((ended.returncode, ended.stdout), (code, ""))
        return ended.stderr

    def test_all_drills_are_listed_with_their_last_verdicts(self):
        chain = Chain()
        chain.hold("job_fails", 5, verdict="fail")
        chain.hold("job_fails", 3)
        chain.hold("our_own", 2, mode="guided")
        self.write(chain)
        lines = self.tell("list").splitlines()
        self.assertRegex("\n".join(lines), r"(?m)^job_fails +pass, 3d ago +never +the job fails at ")
        self.assertRegex(lines[-1], r"^our_own +never +pass, 2d ago +the job fails$")
        listed = json.loads(self.tell("list", "--json"))
        self.assertEqual([item["id"] for item in listed][:-1],
                         sorted(path.stem for path in (SOURCE / "scenarios/drills").glob("*.jsonc")))

    def test_names_are_listed_whatever_the_history_is(self):
        self.history.write_text("nothing of ours\n")
        self.assertIn("job_fails\n", self.tell("list", "--names"))

    def test_the_last_rehearsal_is_shown_and_any_other(self):
        chain = Chain()
        chain.hold("job_fails", 5, recover=90000)
        chain.hold("job_fails", 3)
        self.write(chain)
        self.assertRegex(self.tell("show", "job_fails"),
                         r"(?m)^  recover +30s, p95 30s, target 1m$")
        self.assertRegex(self.tell("show", "job_fails", "--seq", "1"), r"(?m)^  recover +1m30s,")
        self.assertEqual(json.loads(self.tell("show", "job_fails", "--json"))["seq"], 2)
        self.assertIn("seq 7 is no rehearsal of 'job_fails'",
                      self.refuse("show", "job_fails", "--seq", "7", code=66))

    def test_a_trend_is_a_line_for_each_with_a_bar(self):
        chain = Chain()
        chain.hold("job_fails", 5, verdict="fail", recover=90000)
        chain.hold("job_fails", 3)
        self.write(chain)
        lines = self.tell("trend", "job_fails").splitlines()
        self.assertTrue(lines[1].endswith("#" * 20 + "|" + "!" * 10), lines[1])
        self.assertTrue(lines[2].endswith(" " + "#" * 10 + " " * 10 + "|"), lines[2])
        self.assertEqual([item["recover"] for item in
                          json.loads(self.tell("trend", "job_fails", "--json"))], [90000, 30000])

    def test_what_is_due_is_told_and_ends_with_1(self):
        chain = Chain()
        chain.hold("job_fails", 91)
        chain.hold("job_hangs", 89)
        self.write(chain)
        told = self.tell("overdue", "--max-age", "90d", "job_fails", "job_hangs", code=1)
        self.assertEqual(told, "job_fails is due: last passed 91d ago; 'cogdrill rehearse "
                               "--guided job_fails'\n")
        self.assertEqual(self.tell("overdue", "--max-age", "90d", "job_hangs"),
                         "none of 1 drill is due: each passed within 90d\n")
        self.tell("overdue", "--max-age", "90d", "--mode", "guided", "job_hangs", code=1)

    def test_what_is_due_is_told_with_a_rehearsal_that_counts(self):
        for mode, way in (("guided", "--guided"), ("automatic", "--record")):
            told = self.tell("overdue", "--max-age", "90d", "--mode", mode, "job_hangs", code=1)
            self.assertIn(f"'cogdrill rehearse {way} job_hangs'", told)

    def test_without_names_all_drills_are_asked_of(self):
        told = json.loads(self.tell("overdue", "--max-age", "1d", "--json", code=1))
        self.assertEqual(len(told), len(list((SOURCE / "scenarios/drills").glob("*.jsonc"))))
        self.assertEqual({item["why"] for item in told}, {"never_rehearsed"})

    def test_a_broken_history_is_not_believed(self):
        chain = Chain()
        chain.hold("job_fails", 5, verdict="fail")
        chain.hold("job_fails", 3)
        chain.lines[1] = chain.lines[1].replace('"fail"', '"pass"')
        self.write(chain)
        for words in (("list",), ("show", "job_fails"), ("trend", "job_fails"),
                      ("overdue", "--max-age", "90d")):
            self.assertIn("line 2 is no line of this history: its checksum is of another content",
                          self.refuse(*words, code=66))
        self.assertIn("broken: line 2", self.tell("verify", code=1))
        self.assertEqual(json.loads(self.tell("verify", "--json", code=1))["line"], 2)

    def test_a_whole_history_is_verified_with_its_end(self):
        chain = Chain()
        chain.hold("job_fails", 3)
        self.write(chain)
        self.assertEqual(self.tell("verify"), f"{self.history}: intact\n1 rehearsal; the last good "
                                              f"line is 1:{chain.checksum}\n")

    def test_an_anchor_shows_a_tail_that_was_cut_off_or_made_anew(self):
        chain = Chain()
        chain.hold("job_fails", 5)
        kept = f"1:{chain.checksum}"
        chain.hold("job_fails", 3, verdict="fail")
        self.write(chain)
        anchor = f"2:{chain.checksum}"
        self.assertIn("intact", self.tell("verify", "--anchor", anchor))
        self.assertIn("intact", self.tell("verify", "--anchor", kept))
        chain.lines.pop()
        self.write(chain)
        self.assertIn("cut: the line of seq 2 is missing: the last one is of seq 1",
                      self.tell("verify", "--anchor", anchor, code=1))
        anew = Chain()
        anew.hold("job_fails", 5)
        anew.hold("job_fails", 3)
        self.write(anew)
        told = json.loads(self.tell("verify", "--json", "--anchor", anchor, code=1))
        self.assertEqual((told["state"], told["line"]), ("rewritten", 3))
        self.history.unlink()
        self.assertIn("cut", self.tell("verify", "--anchor", anchor, code=1))

    def test_an_anchor_that_is_none_is_refused(self):
        for anchor in ("1", "1:2", "x:" + "0" * 64):
            self.assertIn(f"--anchor: '{anchor}' is not SEQ:CHECKSUM",
                          self.refuse("verify", "--anchor", anchor, code=64))
        self.assertIn("--anchor belongs to 'drills verify'",
                      self.refuse("list", "--anchor", "1:" + "0" * 64, code=64))

    def test_a_drill_of_ones_own_that_was_never_rehearsed_is_due(self):
        self.tell("new", "our_own", str(self.folder))
        path = self.folder / "our_own.jsonc"
        self.assertEqual(self.tell("overdue", "--max-age", "90d", str(path), code=1),
                         f"our_own is due: never rehearsed; 'cogdrill rehearse --guided {path}'\n")
        chain = Chain()
        chain.hold("our_own", 3)
        self.write(chain)
        for word in ("our_own", str(path)):
            self.tell("overdue", "--max-age", "90d", word)

    def test_what_is_neither_a_file_nor_an_id_is_not_due_but_wrong(self):
        (self.folder / "plain.jsonc").write_text('{"name": "a", "expect": {"exit": 0}}')
        for word in ("our_own", str(self.folder / "missing.jsonc"),
                     str(self.folder / "plain.jsonc")):
            self.refuse("overdue", "--max-age", "90d", word, code=64)

    def test_who_broke_a_rehearsal_off_is_shown(self):
        chain = Chain()
        chain.add(**dict(chain.holding("job_fails", 3, verdict="inconclusive"),
                         aborted="the fake died"))
        self.write(chain)
        self.assertRegex(self.tell("show", "job_fails"), r"(?m)^  aborted +the fake died$")

    def test_a_history_that_is_not_there_is_empty(self):
        self.assertIn("empty", self.tell("verify"))
        self.assertIn("adds one", self.refuse("trend", "job_fails", code=66))

    def test_the_flag_comes_before_the_environment(self):
        other = self.folder / "other.jsonl"
        self.assertIn(str(other), self.tell("verify", "--history", str(other)))

    def test_without_an_environment_the_state_folder_has_it(self):
        ended = self.run_drills("verify", COGDRILL_HISTORY="", HOME=str(self.folder))
        self.assertIn(str(self.folder / ".local/state/cogdrill/history.jsonl"), ended.stdout)

    def test_a_new_drill_is_one_that_check_finds_good_and_is_not_overwritten(self):
        path = self.folder / "our_own.jsonc"
        told = self.tell("new", "our_own", str(self.folder))
        self.assertIn(f"cogdrill check {path}", told)
        subprocess.run([DRILL, "check", path], check=True, capture_output=True, timeout=60)
        written = path.read_text()
        self.assertIn("File exists", self.refuse("new", "our_own", str(self.folder), code=73))
        self.assertEqual(path.read_text(), written)

    def test_a_new_drill_has_a_name_that_is_an_id(self):
        self.assertIn("not 'Our Own'", self.refuse("new", "Our Own", str(self.folder), code=64))
        self.refuse("new", "../ours", str(self.folder), code=64)
        self.refuse("new", "ours", str(self.folder / "missing"), code=73)

    def test_a_wrong_id_is_met_with_the_nearest(self):
        self.assertIn("did you mean 'job_fails'?", self.refuse("show", "job_fail", code=64))


main()
