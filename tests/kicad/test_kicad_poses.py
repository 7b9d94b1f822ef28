#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Boards with all parts at random poses, a third of them flipped, before KiCad as judge.

The examples and the boards of tests/data, and those in the folder that BW_BOARDS_DIR names.
Skipped without KiCad 9. A board that KiCad does not read is left out by name: those of a later
version, and what is broken on purpose.
"""

import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(os.environ["BW_SOURCE_ROOT"])
BOARDWALK = os.environ["BOARDWALK"]
JUDGE = ROOT / "tests/kicad/judge.py"
EXAMPLES = sorted((ROOT / "data/examples").glob("*.kicad_pcb"))
SMALL = sorted((ROOT / "tests/data/boards").glob("*.kicad_pcb"))
SEEDS = (1, 2, 3)
LATEST_OF_KICAD_9 = 20250000

sys.path.insert(0, str(ROOT / "tests"))

import tap  # noqa: E402


def has_kicad_9():
    script = "import pcbnew, sys; sys.exit(int(pcbnew.Version().split('.')[0]) < 9)"
    return subprocess.run([sys.executable, "-c", script], check=False, capture_output=True,
                          timeout=600).returncode == 0


def boardwalk(*arguments):
    return subprocess.run([BOARDWALK, *map(str, arguments)], check=False, capture_output=True,
                          text=True, timeout=600, stdin=subprocess.DEVNULL)


def version(board):
    return json.loads(boardwalk("info", board, "--json").stdout)["version"]


@unittest.skipUnless(has_kicad_9(), "KiCad 9 is not installed")
class Poses(unittest.TestCase):
    def setUp(self):
        holder = tempfile.TemporaryDirectory()
        self.addCleanup(holder.cleanup)
        folder = pathlib.Path(holder.name)
        self.original = folder / "original.kicad_pcb"
        self.saved = folder / "saved.kicad_pcb"
        self.table = folder / "poses.csv"

    def scatter(self, board, seed):
        shutil.copy(board, self.original)
        done = boardwalk("pose", self.original, "-o", self.saved, "--random", seed,
                         "--flip", "0.3333", "--list")
        self.assertEqual(done.returncode, 0, f"{board.name}: {done.stderr}")
        self.table.write_text(done.stdout, encoding="utf-8")

    def judge(self):
        """Exit status and facts. KiCad has a process of its own: it may crash."""
        done = subprocess.run([sys.executable, JUDGE, self.original, self.table, self.saved],
                              check=False, capture_output=True, text=True, timeout=600)
        return done.returncode, json.loads(done.stdout) if done.stdout else done.stderr[-2000:]

    def try_boards(self, boards, seeds):
        """Judges every board; returns how many items, and how many of them on parts that were
        flipped, KiCad agreed with."""
        items, flipped, wrong = 0, 0, []
        for board in boards:
            for seed in seeds:
                self.scatter(board, seed)
                status, facts = self.judge()
                if status == 2 and (version(board) > LATEST_OF_KICAD_9 or board in SMALL):
                    print(f"# {board.name}: not read by this KiCad")
                    break
                if status != 0:
                    wrong.append(f"{board.name}, seed {seed}: {facts}")
                else:
                    items += facts["items"]
                    flipped += facts["flipped"]
        self.assertEqual(wrong, [])
        return items, flipped

    def test_the_examples_are_saved_as_kicad_saves_them(self):
        items, flipped = self.try_boards(EXAMPLES, SEEDS)
        self.assertGreater(items, 10000)
        self.assertGreater(flipped, 100)

    def test_small_boards_of_all_versions_are_saved_as_kicad_saves_them(self):
        items, flipped = self.try_boards(SMALL, SEEDS)
        self.assertGreater(items, 300)
        self.assertGreater(flipped, 5)

    @unittest.skipUnless("BW_BOARDS_DIR" in os.environ, "BW_BOARDS_DIR is not set")
    def test_the_boards_of_a_folder_are_saved_as_kicad_saves_them(self):
        boards = sorted(pathlib.Path(os.environ["BW_BOARDS_DIR"]).glob("*.kicad_pcb"))
        items, _ = self.try_boards(boards, SEEDS[:1])
        print(f"# {len(boards)} boards, {items} items")
        self.assertGreater(items, 0)

    def test_the_judge_finds_every_kind_of_harm(self):
        self.scatter(EXAMPLES[0], 1)
        self.assertEqual(self.judge()[0], 0)
        good = self.saved.read_text(encoding="utf-8")
        at = good.index("(pad ")
        for harm in (("(size 1 ", "(size 1.01 "), ("(drill 0.3", "(drill 0.4"),
                     ("(net 1 ", "(net 2 "),
                     ('(layer "F.SilkS")', '(layer "B.SilkS")'), ('"F.Paste"', '"B.Paste"'),
                     ("(justify mirror)", ""), ("(thickness 0.15)", "(thickness 0.16)"),
                     ("(attr smd)", "(attr through_hole)"), ("(descr ", "(tags "), None):
            if harm is None:
                bad = good[:at] + good[at:].replace("(at ", "(at -", 1).replace("(at --", "(at ", 1)
            elif harm[0] in good:
                bad = good.replace(*harm, 1)
            else:
                continue
            self.saved.write_text(bad, encoding="utf-8")
            status, facts = self.judge()
            self.assertEqual(status, 1, f"{harm}: {facts}")

    def test_the_judge_finds_a_part_that_lies_elsewhere(self):
        self.scatter(EXAMPLES[0], 1)
        lines = self.table.read_text(encoding="utf-8").splitlines()
        fields = lines[1].split(",")
        fields[1] = str(float(fields[1]) + 0.001)
        lines[1] = ",".join(fields)
        self.table.write_text("\n".join(lines) + "\n", encoding="utf-8")
        self.assertEqual(self.judge()[0], 1)


if __name__ == "__main__":
    tap.main(__name__)
