#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Several windows of one program: how they are closed together, and how large the next one is."""

import pathlib
import re
import shutil
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))

import tap  # pylint: disable=wrong-import-position
from desktop import PATIENCE_S, wait_for  # pylint: disable=wrong-import-position
from window_case import OTHER, WindowCase  # pylint: disable=wrong-import-position

QUIT = "ctrl+q"


class Windows(WindowCase):
    def open_second(self):
        """One more board of the same program; returns its window."""
        self.other = shutil.copy(OTHER, self.folder / "other.kicad_pcb")
        self.desktop.start(self.other)
        window = self.desktop.wait_for_title("other.kicad_pcb")
        self.desktop.focus(window)
        wait_for(lambda: self.desktop.run_state(2) == "idle", "the second board")
        return window

    def change_both(self):
        """The first by a run that goes on, the second by one that was stopped."""
        desktop = self.desktop
        program = self.open()
        self.open_second()
        desktop.activate("run", 2)
        desktop.wait_for_title("• other.kicad_pcb")
        desktop.activate("stop", 2)
        wait_for(lambda: desktop.run_state(2) in ("stopped", "finished"), "the second's end")
        desktop.activate("run", 1)
        desktop.wait_for_title("• board.kicad_pcb")
        return program

    def ask_to_quit(self):
        """Returns what is asked."""
        self.desktop.key(QUIT)
        text = self.desktop.wait_for_text("Parts of these boards were moved")
        self.assertIn("board.kicad_pcb", text)
        self.assertIn("other.kicad_pcb", text)
        self.assertEqual(3, len(self.desktop.windows()))

    def test_who_cancels_quitting_keeps_all_windows_and_runs(self):
        desktop = self.desktop
        program = self.change_both()
        self.ask_to_quit()
        wait_for(lambda: desktop.run_state(1) == "paused", "the run to wait for the answer")
        desktop.key("Escape")
        wait_for(lambda: desktop.run_state(1) == "running", "the run to go on")
        self.assertEqual(["• board.kicad_pcb", "• other.kicad_pcb"], sorted(desktop.titles()))
        self.ask_to_quit()
        desktop.key("alt+d")
        self.assertEqual(0, program.wait(PATIENCE_S))
        self.assertEqual(self.board_text, self.board.read_text(encoding="utf-8"))

    def test_all_boards_are_saved_before_the_end(self):
        program = self.change_both()
        other = self.other.read_text(encoding="utf-8")
        self.ask_to_quit()
        self.desktop.key("Return")
        self.assertEqual(0, program.wait(PATIENCE_S))
        self.assertNotEqual(other, self.other.read_text(encoding="utf-8"))
        self.assert_only_places_differ(self.board)

    def test_nothing_is_closed_where_a_board_cannot_be_saved(self):
        desktop = self.desktop
        self.change_both()
        self.other.write_text("somebody else's", encoding="utf-8")
        self.ask_to_quit()
        desktop.key("Return")
        desktop.wait_for_text("changed on disk since it was opened")
        wait_for(lambda: desktop.run_state(1) == "running", "the other's run to go on")
        self.assertEqual("somebody else's", self.other.read_text(encoding="utf-8"))
        self.assertEqual(2, len(desktop.titles()))

    def test_a_file_that_is_gone_is_told_as_such_and_saved_anew(self):
        desktop = self.desktop
        self.open()
        self.run_and_stop()
        self.board.rename(self.folder / "old.kicad_pcb")
        desktop.key("ctrl+s")
        desktop.wait_for_text("^The file is gone")
        self.assertNotIn("Reload", desktop.texts())
        self.assertFalse(self.board.exists())
        desktop.activate("save-anew")
        desktop.wait_for_title("board.kicad_pcb")
        self.assert_only_places_differ(self.board)

    def test_a_file_that_is_gone_is_asked_about_until_it_is_saved_elsewhere(self):
        desktop = self.desktop
        self.open()
        self.run_and_stop()
        self.board.unlink()
        desktop.key("ctrl+s")
        desktop.wait_for_text("^The file is gone")
        desktop.activate("save-as")
        desktop.focus(desktop.wait_for_title("Save Board As"))
        desktop.key("ctrl+a")
        desktop.type(str(self.folder / "new.kicad_pcb"))
        desktop.key("Return")
        desktop.wait_for_title("new.kicad_pcb")
        wait_for(lambda: "Save Anew" not in desktop.texts(), "the question to go")
        self.assertFalse(self.board.exists())

    def test_what_came_back_is_not_written_over_unasked(self):
        desktop = self.desktop
        self.open()
        self.run_and_stop()
        self.board.unlink()
        desktop.key("ctrl+s")
        desktop.wait_for_text("^The file is gone")
        self.board.write_text("somebody else's", encoding="utf-8")
        desktop.activate("save-anew")
        desktop.wait_for_text("changed on disk since it was opened")
        self.assertEqual("somebody else's", self.board.read_text(encoding="utf-8"))

    def test_a_run_goes_on_where_its_window_is_not_closed(self):
        desktop = self.desktop
        self.open()
        desktop.key("F5")
        desktop.wait_for_title("• board.kicad_pcb")
        desktop.key("ctrl+w")
        desktop.wait_for_text("Save Changes Before Closing")
        desktop.wait_for_run_state("paused")
        desktop.key("Escape")
        desktop.wait_for_run_state("running")

    def size(self, window):
        """(width, height) of what the program draws."""
        told = self.desktop.run("xdotool", "getwindowgeometry", window)
        return tuple(map(int, re.search(r"Geometry: (\d+)x(\d+)", told).groups()))

    def test_the_window_of_the_keys_fits_the_screen_with_large_letters(self):
        desktop = self.desktop
        desktop.run("xprop", "-root", "-f", "RESOURCE_MANAGER", "8s", "-set", "RESOURCE_MANAGER",
                    "Xft.dpi:\t240\n", check=True)
        self.open()
        desktop.activate("show-help-overlay")
        width, height = self.size(desktop.wait_for_title("Keyboard Shortcuts"))
        self.assertLessEqual(width, 1280)
        self.assertLessEqual(height, 860)

    def is_maximized(self, window):
        return "MAXIMIZED" in self.desktop.run("xprop", "-id", window, "_NET_WM_STATE")

    def test_a_window_is_as_large_as_the_one_that_was_resized_last(self):
        desktop = self.desktop
        self.open()
        first = desktop.wait_for_title("board.kicad_pcb")
        before = self.size(first)
        desktop.run("xdotool", "windowsize", first, 1100, 700)
        wait_for(lambda: self.size(first) != before, "it to be resized")
        resized = self.size(first)
        self.assertEqual(resized, self.size(self.open_second()))

    def test_a_window_is_not_maximized_over_another(self):
        desktop = self.desktop
        self.open()
        first = desktop.wait_for_title("board.kicad_pcb")
        left, top = map(int, re.search(r"Position: (\d+),(\d+)", desktop.run(
            "xdotool", "getwindowgeometry", first)).groups())
        desktop.run("xdotool", "mousemove", "--sync", left + 600, top + 30, "click", "--repeat", 2,
                    "--delay", 50, 1, check=True)
        wait_for(lambda: self.is_maximized(first), "it to be maximized")
        self.assertFalse(self.is_maximized(self.open_second()))


if __name__ == "__main__":
    tap.main(__name__, at_once=2)
