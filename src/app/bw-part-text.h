/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A part of a board in words, in the user's language. */

#pragma once

#include "board/bw-board.h"

G_BEGIN_DECLS

/* Lines of Pango markup: reference and value, footprint, module, why it stays. (transfer full) */
char       *bw_part_text_describe (const BwBoard *board,
                                   guint32        footprint);

/* The module that it belongs to, and whether that is a guess; NULL: none. (transfer full) */
char       *bw_part_text_module   (const BwBoard *board,
                                   guint32        footprint);

/* Why the optimizer leaves it alone; NULL: it does not. */
const char *bw_part_text_hold     (BwHold         hold);

G_END_DECLS
