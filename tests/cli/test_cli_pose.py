#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""boardwalk pose: parts lie where they are told to, and the list says where."""

import csv
import io
import json
import os
import pathlib
import subprocess
import tempfile
import unittest

import tap
from program import (BAD, BOARDWALK, ENVIRONMENT, EXAMPLES, MIDDLE, PATIENCE_S, SMALL,
                     footprint_lines, run)

HEADER = "reference,x_mm,y_mm,rotation_deg,side\n"


def poses_of(board):
    done = run("pose", board, "--list")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(HEADER), done.stdout[:80]
    return {row["reference"]: row for row in csv.DictReader(io.StringIO(done.stdout))}


class Pose(unittest.TestCase):
    def setUp(self):
        holder = tempfile.TemporaryDirectory()
        self.addCleanup(holder.cleanup)
        self.folder = pathlib.Path(holder.name)
        self.out = self.folder / "out.kicad_pcb"
        self.table = self.folder / "poses.csv"

    def complaint(self, table, status=1):
        self.table.write_bytes(table if isinstance(table, bytes) else table.encode())
        done = run("pose", SMALL, "-o", self.out, "--poses", self.table)
        self.assertEqual(done.returncode, status, done.stderr)
        self.assertEqual(len(done.stderr.splitlines()), 1, done.stderr)
        self.assertFalse(self.out.exists())
        return done.stderr

    def test_without_poses_it_is_a_copy(self):
        boards = [*EXAMPLES.glob("*.kicad_pcb"), BAD / "crlf-v5.kicad_pcb",
                  BAD / "tracks.kicad_pcb", BAD / "open-outline.kicad_pcb"]
        for board in boards:
            done = run("pose", board, "-o", self.out)
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertEqual(self.out.read_bytes(), board.read_bytes(), board.name)

    def test_it_does_with_tracks_what_it_is_told(self):
        board = BAD / "tracks.kicad_pcb"
        here = {key: (row["x_mm"], row["y_mm"]) for key, row in poses_of(board).items()}

        def scatter(tracks):
            done = run("pose", board, "-o", self.out, "--random", 1, *tracks)
            self.assertEqual(done.returncode, 0, done.stderr)
            moved = {key for key, row in poses_of(self.out).items()
                     if (row["x_mm"], row["y_mm"]) != here[key]}
            return json.loads(run("info", self.out, "--json").stdout)["tracks"], moved

        kept, moved = scatter(["--tracks", "keep"])
        self.assertGreater(kept, 0)
        self.assertEqual(scatter([]), (kept, moved))
        self.assertLess(scatter(["--tracks", "ripup"])[0], kept)
        locked = scatter(["--tracks", "lock"])
        self.assertEqual(locked[0], kept)
        self.assertLess(locked[1], moved)

        self.out.unlink()
        done = run("pose", board, "-o", self.out, "--random", 1, "--tracks", "refuse")
        self.assertEqual(done.returncode, 1)
        self.assertIn("tracks and vias on", done.stderr)
        self.assertFalse(self.out.exists())
        self.assertEqual(run("pose", board, "-o", self.out, "--tracks", "refuse").returncode, 0)
        self.assertEqual(run("pose", board, "-l", "--tracks", "perhaps").returncode, 2)

    def test_its_own_list_changes_no_byte(self):
        for board in EXAMPLES.glob("*.kicad_pcb"):
            self.table.write_text(run("pose", board, "--list").stdout, encoding="utf-8")
            self.assertEqual(run("pose", board, "-o", self.out, "-p", self.table).returncode, 0)
            self.assertEqual(self.out.read_bytes(), board.read_bytes(), board.name)

    def test_a_scattered_board_lists_what_scatters_another_the_same(self):
        scattered = self.folder / "scattered.kicad_pcb"
        done = run("pose", MIDDLE, "-o", scattered, "--random", 5, "--flip", "0.4", "--list")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(run("pose", scattered, "--list").stdout, done.stdout)
        self.table.write_text(done.stdout, encoding="utf-8")
        run("pose", MIDDLE, "-o", self.out, "--poses", self.table)
        self.assertEqual(self.out.read_bytes(), scattered.read_bytes())

    def test_parts_that_are_not_named_keep_every_byte(self):
        before = footprint_lines(SMALL.read_text(encoding="utf-8"))
        key = sorted(before)[0]
        self.table.write_text(HEADER + f"{key},12.345678,-9.5,-45.5,back\n", encoding="utf-8")
        self.assertEqual(run("pose", SMALL, "-o", self.out, "-p", self.table).returncode, 0)
        after = footprint_lines(self.out.read_text(encoding="utf-8"))
        self.assertEqual([k for k in before if before[k] != after[k]], [key])
        self.assertEqual(poses_of(self.out)[key],
                         {"reference": key, "x_mm": "12.345678", "y_mm": "-9.5",
                          "rotation_deg": "314.5", "side": "back"})

    def test_a_seed_scatters_the_same_way_and_spares_what_is_locked(self):
        texts = []
        for seed in (1, 1, 2):
            run("pose", MIDDLE, "-o", self.out, "--random", seed, "--flip", "0.3333")
            texts.append(self.out.read_text(encoding="utf-8"))
        self.assertEqual(texts[0], texts[1])
        self.assertNotEqual(texts[0], texts[2])
        before = footprint_lines(MIDDLE.read_text(encoding="utf-8"))
        after = footprint_lines(texts[0])
        for key, lines in before.items():
            self.assertEqual(lines == after[key], "(locked yes)" in lines, key)
        sides = [(row["side"], poses_of(MIDDLE)[key]["side"])
                 for key, row in poses_of(self.out).items()]
        flipped = sum(new != old for new, old in sides)
        self.assertGreater(flipped, len(sides) // 6)
        self.assertLess(flipped, len(sides) // 2)

    def test_without_flip_no_part_changes_sides(self):
        run("pose", MIDDLE, "-o", self.out, "--random", 3)
        before = poses_of(MIDDLE)
        for key, row in poses_of(self.out).items():
            self.assertEqual(row["side"], before[key]["side"])

    def test_bad_tables_are_named_with_their_line(self):
        key = sorted(poses_of(SMALL))[0]
        for text, fact in (
                ("", "poses.csv:1: empty"),
                ("ref,x,y\n", "poses.csv:1: 3 values where there must be 5"),
                (HEADER + "NOPE,1,2,0,front\n", 'poses.csv:2: there is no part "NOPE" on '),
                (HEADER + f"{key},1,2,0,up\n", 'poses.csv:2: side is "up"'),
                (HEADER + f"{key},1,2,inf,front\n", "poses.csv:2: rotation_deg is"),
                (HEADER + f'"{key}', "poses.csv:2: a quote is opened and never closed"),
                (HEADER.encode() + b"\xfe\xff,\0", "poses.csv:2: a byte that cannot be"),
                (os.urandom(5000), "poses.csv:")):
            self.assertIn(fact, self.complaint(text))

    def test_a_missing_table_is_named(self):
        done = run("pose", SMALL, "-o", self.out, "--poses", self.folder / "no-such.csv")
        self.assertEqual(done.returncode, 1)
        self.assertIn("no-such.csv", done.stderr)

    def test_a_table_without_end_is_not_read(self):
        done = run("pose", SMALL, "-o", self.out, "--poses", "/dev/zero")
        self.assertEqual(done.returncode, 1)
        self.assertIn("/dev/zero: not a regular file", done.stderr)
        self.assertFalse(self.out.exists())

    def test_wrong_usage_is_status_2(self):
        for arguments in ([], ["-o", self.out, "--random", "-1"], ["-o", self.out, "--flip", "0.5"],
                          ["-o", self.out, "--random", "1", "--flip", "1.5"],
                          ["-o", self.out, "--random", "1", "--flip", "nan"],
                          ["-o", self.out, "--random", "1", "--poses", self.table],
                          ["-o", self.out, "--random", "many"]):
            done = run("pose", SMALL, *arguments)
            self.assertEqual(done.returncode, 2, f"{arguments}: {done.stderr}")
            self.assertFalse(self.out.exists())

    def test_a_list_that_cannot_be_printed_is_a_failure(self):
        with open("/dev/full", "w", encoding="utf-8") as full:
            done = subprocess.run([BOARDWALK, "pose", str(SMALL), "--list"], stdout=full,
                                  stderr=subprocess.PIPE, text=True, env=ENVIRONMENT,
                                  timeout=PATIENCE_S, check=False)
        self.assertEqual(done.returncode, 1)
        self.assertIn("cannot be printed", done.stderr)


if __name__ == "__main__":
    tap.main(__name__)
