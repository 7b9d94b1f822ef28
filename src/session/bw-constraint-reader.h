/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The rules in a BOARD.boardwalk.json; private to bw-constraints.h. */

#pragma once

#include "session/bw-constraints.h"

G_BEGIN_DECLS

/* The version of the format that is read and written. */
#define BW_CONSTRAINTS_VERSION 1

/* `weights_out`: what the file tells of it; `net_weights_out` (transfer full): the same of nets, or
 * NULL, also with an error something to be freed. `notes`: gets what is not understood, as texts.
 *
 * Returns: (element-type BwConstraint) (transfer full): NULL with an error that names file and
 * line. Its elements are freed by bw_constraint_clear(). */
GArray *bw_constraint_reader_read (BwBoard      *board,
                                   GBytes       *bytes,
                                   const char   *name,
                                   BwWeights    *weights_out,
                                   double      **net_weights_out,
                                   GPtrArray    *notes,
                                   GError      **error);

void    bw_constraint_clear       (BwConstraint *rule);

G_END_DECLS
