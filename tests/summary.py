#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""summary.py LOG…: adds up test logs and closes with `N passed, N failed`.

A LOG is a testlog.json of meson or a file of TAP. What TAP names is counted, so that a program of
thirty tests counts as thirty; a program that fails without a failed test in its TAP (it crashed,
timed out, or broke off its plan) counts as one failure more. Exit status 1 where anything failed
or nothing ran at all.
"""

import json
import re
import sys

RESULT = re.compile(r"^(\s*)(not ok|ok)\b\s*\d*\s*(.*)$")
# Of what a failed test says about itself, so many lines are shown again at the end.
DIAGNOSTIC_LINES = 25
PLAN = re.compile(r"^1\.\.(\d+)\s*(#.*)?$")
GOOD = {"OK", "EXPECTEDFAIL"}


def diagnostics(lines):
    """What the lines behind a failed result say about it."""
    said = []
    for line in lines[:DIAGNOSTIC_LINES]:
        if RESULT.match(line) or PLAN.match(line) or line.startswith("# Subtest"):
            break
        said.append("    " + line.strip())
    return said


class Tally:
    def __init__(self):
        self.passed = 0
        self.skipped = 0
        self.failed = []

    def add_tap(self, name, text):
        """Counts the leaves of `text`; returns whether it is complete TAP."""
        planned = None
        top = 0
        depths = []  # of results whose parent has not come yet, with whether one of them failed
        lines = text.splitlines()
        for i, line in enumerate(lines):
            plan = PLAN.match(line)
            if plan:
                planned = int(plan.group(1))
                continue
            match = RESULT.match(line)
            if not match:
                continue
            depth = len(match.group(1))
            top += depth == 0
            children = []
            while depths and depths[-1][0] > depth:
                children.append(depths.pop()[1])
            failed = match.group(2) == "not ok" and "# TODO" not in line.upper()
            depths.append((depth, failed or any(children)))
            if children and (not failed or any(children)):
                continue
            if failed:
                self.failed.append("\n".join([f"{name}: {match.group(3)}",
                                              *diagnostics(lines[i + 1:])]))
            elif re.search(r"#\s*skip", line, re.IGNORECASE):
                self.skipped += 1
            else:
                self.passed += 1
        return planned is not None and planned == top

    def add_meson(self, path):
        with open(path, encoding="utf-8") as log:
            for line in log:
                self.add_test(json.loads(line))

    def add_test(self, test):
        name, result = test["name"], test["result"]
        before = len(self.failed)
        counted = self.passed + self.skipped + before
        text = test.get("stdout") or ""
        if re.search(r"^(TAP version|1\.\.\d)", text, re.MULTILINE):
            self.add_tap(name, text)
        if result in GOOD and self.passed + self.skipped + len(self.failed) == counted:
            self.passed += 1
        elif result == "SKIP" and self.passed + self.skipped + len(self.failed) == counted:
            self.skipped += 1
        elif result not in GOOD and result != "SKIP" and len(self.failed) == before:
            self.failed.append(f"{name}: {result.lower()}")


def main(paths):
    tally = Tally()
    for path in paths:
        try:
            if path.endswith(".tap"):
                with open(path, encoding="utf-8") as log:
                    if not tally.add_tap(path, log.read()):
                        tally.failed.append(f"{path}: broken off")
            else:
                tally.add_meson(path)
        except (OSError, ValueError, KeyError) as error:
            tally.failed.append(f"{path}: {error}")
    for line in tally.failed:
        print(f"FAILED {line}")
    if not tally.passed and not tally.failed:
        tally.failed.append("no test ran")
        print("FAILED no test ran")
    skipped = f", {tally.skipped} skipped" if tally.skipped else ""
    print(f"{tally.passed} passed, {len(tally.failed)} failed{skipped}", flush=True)
    return 1 if tally.failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
