# SPDX-License-Identifier: GPL-3.0-or-later

"""Connectors, buttons and the board's hardware.

A connector that meets the board's edge is drawn with its mouth downwards (towards +y) and its
anchor such that `mouth` of its footprint is the distance from the anchor to the edge.
"""

from functools import lru_cache

from .footprint import Footprint


@lru_cache(maxsize=None)
def usb_c(full=True):
    """A USB-C receptacle: the 16 contacts of USB 2.0, or only the 6 that power needs."""
    name = 'USB-C_Receptacle_USB2' if full else 'USB-C_Receptacle_Power'
    fp = Footprint(name, 'USB-C receptacle, top mount, shell with four legs', 'USB USB-C')
    double = [('A1', 'B12', -3.2), ('A4', 'B9', -2.4), ('B4', 'A9', 2.4), ('B1', 'A12', 3.2)]
    for first, second, x in double:
        for number in (first, second):
            fp.smd(number, x, -3.9, 0.55, 1.1)
    single = [('B8', -1.75), ('A5', -1.25), ('B7', -0.75), ('A6', -0.25),
              ('A7', 0.25), ('B6', 0.75), ('A8', 1.25), ('B5', 1.75)]
    for number, x in single:
        if full or number in ('A5', 'B5'):
            fp.smd(number, x, -3.9, 0.3, 1.1)
    if full:
        for x in (-2.89, 2.89):
            fp.hole(x, -2.6, 0.6)
    for x in (-4.32, 4.32):
        fp.through('SH', x, -3.05, 1.0, (0.6, 1.7), 'oval', 2.1)
        fp.through('SH', x, 1.1, 1.0, (0.6, 1.4), 'oval', 1.8)
    fp.draw_body(-4.47, -3.65, 4.47, 3.65, silk='lr')
    return fp.courtyard(0.25, open_side='b', back=True)


@lru_cache(maxsize=None)
def pin_header(columns, rows, pitch=2.54):
    """Upright pins; pin 1 is at the top left, and numbers run along the rows."""
    fp = Footprint(f'PinHeader_{columns}x{rows:02d}_P{pitch}mm',
                   f'Pin header, {columns} x {rows}, pitch {pitch} mm', 'pin header connector',
                   ('through_hole',))
    pad, drill = (1.7, 1.0) if pitch > 2 else (1.0, 0.65)
    x0, y0 = -(columns - 1) / 2 * pitch, -(rows - 1) / 2 * pitch
    for row in range(rows):
        for column in range(columns):
            number = row * columns + column + 1
            fp.through(number, round(x0 + column * pitch, 3), round(y0 + row * pitch, 3), pad,
                       drill, 'rect' if number == 1 else 'circle')
    half = pitch / 2
    fp.draw_body(x0 - half, y0 - half, -x0 + half, -y0 + half, pitch / 4)
    corner = (round(x0 - half - 0.4, 3), round(y0 - half - 0.4, 3))
    fp.line('SilkS', (corner[0], y0), corner, (x0, corner[1]))
    fp.legend = True
    return fp.courtyard(0.5, back=True)


@lru_cache(maxsize=None)
def screw_terminal(ways, pitch):
    """A screw terminal block; wires enter from below."""
    fp = Footprint(f'ScrewTerminal_1x{ways:02d}_P{pitch}mm',
                   f'Screw terminal, {ways} ways, pitch {pitch} mm, wires from the front',
                   'screw terminal connector', ('through_hole',))
    large = pitch > 4
    pad, drill = (2.8, 1.4) if large else (2.1, 1.1)
    depth_back, depth_front = (4.6, 5.4) if large else (3.4, 4.0)
    x0 = -(ways - 1) / 2 * pitch
    for way in range(ways):
        fp.through(way + 1, round(x0 + way * pitch, 3), 0, pad, drill,
                   'rect' if way == 0 else 'circle')
    half = pitch / 2
    fp.draw_body(x0 - half, -depth_back, -x0 + half, depth_front, silk='tlr')
    fp.silk_line((x0 - half - 0.11, depth_front - 1.6), (-x0 + half + 0.11, depth_front - 1.6))
    for way in range(ways):
        x = round(x0 + way * pitch, 3)
        radius = round(pitch * 0.33, 2)
        fp.circle('Fab', x, 0, radius)
        fp.line('Fab', (x - radius * 0.7, -radius * 0.7), (x + radius * 0.7, radius * 0.7))
    fp.pin_one(x0, -depth_back - 0.25, 0.6, 'down')
    return fp.courtyard(0.35, open_side='b', back=True)


