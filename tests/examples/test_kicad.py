#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The example boards before KiCad 9: its rule check and what it keeps of them. Skipped without."""

import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest
from collections import Counter

ROOT = pathlib.Path(os.environ["BW_SOURCE_ROOT"])
EXAMPLES = ROOT / "data/examples"
BAD = ROOT / "tests/data/bad"
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "tests/examples")]

import tap  # noqa: E402
from sexpr_reader import children, parse  # noqa: E402

NAMES = ("blinker", "sensor-node", "motor-controller")
# The footprints are the boards' own: no library on the machine has them.
EXPECTED_VIOLATIONS = {"lib_footprint_issues"}
# Written by KiCad alone, or about the writer.
KICADS_OWN = {"generator", "tenting", "pcbplotparams"}


def kicad_cli(*arguments):
    return subprocess.run(["kicad-cli", *arguments], check=True, timeout=300,
                          capture_output=True, text=True).stdout


def has_kicad_9():
    if not shutil.which("kicad-cli"):
        return False
    try:
        return int(kicad_cli("version").split(".")[0]) >= 9
    except (subprocess.SubprocessError, ValueError, OSError):
        return False


def has_pcbnew():
    return subprocess.run([sys.executable, "-c", "import pcbnew"], check=False,
                          capture_output=True, timeout=300).returncode == 0


def canonical(node):
    """The node without what KiCad adds, numbers by value, its children in no order."""
    if not isinstance(node, list):
        try:
            return repr(round(float(node), 6) + 0.0)
        except ValueError:
            return node
    inner = [canonical(child) for child in node
             if not (isinstance(child, list) and child[0] in KICADS_OWN)]
    atoms = [child for child, raw in zip(inner, [c for c in node if not (
        isinstance(c, list) and c[0] in KICADS_OWN)]) if not isinstance(raw, list)]
    lists = [child for child in inner if child.startswith("(")]
    keep_order = node[0] == "pts"
    return "(" + " ".join(atoms + (lists if keep_order else sorted(lists))) + ")"


@unittest.skipUnless(has_kicad_9(), "KiCad 9 is not installed")
class KiCad(unittest.TestCase):
    def drc(self, board, folder):
        report = pathlib.Path(folder) / "report.json"
        kicad_cli("pcb", "drc", "--severity-all", "--format", "json", "-o", str(report),
                  str(board))
        return json.loads(report.read_text(encoding="utf-8"))

    def test_the_rule_check_finds_only_that_the_boards_are_not_routed(self):
        for name in NAMES:
            with tempfile.TemporaryDirectory() as folder:
                copy = shutil.copy(EXAMPLES / f"{name}.kicad_pcb", folder)
                report = self.drc(copy, folder)
            found = {violation["type"] for violation in report["violations"]}
            self.assertEqual(found - EXPECTED_VIOLATIONS, set(), name)
            self.assertGreater(len(report["unconnected_items"]), 10, name)

    def test_the_rule_check_would_find_an_overlap(self):
        text = (EXAMPLES / "blinker.kicad_pcb").read_text(encoding="utf-8")
        self.assertEqual(text.count("(at 112.5 66.5)"), 1)
        with tempfile.TemporaryDirectory() as folder:
            board = pathlib.Path(folder) / "blinker.kicad_pcb"
            board.write_text(text.replace("(at 112.5 66.5)", "(at 116.5 74)"), encoding="utf-8")
            report = self.drc(board, folder)
        self.assertIn("courtyards_overlap", {v["type"] for v in report["violations"]})

    def test_saved_again_by_kicad_nothing_is_lost_or_changed(self):
        if not has_pcbnew():
            self.skipTest("this Python has no pcbnew")
        script = ("import pcbnew, sys; board = pcbnew.LoadBoard(sys.argv[1]); "
                  "pcbnew.SaveBoard(sys.argv[2], board)")
        for name in NAMES:
            with tempfile.TemporaryDirectory() as folder:
                first = shutil.copy(EXAMPLES / f"{name}.kicad_pcb", folder)
                second = pathlib.Path(folder) / "again.kicad_pcb"
                subprocess.run([sys.executable, "-c", script, first, second], check=True,
                               capture_output=True, timeout=300)
                before, after = (parse(pathlib.Path(path).read_text(encoding="utf-8"))
                                 for path in (first, second))
            lost = Counter(canonical(child) for child in before[1:])
            gained = Counter(canonical(child) for child in after[1:])
            lost, gained = lost - gained, gained - lost
            lost = [item for item in lost if not item.startswith("(generator")]
            gained = [item for item in gained if not item.startswith("(generator")]
            self.assertEqual((lost[:3], gained[:3]), ([], []), name)
            self.assertGreater(len(children(before, "footprint")), 10)

    def test_of_the_bad_boards_it_refuses_those_that_their_list_names(self):
        listed = re.findall(r"^\| `(.+?\.kicad_pcb)` \|.*\| (yes|no)\b.* \|$",
                            (BAD / "README.md").read_text(encoding="utf-8"), re.MULTILINE)
        self.assertEqual(sorted(name for name, _ in listed),
                         sorted(path.name for path in BAD.glob("*.kicad_pcb")))
        for name, opens in listed:
            with tempfile.TemporaryDirectory() as folder:
                copy = shutil.copy(BAD / name, folder)
                if opens == "yes":
                    self.drc(copy, folder)
                else:
                    with self.assertRaises(subprocess.CalledProcessError, msg=name):
                        self.drc(copy, folder)


if __name__ == "__main__":
    tap.main(__name__)
