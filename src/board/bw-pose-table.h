/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Poses as a table of comma-separated values (RFC 4180, UTF-8) that people and scripts edit:
 *
 *     reference,x_mm,y_mm,rotation_deg,side
 *     R1,101.6,87.3,90,front
 *
 * `reference` is a footprint's key: where a reference is not unique, REF#n. Numbers are decimal
 * and exact: millimetres to the nanometre, degrees (counter-clockwise as seen) to the hundredth.
 * `side` is front or back. */

#pragma once

#include "board/bw-board.h"

G_BEGIN_DECLS

/* All footprints at `poses` (n_footprints of them), in file order. What is read from this gives
 * the same poses. */
GBytes  *bw_pose_table_write (const BwBoard *board,
                              const BwPose  *poses);

/* Puts the poses of a table into `poses`; footprints that it does not name keep theirs. `name`
 * is what messages call the table. On failure, a BW_BOARD_ERROR_CONTENT that says
 * `NAME:LINE: fact`, the rows before the bad one have been applied. */
gboolean bw_pose_table_read  (GBytes        *bytes,
                              const char    *name,
                              const BwBoard *board,
                              BwPose        *poses,
                              GError       **error);

G_END_DECLS
