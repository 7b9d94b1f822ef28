#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Two moments beside each other, or one over the other, and what differs between them."""

import pathlib
import re
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))

import tap  # pylint: disable=wrong-import-position
from desktop import wait_for  # pylint: disable=wrong-import-position
from window_case import WindowCase  # pylint: disable=wrong-import-position

COMPARE, MARK, OVERLAY = "ctrl+d", "ctrl+m", "alt+o"


class Compare(WindowCase):
    def compare(self):
        """What it tells of the wires: before and after."""
        self.desktop.key(COMPARE)
        self.desktop.focus(self.desktop.wait_for_title("Compare"))
        told = self.desktop.wait_for_text("Wire Length: ")
        return tuple(map(float, re.search(r"Wire Length: ([0-9.]+) → ([0-9.]+) mm",
                                          told).groups()))

    def close(self):
        self.desktop.key("Escape")
        wait_for(lambda: "Compare" not in self.desktop.titles(), "it to close")

    def test_how_a_run_ended_is_compared_with_what_was_before(self):
        desktop = self.desktop
        self.open()
        before = self.wire_length()
        self.run_and_stop()
        after = self.wire_length()
        self.assertNotEqual(before, after)
        self.assertEqual((before, after), self.compare())
        desktop.wait_for_text(r"^\d\d parts lie elsewhere$")
        self.assertTrue(desktop.find("image", "Before the First Run"))
        self.assertTrue(desktop.find("image", "Now"))
        desktop.key(OVERLAY)
        wait_for(lambda: not desktop.find("image", "Now"), "one picture of both")
        self.close()

    def test_what_was_marked_is_compared_with_what_is_moved(self):
        desktop = self.desktop
        self.open()
        self.select("u4")
        desktop.key("m", "Right", "Return")
        desktop.wait_for_title("• board.kicad_pcb")
        desktop.key(MARK)
        desktop.wait_for_text("^Marked for comparing")
        before = self.wire_length()
        desktop.key("m", "Right", "Return", "r")
        wait_for(lambda: self.wire_length() != before, "the part to move")
        self.assertEqual(before, self.compare()[0])
        desktop.wait_for_text(r"^1 part lies elsewhere$")
        desktop.wait_for_text(r"^U4: moved [0-9.]+ mm, turned 90°$")
        self.close()


if __name__ == "__main__":
    tap.main(__name__, at_once=2)
