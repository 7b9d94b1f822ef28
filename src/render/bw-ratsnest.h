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

/* Appends the lines of all signal nets to `lines`, an array of BwRatLine that is emptied first;
 * those of power nets too where `with_power`. Pads of parts that are `hidden` (n_footprints flags;
 * NULL: none) are left out. A net of n pins costs n² steps. */
void bw_ratsnest_compute     (const BwBoard *board,
                              const BwPose  *poses,
                              const guint8  *hidden,
                              gboolean       with_power,
                              GArray        *lines);

/* The same of one net, whatever it is. */
void bw_ratsnest_compute_net (const BwBoard *board,
                              const BwPose  *poses,
                              guint32        net,
                              GArray        *lines);

G_END_DECLS
