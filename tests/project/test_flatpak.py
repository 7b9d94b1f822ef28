#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The Flatpak manifests are whole: every library comes from somewhere, every download is pinned."""

import json
import os
import pathlib
import re
import sys
import unittest

ROOT = pathlib.Path(os.environ["BW_SOURCE_ROOT"])
BASE_ID = "io.github.boardwalk_pcb.Boardwalk"
sys.path.insert(0, str(ROOT / "tests"))

import tap  # noqa: E402

# Of the libraries that meson.build asks for, those that are part of org.gnome.Platform.
IN_RUNTIME = {"glib-2.0", "gobject-2.0", "gio-2.0", "gio-unix-2.0", "cairo", "cairo-png", "epoxy",
              "gtk4", "gnutls", "json-glib-1.0", "libsoup-3.0"}
# Those that a module of the manifest builds, by the module's name.
BUILT = {"libqrencode": "libqrencode", "libwslay": "wslay"}

# What the sandbox is opened for: a window, the graphics card, and the network to share a board.
# Files come through the portals.
PERMISSIONS = {"--share=ipc", "--share=network", "--socket=wayland", "--socket=fallback-x11",
               "--device=dri"}
BUILD_SYSTEMS = {"meson", "autotools", "cmake-ninja", "simple"}


def manifests():
    return {path: json.loads(path.read_text(encoding="utf-8"))
            for path in sorted((ROOT / "flatpak").glob("*.json"))}


class Flatpak(unittest.TestCase):
    def test_there_is_a_release_and_a_development_manifest(self):
        self.assertEqual([path.stem for path in manifests()], [BASE_ID + ".Devel", BASE_ID])

    def test_each_manifest_is_named_by_its_id_and_starts_our_program(self):
        for path, manifest in manifests().items():
            self.assertEqual(manifest["id"], path.stem)
            self.assertEqual(manifest["command"], "boardwalk")

    def test_runtime_and_sdk_belong_together(self):
        for manifest in manifests().values():
            self.assertEqual(manifest["runtime"], "org.gnome.Platform")
            self.assertEqual(manifest["sdk"], "org.gnome.Sdk")
            self.assertRegex(manifest["runtime-version"], r"^\d\d$")

    def test_the_sandbox_is_opened_no_further_than_needed(self):
        for manifest in manifests().values():
            self.assertEqual(set(manifest["finish-args"]), PERMISSIONS)

    def test_every_dependency_is_in_the_runtime_or_a_module(self):
        asked = set()
        for path in [ROOT / "meson.build", *(ROOT / "src").rglob("meson.build")]:
            asked |= set(re.findall(r"\bdependency\('([^']+)'", path.read_text(encoding="utf-8")))
        self.assertGreater(len(asked), 5)
        for manifest in manifests().values():
            modules = {module["name"] for module in manifest["modules"]}
            for library in asked - IN_RUNTIME:
                self.assertIn(BUILT.get(library), modules, library)

    def test_our_own_module_comes_last_and_is_this_tree(self):
        for manifest in manifests().values():
            *others, own = manifest["modules"]
            self.assertEqual(own["name"], "boardwalk")
            self.assertEqual([source["type"] for source in own["sources"]], ["dir"])
            for module in others:
                self.assertNotIn("dir", [source["type"] for source in module["sources"]])

    def test_every_download_is_pinned_and_by_https(self):
        for manifest in manifests().values():
            for module in manifest["modules"][:-1]:
                self.assertIn(module["buildsystem"], BUILD_SYSTEMS)
                for source in module["sources"]:
                    self.assertRegex(source["url"], "^https://")
                    if source["type"] == "archive":
                        self.assertRegex(source["sha256"], "^[0-9a-f]{64}$")
                    else:
                        self.assertEqual(source["type"], "git")
                        self.assertRegex(source["commit"], "^[0-9a-f]{40}$")

    def test_options_are_ones_that_the_build_knows(self):
        known = set(re.findall(r"^option\('([^']+)'",
                               (ROOT / "meson_options.txt").read_text(encoding="utf-8"), re.M))
        for path, manifest in manifests().items():
            own = manifest["modules"][-1]
            options = dict(option[2:].split("=") for option in own["config-opts"]
                           if option.startswith("-D"))
            self.assertEqual(set(options) - known, set())
            self.assertEqual(options["profile"],
                             "development" if path.stem.endswith(".Devel") else "default")


if __name__ == "__main__":
    tap.main(__name__)
