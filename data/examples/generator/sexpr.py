# SPDX-License-Identifier: GPL-3.0-or-later

"""S-expressions laid out the way KiCad 9 lays out its own files.

A node is a list whose first element is its name. Among the others a str is a quoted string, a Word
a bare one, a number a number, a bool `yes` or `no`, and a list a child node.
"""

POINTS_PER_LINE_LIMIT = 99


class Word(str):
    """A token without quotes, such as `smd`."""


def number(value):
    """A length in mm or an angle in degrees with at most six decimals and no trailing zeros."""
    text = f'{value:.6f}'.rstrip('0').rstrip('.')
    return '0' if text in ('', '-0') else text


def atom(value):
    if isinstance(value, bool):
        return 'yes' if value else 'no'
    if isinstance(value, Word):
        return str(value)
    if isinstance(value, str):
        escaped = value.replace('\\', '\\\\').replace('"', '\\"').replace('\n', '\\n')
        return f'"{escaped}"'
    return number(value)


def head(node):
    """The node's name and its atoms, without the closing bracket."""
    atoms = [atom(child) for child in node[1:] if not isinstance(child, list)]
    return '(' + ' '.join([node[0], *atoms])


def points(node, depth):
    """The children of `pts`, as many on a line as fit."""
    lines, line = [], ''
    for child in node[1:]:
        text = head(child) + ')'
        if line and len(line) + depth >= POINTS_PER_LINE_LIMIT:
            lines.append(line)
            line = ''
        line = f'{line} {text}' if line else text
    return lines + [line]


def lines_of(node, depth=0):
    """The lines of a node, indented by tabs."""
    indent = '\t' * depth
    children = [child for child in node[1:] if isinstance(child, list)]
    if not children:
        return [indent + head(node) + ')']
    if node[0] == 'pts':
        inner = [indent + '\t' + line for line in points(node, depth + 1)]
    else:
        inner = [line for child in children for line in lines_of(child, depth + 1)]
    return [indent + head(node), *inner, indent + ')']


def dump(node):
    return '\n'.join(lines_of(node)) + '\n'
