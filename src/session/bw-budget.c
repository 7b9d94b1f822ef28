/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "session/bw-budget.h"

#include "session/bw-crew.h"

/* Nothing moves on screen meanwhile. */
#define TRIALS_S 0.2
#define TRIALS_SHARE 0.1
#define FIRST_TRIAL 128
#define TRIAL_GROWTH 3

#define MAX_ITERATIONS 2000000000u

static double
now_s (void)
{
  return (double) g_get_monotonic_time () / G_USEC_PER_SEC;
}

static double
used_s (const BwBudget *self)
{
  return self->used_s + (self->since_us == 0 ? 0.0 :
                         (double) (g_get_monotonic_time () - self->since_us) / G_USEC_PER_SEC);
}

void
bw_budget_go (BwBudget *self)
{
  if (self->since_us == 0)
    self->since_us = g_get_monotonic_time ();
}

void
bw_budget_halt (BwBudget *self)
{
  self->used_s = used_s (self);
  self->since_us = 0;
}

/* How long an iteration took, on the average. */
static double
try_run (const BwProblem       *problem,
         const BwPlacerOptions *options,
         double                 until_s,
         BwBudgetCancelled      cancelled,
         gpointer               user_data)
{
  BwPlacer *placer = bw_placer_new (problem, options);
  BwCrew *crew = bw_crew_new (placer, 0);
  double begin_s = now_s (), each_s;
  BwCrewStep step;

  do
    step = bw_crew_step (crew);
  while (step != BW_CREW_ENDED && now_s () < until_s && !cancelled (user_data));
  each_s = (now_s () - begin_s) / MAX (bw_placer_iteration (placer), 1u);
  bw_crew_free (crew);
  bw_placer_free (placer);
  return MAX (each_s, 1e-8);
}

static guint32
to_iterations (double iterations)
{
  return (guint32) CLAMP (iterations, 1.0, MAX_ITERATIONS);
}

guint32
bw_budget_guess (const BwBudget        *self,
                 const BwProblem       *problem,
                 const BwPlacerOptions *options,
                 BwBudgetCancelled      cancelled,
                 gpointer               user_data)
{
  double until_s = now_s () + MIN (TRIALS_S, TRIALS_SHARE * self->time_s);
  BwPlacerOptions trial = *options;
  double each_s = 0.0;

  trial.iterations = FIRST_TRIAL;
  do
    {
      each_s = try_run (problem, &trial, until_s, cancelled, user_data);
      g_debug ("Trial of %u iterations: %.3f ms each", trial.iterations, 1e3 * each_s);
      trial.iterations *= TRIAL_GROWTH;
    }
  while (!cancelled (user_data) && now_s () + trial.iterations * each_s < until_s);
  return to_iterations ((self->time_s - used_s (self)) / each_s);
}

void
bw_budget_watch (BwBudget       *self,
                 const BwPlacer *placer)
{
  if (bw_placer_phase (placer) > BW_PHASE_GLOBAL && self->measured_at == 0)
    {
      self->measured_s = used_s (self);
      self->measured_at = bw_placer_iteration (placer);
    }
}

gboolean
bw_budget_settle (BwBudget *self,
                  BwPlacer *placer,
                  double    reserve_s,
                  guint32  *iterations)
{
  guint32 before = *iterations, iteration = bw_placer_iteration (placer), wanted;
  double now = used_s (self), each_s;

  if (self->time_s <= 0.0)
    return FALSE;
  /* The last stretch is most like what is to come. */
  if (self->measured_at > 0 && iteration > self->measured_at)
    each_s = (now - self->measured_s) / (iteration - self->measured_at);
  else
    each_s = now / MAX (iteration, 1u);
  self->measured_s = now;
  self->measured_at = iteration;
  wanted = to_iterations (iteration + (self->time_s - reserve_s - now) / MAX (each_s, 1e-8));
  *iterations = bw_placer_plan (placer, wanted);
  g_debug ("After %u iterations and %.2f s, %.3f ms each: %u of %u wanted", iteration, now,
           1e3 * each_s, *iterations, wanted);
  return *iterations != before;
}
