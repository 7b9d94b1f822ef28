/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Parts that are turned or flipped together: as one piece, about its middle, as KiCad does it. */

#pragma once

#include "board/bw-board.h"

G_BEGIN_DECLS

/* The middle of the box around the parts; `poses` has one for each of the `n` parts. */
BwPoint bw_hand_group_middle  (const BwBoard *board,
                               const guint32 *parts,
                               const BwPose  *poses,
                               guint          n);

/* Within the largest coordinates. */
BwPoint bw_hand_group_shift   (BwPoint        at,
                               gint64         dx_nm,
                               gint64         dy_nm);

/* A quarter turn to the left. Exact: four of them give the same pose. */
BwPose  bw_hand_group_turn    (BwPose         pose,
                               BwPoint        middle);

/* To the other side of the board, over the vertical line through the middle. Twice gives the same
 * pose. */
BwPose  bw_hand_group_flip    (BwPose         pose,
                               BwPoint        middle);

G_END_DECLS
