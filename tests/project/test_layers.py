#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The layers of src/, and that the check of them can fail."""

import os
import pathlib
import sys
import tempfile
import unittest

ROOT = pathlib.Path(os.environ["BW_SOURCE_ROOT"])
sys.path.insert(0, str(ROOT / "tests"))

import layers  # noqa: E402
import tap  # noqa: E402

PAGE = """
| folder | what lives there | layers | libraries |
|---|---|---|---|
| `base/` | ground | – | – |
| `placer/` | placing | base | – |
| `board/` | boards | base | GLib, GIO |
| `app/` | window | all | all |
"""


class Layers(unittest.TestCase):
    def complaints(self, name, text):
        with tempfile.TemporaryDirectory() as folder:
            src = pathlib.Path(folder)
            (src / "DESIGN.md").write_text(PAGE, encoding="utf-8")
            (src / name).parent.mkdir(parents=True, exist_ok=True)
            (src / name).write_text(text, encoding="utf-8")
            return layers.check(src)

    def test_every_include_in_src_is_allowed_by_its_design_page(self):
        self.assertEqual(layers.check(ROOT / "src"), [])

    def test_the_page_names_every_folder_of_src(self):
        table = layers.read_table((ROOT / "src/DESIGN.md").read_text(encoding="utf-8"))
        folders = {path.name for path in (ROOT / "src").iterdir() if path.is_dir()}
        self.assertEqual(folders - set(table), set())

    def test_only_the_app_sees_gtk(self):
        table = layers.read_table((ROOT / "src/DESIGN.md").read_text(encoding="utf-8"))
        self.assertEqual([name for name, row in table.items() if "GTK" in row[1]], ["app"])

    def test_base_and_placer_are_plain_c(self):
        table = layers.read_table((ROOT / "src/DESIGN.md").read_text(encoding="utf-8"))
        self.assertEqual(table["base"], (set(), set()))
        self.assertEqual(table["placer"], ({"base"}, set()))

    def test_what_is_allowed_passes(self):
        text = '#include "base/bw-a.h"\n#include "board/bw-b.h"\n#include <gio/gio.h>\n'
        self.assertEqual(self.complaints("board/bw-a.c", text), [])
        self.assertEqual(self.complaints("app/bw-a.c", "#include <gtk/gtk.h>\n"), [])

    def test_a_layer_above_is_found(self):
        self.assertEqual(len(self.complaints("board/bw-a.c", '#include "app/bw-w.h"\n')), 1)

    def test_gtk_below_the_app_is_found(self):
        self.assertEqual(len(self.complaints("board/bw-a.h", "#  include <gtk/gtk.h>\n")), 1)

    def test_glib_and_input_and_output_in_the_placer_are_found(self):
        text = "#include <glib.h>\n#include <stdio.h>\n#include <time.h>\n#include <math.h>\n"
        self.assertEqual(len(self.complaints("placer/bw-a.c", text)), 3)

    def test_an_include_without_its_layer_is_found(self):
        self.assertEqual(len(self.complaints("base/bw-a.c", '#include "bw-b.h"\n')), 1)

    def test_an_unknown_library_and_an_unknown_folder_are_found(self):
        self.assertEqual(len(self.complaints("app/bw-a.c", "#include <curl/curl.h>\n")), 1)
        self.assertEqual(len(self.complaints("extra/bw-a.c", "#include <math.h>\n")), 2)

    def test_an_empty_tree_does_not_pass(self):
        self.assertEqual(len(self.complaints("app/bw-a.c", "")), 1)


if __name__ == "__main__":
    tap.main(__name__)
