#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""boardwalk serve: the lines it prints, the port, and its end."""

import re
import signal
import socket
import subprocess
import unittest
import urllib.request

import tap
from program import BOARDWALK, ENVIRONMENT, SMALL, run


class Serve(unittest.TestCase):
    def serve(self, *arguments):
        program = subprocess.Popen([BOARDWALK, "serve", str(SMALL), *arguments], text=True,
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                   stdin=subprocess.DEVNULL, env=ENVIRONMENT)
        self.addCleanup(program.communicate)
        self.addCleanup(program.kill)
        lines = [program.stdout.readline() for _ in range(3)]
        return program, lines

    def test_it_prints_where_to_watch_and_to_control(self):
        program, lines = self.serve("--port", "0")
        page = r"(http://127\.0\.0\.1:\d+/s/[\w-]+/)#([\w-]{43})\n"
        watch = re.fullmatch("Watch:   " + page, lines[0])
        control = re.fullmatch("Control: " + page, lines[1])
        self.assertIsNotNone(watch, lines)
        self.assertIsNotNone(control, lines)
        self.assertNotEqual(watch.group(2), control.group(2))
        self.assertRegex(lines[2], r"^Stream:  ws://127\.0\.0\.1:\d+/s/[\w-]+/ws "
                                   r"\(Authorization: Bearer [\w-]{43}\)\n$")
        with urllib.request.urlopen(watch.group(1), timeout=10) as page:
            self.assertIn("text/html", page.headers["Content-Type"])
        request = urllib.request.Request(watch.group(1) + "board",
                                         headers={"Authorization": "Bearer " + watch.group(2)})
        with urllib.request.urlopen(request, timeout=10) as board:
            self.assertIn("application/json", board.headers["Content-Type"])
        program.send_signal(signal.SIGINT)
        self.assertEqual(program.wait(timeout=30), 0)

    def test_once_ends_with_the_run(self):
        done = run("serve", SMALL, "--port", "0", "--once", "--iterations", "200")
        self.assertEqual(done.returncode, 0, done.stderr)

    def test_stats_are_told_if_asked_for(self):
        program, _ = self.serve("--port", "0", "--stats")
        self.assertRegex(program.stdout.readline(),
                         r"^Stats:   clients=0 frames=0 bytes=0 rate=0\.0 stalls=0 denials=0 "
                         r"uptime=\d+\n$")
        program.send_signal(signal.SIGINT)
        self.assertEqual(program.wait(timeout=30), 0)

    def test_an_open_host_is_said_and_this_computer_is_not(self):
        program, _ = self.serve("--port", "0", "--host", "0.0.0.0")
        program.send_signal(signal.SIGINT)
        self.assertIn("open to every network", program.communicate(timeout=30)[1])
        program, _ = self.serve("--port", "0", "--host", "localhost")
        program.send_signal(signal.SIGINT)
        self.assertNotIn("is open to", program.communicate(timeout=30)[1])

    def test_a_port_in_use_is_named_with_the_next_free_one(self):
        with socket.create_server(("127.0.0.1", 0)) as taken:
            port = taken.getsockname()[1]
            done = run("serve", SMALL, "--port", port)
        self.assertEqual(done.returncode, 1)
        self.assertIn(str(port), done.stderr)
        offered = [int(word) for word in re.findall(r"\d+", done.stderr) if int(word) != port]
        self.assertTrue(offered, done.stderr)
        with socket.create_server(("127.0.0.1", offered[-1])):
            pass


if __name__ == "__main__":
    tap.main(__name__)
