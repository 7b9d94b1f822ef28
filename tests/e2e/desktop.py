# SPDX-License-Identifier: GPL-3.0-or-later
"""A desktop of its own for a test: X server, window manager, session bus; and the real program on
it, driven by keys, seen as a screen reader sees it (AT-SPI) and by its actions' states (D-Bus)."""

import os
import pathlib
import re
import signal
import subprocess
import tempfile
import time

from gi.repository import Gio, GLib

from accessible import Accessible

BOARDWALK = os.environ["BOARDWALK"]
BUILD = pathlib.Path(os.environ["BW_BUILD_ROOT"])
APPLICATION = os.environ["BW_APPLICATION_ID"]
OBJECT = "/" + APPLICATION.replace(".", "/").replace("-", "_")
STATE_FOCUSED = 12
NOTIFICATIONS = "org.freedesktop.Notifications"
NOTIFY = f"""<node><interface name="{NOTIFICATIONS}">
  <method name="Notify">
    <arg type="s" direction="in"/><arg type="u" direction="in"/><arg type="s" direction="in"/>
    <arg type="s" direction="in"/><arg type="s" direction="in"/><arg type="as" direction="in"/>
    <arg type="a{{sv}}" direction="in"/><arg type="i" direction="in"/>
    <arg type="u" direction="out"/>
  </method>
  <method name="CloseNotification"><arg type="u" direction="in"/></method>
</interface></node>"""
PORTAL = "org.freedesktop.portal.Desktop"
PORTAL_PATH = "/org/freedesktop/portal/desktop"
SETTINGS = "org.freedesktop.portal.Settings"
APPEARANCE = f"""<node><interface name="{SETTINGS}">
  <method name="Read">
    <arg type="s" direction="in"/><arg type="s" direction="in"/><arg type="v" direction="out"/>
  </method>
  <signal name="SettingChanged"><arg type="s"/><arg type="s"/><arg type="v"/></signal>
</interface></node>"""
# Nothing that passes waits for so long, on however busy a machine.
PATIENCE_S = 180


class Timeout(AssertionError):
    """What was waited for did not come."""


def wait_for(condition, what, patience_s=PATIENCE_S):
    """Asks again and again until the condition holds; returns what it gave."""
    end = time.monotonic() + patience_s
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > end:
            raise Timeout(f"waited {patience_s} s in vain for {what}")
        time.sleep(0.05)


