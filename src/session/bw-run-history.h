/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The frames of a run since its start, thinned out evenly where they would take too much: the
 * first and the newest are always among them, and so is the last one of each run before it (of the
 * board as it was opened: of run 0).
 *
 * Atomically refcounted; every function may be called from any thread. */

#pragma once

#include "session/bw-frame.h"

G_BEGIN_DECLS

/* Of this run: at 125 a second thinned out for the first time after 19 s. */
#define BW_RUN_HISTORY_MAX_FRAMES 2400
/* Of the poses of all frames together: at 1,000 parts some 1,900 frames. */
#define BW_RUN_HISTORY_MAX_BYTES (32 * 1024 * 1024)
/* Runs that are remembered by how they ended; the oldest are forgotten first. */
#define BW_RUN_HISTORY_MAX_ENDS 20

typedef struct _BwRunHistory BwRunHistory;

BwRunHistory *bw_run_history_new      (guint         max_frames,
                                       gsize         max_bytes);
BwRunHistory *bw_run_history_ref      (BwRunHistory *self);
void          bw_run_history_unref    (BwRunHistory *self);

/* Frames come in order. Another epoch than before begins a run. */
void          bw_run_history_add      (BwRunHistory *self,
                                       BwFrame      *frame);

/* The frames of this run in order, and how often they were added to or thinned out until now, for
 * who asks again and again. A reference of each.
 *
 * Returns: (element-type BwFrame) (transfer full) */
GPtrArray    *bw_run_history_dup      (BwRunHistory *self,
                                       guint64      *version_out);
guint64       bw_run_history_version  (BwRunHistory *self);

/* How the runs before this one ended, oldest first.
 *
 * Returns: (element-type BwFrame) (transfer full) */
GPtrArray    *bw_run_history_dup_ends (BwRunHistory *self);

/* The last frame before the run of this epoch. (transfer full) (nullable): it is forgotten */
BwFrame      *bw_run_history_dup_before (BwRunHistory *self,
                                         guint32       epoch);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BwRunHistory, bw_run_history_unref)

G_END_DECLS
