"""The console's page as it is put together: whole, from nowhere else, and under its own policy.

usage: page_test.py SOURCE-FOLDER
"""

import pathlib
import re
import subprocess
import sys
import unittest

SOURCE = pathlib.Path(sys.argv[1]).resolve()
FOLDER = SOURCE / "mockserver" / "console"
sys.path.insert(0, str(SOURCE / "tests" / "support"))

from page_rules import PageRules  # noqa: E402
from tap_unittest import main  # noqa: E402


class Console(PageRules, unittest.TestCase):
    index = FOLDER / "index.html"

    def assemble(self, index):
        return subprocess.run([sys.executable, FOLDER / "assemble.py", index, self.output],
                              capture_output=True, text=True, check=False)

    def made(self, index=None):
        """(page, policy) of the C source made from an index."""
        ended = self.assemble(index or self.index)
        self.assertEqual(ended.returncode, 0, ended.stderr)
        source = self.output.read_text()
        page = source.partition("mock_console_page[] = {")[2].partition("}")[0]
        policy = source.partition("mock_console_policy[] =")[2]
        data = bytes(int(number) for number in re.findall(r"\d+", page))
        return data.decode(), "".join(re.findall(r'"(.*)"', policy))

    def test_bytes_outside_of_ascii_survive(self):
        page, _ = self.made(self.small(script='text = "→ é 🙂";'))
        self.assertIn("→ é 🙂", page)


main()
