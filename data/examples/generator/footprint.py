# SPDX-License-Identifier: GPL-3.0-or-later

"""A footprint as it is drawn: pads, body, silkscreen and courtyard.

Coordinates are millimetres with y down, seen from the front, around the footprint's anchor.
Layers are named without their side: `SilkS`, `Fab`, `CrtYd`.
"""

from dataclasses import dataclass, field

SILK_WIDTH = 0.12
FAB_WIDTH = 0.1
COURTYARD_WIDTH = 0.05
SILK_TO_PAD = 0.2      # free distance between ink and copper
SILK_TO_EDGE = 0.8     # where a connector meets the board's edge
SILK_SHORTEST = 0.25   # shorter strokes do not print


@dataclass
class Pad:
    number: str
    kind: str          # smd, thru_hole, np_thru_hole
    shape: str         # roundrect, rect, circle, oval
    x: float
    y: float
    width: float
    height: float
    drill: tuple = ()  # (diameter,) or (width, height) of a slot
    layers: tuple = ()
    ratio: float = 0.25
    mask_margin: float = 0.0

    def box(self, margin=0.0):
        return (self.x - self.width / 2 - margin, self.y - self.height / 2 - margin,
                self.x + self.width / 2 + margin, self.y + self.height / 2 + margin)


@dataclass
class Graphic:
    kind: str          # line, rect, circle, poly
    layer: str
    points: list       # a circle: its centre and a point on it
    width: float
    filled: bool = False
    side: str = 'F'