class Desktop:
    """Use it with `with`: all that it started is gone at the end."""

    def __init__(self):
        self.programs = []
        self.home = tempfile.TemporaryDirectory(prefix="boardwalk-test-")
        self.environment = dict(
            os.environ, HOME=self.home.name, XDG_RUNTIME_DIR=self.home.name,
            XDG_CONFIG_HOME=self.home.name, XDG_DATA_HOME=self.home.name,
            XDG_STATE_HOME=self.home.name, XDG_CACHE_HOME=self.home.name,
            LC_ALL="C.UTF-8", LANGUAGE="C",
            # Software that is the same on every machine.
            GDK_BACKEND="x11", GSK_RENDERER="cairo", GTK_USE_PORTAL="0",
            GSETTINGS_BACKEND="memory", GSETTINGS_SCHEMA_DIR=str(BUILD / "data"),
            NO_AT_BRIDGE="0")
        for name in ("WAYLAND_DISPLAY", "GTK_THEME", "AT_SPI_BUS_ADDRESS"):
            self.environment.pop(name, None)
        os.chmod(self.home.name, 0o700)
        self.bus = None
        self.accessibility = None

    def __enter__(self):
        try:
            self._start_display()
            self._start_bus()
            self._start_window_manager()
        except BaseException:
            self.__exit__(None, None, None)
            raise
        return self

    def __exit__(self, *_):
        if self.bus:
            self.bus.set_exit_on_close(False)
            self.bus.close_sync(None)
        if self.accessibility:
            self.accessibility.close()
        for program in reversed(self.programs):
            try:
                os.killpg(program.pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
            program.wait()
        self.home.cleanup()

    def _spawn(self, *arguments, **options):
        options.setdefault("stderr", subprocess.DEVNULL)
        program = subprocess.Popen(list(map(str, arguments)), env=self.environment,
                                   stdin=subprocess.DEVNULL, start_new_session=True, **options)
        self.programs.append(program)
        return program

    def _start_display(self):
        read, write = os.pipe()
        # Without -noreset the server starts anew when its only client leaves: whoever was about
        # to connect (the window manager, while xprop asked for it) is thrown out.
        self._spawn("Xvfb", "-displayfd", write, "-screen", "0", "1280x860x24", "-nolisten", "tcp",
                    "-noreset", pass_fds=[write], stdout=subprocess.DEVNULL)
        os.close(write)
        with os.fdopen(read) as pipe:
            number = pipe.readline().strip()
        if not number:
            raise AssertionError("Xvfb did not start")
        self.environment["DISPLAY"] = ":" + number

    def _start_bus(self):
        bus = self._spawn("dbus-daemon", "--session", "--nofork", "--print-address",
                          stdout=subprocess.PIPE, text=True)
        address = bus.stdout.readline().strip()
        if not address:
            raise AssertionError("dbus-daemon did not start")
        self.environment["DBUS_SESSION_BUS_ADDRESS"] = address
        self.bus = self._connect(address)

    def _start_window_manager(self):
        manager = self._spawn("openbox", "--sm-disable", stdout=subprocess.DEVNULL)
        wait_for(lambda: manager.poll() is not None or "_NET_SUPPORTING_WM_CHECK(WINDOW)" in
                 self.run("xprop", "-root", "_NET_SUPPORTING_WM_CHECK"), "openbox")
        if manager.poll() is not None:
            raise AssertionError(f"openbox ended with status {manager.returncode}")

    def run(self, *arguments, check=False):
        """What a helper program prints."""
        return subprocess.run(list(map(str, arguments)), env=self.environment, check=check,
                              capture_output=True, text=True, timeout=PATIENCE_S).stdout

    # The program.

    def start(self, *arguments):
        """Starts boardwalk, and waits until it has a window that takes keys."""
        log = open(os.path.join(self.home.name, "boardwalk.log"), "ab")
        program = self._spawn(BOARDWALK, *arguments, stdout=log, stderr=log)
        log.close()
        wait_for(lambda: program.poll() is not None or self.titles(), "a window")
        if program.poll() is not None:
            raise AssertionError(f"boardwalk ended: {self.log()}")
        return program

    def log(self):
        with open(os.path.join(self.home.name, "boardwalk.log"), encoding="utf-8") as log:
            return log.read()

    def receive_notifications(self):
        """Takes them as a desktop does. Returns what tells those that came: [(title, text)]."""
        told = []

        def receive(_bus, _sender, _path, _interface, method, parameters, invocation):
            if method == "Notify":
                told.append(tuple(parameters.unpack()[3:5]))
            invocation.return_value(GLib.Variant("(u)", (len(told),)) if method == "Notify"
                                    else None)

        def until_now():
            self._answer()
            return told

        self._offer(NOTIFICATIONS, "/" + NOTIFICATIONS.replace(".", "/"), NOTIFY, receive)
        return until_now

    def have_appearance(self, values):
        """Tells, as a desktop's portal does, of “color-scheme” and “contrast”: {name: number}.
        Returns what changes one. Who asks is answered by wait_for_color() alone."""
        now = dict(values)

        def answer(_bus, _sender, _path, _interface, _method, parameters, invocation):
            # A variant in a variant, as portals have it.
            value = GLib.Variant("v", GLib.Variant("u", now[parameters.unpack()[1]]))
            invocation.return_value(GLib.Variant("(v)", (value,)))

        def change(name, number):
            now[name] = number
            told = ("org.freedesktop.appearance", name, GLib.Variant("u", number))
            self.bus.emit_signal(None, PORTAL_PATH, SETTINGS, "SettingChanged",
                                 GLib.Variant("(ssv)", told))

        self._offer(PORTAL, PORTAL_PATH, APPEARANCE, answer)
        return change

    @staticmethod
    def _answer():
        while GLib.MainContext.default().iteration(False):
            pass

    def _offer(self, name, path, description, answer):
        """Is who has this name on the bus."""
        self.bus.register_object(path, Gio.DBusNodeInfo.new_for_xml(description).interfaces[0],
                                 answer, None, None)
        self._call(self.bus, "org.freedesktop.DBus", "/org/freedesktop/DBus",
                   "org.freedesktop.DBus.RequestName", "(su)", name, 0)

    def choose_style(self, style):
        """“light” or “dark”."""
        self._call(self.bus, APPLICATION, OBJECT, "org.gtk.Actions.Activate", "(sava{sv})",
                   "color-scheme", [GLib.Variant("s", style)], {})

    def wait_until_drawn(self):
        """Until two pictures of the screen in a row are the same, or a run keeps it moving."""
        last = None
        for _ in range(10):
            now = self.run("sh", "-c", "import -window root rgb:- | md5sum")
            if now == last:
                return
            last = now

    def wait_for_color(self, color):
        """Until a hundred pixels of the screen have it: “#rrggbb”."""
        def shown():
            self._answer()
            counts = self.run("import", "-window", "root", "-depth", "8", "-format", "%c",
                              "histogram:info:-")
            found = re.search(rf"(\d+): .* {color.upper()} ", counts)
            return found and int(found.group(1)) > 100
        wait_for(shown, f"the colour {color}")

    # What the window manager knows.

    def windows(self):
        """{id: title} of the windows on the screen."""
        ids = re.findall(r"0x[0-9a-f]+", self.run("xprop", "-root", "_NET_CLIENT_LIST"))
        return {window: self.run("xdotool", "getwindowname", window).strip() for window in ids}

    def titles(self):
        return [title for title in self.windows().values() if title]

    def wait_for_title(self, title):
        return wait_for(lambda: next((window for window, found in self.windows().items()
                                      if found == title), None), f"a window “{title}”")

    def active_window(self):
        found = re.search(r"0x[0-9a-f]+", self.run("xprop", "-root", "_NET_ACTIVE_WINDOW"))
        return found and int(found.group(), 16)

    def focus(self, window):
        self.run("xdotool", "windowactivate", window)
        wait_for(lambda: self.active_window() == int(window, 16), "the focus")

    def key(self, *keys):
        self.run("xdotool", "key", "--clearmodifiers", *keys, check=True)

    def type(self, text):
        self.run("xdotool", "type", "--clearmodifiers", "--delay", "5", text, check=True)

    def drag_pointer(self, *places):
        """Along these places of the screen, and a click at the last."""
        moves = [word for x, y in places for word in ("mousemove", "--sync", str(x), str(y))]
        self.run("xdotool", *moves, "click", "1", check=True)

    # What the program's actions tell.

    @staticmethod
    def _connect(address):
        flags = (Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT
                 | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION)
        return Gio.DBusConnection.new_for_address_sync(address, flags, None, None)

    @staticmethod
    def _call(bus, name, path, method, signature="()", *arguments):
        """What the method returns; None where nobody is there to answer."""
        interface, method = method.rsplit(".", 1)
        try:
            return bus.call_sync(name, path, interface, method,
                                 GLib.Variant(signature, arguments), None,
                                 Gio.DBusCallFlags.NO_AUTO_START, PATIENCE_S * 1000,
                                 None).unpack()
        except GLib.Error:
            return None

    def _call_window(self, window, method, *arguments):
        return self._call(self.bus, APPLICATION, f"{OBJECT}/window/{window}",
                          "org.gtk.Actions." + method, *arguments)

    def call_application(self, action):
        """Activates an action of the application."""
        self._call(self.bus, APPLICATION, OBJECT, "org.gtk.Actions.Activate", "(sava{sv})", action,
                   [], {})

    def _describe(self, action, window):
        """(enabled, [state]) of a window's action."""
        answer = self._call_window(window, "Describe", "(s)", action)
        return (answer[0][0], answer[0][2]) if answer else (False, [])

    def run_state(self, window=1):
        state = self._describe("run-state", window)[1]
        return state[0] if state else None

    def enabled(self, action, window=1):
        return self._describe(action, window)[0]

    def state(self, action, window=1):
        return self._describe(action, window)[1]

    def wait_for_run_state(self, *states):
        return wait_for(lambda: (now := self.run_state()) in states and now,
                        f"the run to be {' or '.join(states)}")

    def activate(self, action, window=1, parameter=None):
        parameters = [] if parameter is None else [GLib.Variant("s", parameter)]
        self._call_window(window, "Activate", "(sava{sv})", action, parameters, {})

    # What a screen reader sees.

    def _reader(self):
        if self.accessibility is None:
            answer = self.bus.call_sync("org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus",
                                        "GetAddress", None, None, Gio.DBusCallFlags.NONE,
                                        PATIENCE_S * 1000, None)
            self.accessibility = Accessible(answer.unpack()[0], PATIENCE_S)
        return self.accessibility

    def _nodes(self, with_texts):
        return (node for window in self._reader().windows(with_texts) for node in window.all())

    def texts(self):
        """The names and texts of all that is visible in the program's windows, in their order."""
        return [text for node in self._nodes(True) for text in (node.name, node.text) if text]

    def find(self, role, name):
        """The first that has both and is visible; None: there is none."""
        return next((node.item for node in self._nodes(False)
                     if node.name == name and node.role == role), None)

    def description(self, role, name):
        """What is told of it beside its name."""
        item = self.find(role, name)
        return item and self._reader().description(item)

    def focused(self):
        """(role, name, what is told beside it) of what has the focus; None: nothing seen has."""
        return next(((node.role, node.name, self._reader().description(node.item))
                     for node in self._nodes(False) if self.has_state(node.item, STATE_FOCUSED)),
                    None)

    def tab_to(self, role, name):
        """Goes on by Tab until what has both has the focus."""
        for _ in range(60):
            item = self.find(role, name)
            if item and self.has_state(item, STATE_FOCUSED):
                return item
            self.key("Tab")
        raise Timeout(f"Tab does not get to the {role} “{name}”")

    def rows(self, table):
        """The rows of the list of this name that are on show."""
        view = self.find("tree grid", table)
        # Its first child is the header.
        parts = self._reader().children(view)[0][1:2] if view else []
        return [row for rows in self._reader().children(*parts) for row in rows]

    def text(self, item):
        """None where it went away meanwhile."""
        return self._reader().texts(item)[0]

    def cells(self, *rows):
        """The texts of each of a list's rows."""
        reader = self._reader()
        cells = [(i, cell) for i, found in enumerate(reader.children(*rows)) for cell in found]
        labels = [(i, label) for (i, _), found in
                  zip(cells, reader.children(*(cell for _, cell in cells))) for label in found]
        texts = [[] for _ in rows]
        for (i, _), text in zip(labels, reader.texts(*(label for _, label in labels))):
            texts[i].append(text)
        return texts

    def have_state(self, *items, state):
        """Whether each has it."""
        return self._reader().have_state(*items, state=state)

    def has_state(self, item, state):
        return self.have_state(item, state=state)[0]

    def wait_for_text(self, pattern):
        """The first visible text that the pattern is found in."""
        return wait_for(lambda: next((text for text in self.texts() if re.search(pattern, text)),
                                     None), f"the text “{pattern}”")
