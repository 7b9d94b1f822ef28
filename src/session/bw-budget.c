/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "session/bw-budget.h"

#include <time.h>

#include "session/bw-crew.h"

/* A trial is believed once it took this share of the budget; all trials together end there. */
#define TRIAL_SHARE 0.03
#define TRIALS_SHARE 0.2
/* Nothing moves meanwhile, so long budgets are tried no longer than this one. */
#define TRIED_BUDGET_MAX_S 10.0

#define FIRST_TRIAL 32
#define MAX_ITERATIONS 2000000000u

/* Runs cost a little more than trials promise (colder caches, frames to publish). */
#define SAFETY 0.93

/* Of the average cost of an iteration, how much at least is not paid once a run. */
#define MIN_MARGINAL_SHARE 0.2

typedef struct
{
  guint32 iterations;
  double time_s; /* of the processor */
} BwTrial;

static double
now_s (void)
{
  return (double) g_get_monotonic_time () / G_USEC_PER_SEC;
}

/* Trials are short: on a busy machine their time by the clock is mostly chance. */
static double
processor_s (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return (double) now.tv_sec + (double) now.tv_nsec * 1e-9;
}

static BwTrial
try_run (const BwProblem       *problem,
         const BwPlacerOptions *options,
         BwBudgetCancelled      cancelled,
         gpointer               user_data)
{
  double begin_s = processor_s ();
  BwPlacer *placer = bw_placer_new (problem, options);
  BwCrew *crew = bw_crew_new (placer, 0);
  BwTrial trial;

  while (!cancelled (user_data) && bw_crew_step (crew) != BW_CREW_ENDED)
    ;
  bw_crew_free (crew);
  trial.iterations = MAX (bw_placer_iteration (placer), 1u);
  bw_placer_free (placer);
  trial.time_s = MAX (processor_s () - begin_s, 1e-6);
  return trial;
}

/* A run costs something once (legalizing a crowded board, above all) and something an
 * iteration; two trials tell them apart. */
static double
iterations_within (BwTrial shorter,
                   BwTrial longer,
                   double  time_s)
{
  double average_s = longer.time_s / longer.iterations;
  double marginal_s = average_s;

  if (longer.iterations > shorter.iterations)
    marginal_s = (longer.time_s - shorter.time_s) / (longer.iterations - shorter.iterations);
  marginal_s = CLAMP (marginal_s, MIN_MARGINAL_SHARE * average_s, average_s);
  return longer.iterations + (time_s - longer.time_s) / marginal_s;
}

guint32
bw_budget_iterations (const BwProblem       *problem,
                      const BwPlacerOptions *options,
                      double                 time_s,
                      BwBudgetCancelled      cancelled,
                      gpointer               user_data)
{
  double begin_s = now_s ();
  double begin_processor_s = processor_s ();
  double tried_s = MIN (time_s, TRIED_BUDGET_MAX_S);
  BwPlacerOptions trial_options = *options;
  BwTrial shorter, longer;
  guint n_trials = 0;
  double spent_s, share;

  trial_options.iterations = FIRST_TRIAL;
  shorter = longer = try_run (problem, &trial_options, cancelled, user_data);
  while (!cancelled (user_data))
    {
      guint32 growth = longer.time_s < TRIAL_SHARE * tried_s / 4.0 ? 4 : 2;

      if ((++n_trials > 1 && longer.time_s >= TRIAL_SHARE * tried_s) ||
          now_s () - begin_s + growth * longer.time_s > TRIALS_SHARE * tried_s ||
          trial_options.iterations > MAX_ITERATIONS / 4)
        break;
      trial_options.iterations *= growth;
      shorter = longer;
      longer = try_run (problem, &trial_options, cancelled, user_data);
    }

  /* What share of the clock's time the processor was ours, over all trials. */
  spent_s = MAX (now_s () - begin_s, 1e-6);
  share = CLAMP ((processor_s () - begin_processor_s) / spent_s, 0.05, 1.0);
  return (guint32) CLAMP (SAFETY * iterations_within (shorter, longer,
                                                      share * (time_s - spent_s)),
                          1.0, MAX_ITERATIONS);
}