@dataclass
class Footprint:
    name: str
    description: str
    tags: str = ''
    attributes: tuple = ('smd',)
    pads: list = field(default_factory=list)
    graphics: list = field(default_factory=list)
    courtyards: dict = field(default_factory=dict)  # side: list of points, or (centre, radius)
    body: tuple = (0, 0, 0, 0)
    legend: bool = False   # its value is printed beside it

    # Copper

    def smd(self, number, x, y, width, height, shape='roundrect', ratio=0.25, paste=True):
        layers = ('F.Cu', 'F.Mask', 'F.Paste') if paste else ('F.Cu', 'F.Mask')
        self.pads.append(Pad(str(number), 'smd', shape, x, y, width, height, (), layers, ratio))

    def paste(self, x, y, width, height):
        """A stencil opening: a large exposed pad gets a grid of them."""
        self.pads.append(Pad('', 'smd', 'roundrect', x, y, width, height, (), ('F.Paste',), 0.25))

    def through(self, number, x, y, diameter, drill, shape='circle', height=None):
        drills = drill if isinstance(drill, tuple) else (drill,)
        self.pads.append(Pad(str(number), 'thru_hole', shape, x, y, diameter, height or diameter,
                             drills, ('*.Cu', '*.Mask')))

    def hole(self, x, y, diameter):
        self.pads.append(Pad('', 'np_thru_hole', 'circle', x, y, diameter, diameter,
                             (diameter,), ('*.Cu', '*.Mask')))

    # Ink

    def line(self, layer, *points, width=None):
        width = width or (FAB_WIDTH if layer == 'Fab' else SILK_WIDTH)
        for start, end in zip(points, points[1:]):
            self.graphics.append(Graphic('line', layer, [start, end], width))

    def circle(self, layer, x, y, radius, filled=False, width=None):
        width = width or (FAB_WIDTH if layer == 'Fab' else SILK_WIDTH)
        self.graphics.append(Graphic('circle', layer, [(x, y), (x + radius, y)], width, filled))

    def polygon(self, layer, points, filled=True, width=None):
        self.graphics.append(Graphic('poly', layer, points, width or SILK_WIDTH, filled))

    def silk_line(self, start, end):
        """A horizontal or vertical stroke, left out where it would run over copper."""
        axis = 0 if start[1] == end[1] else 1
        across = start[1 - axis]
        low, high = sorted((start[axis], end[axis]))
        margin = SILK_TO_PAD + SILK_WIDTH / 2
        covered = []
        for pad in self.pads:
            box = pad.box(margin)
            if box[1 - axis] < across < box[3 - axis]:
                covered.append((box[axis], box[axis + 2]))
        position = low
        for begin, finish in sorted(covered) + [(high, high)]:
            if min(begin, high) - position >= SILK_SHORTEST:
                ends = [(position, across), (min(begin, high), across)]
                self.line('SilkS', *[(p[1], p[0]) if axis else p for p in ends])
            position = max(position, finish)

    def silk_box(self, x0, y0, x1, y1, sides='tblr'):
        if 'b' not in sides:
            y1 -= SILK_TO_EDGE
        for side, ends in (('t', ((x0, y0), (x1, y0))), ('b', ((x0, y1), (x1, y1))),
                           ('l', ((x0, y0), (x0, y1))), ('r', ((x1, y0), (x1, y1)))):
            if side in sides:
                self.silk_line(*ends)

    def pin_one(self, x, y, size=0.4, toward='right'):
        """A filled triangle whose tip is at (x, y)."""
        back = {'right': (-1, 0), 'left': (1, 0), 'down': (0, -1), 'up': (0, 1)}[toward]
        base = (x + back[0] * size, y + back[1] * size)
        spread = (back[1] * size * 0.6, back[0] * size * 0.6)
        self.polygon('SilkS', [(x, y), (base[0] + spread[0], base[1] + spread[1]),
                               (base[0] - spread[0], base[1] - spread[1])])

    def draw_body(self, x0, y0, x1, y1, chamfer=0.0, silk='tblr', outset=0.11):
        """The body's true size on Fab, with a cut corner at pin 1, and its outline in ink on the
        sides that `silk` names; without its lower one it ends short of the edge there."""
        self.body = (x0, y0, x1, y1)
        corner = [(x0, y0 + chamfer), (x0 + chamfer, y0)] if chamfer else [(x0, y0)]
        ring = corner + [(x1, y0), (x1, y1), (x0, y1)]
        self.line('Fab', *ring, ring[0])
        if silk:
            self.silk_box(x0 - outset, y0 - outset, x1 + outset, y1 + outset, silk)

    # Room

    def extent(self, drilled_only=False):
        boxes = [pad.box() for pad in self.pads if pad.drill or not drilled_only]
        if not drilled_only and self.body != (0, 0, 0, 0):
            boxes.append(self.body)
        return (min(b[0] for b in boxes), min(b[1] for b in boxes),
                max(b[2] for b in boxes), max(b[3] for b in boxes))

    def courtyard(self, excess=0.25, open_side='', back=False):
        """A rectangle around pads and body. On `open_side` (t, b, l or r), where a connector
        meets the board's edge, it ends with the body. `back` adds one around drilled pads."""
        x0, y0, x1, y1 = self.extent()
        grow = {side: 0 if side == open_side else excess for side in 'ltrb'}
        self.courtyards['F'] = rectangle(round(x0 - grow['l'], 2), round(y0 - grow['t'], 2),
                                         round(x1 + grow['r'], 2), round(y1 + grow['b'], 2))
        if back:
            x0, y0, x1, y1 = self.extent(drilled_only=True)
            self.courtyards['B'] = rectangle(round(x0 - excess, 2), round(y0 - excess, 2),
                                             round(x1 + excess, 2), round(y1 + excess, 2))
        return self

    def courtyard_circle(self, radius, back=False):
        self.courtyards['F'] = ((0, 0), radius)
        if back:
            self.courtyards['B'] = ((0, 0), radius)
        return self

    def courtyard_box(self, side='F'):
        """The box of the courtyard on one side; None where it has none."""
        shape = self.courtyards.get(side)
        if shape is None:
            return None
        if len(shape) == 2:
            (x, y), radius = shape
            return (x - radius, y - radius, x + radius, y + radius)
        return (min(p[0] for p in shape), min(p[1] for p in shape),
                max(p[0] for p in shape), max(p[1] for p in shape))


def rectangle(x0, y0, x1, y1):
    return [(x0, y0), (x1, y0), (x1, y1), (x0, y1)]
