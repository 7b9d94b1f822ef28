#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A board that somebody else writes while it is open, and one that was open before."""

import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))

import tap  # pylint: disable=wrong-import-position
from desktop import wait_for  # pylint: disable=wrong-import-position
from window_case import WindowCase  # pylint: disable=wrong-import-position

ZOOM_IN, FLIP_VIEW, CLOSE = "ctrl+plus", "ctrl+b", "ctrl+w"


class Reopen(WindowCase):
    def write_as_another_program(self):
        self.board.write_text(self.board_text.replace("(thickness 1.6)", "(thickness 1.5)", 1),
                              encoding="utf-8")
        self.desktop.wait_for_text("^Another program wrote")

    def move_a_part(self):
        self.select("u4")
        self.desktop.key("m", "Right", "Right", "Return")
        self.desktop.wait_for_title("• board.kicad_pcb")

    def test_what_another_program_wrote_is_read_again_and_nothing_is_lost(self):
        desktop = self.desktop
        self.open()
        before = self.wire_length()
        self.move_a_part()
        moved = wait_for(lambda: (now := self.wire_length()) != before and now, "its wires")
        self.write_as_another_program()
        desktop.activate("reload")
        desktop.wait_for_text("^The board was read again")
        desktop.wait_for_title("board.kicad_pcb")
        wait_for(lambda: self.wire_length() == before, "the board as the file has it")
        desktop.activate("undo-adopt")
        desktop.wait_for_title("• board.kicad_pcb")
        wait_for(lambda: self.wire_length() == moved, "the part where it was put")

    def test_what_is_kept_is_not_asked_for_again(self):
        desktop = self.desktop
        self.open()
        self.move_a_part()
        self.write_as_another_program()
        desktop.activate("keep-mine")
        wait_for(lambda: not desktop.find("button", "Keep"), "the question to go")
        self.assertEqual(["• board.kicad_pcb"], desktop.titles())
        # The same once more is no news; something else is.
        self.board.touch()
        self.board.write_text("something else", encoding="utf-8")
        desktop.wait_for_text("^Another program wrote")
        desktop.activate("reload")
        desktop.wait_for_text(r"^board\.kicad_pcb:1: ")
        self.assertEqual(["• board.kicad_pcb"], desktop.titles())

    def picture(self):
        self.desktop.wait_until_drawn()
        return self.desktop.run("sh", "-c", "import -window root rgb:- | md5sum")

    def test_a_board_is_looked_at_as_it_was_before(self):
        desktop = self.desktop
        # What is under the pointer is marked.
        desktop.run("xdotool", "mousemove", "5", "5", check=True)
        program = self.open()
        whole = self.picture()
        desktop.key(FLIP_VIEW, ZOOM_IN, ZOOM_IN, ZOOM_IN, "Right", "1")
        wait_for(lambda: desktop.state("show-grid") == [False], "the grid to go")
        seen = self.picture()
        self.assertNotEqual(whole, seen)
        desktop.key(CLOSE)
        # As long as it lives the next one asks it to open the board.
        wait_for(lambda: program.poll() is not None, "the program to end")
        self.open()
        self.assertEqual([True], desktop.state("flip-view"))
        self.assertEqual([False], desktop.state("show-grid"))
        wait_for(lambda: self.picture() == seen, "the board as it was seen before")


if __name__ == "__main__":
    tap.main(__name__, at_once=2)
