# SPDX-License-Identifier: GPL-3.0-or-later

"""Packages of parts, drawn from their standard body and lead dimensions.

Land patterns follow from the leads by solder fillets: a pad reaches `toe` beyond the end of the
lead, `heel` behind its bend and `side` beyond its edges.
"""

from functools import lru_cache

from .footprint import Footprint

# Body length, body width, length of a terminal, toe, heel, side, courtyard excess, mm.
CHIP_SIZES = {
    '0402': (1.0, 0.5, 0.25, 0.20, 0.05, 0.04, 0.15),
    '0603': (1.6, 0.8, 0.35, 0.35, 0.08, 0.05, 0.25),
    '0805': (2.0, 1.25, 0.40, 0.40, 0.10, 0.05, 0.25),
    '1206': (3.2, 1.6, 0.50, 0.45, 0.10, 0.05, 0.25),
    '1210': (3.2, 2.5, 0.50, 0.45, 0.10, 0.05, 0.25),
    '2512': (6.3, 3.2, 0.60, 0.45, 0.20, 0.10, 0.25),
}


def land(span, lead, toe, heel):
    """Where the pads of two opposite rows of leads go: distance of their centres, length."""
    outer, inner = span + 2 * toe, span - 2 * lead - 2 * heel
    return round((outer + inner) / 4, 3), round((outer - inner) / 2, 3)


def two_pads(footprint, size, shape='roundrect'):
    length, width, terminal, toe, heel, side, _ = CHIP_SIZES[size]
    x, pad_length = land(length, terminal, toe, heel)
    for number, sign in ((1, -1), (2, 1)):
        footprint.smd(number, sign * x, 0, pad_length, round(width + 2 * side, 2), shape)


@lru_cache(maxsize=None)
def chip(kind, size):
    """A resistor, capacitor, inductor, bead or fuse in a chip case. `kind` begins the name."""
    length, width, *_, excess = CHIP_SIZES[size]
    words = {'R': 'resistor', 'C': 'capacitor', 'L': 'inductor', 'FB': 'ferrite bead',
             'F': 'fuse'}
    fp = Footprint(f'{kind}_{size}', f'Chip {words[kind]} {size}, {length} mm x {width} mm',
                   words[kind])
    two_pads(fp, size)
    fp.draw_body(-length / 2, -width / 2, length / 2, width / 2, silk='')
    ink = round(width / 2 + 0.13, 2)
    reach = fp.pads[1].x - fp.pads[1].width / 2 - 0.26
    if reach > 0.12:
        for y in (-ink, ink):
            fp.line('SilkS', (-reach, y), (reach, y))
    return fp.courtyard(excess)


@lru_cache(maxsize=None)
def led(size='0603'):
    """A chip LED; pad 1 is the cathode, at the open end of the ink."""
    length, width, *_ = CHIP_SIZES[size]
    fp = Footprint(f'LED_{size}', f'Chip LED {size}, cathode pad 1', 'LED diode')
    two_pads(fp, size)
    fp.draw_body(-length / 2, -width / 2, length / 2, width / 2, width / 3, silk='')
    end = fp.pads[0].x - fp.pads[0].width / 2 - 0.28
    ink = fp.pads[0].height / 2 + 0.27
    fp.line('SilkS', (length / 2, -ink), (end, -ink), (end, ink), (length / 2, ink))
    return fp.courtyard(0.35)


# Body length and width, span over the leads, lead length and width, mm.
DIODE_SIZES = {
    'SOD-123': (2.7, 1.6, 3.7, 0.45, 0.6),
    'SMA': (4.4, 2.6, 5.2, 1.0, 1.5),
    'SMB': (4.4, 3.6, 5.4, 1.0, 2.1),
    'SMC': (6.9, 5.9, 7.9, 1.1, 3.0),
}


