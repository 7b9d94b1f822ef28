# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs the unittest.TestCases of a module and reports them as TAP: `tap.main(__name__)`."""

import concurrent.futures
import multiprocessing
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
    """(whether it passed, its lines)"""
    name = test.id().rsplit(".", 1)[-1].removeprefix("test_").replace("_", " ")
    result = unittest.TestResult()
    test.run(result)
    problems = result.failures + result.errors
    if problems:
        lines = [f"# {line}" for _, text in problems for line in text.splitlines()]
        return False, "\n".join([f"not ok {number} - {name}", *lines])
    if result.skipped:
        return True, f"ok {number} - {name} # SKIP {result.skipped[0][1]}"
    return True, f"ok {number} - {name}"


def _reports(tests, at_once):
    """Those of all tests, in their order."""
    numbered = list(enumerate(tests, 1))
    if at_once == 1:
        yield from (_report(number, test) for number, test in numbered)
        return
    # In processes, not threads: GLib has one main context that all threads would iterate.
    context = multiprocessing.get_context("fork")
    with concurrent.futures.ProcessPoolExecutor(at_once, context) as pool:
        yield from pool.map(_report, *zip(*numbered))


def main(module, at_once=1):
    """`at_once`: how many tests run side by side, where each has all that it uses to itself."""
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
    good = []
    for passed, lines in _reports(tests, at_once):
        print(lines, flush=True)
        good.append(passed)
    sys.exit(0 if good and all(good) else 1)
