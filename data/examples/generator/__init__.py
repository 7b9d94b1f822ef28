# SPDX-License-Identifier: GPL-3.0-or-later

"""Draws Boardwalk's example boards: footprints, netlists and placements in, KiCad files out."""
