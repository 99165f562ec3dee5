"""For meson: what is built of each patch.

usage: list.py PATCH...                              prints NAME SOURCE HOST, a line a program
       list.py --json FILE FOLDER HOST=PATH... PATCH...   writes all of it to FILE

HOST is what the faulty source is linked into, as FOLDER/HOST-NAME: cogdrill, and the test that
notices it, if no scenario does. PATH is that program without a fault.
"""

import dataclasses
import json
import pathlib
import sys

from mutant import Unsound, read


def read_all(names):
    mutants = []
    for name in names:
        try:
            mutants.append(read(pathlib.Path(name)))
        except Unsound as error:
            sys.exit(f"{name}: {error}")
    return mutants


def describe(folder, hosts, mutants):
    return {
        "hosts": hosts,
        "mutants": [{**dataclasses.asdict(mutant), "host": mutant.host,
                     "program": f"{folder}/{mutant.host}-{mutant.name}",
                     "explorer": None if mutant.unexplored else f"{folder}/cogdrill-{mutant.name}"}
                    for mutant in mutants],
    }


if sys.argv[1] == "--json":
    path, folder, *words = sys.argv[2:]
    hosts = dict(word.split("=", 1) for word in words if "=" in word)
    listed = describe(folder, hosts, read_all(word for word in words if "=" not in word))
    pathlib.Path(path).write_text(json.dumps(listed, indent=2) + "\n")
else:
    for one in read_all(sys.argv[1:]):
        for host in one.hosts:
            print(one.name, one.source, host)
