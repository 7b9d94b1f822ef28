/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A part of a board in words, in the user's language. */

#pragma once

#include "board/bw-board.h"
#include "session/bw-frame.h"

G_BEGIN_DECLS

/* Lines of Pango markup: reference and value, the net of one of its pads (-1: of none), footprint,
 * module, why it stays, the forces on it where the frame has them. (transfer full) */
char       *bw_part_text_describe (const BwBoard *board,
                                   guint32        footprint,
                                   gint32         pad,
                                   const BwFrame *frame);

/* The module that it belongs to, and whether that is a guess; NULL: none. (transfer full) */
char       *bw_part_text_module   (const BwBoard *board,
                                   guint32        footprint);

/* What pulls or pushes a part: a BwForceKind. */
const char *bw_part_text_force    (guint8         kind);

/* Why the optimizer leaves it alone; NULL: it does not. */
const char *bw_part_text_hold     (BwHold         hold);

G_END_DECLS
