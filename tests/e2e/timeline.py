#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Looking back: the timeline below the board shows it as it was, and back to what is now."""

import pathlib
import re
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))

import tap  # pylint: disable=wrong-import-position
from desktop import wait_for  # pylint: disable=wrong-import-position
from window_case import (  # pylint: disable=wrong-import-position
    RUN, SAVE, STOP, U4_MIDDLE, WindowCase)

PLAY, LIVE, UNDO = "F7", "shift+F7", "ctrl+z"
THEN = "^This is how the board was then"


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

    def is_before_the_run(self):
        """Looks there. Where the timeline follows a new run only now, it is live again then."""
        if "Before the Run" in self.desktop.texts():
            return True
        self.desktop.drag_pointer((640, 770))
        self.desktop.key("Home")
        return False

    def look_before_the_run(self):
        wait_for(self.is_before_the_run, "the board before the run")

    def wait_until_live(self):
        wait_for(lambda: "Before the Run" not in self.desktop.texts(), "what is now")

    def test_the_board_is_shown_as_it_was_and_nothing_can_be_done_to_it(self):
        desktop = self.desktop
        self.open()
        self.select("u4")
        self.run_until(40)
        desktop.wait_for_text("^Live$")
        end = self.iteration()
        length = self.wire_length()
        # Where the curves begin, in a window of the size that it opens with.
        desktop.drag_pointer((206, 770))
        self.wait_for_place(lambda place: place is not None and place < end, "the beginning")
        wait_for(lambda: self.iteration() < end, "the numbers of then")
        self.assertFalse(desktop.enabled("undo"))
        for action in ("move", "rotate", "flip", "lock"):
            desktop.activate(action)
        desktop.wait_for_text(THEN)
        desktop.key(LIVE)
        self.wait_for_place(lambda place: place is None, "what is now")
        wait_for(lambda: self.iteration() == end, "the numbers of now")
        self.assertEqual(length, self.wire_length())
        self.assertTrue(desktop.enabled("undo"))

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
        self.wait_until_live()

    def test_it_begins_with_the_board_before_the_run(self):
        self.open()
        for _ in range(2):
            length = self.wire_length()
            self.run_until(40)
            wait_for(lambda was=length: self.wire_length() != was, "the parts to be moved")
            wait_for(lambda was=length: self.is_before_the_run() and self.wire_length() == was,
                     "the wires of before the run")
            self.desktop.key(LIVE)
            self.wait_until_live()

    def test_who_edits_the_past_is_told_why_not(self):
        desktop = self.desktop
        self.open()
        self.run_until(40)
        self.look_before_the_run()
        self.drag(U4_MIDDLE, (U4_MIDDLE[0] + 60, U4_MIDDLE[1] + 40))
        desktop.wait_for_text(THEN)
        wait_for(lambda: not re.search(THEN, "\n".join(desktop.texts()), re.M), "that to go")
        self.click(U4_MIDDLE)
        wait_for(lambda: desktop.enabled("properties"), "the part to be selected")
        desktop.key("r")
        desktop.wait_for_text(THEN)

    def test_a_moment_is_kept_and_that_is_undone(self):
        desktop = self.desktop
        self.open()
        opened = self.wire_length()
        self.run_until(40)
        wait_for(lambda: self.wire_length() != opened, "the parts to be moved")
        end = self.wire_length()
        self.assertFalse(desktop.enabled("keep-moment"))
        self.look_before_the_run()
        wait_for(lambda: desktop.enabled("keep-moment"), "the moment to be one to keep")
        desktop.key("alt+k")
        desktop.wait_for_text("^The parts lie as they did then$")
        self.wait_until_live()
        wait_for(lambda: self.wire_length() == opened, "the wires of before the run")
        self.assertFalse(desktop.enabled("keep-moment"))
        desktop.key(UNDO)
        wait_for(lambda: self.wire_length() == end, "the wires of the run's end")

    def test_no_moment_is_kept_while_a_run_is_under_way(self):
        desktop = self.desktop
        self.open()
        desktop.key(RUN)
        wait_for(lambda: self.iteration() > 20, "the run to get on")
        desktop.key(RUN)
        desktop.wait_for_run_state("paused")
        self.look_before_the_run()
        self.assertFalse(desktop.enabled("keep-moment"))
        desktop.key(STOP)
        desktop.wait_for_run_state("stopped", "finished")
        wait_for(lambda: desktop.enabled("keep-moment"), "the moment to be one to keep")

    def test_what_is_saved_is_the_newest_and_is_seen(self):
        desktop = self.desktop
        self.open()
        self.run_until(40)
        self.look_before_the_run()
        desktop.key(SAVE)
        desktop.wait_for_text("^Saving the board as it is now, not as it was then$")
        self.wait_until_live()
        desktop.wait_for_title("board.kicad_pcb")
        self.assert_only_places_differ(self.board)

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
