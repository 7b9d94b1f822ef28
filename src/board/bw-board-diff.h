/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What became of the parts between two states of a board. */

#pragma once

#include "board/bw-board.h"

G_BEGIN_DECLS

/* A part that is not where it was, or is on one of the boards alone. Its strings and footprints
 * are the boards'. */
typedef struct
{
  const char *key;
  const BwFootprint *before; /* NULL: added */
  const BwFootprint *after;  /* NULL: missing */

  /* Where it is on both. */
  gboolean moved;
  gboolean flipped;
  gint32 turned_cdeg;        /* beyond what a flip (about the x axis) makes of its angle, from
                                -18000 (not included) to 18000; 0: not rotated */
} BwPartChange;

/* Parts are the same where their keys are. In the order of `before`; then what was added, in the
 * order of `after`.
 *
 * Returns: (transfer full): an array of BwPartChange, to be freed before the boards */
GArray *bw_board_diff (const BwBoard *before,
                       const BwBoard *after);

G_END_DECLS
