/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Random poses, to try what is made of them. */

#pragma once

#include "board/bw-board.h"

G_BEGIN_DECLS

/* Puts every footprint that is not locked anywhere inside the board's box: half of them turned
 * by quarters, the others by anything; each changes sides with the probability `flip_share`, 0
 * to 1. The same seed gives the same poses on every machine. */
void bw_pose_scatter (const BwBoard *board,
                      guint64        seed,
                      double         flip_share,
                      BwPose        *poses);

G_END_DECLS
