"""Makes a C source with the bytes of the OpenAPI document: embed.py DOCUMENT OUTPUT."""

import json
import pathlib
import sys

BYTES_A_LINE = 16


def main():
    document, output = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    # One that is no JSON is found here, and without white space it is a third as long.
    data = json.dumps(
        json.loads(document.read_text(encoding="utf-8")), ensure_ascii=False, separators=(",", ":")
    ).encode()
    lines = [
        "    " + "".join(f"{byte}," for byte in data[i:i + BYTES_A_LINE])
        for i in range(0, len(data), BYTES_A_LINE)
    ]
    output.write_text("\n".join([
        "/* Made by embed.py. */",
        '#include "control/openapi.h"',
        "",
        "const unsigned char mock_control_openapi[] = {",
        *lines,
        "    0, /* For who reads it as a string. */",
        "};",
        "",
        f"const size_t mock_control_openapi_length = {len(data)};",
        "",
    ]), encoding="utf-8")


main()
