#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""boardwalk info, and what every command says of bad input."""

import json
import os
import pathlib
import re
import subprocess
import tempfile
import unittest

import tap
from program import BAD, BOARDWALK, ENVIRONMENT, EXAMPLES, MIDDLE, PATIENCE_S, SMALL, run


class Info(unittest.TestCase):
    def test_it_counts_what_is_on_each_example(self):
        for board in EXAMPLES.glob("*.kicad_pcb"):
            done = run("info", board, "--json")
            self.assertEqual(done.returncode, 0, done.stderr)
            facts = json.loads(done.stdout)
            text = board.read_text(encoding="utf-8")
            self.assertEqual(facts["footprints"], text.count("\t(footprint "))
            self.assertEqual(facts["overlaps"], 0)
            self.assertEqual(facts["outside"], 0)
            self.assertGreater(facts["hpwl_mm"], 0)
            self.assertEqual(facts["notes"], [])

    def test_it_lists_modules_and_rules_and_what_is_ignored(self):
        with tempfile.TemporaryDirectory() as folder:
            board = pathlib.Path(folder, "x.kicad_pcb")
            board.write_bytes(MIDDLE.read_bytes())
            board.with_suffix(".kicad_dru").write_text(
                "(rule a (constraint courtyard_clearance (min 0.25mm)))\n"
                "(rule b (condition \"A.Reference == 'J1'\")"
                " (constraint edge_clearance (min 0mm)))\n"
                "(rule c (condition \"A.NetClass == 'HV'\")"
                " (constraint courtyard_clearance (min 9mm)))\n", encoding="utf-8")
            done = run("info", board, "--json")
            text = run("info", board)
        facts = json.loads(done.stdout)
        self.assertEqual(facts["rules"], {"courtyard_clearance_mm": 0.25, "parts_with_own": 1})
        self.assertEqual(len(facts["module_list"]), facts["modules"])
        self.assertGreater(facts["modules"], 0)
        for module in facts["module_list"]:
            self.assertEqual(set(module), {"name", "parts", "inferred"})
            self.assertGreater(module["parts"], 0)
            self.assertIn(f"    {module['name']}: {module['parts']} part", text.stdout)
        self.assertEqual(len(facts["notes"]), 1)
        self.assertIn("x.kicad_dru:3: rule “c” is not followed", facts["notes"][0])
        self.assertIn("x.kicad_dru:3: rule “c” is not followed", text.stderr)
        self.assertIn("    between courtyards: 0.25 mm\n", text.stdout)

    def test_held_parts_are_told_with_the_reason(self):
        with tempfile.TemporaryDirectory() as folder:
            board = pathlib.Path(folder, "x.kicad_pcb")
            board.write_text(SMALL.read_text(encoding="utf-8").replace("(locked yes)", ""),
                             encoding="utf-8")
            board.with_suffix(".boardwalk.json").write_text(
                '{"version": 1, "rules": [{"parts": "U1", "lock": true}]}', encoding="utf-8")
            facts = json.loads(run("info", board, "--json").stdout)
            text = run("info", board).stdout
        self.assertEqual(facts["held_parts"], {"rule": ["U1"], "at_edge": ["J1"],
                                               "no_nets": ["H1", "H2", "H3", "H4"]})
        self.assertEqual(sum(map(len, facts["held_parts"].values())), facts["held"])
        self.assertIn("    held, well at the edge: J1\n", text)
        self.assertIn("    held, by a rule: U1\n", text)

    def test_modules_that_no_file_names_are_told_apart(self):
        flat = re.sub(r'\n\s*\((path|sheetname|sheetfile) "[^"]*"\)', "",
                      MIDDLE.read_text(encoding="utf-8"))
        with tempfile.TemporaryDirectory() as folder:
            board = pathlib.Path(folder, "flat.kicad_pcb")
            board.write_text(flat, encoding="utf-8")
            modules = json.loads(run("info", board, "--json").stdout)["module_list"]
            text = run("info", board).stdout
        self.assertGreater(len(modules), 0)
        self.assertTrue(all(module["inferred"] for module in modules))
        self.assertIn(", guessed from nets", text)
        self.assertNotIn(", guessed from nets", run("info", MIDDLE).stdout)

    def test_people_get_lines(self):
        done = run("info", SMALL)
        self.assertEqual(done.returncode, 0)
        self.assertIn("footprints", done.stdout)
        self.assertIn("blinker.kicad_pcb", done.stdout)

    def test_wrong_usage_is_status_2(self):
        for arguments in (["info"], ["info", SMALL, SMALL], ["info", "--nonsense", SMALL],
                          ["place", SMALL], ["place", SMALL, "-o", "x", "--time", "nan"],
                          ["place", SMALL, "-o", "x", "--time", "-1"],
                          ["place", SMALL, "-o", "x", "--iterations", "99999999999"],
                          ["place", SMALL, "-o", "x", "--tracks", "eat"],
                          ["serve", SMALL, "--port", "70000"], ["serve", SMALL, "--fps", "0"]):
            done = run(*arguments)
            self.assertEqual(done.returncode, 2, f"{arguments}: {done.stderr}")
            self.assertTrue(done.stderr.startswith("boardwalk: "), done.stderr)

    def test_help_and_version_are_status_0(self):
        for arguments in (["help"], ["--version"], ["info", "--help"], ["place", "--help"],
                          ["serve", "--help"]):
            done = run(*arguments)
            self.assertEqual(done.returncode, 0, arguments)
            self.assertIn("boardwalk", done.stdout)

    def test_without_a_display_it_tells_what_goes_without(self):
        with tempfile.TemporaryDirectory() as nowhere:
            environment = dict(ENVIRONMENT, XDG_RUNTIME_DIR=nowhere)
            for name in ("DISPLAY", "WAYLAND_DISPLAY"):
                environment.pop(name, None)
            done = subprocess.run([BOARDWALK, SMALL], capture_output=True, text=True,
                                  timeout=PATIENCE_S, stdin=subprocess.DEVNULL, check=False,
                                  env=environment)
        self.assertIn(done.returncode, (1, 2))
        self.assertIn("“boardwalk help”", done.stderr)


