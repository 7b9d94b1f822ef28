#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Several parts at once: selected by mouse, keys, search and lists, and done something to."""

import pathlib
import re
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))

import tap  # pylint: disable=wrong-import-position
from desktop import wait_for  # pylint: disable=wrong-import-position
from window_case import RUN, SAVE, STOP, U4_MIDDLE, WindowCase, footprints, \
    place_of  # pylint: disable=wrong-import-position

PARTS, NETS = "ctrl+1", "ctrl+2"
STATE_SELECTED = 23  # of AT-SPI

U4_LEFT_TOP, U4_RIGHT_BOTTOM = (570, 324), (683, 432)
# Once the search has brought SW1 into view below its bar.
SW2_MIDDLE = (616, 571)


def place(text):
    x, y, *rotation = text.split()
    return float(x), float(y), float(rotation[0]) if rotation else 0


class Selecting(WindowCase):
    def find_all(self, text):
        self.desktop.key("ctrl+f")
        self.desktop.type(text)
        wait_for(lambda: any(re.fullmatch(r"1 of \d+", t) for t in self.desktop.texts()),
                 "the parts to be found")
        self.desktop.key("alt+a")
        wait_for(lambda: any(re.fullmatch(r"\d+ selected", t) for t in self.desktop.texts()),
                 "all of them to be selected")
        self.desktop.key("Escape")

    @staticmethod
    def places_in(text):
        """{reference: (x, y, rotation)}"""
        return {name: place(place_of(part)) for name, part in footprints(text).items()}

    def places(self):
        """As the saved board has them."""
        def saved():
            self.desktop.key(SAVE)
            return "board.kicad_pcb" in self.desktop.titles()

        self.desktop.wait_for_title("• board.kicad_pcb")
        # What a drag still does while it saves is saved by the next.
        wait_for(saved, "the board to be saved")
        return self.places_in(self.board.read_text("utf-8"))

    def test_all_and_nothing_are_selected_by_keys_and_told(self):
        desktop = self.desktop
        self.open()
        desktop.key("ctrl+a")
        self.wait_for_count(len(footprints(self.board_text)))
        self.assertEqual(8, len(self.selected()[1]))
        desktop.key("Escape")
        self.wait_for_count(0)

    def test_all_that_match_are_selected_by_search(self):
        self.open()
        self.find_all("c2")
        names = [name for name in footprints(self.board_text) if name.startswith("C2")]
        self.assertGreater(len(names), 3)
        self.wait_for_count(len(names))

    def test_what_is_connected_and_the_same_module_are_added_by_keys(self):
        desktop = self.desktop
        self.open()
        self.select("u4")
        desktop.key("u")
        wait_for(lambda: self.selected()[0] > 5, "what is connected")
        connected = self.selected()[0]
        self.assertLess(connected, len(footprints(self.board_text)))
        self.select("u4")
        self.wait_for_selected("U4")
        desktop.key("g")
        wait_for(lambda: self.selected()[0] > 2, "the module")

    def test_clicks_and_boxes_select(self):
        self.open()
        self.click(U4_MIDDLE)
        self.wait_for_selected("U4")
        self.click(U4_MIDDLE, "shift")
        self.wait_for_count(0)
        self.drag(U4_LEFT_TOP, U4_RIGHT_BOTTOM)
        self.wait_for_selected("U4")
        # To the right, what lies within; to the left, what is touched as well.
        inside = [(605, 354), (649, 397)]
        self.drag(*inside[::-1])
        self.wait_for_selected("U4")
        self.select("u8")
        self.click(U4_MIDDLE, "shift")
        self.wait_for_selected("U4", "U8")
        # A press on one of several drags them all, a click selects it alone.
        self.click(U4_MIDDLE)
        self.wait_for_selected("U4")

    def test_a_group_is_dragged_and_that_is_one_step(self):
        desktop = self.desktop
        self.open()
        before = self.places_in(self.board_text)
        self.find_all("sw")
        group = self.selected()[1]
        self.assertIn("SW2", group)
        self.drag(SW2_MIDDLE, (589, 571))
        wait_for(lambda: desktop.enabled("undo"), "the group to be put down")
        after = self.places()
        dx = after["SW2"][0] - before["SW2"][0]
        self.assertLess(dx, -1)
        for name, (x, y, rotation) in before.items():
            moved = dx if name in group else 0
            self.assertAlmostEqual(x + moved, after[name][0], 5, name)
            self.assertEqual((y, rotation), after[name][1:], name)
        desktop.key("ctrl+z")
        wait_for(lambda: not desktop.enabled("undo"), "one step to take it all back")
        self.assertEqual(before, self.places())

    def test_a_group_turns_round_its_middle_and_is_held(self):
        desktop = self.desktop
        self.open()
        before = self.places_in(self.board_text)
        self.find_all("c2")
        group = self.selected()[1]
        desktop.key("r")
        wait_for(lambda: desktop.enabled("undo"), "the turn")
        after = self.places()
        for name in group:
            self.assertEqual((before[name][2] + 90) % 360, after[name][2] % 360, name)
        # As one piece: how far they are from each other is as it was, x and y exchanged.
        first, second = group[:2]
        self.assertAlmostEqual(before[second][1] - before[first][1],
                               after[second][0] - after[first][0], 5)
        self.assertAlmostEqual(before[first][0] - before[second][0],
                               after[second][1] - after[first][1], 5)
        desktop.key("r", "r", "r")
        desktop.wait_for_title("• board.kicad_pcb")
        again = self.places()
        for name in group:
            for a, b in zip(before[name], again[name]):
                self.assertAlmostEqual(a, b, 5, name)
        desktop.key("e")
        texts = wait_for(lambda: (t := desktop.texts()) and "Right by, mm" in t and t,
                         "their properties")
        self.assertIn(f"{len(group)} Parts", texts)
        self.assertIn("All stay where they are", texts)

    def test_several_are_moved_by_so_much_in_their_properties(self):
        desktop = self.desktop
        self.open()
        before = self.places_in(self.board_text)
        self.find_all("c2")
        group = self.selected()[1]
        desktop.key("e")
        wait_for(lambda: "Right by, mm" in desktop.texts(), "their properties")
        desktop.tab_to("spin button", "Right by, mm")
        desktop.key("ctrl+a")
        desktop.type("2.5")
        desktop.key("Tab", "alt+m")
        desktop.wait_for_title("• board.kicad_pcb")
        after = self.places()
        for name in group:
            self.assertAlmostEqual(before[name][0] + 2.5, after[name][0], 5, name)

    def test_only_the_selection_is_placed(self):
        desktop = self.desktop
        self.open()
        before = self.places_in(self.board_text)
        self.assertFalse(desktop.enabled("place-selection"))
        self.find_all("c2")
        group = self.selected()[1]
        desktop.key("shift+p")
        desktop.wait_for_run_state("running")
        desktop.wait_for_title("• board.kicad_pcb")
        desktop.key(STOP)
        desktop.wait_for_run_state("stopped", "finished")
        after = self.places()
        moved = [name for name in before if before[name] != after[name]]
        self.assertGreater(len(moved), 0)
        self.assertEqual([], [name for name in moved if name not in group])
        # The next run is of the whole board again.
        desktop.key(RUN)
        desktop.wait_for_run_state("running")
        desktop.wait_for_title("• board.kicad_pcb")
        desktop.key(STOP)
        desktop.wait_for_run_state("stopped", "finished")
        again = self.places()
        self.assertGreater(len([name for name in after if after[name] != again[name]]),
                           len(group))

    def test_only_the_selection_is_untangled(self):
        desktop = self.desktop
        self.open()
        before = self.places_in(self.board_text)
        self.select("u4")
        desktop.key("m", *["Right"] * 8, "Return", "l")
        wait_for(lambda: self.value_of("Overlaps") not in (None, "0"), "an overlap")
        desktop.key("shift+u")
        desktop.wait_for_run_state("finished")
        wait_for(lambda: self.value_of("Overlaps") == "0", "none")
        after = self.places()
        self.assertEqual(["U4"], [name for name in before if before[name] != after[name]])

    def value_of(self, caption):
        """What the status line says; None while it is laid out anew."""
        texts = self.desktop.texts()
        return next((text for text in texts[texts.index(caption):] if text != caption),
                    None) if caption in texts else None

    def test_a_group_is_dragged_while_it_runs(self):
        desktop = self.desktop
        self.open()
        self.find_all("c2")
        group = self.selected()[1]
        desktop.key(RUN)
        desktop.wait_for_run_state("running")
        desktop.key("m", "Right", "Right", "Return")
        wait_for(lambda: desktop.enabled("undo"), "the group to be put down")
        desktop.key(STOP)
        desktop.wait_for_run_state("stopped", "finished")
        desktop.key("e")
        texts = wait_for(lambda: (t := desktop.texts()) and "Right by, mm" in t and t,
                         "their properties")
        self.assertIn("All stay where they are", texts)
        self.assertIn(f"{len(group)} Parts", texts)

    def chosen_rows(self, table):
        rows = self.desktop.rows(table)
        return [cells[0] for cells, chosen in
                zip(self.desktop.cells(*rows), self.desktop.have_state(*rows,
                                                                       state=STATE_SELECTED))
                if cells and chosen]

    def test_the_list_of_parts_is_in_step_both_ways(self):
        desktop = self.desktop
        self.open()
        self.find_all("c2")
        names = sorted(self.selected()[1])
        desktop.key(PARTS)
        wait_for(lambda: desktop.state("show-panel") == [True], "the panel")
        desktop.type("c2")
        wait_for(lambda: sorted(self.chosen_rows("Parts")) == names, "their rows")
        desktop.key("Tab", "Tab", "Down")
        wait_for(lambda: self.selected()[0] == 1, "one row to be chosen")
        desktop.key("shift+Down")
        wait_for(lambda: self.selected()[0] == 2, "two rows to be chosen")

    def test_the_parts_of_a_net_are_selected_from_its_list(self):
        desktop = self.desktop
        self.open()
        desktop.key(NETS)
        wait_for(lambda: desktop.state("show-panel") == [True], "the panel")
        desktop.type("usb_d")
        wait_for(lambda: 0 < len(desktop.rows("Nets")) < 8, "the nets")
        desktop.key("Tab", "Tab", "Return")
        wait_for(lambda: self.selected()[0] >= 2, "the parts of the net")


if __name__ == "__main__":
    tap.main(__name__, at_once=2)
