"""Puts a report's page into a C source, in two parts: the results go in between.

usage: assemble.py PAGE OUTPUT [NAME HEADER SHARED]

NAME is what the two parts are called by, HEADER declares them, and SHARED is a folder of what the
page has from another one.

The page opens from a file, where no server can send a Content-Security-Policy: it brings its own,
which lets its own scripts and styles run and nothing else.
"""

import pathlib
import sys

sys.path.insert(1, str(pathlib.Path(__file__).resolve().parents[4] / "mockserver" / "console"))

from inlining import byte_lines, inlined_page  # noqa: E402

POLICY_PLACE = 'content="POLICY"'
RESULTS_PLACE = ">RESULTS</script>"


def policy_of(style_hashes, script_hashes):
    """Only these scripts and styles, nobody to talk to, and no text ever becomes markup."""
    return "; ".join([
        "default-src 'none'",
        f"script-src {' '.join(script_hashes)}",
        f"style-src {' '.join(style_hashes)}",
        "img-src data:",
        "base-uri 'none'",
        "form-action 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types 'none'",
    ])


def c_array(name, text):
    data = text.encode()
    return [
        f"const unsigned char {name}[] = {{",
        *byte_lines(data),
        "};",
        f"const size_t {name}_length = {len(data)};",
        "",
    ]


def main():
    index, output = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    name, header, *shared = sys.argv[3:] or ("scn_page", "report/page/page.h")
    page, style_hashes, script_hashes = inlined_page(index, *map(pathlib.Path, shared))
    for place in (POLICY_PLACE, RESULTS_PLACE):
        if page.count(place) != 1:
            sys.exit(f"{index}: wants one {place}, has {page.count(place)}")
    page = page.replace(POLICY_PLACE, f'content="{policy_of(style_hashes, script_hashes)}"')
    head, tail = page.split("RESULTS</script>")
    output.write_text("\n".join([
        "/* Made by assemble.py. */",
        f'#include "{header}"',
        "",
        *c_array(f"{name}_head", head),
        *c_array(f"{name}_tail", "</script>" + tail),
    ]), encoding="utf-8")


main()