class BadInput(unittest.TestCase):
    def complaint(self, path):
        done = run("info", path)
        self.assertEqual(done.returncode, 1, f"{path}: {done.stdout}")
        self.assertEqual(done.stdout, "")
        self.assertEqual(len(done.stderr.strip().splitlines()), 1, done.stderr)
        return done.stderr

    def test_a_missing_file_is_named(self):
        self.assertIn("no-such.kicad_pcb", self.complaint("no-such.kicad_pcb"))

    def test_a_directory_is_no_board(self):
        with tempfile.TemporaryDirectory() as folder:
            self.assertIn(pathlib.Path(folder).name, self.complaint(folder))

    def test_what_is_no_regular_file_is_not_read(self):
        self.assertIn("/dev/zero: not a regular file", self.complaint("/dev/zero"))
        with tempfile.TemporaryDirectory() as folder:
            pipe = pathlib.Path(folder, "pipe.kicad_pcb")
            os.mkfifo(pipe)
            self.assertIn("pipe.kicad_pcb: not a regular file", self.complaint(pipe))
            sparse = pathlib.Path(folder, "sparse.kicad_pcb")
            sparse.touch()
            os.truncate(sparse, 3_000_000_000)
            self.assertIn("sparse.kicad_pcb: larger than 2147 MB", self.complaint(sparse))

    def test_an_empty_file_is_no_board(self):
        self.assertIn("empty.kicad_pcb:1:", self.complaint(BAD / "empty.kicad_pcb"))

    def test_a_truncated_board_names_the_line(self):
        self.assertRegex(self.complaint(BAD / "truncated.kicad_pcb"),
                         r"truncated\.kicad_pcb:\d+: ")

    def test_a_schematic_is_no_board(self):
        message = self.complaint(BAD / "schematic.kicad_pcb")
        self.assertRegex(message, r"schematic\.kicad_pcb:1: ")
        self.assertIn("schematic", message.split(":", 3)[-1])

    def test_a_mistyped_command_is_told_from_a_file_and_the_nearest_one_named(self):
        for name, hint in (("serv", "did you mean “boardwalk serve”? See"), ("frobnicate", "see")):
            done = run(name, "x.kicad_pcb")
            self.assertEqual(done.returncode, 2, name)
            self.assertEqual(done.stderr, f"boardwalk: “{name}” is neither a command nor a file; "
                                          f"{hint} “boardwalk help”\n")
            self.assertEqual(done.stdout, "")

    def test_nothing_in_a_file_commands_the_terminal(self):
        text = SMALL.read_text(encoding="utf-8")
        with tempfile.TemporaryDirectory() as folder:
            board = pathlib.Path(folder, "x.kicad_pcb")
            board.write_text(text.replace('"Reference" "R1"', '"Reference" "\x1b]0;\x07\x9b2J"'),
                             encoding="utf-8")
            self.assertIn("\x1b", board.read_text(encoding="utf-8"))
            board.with_suffix(".kicad_dru").write_text(
                '(rule "a\x1b[31m" (condition "A.NetClass == \'H\'")'
                ' (constraint courtyard_clearance (min 9mm)))\n', encoding="utf-8")
            board.with_suffix(".boardwalk.json").write_text(
                '{"version": 1, "rules": [{"parts": "Q\x7f\u009b*", "lock": true}]}',
                encoding="utf-8")
            said = run("info", board).stderr + run("diff", SMALL, board).stdout
        self.assertIn("“a [31m” is not followed", said)
        self.assertIn("]0;", said)
        self.assertIn("no part is like", said)
        self.assertNotRegex(said, "[\x00-\x09\x0b-\x1f\x7f-\x9f]")

    def test_every_cut_of_a_board_is_an_error_or_a_board(self):
        text = MIDDLE.read_bytes()
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder, "cut.kicad_pcb")
            for percent in range(1, 100, 7):
                path.write_bytes(text[:len(text) * percent // 100])
                self.assertRegex(self.complaint(path), r"cut\.kicad_pcb:\d+: ")


if __name__ == "__main__":
    tap.main(__name__)
