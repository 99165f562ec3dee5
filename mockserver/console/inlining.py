"""A page of many files as one, and that as bytes of a C source."""

import base64
import hashlib
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


def inlined(page, pattern, folders, tag):
    """(the page with the files in place of what names them, their hashes)"""
    hashes = []

    def put(match):
        paths = [folder / match[1] for folder in folders]
        path = next((path for path in paths if path.exists()), paths[0])
        text = path.read_text(encoding="utf-8")
        if f"</{tag}" in text.lower() or "<!--" in text:
            sys.exit(f"{path}: would end its element: say '<' otherwise")
        hashes.append(source_hash(text))
        return f"<{tag}>{text}</{tag}>"

    return pattern.sub(put, page), hashes


def inlined_page(index, *shared):
    """(the page of INDEX with all that it names inside, hashes of its styles, of its scripts)

    What is not beside INDEX is in one of the SHARED folders."""
    page = index.read_text(encoding="utf-8")
    folders = [index.parent, *shared]
    page, style_hashes = inlined(page, STYLE, folders, "style")
    page, script_hashes = inlined(page, SCRIPT, folders, "script")
    outside = ELSEWHERE.search(page)
    if outside or not style_hashes or not script_hashes:
        sys.exit(f"{index}: wants something from elsewhere: {outside and outside[0]}")
    return page, style_hashes, script_hashes


def byte_lines(data):
    """What stands between the braces of a C array."""
    return [
        "    " + "".join(f"{byte}," for byte in data[i:i + BYTES_A_LINE])
        for i in range(0, len(data), BYTES_A_LINE)
    ]
