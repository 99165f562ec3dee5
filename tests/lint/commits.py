"""Commit subjects have the form `area: imperative summary`, up to 72 characters, no full stop."""

import re
import subprocess
import sys

from sources import ROOT, report

SUBJECT = re.compile(r"[a-z0-9][a-z0-9/_.,+ -]*: [a-z0-9`'\"<-].*[^.]")

log = subprocess.run(["git", "log", "--no-merges", "--format=%h %s"],
                     capture_output=True, text=True, cwd=ROOT, check=False)
if log.returncode != 0:
    print("not a checkout: there are no commits to look at")
    sys.exit(77)
complaints = []
for line in log.stdout.splitlines():
    commit, subject = line.split(" ", 1)
    if not SUBJECT.fullmatch(subject) or len(subject) > 72:
        complaints.append(f"{commit}: '{subject}'")
report(complaints)
