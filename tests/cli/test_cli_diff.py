#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""boardwalk diff: which parts lie elsewhere, in words, in JSON and as exit status."""

import json
import pathlib
import tempfile
import unittest

import tap
from program import BAD, MIDDLE, SMALL, run

HEADER = "reference,x_mm,y_mm,rotation_deg,side\n"


class Diff(unittest.TestCase):
    def setUp(self):
        holder = tempfile.TemporaryDirectory()
        self.addCleanup(holder.cleanup)
        self.out = pathlib.Path(holder.name, "out.kicad_pcb")
        self.table = pathlib.Path(holder.name, "poses.csv")
        self.rows = [line.split(",") for line in
                     run("pose", SMALL, "--list").stdout.splitlines()[1:]]

    def test_a_board_does_not_differ_from_itself(self):
        done = run("diff", SMALL, SMALL)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.assertIn("where they were", done.stdout)
        facts = json.loads(run("diff", SMALL, SMALL, "--json").stdout)
        self.assertEqual((facts["same"], facts["parts"]), (True, []))

    def test_moved_rotated_and_flipped_parts_are_listed(self):
        (moved, *_), (turned, *_), (flipped, *_) = self.rows[:3]
        self.rows[0][1] = str(float(self.rows[0][1]) + 3)
        self.rows[0][2] = str(float(self.rows[0][2]) - 4)
        self.rows[1][3] = str(float(self.rows[1][3]) - 12.5)
        self.rows[2][4] = "back"
        self.rows[2][3] = str(-float(self.rows[2][3]))
        self.table.write_text(HEADER + "".join(",".join(row) + "\n" for row in self.rows),
                              encoding="utf-8")
        run("pose", SMALL, "-o", self.out, "--poses", self.table)
        done = run("diff", SMALL, self.out)
        self.assertEqual(done.returncode, 1, done.stderr)
        self.assertEqual(done.stdout.splitlines(),
                         [f"{moved}: moved by 5.000 mm", f"{turned}: rotated by -12.5°",
                          f"{flipped}: flipped to the back",
                          "1 moved, 1 rotated, 1 flipped, 0 added, 0 missing"])
        done = run("diff", SMALL, self.out, "--json")
        self.assertEqual(done.returncode, 1)
        facts = json.loads(done.stdout)
        self.assertFalse(facts["same"])
        self.assertEqual([(part["reference"], part["changes"]) for part in facts["parts"]],
                         [(moved, ["moved"]), (turned, ["rotated"]), (flipped, ["flipped"])])
        self.assertEqual(facts["parts"][2]["new"]["side"], "back")

    def test_added_and_missing_parts_are_listed(self):
        done = run("diff", SMALL, MIDDLE, "--json")
        self.assertEqual(done.returncode, 1)
        facts = json.loads(done.stdout)
        here = {row[0] for row in self.rows}
        there = {line.split(",")[0] for line in
                 run("pose", MIDDLE, "--list").stdout.splitlines()[1:]}
        by_change = {kind: {part["reference"] for part in facts["parts"]
                            if kind in part["changes"]} for kind in ("added", "missing")}
        self.assertEqual(by_change, {"added": there - here, "missing": here - there})

    def test_trouble_is_status_2(self):
        for arguments in ([SMALL], [SMALL, SMALL, SMALL], [SMALL, "no-such.kicad_pcb"],
                          [BAD / "truncated.kicad_pcb", SMALL],
                          [SMALL, BAD / "schematic.kicad_pcb"],
                          [SMALL, SMALL, "--nonsense"]):
            done = run("diff", *arguments)
            self.assertEqual(done.returncode, 2, f"{arguments}: {done.stderr}")
            self.assertTrue(done.stderr.startswith("boardwalk: "), done.stderr)
            self.assertEqual(done.stdout, "")


if __name__ == "__main__":
    tap.main(__name__)
