"""A small fault of the client: a patch of one source file, below lines that say what notices it.

    What: what is wrong then
    Scenario: the file below scenarios/suite that notices it
    Finding: a part of what is said there

`Transport: wire`, where only sockets can show it. In place of `Scenario` a `Test`, where no scenario
can: one of the test programs of tests/mutants/meson.build. `Explorer: REASON`, where the explorer
cannot find it.
"""

import dataclasses
import re

KEYS = ("What", "Scenario", "Test", "Transport", "Finding", "Explorer")
FIELD = re.compile(r"^([A-Z][a-z]+): (.+)$")
SOURCE = re.compile(r"^\+\+\+ b/(\S+)", re.MULTILINE)
TRANSPORTS = ("memory", "wire")


class Unsound(Exception):
    """Says what is wrong with a file, and what is expected of it."""


@dataclasses.dataclass(frozen=True)
class Mutant:
    name: str
    what: str
    finding: str
    source: str
    scenario: str | None
    test: str | None
    transport: str
    unexplored: str | None  # Why.

    @property
    def host(self):
        """What the faulty source is linked into, for what notices it."""
        return self.test or "cogdrill"

    @property
    def hosts(self):
        """All that it is linked into: the explorer is one as well."""
        return [self.host] if self.unexplored else sorted({self.host, "cogdrill"})


def read_fields(head):
    fields = {}
    for line in filter(None, head.splitlines()):
        match = FIELD.match(line)
        if match is None or match[1] not in KEYS:
            raise Unsound(f"above the patch it has '{line}': expected What, Scenario or Test, "
                          "Finding, Transport, Explorer")
        fields[match[1]] = match[2]
    return fields


def read(path):
    """The mutant of a patch file, or Unsound."""
    head, _, patch = path.read_text().partition("diff --git ")
    fields = read_fields(head)
    for key in ("What", "Finding"):
        if key not in fields:
            raise Unsound(f"it has no line '{key}: …' above the patch")
    if ("Scenario" in fields) == ("Test" in fields):
        raise Unsound("it needs one line 'Scenario: …' or 'Test: …' above the patch")
    if fields.get("Transport", "memory") not in TRANSPORTS:
        raise Unsound(f"its transport is '{fields['Transport']}': expected memory or wire")
    sources = SOURCE.findall(patch)
    if len(sources) != 1 or not sources[0].endswith(".c"):
        raise Unsound("it must change one .c file: what is compiled anew is that file alone")
    return Mutant(name=path.stem, what=fields["What"], finding=fields["Finding"], source=sources[0],
                  scenario=fields.get("Scenario"), test=fields.get("Test"),
                  transport=fields.get("Transport", "memory"), unexplored=fields.get("Explorer"))