@lru_cache(maxsize=None)
def diode(size):
    """A two-lead diode; pad 1 is the cathode."""
    length, width, span, lead, lead_width = DIODE_SIZES[size]
    fp = Footprint(f'D_{size}', f'Diode {size}, cathode pad 1', 'diode')
    x, pad_length = land(span, lead, 0.35, 0.25)
    for number, sign in ((1, -1), (2, 1)):
        fp.smd(number, sign * x, 0, pad_length, round(lead_width + 0.2, 2))
    fp.draw_body(-length / 2, -width / 2, length / 2, width / 2, silk='tb')
    bar = -length / 2 + 0.6
    fp.line('Fab', (bar, -width / 2), (bar, width / 2))
    end, ink = -x - pad_length / 2 - 0.27, width / 2 + 0.11
    fp.line('SilkS', (-length / 2, -ink), (end, -ink), (end, ink), (-length / 2, ink))
    return fp.courtyard(0.35)


def dual_pads(fp, left, right, pitch, span, lead, lead_width, toe=0.3, heel=0.25):
    """Two columns of gull-wing leads; `left` runs down, `right` runs up. None is a gap."""
    x, length = land(span, lead, toe, heel)
    for column, sign, numbers in ((left, -1, left), (right, 1, right[::-1])):
        for index, number in enumerate(numbers):
            y = (index - (len(column) - 1) / 2) * pitch
            if number is not None:
                fp.smd(number, sign * x, round(y, 3), length, lead_width)
    return -x - length / 2


@lru_cache(maxsize=None)
def gull_wing(name, pins, pitch, body_width, body_length, span, lead, lead_width, pad=None):
    """SOIC, SSOP, TSSOP and the like; `pad` is (width, height) of an exposed pad."""
    half = pins // 2
    fp = Footprint(name, f'{pins} leads, pitch {pitch} mm, body {body_width} x {body_length} mm',
                   'gull wing')
    edge = dual_pads(fp, list(range(1, half + 1)), list(range(half + 1, pins + 1)),
                     pitch, span, lead, lead_width)
    if pad:
        exposed_pad(fp, pins + 1, *pad)
    fp.draw_body(-body_width / 2, -body_length / 2, body_width / 2, body_length / 2,
                 min(1.0, body_width / 4), silk='tb')
    first = fp.pads[0]
    fp.pin_one(round(edge + first.width / 2, 3), round(first.y - first.height / 2 - 0.28, 3),
               0.4, 'down')
    return fp.courtyard()


def soic(pins):
    length = {8: 4.9, 14: 8.65, 16: 9.9}[pins]
    return gull_wing(f'SOIC-{pins}_3.9x{length}mm_P1.27mm', pins, 1.27, 3.9, length, 6.0, 0.6, 0.6)


def soic8_ep():
    return gull_wing('SOIC-8-EP_3.9x4.9mm_P1.27mm', 8, 1.27, 3.9, 4.9, 6.0, 0.6, 0.6, (2.3, 3.0))


@lru_cache(maxsize=None)
def sot23(pins):
    """SOT-23 with 3, 5 or 6 leads."""
    name = 'SOT-23' if pins == 3 else f'SOT-23-{pins}'
    body, span = (1.3, 2.4) if pins == 3 else (1.6, 2.8)
    fp = Footprint(name, f'{name}, body {body} x 2.9 mm', 'SOT')
    left, right = {3: ([1, None, 2], [None, 3, None]), 5: ([1, 2, 3], [4, None, 5]),
                   6: ([1, 2, 3], [4, 5, 6])}[pins]
    edge = dual_pads(fp, left, right, 0.95, span, 0.45, 0.6)
    fp.draw_body(-body / 2, -1.45, body / 2, 1.45, 0.35, silk='tb')
    fp.pin_one(round(edge + 0.45, 3), -1.46, 0.25, 'down')
    return fp.courtyard()


