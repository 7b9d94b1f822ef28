#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later

"""Writes the example boards. The same bytes come out every time, on every machine.

usage: generate.py [FOLDER]      writes them to FOLDER, or beside this script
       generate.py --check       exit status 1 if the boards beside this script are not these
"""

import sys
from pathlib import Path

sys.dont_write_bytecode = True

from generator import blinker, motor_controller, sensor_node  # noqa: E402
from generator.writer import Writer  # noqa: E402

DESIGNS = [blinker, sensor_node, motor_controller]


def boards():
    for module in DESIGNS:
        board = module.design()
        board.check()
        yield f'{board.name}.kicad_pcb', Writer(board).text().encode()


def check(folder):
    stale = [name for name, data in boards()
             if not (folder / name).is_file() or (folder / name).read_bytes() != data]
    for name in stale:
        print(f'{name} is not what generate.py writes', file=sys.stderr)
    return 1 if stale else 0


def main():
    here = Path(__file__).resolve().parent
    if sys.argv[1:] == ['--check']:
        return check(here)
    if len(sys.argv) > 2 or sys.argv[1:2] in (['-h'], ['--help']):
        print(__doc__.strip(), file=sys.stderr)
        return 2
    folder = Path(sys.argv[1]) if len(sys.argv) == 2 else here
    for name, data in boards():
        (folder / name).write_bytes(data)
    return 0


if __name__ == '__main__':
    sys.exit(main())
