# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads S-expressions into nested lists; a string keeps its quotes."""

import re

TOKEN = re.compile(r'\(|\)|"(?:[^"\\]|\\.)*"|[^\s()"]+')


def parse(text):
    stack = [[]]
    for match in TOKEN.finditer(text):
        token = match.group()
        if token == "(":
            stack.append([])
        elif token == ")":
            done = stack.pop()
            stack[-1].append(done)
        else:
            stack[-1].append(token)
    if len(stack) != 1 or len(stack[0]) != 1:
        raise ValueError("not one whole S-expression")
    return stack[0][0]


def children(node, *names):
    return [child for child in node if isinstance(child, list) and child[0] in names]


def value(node, name):
    """The first atom of the first child of this name, without quotes; None if there is none."""
    found = children(node, name)
    return found[0][1].strip('"') if found and len(found[0]) > 1 else None


def properties(node):
    return {child[1].strip('"'): child[2].strip('"') for child in children(node, "property")}
