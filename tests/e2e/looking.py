#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is in view: zoomed, panned and gone to by mouse and keys. A click tells what lies where."""

import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))

import tap  # pylint: disable=wrong-import-position
from desktop import wait_for  # pylint: disable=wrong-import-position
from window_case import U4_MIDDLE, WindowCase  # pylint: disable=wrong-import-position

X, Y = U4_MIDDLE
# Where nothing lies, until U4 is twice as large.
BESIDE_U4 = (X + 75, Y)
CANVAS_MIDDLE = (640, 439)
U8_IN_MINIMAP = (1190, 127)
UPPER_EDGE = "620x50+440+108"


class Looking(WindowCase):
    def assert_there(self, at, *names):
        """What a click there selects."""
        self.desktop.key("Escape")
        self.wait_for_count(0)
        self.click(at)
        wait_for(lambda: self.selected()[1] == list(names), f"{names} to be at {at}")

    def scroll(self, button, modifier=None):
        words = ["click", "--repeat", "5", str(button)]
        if modifier:
            words = ["keydown", modifier, *words, "keyup", modifier]
        self.desktop.run("xdotool", "mousemove", "--sync", *map(str, U4_MIDDLE), *words, check=True)

    def test_the_wheel_zooms_at_the_pointer_and_keys_fit_again(self):
        self.open()
        self.assert_there(BESIDE_U4)
        self.scroll(4)
        self.assert_there(BESIDE_U4, "U4")
        self.assert_there(U4_MIDDLE, "U4")
        self.desktop.key("0")
        self.assert_there(BESIDE_U4)

    def picture(self, name, area="500x300+400+250"):
        self.desktop.wait_until_drawn()
        path = self.folder / name
        self.desktop.run("import", "-window", "root", "-crop", area, "+repage", path)
        return path

    def assert_alike(self, *pictures):
        """Texts lie on whole pixels: a few of them are one further, by half of one."""
        share = self.desktop.run("convert", *pictures, "-compose", "difference", "-composite",
                                 "-threshold", "20%", "-format", "%[fx:mean]", "info:")
        self.assertLess(float(share), 0.02)

    def test_what_comes_beside_the_board_moves_nothing_on_it(self):
        desktop = self.desktop
        # What is under the pointer is marked.
        desktop.run("xdotool", "mousemove", "5", "5", check=True)
        self.open()
        before = self.picture("before.png")
        desktop.key("ctrl+f")
        wait_for(lambda: "Select All" in desktop.texts(), "the bar above it")
        self.assert_alike(before, self.picture("with.png"))
        desktop.key("Escape")
        wait_for(lambda: "Select All" not in desktop.texts(), "it to go")
        self.assert_alike(before, self.picture("after.png"))

    def test_a_question_covers_nothing_of_the_board(self):
        desktop = self.desktop
        desktop.run("xdotool", "mousemove", "5", "5", check=True)
        self.open()
        # The upper edge of the board with what lies at it.
        before = self.picture("before.png", UPPER_EDGE)
        self.board.write_text(self.board_text + " ", encoding="utf-8")
        wait_for(lambda: "Reload" in desktop.texts(), "the question")
        self.assert_alike(before, self.picture("with.png", UPPER_EDGE))

    def test_keys_zoom_and_pan(self):
        self.open()
        self.assert_there(U4_MIDDLE, "U4")
        self.desktop.key("plus", "plus", "plus", "plus")
        self.assert_there(BESIDE_U4, "U4")
        self.desktop.key("Home", "Left", "Left")
        self.assert_there((X + 120, Y), "U4")
        self.desktop.key("Right", "Right", "Up")
        self.assert_there((X, Y + 60), "U4")

    def test_keys_choose_what_is_seen_wherever_the_focus_is_and_escape_leads_back(self):
        desktop = self.desktop
        self.open()
        self.run_and_stop()
        for role, name in (("button", "Restart"), ("slider", "Timeline")):
            before = desktop.state("show-grid")
            desktop.tab_to(role, name)
            desktop.key("1")
            wait_for(lambda: desktop.state("show-grid") != before, "the grid to change")
            self.assertEqual(name, desktop.focused()[1])
            fitted = self.picture("fitted.png").read_bytes()
            desktop.key("plus")
            wait_for(lambda: self.picture("larger.png").read_bytes() != fitted, "it to be larger")
            desktop.key("Escape")
            wait_for(lambda: desktop.focused()[1] == "Board", "the board to have the focus")
        # What is written is for who reads it.
        before = desktop.state("show-grid")
        desktop.key("ctrl+f", "1")
        wait_for(lambda: any(text.startswith("1 of ") for text in desktop.texts()), "what is found")
        self.assertEqual(before, desktop.state("show-grid"))

    def test_shift_and_the_wheel_pan_aside(self):
        self.open()
        self.scroll(5, "shift")
        self.assert_there((X - 300, Y), "U4")

    def test_the_middle_button_pans_and_selects_nothing(self):
        self.open()
        self.drag(U4_MIDDLE, (X - 80, Y + 60), 2)
        self.assertEqual(0, self.selected()[0])
        self.assert_there((X - 80, Y + 60), "U4")

    def test_the_space_bar_lets_the_first_button_pan(self):
        self.open()
        self.click((X + 75, Y))
        self.desktop.run("xdotool", "keydown", "space", check=True)
        self.drag(U4_MIDDLE, (X + 80, Y - 60))
        self.desktop.run("xdotool", "keyup", "space", check=True)
        self.assertFalse(self.desktop.enabled("undo"))
        self.assert_there((X + 80, Y - 60), "U4")

    def test_the_minimap_leads_to_what_is_out_of_view(self):
        desktop = self.desktop
        self.open()
        self.assertEqual([True], desktop.state("show-minimap"))
        self.scroll(4)
        self.click(U8_IN_MINIMAP)
        self.assert_there(CANVAS_MIDDLE, "U8")
        # A drag goes along.
        self.drag(U8_IN_MINIMAP, (U8_IN_MINIMAP[0] - 20, U8_IN_MINIMAP[1]))
        self.drag((U8_IN_MINIMAP[0] - 20, U8_IN_MINIMAP[1]), U8_IN_MINIMAP)
        self.assert_there(CANVAS_MIDDLE, "U8")
        desktop.key("n")
        wait_for(lambda: desktop.state("show-minimap") == [False], "the minimap to go")
        self.assert_there(U8_IN_MINIMAP)


if __name__ == "__main__":
    tap.main(__name__, at_once=2)
