/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Parts named by patterns: R1, C*, U?. */

#pragma once

#include "board/bw-board.h"

G_BEGIN_DECLS

/* * stands for any characters, ? for one byte. Adds the steps that it takes to `work`. */
gboolean  bw_part_pattern_fits (const char    *pattern,
                                const char    *text,
                                guint64       *work);

/* For each footprint whether its key fits one of the patterns in `list`, which commas divide.
 *
 * Returns: (transfer full) (nullable): n_footprints flags; NULL where one of the patterns, then
 * in `unknown_out`, fits no part */
gboolean *bw_part_pattern_mark (const BwBoard *board,
                                const char    *list,
                                char         **unknown_out);

G_END_DECLS
