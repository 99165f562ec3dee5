"""The installed library serves a program of somebody else: the examples, copied out of the tree, are
built with pkg-config against the shared and the static library, and run.

usage: install_test.py SOURCE-FOLDER BUILD-FOLDER COGMOCK COMPILER SANITIZERS
"""

import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

SOURCE, BUILD, COGMOCK = (pathlib.Path(a).resolve() for a in sys.argv[1:4])
COMPILER, SANITIZERS = sys.argv[4:6]
sys.path.insert(0, str(SOURCE / "tests" / "support"))

from cogmock import Cogmock  # noqa: E402
from tap_unittest import main  # noqa: E402

PUBLIC = sorted(
    header.name
    for folder in ("client/include/cogpromote", "client/base/include/cogpromote")
    for header in (SOURCE / folder).glob("*.h")
)


def run(*command, **options):
    return subprocess.run(list(map(str, command)), capture_output=True, text=True, timeout=100,
                          check=False, **options)


class Installed(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.folder = pathlib.Path(folder.name)
        ended = run("meson", "install", "-C", BUILD, "--no-rebuild", "--destdir", cls.folder / "root")
        if ended.returncode != 0:
            raise RuntimeError(ended.stdout + ended.stderr)
        cls.pkg_config = next((cls.folder / "root").rglob("cogpromote.pc"))
        cls.libraries = cls.pkg_config.parents[1]
        there = re.search(r"^prefix=/?(.*)$", cls.pkg_config.read_text(), re.M)[1]
        cls.prefix = cls.folder / "root" / there

    def build(self, link):
        """The examples, in a folder of their own."""
        folder = self.folder / link
        shutil.copytree(SOURCE / "client" / "example", folder)
        flags = "-O1 -Wall -Wextra -Werror"
        if SANITIZERS != "none":
            flags += f" -fsanitize={SANITIZERS}"
        ended = run("make", "-C", folder, f"LINK={link}", f"CC={COMPILER}", f"CFLAGS={flags}",
                    f"PKG_CONFIG=pkg-config --define-variable=prefix={self.prefix}",
                    env={**os.environ, "PKG_CONFIG_PATH": str(self.pkg_config.parent)})
        self.assertEqual(ended.returncode, 0, ended.stdout + ended.stderr)
        return folder

    def run_examples(self, folder, **more):
        with Cogmock(COGMOCK, "--time-scale", "600") as mock:
            variables = {
                **{name: os.environ[name] for name in os.environ if name.endswith("SAN_OPTIONS")},
                **mock.variables(), "no_proxy": "*", "COGPROMOTE_POLL_INTERVAL": "20ms",
                "COGPROMOTE_STATE_DIR": str(folder / "state"), **more,
            }
            before = run(folder / "steps", env=variables)
            ended = run(folder / "promote", env=variables)
            after = run(folder / "steps", env=variables)
        return before, ended, after

    def check(self, link, **more):
        folder = self.build(link)
        before, ended, after = self.run_examples(folder, **more)
        self.assertEqual(ended.returncode, 0, ended.stdout + ended.stderr)
        self.assertIn("promoted: ", ended.stdout)
        self.assertTrue((folder / "state" / "audit.jsonl").is_file())
        for steps in (before, after):
            self.assertEqual(steps.returncode, 0, steps.stdout + steps.stderr)
            self.assertIn("bot:deploy", steps.stdout)
            self.assertIn("simulation answered", steps.stdout)
        self.assertIn("parity     1.0000", after.stdout)
        self.assertNotIn("parity     1.0000", before.stdout)
        return folder

    def test_the_examples_work_with_the_shared_library(self):
        folder = self.check("shared", LD_LIBRARY_PATH=str(self.libraries))
        self.assertIn("libcogpromote.so.0", run("objdump", "-p", folder / "promote").stdout)

    def test_the_examples_work_with_the_static_library(self):
        folder = self.check("static")
        self.assertNotIn("libcogpromote", run("objdump", "-p", folder / "promote").stdout)

    def test_an_example_without_settings_says_what_is_missing(self):
        folder = self.build("bare")
        ended = run(folder / "promote", env={"LD_LIBRARY_PATH": str(self.libraries)})
        self.assertEqual(ended.returncode, 2, ended.stdout + ended.stderr)
        self.assertIn("COGNIGY_API_BASE", ended.stderr)

    def test_public_headers_are_installed_and_no_others(self):
        found = sorted(p.relative_to(self.prefix / "include").as_posix()
                       for p in (self.prefix / "include").rglob("*.h"))
        self.assertEqual(found, [f"cogpromote/{name}" for name in PUBLIC])

    def test_every_program_has_a_manual_and_completions(self):
        share = self.prefix / "share"
        for program in ("cogpromote", "cogmock", "cogdrill"):
            for path in (f"man/man1/{program}.1", f"bash-completion/completions/{program}",
                         f"zsh/site-functions/_{program}"):
                self.assertTrue((share / path).is_file(), path)

    def test_there_is_no_second_library_to_link(self):
        found = sorted(p.name for p in self.libraries.glob("lib*"))
        self.assertEqual([n for n in found if not n.startswith("libcogpromote.")], [])
        self.assertIn("libcogpromote.a", found)
        self.assertIn("libcogpromote.so.0", found)

    def test_pkg_config_tells_static_users_what_it_stands_on(self):
        told = run("pkg-config", "--static", "--libs", "cogpromote",
                   env={**os.environ, "PKG_CONFIG_PATH": str(self.pkg_config.parent)}).stdout.split()
        for library in ("-lcogpromote", "-lcurl", "-lcjson", "-lcrypto", "-lm"):
            self.assertIn(library, told)


main()
