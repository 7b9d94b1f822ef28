/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is to be connected, as straight lines: for each net the shortest tree that spans its
 * pads. Lines between two pads of one part are left out, since no placement changes them. */

#pragma once

#include <glib.h>

#include "board/bw-board.h"

G_BEGIN_DECLS

typedef struct
{
  BwPoint from;
  BwPoint to;
  guint32 net;
} BwRatLine;

typedef struct _BwRatsnest BwRatsnest;

/* Without lines yet. `board` must outlive it. */
BwRatsnest      *bw_ratsnest_new       (const BwBoard     *board);
void             bw_ratsnest_free      (BwRatsnest        *self);

/* Finds the lines of all signal nets anew, where parts lie by `transforms` (n_footprints of them);
 * those of power nets too where `with_power`. Pads of parts that are `hidden` (n_footprints flags;
 * NULL: none) are left out. A net of n pins costs n² steps. Valid until the next update. */
const BwRatLine *bw_ratsnest_update    (BwRatsnest        *self,
                                        const BwTransform *transforms,
                                        const guint8      *hidden,
                                        gboolean           with_power,
                                        guint             *n_lines_out);

/* What was found last. */
const BwRatLine *bw_ratsnest_get_lines (const BwRatsnest  *self,
                                        guint             *n_lines_out);

/* The lines of one net alone, whatever it is, to `lines`: an array of BwRatLine that is emptied
 * first. */
void             bw_ratsnest_compute_net (const BwBoard   *board,
                                          const BwPose    *poses,
                                          guint32          net,
                                          GArray          *lines);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BwRatsnest, bw_ratsnest_free)

G_END_DECLS
