"""What the library shows to others, and what it asks of the system, read from its symbols.

usage: exports_test.py SOURCE-FOLDER SHARED-LIBRARY STATIC-LIBRARY
"""

import pathlib
import re
import subprocess
import sys
import unittest

SOURCE, SHARED, STATIC = (pathlib.Path(a).resolve() for a in sys.argv[1:4])
sys.path.insert(0, str(SOURCE / "tests" / "support"))

from tap_unittest import main  # noqa: E402

FOLDERS = ("client/include/cogpromote", "client/base/include/cogpromote")
COMMENT = re.compile(r"/\*.*?\*/", re.S)
DECLARATION = re.compile(r"^COG_API\b[^;]*?\b(\w+)\s*\(", re.M)
# What the sanitizers and the linker bring along.
FOREIGN = re.compile(r"^(_init|_fini|_end|_edata|__bss_start|__.*san.*|__odr.*)$")

# Writing to a `FILE *` that the caller gave (fwrite, fflush) is what cog_log_text and cog_log_json
# are for; the streams of the process are nobody's here, nor is its end, its signals, its
# environment. A failed assertion is a bug in the library and may abort.
FORBIDDEN = re.compile(
    r"^(_IO_)?(__)?(v?printf|puts|putchar|perror|vprintf|stdout|stderr|stdin|_?exit|_Exit|quick_exit"
    r"|abort|atexit|raise|signal|sigaction|syslog|system|fork|exec\w+|popen|setenv|putenv"
    r"|unsetenv|getenv|secure_getenv|setlocale|srand|rand|opt(arg|err|ind)|getopt\w*|err|warn)"
    r"(_chk|_unlocked)?$"
)
# Where a once is: of curl_global_init, which is documented, because libcurl's state is the process's
# own; and of looking SHA-256 up, which changes nothing that anybody could see.
STATEFUL = re.compile(r"(transport_curl\w*|digest)\.c\.o$")


def lines_of(*command):
    ran = subprocess.run(list(map(str, command)), capture_output=True, text=True, check=True)
    return ran.stdout.splitlines()


def symbols(library, *options):
    """Names without versions."""
    lines = lines_of("nm", *options, library)
    return {line.split()[-1].split("@")[0] for line in lines if re.match(r"[0-9a-f ]{16,} \w ", line)}


def declared():
    found = set()
    for folder in FOLDERS:
        for header in sorted((SOURCE / folder).glob("*.h")):
            found |= set(DECLARATION.findall(COMMENT.sub("", header.read_text())))
    return found


class Exports(unittest.TestCase):
    maxDiff = None

    def exported(self):
        return {s for s in symbols(SHARED, "-D", "--defined-only") if not FOREIGN.match(s)}

    def test_every_declared_function_is_exported(self):
        self.assertEqual(sorted(declared() - self.exported()), [])

    def test_nothing_is_exported_that_no_header_declares(self):
        self.assertEqual(sorted(self.exported() - declared()), [])

    def test_every_exported_name_has_the_prefix(self):
        self.assertEqual([s for s in self.exported() if not s.startswith("cog_")], [])

    def test_the_static_library_defines_no_name_without_the_prefix(self):
        names = {s for s in symbols(STATIC, "-g", "--defined-only") if not FOREIGN.match(s)}
        self.assertTrue(names)
        self.assertEqual(sorted(s for s in names if not s.startswith("cog_")), [])

    def test_it_neither_prints_nor_ends_the_process_nor_reads_its_environment(self):
        used = symbols(SHARED, "-D", "--undefined-only")
        self.assertIn("fwrite", used)
        self.assertEqual(sorted(s for s in used if FORBIDDEN.match(s)), [])

    def test_no_file_keeps_a_variable_but_those_of_a_once(self):
        member, found, has_once = "", [], False
        for line in lines_of("objdump", "-t", STATIC):
            if "file format" in line:
                member = line.split(":")[0]
            match = re.search(r" O \.(?:t?data|t?bss|data\.rel(?:\.local)?)\t\w+ (\S+)", line)
            if not match or match[1].startswith("_"):
                continue
            if STATEFUL.match(member):
                has_once = True
            else:
                found.append(f"{member}: {match[1]}")
        self.assertEqual(found, [])
        self.assertTrue(has_once, "objdump is not understood here")

    def test_users_link_against_a_numbered_soname(self):
        dynamic = "\n".join(lines_of("objdump", "-p", SHARED))
        self.assertRegex(dynamic, r"SONAME +libcogpromote\.so\.0\n")
        self.assertNotRegex(dynamic, r"NEEDED +libcogbase")


main()
