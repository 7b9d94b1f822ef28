#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""One board in the formats of KiCad 9 and 10, given the same poses: what is saved is one board
again.

KiCad 9 judges what is saved in its own format and in older ones (tests/kicad). It does not read
that of KiCad 10, so for that its twin stands in. Pairs of real boards, called NAME-v9.kicad_pcb
and NAME-v10.kicad_pcb, are tried too where BW_BOARDS_DIR names their folder.
"""

import os
import pathlib
import re
import sys
import tempfile
import unittest

import tap
from program import EXAMPLES, ROOT, run

sys.path.insert(0, str(ROOT / "tests/examples"))

from sexpr_reader import parse  # noqa: E402

DATA = ROOT / "tests/data/boards"
SEEDS = (1, 2, 3)
NET_ENTRY = re.compile(r'\n\t\(net (\d+) ("(?:[^"\\]|\\.)*")\)')
# What the two say in different words, or one of them not at all, and no move of a part touches.
APART = {
    "version", "generator", "generator_version", "net", "net_name", "uuid", "thickness", "front",
    "back", "tenting", "covering", "plugging", "filling", "capping", "setup",
    "duplicate_pad_numbers_are_jumpers", "island_removal_mode", "filled_areas_thickness",
}


def to_version_10(text):
    """The text of a board of KiCad 9 as KiCad 10 has it: nets have no numbers."""
    names = dict(NET_ENTRY.findall(text))
    text = NET_ENTRY.sub("", text)
    text = re.sub(r'\(net (\d+)(?: "(?:[^"\\]|\\.)*")?\)',
                  lambda found: f"(net {names[found[1]]})", text)
    text = re.sub(r'\n\t+\(net_name "(?:[^"\\]|\\.)*"\)', "", text)
    text = re.sub(r'\(tenting front back\)', '(tenting (front yes) (back yes))', text)
    text = text.replace('(generator_version "9.0")', '(generator_version "10.0")')
    return re.sub(r'\(version \d+\)', '(version 20260206)', text, count=1)


def without_what_is_apart(node):
    if not isinstance(node, list):
        return node
    return [without_what_is_apart(child) for child in node
            if not (isinstance(child, list) and child and child[0] in APART)]


class Twins(unittest.TestCase):
    def setUp(self):
        holder = tempfile.TemporaryDirectory()
        self.addCleanup(holder.cleanup)
        self.folder = pathlib.Path(holder.name)
        self.table = self.folder / "poses.csv"

    def pose(self, board, name, *options):
        """The text of the board with the table's poses."""
        out = self.folder / f"{name}.kicad_pcb"
        done = run("pose", board, "-o", out, "--poses", self.table, *options)
        self.assertEqual(done.returncode, 0, f"{board.name}: {done.stderr}")
        return out.read_text(encoding="utf-8")

    def scatter(self, board, seed):
        done = run("pose", board, "-o", self.folder / "scattered.kicad_pcb", "--random", seed,
                   "--flip", "0.34", "--list", "--tracks", "keep")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.table.write_text(done.stdout, encoding="utf-8")

    def check_pair(self, old, new):
        """Both say one thing before, and one, another, with the poses of the table."""
        before = [without_what_is_apart(parse(board.read_text(encoding="utf-8")))
                  for board in (old, new)]
        self.assertEqual(before[0], before[1], f"{old.name} and {new.name} are no twins")
        for tracks in ("keep", "ripup"):
            after = [without_what_is_apart(parse(self.pose(board, name, "--tracks", tracks)))
                     for board, name in ((old, "old"), (new, "new"))]
            self.assertTrue(after[0] == after[1], f"{old.name} and {new.name}, --tracks {tracks}")
            self.assertNotEqual(after[0], before[0])

    def test_the_small_twins_stay_twins(self):
        for seed in SEEDS:
            self.scatter(DATA / "v9.kicad_pcb", seed)
            self.check_pair(DATA / "v9.kicad_pcb", DATA / "v10.kicad_pcb")

    def test_to_move_parts_and_to_write_the_newer_format_commute(self):
        for board in sorted(EXAMPLES.glob("*.kicad_pcb")):
            twin = self.folder / f"{board.stem}-v10.kicad_pcb"
            text = to_version_10(board.read_text(encoding="utf-8"))
            self.assertNotIn("\n\t(net ", text)
            twin.write_text(text, encoding="utf-8")
            for seed in SEEDS:
                self.scatter(board, seed)
                for tracks in ("keep", "ripup"):
                    moved = self.pose(board, "old", "--tracks", tracks)
                    self.assertTrue(to_version_10(moved) ==
                                    self.pose(twin, "new", "--tracks", tracks),
                                    f"{board.name}, seed {seed}, --tracks {tracks}")
                    self.assertNotEqual(moved, board.read_text(encoding="utf-8"))

    @unittest.skipUnless("BW_BOARDS_DIR" in os.environ, "BW_BOARDS_DIR is not set")
    def test_the_twins_of_a_folder_stay_twins(self):
        pairs = 0
        for new in pathlib.Path(os.environ["BW_BOARDS_DIR"]).glob("*-v10.kicad_pcb"):
            old = new.with_name(new.name.replace("-v10.", "-v9."))
            if not old.exists():
                continue
            pairs += 1
            for seed in SEEDS:
                self.scatter(old, seed)
                self.check_pair(old, new)
        self.assertGreater(pairs, 0)


if __name__ == "__main__":
    tap.main(__name__)
