/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The frames of a run since its start, for who comes late: thinned out evenly where they would
 * take too much memory, the first and the last always among them. One thread. */

#pragma once

#include "server/bw-frame-ring.h"

G_BEGIN_DECLS

/* About 700 frames of 1,000 parts. */
#define BW_HISTORY_MAX_BYTES (8 * 1024 * 1024)

typedef struct _BwHistory BwHistory;

BwHistory *bw_history_new    (gsize        max_bytes);
void       bw_history_free   (BwHistory   *self);

/* In order. Another epoch than before forgets all. */
void       bw_history_add    (BwHistory   *self,
                              BwRingFrame *frame);

/* The messages of each frame, oldest first, with a u32 length (little-endian) before each, as in
 * viewer/PROTOCOL.md. Some milliseconds.
 *
 * Returns: (transfer full) */
GBytes    *bw_history_encode (BwHistory   *self);

G_END_DECLS
