#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""websockets_server.py PARTS SECONDS VIEWERS: what a stream by Debian's python3-websockets costs,
as people write it: each frame is one JSON text, sent to all, with the library's defaults. Prints
the port. Sends nothing until all viewers are there: later it would hardly let anybody in."""

import asyncio
import json
import random
import sys
import time

import websockets

FPS = 60
viewers = set()


async def watch(socket, *_):
    viewers.add(socket)
    try:
        await socket.wait_closed()
    finally:
        viewers.discard(socket)


async def send(socket, text):
    try:
        await socket.send(text)
    except websockets.ConnectionClosed:
        viewers.discard(socket)


async def main(n_parts, seconds, n_viewers):
    at = {f"R{i}": [i % 40 * 5.0, i // 40 * 5.0, 0.0] for i in range(n_parts)}
    async with websockets.serve(watch, "127.0.0.1", 0, max_queue=None) as server:
        print(server.sockets[0].getsockname()[1], flush=True)
        end = time.monotonic() + seconds
        while len(viewers) < n_viewers and time.monotonic() < end:
            await asyncio.sleep(0.01)
        due = time.monotonic()
        index = 0
        while time.monotonic() < end:
            for pose in at.values():
                pose[0] = round(pose[0] + random.uniform(-0.2, 0.2), 3)
                pose[1] = round(pose[1] + random.uniform(-0.2, 0.2), 3)
            text = json.dumps({"type": "frame", "timestamp": time.time(), "data": {
                "index": index, "label": f"Iteration {index}", "iteration": index,
                "phase": "refinement", "components": at, "modules": {}, "forces": {},
                "energy": 123.45, "max_move": 0.5, "overlap_count": 2,
                "total_wire_length": 150.3}})
            await asyncio.gather(*(send(socket, text) for socket in list(viewers)))
            index += 1
            due = max(due + 1 / FPS, time.monotonic())
            await asyncio.sleep(due - time.monotonic())


asyncio.run(main(int(sys.argv[1]), float(sys.argv[2]), int(sys.argv[3])))
