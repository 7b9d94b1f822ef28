/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The board's pads, and where pads may not be, in the placer's terms. Private to
 * bw-problem-builder.h. */

#pragma once

#include "board/bw-board.h"
#include "placer/bw-problem.h"

G_BEGIN_DECLS

typedef struct
{
  BwProblemPad *pads;     /* of all parts; NULL: nothing bars any */
  BwProblemPad *keepouts; /* the board's own, then those of its parts */
  guint n_keepouts;       /* the board's own */
} BwPartPads;

/* Tells the board's parts, in the order of its footprints, of those that are theirs. They belong to
 * `self`, which the parts must not outlive. */
void bw_part_pads_init  (BwPartPads    *self,
                         const BwBoard *board,
                         BwProblemPart *parts);
void bw_part_pads_clear (BwPartPads    *self);

G_END_DECLS