@lru_cache(maxsize=None)
def sot223():
    fp = Footprint('SOT-223', 'SOT-223 with tab, body 3.5 x 6.5 mm', 'SOT regulator')
    for number, y in ((1, -2.3), (2, 0), (3, 2.3)):
        fp.smd(number, -3.15, y, 2.0, 1.4)
    fp.smd(2, 3.15, 0, 2.0, 3.7, ratio=0.12)
    fp.draw_body(-1.75, -3.25, 1.75, 3.25, 0.8)
    fp.pin_one(-3.15, -3.28, 0.45, 'down')
    return fp.courtyard()


def exposed_pad(fp, number, width, height):
    """A thermal pad, its stencil opened in windows that print about 60 % of it."""
    fp.smd(number, 0, 0, width, height, 'rect', paste=False)
    columns = max(1, round(width / 1.4))
    rows = max(1, round(height / 1.4))
    for column in range(columns):
        for row in range(rows):
            fp.paste(round((column + 0.5) * width / columns - width / 2, 3),
                     round((row + 0.5) * height / rows - height / 2, 3),
                     round(0.78 * width / columns, 3), round(0.78 * height / rows, 3))


def quad_pads(fp, per_side, pitch, centre, length, width):
    """Four sides, counter-clockwise as seen, from the top of the left one."""
    offsets = [round((i - (per_side - 1) / 2) * pitch, 3) for i in range(per_side)]
    number = 0
    for side in range(4):
        for offset in offsets:
            number += 1
            x, y, w, h = ((-centre, offset, length, width), (offset, centre, width, length),
                          (centre, -offset, length, width), (-offset, -centre, width, length))[side]
            fp.smd(number, x, y, w, h)


