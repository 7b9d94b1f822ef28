/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Modules of a board whose file tells none. */

#pragma once

#include "board/bw-arena.h"
#include "board/bw-board.h"

G_BEGIN_DECLS

/* Puts parts that serve one chip, connector or crystal together, and those that serve none by
 * kind. Fills `footprints[].module`, which are those of the board, and returns the modules, in
 * the arena. Nets must be complete. Linear in the number of pins. */
BwModule *bw_modules_infer (const BwBoard *board,
                            BwFootprint   *footprints,
                            BwArena       *arena,
                            guint32       *n_modules_out);

G_END_DECLS
