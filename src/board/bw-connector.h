/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Connectors: which of their sides a plug comes from, and whether they lie at the edge for it. */

#pragma once

#include "board/bw-board.h"

G_BEGIN_DECLS

/* With fewer one that stands upright is a test point, or something to solder a wire to. */
#define BW_CONNECTOR_PADS 2

gboolean bw_connector_is      (const BwBoard     *board,
                               const BwFootprint *footprint);

/* Where a plug meets it, in the front frame: the middle of that side of its body, and the way out
 * from there, 1 nm long. Told by what reaches out on one side alone beyond its pads, or those that
 * are contacts. FALSE where nothing tells: of those that stand upright. */
gboolean bw_connector_mouth   (const BwFootprint *footprint,
                               BwPoint           *mouth_out,
                               BwPoint           *outward_out);

/* Its mouth opens over the edge of the board, of whatever shape that is. */
gboolean bw_connector_at_edge (const BwBoard     *board,
                               const BwFootprint *footprint,
                               const BwPose      *pose);

/* Of any part: it reaches beyond the edge with a side that has no pads, and all of its pads
 * is on the board. */
gboolean bw_connector_overhangs
                              (const BwBoard     *board,
                               const BwFootprint *footprint,
                               const BwPose      *pose);

/* Of a connector: the room that it takes reaches beyond the edge with any side, however little, and
 * none of its pads do. */
gboolean bw_connector_reaches_over
                              (const BwBoard     *board,
                               const BwFootprint *footprint,
                               const BwPose      *pose);

/* Of any part, such as a module with its antenna: a side that has no pads lies where a rule area
 * bars copper, and all but at the edge. */
gboolean bw_connector_radiates (const BwBoard     *board,
                                const BwFootprint *footprint,
                                const BwPose      *pose);

/* It is so much longer than wide that it should lie along an edge. `across_out` is the way over
 * its short extent in the front frame, 1 nm long. */
gboolean bw_connector_is_long (const BwFootprint *footprint,
                               BwPoint           *across_out);

/* One of its sides, a long one where it has such, is near the edge, and its middle on the board. */
gboolean bw_connector_beside_edge
                              (const BwBoard     *board,
                               const BwFootprint *footprint,
                               const BwPose      *pose);

G_END_DECLS
