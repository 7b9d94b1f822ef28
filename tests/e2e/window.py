#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The window, as a person at the keyboard has it: open, run, pause, stop, save, share, trouble."""

import json
import os
import pathlib
import re
import resource
import stat
import sys
import time
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))

import tap  # pylint: disable=wrong-import-position
from desktop import BOARDWALK, Desktop, PATIENCE_S, wait_for # pylint: disable=wrong-import-position
from window_case import (BOARD, OTHER, RUN, SAVE, SAVE_AS, STOP, WindowCase, footprints,
                         place_of, without_places)  # pylint: disable=wrong-import-position


class Window(WindowCase):
    def test_a_run_is_started_paused_resumed_stopped_and_saved_by_keys(self):
        desktop = self.desktop
        self.open()
        desktop.key(RUN)
        desktop.wait_for_run_state("running")
        desktop.wait_for_title("• board.kicad_pcb")
        desktop.key(RUN)
        desktop.wait_for_run_state("paused")
        paused_at = wait_for(lambda: (now := self.iteration()) == self.iteration() and now,
                             "the status line to come to rest")
        for _ in range(10):
            self.assertEqual(paused_at, self.iteration())
        self.assertTrue(desktop.enabled("step"))
        desktop.key("F6")
        wait_for(lambda: self.iteration() == paused_at + 1, "one step")
        desktop.wait_for_run_state("paused")
        desktop.key(RUN)
        desktop.wait_for_run_state("running", "finished")
        wait_for(lambda: self.iteration() > paused_at + 1, "the run to go on")
        desktop.key(STOP)
        desktop.wait_for_run_state("stopped", "finished")

        desktop.wait_for_title("• board.kicad_pcb")
        desktop.key(SAVE_AS)
        desktop.focus(desktop.wait_for_title("Save Board As"))
        desktop.key("ctrl+a")
        desktop.type(str(self.folder / "placed.kicad_pcb"))
        desktop.key("Return")
        desktop.wait_for_title("placed.kicad_pcb")
        self.assert_only_places_differ(self.folder / "placed.kicad_pcb")
        self.assertEqual(self.board_text, self.board.read_text(encoding="utf-8"))

    def test_keys_are_heard_after_a_choice_in_a_submenu(self):
        self.open()
        self.assertEqual([True], self.desktop.state("show-ratsnest"))
        # By their mnemonics: the menu, its submenu Show, the first choice there.
        self.desktop.key("F10", "h", "r")
        wait_for(lambda: self.desktop.state("show-ratsnest") == [False], "the choice")
        self.desktop.key(RUN)
        self.desktop.wait_for_run_state("running", "finished")

    def test_saving_keeps_the_mode_and_is_offered_only_for_changes(self):
        desktop = self.desktop
        self.board.chmod(0o640)
        self.open()
        self.assertFalse(desktop.enabled("save"))
        self.run_and_stop()
        desktop.key(SAVE)
        desktop.wait_for_title("board.kicad_pcb")
        self.assertFalse(desktop.enabled("save"))
        self.assertEqual(0o640, stat.S_IMODE(self.board.stat().st_mode))
        self.assert_only_places_differ(self.board)
        self.assertEqual(["board.kicad_pcb", "board.kicad_pcb-bak"],
                         sorted(os.listdir(self.folder)))
        backup = self.folder / "board.kicad_pcb-bak"
        self.assertEqual(self.board_text, backup.read_text(encoding="utf-8"))

    def kept(self):
        """What is kept aside of placements that are not saved."""
        return list(pathlib.Path(self.desktop.home.name, "boardwalk/recovery").glob("*.poses"))

    def test_what_was_not_saved_survives_a_kill(self):
        desktop = self.desktop
        program = self.open()
        self.run_and_stop()
        # The placement is kept as it is when the first part has moved, and now and then after.
        wait_for(self.kept, "the placement to be kept")
        program.kill()
        program.wait()

        program = desktop.start()
        desktop.focus(desktop.wait_for_title("Boardwalk"))
        desktop.wait_for_text("Parts of “board.kicad_pcb” were moved and not saved")
        desktop.activate("open-recovery")
        desktop.focus(desktop.wait_for_title("board.kicad_pcb"))
        desktop.wait_for_text("Parts of this board were moved and not saved on ")
        self.assertFalse(desktop.enabled("save"))
        desktop.activate("restore")
        desktop.wait_for_title("• board.kicad_pcb")
        desktop.key(SAVE)
        desktop.wait_for_title("board.kicad_pcb")
        self.assertNotEqual(self.board_text, self.board.read_text(encoding="utf-8"))
        self.assertEqual(without_places(self.board_text),
                         without_places(self.board.read_text(encoding="utf-8")))
        wait_for(lambda: not self.kept(), "what was saved to be forgotten")

    def kept_of(self, reference):
        """What is kept of a part, "X,Y,ROTATION"; None: nothing is."""
        for path in self.kept():
            found = re.search(rf"^{reference},(.*),", path.read_text("utf-8"), re.MULTILINE)
            return found and found.group(1)
        return None

    def test_a_part_is_kept_where_it_was_put_and_not_on_its_way(self):
        desktop = self.desktop
        self.open()
        self.select("u4")
        desktop.key("m", "Right", "Right")
        desktop.wait_for_title("• board.kicad_pcb")
        desktop.key("Down", "Right", "Return")
        kept = wait_for(lambda: self.kept_of("U4"), "the part to be kept")
        self.assertEqual("137.5,81.5,0", kept)
        # Each edit is kept soon after it, and not when the next of a run's would be.
        begin = time.monotonic()
        for rotation in (90, 180, 270, 0):
            desktop.key("r")
            wait_for(lambda: self.kept_of("U4") == f"137.5,81.5,{rotation}", "it to be kept")
        self.assertLess(time.monotonic() - begin, 12)

    def test_what_was_discarded_is_not_offered_again(self):
        desktop = self.desktop
        program = self.open()
        self.run_and_stop()
        wait_for(self.kept, "the placement to be kept")
        desktop.key("ctrl+w")
        desktop.wait_for_text("Save Changes Before Closing")
        desktop.key("alt+d")
        wait_for(lambda: program.poll() is not None, "the end")
        self.assertEqual([], self.kept())

    def test_a_board_that_kicad_has_open_is_saved_only_if_that_is_wished(self):
        desktop = self.desktop
        (self.folder / "~board.kicad_pcb.lck").write_text(
            '{"hostname":"bench","username":"ada"}', encoding="utf-8")
        self.open()
        desktop.wait_for_text(r"open in KiCad \(ada on bench\)")
        self.run_and_stop()
        desktop.key(SAVE)
        desktop.wait_for_text(r"open in KiCad \(ada on bench\)")
        self.assertEqual(self.board_text, self.board.read_text(encoding="utf-8"))
        desktop.activate("save-anyway")
        desktop.wait_for_title("board.kicad_pcb")
        self.assert_only_places_differ(self.board)

    def test_a_board_of_a_newer_kicad_is_told_of_and_only_its_parts_change(self):
        desktop = self.desktop
        newer = re.sub(r"\(version \d+\)", "(version 20991231)", self.board_text, count=1)
        self.board.write_text(newer, encoding="utf-8")
        self.open()
        desktop.wait_for_text("^A newer KiCad saved this board")
        desktop.tab_to("button", "Close")
        desktop.key("Return")
        wait_for(lambda: not any("newer KiCad" in text for text in desktop.texts()), "it to go")
        self.run_and_stop()
        desktop.key(SAVE)
        desktop.wait_for_title("board.kicad_pcb")
        saved = self.board.read_text(encoding="utf-8")
        self.assertNotEqual(newer, saved)
        self.assertEqual(without_places(newer), without_places(saved))

    def test_a_file_that_changed_on_disk_can_be_read_again(self):
        desktop = self.desktop
        self.open()
        self.run_and_stop()
        changed = self.board_text.replace("(thickness 1.6)", "(thickness 1.5)", 1)
        self.assertNotEqual(self.board_text, changed)
        self.board.write_text(changed, encoding="utf-8")
        desktop.key(SAVE)
        desktop.wait_for_text("changed on disk")
        desktop.activate("reload")
        wait_for(lambda: desktop.titles() == ["board.kicad_pcb"], "the board as it is on disk")
        self.assertEqual(changed, self.board.read_text(encoding="utf-8"))

    def test_a_file_that_changed_on_disk_is_not_overwritten_unasked(self):
        desktop = self.desktop
        self.open()
        self.run_and_stop()
        self.board.write_text("somebody else's", encoding="utf-8")
        desktop.key(SAVE)
        desktop.wait_for_text("changed on disk")
        self.assertEqual("somebody else's", self.board.read_text(encoding="utf-8"))
        desktop.activate("overwrite")
        desktop.wait_for_title("board.kicad_pcb")
        self.assert_only_places_differ(self.board)

    def test_a_changed_file_is_not_overwritten_under_another_of_its_names(self):
        desktop = self.desktop
        real = self.folder / "real.kicad_pcb"
        self.board.rename(real)
        self.board.symlink_to(real)
        self.open()
        self.run_and_stop()
        real.write_text("somebody else's", encoding="utf-8")
        desktop.key(SAVE_AS)
        desktop.focus(desktop.wait_for_title("Save Board As"))
        desktop.key("ctrl+a")
        desktop.type(str(real))
        desktop.key("Return")
        desktop.wait_for_text("already exists")
        desktop.key("alt+r")
        desktop.wait_for_text("changed on disk")
        self.assertEqual("somebody else's", real.read_text(encoding="utf-8"))
        desktop.activate("overwrite")
        desktop.wait_for_title("real.kicad_pcb")
        self.assert_only_places_differ(real)
        self.assertTrue(self.board.is_symlink())

    def test_what_cannot_be_written_is_said_in_the_window(self):
        desktop = self.desktop
        self.open()
        self.run_and_stop()
        desktop.key(SAVE_AS)
        desktop.focus(desktop.wait_for_title("Save Board As"))
        desktop.key("ctrl+a")
        desktop.type("/proc/placed.kicad_pcb")
        desktop.key("Return")
        desktop.wait_for_text("placed.kicad_pcb")
        self.assertIn("• board.kicad_pcb", desktop.titles())
        self.assertTrue(desktop.enabled("save"))

    def test_closing_with_changes_asks_and_cancel_keeps_the_window(self):
        desktop = self.desktop
        program = self.open()
        self.run_and_stop()
        desktop.key("ctrl+w")
        desktop.wait_for_text("Save Changes Before Closing")
        desktop.key("Escape")
        wait_for(lambda: desktop.titles() == ["• board.kicad_pcb"], "the question to go")
        desktop.focus(desktop.wait_for_title("• board.kicad_pcb"))
        desktop.key("ctrl+w")
        desktop.wait_for_text("Save Changes Before Closing")
        desktop.key("alt+d")
        wait_for(lambda: program.poll() is not None, "the end")
        self.assertEqual(0, program.returncode)
        self.assertEqual(self.board_text, self.board.read_text(encoding="utf-8"))

    def test_closing_with_save_saves_first(self):
        desktop = self.desktop
        program = self.open()
        self.run_and_stop()
        desktop.key("ctrl+w")
        desktop.wait_for_text("Save Changes Before Closing")
        desktop.key("Return")
        wait_for(lambda: program.poll() is not None, "the end")
        self.assertEqual(0, program.returncode)
        self.assert_only_places_differ(self.board)

    def ask_about_a_track(self, look=lambda: None):
        """Starts a run on a board with a track that it would leave behind; `look` before it."""
        net = re.search(r'\n\s*\(net (\d+) "(?!GND|\+)[^"]+"\)', self.board_text)
        track = (f'(segment (start 110 80) (end 120 80) (width 0.2) (layer "F.Cu") '
                 f'(net {net.group(1)}) (uuid "c0ffee00-0000-4000-8000-000000000000"))')
        self.board.write_text(self.board_text.rstrip()[:-1] + track + "\n)\n", encoding="utf-8")
        self.open()
        look()
        self.desktop.key(RUN)
        self.desktop.wait_for_text(r"^1 track on 1 net would stay")

    def test_tracks_that_would_be_left_behind_are_asked_about(self):
        desktop = self.desktop
        self.ask_about_a_track()
        self.assertEqual("idle", desktop.run_state())
        desktop.activate("keep-tracks")
        desktop.wait_for_run_state("running")

    def shows_tracks(self, name):
        """Whether a picture of what is seen has tracks, which have a colour of their own."""
        self.export(name)
        path = self.folder / name
        picture = wait_for(lambda: path.exists() and (t := path.read_text("utf-8"))
                           and t.endswith("</svg>\n") and t, "the picture")
        return re.search(r'stroke(:|=")rgb\(65\.88', picture) is not None

    def test_tracks_can_be_removed_and_are_not_shown_any_more(self):
        desktop = self.desktop
        self.ask_about_a_track(lambda: self.assertTrue(self.shows_tracks("before.svg")))
        desktop.activate("rip-up-tracks")
        desktop.wait_for_title("• board.kicad_pcb")
        desktop.key(STOP)
        desktop.wait_for_run_state("stopped", "finished")
        desktop.key(SAVE)
        desktop.wait_for_title("board.kicad_pcb")
        self.assertNotIn("(segment ", self.board.read_text(encoding="utf-8"))
        self.assertFalse(self.shows_tracks("after.svg"))

    def export(self, name):
        desktop = self.desktop
        desktop.key("ctrl+e")
        desktop.focus(desktop.wait_for_title("Export Picture"))
        desktop.key("ctrl+a")
        desktop.type(str(self.folder / name))
        desktop.key("Return")
        wait_for(lambda: desktop.titles() == ["board.kicad_pcb"], "the dialog to go")
        desktop.focus(desktop.wait_for_title("board.kicad_pcb"))

    def test_what_is_seen_is_exported_as_a_picture(self):
        desktop = self.desktop
        self.open()
        for name, start in (("seen.png", b"\x89PNG"), ("seen.svg", b"<?xml"),
                            ("seen.pdf", b"%PDF-")):
            self.export(name)
            desktop.wait_for_text("The picture is in .*" + name)
            self.assertTrue((self.folder / name).read_bytes().startswith(start))
        self.export("seen.bmp")
        desktop.wait_for_text("seen.bmp: the name of a picture ends in")
        self.assertFalse((self.folder / "seen.bmp").exists())

    def test_a_picture_that_there_is_no_room_for_leaves_nothing_behind(self):
        desktop = self.desktop
        # What is written beyond the limit fails, and does not end the program.
        with open(pathlib.Path(desktop.home.name, "boardwalk.log"), "ab") as log:
            program = desktop._spawn(  # pylint: disable=protected-access
                "env", "--ignore-signal=XFSZ", BOARDWALK, self.board, stderr=log)
        desktop.focus(desktop.wait_for_title("board.kicad_pcb"))
        desktop.wait_for_run_state("idle")
        resource.prlimit(program.pid, resource.RLIMIT_FSIZE, (16384, 16384))
        self.export("seen.png")
        desktop.wait_for_text(r"/seen\.png: ")
        self.assertEqual(["board.kicad_pcb"], os.listdir(self.folder))

    def test_the_end_of_a_run_is_told_to_the_desktop_where_nobody_looks_on(self):
        desktop = self.desktop
        self.open()
        desktop.key("ctrl+r")
        wait_for(lambda: "Seed" in desktop.texts(), "the options")
        desktop.key("1", "Tab", "Escape")
        wait_for(lambda: "Seed" not in desktop.texts(), "the options to go")
        notifications = desktop.receive_notifications()
        desktop._spawn(BOARDWALK, OTHER)  # pylint: disable=protected-access
        desktop.focus(desktop.wait_for_title("blinker.kicad_pcb"))
        desktop.activate("run")
        desktop.wait_for_run_state("finished")
        [(title, text)] = wait_for(notifications, "the notification")
        self.assertEqual("Run Finished", title)
        self.assertRegex(text, r"^board\.kicad_pcb: (not )?legal, [0-9.]+ mm")

    def test_a_board_that_is_open_is_shown_by_whatever_of_its_names(self):
        desktop = self.desktop
        self.open()
        link = self.folder / "link.kicad_pcb"
        link.symlink_to(self.board)
        for board in (link, OTHER):
            again = desktop._spawn(BOARDWALK, board)  # pylint: disable=protected-access
            self.assertEqual(0, again.wait(PATIENCE_S))
        desktop.wait_for_title("blinker.kicad_pcb")
        self.assertEqual(["blinker.kicad_pcb", "board.kicad_pcb"], sorted(desktop.titles()))

    def test_a_second_start_opens_a_second_window_of_the_same_program(self):
        desktop = self.desktop
        self.open()
        second = desktop._spawn(BOARDWALK, OTHER)  # pylint: disable=protected-access
        desktop.wait_for_title("blinker.kicad_pcb")
        self.assertEqual(0, second.wait(PATIENCE_S))
        third = desktop._spawn(BOARDWALK, OTHER)  # pylint: disable=protected-access
        self.assertEqual(0, third.wait(PATIENCE_S))
        self.assertEqual(["blinker.kicad_pcb", "board.kicad_pcb"], sorted(desktop.titles()))

    def test_a_window_can_be_closed_while_its_board_is_loading(self):
        desktop = self.desktop
        program = desktop.start(self.board)
        desktop.call_application("quit")
        wait_for(lambda: program.poll() is not None, "the end")
        self.assertEqual(0, program.returncode)

    def test_what_is_odd_about_a_board_is_listed(self):
        text = self.board_text.replace('"Edge.Cuts"', '"Dwgs.User"').rstrip()
        self.board.write_text(text[:-1] + "\t(wormhole 1)\n)\n", encoding="utf-8")
        self.open()
        wait_for(lambda: "1 Notice" in self.desktop.texts(), "the note on what is not understood")
        self.desktop.key(RUN)
        wait_for(lambda: "2 Notices" in self.desktop.texts(), "the warning of the missing outline")
        self.desktop.key(STOP)
        self.desktop.wait_for_run_state("stopped", "finished")

    def test_a_part_is_moved_by_keys_and_that_undone(self):
        desktop = self.desktop
        self.open()
        self.select("u4")
        self.assertEqual("136.000 mm, 81.000 mm", self.position())
        desktop.key("m", "Right", "Right", "Down", "Return")
        self.assertEqual("137.000 mm, 81.500 mm", self.position())
        desktop.key("m", "Right", "Escape")
        self.assertEqual("137.000 mm, 81.500 mm", self.position())
        desktop.key("ctrl+z")
        self.assertEqual("136.000 mm, 81.000 mm", self.position())
        # The optimizer did not move it.
        texts = wait_for(lambda: "Largest Move" in (t := desktop.texts()) and t, "the status line")
        self.assertEqual("0.00 mm", next(text for text in texts[texts.index("Largest Move"):]
                                         if text.endswith(" mm")))
        desktop.key("ctrl+shift+z")
        self.assertEqual("137.000 mm, 81.500 mm", self.position())
        desktop.wait_for_title("• board.kicad_pcb")
        desktop.key(SAVE)
        desktop.wait_for_title("board.kicad_pcb")
        self.assertEqual("137 81.5", place_of(footprints(self.board.read_text("utf-8"))["U4"]))

    def test_a_part_is_put_at_an_exact_place_and_angle(self):
        desktop = self.desktop
        self.open()
        self.select("u4")
        self.open_properties()
        desktop.type("140.125")
        desktop.key("Tab", "Tab")
        desktop.type("45")
        desktop.key("Return")
        self.close_properties()
        desktop.wait_for_title("• board.kicad_pcb")
        desktop.key(SAVE)
        desktop.wait_for_title("board.kicad_pcb")
        self.assertEqual("140.125 81 45", place_of(footprints(self.board.read_text("utf-8"))["U4"]))
        # Each of the two is a step of its own; what was only looked at is none.
        desktop.key("ctrl+z", "ctrl+z")
        wait_for(lambda: not desktop.enabled("undo"), "nothing to be left to undo")
        self.assertEqual("136.000 mm, 81.000 mm", self.position())

    def test_an_edit_in_the_middle_of_a_move_puts_down_what_is_moved(self):
        desktop = self.desktop
        self.open()
        self.select("u4")
        desktop.key("m", "Right", "r", "r")
        self.assertEqual("136.500 mm, 81.000 mm", self.position())
        self.assertIn("180.00", self.open_properties())
        self.close_properties()
        desktop.key("ctrl+z", "ctrl+z", "ctrl+z")
        wait_for(lambda: not desktop.enabled("undo"), "all to be undone")
        self.assertEqual("136.000 mm, 81.000 mm", self.position())
        self.assertIn("0.00", self.open_properties())

    def test_a_restart_lets_go_of_what_is_being_moved(self):
        desktop = self.desktop
        program = self.open()
        self.select("u4")
        desktop.key("F6")
        desktop.wait_for_run_state("paused")
        desktop.key("m", "Right", "ctrl+shift+F5")
        desktop.wait_for_run_state("running")
        desktop.key("Return", "m", "Escape")
        desktop.key(STOP)
        desktop.wait_for_run_state("stopped", "finished")
        self.assertIsNone(program.poll())

    def test_a_part_is_dragged_while_it_runs_and_stays_there(self):
        desktop = self.desktop
        self.open()
        self.select("u4")
        desktop.key(RUN)
        desktop.wait_for_run_state("running")
        desktop.key("m")
        desktop.drag_pointer((640, 430), (560, 380))
        wait_for(lambda: desktop.enabled("undo"), "it to be put down")
        wait_for(lambda: self.position() == self.position(), "the run to take it over")
        position = self.position()
        desktop.key(STOP)
        desktop.wait_for_run_state("stopped", "finished")
        self.assertEqual(position, self.position())
        desktop.key(SAVE)
        desktop.wait_for_title("board.kicad_pcb")
        placed = footprints(self.board.read_text("utf-8"))
        at = [f"{float(number):.3f} mm" for number in place_of(placed["U4"]).split()[:2]]
        self.assertEqual(position, ", ".join(at))
        self.assertNotEqual("136.000 mm, 81.000 mm", position)

    def run_for(self, seconds):
        """Returns the iterations that the whole run took."""
        self.desktop.key("ctrl+r")
        wait_for(lambda: "Seed" in self.desktop.texts(), "the options")
        self.desktop.key(str(seconds), "Tab", "Escape")
        wait_for(lambda: "Seed" not in self.desktop.texts(), "the options to go")
        self.desktop.key(RUN)
        self.desktop.wait_for_run_state("running")
        self.desktop.wait_for_run_state("finished")
        return self.iteration()

    def test_a_run_takes_the_time_that_it_is_given(self):
        self.open()
        self.assertLess(self.run_for(1), self.run_for(6))

    def test_a_part_can_be_put_into_another_module(self):
        settings = self.folder / "board.boardwalk.json"
        self.open()
        self.run_and_stop()
        self.select("u4")
        self.assertIn("RP2040", self.open_properties())
        # Its list is called so, too.
        self.assertIsNotNone(self.desktop.find("button", "Module"))
        self.desktop.key("Tab", "Tab", "Tab")
        self.desktop.type("Brain")
        self.desktop.key("Return")
        # The board is read again, with what was moved and not saved.
        self.desktop.wait_for_run_state("idle")
        self.desktop.wait_for_title("• board.kicad_pcb")
        self.assertEqual({"version": 1, "modules": {"U4": "Brain"}},
                         json.loads(settings.read_text(encoding="utf-8")))
        self.select("u4")
        self.assertIn("Brain", self.open_properties())
        self.close_properties()
        self.desktop.key(SAVE)
        self.desktop.wait_for_title("board.kicad_pcb")
        self.assert_only_places_differ(self.board)

    def test_a_module_that_was_chosen_is_undone_and_then_what_was_moved_before(self):
        desktop = self.desktop
        settings = self.folder / "board.boardwalk.json"

        def told():
            """Once the board is read again."""
            wait_for(lambda: not desktop.enabled("properties"), "the board to be read again")
            self.select("u4")
            shown = self.open_properties()
            self.close_properties()
            return shown
        self.open()
        self.select("u4")
        desktop.key("m", "Right", "Right", "Down", "Return")
        self.assertEqual("137.000 mm, 81.500 mm", self.position())
        self.open_properties()
        desktop.key("Tab", "Tab", "Tab")
        desktop.type("Brain")
        desktop.key("Return")
        self.assertIn("Brain", told())
        self.assertEqual("137.000 mm, 81.500 mm", self.position())
        desktop.key("ctrl+z")
        self.assertNotIn("Brain", told())
        self.assertEqual({}, json.loads(settings.read_text("utf-8"))["modules"])
        self.assertEqual("137.000 mm, 81.500 mm", self.position())
        desktop.key("ctrl+z")
        self.assertEqual("136.000 mm, 81.000 mm", self.position())
        desktop.key("ctrl+shift+z", "ctrl+shift+z")
        self.assertIn("Brain", told())
        self.assertEqual("137.000 mm, 81.500 mm", self.position())

    def test_a_part_is_found_by_its_reference_and_told_about(self):
        desktop = self.desktop
        self.open()
        self.assertFalse(desktop.enabled("properties"))
        self.select("u4")
        self.assertLessEqual({"U4", "RP2040", "136.000", "81.000"},
                             set(self.open_properties()))
        self.close_properties()
        desktop.key("Escape")
        wait_for(lambda: not desktop.enabled("properties"), "nothing to be selected")

    def test_what_was_opened_is_offered_at_the_next_start(self):
        program = self.open()
        self.desktop.key("ctrl+q")
        self.assertEqual(0, program.wait(timeout=PATIENCE_S))
        self.desktop.start()
        self.desktop.focus(self.desktop.wait_for_title("Boardwalk"))
        wait_for(lambda: "board.kicad_pcb" in self.desktop.texts(), "the board in the list")


