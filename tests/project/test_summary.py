#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The line that ./check closes with tells the truth."""

import json
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(os.environ["BW_SOURCE_ROOT"])
sys.path.insert(0, str(ROOT / "tests"))

import tap  # noqa: E402


class Summary(unittest.TestCase):
    def summary(self, *tests, name="testlog.json"):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / name
            lines = [test if isinstance(test, str) else json.dumps(test) for test in tests]
            path.write_text("\n".join(lines) + "\n" if lines else "", encoding="utf-8")
            done = subprocess.run([sys.executable, ROOT / "tests/summary.py", path],
                                  stdout=subprocess.PIPE, text=True, check=False)
            return done.stdout.splitlines()[-1], done.returncode

    def test_what_a_program_reports_is_counted_one_by_one(self):
        text = "TAP version 13\n1..3\nok 1 /a\nok 2 /b # SKIP no display\nok 3 /c\n"
        self.assertEqual(self.summary({"name": "a", "result": "OK", "stdout": text},
                                      {"name": "b", "result": "OK"}),
                         ("3 passed, 0 failed, 1 skipped", 0))

    def test_a_failed_test_fails_the_whole(self):
        text = "1..2\nok 1 /a\nnot ok 2 /b\n"
        self.assertEqual(self.summary({"name": "a", "result": "FAIL", "stdout": text}),
                         ("1 passed, 1 failed", 1))

    def test_a_program_that_dies_behind_good_tests_is_a_failure(self):
        text = "1..2\nok 1 /a\nok 2 /b\n"
        self.assertEqual(self.summary({"name": "a", "result": "ERROR", "stdout": text}),
                         ("2 passed, 1 failed", 1))
        self.assertEqual(self.summary({"name": "a", "result": "TIMEOUT"}),
                         ("0 passed, 1 failed", 1))

    def test_nested_tests_are_counted_once(self):
        text = ("TAP version 13\n# Subtest: file\n    ok 1 - x\n    ok 2 - y\n    1..2\n"
                "ok 1 - file\n1..1\n")
        self.assertEqual(self.summary({"name": "a", "result": "OK", "stdout": text}),
                         ("2 passed, 0 failed", 0))
        text = text.replace("ok 2 - y", "not ok 2 - y").replace("ok 1 - file", "not ok 1 - file")
        self.assertEqual(self.summary({"name": "a", "result": "FAIL", "stdout": text}),
                         ("1 passed, 1 failed", 1))

    def test_no_test_at_all_is_a_failure(self):
        self.assertEqual(self.summary(), ("0 passed, 1 failed", 1))

    def test_only_skipped_tests_are_a_failure(self):
        self.assertEqual(self.summary({"name": "a", "result": "SKIP"}),
                         ("0 passed, 1 failed, 1 skipped", 1))

    def test_tap_that_breaks_off_is_a_failure(self):
        self.assertEqual(self.summary("1..2", "ok 1 - a", name="a.tap"), ("1 passed, 1 failed", 1))
        self.assertEqual(self.summary("1..1", "ok 1 - a", name="a.tap"), ("1 passed, 0 failed", 0))

    def test_a_log_that_is_not_there_is_a_failure(self):
        done = subprocess.run([sys.executable, ROOT / "tests/summary.py", "/nonexistent/log.json"],
                              stdout=subprocess.PIPE, text=True, check=False)
        self.assertEqual((done.stdout.splitlines()[-1], done.returncode),
                         ("0 passed, 1 failed", 1))


if __name__ == "__main__":
    tap.main(__name__)
