#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Sharing from the window, driven by keys, with others connected to it."""

import asyncio
import json
import pathlib
import re
import socket
import subprocess
import sys
import urllib.error
import urllib.request

import websockets

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))

import tap  # pylint: disable=wrong-import-position
from desktop import BOARDWALK, PATIENCE_S, wait_for  # pylint: disable=wrong-import-position
from window_case import RUN, STOP, WindowCase, footprints  # pylint: disable=wrong-import-position

# Of the first who comes, on a light board.
ANN = "#18AB40"
LINK = r"^https?://[^/]+/s/\w+/#[\w-]{43}$"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Client:
    """Somebody who watches: in plain JSON, or, with a name, as our own page does."""

    def __init__(self, link, name=None):
        self.loop = asyncio.new_event_loop()
        try:
            self.socket = self._run(self._connect(*link.removeprefix("http").split("#"),
                                                  name and ["boardwalk.1"]))
        except BaseException:
            self.loop.close()
            raise
        if name:
            self.say({"type": "hello", "name": name})

    @staticmethod
    async def _connect(where, token, protocols):
        return await websockets.connect(f"ws{where}ws", ping_interval=None, subprotocols=protocols,
                                        extra_headers={"Authorization": f"Bearer {token}"})

    def _run(self, coroutine):
        return self.loop.run_until_complete(asyncio.wait_for(coroutine, PATIENCE_S))

    def say(self, message):
        self._run(self.socket.send(json.dumps(message)))

    def send(self, kind):
        self.say({"type": kind})

    def hear(self, wanted):
        """The first message from now on that is wanted."""
        while True:
            message = self._run(self.socket.recv())
            if isinstance(message, str) and wanted(message := json.loads(message)):
                return message

    def hear_close(self):
        """The code that the server closes with."""
        try:
            self.hear(lambda message: False)
        except websockets.ConnectionClosed as closed:
            return closed.code

    def command(self, command, **about):
        self.say({"type": "command", "cmd_id": 1, "command": command, **about})

    def close(self):
        self._run(self.socket.close())
        self.loop.close()


