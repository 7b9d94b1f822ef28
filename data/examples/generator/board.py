# SPDX-License-Identifier: GPL-3.0-or-later

"""A design: sheets with parts and nets, an outline, a placement."""

import math
from dataclasses import dataclass, field

from . import connectors, packages, symbols


@dataclass
class Part:
    reference: str
    value: str
    footprint: object
    symbol: dict        # pad number: (pin name, electrical type)
    nets: dict          # pad number: net name
    sheet: object       # None: not in the schematic
    x: float = None
    y: float = None
    angle: float = 0
    side: str = 'F'
    locked: bool = False
    label: object = None  # of the reference: (x, y) in the footprint's frame and, where it does
                          # not turn with it, its angle; '' hides it

    def to_board(self, point):
        """From the footprint's own front frame to the board."""
        x, y = point[0], -point[1] if self.side == 'B' else point[1]
        cos, sin = math.cos(math.radians(self.angle)), math.sin(math.radians(self.angle))
        return (self.x + x * cos + y * sin, self.y - x * sin + y * cos)

    def courtyard_boxes(self):
        """Board side -> box of the courtyard there."""
        boxes = {}
        for own, box in ((side, self.footprint.courtyard_box(side)) for side in 'FB'):
            if box:
                corners = [self.to_board((box[i], box[j])) for i in (0, 2) for j in (1, 3)]
                side = own if self.side == 'F' else 'FB'['BF'.index(own)]
                boxes[side] = (min(c[0] for c in corners), min(c[1] for c in corners),
                               max(c[0] for c in corners), max(c[1] for c in corners))
        return boxes

    def size(self, angle, side='F'):
        """Half extents of the courtyard around the anchor, as (left, top, right, bottom)."""
        probe = Part('', '', self.footprint, {}, {}, None, 0, 0, angle, side)
        left, top, right, bottom = probe.courtyard_boxes()[side]
        return -left, -top, right, bottom


@dataclass
class Sheet:
    """A page of the schematic. Nets named here are local to it unless the board knows them."""
    board: object
    path: str           # '/' or '/power/'
    file: str

    def net(self, name):
        if name.startswith('/') or name in self.board.globals:
            return name
        return self.path + name

    def part(self, reference, value, footprint, symbol, connections):
        """`connections` gives a net to pin names or pad numbers; other pins stay open."""
        nets = {}
        for number, (name, _) in symbol.items():
            net = connections.get(number, connections.get(name))
            if net:
                nets[number] = self.net(net)
        used = {key for key in connections
                if key in symbol or any(key == name for name, _ in symbol.values())}
        assert used == set(connections), (reference, set(connections) - used)
        part = Part(reference, value, footprint, symbol, nets, self)
        self.board.add(part)
        return part

    def two(self, reference, value, footprint, first, second, symbol=symbols.PASSIVE):
        return self.part(reference, value, footprint, symbol, {'1': first, '2': second})

    def r(self, reference, value, first, second, size='0603'):
        return self.two(reference, value, packages.chip('R', size), first, second)

    def c(self, reference, value, first, second='GND', size='0603'):
        return self.two(reference, value, packages.chip('C', size), first, second)

    def diode(self, reference, value, size, cathode, anode):
        return self.two(reference, value, packages.diode(size), cathode, anode, symbols.DIODE)

    def led(self, reference, colour, cathode, anode, size='0603'):
        return self.two(reference, colour, packages.led(size), cathode, anode, symbols.DIODE)

    def connector(self, reference, value, footprint, nets):
        """`nets` in the order of the pins; None leaves one open."""
        return self.part(reference, value, footprint, symbols.plain(len(nets)),
                         {str(i): net for i, net in enumerate(nets, 1) if net})


