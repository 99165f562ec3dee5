"""cogdrill run --watch: what is saved is run again."""

import os
import signal
import subprocess
import threading

from drill import MINIMAL, PROGRAM, DrillTest
from tap_unittest import main

WRONG = '{"name": "%s", "expect": {"exit": 9}}'


class Watch(DrillTest):
    """Each round ends with "watching" on stderr; stdout goes into the same pipe."""

    def start(self, *arguments):
        process = subprocess.Popen([PROGRAM, "run", "--watch", *arguments], cwd=self.folder,
                                   stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        self.addCleanup(process.stdout.close)
        self.addCleanup(process.wait)
        self.addCleanup(process.kill)
        # A round that never ends must not hold the tests up for ever.
        alarm = threading.Timer(60, process.kill)
        alarm.start()
        self.addCleanup(alarm.cancel)
        return process

    def round(self, process):
        lines = []
        for line in process.stdout:
            lines.append(line)
            if line.startswith("watching"):
                break
        return "".join(lines)

    def stop(self, process):
        process.send_signal(signal.SIGINT)
        return process.wait(60)

    def test_what_is_saved_is_run_alone(self):
        self.write("suite/a.jsonc", MINIMAL % "a")
        self.write("suite/b.jsonc", MINIMAL % "b")
        process = self.start("suite")
        self.assertIn("1..2\nok 1 - a\nok 2 - b\n", self.round(process))
        self.write("suite/b.jsonc", WRONG % "b")
        self.assertIn("1..1\nnot ok 1 - b\n", self.round(process))
        self.write("suite/b.jsonc", MINIMAL % "b again")
        self.assertIn("1..1\nok 1 - b again\n", self.round(process))
        self.assertEqual(self.stop(process), 0)

    def test_a_file_that_is_replaced_by_another_is_saved_too(self):
        self.write("a.jsonc", MINIMAL % "a")
        process = self.start("a.jsonc")
        self.round(process)
        os.replace(self.write("a.jsonc.new", WRONG % "replaced"), self.path("a.jsonc"))
        text = self.round(process)
        while "1..1" not in text:  # The new file beside it was an event as well.
            text = self.round(process)
        self.assertIn("not ok 1 - replaced\n", text)
        self.assertEqual(self.stop(process), 1)

    def test_a_new_file_in_a_new_folder_is_run(self):
        self.write("suite/a.jsonc", MINIMAL % "a")
        process = self.start("suite")
        self.round(process)
        os.mkdir(self.path("suite/new"))
        self.round(process)
        self.write("suite/new/b.jsonc", MINIMAL % "b")
        self.assertIn("1..1\nok 1 - b\n", self.round(process))
        self.assertEqual(self.stop(process), 0)

    def test_a_file_that_is_wrong_is_told_and_waited_for(self):
        self.write("a.jsonc", MINIMAL % "a")
        process = self.start("a.jsonc")
        self.round(process)
        self.write("a.jsonc", '{"name": "a"}')
        self.assertIn("a.jsonc:1:1: 'expect' is missing\n", self.round(process))
        self.write("a.jsonc", MINIMAL % "mended")
        self.assertIn("ok 1 - mended\n", self.round(process))
        self.assertEqual(self.stop(process), 0)

    def test_a_path_that_is_not_there_is_66(self):
        self.expect(self.drill("run", "--watch", "nowhere"), 66, stderr="cannot read 'nowhere'")


main()
