/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What lies at a place of the board. */

#pragma once

#include "board/bw-board.h"

G_BEGIN_DECLS

/* The footprint whose body holds the point, as seen from the side `near`: one that lies there
 * before one on the other side, the smaller before the larger. -1: none. `poses` has n_footprints
 * elements, and so has `hidden` (NULL: none), whose parts are not there. Looks at every footprint's
 * box. */
gint32 bw_pick_footprint (const BwBoard *board,
                          const BwPose  *poses,
                          const guint8  *hidden,
                          BwSide         near,
                          BwPoint        point);

/* Marks in `flags_out` (n_footprints) each footprint whose body lies wholly within the box, or
 * `touching` it as well. What is hidden is not marked. */
void   bw_pick_box       (const BwBoard *board,
                          const BwPose  *poses,
                          const guint8  *hidden,
                          const BwBox   *box,
                          gboolean       touching,
                          guint8        *flags_out);

/* The footprint's pad that holds the point, the smaller before the larger; -1: none. */
gint32 bw_pick_pad       (const BwFootprint *footprint,
                          const BwPose      *pose,
                          BwPoint            point);

G_END_DECLS