@lru_cache(maxsize=None)
def wire_header(ways, pitch):
    """A shrouded wire-to-board header with pins through the board, mouth downwards."""
    fp = Footprint(f'WireHeader_1x{ways:02d}_P{pitch}mm',
                   f'Shrouded wire header, {ways} ways, pitch {pitch} mm, side entry',
                   'wire connector', ('through_hole',))
    x0 = -(ways - 1) / 2 * pitch
    for way in range(ways):
        fp.through(way + 1, round(x0 + way * pitch, 3), 0, 1.3, 0.8,
                   'rect' if way == 0 else 'oval', 1.7)
    wall = 1.95
    fp.draw_body(x0 - wall, -1.4, -x0 + wall, 6.2, silk='tlr')
    fp.pin_one(x0, -1.65, 0.5, 'down')
    return fp.courtyard(0.3, open_side='b', back=True)


@lru_cache(maxsize=None)
def wire_socket_smd(ways):
    """A 1 mm pitch wire socket for sensor cables, mouth downwards."""
    fp = Footprint(f'WireSocket_1x{ways:02d}_P1.0mm',
                   f'Wire socket, SMD, {ways} ways, pitch 1.0 mm, side entry', 'wire connector')
    x0 = -(ways - 1) / 2
    for way in range(ways):
        fp.smd(way + 1, x0 + way, -2.0, 0.6, 1.55)
    anchor = -x0 + 1.3
    for sign in (-1, 1):
        fp.smd('MP', sign * anchor, 1.5, 1.2, 1.8)
    fp.draw_body(x0 - 1.5, -1.7, anchor + 0.2, 2.95, silk='lr')
    fp.pin_one(x0 - 0.55, -2.4, 0.4, 'right')
    return fp.courtyard(0.25, open_side='b')


@lru_cache(maxsize=None)
def coaxial():
    """A miniature coaxial connector for an antenna cable: 1 is the signal, 2 the ground."""
    fp = Footprint('Coaxial_Miniature', 'Miniature coaxial connector, 3 x 3 mm', 'RF antenna')
    fp.smd(1, 1.5, 0, 1.0, 1.0)
    for y in (-1.5, 1.5):
        fp.smd(2, 0, y, 2.2, 1.05)
    fp.draw_body(-1.3, -1.3, 1.3, 1.3)
    fp.circle('Fab', 0, 0, 0.95)
    return fp.courtyard()


@lru_cache(maxsize=None)
def button():
    """A square tact switch: 1-1 and 2-2 are joined inside."""
    fp = Footprint('Button_SMD_5.2mm', 'Tact switch, SMD, 5.2 x 5.2 mm', 'button switch')
    for y, number in ((-1.85, 1), (1.85, 2)):
        for x in (-3.1, 3.1):
            fp.smd(number, x, y, 1.4, 1.1)
    fp.draw_body(-2.6, -2.6, 2.6, 2.6)
    fp.circle('Fab', 0, 0, 1.25)
    fp.circle('SilkS', 0, 0, 1.35)
    fp.legend = True
    return fp.courtyard()


@lru_cache(maxsize=None)
def blade_fuse():
    """A holder for a mini blade fuse."""
    fp = Footprint('FuseHolder_MiniBlade', 'Holder for a mini blade fuse, upright', 'fuse holder',
                   ('through_hole',))
    for number, x in ((1, -4.95), (2, 4.95)):
        for y in (-1.7, 1.7):
            fp.through(number, x, y, 2.4, 1.3, 'rect' if number == 1 and y < 0 else 'circle')
    fp.draw_body(-8.0, -3.4, 8.0, 3.4)
    fp.line('Fab', (-5.5, 0), (5.5, 0))
    return fp.courtyard(0.5, back=True)


@lru_cache(maxsize=None)
def mounting_hole(screw):
    """A plain hole for a screw; its courtyard is the room of the head."""
    drill, head = {'M2.5': (2.7, 5.0), 'M3': (3.2, 6.0)}[screw]
    fp = Footprint(f'MountingHole_{screw}', f'Mounting hole for {screw}, not plated',
                   'mounting hole', ('exclude_from_pos_files', 'exclude_from_bom'))
    fp.hole(0, 0, drill)
    fp.body = (-head / 2, -head / 2, head / 2, head / 2)
    fp.circle('Fab', 0, 0, head / 2)
    fp.circle('SilkS', 0, 0, head / 2)
    return fp.courtyard_circle(head / 2 + 0.25, back=True)


@lru_cache(maxsize=None)
def fiducial():
    fp = Footprint('Fiducial_1mm', 'Fiducial mark, 1 mm copper in a 2 mm opening', 'fiducial',
                   ('smd', 'exclude_from_pos_files', 'exclude_from_bom'))
    fp.smd('', 0, 0, 1.0, 1.0, 'circle', paste=False)
    fp.pads[-1].mask_margin = 0.5
    fp.body = (-1, -1, 1, 1)
    fp.circle('Fab', 0, 0, 1.0)
    return fp.courtyard_circle(1.25)
