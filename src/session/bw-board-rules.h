/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a board's own rules ask of a placement: those of its project and its rule file, and the
 * areas that hold the parts of a sheet, a class or a group. */

#pragma once

#include "board/bw-board.h"

G_BEGIN_DECLS

/* How far other bodies on its side are to be from a footprint's body; 0: nothing is asked. */
gint32     bw_board_rules_gap_nm         (const BwBoard     *board,
                                          const BwFootprint *footprint);

/* How far the edge is to be from its body, so that it is far enough from its copper. */
gint32     bw_board_rules_edge_margin_nm (const BwBoard     *board,
                                          const BwFootprint *footprint);

/* One fact for each rule that is not kept, in English; no more than a person would read. What is
 * between two parts of `held` (n_footprints flags, or NULL) is not looked at.
 *
 * Returns: (element-type utf8) (transfer full) */
GPtrArray *bw_board_rules_check          (const BwBoard     *board,
                                          const BwPose      *poses,
                                          const guint8      *held);

G_END_DECLS
