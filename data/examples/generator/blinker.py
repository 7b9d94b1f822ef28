# SPDX-License-Identifier: GPL-3.0-or-later

"""A blinker from the textbook: a 555 timer on USB-C power that swaps two LEDs."""

from . import connectors, packages, symbols
from .board import Board, mounting_holes, rounded

WIDTH, HEIGHT = 46.0, 28.0


def netlist(board):
    root = board.sheet('/')
    root.part('J1', 'USB-C power', connectors.usb_c(full=False), symbols.USB_C_POWER,
              {'GND': 'GND', 'VBUS': '+5V', 'CC1': '/CC1', 'CC2': '/CC2', 'SHIELD': 'GND'})
    root.r('R1', '5k1', '/CC1', 'GND')
    root.r('R2', '5k1', '/CC2', 'GND')
    root.two('C1', '47u', packages.can_electrolytic(6.3, 5.4), '+5V', 'GND')
    root.c('C2', '100n', '+5V')
    root.part('U1', 'NE555', packages.soic(8), symbols.NE555,
              {'GND': 'GND', 'TR': '/TIMING', 'Q': '/OUT', 'R': '+5V', 'CV': '/CV',
               'THR': '/TIMING', 'DIS': '/DISCHARGE', 'VCC': '+5V'})
    root.r('R3', '10k', '+5V', '/DISCHARGE')
    root.r('R4', '68k', '/DISCHARGE', '/TIMING')
    root.two('C3', '10u', packages.chip('C', '1206'), '/TIMING', 'GND')
    root.c('C4', '10n', '/CV')
    root.r('R5', '470', '+5V', '/RED_A')
    root.led('D1', 'red', '/OUT', '/RED_A', '0805')
    root.r('R6', '470', '/OUT', '/GREEN_A')
    root.led('D2', 'green', 'GND', '/GREEN_A', '0805')
    root.connector('J2', 'OUT', connectors.pin_header(1, 3), ['+5V', '/OUT', 'GND'])


def placement(board):
    place = board.place
    place('J1', 3.65, 14, 270, locked=True, label=(0, -6.2))
    place('R1', 12.5, 6.5)
    place('R2', 12.5, 21.5)
    place('C1', 16.5, 14, label=(0, 4.6))
    place('U1', 26, 16)
    place('C2', 33, 22.5, 90)
    place('R3', 20.5, 4.5)
    place('R4', 27.5, 5)
    place('C3', 27, 23.5)
    place('C4', 21.5, 22, 90)
    place('D1', 36.5, 6, 90)
    place('R5', 33.5, 8.5, 90)
    place('D2', 36.5, 20.5, 90)
    place('R6', 33, 15, 90)
    place('J2', 43, 14, locked=True, label=(0, -4.9))


def design():
    board = Board('blinker', '555 Blinker', 2, ('GND', '+5V'),
                  'Two LEDs in turn, about once a second')
    netlist(board)
    mounting_holes(board, 'M2.5', [(4, 4), (42, 4), (4, 24), (42, 24)])
    placement(board)
    board.outline = rounded([(0, 0, 3), (WIDTH, 0, 3), (WIDTH, HEIGHT, 3), (0, HEIGHT, 3)])
    board.texts = [('555 BLINKER', 14, 25.6, 1.4, 0, 'F.SilkS'),
                   ('5 V', 40, 11.46, 0.8, 0, 'F.SilkS'),
                   ('OUT', 40, 14, 0.8, 0, 'F.SilkS'),
                   ('GND', 40, 16.54, 0.8, 0, 'F.SilkS'),
                   ('Boardwalk', 23, 14, 2.5, 0, 'B.SilkS'),
                   ('rev 1', 23, 18, 1.2, 0, 'B.SilkS')]
    return board