class Trouble(unittest.TestCase):
    """Each file that is no board is told in the window, with its name and the fact."""

    def assert_told(self, name, content, pattern):
        with Desktop() as desktop:
            path = pathlib.Path(desktop.home.name, name)
            if isinstance(content, bytes):
                path.write_bytes(content)
            elif content == "folder":
                path.mkdir()
            desktop.start(path)
            desktop.wait_for_text(pattern)
            self.assertEqual("none", desktop.run_state())
            self.assertEqual("", desktop.log())

    def test_no_such_file(self):
        self.assert_told("missing.kicad_pcb", None, "missing.kicad_pcb")

    def test_a_folder(self):
        self.assert_told("folder.kicad_pcb", "folder", "folder.kicad_pcb")

    def test_an_empty_file(self):
        self.assert_told("empty.kicad_pcb", b"", r"empty\.kicad_pcb")

    def test_a_board_that_is_cut_off(self):
        self.assert_told("cut.kicad_pcb", BOARD.read_bytes()[:5000], r"cut\.kicad_pcb:\d+: ")

    def test_a_schematic_in_place_of_a_board(self):
        self.assert_told("sheet.kicad_pcb",
                         b"(kicad_sch (version 20231120) (generator eeschema))\n",
                         r"sheet\.kicad_pcb:1: ")


if __name__ == "__main__":
    tap.main(__name__, at_once=2)
