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

/* The same with what lies beside the board, each of which may be NULL: the bytes of the project
 * (.kicad_pro), which has net classes and limits, of the rule file (.kicad_dru), and of our own
 * settings (.boardwalk.json), of which the modules are read here. What is wrong with them or not
 * followed is among the board's notes. */
BwBoard *bw_board_new_with_project (GBytes       *bytes,
                                    GBytes       *project,
                                    GBytes       *rules,
                                    GBytes       *settings,
                                    const char   *name,
                                    GError      **error);

/* Reads `file`, a regular file, and the project beside it; also GIO errors and
 * G_IO_ERROR_CANCELLED, each naming the file. */
BwBoard *bw_board_load           (GFile        *file,
                                  GCancellable *cancellable,
                                  GError      **error);

/* A newer KiCad wrote the file than those whose format is known here. */
gboolean bw_board_is_newer_than_known (BwBoard *board);

/* The bytes that the board was read from. (transfer none) */
GBytes  *bw_board_get_bytes      (BwBoard      *board);

G_END_DECLS
