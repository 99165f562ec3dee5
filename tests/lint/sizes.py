"""No file over 600 lines; programs' main.c at most 100; no line over 100 columns."""

from sources import files, relative, report

complaints = []
for source in files(".c", ".h"):
    name, lines = relative(source), source.read_text().splitlines()
    limit = 100 if source.name == "main.c" else 600
    if len(lines) > limit:
        complaints.append(f"{name}: {len(lines)} lines, at most {limit}")
    complaints += [
        f"{name}:{number}: {len(line)} columns, at most 100"
        for number, line in enumerate(lines, 1)
        if len(line) > 100
    ]
report(complaints)
