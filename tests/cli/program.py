# SPDX-License-Identifier: GPL-3.0-or-later
"""The program under test, and the boards that it is tried on."""

import os
import pathlib
import re
import subprocess

BOARDWALK = os.environ["BOARDWALK"]
ROOT = pathlib.Path(os.environ["BW_SOURCE_ROOT"])
EXAMPLES = ROOT / "data" / "examples"
BAD = ROOT / "tests" / "data" / "bad"
SMALL = EXAMPLES / "blinker.kicad_pcb"
MIDDLE = EXAMPLES / "sensor-node.kicad_pcb"

# What the tests read is the English text.
ENVIRONMENT = dict(os.environ, LC_ALL="C.UTF-8", LANGUAGE="C")

# Nothing that passes waits for so long, on however busy a machine.
PATIENCE_S = 120


def run(*arguments, timeout=PATIENCE_S, **options):
    """Runs boardwalk to its end."""
    return subprocess.run([BOARDWALK, *map(str, arguments)], capture_output=True, text=True,
                          stdin=subprocess.DEVNULL, timeout=timeout, check=False,
                          env=ENVIRONMENT, **options)


def footprint_lines(text):
    """The text of each footprint of a board, by reference."""
    parts = re.split(r'\n(?=\t?\(footprint )', text)
    return {re.search(r'"Reference" "([^"]*)"', part).group(1): part for part in parts[1:]}
