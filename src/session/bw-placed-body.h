/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where a footprint's body is on the board. */

#pragma once

#include "session/bw-constraints.h"

G_BEGIN_DECLS

/* The box round its body on both sides at a pose; round its pads where it has no body. */
BwBox  bw_placed_body_box     (const BwFootprint *footprint,
                               const BwPose      *pose);

/* The box round the board's outline; empty where it has none. */
BwBox  bw_placed_body_room    (const BwBoard     *board);

/* How far a box is from an edge of the room; negative where it is beyond it. */
gint64 bw_placed_body_edge_nm (const BwBox       *room,
                               const BwBox       *box,
                               BwEdge             edge);

/* The edge of the room that is nearest to a box. */
BwEdge bw_placed_body_nearest (const BwBox       *room,
                               const BwBox       *box);

G_END_DECLS