@dataclass
class Board:
    name: str           # of the file and of the root sheet
    title: str
    layers: int
    globals: tuple      # nets of power symbols: the same on every sheet
    comment: str = ''
    origin: tuple = (100.0, 60.0)
    parts: dict = field(default_factory=dict)
    outline: list = field(default_factory=list)   # of ('line', a, b) and ('arc', a, mid, b)
    texts: list = field(default_factory=list)     # (text, x, y, size, angle, layer)
    strokes: list = field(default_factory=list)   # (layer, [points], width)
    keepouts: list = field(default_factory=list)  # (name, layers, [points])

    def add(self, part):
        assert part.reference not in self.parts, part.reference
        self.parts[part.reference] = part

    def sheet(self, path):
        stem = path.strip('/').rstrip('0123456789').replace('/', '-') or self.name
        return Sheet(self, path, f'{stem}.kicad_sch')

    def hardware(self, reference, value, footprint, x, y, angle=0, label=None):
        """What the schematic does not know and nobody moves: holes and marks."""
        self.add(Part(reference, value, footprint, {}, {}, None, x, y, angle, 'F', True, label))

    # Placement

    def place(self, reference, x, y, angle=0, side='F', locked=False, label=None):
        part = self.parts[reference]
        part.x, part.y, part.angle, part.side = round(x, 3), round(y, 3), angle, side
        part.locked, part.label = locked, label

    def row(self, references, x, y, gap=0.5, angle=0, side='F'):
        """Parts side by side from `x` on, their anchors on the line `y`. An element of
        `references` may be `REF@ANGLE`. Returns where the next one would begin."""
        for entry in references.split():
            reference, _, own = entry.partition('@')
            turned = float(own) if own else angle
            left, _, right = (self.parts[reference].size(turned, side)[i] for i in (0, 1, 2))
            label = beside_end(self.parts[reference]) if turned == 90 else None
            self.place(reference, x + left, y, turned, side, label=label)
            x += left + right + gap
        return x

    def stack(self, rows, x, y, gap=0.5, between=0.8, angle=0, side='F'):
        """Rows below each other; `y` is the upper edge of the first. Returns the lower edge of
        the last."""
        for references in rows:
            sizes = [self.parts[entry.partition('@')[0]].size(
                         float(entry.partition('@')[2] or angle), side)
                     for entry in references.split()]
            top, bottom = max(s[1] for s in sizes), max(s[3] for s in sizes)
            self.row(references, x, y + top, gap, angle, side)
            y += top + bottom + between
        return y - between

    # Netlist

    def net_names(self):
        """All nets in the order of their numbers, the unconnected one first."""
        names = set()
        for part in self.parts.values():
            names.update(net for _, net in part_nets(part))
        return ['', *sorted(names)]

    def check(self):
        """What no example may have: parts left in the air, nets with one pin, overlaps."""
        problems = [f'{p.reference} has no place' for p in self.parts.values() if p.x is None]
        if problems:
            raise SystemExit(f'{self.name}: ' + '; '.join(problems))
        pins = {}
        for part in self.parts.values():
            for net in part.nets.values():
                pins[net] = pins.get(net, 0) + 1
        problems += [f'{net} has one pin' for net, count in pins.items() if count < 2]
        boxes = [(p.reference, side, box) for p in self.parts.values()
                 for side, box in p.courtyard_boxes().items()]
        for index, (first, side, a) in enumerate(boxes):
            for second, other_side, b in boxes[index + 1:]:
                if (side == other_side and min(a[2], b[2]) - max(a[0], b[0]) > 1e-6
                        and min(a[3], b[3]) - max(a[1], b[1]) > 1e-6):
                    problems.append(f'{first} and {second} overlap on {side}')
        if problems:
            raise SystemExit(f'{self.name}:\n  ' + '\n  '.join(problems))


def beside_end(part):
    """Where the reference of an upright part goes in a row: above it, so that rows are dense.
    It lies across where the part is wide enough for it."""
    _, top, right, bottom = part.footprint.courtyard_box()
    length = 0.76 * len(part.reference)
    if bottom - top >= length:
        return right + 0.55, 0, 0
    return right + 0.15 + length / 2, 0


def part_nets(part):
    """(pad number, net) of every pin of the part; an open one gets a net of its own, as KiCad
    does it."""
    for number, (name, _) in part.symbol.items():
        if number in part.nets:
            yield number, part.nets[number]
        else:
            pin = f'{name}-Pad{number}' if name else f'Pad{number}'
            yield number, f'unconnected-({part.reference}-{pin})'


def rounded(corners):
    """A closed outline through (x, y, radius) corners, those with a radius rounded by an arc."""
    count, ends, segments = len(corners), [], []
    for i, (x, y, radius) in enumerate(corners):
        before, after = corners[i - 1], corners[(i + 1) % count]
        u, v = unit((x, y), before), unit((x, y), after)
        half = math.acos(max(-1, min(1, u[0] * v[0] + u[1] * v[1]))) / 2
        if radius == 0:
            ends.append(((x, y), None, (x, y)))
            continue
        cut, reach = radius / math.tan(half), radius / math.sin(half)
        axis = unit((0, 0), (u[0] + v[0], u[1] + v[1]))
        ends.append(((x + u[0] * cut, y + u[1] * cut),
                     (x + axis[0] * (reach - radius), y + axis[1] * (reach - radius)),
                     (x + v[0] * cut, y + v[1] * cut)))
    for i, (start, middle, end) in enumerate(ends):
        if middle:
            # KiCad writes arcs in one sense only: those of an inner corner begin at their end.
            inner = cross(start, middle, end) < 0
            segments.append(('arc', end, middle, start) if inner else
                            ('arc', start, middle, end))
        following = ends[(i + 1) % count][0]
        if math.dist(end, following) > 1e-6:
            segments.append(('line', end, following))
    return segments


def unit(origin, target):
    dx, dy = target[0] - origin[0], target[1] - origin[1]
    length = math.hypot(dx, dy)
    return dx / length, dy / length


def cross(a, b, c):
    return (b[0] - a[0]) * (c[1] - b[1]) - (b[1] - a[1]) * (c[0] - b[0])


def mounting_holes(board, screw, places):
    for index, (x, y) in enumerate(places, 1):
        board.hardware(f'H{index}', screw, connectors.mounting_hole(screw), x, y, label='')
