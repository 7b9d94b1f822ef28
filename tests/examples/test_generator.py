#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The example boards, as far as it takes no KiCad to judge them."""

import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(os.environ["BW_SOURCE_ROOT"])
EXAMPLES = ROOT / "data/examples"
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "tests/examples"), str(EXAMPLES)]

import tap  # noqa: E402
from generator import blinker, motor_controller  # noqa: E402
from sexpr_reader import children, parse, properties, value  # noqa: E402

NAMES = ("blinker", "sensor-node", "motor-controller")


def read(name):
    return parse((EXAMPLES / f"{name}.kicad_pcb").read_text(encoding="utf-8"))


def generate(*arguments, folder=EXAMPLES):
    return subprocess.run([sys.executable, folder / "generate.py", *arguments], check=False,
                          capture_output=True, text=True)


def in_schematic(board):
    return [fp for fp in children(board, "footprint") if value(fp, "path")]


class Generator(unittest.TestCase):
    def test_the_generator_writes_exactly_the_boards_beside_it(self):
        with tempfile.TemporaryDirectory() as folder:
            self.assertEqual(generate(folder).returncode, 0)
            written = {path.name: path.read_bytes() for path in pathlib.Path(folder).iterdir()}
        bundled = {path.name: path.read_bytes() for path in EXAMPLES.glob("*.kicad_pcb")}
        self.assertEqual(sorted(bundled), sorted(f"{name}.kicad_pcb" for name in NAMES))
        self.assertTrue(written == bundled, "run data/examples/generate.py")

    def test_a_changed_board_does_not_pass_its_check(self):
        self.assertEqual(generate("--check").returncode, 0)
        with tempfile.TemporaryDirectory() as folder:
            copy = pathlib.Path(folder)
            (copy / "generate.py").write_bytes((EXAMPLES / "generate.py").read_bytes())
            (copy / "generator").symlink_to(EXAMPLES / "generator")
            self.assertEqual(generate(folder, folder=copy).returncode, 0)
            (copy / "blinker.kicad_pcb").write_text("(kicad_pcb)", encoding="utf-8")
            result = generate("--check", folder=copy)
        self.assertEqual(result.returncode, 1)
        self.assertIn("blinker.kicad_pcb", result.stderr)

    def test_parts_on_each_other_are_refused(self):
        board = blinker.design()
        board.place("R1", board.parts["R2"].x, board.parts["R2"].y)
        with self.assertRaisesRegex(SystemExit, "R1 and R2 overlap on F"):
            board.check()

    def test_a_net_with_a_single_pin_is_refused(self):
        board = blinker.design()
        board.parts["R4"].nets["1"] = "/ALONE"
        with self.assertRaisesRegex(SystemExit, "/ALONE has one pin"):
            board.check()

    def test_equal_channels_have_equal_nets(self):
        board = motor_controller.design()
        first = {ref: part for ref, part in board.parts.items()
                 if part.sheet and part.sheet.path == "/channel1/" and ref[0] in "RCQ"}
        for part in first.values():
            other = board.parts[part.reference.replace("1", "3", 1)]
            self.assertEqual({pin: net.replace("hannel1", "hannel3").replace("CH1", "CH3")
                              for pin, net in part.nets.items()}, other.nets)
        self.assertGreater(len(first), 20)


class Boards(unittest.TestCase):
    def test_they_have_about_fifteen_sixty_and_two_hundred_and_fifty_parts(self):
        self.assertEqual([len(in_schematic(read(name))) for name in NAMES], [15, 63, 258])

    def test_identifiers_are_unique(self):
        for name in NAMES:
            seen, pending = [], [read(name)]
            while pending:
                node = pending.pop()
                seen += [child[1] for child in children(node, "uuid")]
                pending += [child for child in node if isinstance(child, list)]
            self.assertGreater(len(seen), 100)
            self.assertEqual(len(seen), len(set(seen)), name)

    def test_every_pad_names_a_net_of_the_table(self):
        for name in NAMES:
            board = read(name)
            table = {net[1]: net[2] for net in children(board, "net")}
            pads = [pad for fp in children(board, "footprint") for pad in children(fp, "pad")]
            nets = [net for pad in pads for net in children(pad, "net")]
            self.assertGreater(len(nets), 40)
            for _, number, text in nets:
                self.assertEqual(table[number], text)

    def test_every_part_has_a_sheet_a_courtyard_and_a_value(self):
        for name in NAMES:
            for fp in in_schematic(read(name)):
                self.assertRegex(value(fp, "path"), r"^(/[0-9a-f-]{36}){1,3}$")
                self.assertEqual(value(fp, "path").count("/"),
                                 value(fp, "sheetname").rstrip("/").count("/") + 1)
                self.assertTrue(value(fp, "sheetfile").endswith(".kicad_sch"))
                self.assertTrue(properties(fp)["Value"])
                drawn = {value(shape, "layer") for shape in children(fp, "fp_poly", "fp_circle")}
                self.assertTrue(drawn & {"F.CrtYd", "B.CrtYd"}, properties(fp)["Reference"])

    def test_connectors_at_the_edge_are_locked_and_so_are_holes(self):
        for name in NAMES:
            locked = {properties(fp)["Reference"] for fp in children(read(name), "footprint")
                      if children(fp, "locked")}
            self.assertGreaterEqual(len(locked & {"J1", "J2", "J3", "J4"}), 2)
            self.assertTrue({"H1", "H2", "H3", "H4"} <= locked)

    def test_the_largest_has_two_sides_a_notch_a_hole_and_a_keepout(self):
        board = read("motor-controller")
        sides = [value(fp, "layer") for fp in in_schematic(board)]
        self.assertGreater(sides.count("F.Cu"), 100)
        self.assertGreater(sides.count("B.Cu"), 50)
        edge = [shape for shape in children(board, "gr_line", "gr_arc")
                if value(shape, "layer") == "Edge.Cuts"]
        self.assertEqual(sum(shape[0] == "gr_arc" for shape in edge), 8 + 4)
        self.assertEqual(len(children(board, "zone")), 1)

    def test_none_has_tracks(self):
        for name in NAMES:
            self.assertEqual(children(read(name), "segment", "arc", "via"), [])


if __name__ == "__main__":
    tap.main(__name__)
