#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""boardwalk place: results, exit status, and what becomes of files."""

import json
import os
import pathlib
import re
import resource
import shutil
import signal
import subprocess
import tempfile
import unittest

import tap
from program import (BAD, BOARDWALK, ENVIRONMENT, EXAMPLES, MIDDLE, PATIENCE_S, SMALL,
                     footprint_lines, run)


def place(board, out, *arguments, **options):
    return run("place", board, "-o", out, "--json", *arguments, **options)


def limit_file_size():
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))


def wait_for_handler(program):
    """Until it runs: once its handler of SIGINT stands, the kernel shows the signal as caught."""
    status = pathlib.Path(f"/proc/{program.pid}/status")
    while not int(status.read_text().split("SigCgt:")[1].split()[0], 16) & 2:
        pass


class Place(unittest.TestCase):
    def setUp(self):
        holder = tempfile.TemporaryDirectory()
        self.addCleanup(holder.cleanup)
        self.folder = pathlib.Path(holder.name)
        self.out = self.folder / "out.kicad_pcb"

    def test_examples_end_legal_and_shorter(self):
        for board in EXAMPLES.glob("*.kicad_pcb"):
            done = place(board, self.out, "--time", "3")
            self.assertEqual(done.returncode, 0, f"{board.name}: {done.stdout} {done.stderr}")
            result = json.loads(done.stdout)
            self.assertEqual((result["overlaps"], result["outside"]), (0, 0))
            self.assertLess(result["hpwl_mm"], result["hpwl_before_mm"], board.name)
            facts = json.loads(run("info", self.out, "--json").stdout)
            for metric in ("crossings", "unroutable_pins", "congestion"):
                self.assertEqual(facts[metric], result[metric], metric)
            self.assertAlmostEqual(facts["hpwl_mm"], result["hpwl_mm"], places=2)
            self.assertEqual((facts["overlaps"], facts["outside"]), (0, 0))

    def test_no_number_has_more_decimals_than_tell_something(self):
        text = place(SMALL, self.out, "--iterations", "200").stdout
        numbers = re.findall(r": (-?\d+\.\d+),?$", text, re.MULTILINE)
        self.assertGreaterEqual(len(numbers), 4)
        for number in numbers:
            self.assertLessEqual(len(number.partition(".")[2]), 3, text)

    def test_the_file_beside_the_board_tells_weights_of_tidiness_too(self):
        board = self.folder / "board.kicad_pcb"
        board.write_bytes(SMALL.read_bytes())
        usual = json.loads(place(board, self.out, "--iterations", "200").stdout)
        plain = json.loads(place(board, self.out, "--iterations", "200", "--weight", "none").stdout)
        beside = self.folder / "board.boardwalk.json"
        beside.write_text('{"version": 1, "tidy": false}')
        by_file = json.loads(place(board, self.out, "--iterations", "200").stdout)
        told = json.loads(place(board, self.out, "--iterations", "200", "--weight",
                                "decoupling=0.5,crystals=1,edges=1,alignment=1,grid=0.1,"
                                "gap=0.25,escape=0.5,margin=0.5").stdout)
        self.assertNotEqual(usual["hash"], plain["hash"])
        self.assertEqual(by_file["hash"], plain["hash"])
        self.assertEqual(told["hash"], usual["hash"])

    def test_the_same_seed_and_iterations_give_the_same_board(self):
        boards, hashes = [], []
        for seed in (1, 1, 2):
            done = place(MIDDLE, self.out, "--seed", seed, "--iterations", "300")
            hashes.append(json.loads(done.stdout)["hash"])
            boards.append(self.out.read_bytes())
        self.assertEqual(hashes[0], hashes[1])
        self.assertEqual(boards[0], boards[1])
        self.assertNotEqual(hashes[0], hashes[2])

    def test_a_timed_run_can_be_had_again_by_its_iterations(self):
        timed = json.loads(place(SMALL, self.out, "--time", "0.5").stdout)
        again = json.loads(place(SMALL, self.out, "--iterations", timed["iterations"]).stdout)
        self.assertEqual(timed["hash"], again["hash"])

    def test_only_footprints_that_moved_differ(self):
        place(MIDDLE, self.out, "--iterations", "200")
        before = footprint_lines(MIDDLE.read_text(encoding="utf-8"))
        after = footprint_lines(self.out.read_text(encoding="utf-8"))
        self.assertEqual(before.keys(), after.keys())
        changed = [key for key in before if before[key] != after[key]]
        self.assertGreater(len(changed), 10)
        self.assertLess(len(changed), len(before))
        for key in before:
            if "(locked yes)" in before[key]:
                self.assertNotIn(key, changed)

    def test_tracks_refuse_unless_kept(self):
        board = BAD / "tracks.kicad_pcb"
        done = place(board, self.out)
        self.assertEqual(done.returncode, 1)
        self.assertRegex(done.stderr, r"\d+ tracks and vias on \d+ nets")
        self.assertFalse(self.out.exists())
        done = place(board, self.out, "--tracks", "keep", "--iterations", "50")
        self.assertIn(done.returncode, (0, 3))
        self.assertTrue(self.out.exists())

    def test_tracks_are_ripped_up_where_that_is_wished(self):
        board = BAD / "tracks.kicad_pcb"
        done = place(board, self.out, "--tracks", "ripup", "--iterations", "50")
        self.assertIn(done.returncode, (0, 3), done.stderr)
        before = json.loads(run("info", board, "--json").stdout)
        after = json.loads(run("info", self.out, "--json").stdout)
        self.assertEqual(before["tracks"] - after["tracks"],
                         json.loads(done.stdout)["tracks_removed"])
        self.assertLess(after["tracks"], before["tracks"])

    def test_parts_that_tracks_end_at_can_be_locked(self):
        board = BAD / "tracks.kicad_pcb"
        done = place(board, self.out, "--tracks", "lock", "--iterations", "50")
        self.assertIn(done.returncode, (0, 3), done.stderr)
        self.assertEqual(json.loads(run("info", board, "--json").stdout)["tracks"],
                         json.loads(run("info", self.out, "--json").stdout)["tracks"])
        moved = {part["reference"] for part in
                 json.loads(run("diff", board, self.out, "--json").stdout)["parts"]}
        done = place(board, self.out, "--tracks", "keep", "--iterations", "50")
        all_moved = {part["reference"] for part in
                     json.loads(run("diff", board, self.out, "--json").stdout)["parts"]}
        self.assertLess(len(moved), len(all_moved))

    def test_odd_boards_end_without_harm(self):
        for name, wanted in (("no-outline", {0}), ("no-nets", {0}), ("one-part", {0}),
                             ("part-larger-than-outline", {3}), ("open-outline", {0}),
                             ("crlf-v5", {0})):
            done = place(BAD / f"{name}.kicad_pcb", self.out, "--iterations", "100")
            self.assertIn(done.returncode, wanted, f"{name}: {done.stdout} {done.stderr}")
            self.assertTrue(self.out.exists())
            self.out.unlink()
            warnings = json.loads(done.stdout)["warnings"]
            self.assertEqual(any("too small for it" in line for line in warnings), wanted == {3},
                             warnings)

    def test_parts_that_take_more_than_the_board_are_told_by_their_area(self):
        board = self.folder / "board.kicad_pcb"
        text = (BAD / "one-part.kicad_pcb").read_text(encoding="utf-8")
        for corner, moved in (("120 80", "103 80"), ("120 92", "103 81"), ("100 92", "100 81")):
            self.assertEqual(text.count(corner), 2)
            text = text.replace(corner, moved)
        board.write_text(text, encoding="utf-8")
        done = place(board, self.out, "--iterations", "30")
        self.assertEqual(done.returncode, 3, done.stderr)
        self.assertIn("The parts on the front take 6 mm², 3 mm² more than the board has",
                      json.loads(done.stdout)["warnings"])

    def test_a_board_of_held_parts_stays_as_it_is(self):
        place(BAD / "no-nets.kicad_pcb", self.out, "--iterations", "10")
        self.assertEqual(self.out.read_bytes(), (BAD / "no-nets.kicad_pcb").read_bytes())

    def test_held_parts_that_lie_on_one_another_are_named(self):
        poses = self.folder / "poses.csv"
        poses.write_text("reference,x_mm,y_mm,rotation_deg,side\nR1,120.5,64.5,0,front\n",
                         encoding="utf-8")
        stacked = self.folder / "stacked.kicad_pcb"
        run("pose", SMALL, "-o", stacked, "--poses", poses)
        arguments = (stacked, "-o", self.out, "--iterations", "100", "--only", "C*")
        words = run("place", *arguments)
        self.assertEqual(words.returncode, 0, words.stderr)
        self.assertIn("; legal, but 2 held parts are in conflict: R1, R3\n", words.stdout)
        self.assertEqual(json.loads(run("place", *arguments, "--json").stdout)["warnings"],
                         ["2 held parts are in conflict: R1, R3"])

    def test_the_board_itself_may_be_the_output(self):
        board = self.folder / "own.kicad_pcb"
        board.write_bytes(SMALL.read_bytes())
        board.chmod(0o640)
        done = place(board, board, "--iterations", "100")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertNotEqual(board.read_bytes(), SMALL.read_bytes())
        self.assertEqual(board.stat().st_mode & 0o777, 0o640)
        self.assertEqual(sorted(os.listdir(self.folder)), ["own.kicad_pcb", "own.kicad_pcb-bak"])
        backup = self.folder / "own.kicad_pcb-bak"
        self.assertEqual(backup.read_bytes(), SMALL.read_bytes())
        self.assertEqual(backup.stat().st_mode & 0o777, 0o640)

    def test_a_change_meanwhile_is_seen_through_a_symbolic_link(self):
        board, link = self.folder / "own.kicad_pcb", self.folder / "link.kicad_pcb"
        board.write_bytes(SMALL.read_bytes())
        link.symlink_to(board.name)
        with subprocess.Popen([BOARDWALK, "place", str(link), "-o", str(board), "--time", "5"],
                              stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
                              stdin=subprocess.DEVNULL, text=True, env=ENVIRONMENT) as program:
            wait_for_handler(program)
            with board.open("ab") as file:
                file.write(b"\n")
            _, stderr = program.communicate(timeout=PATIENCE_S)
        self.assertEqual(program.returncode, 1, stderr)
        self.assertIn("own.kicad_pcb: the file was changed by someone else", stderr)
        self.assertEqual(board.read_bytes(), SMALL.read_bytes() + b"\n")

    def test_a_board_that_kicad_has_open_is_saved_with_a_warning(self):
        done = place(SMALL, self.out, "--iterations", "10")
        self.assertNotIn("open in KiCad", done.stderr)
        (self.folder / "~out.kicad_pcb.lck").write_text(
            '{"hostname":"bench","username":"ada"}', encoding="utf-8")
        done = place(SMALL, self.out, "--iterations", "10")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("out.kicad_pcb is open in KiCad (ada on bench)", done.stderr)

    # These two runs would never end: what cannot be saved is not placed first.
    def test_a_missing_folder_is_named_before_the_run(self):
        out = self.folder / "nowhere" / "out.kicad_pcb"
        done = place(SMALL, out, "--iterations", "2000000000")
        self.assertEqual(done.returncode, 1)
        self.assertIn("nowhere", done.stderr)

    def test_a_folder_is_refused_before_the_run(self):
        done = place(SMALL, self.folder, "--iterations", "2000000000")
        self.assertEqual(done.returncode, 1)
        self.assertIn(self.folder.name, done.stderr)

    def test_a_time_and_iterations_do_not_go_together(self):
        for arguments in (["--time", "1", "--iterations", "10"], ["--iterations", "0"],
                          ["--iterations", "-1"], ["--time", "0"], ["--time", "nan"]):
            done = place(SMALL, self.out, *arguments)
            self.assertEqual(done.returncode, 2, f"{arguments}: {done.stderr}")
            self.assertRegex(done.stderr, "--time|--iterations")
            self.assertFalse(self.out.exists())

    def constrained(self, *rules):
        """The middle board with rules beside it."""
        board = self.folder / "board.kicad_pcb"
        shutil.copy(MIDDLE, board)
        board.with_suffix(".boardwalk.json").write_text(
            json.dumps({"version": 1, "rules": rules}, indent=1), encoding="utf-8")
        return board

    def moved(self, board):
        """The references of the parts that differ between a board and what was placed."""
        before = footprint_lines(board.read_text(encoding="utf-8"))
        after = footprint_lines(self.out.read_text(encoding="utf-8"))
        return {reference for reference in before if before[reference] != after[reference]}

    def test_only_the_parts_that_it_is_told_move(self):
        done = place(MIDDLE, self.out, "--iterations", "300", "--only", "R*, U1")
        self.assertEqual(done.returncode, 0, done.stderr)
        moved = self.moved(MIDDLE)
        self.assertTrue(moved)
        self.assertTrue(all(part == "U1" or part[0] == "R" for part in moved), moved)
        for nobody in ("", " , "):
            done = place(MIDDLE, self.out, "--only", nobody)
            self.assertEqual(done.returncode, 2)
            self.assertIn("--only takes the names of parts", done.stderr)
        done = place(MIDDLE, self.out, "--iterations", "300", "--only", "R*,NONE7")
        self.assertEqual(done.returncode, 1)
        self.assertIn("“NONE7”", done.stderr)

    def test_refining_moves_less_than_placing_and_untangling_least(self):
        placed = self.folder / "placed.kicad_pcb"
        self.assertEqual(place(MIDDLE, placed, "--iterations", "100").returncode, 0)
        moved, lengths = [], []
        for mode in ((), ("--refine", "0.05"), ("--refine", "1000"), ("--untangle",)):
            done = place(placed, self.out, "--iterations", "3000", *mode)
            self.assertEqual(done.returncode, 0, f"{mode}: {done.stderr}")
            lengths.append(json.loads(done.stdout)["hpwl_mm"])
            moved.append(self.moved(placed))
        self.assertEqual(moved[2:], [set(), set()])
        self.assertLess(len(moved[1]), len(moved[0]))
        self.assertLess(lengths[1], lengths[2])
        for wrong in (("--refine", "0"), ("--refine", "nan"), ("--refine", "1", "--untangle")):
            self.assertEqual(place(MIDDLE, self.out, *wrong).returncode, 2, wrong)

    def test_decoupling_capacitors_go_to_their_pins(self):
        ways = {}
        for tidy in ("none", "decoupling=0.5"):
            done = place(MIDDLE, self.out, "--iterations", "400", "--weight", tidy)
            self.assertEqual(done.returncode, 0, done.stderr)
            result = json.loads(done.stdout)
            self.assertGreater(result["decoupling_capacitors"], 10)
            ways[tidy] = result["decoupling_mm"]
        self.assertLess(ways["decoupling=0.5"], 0.6 * ways["none"])
        done = place(MIDDLE, self.out, "--weight", "beauty=1")
        self.assertEqual(done.returncode, 2)
        self.assertIn("“beauty=1”", done.stderr)

    def test_rules_beside_the_board_are_obeyed(self):
        board = self.constrained({"parts": "R*", "rotations": [90]},
                                 {"parts": "C*", "lock": True})
        done = place(board, self.out, "--iterations", "300")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(json.loads(done.stdout)["violations"], [])
        self.assertFalse({part for part in self.moved(board) if part[0] == "C"})
        poses = run("pose", self.out, "--list").stdout.splitlines()
        turns = {line.split(",")[3] for line in poses if line.startswith("R")}
        self.assertEqual({float(turn) for turn in turns}, {90.0})

    def test_a_rule_that_is_not_kept_is_named(self):
        board = self.constrained({"parts": "C*", "lock": True},
                                 {"parts": "C1", "name": "cold", "edge": "left"},
                                 {"parts": "C1", "edge": "right"})
        done = place(board, self.out, "--iterations", "30")
        broken = json.loads(done.stdout)["violations"]
        self.assertIn("C1", {violation["part"] for violation in broken})
        self.assertTrue(all(violation["message"].startswith(f"board.boardwalk.json:"
                                                            f"{violation['line']}: ")
                            for violation in broken), broken)
        done = run("place", board, "-o", self.out, "--iterations", "30")
        self.assertIn(broken[-1]["message"], done.stderr)

    def test_a_rule_of_many_parts_does_not_hide_the_next_one(self):
        board = self.constrained({"parts": "R*", "region_mm": [100, 60, 101, 61]},
                                 {"parts": "C1", "lock": True},
                                 {"parts": "C1", "edge": "left"},
                                 {"parts": "C1", "edge": "right"})
        done = run("place", board, "-o", self.out, "--iterations", "30")
        self.assertEqual(done.returncode, 3, done.stderr)
        lines = [line.partition(": ")[2] for line in done.stderr.splitlines()]
        self.assertRegex(done.stderr,
                         r"R\d+ does not fit: its region is \d+\.\d\d mm too small for it")
        said = [line for line in lines if line.startswith("board.boardwalk.json:4: ")]
        broken = json.loads(place(board, self.out, "--iterations", "30").stdout)["violations"]
        n = sum(violation["line"] == 4 for violation in broken)
        self.assertGreater(n, 4)
        self.assertEqual(len(said), 4, said)
        self.assertEqual(said[3], f"board.boardwalk.json:4: {n - 3} more that do not keep this")
        self.assertIn(broken[-1]["message"], lines)
        self.assertGreater(broken[-1]["line"], 4)

    def test_rules_that_are_wrong_are_told_by_their_line(self):
        board = self.constrained({"parts": "NONE*", "lock": True})
        for command in (("place", board, "-o", self.out), ("info", board), ("serve", board)):
            done = run(*command)
            self.assertEqual(done.returncode, 1, command)
            self.assertIn('board.boardwalk.json:5: no part is like "NONE*"', done.stderr)
        self.assertFalse(self.out.exists())

    def test_a_limit_of_file_sizes_leaves_the_old_file_whole(self):
        self.out.write_text("what was there", encoding="utf-8")
        done = place(SMALL, self.out, "--iterations", "10", preexec_fn=limit_file_size)
        self.assertEqual(done.returncode, 1)
        self.assertIn("out.kicad_pcb: cannot be written: File too large", done.stderr)
        self.assertEqual(self.out.read_text(encoding="utf-8"), "what was there")
        self.assertEqual(sorted(os.listdir(self.folder)), ["out.kicad_pcb"])

    def test_an_interrupt_ends_it_and_writes_nothing(self):
        with subprocess.Popen([BOARDWALK, "place", str(MIDDLE), "-o", str(self.out),
                               "--iterations", "2000000000"], stderr=subprocess.PIPE,
                              stdin=subprocess.DEVNULL, text=True, env=ENVIRONMENT) as program:
            wait_for_handler(program)
            program.send_signal(signal.SIGINT)
            _, stderr = program.communicate(timeout=PATIENCE_S)
        self.assertEqual(program.returncode, 1)
        self.assertIn("interrupted", stderr)
        self.assertFalse(self.out.exists())


if __name__ == "__main__":
    tap.main(__name__)
