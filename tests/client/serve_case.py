# SPDX-License-Identifier: GPL-3.0-or-later
"""`boardwalk serve` for a test of clients."""

import os
import pathlib
import re
import subprocess
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(os.environ["BW_SOURCE_ROOT"]) / "tests" / "cli"))
from program import BOARDWALK, ENVIRONMENT, SMALL  # noqa: E402  pylint: disable=all


class ServeCase(unittest.IsolatedAsyncioTestCase):
    def serve(self, *arguments):
        program = subprocess.Popen([BOARDWALK, "serve", str(SMALL), "--port", "0", *arguments],
                                   text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                   stdin=subprocess.DEVNULL, env=ENVIRONMENT)
        self.addCleanup(program.communicate)
        self.addCleanup(program.kill)
        watch, _, stream = (program.stdout.readline() for _ in range(3))
        self.watch_token = watch.rsplit("#", 1)[1].strip()
        found = re.fullmatch(r"Stream:  (ws://\S+) \(Authorization: Bearer ([\w-]{43})\)\n", stream)
        self.assertIsNotNone(found, stream)
        self.url, self.control_token = found.groups()
        return program
