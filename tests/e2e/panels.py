#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What lies beside the board: its lists, in step with it, as a screen reader has them."""

import json
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))

import tap  # pylint: disable=wrong-import-position
from desktop import BOARDWALK, wait_for  # pylint: disable=wrong-import-position
from window_case import OTHER, RUN, STOP, WindowCase  # pylint: disable=wrong-import-position

PARTS, NETS, MODULES, LAYERS = "ctrl+1", "ctrl+2", "ctrl+3", "ctrl+4"
STATE_SELECTED = 23 # of AT-SPI

# Where the window has them on the screen.
FIRST_ROW = (1000, 202)
WIRE_HEADING = (985, 179)


class Panels(WindowCase):
    def open_panel(self, page=PARTS):
        program = self.open()
        self.desktop.key(page)
        wait_for(lambda: self.desktop.state("show-panel") == [True], "the panel")
        return program

    def rows(self, table="Parts"):
        """The texts of each row of the list that is on show."""
        return [texts for _, texts in self.laid_out(table)]

    def laid_out(self, table):
        """[(row, its texts)]: what is being laid out anew lacks texts for a moment."""
        def found():
            rows = self.desktop.rows(table)
            rows = list(zip(rows, self.desktop.cells(*rows)))
            whole = (len({len(texts) for _, texts in rows}) <= 1
                     and all(texts and None not in texts for _, texts in rows))
            return whole and [rows]
        return wait_for(found, f"the rows of {table}")[0]

    def names(self):
        return [row[0] for row in self.rows()]

    def test_parts_are_listed_filtered_and_selected_by_keys(self):
        desktop = self.desktop
        self.open_panel()
        wait_for(lambda: len(self.names()) > 10, "the parts")
        self.assertFalse(desktop.enabled("properties"))
        desktop.type("rp2040")
        wait_for(lambda: self.names() == ["U4"], "the one that is looked for")
        wait_for(lambda: [row[:2] for row in self.rows()] == [["U4", "RP2040"]], "its value")
        desktop.key("Tab", "Tab", "Return")
        wait_for(lambda: "Rotation" in desktop.texts(), "its properties")
        self.assertTrue(desktop.enabled("properties"))

    def wait_for_selected(self, name):
        wait_for(lambda: [texts[0] for row, texts in self.laid_out("Parts")
                          if self.desktop.has_state(row, STATE_SELECTED)] == [name],
                 f"the row of {name} to be selected")

    def test_the_list_follows_what_is_selected_on_the_board(self):
        self.open_panel()
        self.select("r10")
        self.wait_for_selected("R10")

    def wait_for_first(self, name):
        """On the screen: the list may be scrolled, and takes a moment to be laid out."""
        def chosen():
            self.desktop.key("ctrl+f", "Escape", "Escape")
            self.click(FIRST_ROW)
            return self.selected() == (1, [name])

        wait_for(chosen, f"{name} to be the first")

    def test_the_list_begins_with_the_first_part_in_each_order(self):
        self.open_panel()
        wait_for(lambda: len(self.names()) > 30, "the parts")
        self.wait_for_first("C1")
        self.desktop.key("ctrl+f", "Escape", "Escape")
        wait_for(lambda: self.selected()[0] == 0, "nothing to be selected")
        self.click(WIRE_HEADING)
        self.click(WIRE_HEADING)

        def descending():
            lengths = [float(row[2].removesuffix(" mm") or 0) for row in self.rows()]
            return lengths[0] > 0 and lengths == sorted(lengths, reverse=True)

        wait_for(descending, "the longest wires to come first")
        self.wait_for_first(self.names()[0])

    def test_a_part_that_the_filter_hid_is_selected_in_the_list_once_it_is_there(self):
        self.open_panel()
        self.desktop.type("rp2040")
        wait_for(lambda: self.names() == ["U4"], "the one that is looked for")
        self.select("r10")
        self.desktop.key(PARTS, "Escape")
        self.wait_for_selected("R10")

    def test_a_part_that_is_held_is_told_so_in_the_list(self):
        desktop = self.desktop
        self.open_panel()
        desktop.type("rp2040")
        wait_for(lambda: self.names() == ["U4"], "the one that is looked for")
        self.select("u4")
        for keys, told in ((("l",), True), (("l", "l", "l"), False), (("l", "l"), False)):
            desktop.key(*keys)
            wait_for(lambda told=told: ["Held" in row for row in self.rows()] == [told],
                     f"{keys} to count")

    def test_the_lengths_of_nets_follow_the_run(self):
        desktop = self.desktop
        self.open_panel(NETS)
        desktop.type("usb")

        def lengths():
            return {row[0]: row[1] for row in self.rows("Nets") if row[1]}
        before = wait_for(lambda: 0 < len(now := lengths()) < 10 and now, "the lengths")
        desktop.key(RUN)
        desktop.wait_for_run_state("running")
        wait_for(lambda: lengths() not in (before, {}), "other lengths")
        desktop.key(STOP)
        desktop.wait_for_run_state("stopped", "finished")

    def test_a_net_is_weighed_while_it_runs_and_for_the_next_time(self):
        desktop = self.desktop
        program = self.open_panel(NETS)
        desktop.key(RUN)
        desktop.wait_for_run_state("running")
        desktop.type("usb_mcu")
        wait_for(lambda: len(self.rows("Nets")) == 2, "the nets")
        desktop.key("Tab", "Tab", "Down", "ctrl+a")
        desktop.tab_to("spin button", "Weight of the Selected Nets")
        desktop.key("ctrl+a")
        desktop.type("2.5")
        desktop.key("Tab")
        wait_for(lambda: all(row[-1] == "2.5" for row in self.rows("Nets")), "their weight")
        desktop.key(STOP)
        desktop.wait_for_run_state("stopped", "finished")
        settings = self.board.with_name("board.boardwalk.json")
        wait_for(lambda: settings.exists() and json.loads(settings.read_text("utf-8"))["nets"] ==
                 {"/mcu/USB_MCU+": 2.5, "/mcu/USB_MCU-": 2.5}, "it to be written")
        # Both in one go, and so undone. The field that is written in has a way back of its own.
        wait_for(lambda: desktop.enabled("undo"), "a way back")
        desktop.activate("undo")
        wait_for(lambda: all(not row[-1] for row in self.rows("Nets")), "the usual weight")
        desktop.activate("redo")
        wait_for(lambda: all(row[-1] == "2.5" for row in self.rows("Nets")), "their weight again")
        wait_for(lambda: set(json.loads(settings.read_text("utf-8"))["nets"].values()) == {2.5},
                 "it to be written again")
        # As the file has it, now and when it is read the next time.
        desktop.key("ctrl+w")
        desktop.key("alt+d")
        wait_for(lambda: program.poll() is not None, "the end")
        self.open_panel(NETS)
        desktop.type("usb_mcu+")
        wait_for(lambda: [row[-1] for row in self.rows("Nets")] == ["2.5"], "the weight again")

    def test_the_parts_of_a_module_are_selected_from_its_row(self):
        self.open_panel(MODULES)
        self.desktop.wait_for_text("^21 parts$")
        self.desktop.key("space")
        self.wait_for_count(21)

    def test_modules_are_one_stop_of_tab_and_arrows_go_on_among_them(self):
        desktop = self.desktop
        self.open_panel(MODULES)
        desktop.wait_for_text("^21 parts$")
        for key, button, module in (("Down", "Select Its Parts", "mcu"),
                                    ("Right", "Show Its Parts", "mcu"),
                                    ("Down", "Show Its Parts", "sensors"),
                                    ("Right", "Hold Its Parts Where They Are", "sensors"),
                                    ("Up", "Hold Its Parts Where They Are", "mcu"),
                                    ("Tab", "Open", "Open Board"),
                                    ("shift+Tab", "Select Its Parts", "mcu")):
            desktop.key(key)
            wait_for(lambda: desktop.focused() == ("button", button, module), f"{button} {module}")

    def test_the_parts_of_a_module_are_held_though_hidden_and_that_undone(self):
        desktop = self.desktop
        self.open_panel(MODULES)
        desktop.wait_for_text("^21 parts$")
        desktop.key("Right", "Right", "space")
        wait_for(lambda: desktop.enabled("undo"), "the parts of the first module to be held")
        desktop.key("Left", "space")
        self.select("u1")
        self.assertTrue("Stays where it was put" in self.open_properties())
        self.close_properties()
        desktop.key("ctrl+z")
        wait_for(lambda: not desktop.enabled("undo"), "that to be undone")
        self.assertFalse("Stays where it was put" in self.open_properties())

    def test_a_module_gets_a_colour_that_is_kept_and_undone_and_loses_it(self):
        desktop = self.desktop
        settings = self.folder / "board.boardwalk.json"
        self.open_panel(MODULES)
        desktop.wait_for_text("^21 parts$")

        def colors():
            text = settings.read_text("utf-8") if settings.exists() else "{}"
            return json.loads(text).get("colors", {})
        desktop.key("Left", "space")
        desktop.wait_for_text("Automatic")
        desktop.key("Tab", "Right", "space", "Escape")
        wait_for(colors, "the colour to be written")
        self.assertRegex(*colors().values(), "^#[0-9a-f]{6}$")
        desktop.key("ctrl+z")
        wait_for(lambda: not colors(), "the colour to be gone")
        desktop.key("ctrl+shift+z")
        wait_for(colors, "the colour to be there again")
        desktop.key("space")
        desktop.wait_for_text("Automatic")
        desktop.key("alt+a")
        wait_for(lambda: not colors(), "the colour to be as it was")

    def test_digits_switch_layers_which_are_remembered(self):
        desktop = self.desktop
        self.open()
        names = ["grid", "ratsnest", "trails", "forces", "pads", "references", "modules", "heat",
                 "tracks"]

        def shown():
            return [desktop.state("show-" + name) == [True] for name in names]
        self.assertEqual([True, True, False, False, True, True, False, False, True], shown())
        desktop.key(*"123456789")
        wait_for(lambda: shown() == [False, False, True, True, False, False, True, True, False],
                 "each layer to be switched")
        desktop._spawn(BOARDWALK, OTHER)  # pylint: disable=protected-access
        wait_for(lambda: desktop.state("show-heat", 2) == [True], "the other window")
        self.assertEqual(shown(), [desktop.state("show-" + name, 2) == [True] for name in names])

    def test_layers_are_switched_in_a_list_and_the_heat_is_of_parts_or_wires(self):
        desktop = self.desktop
        self.open_panel(LAYERS)
        desktop.key("space")
        wait_for(lambda: desktop.state("show-grid") == [False], "the grid to go")
        self.assertEqual(["density"], desktop.state("heat"))
        desktop.activate("heat", parameter="congestion")
        wait_for(lambda: desktop.state("heat") == ["congestion"], "the heat of wires")


if __name__ == "__main__":
    tap.main(__name__, at_once=2)
