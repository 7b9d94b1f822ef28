#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is asked of parts: shown for the selection, told, changed, taken back, and obeyed."""

import json
import pathlib
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))

import tap  # pylint: disable=wrong-import-position
from desktop import wait_for  # pylint: disable=wrong-import-position
from window_case import (RUN, WindowCase,  # pylint: disable=wrong-import-position
                         footprints, place_of)

RULES = "ctrl+6"
EDGE = {"why": "the case", "parts": "J3", "edge": "left"}


class Rules(WindowCase):
    @property
    def settings(self):
        return self.board.with_name("board.boardwalk.json")

    def write(self, *rules):
        self.settings.write_text(json.dumps({"version": 1, "rules": rules, "mine": [1]}), "utf-8")

    def rules(self):
        return json.loads(self.settings.read_text("utf-8"))["rules"]

    def wait_for_rules(self, *rules):
        wait_for(lambda: self.settings.exists() and self.rules() == list(rules), f"{rules}")

    def add_rule(self):
        """From the list, where the button has the focus."""
        self.desktop.key(RULES)
        self.desktop.wait_for_text("^Rules count from")
        self.desktop.key("space")
        self.desktop.wait_for_text("^Kept Exactly$")

    def fill(self, mnemonic, *texts):
        """A field, and those after it."""
        self.desktop.key("alt+" + mnemonic)
        for text in texts:
            self.desktop.key("ctrl+a")
            self.desktop.type(text + "\t")

    def apply(self):
        self.desktop.key("alt+y")

    def test_a_rule_for_the_selected_part_is_written_undone_and_done_again(self):
        desktop = self.desktop
        self.open()
        self.select("u4")
        self.add_rule()
        self.fill("n", "J6", "3.5")
        self.apply()
        rule = {"parts": "U4", "near": {"part": "J6", "within_mm": 3.5}}
        self.wait_for_rules(rule)
        desktop.wait_for_text("^Within 3.5 mm of J6$")
        wait_for(lambda: desktop.enabled("undo"), "a way back")
        desktop.key("ctrl+z")
        self.wait_for_rules()
        desktop.wait_for_text("^No rules yet$")
        desktop.key("ctrl+shift+z")
        self.wait_for_rules(rule)

    def test_a_screen_reader_is_told_the_name_of_each_field_once(self):
        desktop = self.desktop
        self.open()
        self.select("u4")
        self.add_rule()
        for role, name in (("text box", "Parts"), ("text box", "Module"), ("text box", "Value"),
                           ("text box", "Footprint"), ("combo box", "Lock"), ("combo box", "Side"),
                           ("text box", "Rotations"), ("combo box", "Edge"),
                           ("text box", "Near the Part"), ("spin button", "Importance"),
                           ("text box", "Name")):
            self.assertTrue(desktop.find(role, name), name)
        self.desktop.key("Escape")
        self.select("u4")
        self.open_properties()
        self.assertTrue(desktop.find("text box", "Module"))

    def test_what_a_part_is_asked_is_told_in_its_properties(self):
        self.write(EDGE)
        desktop = self.desktop
        self.open()
        self.select("j3")
        self.assertIn("At the left edge", self.open_properties())
        desktop.key("alt+u")
        desktop.wait_for_text("^Rules for J3$")
        desktop.wait_for_text("^At the left edge$")
        self.select("u4")
        desktop.wait_for_text("^Rules for U4$")
        wait_for(lambda: "At the left edge" not in desktop.texts(), "other parts' rules to go")

    def test_what_is_kept_is_told_and_follows_the_parts(self):
        self.write({"parts": "U4", "near": {"part": "J6", "within_mm": 3}},
                   {"parts": "U4", "side": "front"})
        desktop = self.desktop
        self.open()
        desktop.key(RULES)

        def wait_for_state(rule, state):
            wait_for(lambda: desktop.description("list item", rule) == state, state)

        wait_for_state("Within 3 mm of J6", "Not kept: U4")
        wait_for_state("On the front", "Kept: U4")
        self.select("u4")
        desktop.key("f")
        wait_for_state("On the front", "Not kept: U4")
        desktop.key("ctrl+z")
        wait_for_state("On the front", "Kept: U4")

    def test_a_change_keeps_what_is_not_known_and_a_removal_the_rest(self):
        desktop = self.desktop
        self.write(EDGE, {"parts": "U4", "lock": True})
        self.open()
        self.select("j3")
        desktop.key(RULES)
        # Past the button that adds one.
        desktop.wait_for_text("^At the left edge$")
        desktop.key("Tab", "Return")
        desktop.wait_for_text("^Kept Exactly$")
        # What is typed counts though its field was not left.
        desktop.key("alt+i", "ctrl+a")
        desktop.type("30")
        self.apply()
        self.wait_for_rules({"parts": "J3", "edge": "left", "importance": 30, "why": "the case"},
                            {"parts": "U4", "lock": True})
        desktop.wait_for_text("^Rules for J3$")
        desktop.key("Tab", "Tab", "space")
        self.wait_for_rules({"parts": "U4", "lock": True})
        self.assertEqual([1], json.loads(self.settings.read_text("utf-8"))["mine"])

    def test_what_cannot_be_kept_is_told_and_not_written(self):
        desktop = self.desktop
        self.write(EDGE)
        self.open()
        self.add_rule()
        self.apply()
        desktop.wait_for_text("^Say for which parts: fill in Parts, Module, Value or Footprint$")
        self.fill("p", "X99")
        self.apply()
        desktop.wait_for_text('^no part is like "X99"$')
        self.wait_for_rules(EDGE)
        self.fill("r", "up")
        self.apply()
        desktop.wait_for_text("“up” is no rotation in degrees")
        desktop.key("Escape")
        desktop.wait_for_text("^All rules of the board$")

    def test_a_new_rule_holds_at_once_and_counts_in_the_next_run(self):
        desktop = self.desktop
        self.open()
        self.select("u4")
        self.add_rule()
        desktop.key("alt+l")
        desktop.wait_for_text("^May Move$")
        desktop.key("Down", "Return")
        wait_for(lambda: "May Move" not in desktop.texts(), "the choice")
        self.apply()
        self.wait_for_rules({"parts": "U4", "lock": True})
        # The keys of parts are the board's.
        self.select("u4")
        self.assertIn("Stays where it was put", self.open_properties())
        self.close_properties()
        before = place_of(footprints(self.board_text)["U4"])
        desktop.key("Escape", RUN)
        desktop.wait_for_run_state("finished")
        desktop.key("ctrl+s")
        wait_for(lambda: self.board.read_text("utf-8") != self.board_text, "it to be saved")
        self.assertEqual(before, place_of(footprints(self.board.read_text("utf-8"))["U4"]))

    def marked_rows(self, top, height):
        """How many rows of the screen are mostly blue, as the border of a region is."""
        pixels = subprocess.run(
            ["import", "-window", "root", "-crop", f"100x{height}+350+{top}", "-depth", "8",
             "rgb:-"], env=self.desktop.environment, capture_output=True, check=True).stdout
        rows = [pixels[i:i + 300] for i in range(0, len(pixels), 300)]
        return sum(1 for row in rows
                   if sum(row[i + 2] - row[i] > 50 for i in range(0, 300, 3)) > 50)

    def test_a_region_is_drawn_on_the_board(self):
        desktop = self.desktop
        self.open()
        self.select("u4")
        self.add_rule()
        desktop.key("alt+d")
        desktop.wait_for_text("Drag a box on the board")
        # From where a part is, which stays.
        self.assertEqual(0, self.marked_rows(280, 40))
        self.drag((300, 300), (500, 450))
        # It is seen while the rule is still being written, and the hint is not any more.
        wait_for(lambda: self.marked_rows(280, 40) > 0, "the region to be shown")
        self.assertNotIn("Drag a box on the board", desktop.texts())
        left = desktop.find("spin button", "Left, mm")
        wait_for(lambda: float(desktop.text(left)) > 1, "the region")
        self.apply()
        region = wait_for(lambda: self.settings.exists() and self.rules()[0]["region_mm"],
                          "it to be written")
        self.assertGreater(region[2] - region[0], 5)
        self.assertGreater(region[3] - region[1], 5)
        self.assertEqual((1, ["U4"]), self.selected())


if __name__ == "__main__":
    tap.main(__name__, at_once=2)
