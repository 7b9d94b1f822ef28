# SPDX-License-Identifier: GPL-3.0-or-later

"""Makes the BwThemes of viewer/core/colors.js: one table a style, to be included by bw-theme.c."""

import json
import re
import sys


def color(css):
    """A colour of CSS as an initializer of a BwColor."""
    if re.fullmatch(r"#[0-9a-f]{6}", css):
        channels, percent = [int(css[i:i + 2], 16) for i in (1, 3, 5)], 100
    else:
        numbers = re.fullmatch(r"rgb\((\d+) (\d+) (\d+) / (\d+)%\)", css).groups()
        *channels, percent = map(int, numbers)
    return "{ %s, %s }" % (", ".join(f"{channel} / 255.0" for channel in channels), percent / 100)


def field(name, value):
    if isinstance(value, str):
        return f"  .{name} = {color(value)},"
    if isinstance(value, list):
        return f"  .{name} = {{\n" + "".join(f"    {color(one)},\n" for one in value) + "  },"
    return (f"  .{name} = {{\n" + "".join(f"    [BW_FORCE_{kind.upper()}] = {color(one)},\n"
                                          for kind, one in value.items()) + "  },")


source, out = sys.argv[1:]
with open(source, encoding="utf-8") as file:
    text = file.read()
styles = json.loads(text[text.index("{"):text.rindex("}") + 1])
with open(out, "w", encoding="utf-8") as file:
    for style in styles:
        # Those after the first have only what is otherwise.
        words = style.split("_")
        fields = {}
        for others in (words[:1], [words[0], "safe"], [words[0], "more"], words):
            if set(others) <= set(words):
                fields |= styles["_".join(others)]
        print(f"static const BwTheme {style} = {{", file=file)
        for name, value in fields.items():
            print(field(name, value), file=file)
        print("};\n", file=file)
