/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The keepouts that footprints bring along (an antenna's, say), in the placer's terms: each belongs
 * to its part and moves with it. Private to bw-problem-builder.h. */

#pragma once

#include "board/bw-board.h"
#include "placer/bw-problem.h"

G_BEGIN_DECLS

typedef struct
{
  BwRing *rings;
  BwPoint *points;
} BwPartKeepouts;

/* Tells the board's parts, in the order of its footprints, of those that are theirs. The rings
 * belong to `self`, which the parts must not outlive. */
void bw_part_keepouts_init  (BwPartKeepouts *self,
                             const BwBoard  *board,
                             BwProblemPart  *parts);
void bw_part_keepouts_clear (BwPartKeepouts *self);

G_END_DECLS
