/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The plain JSON dialect of viewer/PROTOCOL.md, from us to a client. No sockets.
 *
 * All functions append one whole message, without a line end, to a GString. */

#pragma once

#include <glib.h>

#include "board/bw-board.h"
#include "session/bw-frame.h"
#include "session/bw-run-log.h"

G_BEGIN_DECLS

/* Writes the frames of one board: holds what is the same in each of them. Any thread, one at a
 * time. */
typedef struct _BwJsonDialect BwJsonDialect;

BwJsonDialect *bw_json_dialect_new          (BwBoard         *board);
void           bw_json_dialect_free         (BwJsonDialect   *self);

/* `frame` is of this board. `previous` (nullable) is the one sent before it, since which
 * `max_move` is told. Without `with_forces`, or where the frame carries none, `forces` is an
 * empty object. About 0.1 ms for 1,000 parts. */
void           bw_json_dialect_frame        (BwJsonDialect   *self,
                                             const BwFrame   *frame,
                                             const BwFrame   *previous,
                                             gboolean         with_forces,
                                             GString         *text);

void           bw_json_dialect_welcome      (GString         *text,
                                             double           fps,
                                             gboolean         paused);
void           bw_json_dialect_status       (GString         *text,
                                             BwStatusLevel    level,
                                             const char      *message);
void           bw_json_dialect_control_state
                                            (GString         *text,
                                             gboolean         paused,
                                             gboolean         stop_requested);
void           bw_json_dialect_pong         (GString         *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BwJsonDialect, bw_json_dialect_free)

G_END_DECLS