class Sharing(WindowCase):
    def share(self):
        """Returns the links to watch and to control."""
        self.open("--share", "--port", str(free_port()))
        return self.links()

    def links(self):
        return wait_for(lambda: len(found := [text for text in self.desktop.texts()
                                              if re.match(LINK, text)]) == 2 and found,
                        "the links")

    def close_popover(self):
        """Keys that follow at once would still go there."""
        self.desktop.key("Escape")
        wait_for(lambda: not any(re.match(LINK, text) for text in self.desktop.texts()),
                 "the popover to go")

    def connect(self, link, name=None):
        client = Client(link, name)
        self.addCleanup(client.close)
        return client

    def press(self, role, name):
        self.desktop.tab_to(role, name)
        self.desktop.key("space")

    def test_who_is_promoted_may_control_the_run_until_demoted(self):
        desktop = self.desktop
        client = self.connect(self.share()[0])
        desktop.wait_for_text("^1 viewer connected$")
        desktop.wait_for_text(r"^127\.0\.0\.1:\d+ · ")
        desktop.activate("run")
        desktop.wait_for_run_state("running")
        desktop.activate("run")
        desktop.wait_for_run_state("paused")
        client.send("resume")
        client.hear(lambda message: message.get("status") == "error")
        self.assertEqual("paused", desktop.run_state())

        self.press("button", "Let Guest 1 Control")
        desktop.wait_for_text("^Controls$")
        client.send("resume")
        desktop.wait_for_run_state("running")
        client.send("pause")
        desktop.wait_for_run_state("paused")

        self.press("button", "Let Guest 1 Control")
        desktop.wait_for_text("^Watches$")
        client.send("resume")
        client.hear(lambda message: message.get("status") == "error")
        self.assertEqual("paused", desktop.run_state())

    def test_who_is_disconnected_is_gone_and_the_others_stay(self):
        desktop = self.desktop
        watch = self.share()[0]
        first, second = self.connect(watch), self.connect(watch)
        desktop.wait_for_text("^2 viewers connected$")
        self.press("button", "Disconnect Guest 1")
        self.assertEqual(1008, first.hear_close())
        desktop.wait_for_text("^1 viewer connected$")
        self.assertIsNone(desktop.find("button", "Disconnect Guest 1"))
        second.send("ping")
        second.hear(lambda message: message["type"] == "pong")

    def test_a_renewed_link_closes_on_those_who_came_by_the_old_one(self):
        desktop = self.desktop
        watch, control = self.share()
        watcher, controller = self.connect(watch), self.connect(control)
        desktop.wait_for_text("^2 viewers connected$")
        self.press("button", "Renew Link to Watch")
        desktop.wait_for_text("and 1 viewer who came by it")
        desktop.key("space")
        self.assertEqual(1008, watcher.hear_close())
        desktop.wait_for_text("^1 viewer connected$")
        with self.assertRaises(websockets.InvalidStatusCode) as refused:
            Client(watch)
        self.assertEqual(401, refused.exception.status_code)
        new_watch, same_control = self.links()
        self.assertNotEqual(watch, new_watch)
        self.assertEqual(control, same_control)
        self.connect(new_watch).hear(lambda message: message["type"] == "frame")
        controller.send("ping")
        controller.hear(lambda message: message["type"] == "pong")

    def test_a_link_can_be_taken_out_of_use_and_be_left_as_it_is(self):
        desktop = self.desktop
        watch, control = self.share()
        self.press("button", "Renew Link to Watch and Control")
        desktop.wait_for_text("will open nothing any more.$")
        self.press("button", "Keep It")
        wait_for(lambda: not desktop.find("button", "Keep It"), "the question to go")
        self.assertEqual([watch, control], self.links())
        self.press("button", "Renew Link to Watch and Control")
        self.press("button", "Have No Link")
        wait_for(lambda: control not in desktop.texts(), "the link to go")
        with self.assertRaises(websockets.InvalidStatusCode) as refused:
            Client(control)
        self.assertEqual(401, refused.exception.status_code)
        self.connect(watch)
        desktop.wait_for_text("^1 viewer connected$")

    def index_of(self, reference):
        """Of a part, in the order of the file."""
        return list(footprints(self.board_text)).index(reference)

    def test_a_part_in_another_hand_is_shown_and_stays_there(self):
        desktop = self.desktop
        ann = self.connect(self.share()[1], "Ann")
        part = self.index_of("U4")
        desktop.wait_for_text("^Ann$")
        self.close_popover()
        self.select("u4")
        before = self.position()
        self.assertFalse(self.shows(ANN))
        ann.say({"type": "grab", "parts": [part]})
        self.assertEqual([part], ann.hear(lambda said: said["type"] == "grabbed")["parts"])
        wait_for(lambda: self.shows(ANN), "the part to be shown in her hand")
        desktop.key("m", "Right", "Return", "r")
        desktop.wait_for_text("^Ann holds U4$")
        self.assertFalse(desktop.enabled("undo"))
        self.assertEqual(before, self.position())

        ann.command("move", part=part, x=120000000, y=80000000)
        desktop.wait_for_text("^Ann moved U4$")
        wait_for(lambda: self.position() == "120.000 mm, 80.000 mm", "the part to be moved")
        ann.say({"type": "grab", "parts": []})
        ann.hear(lambda said: said["type"] == "grabbed")
        desktop.key("m", "Right")
        ann.command("move", part=part, x=1, y=1)
        self.assertEqual("taken", ann.hear(lambda said: said["type"] == "answer"
                                           and said["result"] != "accepted")["result"])
        desktop.key("Return")
        self.assertEqual("120.500 mm, 80.000 mm", self.position())
        ann.command("move", part=part, x=130000000, y=80000000)
        wait_for(lambda: self.position() == "130.000 mm, 80.000 mm", "the hand to be empty")
        # What she did is undone like what was done here.
        desktop.key("ctrl+z")
        desktop.wait_for_text("^Undone: what Ann did$")
        self.assertEqual("120.500 mm, 80.000 mm", self.position())
        desktop.key("ctrl+shift+z")
        wait_for(lambda: self.position() == "130.000 mm, 80.000 mm", "it to be done again")

    def shows(self, color):
        """Whether something on the screen has this colour."""
        return color in self.desktop.run("convert", "x:root", "-depth", "8", "-format", "%c",
                                         "histogram:info:")

    def kept_of(self, reference):
        """What is kept aside of a part, "X,Y,ROTATION"; None: nothing is."""
        kept = pathlib.Path(self.desktop.home.name, "boardwalk/recovery").glob("*.poses")
        for path in kept:
            found = re.search(rf"^{reference},(.*),", path.read_text("utf-8"), re.MULTILINE)
            return found and found.group(1)
        return None

    def test_what_is_dragged_in_a_browser_is_kept_once_it_is_let_go(self):
        desktop = self.desktop
        ann = self.connect(self.share()[1], "Ann")
        part = self.index_of("U4")
        self.close_popover()
        self.select("u4")
        ann.say({"type": "grab", "parts": [part]})
        ann.hear(lambda said: said["type"] == "grabbed")
        ann.command("move", part=part, x=120000000, y=80000000)
        desktop.wait_for_title("• board.kicad_pcb")
        wait_for(lambda: self.position() == "120.000 mm, 80.000 mm", "the part on its way")
        desktop.wait_for_text("^Ann moved U4$")
        self.assertIsNone(self.kept_of("U4"))
        ann.command("move", part=part, x=130000000, y=80000000)
        ann.say({"type": "grab", "parts": []})
        kept = wait_for(lambda: self.kept_of("U4"), "the part to be kept")
        self.assertEqual("130,80", kept.rpartition(",")[0])

    def test_the_pointers_of_others_are_shown_and_what_they_do_is_told(self):
        desktop = self.desktop
        ann = self.connect(self.share()[1], "Ann")
        desktop.wait_for_text("^Ann$")
        self.close_popover()
        ann.say({"type": "cursor", "x": 120000000, "y": 80000000})
        wait_for(lambda: self.shows(ANN), "her pointer")
        ann.command("start")
        desktop.wait_for_text("^Ann started the run$")
        ann.command("stop")
        desktop.wait_for_text("^Ann stopped the run$")
        desktop.wait_for_title("• board.kicad_pcb")
        desktop.key("ctrl+z")
        desktop.wait_for_text("^Undone: what Ann did$")
        desktop.wait_for_title("board.kicad_pcb")
        ann.say({"type": "cursor"})
        wait_for(lambda: not self.shows(ANN), "her pointer to go")

    def test_a_phone_gets_a_code_where_it_can_reach_the_board(self):
        desktop = self.desktop
        self.share()
        self.assertIsNone(desktop.find("button", "Show QR Code"))
        self.press("switch", "Share This Board")
        wait_for(lambda: desktop.find("checkbox", "Encrypt"), "the options")
        desktop.tab_to("button", "Listen On")
        desktop.key("space", "Down", "Return")
        desktop.wait_for_text("^Every computer that reaches this one can knock")
        desktop.wait_for_text("^Whoever has a link sees the run live in a browser; nothing is")
        self.press("switch", "Share This Board")
        self.assertNotIn("//127.", self.links()[0])
        self.press("button", "Show QR Code")
        wait_for(lambda: desktop.find("image", "QR Code of the Link"), "the code")

    def test_a_host_that_was_named_is_chosen_and_can_be_changed(self):
        desktop = self.desktop
        self.open("--share", "--host", "127.0.0.9", "--port", str(free_port()))
        self.assertIn("//127.0.0.9:", self.links()[0])
        self.press("switch", "Share This Board")
        desktop.wait_for_text("^127.0.0.9$")
        desktop.tab_to("button", "Listen On")
        desktop.key("space", "Home", "Return")
        desktop.wait_for_text("^This Computer Only$")
        self.press("switch", "Share This Board")
        self.assertIn("//127.0.0.1:", self.links()[0])

    def test_a_board_is_shared_encrypted_with_a_fingerprint_to_compare(self):
        desktop = self.desktop
        self.open("--port", str(free_port()))
        desktop.key("ctrl+shift+h")
        self.press("checkbox", "Encrypt")
        self.press("switch", "Share This Board")
        self.assertTrue(self.links()[0].startswith("https://"))
        desktop.wait_for_text("^[0-9A-F]{2}(:[0-9A-F]{2}){31}$")

    def ask_for_placed(self, link):
        """(the status of the answer, what it holds)"""
        where, token = link.split("#")
        request = urllib.request.Request(where + "placed",
                                         headers={"Authorization": f"Bearer {token}"})
        try:
            with urllib.request.urlopen(request, timeout=PATIENCE_S) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            error.close()
            return error.code, ""

    def test_viewers_download_the_board_where_that_is_let(self):
        desktop = self.desktop
        self.open("--port", str(free_port()))
        desktop.key("ctrl+shift+h")
        self.press("switch", "Share This Board")
        self.assertEqual(403, self.ask_for_placed(self.links()[0])[0])
        self.press("switch", "Share This Board")
        wait_for(lambda: desktop.find("checkbox", "Let Viewers Download the Placed Board"),
                 "the options")
        self.press("checkbox", "Let Viewers Download the Placed Board")
        self.press("switch", "Share This Board")
        status, text = self.ask_for_placed(self.links()[0])
        self.assertEqual(200, status)
        self.assertEqual(self.board_text, text)

    def test_keys_of_the_run_count_while_the_links_are_on_show(self):
        desktop = self.desktop
        self.share()
        desktop.key(RUN)
        desktop.wait_for_run_state("running")
        desktop.key(STOP)
        desktop.wait_for_run_state("stopped", "finished")

    def test_port_0_is_any_free_one_and_what_is_no_port_is_refused(self):
        with socket.socket() as taken:
            # Were 0 not heeded, the usual one would be in the way.
            taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                taken.bind(("127.0.0.1", 8765))
                taken.listen()
            except OSError:
                pass  # Somebody else has it.
            self.open("--share", "--port", "0")
            self.assertNotIn(":8765/", self.links()[0])
        for port in ("65536", "-1", "http", ""):
            refused = subprocess.run([BOARDWALK, "--share", f"--port={port}", self.board],
                                     env=self.desktop.environment, capture_output=True, text=True,
                                     check=False, timeout=PATIENCE_S)
            self.assertEqual(2, refused.returncode, port)
            self.assertIn("--port takes a number from 0", refused.stderr)

    def test_a_port_in_use_is_named_and_the_next_free_one_offered(self):
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            taken.listen()
            port = taken.getsockname()[1]
            self.open("--share", "--port", str(port))
            self.desktop.wait_for_text(rf"^Port {port} is in use")
            self.desktop.wait_for_text(r"^Use Port \d+")


if __name__ == "__main__":
    tap.main(__name__, at_once=2)
