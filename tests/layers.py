#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""layers.py SRC: fails on every #include that the table of SRC/DESIGN.md forbids.

The table is the one whose header row reads `folder | … | layers | libraries`. `layers` are the
folders of SRC that a folder may include besides itself, `libraries` names from LIBRARIES below;
`–` is none, `all` every one.
"""

import pathlib
import re
import sys

# By library, the headers that belong to it. `C` is what even the placer may use: of the C library
# the parts without input and output, without a clock and without threads.
LIBRARIES = {
    "C": r"(assert|float|inttypes|limits|math|stdalign|stdbool|stddef|stdint|stdlib|string)\.h",
    "libc": r"(ctype|errno|fcntl|ifaddrs|libintl|locale|poll|signal|stdarg|stdio|stdatomic)\.h"
            r"|(time|unistd)\.h"
            r"|(arpa|net|netinet|sys)/\w+\.h",
    "GLib": r"(glib(-object|-unix)?|gmodule)\.h|glib/gi18n\.h|glib/gstdio\.h|gobject/\w+\.h",
    "GIO": r"gio/\w+\.h",
    "json-glib": r"json-glib/json-glib\.h",
    "libsoup": r"libsoup/soup\.h",
    "wslay": r"wslay/wslay\.h",
    "gnutls": r"gnutls/\w+\.h",
    "qrencode": r"qrencode\.h",
    "cairo": r"cairo(-pdf|-svg)?\.h",
    "GTK": r"(gtk|gdk|gsk|epoxy|pango|graphene|gdk-pixbuf)/.*\.h|(graphene|pango\w*)\.h",
}
# What the build writes.
GENERATED = {"config.h", "viewer/bw-viewer-resources.h"}
INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')


def names_in(cell, everything):
    cell = cell.strip()
    if cell in ("–", "-", ""):
        return set()
    if cell == "all":
        return set(everything)
    names = {name.strip().strip("`").rstrip("/") for name in cell.split(",")}
    unknown = names - set(everything)
    if unknown:
        raise SystemExit(f"DESIGN.md: the table names {', '.join(sorted(unknown))}, which is "
                         "neither a folder of the table nor a known library")
    return names


def read_table(page):
    """{folder: (layers, libraries)} of the page's table."""
    rows = []
    inside = False
    for line in page.splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if not line.lstrip().startswith("|"):
            inside = False
        elif cells[0] == "folder" and cells[-2:] == ["layers", "libraries"]:
            inside = True
        elif inside and not set(line) <= set("|-: "):
            rows.append(cells)
    folders = [cells[0].strip("`").rstrip("/") for cells in rows]
    return {folder: (names_in(cells[-2], folders), names_in(cells[-1], LIBRARIES))
            for folder, cells in zip(folders, rows)}


def library_of(header):
    for library, pattern in LIBRARIES.items():
        if re.fullmatch(pattern, header):
            return library
    return None


def complaint(folder, table, quote, header):
    layers, libraries = table[folder]
    if quote == '"':
        layer = header.split("/")[0]
        if header in GENERATED or layer == folder or layer in layers:
            return None
        if layer in table and "/" in header:
            return f"{folder}/ may not include {layer}/"
        return "project headers are included by layer, as in \"base/bw-geometry.h\""
    library = library_of(header)
    if library is None:
        return "belongs to no library that tests/layers.py knows"
    if library in libraries or library == "C":
        return None
    return f"{folder}/ may not use {library}"


def check(src):
    """Complaints about the tree, each with file and line."""
    table = read_table((src / "DESIGN.md").read_text(encoding="utf-8"))
    if not table:
        return ["DESIGN.md: has no table of folders"]
    found = []
    seen = 0
    for path in sorted([*src.rglob("*.c"), *src.rglob("*.h")]):
        name = path.relative_to(src)
        folder = name.parts[0]
        if folder not in table:
            found.append(f"{name}: the table of DESIGN.md does not name {folder}")
            continue
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            match = INCLUDE.match(line)
            if match:
                seen += 1
                why = complaint(folder, table, *match.groups())
                if why:
                    found.append(f"{name}:{number}: {match.group(2)}: {why}")
    if not seen:
        found.append("no #include was found at all")
    return found


def main():
    complaints = check(pathlib.Path(sys.argv[1]))
    for line in complaints:
        print(line, file=sys.stderr)
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main())
