#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What python3-websockets, which shares no line with our server, can do of RFC 6455: fragments,
pings between them, all lengths, closing from either side, subprotocols and extensions. Each case
ends with a ping of the dialect that is answered, or with the close that it asks for."""

import asyncio
import json

import websockets

import tap
from plain_json_client import PATIENCE_S
from serve_case import ServeCase

LONGEST = 64 * 1024


class Websockets(ServeCase):
    def connect(self, **options):
        return websockets.connect(
            self.url, max_size=None, open_timeout=PATIENCE_S, close_timeout=PATIENCE_S,
            ping_interval=None, extra_headers={"Authorization": f"Bearer {self.watch_token}"},
            **options)

    async def hear(self, socket, wanted):
        while True:
            message = json.loads(await asyncio.wait_for(socket.recv(), PATIENCE_S))
            if message["type"] == wanted:
                return message

    async def say_ping(self, socket, text='{"type":"ping"}'):
        await socket.send(text)
        await self.hear(socket, "pong")

    async def hear_close(self, socket):
        """(code, reason) of the server."""
        with self.assertRaises(websockets.ConnectionClosed):
            while True:
                await asyncio.wait_for(socket.recv(), PATIENCE_S)
        return socket.close_code, socket.close_reason

    async def test_a_message_of_any_length_is_heard(self):
        self.serve("--time", "60")
        async with self.connect() as socket:
            for length in (15, 125, 126, 127, 128, 1000, 65535, LONGEST):
                text = '{"type":"ping"}'
                await self.say_ping(socket, " " * (length - len(text)) + text)

    async def test_a_message_that_is_too_long_is_closed_with_1009(self):
        self.serve("--time", "60")
        async with self.connect() as socket:
            await socket.send(" " * (LONGEST + 1))
            self.assertEqual((await self.hear_close(socket))[0], 1009)

    async def test_bytes_in_a_dialect_of_text_are_closed_with_1003(self):
        self.serve("--time", "60")
        async with self.connect() as socket:
            await socket.send(bytes(8))
            self.assertEqual((await self.hear_close(socket))[0], 1003)

    async def test_fragments_are_put_together_wherever_they_are_cut(self):
        self.serve("--time", "60")
        text = '{"type":"ping","x":"\u00e4\u20ac\U0001f600"}'
        async with self.connect() as socket:
            for cut in range(1, len(text)):
                await self.say_ping(socket, [text[:cut], text[cut:]])
            await self.say_ping(socket, list(text))

    async def test_a_ping_between_fragments_is_answered_before_their_end(self):
        self.serve("--time", "60")
        async with self.connect() as socket:
            async def fragments():
                yield '{"type":'
                await asyncio.wait_for(await socket.ping(b"between"), PATIENCE_S)
                yield '"ping"}'
            await self.say_ping(socket, fragments())

    async def test_pings_are_answered_with_what_they_hold(self):
        self.serve("--time", "60")
        async with self.connect() as socket:
            for length in (0, 1, 124, 125):
                await asyncio.wait_for(await socket.ping(bytes(range(length))), PATIENCE_S)
            waiting = [await socket.ping(str(i).encode()) for i in range(20)]
            await asyncio.wait_for(asyncio.gather(*waiting), PATIENCE_S)
            await socket.pong(b"for no ping")
            await self.say_ping(socket)

    async def test_a_close_is_answered_with_its_own_code(self):
        self.serve("--time", "60")
        for code, reason in ((1000, ""), (1001, "bye"), (3000, "\u00e4" * 61), (4999, "x" * 123)):
            async with self.connect() as socket:
                await socket.close(code, reason)
                self.assertEqual(socket.close_code, code)

    async def test_the_subprotocol_is_one_that_was_offered_or_none(self):
        self.serve("--time", "60")
        for offered, chosen in ((None, None), (["boardwalk.json"], "boardwalk.json"),
                                (["boardwalk.1"], "boardwalk.1")):
            async with self.connect(subprotocols=offered) as socket:
                self.assertEqual(socket.subprotocol, chosen)
        with self.assertRaises(websockets.InvalidStatusCode) as refused:
            async with self.connect(subprotocols=["mqtt"]):
                pass
        self.assertEqual(refused.exception.status_code, 400)

    async def test_no_extension_is_agreed_on(self):
        self.serve("--time", "60")
        for compression in ("deflate", None):
            async with self.connect(compression=compression) as socket:
                self.assertEqual(socket.extensions, [])
                await self.say_ping(socket)


if __name__ == "__main__":
    tap.main(__name__)