@lru_cache(maxsize=None)
def qfn(pins, size, pitch, pad, lead=0.4, lead_width=0.25):
    """A quad flat package without leads and with a square exposed pad."""
    fp = Footprint(f'QFN-{pins}-EP_{size}x{size}mm_P{pitch}mm',
                   f'QFN, {pins} pads, body {size} x {size} mm, exposed pad {pad} mm', 'QFN')
    centre, length = land(size, lead, 0.3, 0.05)
    quad_pads(fp, pins // 4, pitch, centre, length, lead_width)
    exposed_pad(fp, pins + 1, pad, pad)
    half = size / 2
    fp.draw_body(-half, -half, half, half, 1.0, silk='')
    first = fp.pads[0]
    corner_ink(fp, half + 0.12, abs(first.y) + first.height / 2 + 0.27)
    fp.pin_one(round(-half - 0.12, 3), round(first.y - first.height / 2 - 0.3, 3), 0.4, 'down')
    return fp.courtyard()


def corner_ink(fp, outer, inner):
    """Ink at three corners; the one without is that of pin 1."""
    for sx, sy in ((1, -1), (1, 1), (-1, 1)):
        fp.line('SilkS', (sx * outer, sy * inner), (sx * outer, sy * outer),
                (sx * inner, sy * outer))


@lru_cache(maxsize=None)
def tqfp(pins, size, pitch, lead_width):
    """A quad flat package with gull-wing leads; its courtyard spares the corners."""
    fp = Footprint(f'TQFP-{pins}_{size}x{size}mm_P{pitch}mm',
                   f'TQFP, {pins} leads, body {size} x {size} mm', 'TQFP LQFP')
    centre, length = land(size + 2.0, 0.6, 0.3, 0.25)
    quad_pads(fp, pins // 4, pitch, centre, length, lead_width)
    half = size / 2
    fp.draw_body(-half, -half, half, half, 1.0, silk='')
    reach = (pins / 4 - 1) / 2 * pitch + lead_width / 2
    corner_ink(fp, half + 0.12, round(reach + 0.27, 3))
    fp.pin_one(round(-centre, 3), round(-reach - 0.3, 3), 0.5, 'down')
    outer, inner, row = (round(v, 2) for v in (centre + length / 2 + 0.25, half + 0.25,
                                               reach + 0.25))
    fp.courtyards['F'] = [
        (-outer, -row), (-inner, -row), (-inner, -inner), (-row, -inner), (-row, -outer),
        (row, -outer), (row, -inner), (inner, -inner), (inner, -row), (outer, -row),
        (outer, row), (inner, row), (inner, inner), (row, inner), (row, outer),
        (-row, outer), (-row, inner), (-inner, inner), (-inner, row), (-outer, row)]
    return fp


@lru_cache(maxsize=None)
def lga(name, columns, rows, pitch, size, pad_width, pad_length):
    """A sensor in a land grid package: `rows` pads at left and right, `columns` at top and
    bottom, counter-clockwise from the top of the left side."""
    width, height = size
    fp = Footprint(name, f'Land grid sensor, body {width} x {height} mm', 'LGA sensor')
    x, y = width / 2 - pad_length / 2 + 0.05, height / 2 - pad_length / 2 + 0.05
    down = [round((i - (rows - 1) / 2) * pitch, 3) for i in range(rows)]
    along = [round((i - (columns - 1) / 2) * pitch, 3) for i in range(columns)]
    places = ([(-x, v, True) for v in down] + [(v, y, False) for v in along]
              + [(x, -v, True) for v in down] + [(-v, -y, False) for v in along])
    for number, (px, py, lying) in enumerate(places, 1):
        fp.smd(number, round(px, 3), round(py, 3), pad_length if lying else pad_width,
               pad_width if lying else pad_length)
    fp.draw_body(-width / 2, -height / 2, width / 2, height / 2, 0.5)
    fp.pin_one(round(-width / 2 - 0.25, 3), round(down[0], 3), 0.35, 'right')
    return fp.courtyard()


@lru_cache(maxsize=None)
def power_mosfet():
    """A single MOSFET in a 5 x 6 mm flat power package: source 1-3, gate 4, drain 5."""
    fp = Footprint('PDFN-8_5x6mm', 'Power MOSFET, body 5 x 6 mm, drain on the exposed pad',
                   'MOSFET PDFN power')
    for number, y in ((1, -1.905), (2, -0.635), (3, 0.635), (4, 1.905)):
        fp.smd(number, -2.75, y, 1.0, 0.7)
    fp.smd(5, 0.95, 0, 4.3, 4.5, 'rect', paste=False)
    for x in (-0.45, 0.95, 2.35):
        for y in (-1.45, 0, 1.45):
            fp.paste(x, y, 1.1, 1.1)
    fp.draw_body(-3.0, -2.5, 3.0, 2.5, 0.8, silk='tb')
    fp.pin_one(-3.55, -1.905, 0.4, 'right')
    return fp.courtyard()


@lru_cache(maxsize=None)
def crystal_3225():
    """A four-pad crystal: 1 and 3 are the crystal, 2 and 4 the lid."""
    fp = Footprint('Crystal_3225-4', 'Crystal, body 3.2 x 2.5 mm, four pads', 'crystal')
    for number, x, y in ((1, -1.1, 0.85), (2, 1.1, 0.85), (3, 1.1, -0.85), (4, -1.1, -0.85)):
        fp.smd(number, x, y, 1.3, 1.1)
    fp.draw_body(-1.6, -1.25, 1.6, 1.25, silk='')
    fp.line('SilkS', (-2.0, -1.65), (-2.0, 1.65), (2.0, 1.65))
    return fp.courtyard(0.3)


@lru_cache(maxsize=None)
def can_electrolytic(diameter, height):
    """An aluminium electrolytic on a square base; pad 1 is plus."""
    fp = Footprint(f'CP_Can_{diameter}x{height}mm',
                   f'Aluminium electrolytic, SMD, diameter {diameter} mm, height {height} mm',
                   'capacitor electrolytic polarized')
    base = diameter + 0.3
    length, gap = round(0.42 * diameter, 2), round(0.31 * diameter, 2)
    x = round(gap / 2 + length / 2 + 0.2, 2)
    for number, sign in ((1, -1), (2, 1)):
        fp.smd(number, sign * x, 0, length, 1.6 if diameter < 8 else 2.2)
    half, cut = base / 2, round(base / 6, 2)
    fp.body = (-half, -half, half, half)
    fp.line('Fab', (-half + cut, -half), (half, -half), (half, half), (-half + cut, half),
            (-half, half - cut), (-half, -half + cut), (-half + cut, -half))
    fp.circle('Fab', 0, 0, diameter / 2)
    ink = half + 0.11
    for sign in (-1, 1):
        fp.line('SilkS', (-ink, sign * 1.5), (-ink, sign * (ink - cut)), (-ink + cut, sign * ink),
                (ink, sign * ink), (ink, sign * 1.5))
    plus_x, plus_y = -half - 0.75, -half + cut
    fp.line('SilkS', (plus_x - 0.4, plus_y), (plus_x + 0.4, plus_y))
    fp.line('SilkS', (plus_x, plus_y - 0.4), (plus_x, plus_y + 0.4))
    return fp.courtyard()


@lru_cache(maxsize=None)
def radial_electrolytic(diameter, pitch):
    """An upright aluminium electrolytic with wires; pad 1 is plus. Its courtyard is round."""
    fp = Footprint(f'CP_Radial_D{diameter}mm_P{pitch}mm',
                   f'Aluminium electrolytic, radial, diameter {diameter} mm, pitch {pitch} mm',
                   'capacitor electrolytic polarized', ('through_hole',))
    fp.through(1, -pitch / 2, 0, 2.2, 1.1, 'rect')
    fp.through(2, pitch / 2, 0, 2.2, 1.1)
    radius = diameter / 2
    fp.body = (-radius, -radius, radius, radius)
    fp.circle('Fab', 0, 0, radius)
    fp.circle('SilkS', 0, 0, radius + 0.1)
    plus_x, plus_y = -pitch / 2, -2.3
    fp.line('SilkS', (plus_x - 0.6, plus_y), (plus_x + 0.6, plus_y))
    fp.line('SilkS', (plus_x, plus_y - 0.6), (plus_x, plus_y + 0.6))
    fp.courtyard_circle(radius + 0.35)
    x0, y0, x1, y1 = fp.extent(drilled_only=True)
    fp.courtyards['B'] = [(x0 - 0.25, y0 - 0.25), (x1 + 0.25, y0 - 0.25),
                          (x1 + 0.25, y1 + 0.25), (x0 - 0.25, y1 + 0.25)]
    return fp


@lru_cache(maxsize=None)
def power_inductor(size):
    """A shielded power inductor on a square base."""
    fp = Footprint(f'L_Shielded_{size}x{size}mm', f'Power inductor, shielded, {size} x {size} mm',
                   'inductor shielded')
    length = round(0.25 * size, 2)
    for number, sign in ((1, -1), (2, 1)):
        fp.smd(number, sign * round((size - length) / 2 + 0.15, 3), 0, length,
               round(0.8 * size, 2), ratio=0.1)
    half = size / 2
    fp.draw_body(-half, -half, half, half)
    return fp.courtyard()


@lru_cache(maxsize=None)
def castellated_module(name, size, per_side, pitch):
    """A radio module soldered by half holes along its left and right edges."""
    width, height = size
    fp = Footprint(name, f'Radio module, {width} x {height} mm, {2 * per_side} castellations',
                   'module radio')
    for index in range(2 * per_side):
        row = index if index < per_side else 2 * per_side - 1 - index
        x = -width / 2 if index < per_side else width / 2
        fp.smd(index + 1, x, round((row - (per_side - 1) / 2) * pitch, 3), 2.0, 1.2)
    fp.draw_body(-width / 2, -height / 2, width / 2, height / 2, 1.5, silk='tb')
    fp.pin_one(-width / 2 - 1.25, fp.pads[0].y, 0.5, 'right')
    return fp.courtyard()
