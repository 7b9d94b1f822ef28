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
from window_case import OTHER, STOP, WindowCase  # pylint: disable=wrong-import-position

OPTIONS, TRY_SEEDS, WEIGHTS, PANEL = "ctrl+r", "ctrl+shift+r", "ctrl+5", "F9"
STEP = "F6"
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
