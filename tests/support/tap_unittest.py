"""Runs the unittest classes of a program and prints TAP, a point a test."""

import sys
import unittest


class TapResult(unittest.TestResult):
    """Prints each test's point when it ends, with what went wrong below it."""

    def stopTest(self, test):
        super().stopTest(test)
        problems = [text for _, text in self.failures + self.errors]
        directive = f" # SKIP {self.skipped[0][1]}" if self.skipped else ""
        name = test.id().removeprefix("__main__.")
        print(f"{'not ok' if problems else 'ok'} {self.testsRun} - {name}{directive}")
        for problem in problems:
            print("".join(f"# {line}\n" for line in problem.splitlines()), end="")
        sys.stdout.flush()
        self.had_problems |= bool(problems)
        self.failures, self.errors, self.skipped = [], [], []

    had_problems = False


def main():
    suite = unittest.defaultTestLoader.loadTestsFromModule(sys.modules["__main__"])
    print(f"1..{suite.countTestCases()}", flush=True)
    result = TapResult()
    suite.run(result)
    # Errors outside of a test, such as in setUpClass, belong to no point: the plan is not kept.
    for _, text in result.errors:
        print(text, file=sys.stderr)
    sys.exit(1 if result.had_problems or result.errors else 0)
