#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""boardwalk serve: the lines it prints, the port, and its end."""

import hashlib
import json
import re
import signal
import socket
import ssl
import subprocess
import tempfile
import unittest
import urllib.request

import tap
from program import BOARDWALK, ENVIRONMENT, MIDDLE, PATIENCE_S, SMALL, run


class Serve(unittest.TestCase):
    def start(self, *arguments, env=None):
        program = subprocess.Popen([BOARDWALK, "serve", *map(str, arguments)], text=True,
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                   stdin=subprocess.DEVNULL, env=env or ENVIRONMENT)
        self.addCleanup(program.communicate)
        self.addCleanup(program.kill)
        return program

    def serve(self, *arguments):
        program = self.start(SMALL, *arguments)
        lines = [program.stdout.readline() for _ in range(4)]
        return program, lines

    def test_it_prints_where_to_watch_and_to_control(self):
        program, lines = self.serve("--port", "0")
        page = r"(http://127\.0\.0\.1:\d+/s/[\w-]+/)#([\w-]{43})\n"
        watch = re.fullmatch("Watch:   " + page, lines[0])
        control = re.fullmatch("Control: " + page, lines[1])
        self.assertIsNotNone(watch, lines)
        self.assertIsNotNone(control, lines)
        self.assertNotEqual(watch.group(2), control.group(2))
        self.assertRegex(lines[3], "^Owner:   " + page + "$")
        self.assertRegex(lines[2], r"^Stream:  ws://127\.0\.0\.1:\d+/s/[\w-]+/ws "
                                   r"\(Authorization: Bearer [\w-]{43}\)\n$")
        with urllib.request.urlopen(watch.group(1), timeout=PATIENCE_S) as page:
            self.assertIn("text/html", page.headers["Content-Type"])
        request = urllib.request.Request(watch.group(1) + "board",
                                         headers={"Authorization": "Bearer " + watch.group(2)})
        with urllib.request.urlopen(request, timeout=PATIENCE_S) as board:
            self.assertIn("application/json", board.headers["Content-Type"])
        program.send_signal(signal.SIGINT)
        self.assertEqual(program.wait(timeout=PATIENCE_S), 0)

    def test_several_boards_share_a_port_and_a_link_opens_one_or_all(self):
        program = self.start(SMALL, MIDDLE, "--port", "0")
        lines = [program.stdout.readline().split(maxsplit=1) for _ in range(14)]
        self.assertEqual(lines[0], ["Board:", SMALL.name + "\n"])
        self.assertEqual(lines[5], ["Board:", MIDDLE.name + "\n"])
        self.assertEqual(lines[10], ["All", "boards:\n"])

        def names_for(link):
            base, token = link.strip().split("#")
            root = base.split("/s/")[0] + "/"
            request = urllib.request.Request(root.rstrip("/") + "/api/sessions",
                                             headers={"Authorization": "Bearer " + token})
            with urllib.request.urlopen(request, timeout=PATIENCE_S) as answer:
                return [session["name"] for session in json.load(answer)["sessions"]]

        self.assertEqual(names_for(lines[1][1]), [SMALL.name])
        self.assertEqual(names_for(lines[6][1]), [MIDDLE.name])
        self.assertEqual(names_for(lines[11][1]), [MIDDLE.name, SMALL.name])
        program.send_signal(signal.SIGINT)
        self.assertEqual(program.wait(timeout=PATIENCE_S), 0)

    def test_once_with_several_boards_ends_with_the_last(self):
        done = run("serve", SMALL, SMALL, "--port", "0", "--once", "--iterations", "200")
        self.assertEqual(done.returncode, 0, done.stderr)

    def test_tls_shows_the_certificate_whose_fingerprint_is_printed(self):
        with tempfile.TemporaryDirectory() as folder:
            environment = dict(ENVIRONMENT, XDG_DATA_HOME=folder)
            fingerprints = []
            for _ in range(2):
                program = self.start(SMALL, "--port", "0", "--tls", env=environment)
                lines = [program.stdout.readline() for _ in range(5)]
                port = int(re.match(r"Watch:   https://127\.0\.0\.1:(\d+)/", lines[0]).group(1))
                pem = ssl.get_server_certificate(("127.0.0.1", port))
                digest = hashlib.sha256(ssl.PEM_cert_to_DER_cert(pem)).digest()
                self.assertEqual(lines[4], "SHA-256: " + digest.hex(":").upper() + "\n")
                fingerprints.append(digest)
                trusting = ssl.create_default_context(cadata=pem)
                with urllib.request.urlopen(f"https://127.0.0.1:{port}/healthz",
                                            timeout=PATIENCE_S,
                                            context=trusting) as answer:
                    self.assertEqual(answer.read(), b"ok\n")
                program.send_signal(signal.SIGINT)
                self.assertEqual(program.wait(timeout=PATIENCE_S), 0)
            self.assertEqual(fingerprints[0], fingerprints[1])

    def test_a_certificate_that_cannot_be_read_is_said(self):
        done = run("serve", SMALL, "--port", "0", "--tls-certificate", SMALL)
        self.assertEqual(done.returncode, 1)
        self.assertIn(SMALL.name, done.stderr)

    def test_so_many_may_watch_and_no_more(self):
        def handshake(link):
            match = re.match(r"http://127\.0\.0\.1:(\d+)(/s/\w+/)#(\S+)", link.split()[1])
            peer = socket.create_connection(("127.0.0.1", int(match.group(1))),
                                            PATIENCE_S)
            self.addCleanup(peer.close)
            peer.sendall(f"GET {match.group(2)}ws HTTP/1.1\r\nHost: localhost\r\n"
                         "Upgrade: websocket\r\nConnection: Upgrade\r\n"
                         "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: "
                         "dGhlIHNhbXBsZSBub25jZQ==\r\n"
                         f"Authorization: Bearer {match.group(3)}\r\n\r\n".encode())
            return peer.recv(12)

        _, lines = self.serve("--port", "0", "--max-viewers", "1")
        self.assertEqual(handshake(lines[0]), b"HTTP/1.1 101")
        self.assertEqual(handshake(lines[0]), b"HTTP/1.1 503")
        self.assertEqual(run("serve", SMALL, "--max-viewers", "0").returncode, 2)

    def test_the_placed_board_is_for_whom_it_is_allowed(self):
        def status(link):
            match = re.match(r"(http://127\.0\.0\.1:\d+/s/\w+/)#(\S+)", link.split()[1])
            request = urllib.request.Request(
                match.group(1) + "placed", headers={"Authorization": f"Bearer {match.group(2)}"})
            try:
                with urllib.request.urlopen(request, timeout=20) as response:
                    return response.status
            except urllib.error.HTTPError as error:
                return error.code

        _, lines = self.serve("--port", "0", "--allow-download", "controller")
        self.assertEqual([status(line) for line in lines[:2]], [403, 200])
        _, lines = self.serve("--port", "0")
        self.assertEqual(status(lines[1]), 403)
        self.assertEqual(run("serve", SMALL, "--allow-download", "me").returncode, 2)

    def test_a_proxy_is_an_address(self):
        done = run("serve", SMALL, "--port", "0", "--trusted-proxy", "proxy.example")
        self.assertEqual(done.returncode, 2)
        self.assertIn("proxy.example", done.stderr)

    def test_once_ends_with_the_run(self):
        done = run("serve", SMALL, "--port", "0", "--once", "--iterations", "200")
        self.assertEqual(done.returncode, 0, done.stderr)

    def test_stats_are_told_if_asked_for(self):
        program, _ = self.serve("--port", "0", "--stats")
        self.assertRegex(program.stdout.readline(),
                         r"^Stats:   clients=0 frames=0 bytes=0 rate=0\.0 stalls=0 denials=0 "
                         r"uptime=\d+\n$")
        program.send_signal(signal.SIGINT)
        self.assertEqual(program.wait(timeout=PATIENCE_S), 0)

    def test_an_open_host_is_said_and_this_computer_is_not(self):
        program, _ = self.serve("--port", "0", "--host", "0.0.0.0")
        program.send_signal(signal.SIGINT)
        self.assertIn("open to every network", program.communicate(timeout=PATIENCE_S)[1])
        program, _ = self.serve("--port", "0", "--host", "localhost")
        program.send_signal(signal.SIGINT)
        self.assertNotIn("is open to", program.communicate(timeout=PATIENCE_S)[1])

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
