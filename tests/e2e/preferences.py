#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is chosen in the preferences acts at once, and is told by who shows it elsewhere."""

import json
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))

import tap  # pylint: disable=wrong-import-position
from desktop import wait_for  # pylint: disable=wrong-import-position
from window_case import ROOT, WindowCase  # pylint: disable=wrong-import-position

PREFERENCES = "ctrl+comma"
SPACING, TIME = "Spacing of the Grid, mm", "Time of a Run, Seconds"


def edge(scheme):
    """The colour of the board's outline."""
    text = (ROOT / "viewer" / "core" / "colors.js").read_text(encoding="utf-8")
    return json.loads(text[text.index("{"):text.rindex("}") + 1])[scheme]["edge"]


class Preferences(WindowCase):
    def open_preferences(self):
        self.desktop.key(PREFERENCES)
        self.desktop.focus(self.desktop.wait_for_title("Preferences"))

    def close_preferences(self):
        self.desktop.key("Escape")
        wait_for(lambda: "Preferences" not in self.desktop.titles(), "the preferences to go")

    def enter(self, name, number):
        self.desktop.tab_to("spin button", name)
        self.desktop.key("ctrl+a")
        self.desktop.type(number)
        self.desktop.key("Tab")

    def value(self, name):
        return self.desktop.text(self.desktop.find("spin button", name))

    def test_the_window_of_the_keys_has_a_title(self):
        self.open()
        self.desktop.activate("show-help-overlay")
        self.desktop.wait_for_title("Keyboard Shortcuts")

    def test_units_change_in_the_window_and_follow_its_menu(self):
        desktop = self.desktop
        self.open()
        self.open_preferences()
        # The first control has the focus.
        desktop.key("space", "Down", "Return")
        wait_for(lambda: desktop.state("inches") == [True], "inches")
        self.close_preferences()
        desktop.activate("inches")
        wait_for(lambda: desktop.state("inches") == [False], "millimetres")
        self.open_preferences()
        self.assertIn("Millimetres", desktop.texts())

    def test_the_grid_and_the_time_of_a_run_are_those_of_the_panels(self):
        desktop = self.desktop
        self.open()
        self.open_preferences()
        self.enter(SPACING, "2.5")
        self.enter(TIME, "42")
        self.close_preferences()
        desktop.key("ctrl+4")
        wait_for(lambda: desktop.find("spin button", "Spacing of the Grid"), "the layers")
        self.assertEqual("2.500", self.value("Spacing of the Grid"))
        self.open_preferences()
        self.assertEqual("42", self.value(TIME))

    def test_high_contrast_is_chosen_or_comes_with_the_desktop(self):
        desktop = self.desktop
        change = desktop.have_appearance({"color-scheme": 1, "contrast": 1})
        self.open()
        desktop.wait_for_color(edge("dark_more"))
        change("contrast", 0)
        desktop.wait_for_color(edge("dark"))
        change("color-scheme", 2)
        desktop.wait_for_color(edge("light"))
        self.open_preferences()
        desktop.tab_to("checkbox", "High Contrast: nothing is faint")
        desktop.key("space")
        desktop.wait_for_color(edge("light_more"))
        change("contrast", 1)
        desktop.key("space")
        change("color-scheme", 1)
        desktop.wait_for_color(edge("dark_more"))

    def test_a_screen_reader_is_told_names_without_underlines(self):
        desktop = self.desktop
        self.open()
        self.open_preferences()
        self.assertTrue(desktop.find("checkbox", "Safe Colors, told apart by the color-blind"))
        self.close_preferences()
        desktop.key("ctrl+r")
        desktop.wait_for_text("^Seed$")
        self.assertTrue(desktop.find("checkbox", "Refine: stay close to where parts are"))
        self.assertTrue(desktop.find("button", "Start from Here"))

    def test_what_is_not_saved_is_kept_only_if_that_is_wished(self):
        desktop = self.desktop
        self.open()
        self.select("u4")
        desktop.key("m", "Right", "Right", "Return")
        desktop.wait_for_title("• board.kicad_pcb")

        def kept():
            return list(pathlib.Path(desktop.home.name, "boardwalk/recovery").glob("*.poses"))
        wait_for(kept, "it to be kept")
        self.open_preferences()
        desktop.tab_to("checkbox", "Keep What Is Not Saved, for after a crash")
        desktop.key("space")
        wait_for(lambda: not kept(), "it to be forgotten")
        desktop.key("space")
        wait_for(kept, "it to be kept again")


if __name__ == "__main__":
    tap.main(__name__, at_once=2)
