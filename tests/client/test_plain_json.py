#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""An independent client against a real run: `boardwalk serve` and python3-websockets."""

import asyncio
import signal

import websockets

import tap
from plain_json_client import Client, PATIENCE_S
from serve_case import ServeCase


class PlainJson(ServeCase):
    async def test_a_run_is_seen_from_welcome_to_complete(self):
        self.serve("--time", "3", "--fps", "30")
        async with Client(self.url, self.watch_token) as client:
            self.assertEqual(client.socket.extensions, [], "no compression, though it is offered")
            heard = await client.hear_until(lambda message: message.get("status") == "complete")
        self.assertEqual(heard[0], {"type": "welcome", "fps": 30.0, "paused": False})
        self.assertEqual(heard[1]["type"], "frame")
        frames = [message["data"] for message in heard if message["type"] == "frame"]
        indexes = [frame["index"] for frame in frames]
        self.assertEqual(indexes, sorted(set(indexes)))
        self.assertEqual(len({tuple(frame["components"]) for frame in frames}), 1)
        self.assertEqual(frames[-1]["phase"], "final")
        self.assertEqual(frames[-1]["overlap_count"], 0)
        self.assertTrue(any(frame["forces"] for frame in frames))
        self.assertTrue(sum(1 for frame in frames if frame["forces"]) <= len(frames) / 5 + 1)
        self.assertGreater(len({str(frame["components"]) for frame in frames}), 5, "parts move")

    async def test_a_pause_by_one_is_seen_by_all_and_nothing_moves(self):
        self.serve("--time", "60")
        async with Client(self.url, self.control_token) as one, \
                Client(self.url, self.watch_token) as two:
            await one.hear_type("frame")
            await two.hear_type("frame")
            await one.say("pause")
            for client in (one, two):
                state = (await client.hear_until(lambda message: message.get("paused")))[-1]
                self.assertEqual(state, {"type": "control_state", "paused": True,
                                         "stop_requested": False})
                await client.say("ping")
                heard = await client.hear_until(lambda message: message["type"] == "pong")
                self.assertNotIn("frame", [message["type"] for message in heard])
            async with Client(self.url, self.watch_token) as three:
                self.assertTrue((await three.hear())["paused"])
            await one.say("resume")
            self.assertFalse((await two.hear_type("control_state"))["paused"])
            await two.hear_type("frame")
            await one.say("stop")
            state = await two.hear_until(lambda message: message.get("stop_requested"))
            self.assertFalse(state[-1]["paused"])

    async def test_who_may_only_watch_stops_nothing(self):
        self.serve("--time", "60")
        async with Client(self.url, self.watch_token) as client:
            await client.say("stop")
            heard = await client.hear_until(lambda message: message["type"] == "status"
                                            and message["status"] == "error")
            self.assertIn("only watch", heard[-1]["message"])
            first = await client.hear_type("frame")
            second = await client.hear_type("frame")
            self.assertGreater(second["data"]["iteration"], first["data"]["iteration"])

    async def test_without_a_token_there_is_no_stream(self):
        self.serve("--time", "60")
        for token in (None, "A" * 43):
            with self.assertRaises(websockets.InvalidStatusCode) as caught:
                async with Client(self.url, token):
                    pass
            self.assertEqual(caught.exception.status_code, 401)

    async def test_an_old_script_needs_none_where_that_is_allowed(self):
        self.serve("--time", "60", "--open-local")
        root = self.url.split("/s/")[0]
        async with Client(root, None) as client:
            self.assertEqual((await client.hear())["type"], "welcome")
            await client.say("pause")
            # The start of the run may be told only now.
            await client.hear_until(lambda message: message.get("paused") is True)

    async def test_the_end_of_the_server_is_a_close(self):
        program = self.serve("--time", "60")
        async with Client(self.url, self.watch_token) as client:
            await client.hear_type("frame")
            program.send_signal(signal.SIGINT)
            while await client.hear() is not None:
                pass
            self.assertEqual(client.socket.close_code, 1001)
        self.assertEqual(await asyncio.to_thread(program.wait, PATIENCE_S), 0)


if __name__ == "__main__":
    tap.main(__name__)
