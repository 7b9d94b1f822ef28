/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A board's geometry as the JSON of viewer/PROTOCOL.md. */

#pragma once

#include <glib.h>

#include "board/bw-board.h"

G_BEGIN_DECLS

/* Any thread. About 10 ms a megabyte.
 *
 * Returns: (transfer full): UTF-8, not terminated */
GBytes *bw_board_json_new (const BwBoard *board);

G_END_DECLS
