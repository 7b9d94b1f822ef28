#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""How ./run and ./check install what is missing, with a make-believe dpkg and apt-get."""

import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(os.environ["BW_SOURCE_ROOT"])
sys.path.insert(0, str(ROOT / "tests"))

import tap  # noqa: E402

TOOLS = {
    # Knows the packages named in `installed`, one a line.
    "dpkg-query": 'for p; do grep -qx -- "$p" "$HERE/installed" && printf "installed:%s " "$p"\n'
                  'done; exit 1',
    # Fails as often as `failures` has lines; notes how it was called.
    "apt-get": 'if [ "$1" = indextargets ]; then cat "$HERE/targets"; exit; fi\n'
               'echo "$*" >>"$HERE/calls"; echo "E: no such thing" >&2\n'
               'if [ -s "$HERE/failures" ]; then sed -i 1d "$HERE/failures"; exit 100; fi',
    "apt-cache": 'echo "  Candidate: $(cat "$HERE/candidate")"',
    "id": 'echo "$AS"',
    "sudo": 'echo sudo >>"$HERE/calls"; exec "$@"',
}


class Setup(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.here = pathlib.Path(self.folder.name)
        (self.here / "bin").mkdir()
        (self.here / "build").mkdir()
        for name in ("installed", "failures", "calls"):
            (self.here / name).write_text("", encoding="utf-8")
        for name, text in TOOLS.items():
            (self.here / "bin" / name).write_text(f"#!/bin/bash\n{text}\n", encoding="utf-8")
            (self.here / "bin" / name).chmod(0o755)
        for name in ("bash", "cat", "cp", "env", "grep", "mkdir", "rm", "sed", "tail"):
            (self.here / "bin" / name).symlink_to(shutil.which(name))

    def tearDown(self):
        self.folder.cleanup()

    def install(self, *packages, user="0", **environment):
        script = f'set -euo pipefail; root="$HERE"; . {ROOT}/.ci/setup.sh; install_missing "$@"'
        done = subprocess.run(["bash", "-c", script, "run", *packages], text=True, check=False,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                              env={"PATH": str(self.here / "bin"), "HERE": str(self.here),
                                   "AS": user, **environment})
        return done.returncode, done.stdout

    def install_kicad(self, kicad, candidate, suites=("", "-backports")):
        codename = re.search(r"^VERSION_CODENAME=(\w+)",
                             pathlib.Path("/etc/os-release").read_text(encoding="utf-8"),
                             re.MULTILINE).group(1)
        self.write("candidate", candidate)
        self.write("targets", "".join(f"{codename}{suite} http://mirror.example/debian/\n"
                                      for suite in suites))
        (self.here / "bin/dpkg-query").write_text(f"#!/bin/bash\nprintf '{kicad}'\n",
                                                  encoding="utf-8")
        script = f'set -euo pipefail; root="$HERE"; . {ROOT}/.ci/setup.sh; install_kicad'
        done = subprocess.run(["bash", "-c", script, "run"], text=True, check=False,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                              env={"PATH": str(self.here / "bin"), "HERE": str(self.here),
                                   "AS": "0"})
        self.assertEqual(done.returncode, 0, done.stdout)
        added = self.here / "build/apt-sources/boardwalk.list"
        return added.read_text(encoding="utf-8") if added.exists() else "", codename

    def calls(self):
        return (self.here / "calls").read_text(encoding="utf-8").splitlines()

    def write(self, name, text):
        (self.here / name).write_text(text, encoding="utf-8")

    def test_a_kicad_that_is_new_enough_stays(self):
        for version in ("9.0.8+dfsg-1", "10.0.1", "12.1"):
            self.install_kicad(version, "6.0.11+dfsg-1")
        self.assertEqual(self.calls(), [])

    def test_an_old_kicad_makes_way_for_that_of_the_backports(self):
        for version in ("", "6.0.11+dfsg-1"):
            self.write("calls", "")
            added, codename = self.install_kicad(version, "6.0.11+dfsg-1", [""])
            self.assertEqual(
                added, f"deb http://mirror.example/debian/ {codename}-backports main\n")
            self.assertEqual(self.calls()[-1].split("apt-sources ")[1],
                             f"install -t {codename}-backports kicad")

    def test_backports_that_are_there_are_not_added_again(self):
        added, codename = self.install_kicad("", "6.0.11+dfsg-1")
        self.assertEqual(added, "")
        self.assertIn(f"install -t {codename}-backports kicad", self.calls()[-1])

    def test_debians_own_kicad_is_taken_where_it_is_new_enough(self):
        self.install_kicad("", "9.0.2+dfsg-1")
        self.assertEqual(self.calls()[-1], "-y --no-install-recommends install kicad")

    def test_nothing_is_asked_of_apt_where_nothing_is_missing(self):
        self.write("installed", "gcc\nmeson\n")
        self.assertEqual(self.install("gcc", "meson"), (0, ""))
        self.assertEqual(self.calls(), [])

    def test_only_what_is_missing_is_installed_and_named_first(self):
        self.write("installed", "gcc\nlibgtk-4-dev-doc\n")
        status, told = self.install("gcc", "libgtk-4-dev", "meson")
        self.assertEqual(status, 0)
        self.assertIn(": libgtk-4-dev meson\n", told)
        self.assertEqual(self.calls(),
                         ["-y --no-install-recommends install libgtk-4-dev meson"])

    def test_old_package_lists_are_updated(self):
        self.write("failures", "once\n")
        self.assertEqual(self.install("meson")[0], 0)
        self.assertEqual([call.split()[2] for call in self.calls()],
                         ["install", "update", "install"])

    def test_a_failure_of_apt_is_shown_and_fails(self):
        self.write("failures", "1\n2\n3\n")
        status, told = self.install("meson")
        self.assertEqual(status, 1)
        self.assertIn("E: no such thing", told)
        self.assertIn("apt-get failed", told)

    def test_sudo_is_used_by_who_is_not_root(self):
        self.assertEqual(self.install("meson", user="1000")[0], 0)
        self.assertEqual(self.calls()[0], "sudo")

    def test_without_sudo_it_says_what_to_do(self):
        (self.here / "bin/sudo").unlink()
        status, told = self.install("meson", user="1000")
        self.assertEqual(status, 1)
        self.assertIn("apt-get install meson", told)
        self.assertEqual(self.calls(), [])

    def test_it_can_be_told_to_install_nothing(self):
        self.assertEqual(self.install("meson", BOARDWALK_INSTALL="no"), (0, ""))
        self.assertEqual(self.calls(), [])

    def test_what_is_no_debian_is_told_so(self):
        (self.here / "bin/dpkg-query").unlink()
        status, told = self.install("meson")
        self.assertEqual(status, 1)
        self.assertIn("BOARDWALK_INSTALL=no", told)


if __name__ == "__main__":
    tap.main(__name__)
