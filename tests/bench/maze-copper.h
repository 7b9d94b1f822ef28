/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What of a placed board is in the way of tracks before there are any: pads, holes and the edge, on
 * a grid of MAZE_PITCH_MM. A node is a cell of a layer: layer * n_cells + y * width + x. */

#pragma once

#include "bench/maze.h"

#define MAZE_LAYERS 2
#define MAZE_FREE (-1)
#define MAZE_BLOCKED (-2)

typedef struct
{
  const BwBoard *board;
  BwTransform *transforms; /* of each footprint */
  double x0_mm;            /* where the grid begins */
  double y0_mm;
  guint width;
  guint height;
  guint n_cells;

  /* Of each node. */
  gint32 *net;             /* of the pad that covers it, MAZE_FREE, or MAZE_BLOCKED */
  gint32 *near_track;      /* the same for what is too close for another net's track */
  gint32 *near_via;
} MazeCopper;

void maze_copper_init  (MazeCopper    *self,
                        const BwBoard *board,
                        const BwPose  *poses);
void maze_copper_clear (MazeCopper    *self);
