"""What scripts/setup, run, bench and coverage do where something is missing.

usage: scripts_test.py SOURCE-FOLDER
"""

import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

SOURCE = pathlib.Path(sys.argv[1]).resolve()
sys.path.insert(0, str(SOURCE / "tests" / "support"))

from tap_unittest import main  # noqa: E402


class Scripts(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.programs = self.folder / "programs"
        self.programs.mkdir()
        for name in ("bash", "dirname", "env", "sh"):
            (self.programs / name).symlink_to(shutil.which(name))

    def fake(self, name, text):
        """Puts a shell script in front of the programs of that name."""
        path = self.programs / name
        path.write_text(f"#!/bin/sh\n{text}\n")
        path.chmod(0o755)

    def run_script(self, name, *arguments, path=None, **variables):
        return subprocess.run(
            [SOURCE / "scripts" / name, *arguments], capture_output=True, text=True, timeout=60,
            check=False, env={**os.environ, "PATH": path or str(self.programs), **variables})

    def fake_debian_without_packages(self):
        self.fake("dpkg-query", "exit 1")
        self.fake("apt-get", "exit 99")

    def test_setup_off_debian_lists_what_is_needed_and_stops(self):
        ended = self.run_script("setup", "build")
        self.assertEqual(ended.returncode, 1, ended.stderr)
        self.assertIn("not Debian", ended.stderr)
        self.assertIn("  libmicrohttpd-dev\n", ended.stderr)

    def test_setup_can_be_skipped_where_all_is_there(self):
        ended = self.run_script("setup", COG_SETUP="skip")
        self.assertEqual((ended.returncode, ended.stderr), (0, ""))

    def test_setup_without_root_and_sudo_names_what_is_missing(self):
        self.fake_debian_without_packages()
        self.fake("id", "echo 1000")
        ended = self.run_script("setup", "build")
        self.assertEqual(ended.returncode, 1, ended.stderr)
        self.assertIn("needs root or sudo to install: gcc ", ended.stderr)

    def test_setup_passes_the_installers_failure_on(self):
        self.fake_debian_without_packages()
        self.fake("id", "echo 0")
        self.assertEqual(self.run_script("setup", "build").returncode, 99)

    def test_setup_has_nothing_to_do_when_a_package_is_there_for_two_architectures(self):
        self.fake("dpkg-query", "printf 'install ok installedinstall ok installed'")
        self.fake("apt-get", "exit 99")
        self.assertEqual(self.run_script("setup", "build").returncode, 0)

    def test_setup_takes_no_npm_where_nodejs_brought_it(self):
        self.fake_debian_without_packages()
        self.fake("id", "echo 1000")
        self.assertIn(" npm ", self.run_script("setup", "bench").stderr)
        self.fake("npm", "exit 0")
        ended = self.run_script("setup", "bench")
        self.assertIn("to install: nginx-light nodejs python3 wrk\n", ended.stderr)

    def test_setup_of_coverage_needs_gcovr_and_the_rest_does_not(self):
        self.fake_debian_without_packages()
        self.fake("id", "echo 1000")
        self.assertIn(" gcovr", self.run_script("setup", "coverage").stderr)
        self.assertNotIn("gcovr", self.run_script("setup").stderr)

    def test_coverage_says_what_it_does_and_refuses_what_it_does_not_know(self):
        self.fake("sed", f"exec {shutil.which('sed')} \"$@\"")
        told = self.run_script("coverage", "--help")
        self.assertEqual(told.returncode, 0, told.stderr)
        self.assertIn("scripts/coverage SUITE...", told.stdout)
        refused = self.run_script("coverage", "--fast")
        self.assertEqual((refused.returncode, refused.stdout), (64, ""))

    def test_setup_keeps_the_service_of_nginx_from_starting(self):
        self.fake_debian_without_packages()
        self.fake("id", "echo 0")
        self.fake("npm", "exit 0")
        self.fake("apt-get", "case $* in *install*) exit 99 ;; esac")
        self.fake("systemctl", "echo systemctl $*")
        ended = self.run_script("setup", "bench")
        self.assertEqual(ended.returncode, 99)
        self.assertIn("systemctl mask nginx.service\n", ended.stderr)

    def test_bench_names_what_it_can_measure(self):
        path = os.environ["PATH"]
        asked = self.run_script("bench", "--help", path=path)
        wrong = self.run_script("bench", "nothing", path=path)
        self.assertEqual((asked.returncode, wrong.returncode), (0, 64))
        self.assertIn("scripts/bench server [--full]", asked.stdout)
        self.assertEqual(wrong.stderr, asked.stdout)

    def test_run_shows_why_the_build_could_not_be_set_up(self):
        self.fake("meson", "echo 'ERROR: Dependency libfoo not found'; exit 1")
        ended = self.run_script("run", path=f"{self.programs}:{os.environ['PATH']}",
                                COG_BUILD=str(self.folder / "build"))
        self.assertEqual(ended.returncode, 1)
        self.assertIn("ERROR: Dependency libfoo not found", ended.stderr)

    def test_run_sets_up_again_what_was_interrupted(self):
        private = self.folder / "build" / "meson-private"
        private.mkdir(parents=True)
        (private / "coredata.dat").touch()
        (private.parent / "build.ninja").touch()
        self.fake("meson", f"echo called with $1; test ! -e {private} && echo anew; exit 1")
        ended = self.run_script("run", path=f"{self.programs}:{os.environ['PATH']}",
                                COG_BUILD=str(private.parent))
        self.assertIn("called with setup\nanew\n", ended.stderr)

    def test_run_says_when_the_build_folder_cannot_be_written(self):
        (self.folder / "file").touch()
        ended = self.run_script("run", path=os.environ["PATH"],
                                COG_BUILD=str(self.folder / "file" / "build"))
        self.assertEqual(ended.returncode, 1)
        self.assertIn("cannot create directory", ended.stderr)


main()
