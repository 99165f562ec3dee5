"""Puts the console's files into one page, and that into a C source.

usage: assemble.py INDEX OUTPUT

The page is what a browser shows of INDEX, with its style sheets and scripts put in place. The
source has its bytes and a Content-Security-Policy that lets nothing else run.
"""

import pathlib
import re
import sys

from inlining import byte_lines, inlined_page


def policy_of(style_hashes, script_hashes):
    """Only these scripts and styles, only this server, and no text ever becomes markup."""
    return "; ".join([
        "default-src 'none'",
        f"script-src {' '.join(script_hashes)}",
        f"style-src {' '.join(style_hashes)}",
        "connect-src 'self'",
        "img-src data:",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types 'none'",
    ])


def c_source(page, policy):
    data = page.encode()
    return "\n".join([
        "/* Made by assemble.py. */",
        '#include "console/console.h"',
        "",
        "const unsigned char mock_console_page[] = {",
        *byte_lines(data),
        "};",
        "",
        f"const size_t mock_console_page_length = {len(data)};",
        "",
        "const char mock_console_policy[] =",
        *(f'    "{part}"' for part in re.findall(r".{1,80}", policy)),
        "    ;",
        "",
    ])


def main():
    index, output = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    page, style_hashes, script_hashes = inlined_page(index)
    output.write_text(c_source(page, policy_of(style_hashes, script_hashes)), encoding="utf-8")


main()
