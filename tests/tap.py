# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs the unittest.TestCases of a module and reports them as TAP: `tap.main(__name__)`."""

import os
import sys
import traceback
import unittest


def _tests(suite):
    for item in suite:
        if isinstance(item, unittest.TestSuite):
            yield from _tests(item)
        else:
            yield item


def _report(number, test):
    name = test.id().rsplit(".", 1)[-1].removeprefix("test_").replace("_", " ")
    result = unittest.TestResult()
    test.run(result)
    problems = result.failures + result.errors
    if problems:
        print(f"not ok {number} - {name}")
        for _, text in problems:
            print("\n".join("# " + line for line in text.splitlines()))
    elif result.skipped:
        print(f"ok {number} - {name} # SKIP {result.skipped[0][1]}")
    else:
        print(f"ok {number} - {name}")
    sys.stdout.flush()
    return not problems


def main(module):
    # What a test prints itself must not be taken for its result.
    tap = os.dup(1)
    os.dup2(2, 1)
    sys.stdout = os.fdopen(tap, "w", encoding="utf-8")
    try:
        tests = list(_tests(unittest.defaultTestLoader.loadTestsFromModule(sys.modules[module])))
    except Exception:  # pylint: disable=broad-except
        traceback.print_exc()
        sys.exit(1)
    print(f"TAP version 13\n1..{len(tests)}", flush=True)
    good = [_report(number, test) for number, test in enumerate(tests, 1)]
    sys.exit(0 if good and all(good) else 1)
