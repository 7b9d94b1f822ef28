# SPDX-License-Identifier: GPL-3.0-or-later
"""Programs as a screen reader sees them, by AT-SPI. An item is a (bus name, object path).

What is asked of many items is asked at once: one answer after the other would take a test most of
its time, since each is a turn of the program's main loop."""

from gi.repository import Gio, GLib

STATE_VISIBLE = 30

ACCESSIBLE = "org.a11y.atspi.Accessible"
PROPERTIES = "org.freedesktop.DBus.Properties"

# Questions: (interface, method, parameters).
NAME = PROPERTIES, "Get", GLib.Variant("(ss)", (ACCESSIBLE, "Name"))
DESCRIPTION = PROPERTIES, "Get", GLib.Variant("(ss)", (ACCESSIBLE, "Description"))
ROLE = ACCESSIBLE, "GetRoleName", None
CHILDREN = ACCESSIBLE, "GetChildren", None
STATE = ACCESSIBLE, "GetState", None
# To the end, however long it is.
TEXT = "org.a11y.atspi.Text", "GetText", GLib.Variant("(ii)", (0, 2 ** 20))

# Lists have thousands of cells: see rows().
TABLE = "tree grid"


class Node:
    """A visible item and what is visible below it."""

    def __init__(self, item):
        self.item = item
        self.name = self.role = self.text = None
        self.children = []

    def all(self):
        """Itself and all below, in their order."""
        yield self
        for child in self.children:
            yield from child.all()


class Accessible:
    """What programs tell on the accessibility bus at an address."""

    def __init__(self, address, patience_s):
        flags = (Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT
                 | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION)
        self._bus = Gio.DBusConnection.new_for_address_sync(address, flags, None, None)
        self._patience_ms = patience_s * 1000

    def close(self):
        """No more is asked."""
        self._bus.set_exit_on_close(False)
        self._bus.close_sync(None)

    def _ask(self, questions):
        """What the methods return, of [(item, interface, method, parameters)]; None where the item
        went away meanwhile."""
        answers = [None] * len(questions)
        waiting = len(questions)

        def take(bus, result, index):
            nonlocal waiting
            waiting -= 1
            try:
                answers[index] = bus.call_finish(result).unpack()
            except GLib.Error:
                pass

        for index, ((name, path), interface, method, parameters) in enumerate(questions):
            self._bus.call(name, path, interface, method, parameters, None,
                           Gio.DBusCallFlags.NO_AUTO_START, self._patience_ms, None, take, index)
        while waiting:
            GLib.MainContext.default().iteration(True)
        return answers

    def children(self, *items):
        """The lists of children of each, one after the other."""
        answers = self._ask([(item, *CHILDREN) for item in items])
        return [answer[0] if answer else [] for answer in answers]

    def texts(self, *items):
        """None where there is none, or the item went away meanwhile."""
        return [answer and answer[0] for answer in self._ask([(item, *TEXT) for item in items])]

    def description(self, item):
        """What is told of it beside its name."""
        answer, = self._ask([(item, *DESCRIPTION)])
        return answer and answer[0]

    def have_state(self, *items, state):
        """Whether each has it."""
        answers = self._ask([(item, *STATE) for item in items])
        return [bool(answer and answer[0][0] >> state & 1) for answer in answers]

    def _fill(self, nodes, questions):
        """Tells the nodes what they are; returns those to be filled next."""
        answers = self._ask([(node.item, *question) for node in nodes for question in questions])
        below = []
        for i, node in enumerate(nodes):
            mine = answers[i * len(questions):(i + 1) * len(questions)]
            node.name, node.role, children, *text = (answer and answer[0] for answer in mine)
            node.text = text[0] if text else None
            if node.role != TABLE:
                below += [(node, child) for child in children or []]
        seen = self.have_state(*(child for _, child in below), state=STATE_VISIBLE)
        added = []
        for (node, child), visible in zip(below, seen):
            if visible:
                node.children.append(Node(child))
                added.append(node.children[-1])
        return added

    def windows(self, with_texts):
        """The windows of all programs, as trees of nodes."""
        root = ("org.a11y.atspi.Registry", "/org/a11y/atspi/accessible/root")
        programs = self.children(root)[0]
        windows = [window for found in self.children(*programs) for window in found]
        seen = self.have_state(*windows, state=STATE_VISIBLE)
        nodes = [Node(window) for window, visible in zip(windows, seen) if visible]
        level = nodes
        while level:
            level = self._fill(level, [NAME, ROLE, CHILDREN] + ([TEXT] if with_texts else []))
        return nodes
