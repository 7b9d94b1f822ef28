#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A client that knows of Boardwalk nothing but the plain JSON dialect.

    plain_json_client.py URL TOKEN

prints a line for each message until the run is complete. `Client` is what the tests use. It
checks every message against the dialect: exactly these fields, of these types.
"""

import asyncio
import json
import sys

import websockets

# Nothing that passes waits for so long, on however busy a machine.
PATIENCE_S = 120

NUMBER = (int, float)
FORCES = {"attraction", "repulsion", "boundary", "constraint", "alignment"}
PHASES = {"initial", "global", "annealing", "legalization", "refinement", "final"}
FIELDS = {
    "welcome": {"fps": NUMBER, "paused": bool},
    "frame": {"timestamp": NUMBER, "data": dict},
    "status": {"status": str, "message": str},
    "control_state": {"paused": bool, "stop_requested": bool},
    "pong": {},
}
FRAME_FIELDS = {
    "index": int, "label": str, "iteration": int, "phase": str, "components": dict,
    "modules": dict, "forces": dict, "energy": NUMBER, "max_move": NUMBER, "overlap_count": int,
    "total_wire_length": NUMBER,
}


def _check_fields(values, fields):
    assert set(values) == set(fields), f"{sorted(values)} are not {sorted(fields)}"
    for name, kind in fields.items():
        assert isinstance(values[name], kind), f"{name} is {values[name]!r}"
        if kind is not bool:
            assert not isinstance(values[name], bool), f"{name} is {values[name]!r}"


def _no_constant(name):
    raise AssertionError(f"{name} is no JSON")


def check(text):
    """The message in `text`; AssertionError where it is none of the dialect."""
    message = json.loads(text, parse_constant=_no_constant)
    kind = message.pop("type")
    assert kind in FIELDS, kind
    _check_fields(message, FIELDS[kind])
    if kind == "frame":
        data = message["data"]
        _check_fields(data, FRAME_FIELDS)
        assert data["phase"] in PHASES, data["phase"]
        assert data["label"] == f"Iteration {data['iteration']}", data["label"]
        for pose in data["components"].values():
            assert len(pose) == 3 and all(isinstance(value, NUMBER) for value in pose), pose
        assert set(data["modules"]) <= set(data["components"])
        for key, forces in data["forces"].items():
            assert key in data["components"], key
            for force_x, force_y, term in forces:
                assert isinstance(force_x, NUMBER) and isinstance(force_y, NUMBER)
                assert term in FORCES, term
    elif kind == "status":
        assert message["status"] in {"info", "warning", "error", "complete"}, message
    message["type"] = kind
    return message


class Client:
    """async with Client(url, token) as client: …"""

    def __init__(self, url, token):
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        self._connecting = websockets.connect(url, extra_headers=headers, max_size=None,
                                              open_timeout=PATIENCE_S)
        self.socket = None

    async def __aenter__(self):
        self.socket = await self._connecting
        return self

    async def __aexit__(self, *error):
        await self.socket.close()

    async def say(self, kind):
        await self.socket.send(json.dumps({"type": kind}))

    async def hear(self):
        """The next message; None once the server has closed."""
        try:
            return check(await asyncio.wait_for(self.socket.recv(), PATIENCE_S))
        except websockets.ConnectionClosed:
            return None

    async def hear_until(self, found):
        """All messages up to the first that `found` holds for, which is the last."""
        heard = []
        while not heard or not found(heard[-1]):
            message = await self.hear()
            assert message is not None, "the server has closed"
            heard.append(message)
        return heard

    async def hear_type(self, kind):
        return (await self.hear_until(lambda message: message["type"] == kind))[-1]


async def _main(url, token):
    async with Client(url, token) as client:
        while (message := await client.hear()) is not None:
            if message["type"] == "frame":
                data = message["data"]
                print(f"{data['label']} ({data['phase']}): {data['total_wire_length']} mm, "
                      f"{data['overlap_count']} overlaps", flush=True)
            else:
                print(message, flush=True)
            if message.get("status") == "complete":
                return


if __name__ == "__main__":
    asyncio.run(_main(*sys.argv[1:3]))
