# SPDX-License-Identifier: GPL-3.0-or-later

"""Writes a board as a KiCad 9 file. All identifiers follow from names, so that the same design
always gives the same bytes."""

import uuid

from . import sexpr
from .board import part_nets
from .sexpr import Word

FILE_VERSION = 20241229
NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, 'https://boardwalk.example/boards')
MIRRORED = {'F': 'B', 'B': 'F'}

USER_LAYERS = [
    (9, 'F.Adhes', 'F.Adhesive'), (11, 'B.Adhes', 'B.Adhesive'), (13, 'F.Paste', ''),
    (15, 'B.Paste', ''), (5, 'F.SilkS', 'F.Silkscreen'), (7, 'B.SilkS', 'B.Silkscreen'),
    (1, 'F.Mask', ''), (3, 'B.Mask', ''), (17, 'Dwgs.User', 'User.Drawings'),
    (19, 'Cmts.User', 'User.Comments'), (21, 'Eco1.User', 'User.Eco1'),
    (23, 'Eco2.User', 'User.Eco2'), (25, 'Edge.Cuts', ''), (27, 'Margin', ''),
    (31, 'F.CrtYd', 'F.Courtyard'), (29, 'B.CrtYd', 'B.Courtyard'), (35, 'F.Fab', ''),
    (33, 'B.Fab', '')]


