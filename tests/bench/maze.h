/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A router to measure placements with: how many connections of a placed board find a way, how
 * long it is and how many vias it takes.
 *
 * Two layers, a grid of MAZE_PITCH_MM, tracks and clearances as wide as that, vias of four times
 * as much. Nets negotiate for room over some rounds, as PathFinder has it; those that are still in
 * each other's way are then taken up and routed again one by one, or not at all: what it counts
 * as routed keeps the clearance. Ground is left out, for it goes by planes; pads, holes and the
 * edge are in the way, existing tracks and zones are not. */

#pragma once

#include "board/bw-board.h"

#define MAZE_PITCH_MM 0.15

typedef struct
{
  guint n_connections;
  guint n_unrouted;
  guint n_vias;
  double length_mm;
  guint n_rounds;     /* until no two nets were in each other's way; or all there are */
} MazeResult;

/* Not ground, and two pins at least. */
gboolean maze_routes (const BwNet *net);

/* `poses`: n_footprints of them. Takes a second or some at 100 parts. Deterministic. */
void maze_route (const BwBoard *board,
                 const BwPose  *poses,
                 MazeResult    *result_out);
