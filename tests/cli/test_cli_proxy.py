#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""boardwalk serve behind nginx, below a prefix, as README.md has it."""

import asyncio
import json
import os
import pathlib
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import unittest
import urllib.error
import urllib.request

import websockets

import tap
from program import BOARDWALK, ENVIRONMENT, PATIENCE_S, ROOT, SMALL

NGINX = shutil.which("nginx", path=os.environ.get("PATH", "") + ":/usr/sbin")
CONFIG = """
daemon off;
master_process off;
pid {folder}/pid;
error_log {folder}/error.log;
events {{ }}
http {{
  access_log off;
  client_body_temp_path {folder}/1; proxy_temp_path {folder}/2; fastcgi_temp_path {folder}/3;
  uwsgi_temp_path {folder}/4; scgi_temp_path {folder}/5;
  map $http_upgrade $connection_upgrade {{ default upgrade; "" close; }}
  server {{
    listen 127.0.0.1:{port};
    set_real_ip_from 127.0.0.1;
    real_ip_header X-Test-From;
    {location}
  }}
}}
"""


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return taken.getsockname()[1]


def location_of_readme(port):
    """What README.md tells to put into nginx's configuration."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    location = re.search(r"^    location /pcb/ \{.*?^    \}", text, re.M | re.S).group(0)
    return location.replace("127.0.0.1:8765", f"127.0.0.1:{port}")


@unittest.skipUnless(NGINX, "nginx is not installed")
class Proxy(unittest.TestCase):
    def setUp(self):
        folder = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, folder, ignore_errors=True)
        self.port = free_port()
        self.program = subprocess.Popen(
            [BOARDWALK, "serve", str(SMALL), "--port", "0", "--trusted-proxy", "127.0.0.1",
             "--public-url", f"http://boards.example:{self.port}/pcb/"],
            text=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            stdin=subprocess.DEVNULL, env=ENVIRONMENT)
        self.addCleanup(self.program.communicate)
        self.addCleanup(self.program.send_signal, signal.SIGINT)
        watch = self.program.stdout.readline().split()[1]
        self.program.stdout.readline()
        self.page, self.token = watch.split("#")
        self.page = self.page.replace("boards.example", "127.0.0.1")
        config = pathlib.Path(folder, "nginx.conf")
        config.write_text(CONFIG.format(folder=folder, port=self.port,
                                        location=location_of_readme(self.real_port())))
        self.nginx = subprocess.Popen([NGINX, "-p", folder, "-c", str(config)],
                                      stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.addCleanup(self.nginx.wait)
        self.addCleanup(self.nginx.terminate)
        self.wait_for_nginx()

    def real_port(self):
        """The port that the program listens on; it tells people of the proxy's alone."""
        inodes = {os.readlink(entry) for entry in
                  pathlib.Path("/proc", str(self.program.pid), "fd").iterdir()
                  if entry.is_symlink()}
        for line in pathlib.Path("/proc/net/tcp").read_text().splitlines()[1:]:
            fields = line.split()
            if fields[3] == "0A" and f"socket:[{fields[9]}]" in inodes:
                return int(fields[1].split(":")[1], 16)
        raise AssertionError("the program does not listen")

    def wait_for_nginx(self):
        while True:
            try:
                socket.create_connection(("127.0.0.1", self.port), PATIENCE_S).close()
                return
            except ConnectionRefusedError:
                self.assertIsNone(self.nginx.poll(), "nginx has ended")

    def ask(self, name="", token=None, **headers):
        headers = {key.replace("_", "-"): value for key, value in headers.items()}
        headers.setdefault("Host", "boards.example")
        if token:
            headers["Authorization"] = "Bearer " + token
        request = urllib.request.Request(self.page + name, headers=headers)
        try:
            with urllib.request.urlopen(request, timeout=PATIENCE_S) as answer:
                return answer.status, answer.headers, answer.read()
        except urllib.error.HTTPError as error:
            return error.code, error.headers, error.read()

    def test_the_page_and_its_data_come_below_a_prefix(self):
        status, headers, body = self.ask()
        self.assertEqual(status, 200)
        self.assertIn("frame-ancestors 'none'", headers["Content-Security-Policy"])
        # All that it names is beside it.
        for name in re.findall(rb'(?:src|href)="([^"]+)"', body):
            self.assertNotRegex(name, rb"^(/|\w+:)")
            self.assertEqual(self.ask(name.decode())[0], 200, name)
        status, _, body = self.ask("board", self.token)
        self.assertEqual((status, json.loads(body)["name"]), (200, SMALL.name))
        self.assertEqual(self.ask("board")[0], 401)

    def test_a_cookie_keeps_to_the_prefix(self):
        status, headers, _ = self.ask("cookie", self.token)
        self.assertEqual(status, 204)
        # Without a path it is for what lies beside the address that gave it.
        self.assertNotIn("path=", headers["Set-Cookie"].lower())
        cookie = headers["Set-Cookie"].split(";")[0]
        self.assertEqual(self.ask("history", Cookie=cookie)[0], 200)

    def test_frames_and_answers_go_through_a_websocket(self):
        async def follow():
            address = self.page.replace("http://127.0.0.1", "ws://boards.example") + "ws"
            async with websockets.connect(
                    address, host="127.0.0.1", port=self.port,
                    open_timeout=PATIENCE_S,
                    extra_headers={"Authorization": "Bearer " + self.token}) as stream:
                kinds = set()
                await stream.send('{"type":"ping"}')
                while not {"welcome", "frame", "pong"} <= kinds:
                    kinds.add(json.loads(await asyncio.wait_for(stream.recv(), PATIENCE_S))["type"])
        asyncio.run(follow())

    def test_another_name_is_not_served_and_a_page_from_elsewhere_is_not_let_in(self):
        self.assertEqual(self.ask(Host="evil.example")[0], 421)
        self.assertEqual(self.ask("board", self.token, Origin="http://evil.example")[0], 403)
        self.assertEqual(self.ask("board", self.token, Origin="https://boards.example")[0], 200)

    def test_who_guesses_slows_down_itself_alone(self):
        def guess(address):
            return self.ask("board", "wrong", X_Test_From=address)[0]

        statuses = [guess("192.0.2.1") for _ in range(14)]
        self.assertEqual(statuses[0], 401)
        self.assertEqual(statuses[-1], 429)
        self.assertEqual(guess("192.0.2.2"), 401)
        # What a client claims itself is not the proxy's word.
        self.assertEqual(self.ask("board", "wrong", X_Test_From="192.0.2.1",
                                  X_Forwarded_For="192.0.2.3")[0], 429)


if __name__ == "__main__":
    tap.main(__name__)
