/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Turning a time budget into iterations, since the placer knows no clock. */

#pragma once

#include <glib.h>

#include "placer/bw-placer.h"

G_BEGIN_DECLS

/* Asked between any two iterations; TRUE ends the measurement early. */
typedef gboolean (*BwBudgetCancelled) (gpointer user_data);

/* Times short trial runs of `problem` (a tenth of `time_s`, a fifth at most if the board is slow,
 * and 2 s at most) and returns how many iterations fit what is left of it; at least 1. Blocking;
 * any thread. */
guint32 bw_budget_iterations (const BwProblem       *problem,
                              const BwPlacerOptions *options,
                              double                 time_s,
                              BwBudgetCancelled      cancelled,
                              gpointer               user_data);

G_END_DECLS
