#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is installed for the desktop is valid, and says the same in every file."""

import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest
import xml.etree.ElementTree as ElementTree

ROOT = pathlib.Path(os.environ["BW_SOURCE_ROOT"])
DATA = ROOT / "data"
BUILT = pathlib.Path(os.environ["BW_BUILD_ROOT"]) / "data"
APP_ID = os.environ["BW_APPLICATION_ID"]
BASE_ID = APP_ID.removesuffix(".Devel")
MIME_TYPE = "application/x-kicad-pcb"
sys.path.insert(0, str(ROOT / "tests"))

import tap  # noqa: E402


class Data(unittest.TestCase):
    def succeeds(self, program, *arguments, **more):
        if not shutil.which(program):
            self.skipTest(f"{program} is not installed")
        done = subprocess.run([program, *map(str, arguments)], stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, text=True, check=False, **more)
        self.assertEqual(done.returncode, 0, done.stdout)
        return done.stdout

    def desktop_entry(self):
        lines = (BUILT / f"{APP_ID}.desktop").read_text(encoding="utf-8").splitlines()
        return dict(line.split("=", 1) for line in lines if "=" in line)

    def test_the_desktop_file_is_valid(self):
        self.assertEqual(self.succeeds("desktop-file-validate", BUILT / f"{APP_ID}.desktop"), "")

    def test_the_desktop_file_names_our_icon_program_and_mime_type(self):
        entry = self.desktop_entry()
        self.assertEqual(entry["Icon"], APP_ID)
        self.assertEqual(entry["Exec"], "boardwalk %f")
        self.assertEqual(entry["MimeType"], f"{MIME_TYPE};")

    def test_the_metainfo_is_valid(self):
        self.succeeds("appstreamcli", "validate", "--no-net", "--explain",
                      BUILT / f"{APP_ID}.metainfo.xml")

    def test_the_metainfo_agrees_with_the_rest(self):
        tree = ElementTree.parse(BUILT / f"{APP_ID}.metainfo.xml")
        version = re.search(r"version: '([^']+)'",
                            (ROOT / "meson.build").read_text(encoding="utf-8")).group(1)
        self.assertEqual(tree.findtext("id"), APP_ID)
        self.assertEqual(tree.findtext("launchable"), f"{APP_ID}.desktop")
        self.assertEqual(tree.findtext("provides/mediatype"), MIME_TYPE)
        self.assertEqual(tree.find("releases/release").get("version"), version)

    def test_the_settings_compile(self):
        self.succeeds("glib-compile-schemas", "--strict", "--dry-run", DATA)

    def test_every_setting_has_a_range_and_says_what_it_is(self):
        tree = ElementTree.parse(DATA / f"{BASE_ID}.gschema.xml")
        keys = tree.findall("schema/key")
        self.assertEqual(tree.find("schema").get("id"), BASE_ID)
        self.assertGreater(len(keys), 0)
        for key in keys:
            self.assertTrue(key.findtext("summary"), key.get("name"))
            # A dictionary's values cannot have one: whoever reads them looks at each.
            if key.get("type") not in ("b", "a{sd}"):
                self.assertTrue(key.find("range") is not None or key.find("choices") is not None,
                                key.get("name"))

    def test_every_setting_is_used(self):
        code = "".join(path.read_text(encoding="utf-8")
                       for path in (ROOT / "src/app").glob("*.[ch]"))
        if not code:
            self.skipTest("there is no window in this tree")
        tree = ElementTree.parse(DATA / f"{BASE_ID}.gschema.xml")
        for key in tree.findall("schema/key"):
            self.assertIn(f'"{key.get("name")}"', code)

    def test_all_xml_is_well_formed(self):
        files = [*DATA.glob("*.xml"), *DATA.glob("*.xml.in"), *DATA.rglob("*.svg"),
                 *(ROOT / "ui").glob("*.ui"), *(ROOT / "ui").glob("*.xml")]
        self.assertGreater(len(files), 4)
        self.succeeds("xmllint", "--noout", "--nonet", *files)

    def test_a_board_is_known_by_its_name_and_by_its_content(self):
        with tempfile.TemporaryDirectory() as folder:
            home = pathlib.Path(folder)
            packages = home / "mime/packages"
            packages.mkdir(parents=True)
            shutil.copy(BUILT / f"{APP_ID}.xml", packages)
            self.assertNotRegex(self.succeeds("update-mime-database", home / "mime"),
                                "(?i)error|warning: .*kicad")
            self.assertIn(f"{MIME_TYPE}:*.kicad_pcb",
                          (home / "mime/globs").read_text(encoding="utf-8"))
            magic = (home / "mime/magic").read_bytes()
            self.assertIn(MIME_TYPE.encode(), magic)
            self.assertIn(b"(kicad_pcb", magic)
            environment = dict(os.environ, XDG_DATA_HOME=folder, XDG_DATA_DIRS=folder)
            for name, content in (("amp.kicad_pcb", "(x)\n"), ("amp", "(kicad_pcb (version 1))\n")):
                (home / name).write_text(content, encoding="utf-8")
                told = self.succeeds("gio", "info", "-a", "standard::content-type", home / name,
                                     env=environment)
                self.assertIn(MIME_TYPE, told, name)

    def test_the_icons_are_drawn_to_the_sizes_that_themes_ask_for(self):
        for name, size in (("", "128"), ("-symbolic", "16")):
            root = ElementTree.parse(DATA / "icons" / f"{BASE_ID}{name}.svg").getroot()
            self.assertEqual(root.get("viewBox"), f"0 0 {size} {size}")
            self.assertEqual((root.get("width"), root.get("height")), (size, size))

    def test_the_symbolic_icon_has_filled_shapes_only(self):
        # Strokes do not follow the colour of the text around it.
        text = (DATA / "icons" / f"{BASE_ID}-symbolic.svg").read_text(encoding="utf-8")
        self.assertNotIn("stroke", text)


if __name__ == "__main__":
    tap.main(__name__)
