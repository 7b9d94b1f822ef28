# SPDX-License-Identifier: GPL-3.0-or-later
"""What tests of the window have in common."""

import json
import os
import pathlib
import re
import shutil
import subprocess
import unittest

from desktop import BOARDWALK, Desktop, PATIENCE_S, wait_for

ROOT = pathlib.Path(os.environ["BW_SOURCE_ROOT"])
BOARD = ROOT / "data" / "examples" / "sensor-node.kicad_pcb"
OTHER = ROOT / "data" / "examples" / "blinker.kicad_pcb"

# Where the window has a part of the example board on the screen.
U4_MIDDLE = (626, 378)

RUN, STOP, SAVE, SAVE_AS = "F5", "shift+F5", "ctrl+s", "ctrl+shift+s"


def footprints(text):
    """{reference: text of the footprint} of a board."""
    parts = re.split(r"\n(?=\s*\(footprint )", text)[1:]
    return {re.search(r'"Reference" "([^"]*)"', part).group(1): part for part in parts}


def place_of(footprint):
    return re.search(r"\(at ([^)]*)\)", footprint).group(1)


def without_places(text):
    return re.sub(r"\(at [^)]*\)", "(at)", text)


class WindowCase(unittest.TestCase):
    """A window on a copy of a board, driven by keys."""

    maxDiff = None

    def setUp(self):
        self.desktop = Desktop()
        self.desktop.__enter__()
        self.addCleanup(self.desktop.__exit__, None, None, None)
        self.folder = pathlib.Path(self.desktop.home.name, "boards")
        self.folder.mkdir()
        self.board = self.folder / "board.kicad_pcb"
        shutil.copyfile(BOARD, self.board)

    def tearDown(self):
        self.assertEqual("", self.desktop.log())

    def open(self, *arguments):
        """Starts the program on the copy of the board."""
        program = self.desktop.start(*arguments, self.board)
        self.desktop.focus(self.desktop.wait_for_title("board.kicad_pcb"))
        self.desktop.wait_for_run_state("idle")
        return program

    def run_and_stop(self):
        self.desktop.key(RUN)
        self.desktop.wait_for_run_state("running")
        self.desktop.wait_for_title("• board.kicad_pcb")
        self.desktop.key(STOP)
        self.desktop.wait_for_run_state("stopped", "finished")

    def assert_only_places_differ(self, placed):
        before, after = self.board_text, placed.read_text(encoding="utf-8")
        self.assertEqual(without_places(before), without_places(after))
        old, new = footprints(before), footprints(after)
        locked = [name for name, text in old.items() if "(locked yes)" in text]
        moved = [name for name in old if place_of(old[name]) != place_of(new[name])]
        self.assertGreaterEqual(len(locked), 3)
        self.assertGreaterEqual(len(moved), 10)
        self.assertEqual([], [name for name in locked if name in moved])
        told = subprocess.run([BOARDWALK, "info", str(placed), "--json"], capture_output=True,
                              text=True, check=True, timeout=PATIENCE_S)
        json.loads(told.stdout)

    @property
    def board_text(self):
        return BOARD.read_text(encoding="utf-8")

    def iteration(self):
        """What the status line says."""
        # What is being laid out anew is missing for a moment.
        texts = wait_for(lambda: "Iteration" in (t := self.desktop.texts()) and t,
                         "the status line")
        return int(next(text for text in texts[texts.index("Iteration"):] if text.isdecimal()))

    def metric(self, name):
        """A number of the status line's."""
        found = wait_for(lambda: re.search(rf"\n{name}\n([0-9.]+)",
                                           "\n".join(self.desktop.texts())), "the status line")
        return float(found.group(1))

    def wire_length(self):
        return self.metric("Wire Length")

    def select(self, reference):
        """Selects a part by its reference."""
        self.desktop.key("ctrl+f")
        self.desktop.type(reference)
        wait_for(lambda: "1 of 1" in self.desktop.texts(), "the part to be found")
        self.desktop.key("Escape")
        wait_for(lambda: self.desktop.enabled("properties"), "the part to be selected")

    def open_properties(self):
        """Returns what they tell of the selected part."""
        self.desktop.key("e")
        return wait_for(lambda: (t := self.desktop.texts()) and "Rotation" in t and t,
                        "the properties")

    def close_properties(self):
        """Keys that follow at once would still go there."""
        self.desktop.key("Escape")
        wait_for(lambda: "Rotation" not in self.desktop.texts(), "the properties to go")

    def position(self):
        """Of the selected part, as its properties tell; they are closed again."""
        self.open_properties()
        x, y = (self.desktop.text(self.desktop.find("spin button", name))
                for name in ("X, mm", "Y, mm"))
        self.close_properties()
        return f"{x} mm, {y} mm"

    def selected(self):
        """(how many, the names that are told)"""
        told = self.desktop.description("image", "Board") or ""
        found = re.match(r"(\d+) parts? selected: (.*?)(?: and others)?$", told)
        return (int(found.group(1)), found.group(2).split(", ")) if found else (0, [])

    def wait_for_selected(self, *names):
        wait_for(lambda: sorted(self.selected()[1]) == sorted(names), f"{names} to be selected")

    def wait_for_count(self, count):
        wait_for(lambda: self.selected()[0] == count, f"{count} parts to be selected")

    def drag(self, begin, end, button=1):
        """With the button held, in steps, as a hand does."""
        words = ["mousemove", *begin, "mousedown", button]
        for step in range(1, 9):
            words += ["mousemove", "--sync", *(round(a + (b - a) * step / 8)
                                               for a, b in zip(begin, end))]
        self.desktop.run("xdotool", *map(str, words), "mouseup", str(button), check=True)

    def click(self, at, modifier=None):
        words = ["mousemove", "--sync", *map(str, at), "click", "1"]
        if modifier:
            words = ["keydown", modifier, *words, "keyup", modifier]
        self.desktop.run("xdotool", *words, check=True)