class Writer:
    def __init__(self, board):
        self.board = board
        self.numbers = {name: number for number, name in enumerate(board.net_names())}

    def id(self, *names):
        path = '/'.join(str(name) for name in (self.board.name, *names))
        return ['uuid', str(uuid.uuid5(NAMESPACE, path))]

    def text(self):
        board = self.board
        nodes = ['kicad_pcb', ['version', FILE_VERSION], ['generator', 'boardwalk_examples'],
                 ['generator_version', '9.0'],
                 ['general', ['thickness', 1.6], ['legacy_teardrops', False]],
                 ['paper', 'A4'],
                 ['title_block', ['title', board.title], ['rev', '1'],
                  ['company', 'The Boardwalk project'], ['comment', 1, board.comment]],
                 self.layers(), setup()]
        nodes += [['net', number, name] for name, number in self.numbers.items()]
        nodes += [self.footprint(part) for part in board.parts.values()]
        nodes += self.drawings()
        nodes += [self.keepout(*keepout) for keepout in board.keepouts]
        nodes.append(['embedded_fonts', False])
        return sexpr.dump(nodes)

    def layers(self):
        inner = [(2 + 2 * i, f'In{i}.Cu') for i in range(1, self.board.layers - 1)]
        copper = [(0, 'F.Cu'), *inner, (2, 'B.Cu')]
        node = ['layers']
        for number, name in copper:
            kind = 'power' if name.startswith('In') else 'signal'
            node.append(Entry(number, name, kind))
        for number, name, shown in USER_LAYERS:
            node.append(Entry(number, name, 'user', shown))
        return node

    def point(self, point):
        return [point[0] + self.board.origin[0], point[1] + self.board.origin[1]]

    # The board's own drawings

    def drawings(self):
        nodes = []
        for index, segment in enumerate(self.board.outline):
            kind, names = segment[0], {'line': ('start', 'end'), 'arc': ('start', 'mid', 'end'),
                                       'circle': ('center', 'end')}[segment[0]]
            node = [f'gr_{kind}']
            node += [[name, *self.point(point)] for name, point in zip(names, segment[1:])]
            node.append(stroke(0.1))
            if kind == 'circle':
                node.append(['fill', False])
            nodes.append(node + [['layer', 'Edge.Cuts'], self.id('outline', index)])
        for index, (layer, points, width) in enumerate(self.board.strokes):
            for step, (start, end) in enumerate(zip(points, points[1:])):
                nodes.append(['gr_line', ['start', *self.point(start)], ['end', *self.point(end)],
                              stroke(width), ['layer', layer], self.id('stroke', index, step)])
        for index, (text, x, y, size, angle, layer) in enumerate(self.board.texts):
            nodes.append(['gr_text', text, ['at', *self.point((x, y)), angle], ['layer', layer],
                          self.id('text', index), effects(size, layer.startswith('B.'))])
        return nodes

    def keepout(self, name, layers, points):
        return ['zone', ['net', 0], ['net_name', ''],
                ['layer' if len(layers) == 1 else 'layers', *layers],
                self.id('keepout', name), ['name', name], ['hatch', Word('edge'), 0.5],
                ['connect_pads', ['clearance', 0]], ['min_thickness', 0.25],
                ['filled_areas_thickness', False],
                ['keepout', ['tracks', Word('allowed')], ['vias', Word('allowed')],
                 ['pads', Word('allowed')], ['copperpour', Word('allowed')],
                 ['footprints', Word('not_allowed')]],
                ['placement', ['enabled', False], ['sheetname', '']],
                ['fill', ['thermal_gap', 0.5], ['thermal_bridge_width', 0.5]],
                ['polygon', ['pts', *[['xy', *self.point(p)] for p in points]]]]

    # Footprints

    def footprint(self, part):
        fp = part.footprint
        node = ['footprint', f'Boardwalk:{fp.name}']
        if part.locked:
            node.append(['locked', True])
        node += [['layer', f'{part.side}.Cu'], self.id(part.reference),
                 at(*self.point((part.x, part.y)), half_turn(part.angle)),
                 ['descr', fp.description], ['tags', fp.tags]]
        node += self.properties(part)
        if part.sheet:
            node += [['path', self.path(part)], ['sheetname', part.sheet.path],
                     ['sheetfile', part.sheet.file]]
        node.append(['attr', *[Word(word) for word in self.attributes(part)]])
        node += [self.graphic(part, index, graphic) for index, graphic in enumerate(fp.graphics)]
        node += self.courtyards(part)
        node += self.texts(part)
        node += [self.pad(part, index, pad) for index, pad in enumerate(fp.pads)]
        return node + [['embedded_fonts', False]]

    @staticmethod
    def attributes(part):
        words = list(part.footprint.attributes)
        return words if part.sheet else words[:-2] + ['board_only'] + words[-2:]

    def path(self, part):
        """The symbol's path through the sheets: an identifier for each, the symbol's last."""
        sheets = [name for name in part.sheet.path.split('/') if name]
        ids = [self.id('sheet', *sheets[:depth])[1] for depth in range(1, len(sheets) + 1)]
        return '/' + '/'.join([*ids, self.id('symbol', part.reference)[1]])

    def layer(self, part, layer):
        """The name of a footprint's layer once it lies on its side of the board."""
        if layer[:2] in ('F.', 'B.'):
            side, name = layer.split('.')
        else:
            return layer
        return f'{side if part.side == "F" else MIRRORED[side]}.{name}'

    def local(self, part, point):
        return [point[0], -point[1] if part.side == 'B' else point[1]]

    def properties(self, part):
        fp = part.footprint
        box = fp.courtyard_box()
        where = part.label or (0, box[1] - 0.65)
        nodes = [self.property(part, 'Reference', part.reference, where, 'F.SilkS', 0.8,
                               part.label == ''),
                 self.property(part, 'Value', part.value, (0, box[3] + 0.75), 'F.Fab', 0.8, False)]
        for name in ('Datasheet', 'Description'):
            nodes.append(self.property(part, name, '', (0, 0), 'F.Fab', 1.0, True))
        return nodes

    def property(self, part, name, value, point, layer, size, hidden):
        angle = point[2] if point[2:] else upright(part.angle)
        node = ['property', name, value, ['at', *self.local(part, point[:2]), angle],
                ['layer', self.layer(part, layer)]]
        if hidden:
            node.append(['hide', True])
        return node + [self.id(part.reference, name), effects(size, part.side == 'B')]

    def texts(self, part):
        """The reference on the drawing of the body, and what a person who uses the board reads."""
        x0, y0, x1, y1 = part.footprint.body
        size = max(0.2, min(1.0, round((x1 - x0) / (0.95 * max(3, len(part.reference))), 2),
                            round((y1 - y0) * 0.7, 2)))
        texts = [('${REFERENCE}', (0, 0), 'F.Fab', 'fab', size)]
        if part.footprint.legend:
            bottom = part.footprint.courtyard_box()[3]
            texts.append(('${VALUE}', (0, bottom + 0.65), 'F.SilkS', 'legend', 0.8))
        return [['fp_text', Word('user'), text,
                 ['at', *self.local(part, point), upright(part.angle)],
                 ['layer', self.layer(part, layer)], self.id(part.reference, name),
                 effects(height, part.side == 'B')]
                for text, point, layer, name, height in texts]

    def graphic(self, part, index, graphic):
        layer = self.layer(part, f'{graphic.side}.{graphic.layer}')
        points = [self.local(part, point) for point in graphic.points]
        if graphic.kind == 'poly':
            node = ['fp_poly', ['pts', *[['xy', *point] for point in points]]]
        elif graphic.kind == 'circle':
            node = ['fp_circle', ['center', *points[0]], ['end', *points[1]]]
        else:
            node = ['fp_line', ['start', *points[0]], ['end', *points[1]]]
        node.append(stroke(graphic.width))
        if graphic.kind != 'line':
            node.append(['fill', graphic.filled])
        return node + [['layer', layer], self.id(part.reference, 'graphic', index)]

    def courtyards(self, part):
        nodes = []
        for side, shape in part.footprint.courtyards.items():
            tail = [['layer', self.layer(part, f'{side}.CrtYd')],
                    self.id(part.reference, 'courtyard', side)]
            if len(shape) == 2:
                (x, y), radius = shape
                nodes.append(['fp_circle', ['center', *self.local(part, (x, y))],
                              ['end', *self.local(part, (x + radius, y))], stroke(0.05),
                              ['fill', False], *tail])
            else:
                points = [['xy', *self.local(part, point)] for point in shape]
                nodes.append(['fp_poly', ['pts', *points], stroke(0.05), ['fill', False], *tail])
        return nodes

    def pad(self, part, index, pad):
        node = ['pad', pad.number, Word(pad.kind), Word(pad.shape),
                at(*self.local(part, (pad.x, pad.y)), part.angle), ['size', pad.width, pad.height]]
        if pad.drill:
            shape = [Word('oval')] if len(pad.drill) == 2 else []
            node.append(['drill', *shape, *pad.drill])
        node.append(['layers', *[self.layer(part, layer) for layer in pad.layers]])
        if pad.kind == 'thru_hole':
            node.append(['remove_unused_layers', False])
        if pad.shape == 'roundrect':
            node.append(['roundrect_rratio', pad.ratio])
        nets = dict(part_nets(part))
        if pad.number in nets:
            net = nets[pad.number]
            name, kind = part.symbol[pad.number]
            node.append(['net', self.numbers[net], net])
            if name:
                node.append(['pinfunction', name])
            node.append(['pintype', kind])
        if pad.mask_margin:
            node += [['solder_mask_margin', pad.mask_margin], ['clearance', pad.mask_margin]]
        return node + [self.id(part.reference, 'pad', index)]


class Entry(list):
    """A line of the layer table, whose name is a number."""

    def __init__(self, number, name, kind, shown=''):
        super().__init__([str(number), name, Word(kind)] + ([shown] if shown else []))


def at(x, y, angle):
    return ['at', x, y, angle] if angle else ['at', x, y]


def half_turn(angle):
    """As KiCad writes the angle of a footprint: above -180, at most 180."""
    return 180 - (180 - angle) % 360


def upright(angle):
    """The angle of a text that turns with its footprint but is never upside down."""
    return angle % 180


def stroke(width):
    return ['stroke', ['width', width], ['type', Word('solid')]]


def effects(size, mirrored=False):
    node = ['effects', ['font', ['size', size, size], ['thickness', round(size * 0.15, 3)]]]
    return node + [['justify', Word('mirror')]] if mirrored else node


def setup():
    return ['setup', ['pad_to_mask_clearance', 0],
            ['allow_soldermask_bridges_in_footprints', False]]
