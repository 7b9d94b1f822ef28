/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Reading .kicad_pcb files. Blocking; call it from a worker. Thread-safe. */

#pragma once

#include "board/bw-board.h"

G_BEGIN_DECLS

/* Reads the board in `bytes`, which it keeps a reference to (saving splices them). `name` is
 * what messages call the file.
 *
 * Returns: (transfer full) (nullable): the board; NULL with a BW_BOARD_ERROR whose message is
 * `NAME:LINE: fact`. */
BwBoard *bw_board_new_from_bytes (GBytes       *bytes,
                                  const char   *name,
                                  GError      **error);

/* Reads `file`; also GIO errors and G_IO_ERROR_CANCELLED, each naming the file. */
BwBoard *bw_board_load           (GFile        *file,
                                  GCancellable *cancellable,
                                  GError      **error);

/* The bytes that the board was read from. (transfer none) */
GBytes  *bw_board_get_bytes      (BwBoard      *board);

G_END_DECLS
