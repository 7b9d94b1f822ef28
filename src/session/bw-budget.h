/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Turning a time budget into iterations, since the placer knows no clock: guessed from trials of a
 * moment, so that a run begins at once, and settled while it is under way, from how long its own
 * iterations took. From one thread at a time. */

#pragma once

#include <glib.h>

#include "placer/bw-placer.h"

G_BEGIN_DECLS

/* Asked between any two iterations; TRUE ends the trials early. */
typedef gboolean (*BwBudgetCancelled) (gpointer user_data);

/* In microseconds, from any moment on. */
typedef gint64 (*BwBudgetClock) (void);

typedef struct
{
  BwBudgetClock clock;  /* NULL: the one on the wall */
  double time_s;        /* by the clock, from the first bw_budget_go() on, pauses left out; 0: the
                         * budget is not a time, nothing to settle */
  double used_s;        /* before the last bw_budget_go() */
  gint64 since_us;      /* when that was; 0: not going */
  double measured_s;    /* when the last join was, or the end of global placement */
  guint32 measured_at;  /* the iteration; 0: not yet */
} BwBudget;

/* Starts the clock, and halts it. */
void     bw_budget_go    (BwBudget              *self);
void     bw_budget_halt  (BwBudget              *self);

/* Times short trial runs of `problem` (0.2 s at most, or the least there is: one of 16 iterations,
 * for a tenth of the time at most) and returns how many iterations fit into the time, about in the
 * middle of those that it can become; at least 1. */
guint32  bw_budget_guess (const BwBudget        *self,
                          const BwProblem       *problem,
                          const BwPlacerOptions *options,
                          BwBudgetCancelled      cancelled,
                          gpointer               user_data);

/* To be called after each step. */
void     bw_budget_watch (BwBudget              *self,
                          const BwPlacer        *placer);

/* After a join: settles how many iterations there will be, `reserve_s` being kept for what comes
 * after them; TRUE where that is something else than before. */
gboolean bw_budget_settle (BwBudget             *self,
                           BwPlacer             *placer,
                           double                reserve_s,
                           guint32              *iterations);

G_END_DECLS
