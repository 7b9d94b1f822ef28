#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""How runs are chosen: several seeds tried and one of them taken, or none."""

import pathlib
import re
import shutil
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))

import tap  # pylint: disable=wrong-import-position
from desktop import wait_for  # pylint: disable=wrong-import-position
from window_case import OTHER, RUN, STOP, WindowCase  # pylint: disable=wrong-import-position

OPTIONS, TRY_SEEDS, WEIGHTS, PANEL = "ctrl+r", "ctrl+shift+r", "ctrl+5", "F9"
STEP = "F6"
UNDO, REDO = "ctrl+z", "ctrl+shift+z"
RESULT = r"Seed (\d+)(?:, Best)?: ([0-9.]+) mm, legal"


class Runs(WindowCase):
    def open_for(self, seconds):
        """A board whose runs take no longer."""
        self.open()
        self.desktop.key(OPTIONS)
        wait_for(lambda: "Seed" in self.desktop.texts(), "the options")
        self.desktop.key("ctrl+a")
        self.desktop.type(str(seconds))
        self.desktop.key("Return", "Escape")
        wait_for(lambda: "Seed" not in self.desktop.texts(), "the options to go")

    def results(self):
        """{seed: wire length} of those that are on show."""
        return {int(seed): float(length) for text in self.desktop.texts()
                for seed, length in re.findall(RESULT, text)}

    def filled(self):
        """How many pixels of a line in the middle of the header bar are filled."""
        counts = self.desktop.run("import", "-window", "root", "-crop", "300x80+490+0", "-depth",
                                  "8", "-format", "%c", "histogram:info:-")
        found = re.search(r"(\d+): .* #3584E4 ", counts)
        return int(found.group(1)) if found else 0

    def test_the_bar_of_a_run_that_has_just_begun_is_nearly_empty(self):
        desktop = self.desktop
        self.open_for(600)
        desktop.key("F5")
        desktop.wait_for_run_state("running")
        desktop.wait_for_text("^about")
        desktop.key("F5")
        desktop.wait_for_run_state("paused")
        desktop.wait_until_drawn()
        # A tenth of it at most.
        self.assertLess(self.filled(), 30)

    def test_the_best_of_eight_seeds_is_kept_and_can_be_left(self):
        desktop = self.desktop
        self.open_for(1)
        before = self.wire_length()
        desktop.key(TRY_SEEDS)
        # Asked for first: it is gone after some seconds.
        told = desktop.wait_for_text("^Kept seed")
        desktop.wait_for_text("^Tried seeds: 8 of 8$")
        desktop.wait_for_title("• board.kicad_pcb")
        results = self.results()
        self.assertEqual(list(range(1, 9)), sorted(results))
        best = int(re.search(r"seed (\d+),", told).group(1))
        desktop.wait_for_text(f"^Seed {best}, Best: ")
        self.assertEqual(1, sum(", Best: " in text for text in desktop.texts()))
        wait_for(lambda: self.wire_length() == results[best], "the board as it is best")
        self.assertLess(results[best], before)
        # As the button of the line that told of it does.
        desktop.activate("undo-adopt")
        desktop.wait_for_title("board.kicad_pcb")
        wait_for(lambda: self.wire_length() == before, "the board as it was")
        # That took back the one step that there was.
        self.assertFalse(desktop.enabled("undo"))
        desktop.key(REDO)
        wait_for(lambda: self.wire_length() == results[best], "the board as it is best")

    def item(self, name):
        """What the menu's item that begins so says; it is closed again."""
        self.desktop.key("F10")
        found = wait_for(lambda: next((text for text in self.desktop.texts()
                                       if text.startswith(name)), None), "the menu")
        self.desktop.key("Escape")
        wait_for(lambda: "Preferences" not in self.desktop.texts(), "the menu to go")
        return found

    def move_on(self, reference):
        """Returns the wire length after that."""
        before = self.wire_length()
        self.select(reference)
        self.desktop.key("m", "Right", "Right", "Return")
        wait_for(lambda: self.wire_length() != before, "the part to be moved")
        return self.wire_length()

    def test_a_run_is_one_step_of_undo_among_those_by_hand(self):
        desktop = self.desktop
        self.open_for(1)
        lengths = [self.wire_length(), self.move_on("u4")]
        desktop.key(RUN)
        desktop.wait_for_run_state("finished")
        lengths += [self.wire_length(), self.move_on("u4")]
        self.assertEqual(4, len(set(lengths)))
        for length in lengths[2::-1]:
            desktop.key(UNDO)
            wait_for(lambda: self.wire_length() == length, "one step back")
        desktop.wait_for_title("board.kicad_pcb")
        self.assertFalse(desktop.enabled("undo"))
        # However fast the keys come.
        desktop.key(REDO, REDO, REDO)
        wait_for(lambda: self.wire_length() == lengths[3], "three steps on")
        desktop.key(UNDO, UNDO, UNDO)
        desktop.wait_for_title("board.kicad_pcb")
        wait_for(lambda: self.wire_length() == lengths[0], "all to be taken back")
        desktop.key(REDO)
        wait_for(lambda: self.wire_length() == lengths[1], "the part to be moved again")
        self.assertEqual("Undo", self.item("Undo"))
        self.assertEqual("Redo Run", self.item("Redo"))

    def test_a_run_that_was_stopped_can_be_taken_back_and_one_under_way_cannot(self):
        desktop = self.desktop
        self.open()
        before = self.wire_length()
        desktop.key(RUN)
        desktop.wait_for_title("• board.kicad_pcb")
        self.assertFalse(desktop.enabled("undo"))
        desktop.key(STOP)
        desktop.wait_for_run_state("stopped")
        wait_for(lambda: desktop.enabled("undo"), "a way back")
        self.assertEqual("Undo Run", self.item("Undo"))
        desktop.key(UNDO)
        desktop.wait_for_title("board.kicad_pcb")
        desktop.wait_for_text("^The parts lie as before the run$")
        wait_for(lambda: self.wire_length() == before, "the board as it was")

    def test_a_restart_is_taken_back_with_what_was_held_before_it(self):
        desktop = self.desktop
        self.open_for(1)
        length = self.move_on("u4")
        self.assertIn("Stays where it was put", self.open_properties())
        self.close_properties()
        desktop.key("ctrl+shift+F5")
        desktop.wait_for_run_state("running")
        desktop.wait_for_run_state("finished")
        self.assertNotIn("Stays where it was put", self.open_properties())
        self.close_properties()
        desktop.key(UNDO)
        wait_for(lambda: self.wire_length() == length, "the board as it was")
        self.assertIn("Stays where it was put", self.open_properties())
        self.close_properties()
        desktop.key(UNDO)
        desktop.wait_for_title("board.kicad_pcb")

    def test_stopped_trials_leave_the_choice(self):
        desktop = self.desktop
        # Time enough to stop them while some are still to come.
        self.open_for(6)
        desktop.key(TRY_SEEDS)
        wait_for(lambda: 1 in self.results(), "the first result")
        self.assertFalse(desktop.enabled("run"))
        desktop.key(STOP)
        desktop.wait_for_text("^Tried seeds: [1-7] of 8$")
        desktop.wait_for_title("board.kicad_pcb")
        self.assertTrue(desktop.enabled("run"))
        results = self.results()
        name = next(text for text in desktop.texts() if re.fullmatch(RESULT, text))
        desktop.tab_to("button", name)
        desktop.key("space")
        desktop.wait_for_title("• board.kicad_pcb")
        wait_for(lambda: self.wire_length() == results[1], "the board as it was chosen")

    def slider(self, name):
        """What stands beside it."""
        spin = self.desktop.find("spin button", name)
        return spin and float(self.desktop.text(spin))

    def test_weights_act_on_the_run_that_goes_on_and_can_be_taken_back(self):
        desktop = self.desktop
        self.open()
        desktop.key(STEP)
        desktop.wait_for_run_state("paused")
        desktop.key(WEIGHTS)
        desktop.tab_to("slider", "Decoupling")
        self.assertEqual(0.5, self.slider("Decoupling"))
        before = self.metric("Energy")
        desktop.key("End")
        wait_for(lambda: self.slider("Decoupling") == 5, "the slider at its end")
        wait_for(lambda: self.metric("Energy") > before, "it to count more")
        desktop.key("shift+Tab")
        desktop.key("space")
        wait_for(lambda: self.slider("Decoupling") == 0.5, "the default")
        wait_for(lambda: self.metric("Energy") == before, "it to count less")

    def test_weights_are_remembered_for_other_boards(self):
        desktop = self.desktop
        self.open()
        desktop.key(WEIGHTS)
        desktop.tab_to("slider", "Decoupling")
        desktop.key("End")
        wait_for(lambda: self.slider("Decoupling") == 5, "the slider at its end")
        desktop.key(PANEL)
        wait_for(lambda: self.slider("Decoupling") is None, "the panel to go")
        # Its window is one more of the same program.
        desktop.start(shutil.copy(OTHER, self.folder / "other.kicad_pcb"))
        desktop.focus(desktop.wait_for_title("other.kicad_pcb"))
        desktop.key(WEIGHTS)
        wait_for(lambda: self.slider("Decoupling") == 5, "what was chosen")


if __name__ == "__main__":
    tap.main(__name__, at_once=2)
