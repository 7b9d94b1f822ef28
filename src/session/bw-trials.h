/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Runs of one board that nobody watches, with one seed after another: what each would end with.
 * They begin where the session's next run would, and leave it alone; see bw_session_adopt() for
 * who likes one of them.
 *
 * Belongs to the session's thread. Each run has a worker's thread as a run of the session has, and
 * all processors: two side by side would take as long. */

#pragma once

#include "session/bw-session.h"

G_BEGIN_DECLS

typedef struct _BwTrials BwTrials;

/* Another trial has ended, or all are over, or the one that is under way got on. */
typedef void (*BwTrialsFunc) (BwTrials *trials,
                              gpointer  user_data);

/* `n` trials with the seeds from the session's on, each with its budget. */
BwTrials *bw_trials_new         (BwSession    *session,
                                 guint         n,
                                 BwTrialsFunc  func,
                                 gpointer      user_data);

/* `func` is not called any more. What runs is told to stop, and not waited for. */
void      bw_trials_free        (BwTrials     *self);

/* The trial that is under way is given up, and none follows; those that ended stay. */
void      bw_trials_stop        (BwTrials     *self);

gboolean  bw_trials_is_running  (BwTrials     *self);
guint     bw_trials_n_wanted    (BwTrials     *self);

/* Of those that ended; `i` counts them. (transfer none) */
guint     bw_trials_n_done      (BwTrials     *self);
BwFrame  *bw_trials_get_frame   (BwTrials     *self,
                                 guint         i);
guint64   bw_trials_get_seed    (BwTrials     *self,
                                 guint         i);

/* Fewest overlaps and parts outside; of as many, the least energy and crossings, these by
 * their weight, as a run chooses between its own searches. -1: none has ended. */
gint      bw_trials_find_best   (BwTrials     *self);

/* How far all of them are, 0 to 1. */
double    bw_trials_get_progress (BwTrials    *self);

/* How long they still take, by their pace, in seconds; below 0: nobody knows yet. */
double    bw_trials_get_remaining (BwTrials   *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BwTrials, bw_trials_free)

G_END_DECLS
