#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""same_bits.py BUILD BUILD: the boardwalks of two builds place every example board to the same
bits. Prints TAP."""

import json
import os
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
ITERATIONS = "500"


def program(build):
    for path in pathlib.Path(build, "src").rglob("boardwalk"):
        if path.is_file() and os.access(path, os.X_OK):
            return path
    raise SystemExit(f"{build} holds no boardwalk")


def place(boardwalk, board, seed):
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(
            [boardwalk, "place", board, "-o", pathlib.Path(folder, "out.kicad_pcb"),
             "--seed", str(seed), "--iterations", ITERATIONS, "--json"],
            stdout=subprocess.PIPE, stdin=subprocess.DEVNULL, text=True, timeout=300, check=False)
    # 3 is "done but not legal", as a run that is cut short may be.
    if done.returncode not in (0, 3):
        return f"exit status {done.returncode}"
    return json.loads(done.stdout)["hash"]


def main(builds):
    boards = sorted((ROOT / "data/examples").glob("*.kicad_pcb"))
    programs = [program(build) for build in builds]
    print(f"TAP version 13\n1..{2 * len(boards)}")
    failed = not boards
    number = 0
    for board in boards:
        for seed in (1, 2):
            number += 1
            hashes = [place(boardwalk, board, seed) for boardwalk in programs]
            same = len(set(hashes)) == 1 and not hashes[0].startswith("exit")
            failed = failed or not same
            print(f"{'ok' if same else 'not ok'} {number} - {board.name} with seed {seed} is "
                  f"placed to {' and '.join(sorted(set(hashes)))}", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
