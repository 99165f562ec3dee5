"""The ready-made jobs of scenarios/ci: their fragments of shell are run as the services would.

usage: ci_test.py COGDRILL SCENARIOS-FOLDER
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

import yaml
from drill import PROGRAM, SCENARIOS
from tap_unittest import main

CI = os.path.join(SCENARIOS, "ci")
# Stands for cogdrill: writes down how it was called, writes what it was asked for, fails as told.
RECORDER = f"""#!{sys.executable}
import json, os, sys
words = sys.argv[1:]
with open(os.environ["CALLS"], "a") as file:
    file.write(json.dumps(words) + "\\n")
for flag in ("--json", "--junit", "--html"):
    if flag in words:
        with open(words[words.index(flag) + 1], "w") as file:
            file.write("{{}}")
sys.exit(int(os.environ.get("DRILL_EXIT", "0")) if words[0] == "run" else 1)
"""


def load(name):
    with open(os.path.join(CI, name), encoding="utf-8") as file:
        return list(yaml.safe_load_all(file))


class CiTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        self.tool = os.path.join(self.folder, "build", "scenarios", "cogdrill")
        os.makedirs(os.path.dirname(self.tool))
        with open(self.tool, "w", encoding="utf-8") as file:
            file.write(RECORDER)
        os.chmod(self.tool, 0o755)

    def shell(self, script, exit_code=0, **variables):
        path = f"{os.path.dirname(self.tool)}:{os.environ['PATH']}"
        result = subprocess.run(
            ["sh", "-e", "-c", script], cwd=self.folder, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, encoding="utf-8", timeout=60, check=False,
            env={**os.environ, "PATH": path, "CALLS": os.path.join(self.folder, "calls"),
                 **variables})
        self.assertEqual(result.returncode, exit_code, result.stdout)

    def calls(self):
        with open(os.path.join(self.folder, "calls"), encoding="utf-8") as file:
            return [json.loads(line) for line in file]

    def expect_all(self, count):
        """Each shard ran once, and the merge was given what each of them wrote."""
        runs = [call for call in self.calls() if call[0] == "run"]
        shards = sorted(call[call.index("--shard") + 1] for call in runs)
        self.assertEqual(shards, [f"{index}/{count}" for index in range(1, count + 1)])
        files = sorted(call[call.index("--json") + 1] for call in runs)
        merges = [call for call in self.calls() if call[0] == "merge"]
        self.assertEqual(len(merges), 1)
        self.assertEqual(sorted(re.sub("^results/", "", name) for name in merges[0][7:]),
                         sorted(re.sub("^results/", "", name) for name in files))
        self.assertEqual(merges[0][1:7], ["--json", "report.json", "--junit", "junit.xml", "--html",
                                          "report.html"])


class Github(CiTest):
    def setUp(self):
        super().setUp()
        [self.flow] = load("github-actions.yml")
        self.jobs = self.flow["jobs"]

    @staticmethod
    def step(job, name):
        return next(step["run"] for step in job["steps"] if step.get("name") == name)

    def run_shards(self, exit_code, drill_exit):
        matrix = self.jobs["shard"]["strategy"]["matrix"]["shard"]
        self.assertEqual(self.jobs["shard"]["env"], {"SHARD": "${{ matrix.shard }}",
                                                     "SHARDS": "${{ strategy.job-total }}"})
        for shard in matrix:
            self.shell(self.step(self.jobs["shard"], "Run"), exit_code, SHARD=str(shard),
                       SHARDS=str(len(matrix)), DRILL_EXIT=drill_exit)
        return len(matrix)

    def test_all_shards_run_and_the_report_decides(self):
        count = self.run_shards(0, "1")
        self.shell(self.step(self.jobs["report"], "Report"), 1)
        self.expect_all(count)

    def test_a_shard_that_could_not_run_fails(self):
        self.run_shards(1, "64")

    def test_the_report_waits_for_the_shards_and_takes_their_artifacts(self):
        self.assertEqual(self.jobs["report"]["needs"], "shard")
        self.assertFalse(self.jobs["shard"]["strategy"]["fail-fast"])
        uses = {step["uses"]: step for job in self.jobs.values() for step in job["steps"]
                if "uses" in step and "artifact" in step["uses"]}
        self.assertEqual(uses["actions/download-artifact@v4"]["with"]["pattern"], "results-*")
        for job in self.jobs.values():
            self.assertIn("runs-on", job)
            self.assertIn("timeout-minutes", job)
            for step in job["steps"]:
                self.assertEqual(len({"uses", "run"} & set(step)), 1, step)


class Gitlab(CiTest):
    def setUp(self):
        super().setUp()
        [self.jobs] = load("gitlab-ci.yml")

    def script(self, name):
        return "\n".join(self.jobs[name]["script"])

    def run_shards(self, exit_code, drill_exit):
        total = self.jobs["scenarios"]["parallel"]
        for index in range(1, total + 1):
            self.shell(self.script("scenarios"), exit_code, CI_NODE_INDEX=str(index),
                       CI_NODE_TOTAL=str(total), DRILL_EXIT=drill_exit)
        return total

    def test_all_shards_run_and_the_report_decides(self):
        total = self.run_shards(0, "2")
        self.shell(self.script("report"), 1)
        self.expect_all(total)

    def test_a_shard_that_could_not_run_fails(self):
        self.run_shards(1, "73")

    def test_each_job_has_a_stage_and_what_it_needs(self):
        for name in ("build", "scenarios", "report"):
            self.assertIn(self.jobs[name]["stage"], self.jobs["stages"])
        self.assertEqual(self.jobs["report"]["needs"], ["build", "scenarios"])
        self.assertEqual(self.jobs["report"]["artifacts"]["reports"]["junit"], "junit.xml")


    def test_a_job_that_gets_the_program_installs_its_libraries(self):
        # TLS comes with those that need it.
        libraries = {"libcjson.so.1": "libcjson1", "libcurl.so.4": "libcurl4",
                     "libmicrohttpd.so.12": "libmicrohttpd12", "libncursesw.so.6": "libncursesw6"}
        needed = subprocess.run(["objdump", "-p", PROGRAM], stdout=subprocess.PIPE, check=True,
                                encoding="utf-8").stdout
        for library in libraries:
            self.assertIn(f"NEEDED               {library}\n", needed)
        for name in ("gitlab-ci.yml", "gitlab-drills.yml"):
            jobs = [job for job in load(name)[0].values() if "before_script" in job]
            self.assertEqual(len(jobs), 2, name)
            for job in jobs:
                words = " ".join(job["before_script"]).split()
                self.assertLessEqual(set(libraries.values()), set(words), name)


class Kubernetes(CiTest):
    def setUp(self):
        super().setUp()
        _, self.shards, self.report = load("kubernetes-job.yml")

    @staticmethod
    def container(job):
        return job["spec"]["template"]["spec"]["containers"][0]

    def run_shards(self, exit_code, drill_exit):
        count = self.shards["spec"]["completions"]
        for index in range(count):
            self.shell(self.container(self.shards)["args"][0], exit_code, SHARDS=str(count),
                       JOB_COMPLETION_INDEX=str(index), DRILL_EXIT=drill_exit)
        return count

    def test_all_shards_run_and_the_report_decides(self):
        count = self.run_shards(0, "1")
        self.shell(self.container(self.report)["args"][0], 1, SHARDS=str(count))
        self.expect_all(count)

    def test_a_shard_that_could_not_run_fails(self):
        self.run_shards(1, "64")

    def test_both_jobs_know_how_many_there_are_and_share_a_volume(self):
        count = self.shards["spec"]["completions"]
        self.assertEqual(self.shards["spec"]["completionMode"], "Indexed")
        self.assertEqual(self.shards["spec"]["parallelism"], count)
        for job in (self.shards, self.report):
            container = self.container(job)
            self.assertEqual(container["env"], [{"name": "SHARDS", "value": str(count)}])
            self.assertEqual(container["volumeMounts"][0]["mountPath"], container["workingDir"])
            self.assertEqual(job["spec"]["template"]["spec"]["restartPolicy"], "Never")


@unittest.skipUnless(shutil.which("parallel"), "GNU parallel is not installed")
class Parallel(CiTest):
    SCRIPT = os.path.join(CI, "shards-parallel.sh")

    def test_all_shards_run_and_the_report_decides(self):
        self.shell(f"'{self.SCRIPT}' 3", 1, DRILL_EXIT="1")
        self.expect_all(3)

    def test_paths_reach_every_shard_as_they_are(self):
        self.shell(f"'{self.SCRIPT}' 2 'a folder' 'it'\\''s'", 1)
        runs = [call for call in self.calls() if call[0] == "run"]
        for call in runs:
            self.assertEqual(call[-2:], ["a folder", "it's"])

    def test_a_shard_that_could_not_run_fails_and_nothing_is_merged(self):
        self.shell(f"'{self.SCRIPT}' 2", 1, DRILL_EXIT="64")
        self.assertNotIn("merge", [call[0] for call in self.calls()])


@unittest.skipUnless(shutil.which("parallel"), "GNU parallel is not installed")
class Real(CiTest):
    def test_shards_in_parallel_find_what_one_run_finds(self):
        os.remove(self.tool)
        os.symlink(PROGRAM, self.tool)
        suite = os.path.join(SCENARIOS, "suite", "rollback")
        self.shell(f"'{Parallel.SCRIPT}' 3 '{suite}'")
        self.shell(f"cogdrill run --quiet --json whole.json '{suite}' > whole.tap")
        with open(os.path.join(self.folder, "report.json"), "rb") as merged, \
                open(os.path.join(self.folder, "whole.json"), "rb") as whole:
            self.assertEqual(merged.read(), whole.read())


class Drills(CiTest):
    """Gate and reminder, by the program itself."""

    def setUp(self):
        super().setUp()
        os.remove(self.tool)
        os.symlink(PROGRAM, self.tool)
        os.symlink(SCENARIOS, os.path.join(self.folder, "scenarios"))
        [self.github] = load("github-drills.yml")
        [self.gitlab] = load("gitlab-drills.yml")

    def scripts(self, job, step):
        """The job's shell on both services, and the variables that it has there."""
        return [(Github.step(self.github["jobs"][job], step), self.github["env"]),
                ("\n".join(self.gitlab[job]["script"]), self.gitlab["variables"])]

    def test_the_gate_lets_the_client_pass_that_comes_with_the_program(self):
        for script, variables in self.scripts("gate", "Rehearse"):
            self.shell(script, 0, **variables)
            for name in ("rehearsals.json", "rehearsals.html"):
                os.remove(os.path.join(self.folder, name))

    def test_the_gate_fails_a_client_that_is_late(self):
        for script, variables in self.scripts("gate", "Rehearse"):
            late = script.replace("rehearse", "rehearse --seeds 1..3", 1).replace("> 4m", "> 1s")
            self.shell(late, 1, **variables)

    def test_the_reminder_fails_while_nobody_has_rehearsed(self):
        for script, variables in self.scripts("reminder", "Remind"):
            self.shell(script, 1, **variables)

    def test_the_reminder_goes_by_what_people_did_alone(self):
        for script, variables in self.scripts("reminder", "Remind"):
            self.shell("cogdrill rehearse --quiet --seeds 1 --record", 0, **variables)
            self.shell(script, 1, **variables)
            self.shell(script.replace("--mode guided", ""), 0, **variables)

    def test_a_history_is_read_as_a_clone_has_it(self):
        for script, variables in self.scripts("reminder", "Remind"):
            self.shell("cogdrill rehearse --quiet --seeds 1 --record", 0, **variables)
            os.chmod(os.path.join(self.folder, variables["COGDRILL_HISTORY"]), 0o644)
            self.shell(script.replace("--mode guided", ""), 0, **variables)

    def test_the_reminder_comes_by_schedule_alone(self):
        self.assertIn("schedule", self.github[True])  # What YAML makes of "on".
        self.assertIn("'schedule'", self.github["jobs"]["reminder"]["if"])
        self.assertIn('"schedule"', self.gitlab["reminder"]["rules"][0]["if"])

    def test_each_job_has_what_its_service_wants(self):
        for job in self.github["jobs"].values():
            self.assertIn("timeout-minutes", job)
            for step in job["steps"]:
                self.assertEqual(len({"uses", "run"} & set(step)), 1, step)
        for name in ("build", "gate", "reminder"):
            self.assertIn(self.gitlab[name]["stage"], self.gitlab["stages"])


main()
