#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Is what was saved what KiCad itself would have saved?

usage: judge.py ORIGINAL.kicad_pcb POSES.csv SAVED.kicad_pcb

KiCad (its Python module, 9 or later) reads ORIGINAL, gives every footprint its pose of
POSES.csv with its own Flip, SetOrientation and SetPosition, and saves the board; then it reads
SAVED and saves that. The two files are compared token by token: names, layers, nets and flags
must be the same, numbers may differ by what rounding does. Items without order (pads, drawings,
texts) are matched as sets. Not compared are identifiers that KiCad makes up for files that have
none, and glyph outlines, which it makes again by itself.

Prints one JSON object. Exit status 0: the same, 1: not, 2: KiCad does not read one of them.
"""

import csv
import json
import os
import pathlib
import re
import sys
import tempfile
from collections import Counter, defaultdict
from decimal import Decimal

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "examples"))

import pcbnew  # noqa: E402
from sexpr_reader import children, parse, value  # noqa: E402

# KiCad turns what it read into the board's frame and back before it saves: each time a rounding to
# the nanometre, and for the middle of an arc one of its centre too.
NEAR_MM = 0.000_01
NEAR_ARC_MM = 0.000_1
NEAR_DEG = 0.000_1
IGNORED = {"uuid", "tstamp", "render_cache", "generator", "generator_version"}
ORDERED = {"pts", "xyz"}
# Drawings whose points are a ring: where it begins, and which way it goes, says nothing.
RINGS = {"fp_poly", "gr_poly", "polygon", "fp_text_box"}
MAX_RING_POINTS = 12
# From here on a file says where all fields lie; for older ones KiCad makes that up.
FIELDS_HAVE_PLACES = 20230620
ALWAYS_PLACED = {'"Reference"', '"Value"'}
NUMBER = re.compile(r"-?\d+(\.\d+)?$")
SHARED = ("layer", "layers", "net", "effects")
MAX_EXAMPLES = 6


class Unreadable(Exception):
    """KiCad does not read a board."""


def load(path):
    try:
        board = pcbnew.LoadBoard(str(path))
    except Exception as error:  # pylint: disable=broad-except
        raise Unreadable(f"{path}: {error}") from error
    if board is None:
        raise Unreadable(f"{path}: KiCad does not read it")
    return board


def identifiers(board):
    return [footprint.m_Uuid.AsString() for footprint in board.GetFootprints()]


def arcs(footprint):
    return [item for item in footprint.GraphicalItems()
            if item.GetClass() == "PCB_SHAPE" and item.GetShape() == pcbnew.SHAPE_T_ARC]


def arc_mids(footprint):
    return [pcbnew.VECTOR2I(arc.GetArcMid()) for arc in arcs(footprint)]


def mend_arc(arc, mid):
    """KiCad 9 remembers the middle of an arc for as long as its ends and centre stay. A half circle
    whose ends lie on the axis of a flip keeps those, and so bulges to where it bulged before."""
    now = arc.GetArcMid()
    if max(abs(now.x - mid.x), abs(now.y - mid.y)) > 1000:
        arc.SetArcGeometry(arc.GetStart(), mid, arc.GetEnd())


def pose(footprint, row):
    """Returns whether it was flipped."""
    degrees = float(row["rotation_deg"])
    flip = footprint.IsFlipped() != (row["side"] == "back")
    if flip:
        mids = arc_mids(footprint)
        axis = footprint.GetPosition()
        footprint.Flip(axis, pcbnew.FLIP_DIRECTION_TOP_BOTTOM)
        for arc, mid in zip(arcs(footprint), mids):
            mend_arc(arc, pcbnew.VECTOR2I(mid.x, 2 * axis.y - mid.y))
    turn = (footprint.GetOrientationDegrees() - degrees) % 360
    if min(turn, 360 - turn) > 0.005:
        footprint.SetOrientation(pcbnew.EDA_ANGLE(degrees, pcbnew.DEGREES_T))
    at = pcbnew.VECTOR2I(*(int(Decimal(row[axis]) * 1_000_000) for axis in ("x_mm", "y_mm")))
    if at != footprint.GetPosition():
        footprint.SetPosition(at)
    return flip


def save_and_parse(board, path):
    pcbnew.SaveBoard(str(path), board, True)
    return parse(path.read_text(encoding="utf-8"))


# Comparing ---------------------------------------------------------------------------------------

def clean(node):
    """The tree with numbers as numbers, without what is not compared."""
    if not isinstance(node, list):
        return float(node) if NUMBER.match(node) else node
    return [clean(child) for child in node
            if not (isinstance(child, list) and child and child[0] in IGNORED)]


def near(a, b, tolerance, whole_turns=False):
    distance = abs(a - b)
    if whole_turns:
        distance = min(distance % 360, -distance % 360)
    return distance <= tolerance


def same_atoms(kind, a, b):
    if len(a) != len(b):
        return False
    for i, (p, q) in enumerate(zip(a, b)):
        if isinstance(p, float) and isinstance(q, float):
            if kind == "angle" or (kind == "at" and i == 2):
                good = near(p, q, NEAR_DEG, True)
            else:
                good = near(p, q, NEAR_ARC_MM if kind == "mid" else NEAR_MM)
        else:
            good = p == q
        if not good:
            return False
    return True


def parts(node):
    """The atoms and the lists of a list."""
    atoms = [child for child in node[1:] if not isinstance(child, list)]
    return atoms, [child for child in node[1:] if isinstance(child, list)]


def words(node):
    """What two items must share without any tolerance, to find partners quickly."""
    found = [node[0]] if node else []
    for child in node[1:]:
        if isinstance(child, str):
            found.append(child)
        elif isinstance(child, list) and child and child[0] in SHARED:
            found.append(repr(child))
    return tuple(found)


def same_ring(a, b):
    """Whether two lists of points are one ring. Long ones must begin alike."""
    if len(a) != len(b) or len(a) > MAX_RING_POINTS:
        return len(a) == len(b) and all(map(same, a, b))
    turned = [b[i:] + b[:i] for i in range(len(b))]
    return any(all(map(same, a, ring)) for other in turned for ring in (other, other[::-1]))


def same(a, b):
    if a == b:
        return True
    if not a or not b or a[0] != b[0]:
        return False
    (atoms_a, lists_a), (atoms_b, lists_b) = parts(a), parts(b)
    if not same_atoms(a[0], atoms_a, atoms_b) or len(lists_a) != len(lists_b):
        return False
    if a[0] in RINGS and lists_a[0][0] == lists_b[0][0] == "pts":
        if not same_ring(lists_a[0][1:], lists_b[0][1:]):
            return False
        lists_a, lists_b = lists_a[1:], lists_b[1:]
    if a[0] in ORDERED:
        return all(map(same, lists_a, lists_b))
    only_a, only_b = unmatched(lists_a, lists_b)
    return not only_a and not only_b


def unmatched(left, right):
    """What of either has no partner in the other."""
    exact_left, exact_right = Counter(map(repr, left)), Counter(map(repr, right))
    extra_left, extra_right = exact_left - exact_right, exact_right - exact_left
    if not extra_left and not extra_right:
        return [], []

    def rest(items, extra):
        found = []
        for item in items:
            if extra[repr(item)] > 0:
                extra[repr(item)] -= 1
                found.append(item)
        return found

    left, right = rest(left, extra_left), rest(right, extra_right)
    buckets = defaultdict(list)
    for item in right:
        buckets[words(item)].append(item)
    lonely = []
    for item in left:
        bucket = buckets[words(item)]
        for i, other in enumerate(bucket):
            if same(item, other):
                del bucket[i]
                break
        else:
            lonely.append(item)
    return lonely, [item for bucket in buckets.values() for item in bucket]


def without_kicads_own(node):
    """Less what KiCad changes by reading a board: the table of layers gets names for people, and
    tracks take the net of any pad that they meet, the first of several."""
    if node[0] == "layers":
        return [node[0], *(layer[:3] for layer in node[1:])]
    if node[0] in ("segment", "arc", "via"):
        return [child for child in node if child[0] != "net"]
    return node


def placed_fields(path, n_footprints):
    """By footprint, the fields whose place the file tells; KiCad makes up that of the others."""
    with open(path, encoding="utf-8", errors="replace") as board:
        text = board.read()
    found = re.search(r"\(version (\d+)\)", text[:1000])
    if not found or int(found.group(1)) < FIELDS_HAVE_PLACES:
        return [ALWAYS_PLACED] * n_footprints
    return [{field[1] for field in children(node, "property")} | ALWAYS_PLACED
            for node in children(parse(text), "footprint")]


def footprints_in_order(tree, identifiers_in_order, fields):
    by_identifier = {value(node, "uuid") or value(node, "tstamp"): node
                     for node in children(tree, "footprint")}
    if len(by_identifier) != len(identifiers_in_order):
        raise ValueError("two footprints have the same identifier")
    return [clean([child[:3] if child[0] == "property" and child[1] not in placed else child
                   for child in by_identifier[identifier]])
            for identifier, placed in zip(identifiers_in_order, fields)]


def excerpt(node):
    text = json.dumps(node)
    return text if len(text) < 400 else text[:400] + "…"


def compare(names, wanted_tree, wanted, saved_tree, saved):
    result = {"footprints": len(names), "items": 0, "wrong_items": 0, "wrong_board_items": 0,
              "examples": []}

    def note(name, lonely_wanted, lonely_saved):
        for text, lonely in (("KiCad", lonely_wanted), ("saved", lonely_saved)):
            for node in lonely[:2]:
                if len(result["examples"]) < MAX_EXAMPLES:
                    result["examples"].append(f"{name}: {text} alone has {excerpt(node)}")

    for name, left, right in zip(names, wanted, saved):
        (atoms_a, lists_a), (atoms_b, lists_b) = parts(left), parts(right)
        lonely = unmatched(lists_a, lists_b)
        result["items"] += len(lists_a)
        result["wrong_items"] += max(map(len, lonely)) + (atoms_a != atoms_b)
        note(name, *lonely)
    others = [[clean(without_kicads_own(node)) for node in parts(tree)[1]
               if node[0] not in IGNORED | {"footprint"}] for tree in (wanted_tree, saved_tree)]
    lonely = unmatched(*others)
    result["items"] += len(others[0])
    result["wrong_board_items"] = max(map(len, lonely))
    note("board", *lonely)
    return result


def judge(original_path, table_path, saved_path):
    with open(table_path, encoding="utf-8", newline="") as table:
        rows = list(csv.DictReader(table))
    original, saved = load(original_path), load(saved_path)
    footprints = list(original.GetFootprints())
    if len(footprints) != len(rows) or len(rows) != len(list(saved.GetFootprints())):
        return {"footprints": len(footprints), "wrong_items": 1, "wrong_board_items": 0,
                "items": 0, "flipped": 0,
                "examples": [f"{len(rows)} poses, {len(footprints)} footprints before and "
                             f"{len(list(saved.GetFootprints()))} after"]}
    flipped = sum([pose(footprint, row) for footprint, row in zip(footprints, rows)])
    with tempfile.TemporaryDirectory() as folder:
        trees = [save_and_parse(board, pathlib.Path(folder, f"{name}.kicad_pcb"))
                 for name, board in (("wanted", original), ("saved", saved))]
    fields = placed_fields(original_path, len(rows))
    wanted, after = (footprints_in_order(tree, identifiers(board), fields)
                     for tree, board in zip(trees, (original, saved)))
    result = compare([row["reference"] for row in rows], trees[0], wanted, trees[1], after)
    result["flipped"] = flipped
    return result


def main(arguments):
    if len(arguments) != 3:
        sys.exit(__doc__)
    try:
        result = judge(*arguments)
    except Unreadable as error:
        print(json.dumps({"unreadable": str(error)}))
        return 2
    print(json.dumps(result, indent=1, ensure_ascii=False))
    return 1 if result["wrong_items"] or result["wrong_board_items"] else 0


if __name__ == "__main__":
    status = main(sys.argv[1:])
    sys.stdout.flush()
    # KiCad's own clean-up at exit crashes with some boards; there is nothing left to do.
    os._exit(status)
