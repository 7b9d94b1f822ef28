#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What of the house style a machine can see."""

import os
import pathlib
import sys
import tempfile
import unittest

ROOT = pathlib.Path(os.environ["BW_SOURCE_ROOT"])
SUFFIXES = {".c", ".h", ".js", ".mjs", ".css", ".py", ".ui", ".svg"}
FOLDERS = ("src", "tests", "viewer", "ui", "data")
SCRIPTS = ("run", "check", ".ci/run", ".ci/setup.sh")
LICENSE = "SPDX-License-Identifier: "
WIDTH = 100
sys.path.insert(0, str(ROOT / "tests"))

import tap  # noqa: E402


def sources(root):
    for folder in FOLDERS:
        for path in sorted((root / folder).rglob("*")):
            if path.suffix in SUFFIXES and "node_modules" not in path.parts:
                yield path
    yield from (root / name for name in SCRIPTS if (root / name).exists())


def complaints(path, name):
    lines = path.read_text(encoding="utf-8").split("\n")
    if not any(LICENSE in line for line in lines[:3]):
        yield f"{name}:1: no licence"
    if lines[-1] or len(lines) < 2 or not lines[-2]:
        yield f"{name}:{len(lines)}: does not end with one newline"
    for number, line in enumerate(lines, 1):
        if "\t" in line:
            yield f"{name}:{number}: a tab"
        if line != line.rstrip():
            yield f"{name}:{number}: white space at the end"
        # Paths of icons and text of interfaces cannot be broken at will.
        if len(line) > WIDTH and path.suffix not in (".svg", ".ui"):
            yield f"{name}:{number}: {len(line)} columns"


class Style(unittest.TestCase):
    maxDiff = None

    def found(self, text, name="src/bw-a.c"):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder, name)
            path.parent.mkdir()
            path.write_text(text, encoding="utf-8")
            return [line for path in sources(pathlib.Path(folder))
                    for line in complaints(path, name)]

    def test_every_source_file_follows_the_house_style(self):
        files = list(sources(ROOT))
        self.assertGreater(len(files), 50)
        self.assertEqual([line for path in files
                          for line in complaints(path, path.relative_to(ROOT))], [])

    def test_each_breach_is_found(self):
        head = f"/* {LICENSE}GPL-3.0-or-later */\n"
        self.assertEqual(self.found(head), [])
        for text in ("int a;\n", head + "\tint a;\n", head + "int a; \n", head + "int a;",
                     head + "\n", head + "x" * 101 + "\n"):
            self.assertEqual(len(self.found(text)), 1, text)


if __name__ == "__main__":
    tap.main(__name__)
