#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""fuzz.py BUILD SECONDS: runs each libFuzzer target in BUILD for so long, all at once, from the
seeds in the tree. Prints TAP, and on a finding the input, so that it can be tried again."""

import base64
import os
import pathlib
import re
import subprocess
import sys
import tempfile

TESTS = pathlib.Path(__file__).resolve().parent.parent
SEEDS = {
    "board": ["data/boards", "data/bad"],
    "client-message": ["data/wire"],
    "constraints": ["fuzz/seeds/constraints"],
    "project": ["fuzz/seeds/project"],
    "save": ["data/boards", "data/bad"],
    "sexpr": ["data/boards", "data/bad"],
}
GRACE_SECONDS = 120


def start(target, seconds, folder):
    corpus = folder / "corpus"
    corpus.mkdir(parents=True)
    name = target.name.removeprefix("fuzz-")
    seeds = [TESTS / seed for seed in SEEDS[name]]
    environment = {**os.environ, "UBSAN_OPTIONS": "halt_on_error=1:print_stacktrace=1"}
    with open(folder / "log", "wb") as log:
        return subprocess.Popen(
            [target, f"-max_total_time={seconds}", "-timeout=20", "-rss_limit_mb=2048",
             "-max_len=8192", "-print_final_stats=1", f"-artifact_prefix={folder}/", corpus,
             *seeds],
            stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT, env=environment)


def report(number, target, status, folder):
    text = (folder / "log").read_text(errors="replace")
    runs = re.search(r"stat::number_of_executed_units: (\d+)", text)
    executed = int(runs.group(1)) if runs else 0
    good = status == 0 and executed > 0
    print(f"{'ok' if good else 'not ok'} {number} - {target.name} finds nothing in {executed} runs",
          flush=True)
    if good:
        return True
    for line in text.splitlines()[-20:]:
        print(f"# {line}")
    for found in sorted(folder.glob("*-*")):
        print(f"# {found.name}, base64: {base64.b64encode(found.read_bytes()).decode()}")
    return False


def main(build, seconds):
    targets = [pathlib.Path(build, "tests/fuzz", f"fuzz-{name}").resolve() for name in SEEDS]
    print(f"TAP version 13\n1..{len(targets)}", flush=True)
    good = True
    with tempfile.TemporaryDirectory() as scratch:
        folders = [pathlib.Path(scratch, target.name) for target in targets]
        running = [start(target, seconds, folder) for target, folder in zip(targets, folders)]
        for i, process in enumerate(running):
            try:
                status = process.wait(timeout=int(seconds) + GRACE_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
                status = process.wait()
            good = report(i + 1, targets[i], status, folders[i]) and good
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2]))
