/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One run of the placer over a board: what a worker's thread owns while a stretch runs.
 *
 * Atomically refcounted plain struct, so that a worker never holds the session itself. Between
 * stretches nobody touches it. Private to BwSession. */

#pragma once

#include "board/bw-board.h"
#include "session/bw-hand.h"
#include "session/bw-hub.h"
#include "session/bw-problem-builder.h"
#include "session/bw-session.h"

G_BEGIN_DECLS

typedef struct _BwRun BwRun;

/* How a stretch ended. */
typedef enum
{
  BW_STRETCH_PAUSED,
  BW_STRETCH_STOPPED,
  BW_STRETCH_FINISHED,
  BW_STRETCH_REPLACED, /* by a command that begins another run: see bw_run_get_pending() */
} BwStretchEnd;

/* What of `problem` is not NULL is copied: start, only, constraints, net weights; `hand` as well.
 * Cheap: the problem is built by the first stretch. */
BwRun        *bw_run_new         (BwBoard                *board,
                                  BwHub                  *hub,
                                  guint32                 epoch,
                                  BwPlacerMode            mode,
                                  const BwRunOptions     *options,
                                  const BwProblemOptions *problem,
                                  const BwHand           *hand);

/* What was done by hand until now. Between stretches. (transfer none) */
const BwHand *bw_run_get_hand    (BwRun              *self);

/* Obeys commands about parts or weights, between stretches, unless bw_run_lacks_side() for one. */
void          bw_run_edit        (BwRun              *self,
                                  const BwLogEntry   *entries,
                                  guint               n);

/* What of them commands have set since the run began. Between stretches. (transfer none) */
const BwWeights *
              bw_run_get_weights_set
                                 (BwRun              *self);
/* Those of nets as they are now. Between stretches. (transfer none) */
const double *bw_run_get_net_weights
                                 (BwRun              *self);

/* The command flips the first part to a side that the run knows nothing of: it takes another run.
 * Between stretches. */
gboolean      bw_run_lacks_side  (BwRun              *self,
                                  const BwCommand    *command);
BwRun        *bw_run_ref         (BwRun              *self);
void          bw_run_unref       (BwRun              *self);

/* Announces a stretch before its thread gets going, so that bw_run_cancel() waits for it.
 * `single`: one iteration, then paused. */
void          bw_run_begin_stretch (BwRun            *self,
                                    gboolean          single);

/* Iterates, publishes frames and obeys commands until something ends the stretch that was
 * begun, and tells the hub the state that it leaves (but for REPLACED). Blocking; a worker's
 * thread. */
BwStretchEnd  bw_run_stretch     (BwRun              *self);

/* Ends a paused run where it is: a last frame, the words for it, the state. */
void          bw_run_stop        (BwRun              *self);

/* After BW_STRETCH_REPLACED: the command that did it. */
BwCommand     bw_run_get_pending (BwRun              *self);

/* Ends the stretch that is under way, if any, as if stopped, and waits for that: about one
 * iteration, and half a second at most. An iteration that takes longer ends by itself: the
 * worker has a reference of its own. Any thread but the worker's. */
void          bw_run_cancel      (BwRun              *self);

/* Iterations done so far. */
guint32       bw_run_iteration   (BwRun              *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BwRun, bw_run_unref)

G_END_DECLS
