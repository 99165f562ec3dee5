"""Puts the console's files into one page, and that into a C source.

usage: assemble.py INDEX OUTPUT

The page is what a browser shows of INDEX, with its style sheets and scripts put in place. The
source has its bytes and a Content-Security-Policy that lets nothing else run.
"""

import base64
import hashlib
import pathlib
import re
import sys

STYLE = re.compile(r'<link rel="stylesheet" href="([a-z]+\.css)">')
SCRIPT = re.compile(r'<script src="([a-z]+\.js)"></script>')
ELSEWHERE = re.compile(r"""(?:src|href|action)=["'](?:https?:)?//|url\(|@import""")
BYTES_A_LINE = 16


def source_hash(text):
    """What a policy calls the text of an element by."""
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def inlined(page, pattern, folder, tag):
    """(the page with the files in place of what names them, their hashes)"""
    hashes = []

    def put(match):
        text = (folder / match[1]).read_text(encoding="utf-8")
        if f"</{tag}" in text.lower() or "<!--" in text:
            sys.exit(f"{folder / match[1]}: would end its element: say '<' otherwise")
        hashes.append(source_hash(text))
        return f"<{tag}>{text}</{tag}>"

    return pattern.sub(put, page), hashes


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
    lines = [
        "    " + "".join(f"{byte}," for byte in data[i:i + BYTES_A_LINE])
        for i in range(0, len(data), BYTES_A_LINE)
    ]
    return "\n".join([
        "/* Made by assemble.py. */",
        '#include "console/console.h"',
        "",
        "const unsigned char mock_console_page[] = {",
        *lines,
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
    page = index.read_text(encoding="utf-8")
    page, style_hashes = inlined(page, STYLE, index.parent, "style")
    page, script_hashes = inlined(page, SCRIPT, index.parent, "script")
    outside = ELSEWHERE.search(page)
    if outside or not style_hashes or not script_hashes:
        sys.exit(f"{index}: wants something from elsewhere: {outside and outside[0]}")
    output.write_text(c_source(page, policy_of(style_hashes, script_hashes)), encoding="utf-8")


main()
