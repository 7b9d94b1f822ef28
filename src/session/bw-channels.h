/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Sheets of the schematic that are there more than once: the channels of an amplifier, the drivers
 * of some motors. Told by their parts: the same footprints and values, in the same number, two of
 * them at least. Part by part they belong together in the order of their references. */

#pragma once

#include "board/bw-board.h"

G_BEGIN_DECLS

typedef struct
{
  guint32 *parts;  /* footprint indices */
  guint n_parts;
  guint kind;      /* the same number: alike */
} BwChannel;

/* Those of a kind one after another, in the board's order. Parts that `fixed` marks (nullable) are
 * left out of them.
 *
 * Returns: (element-type BwChannel) (transfer full) */
GArray *bw_channels_find    (const BwBoard  *board,
                             const gboolean *fixed);

/* How many parts of all channels but the first of each kind lie to one another as those of the
 * first do, most of each channel together; `n_out`: of how many. */
guint   bw_channels_alike   (const BwBoard  *board,
                             const BwPose   *poses,
                             guint          *n_out);

G_END_DECLS
