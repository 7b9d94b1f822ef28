#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the README tells works as it is told."""

import os
import pathlib
import re
import subprocess
import sys
import unittest

ROOT = pathlib.Path(os.environ["BW_SOURCE_ROOT"])
BOARDWALK = os.environ["BOARDWALK"]
BOARD = ROOT / "data/examples/blinker.kicad_pcb"
README = (ROOT / "README.md").read_text(encoding="utf-8")
sys.path.insert(0, str(ROOT / "tests"))

import tap  # noqa: E402


class Readme(unittest.TestCase):
    def told_by(self, *arguments):
        return subprocess.run([BOARDWALK, *arguments], stdout=subprocess.PIPE, text=True,
                              check=True).stdout

    def test_it_opens_with_the_two_commands(self):
        commands = [line.split()[0] for line in README.splitlines() if line.startswith("    ")]
        self.assertEqual(commands[:2], ["./run", "./check"])

    def test_every_option_that_it_names_is_in_the_help(self):
        lines = re.findall(r"^    (boardwalk (\w+) .*)$", README, re.M)
        for line, command in lines:
            help_text = self.told_by(command, "--help")
            for option in re.findall(r"--?[a-z]+", line):
                self.assertIn(option, help_text, command)

    def test_it_and_the_run_script_name_every_command(self):
        commands = set(re.findall(r"^  boardwalk (\w+) ", self.told_by("help"), re.M))
        self.assertIn("place", commands)
        self.assertEqual(set(re.findall(r"^    boardwalk (\w+) ", README, re.M)), commands)
        passed = re.search(r"^  ([a-z |]+)\) exec", (ROOT / "run").read_text("utf-8"), re.M)
        self.assertEqual(set(passed.group(1).split(" | ")), commands | {"help"})

    def test_every_path_that_it_names_is_there(self):
        for path in re.findall(r"`((?:src|viewer|flatpak|tests|po|data)/[^`]*|[A-Z]+\.md)`",
                               README):
            self.assertTrue((ROOT / path).exists(), path)

    def test_its_script_follows_a_run_and_holds_it(self):
        script = re.search(r"```python\n(.*?)```", README, re.S).group(1)
        with subprocess.Popen([BOARDWALK, "serve", BOARD, "--port", "0", "--time", "60"],
                              stdout=subprocess.PIPE, text=True) as server:
            try:
                for line in server.stdout:
                    match = re.match(r"Stream:\s+(\S+) \(Authorization: Bearer (\S+)\)", line)
                    if match:
                        break
                done = subprocess.run([sys.executable, "-c", script, *match.groups()],
                                      stdout=subprocess.PIPE, text=True, check=True, timeout=300)
                self.assertRegex(done.stdout, r"(?m)^\d+ [a-z]+ [\d.]+ mm$")
                self.assertIsNone(server.poll())
            finally:
                server.terminate()
        self.assertIn(server.returncode, (0, -15))


if __name__ == "__main__":
    tap.main(__name__)
