"""Nobody includes what lies above: base < client, base < mockserver, both < scenarios."""

import re

from sources import files, relative, report

INCLUDE = re.compile(r'^\s*#\s*include\s+[<"]([^">]+)[">]', re.M)

# Public headers that base itself has; the others in cogpromote/ are the client's.
BASE = {"attributes", "error", "cancel", "clock", "random", "storage", "log", "transport"}


def kind(header):
    if header.startswith("cogbase/"):
        return "base"
    if header.startswith("cogpromote/"):
        return "base" if header[len("cogpromote/") : -len(".h")] in BASE else "client"
    if header.startswith("cogmock/"):
        return "mockserver"
    return None


def allowed(path):
    if path.startswith("client/base/"):
        return {"base"}
    if path.startswith("client/"):
        return {"base", "client"}
    if path.startswith("mockserver/"):
        return {"base", "mockserver"}
    return {"base", "client", "mockserver"}


complaints = []
for source in files(".c", ".h"):
    name = relative(source)
    for header in INCLUDE.findall(source.read_text()):
        seen = kind(header)
        if seen is not None and seen not in allowed(name):
            complaints.append(f"{name}: may not include <{header}>, which belongs to {seen}")
        if ".." in header and not name.startswith("tests/") and header.count("..") > 1:
            complaints.append(f"{name}: \"{header}\" leaves its program's folder")
report(complaints)
