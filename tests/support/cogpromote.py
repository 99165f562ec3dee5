"""What the program's own help says about verbs, flags and exit codes."""

import os
import re
import subprocess


class Help:
    """Read once from `cogpromote --help` and every `cogpromote VERB --help`."""

    def __init__(self, program):
        self.program = os.path.abspath(program)  # Whatever folder it is called in.
        listed = self.run("--help").partition("verbs:\n")[2].partition("\n\n")[0]
        self.verbs = re.findall(r"^  ([a-z]+(?: [a-z]+)?) ", listed, re.M)
        self.texts = {verb: self.run(*verb.split(), "--help") for verb in self.verbs}

    def run(self, *arguments):
        return subprocess.run([self.program, *arguments], env={}, capture_output=True, text=True,
                              timeout=60, check=True).stdout

    def flags(self, verb):
        """Every flag of a verb, `--no-` ones too, without `--help`."""
        found = set()
        for negatable, name in re.findall(r"^  --(\[no-\])?([a-z-]+) ", self.texts[verb], re.M):
            found.add(f"--{name}")
            if negatable:
                found.add(f"--no-{name}")
        return found

    def variables(self, verb):
        return set(re.findall(r"^ +\$(\w+)$", self.texts[verb], re.M))

    def exit_codes(self, verb):
        codes = self.texts[verb].partition("exit codes:\n")[2].partition("\n\n")[0]
        return set(re.findall(r"^ +(\d+)  ", codes, re.M))
