/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "session/bw-budget.h"

/* A trial is believed once it took this share of the budget; all trials together end there. */
#define TRIAL_SHARE 0.03
#define TRIALS_SHARE 0.08

#define FIRST_TRIAL 64
#define MAX_ITERATIONS 2000000000u

/* Runs cost a little more than trials promise (colder caches, frames to publish). */
#define SAFETY 0.93

static double
now_s (void)
{
  return (double) g_get_monotonic_time () / G_USEC_PER_SEC;
}

guint32
bw_budget_iterations (const BwProblem       *problem,
                      const BwPlacerOptions *options,
                      double                 time_s,
                      BwBudgetCancelled      cancelled,
                      gpointer               user_data)
{
  double begin_s = now_s ();
  BwPlacerOptions trial = *options;
  double spent_s, per_iteration_s;

  trial.iterations = FIRST_TRIAL;
  for (;;)
    {
      double trial_begin_s = now_s ();
      BwPlacer *placer = bw_placer_new (problem, &trial);
      double trial_s;

      while (!cancelled (user_data) && bw_placer_step (placer))
        ;
      trial_s = MAX (now_s () - trial_begin_s, 1e-6);
      per_iteration_s = trial_s / MAX (bw_placer_iteration (placer), 1u);
      bw_placer_free (placer);

      spent_s = now_s () - begin_s;
      if (cancelled (user_data) || trial_s >= TRIAL_SHARE * time_s ||
          spent_s + 2.0 * trial_s > TRIALS_SHARE * time_s ||
          trial.iterations > MAX_ITERATIONS / 4)
        break;
      trial.iterations *= trial_s < TRIAL_SHARE * time_s / 4.0 ? 4 : 2;
    }

  return (guint32) CLAMP (SAFETY * (time_s - spent_s) / per_iteration_s, 1.0, MAX_ITERATIONS);
}
