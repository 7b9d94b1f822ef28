#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Everything that a person reads can be translated, and is, in every language that we list."""

import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(os.environ["BW_SOURCE_ROOT"])
PO = ROOT / "po"
sys.path.insert(0, str(ROOT / "tests"))

import tap  # noqa: E402

MARKED = {
    ".c": re.compile(r"(?<!\w)(N?C?_|ngettext|g_dngettext|g_dpgettext2) ?\("),
    ".ui": re.compile(r'translatable="(yes|true)"'),
    ".in": re.compile(r"\[Desktop Entry\]|<component|<mime-info"),
}
# As the `glib` preset of meson's i18n module has them.
KEYWORDS = ["_", "N_", "C_:1c,2", "NC_:1c,2", "g_dcgettext:2", "g_dngettext:2,3",
            "g_dpgettext2:2c,3"]


def listed(name):
    lines = (PO / name).read_text(encoding="utf-8").splitlines()
    return [line.strip() for line in lines if line.strip() and not line.startswith("#")]


class Translations(unittest.TestCase):
    def run_tool(self, *arguments):
        if not shutil.which(arguments[0]):
            self.skipTest(f"{arguments[0]} is not installed")
        done = subprocess.run([*map(str, arguments)], cwd=ROOT, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, text=True, check=False,
                              env=dict(os.environ, LC_ALL="C"))
        self.assertEqual(done.returncode, 0, done.stdout)
        return done.stdout

    def template(self, folder):
        self.run_tool("xgettext", "--from-code=UTF-8", "--add-comments",
                      *[f"--keyword={keyword}" for keyword in KEYWORDS],
                      "--files-from", PO / "POTFILES", "--directory", ROOT,
                      "--output", pathlib.Path(folder, "new.pot"))
        return pathlib.Path(folder, "new.pot")

    def test_potfiles_lists_exactly_the_files_with_texts(self):
        found = []
        for top in ("src", "ui", "data"):
            for path in (ROOT / top).rglob("*"):
                marked = MARKED.get(path.suffix)
                if marked and marked.search(path.read_text(encoding="utf-8")):
                    found.append(str(path.relative_to(ROOT)))
        self.assertGreater(len(found), 3)
        self.assertEqual(listed("POTFILES"), sorted(found))

    def test_every_listed_language_is_there_and_no_other(self):
        self.assertEqual(listed("LINGUAS"), sorted(path.stem for path in PO.glob("*.po")))
        self.assertGreater(len(listed("LINGUAS")), 0)

    def test_every_language_is_complete(self):
        with tempfile.TemporaryDirectory() as folder:
            template = self.template(folder)
            for language in listed("LINGUAS"):
                merged = pathlib.Path(folder, f"{language}.po")
                self.run_tool("msgmerge", "--quiet", "--no-fuzzy-matching",
                              PO / f"{language}.po", template, "--output-file", merged)
                told = self.run_tool("msgfmt", "--check", "--statistics", "--output-file",
                                     pathlib.Path(folder, "out.mo"), merged)
                self.assertRegex(told.strip(), r"^\d+ translated messages?\.$", language)

    def test_no_language_translates_what_is_gone(self):
        for language in listed("LINGUAS"):
            text = (PO / f"{language}.po").read_text(encoding="utf-8")
            self.assertNotIn("\n#~ ", text, language)


if __name__ == "__main__":
    tap.main(__name__)
