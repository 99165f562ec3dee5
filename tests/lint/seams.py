"""Only the production file of a seam calls time, random, network, files or the environment."""

import re

from sources import files, relative, report

# Whose business it is. The fake's and the runner's programs read and write what their command
# line names; mockserver/http/ is the fake's own wire.
ALLOWED = {
    "time": ("client/base/clock_posix.c",),
    "random": ("client/base/random_openssl.c",),
    "network": ("client/src/transport_curl", "mockserver/http/", "mockserver/program/",
                "mockserver/example/", "scenarios/runner/simulation/waiter.c"),
    "files": ("client/base/storage_posix", "client/base/document", "client/program/",
              "mockserver/program/", "scenarios/runner/program/", "scenarios/runner/language/suite",
              "scenarios/runner/drill/catalogue.c", "scenarios/runner/session/output", "scenarios/runner/explore/search/ledger.c", "scenarios/runner/session/watch.c",
              "scenarios/runner/foreign/folder.c", "scenarios/runner/foreign/child.c",
              "scenarios/runner/drill/guided/workplace.c",
              "scenarios/runner/drill/guided/real_path.c",
              "scenarios/runner/drill/guided/panes.c"),
    "processes": ("client/base/storage_posix_holder.c", "mockserver/example/",
                  "scenarios/runner/crew/worker.c", "scenarios/runner/foreign/child.c",
                  "scenarios/runner/drill/guided/panes.c", "scenarios/runner/drill/guided/recorder.c"),
    "environment": ("client/main.c", "client/example/", "mockserver/main.c", "mockserver/example/",
                    "scenarios/main.c"),
}
CALLS = {
    "time": r"time|gettimeofday|clock_gettime|clock|nanosleep|clock_nanosleep|usleep|sleep",
    "random": r"rand|random|srand|RAND_bytes|getrandom|arc4random\w*",
    "network": r"socket|connect|bind|listen|accept4?|send|recv|sendto|recvfrom|"
               r"curl_easy_perform|curl_multi_\w+|MHD_\w+|epoll_\w+",
    "files": r"fopen|freopen|open|openat|creat|unlink|unlinkat|mkdir|mkdirat|rename|renameat|"
             r"opendir|fdopendir|scandir|stat|fstat|lstat|fstatat|flock|ftruncate|fsync",
    "processes": r"kill|getppid|gethostname|fork|exec[lv]\w*|waitpid",
    "environment": r"getenv|secure_getenv|setenv|putenv",
}
NOISE = re.compile(r'/\*.*?\*/|"(?:\\.|[^"\\])*"', re.S)

complaints = []
for source in files(".c"):
    name = relative(source)
    if name.startswith("tests/"):
        continue
    code = NOISE.sub(lambda m: "\n" * m.group().count("\n"), source.read_text())
    for matter, calls in CALLS.items():
        if name.startswith(ALLOWED[matter]):
            continue
        for number, line in enumerate(code.splitlines(), 1):
            match = re.search(rf"(?<![\w.>])({calls})\s*\(", line)
            if match:
                complaints.append(f"{name}:{number}: {match[1]}() is {matter}: use the seam")
report(complaints)
