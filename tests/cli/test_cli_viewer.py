#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""boardwalk viewer: a page on disk that leads to a shared board."""

import pathlib
import stat
import tempfile
import unittest

import tap
from program import run

LINK = "http://127.0.0.1:8765/s/abc/#AAAA-bbbb_1"


class Viewer(unittest.TestCase):
    def setUp(self):
        holder = tempfile.TemporaryDirectory()
        self.addCleanup(holder.cleanup)
        self.out = pathlib.Path(holder.name, "board.html")

    def test_the_page_holds_the_link_and_only_its_owner_reads_it(self):
        self.out.write_text("old", encoding="utf-8")
        self.out.chmod(0o644)
        done = run("viewer", LINK, "-o", self.out)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.assertEqual(stat.S_IMODE(self.out.stat().st_mode), 0o600)
        text = self.out.read_text(encoding="utf-8")
        self.assertIn(f'content="0; url={LINK}"', text)
        self.assertIn(f'href="{LINK}"', text)

    def test_markup_in_a_link_stays_text(self):
        run("viewer", 'https://a.example/?"><script>x</script>#t', "-o", self.out)
        if self.out.exists():
            self.assertNotIn("<script>", self.out.read_text(encoding="utf-8"))

    def test_what_is_no_link_is_refused(self):
        for link, fact in (("javascript:alert(1)#x", "no link"), ("board.kicad_pcb", "no link"),
                           ("http://127.0.0.1/s/abc/", "behind #"),
                           ("http://127.0.0.1/s/abc/#", "behind #")):
            done = run("viewer", link, "-o", self.out)
            self.assertEqual(done.returncode, 2, link)
            self.assertIn(fact, done.stderr)
            self.assertFalse(self.out.exists())

    def test_it_says_how_it_is_used_and_where_it_cannot_write(self):
        done = run("viewer", LINK)
        self.assertEqual((done.returncode, "-o FILE" in done.stderr), (2, True))
        done = run("viewer", LINK, "-o", self.out.parent / "none" / "board.html")
        self.assertEqual(done.returncode, 1)


if __name__ == "__main__":
    tap.main(__name__)
