#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Looking back: the timeline below the board shows it as it was, and back to what is now."""

import pathlib
import re
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))

import tap  # pylint: disable=wrong-import-position
from desktop import wait_for  # pylint: disable=wrong-import-position
from window_case import RUN, STOP, WindowCase  # pylint: disable=wrong-import-position

PLAY, LIVE = "F7", "shift+F7"


class Timeline(WindowCase):
    def place(self):
        """The iteration that is looked at; None: the newest frame is."""
        place = re.search(r"iteration (\d+)", "\n".join(self.desktop.texts()))
        return place and int(place.group(1))

    def wait_for_place(self, condition, what):
        return wait_for(lambda: condition(self.place()), what)

    def run_until(self, iteration):
        self.desktop.key(RUN)
        self.desktop.wait_for_run_state("running", "finished")
        wait_for(lambda: self.iteration() > iteration, "the run to get on")
        self.desktop.key(STOP)
        self.desktop.wait_for_run_state("stopped", "finished")

    def test_the_board_is_shown_as_it_was_and_nothing_can_be_done_to_it(self):
        desktop = self.desktop
        self.open()
        self.select("u4")
        self.run_until(40)
        desktop.wait_for_text("^Live$")
        end = self.iteration()
        self.assertTrue(desktop.enabled("move"))
        # Where the curves begin, in a window of the size that it opens with.
        desktop.drag_pointer((206, 770))
        self.wait_for_place(lambda place: place is not None and place < end, "the beginning")
        wait_for(lambda: self.iteration() < end, "the numbers of then")
        self.assertFalse(desktop.enabled("move"))
        desktop.key(LIVE)
        self.wait_for_place(lambda place: place is None, "what is now")
        wait_for(lambda: self.iteration() == end, "the numbers of now")
        self.assertTrue(desktop.enabled("move"))

    def test_what_is_moved_before_the_first_run_opens_no_timeline(self):
        desktop = self.desktop
        self.open()
        self.select("u4")
        desktop.key("m", "Right", "Right", "Return")
        desktop.wait_for_title("• board.kicad_pcb")
        self.assertNotIn("Live", desktop.texts())
        self.run_until(10)
        desktop.wait_for_text("^Live$")

    def test_arrows_step_and_escape_ends_it(self):
        desktop = self.desktop
        self.open()
        self.run_until(40)
        desktop.wait_for_text("^Live$")
        desktop.drag_pointer((206, 770))
        desktop.key("Home")
        desktop.wait_for_text("^Before the Run$")
        desktop.key("Right")
        first = wait_for(lambda: (place := self.place()) is not None and [place],
                         "the beginning")[0]
        desktop.key("Right", "Right", "Right")
        self.wait_for_place(lambda place: place is not None and place > first, "steps on")
        desktop.key("Left", "Left", "Left", "Left", "Left")
        desktop.wait_for_text("^Before the Run$")
        desktop.key("Escape")
        desktop.wait_for_text("^Live$")

    def test_it_begins_with_the_board_before_the_run(self):
        desktop = self.desktop
        self.open()
        opened = self.wire_length()
        for before in (lambda: opened, self.wire_length):
            length = before()
            self.run_until(40)
            desktop.wait_for_text("^Live$")
            wait_for(lambda was=length: self.wire_length() != was, "the parts to be moved")
            # Of the second run: once the timeline has its curves.
            desktop.drag_pointer((640, 770))
            self.wait_for_place(lambda place: place is not None, "a moment of the run")
            desktop.key("Home")
            desktop.wait_for_text("^Before the Run$")
            wait_for(lambda was=length: self.wire_length() == was, "the wires of before the run")
            desktop.key(LIVE)
            desktop.wait_for_text("^Live$")

    def test_it_plays_to_the_end(self):
        desktop = self.desktop
        self.open()
        self.run_until(40)
        desktop.wait_for_text("^Live$")
        end = self.iteration()
        desktop.key(PLAY)
        self.wait_for_place(lambda place: place is not None, "the film to begin")
        self.wait_for_place(lambda place: place == end, "its end")
        self.assertTrue(desktop.enabled("live"))


if __name__ == "__main__":
    tap.main(__name__, at_once=2)
