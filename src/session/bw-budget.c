/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "session/bw-budget.h"

#include <math.h>

#include "session/bw-crew.h"

/* Nothing moves on screen meanwhile. */
#define TRIALS_S 0.2
#define TRIALS_SHARE 0.1
#define FIRST_TRIAL 16
#define TRIAL_GROWTH 4
/* How much room there is to be below the guess before the plan is another one; the budget is up to
 * twice that of the plan then. */
#define ROOM_BELOW 1.25
#define BUDGET_TO_PLAN (1.5 * ROOM_BELOW)
/* A trial says less of a larger board: legalization, which it leaves out, is more of the whole, and
 * at 10,000 parts the guess is up to twice what there is time for. */
#define MORE_ROOM_FOR_EACH_PART 0.75e-4
#define MORE_ROOM 0.75

#define MAX_ITERATIONS 2000000000u

static gint64
now_us (const BwBudget *self)
{
  return self->clock != NULL ? self->clock () : g_get_monotonic_time ();
}

static double
used_s (const BwBudget *self)
{
  return self->used_s + (self->since_us == 0 ? 0.0 :
                         (double) (now_us (self) - self->since_us) / G_USEC_PER_SEC);
}

void
bw_budget_go (BwBudget *self)
{
  if (self->since_us == 0)
    self->since_us = now_us (self);
}

void
bw_budget_halt (BwBudget *self)
{
  self->used_s = used_s (self);
  self->since_us = 0;
}

/* A try of the search stays in one neighbourhood and finds most of it in a cache, which moves of
 * the annealing all over the board do not: measured with up to 10,000 parts. */
static double
search_s (double  annealing_s,
          guint32 n_parts)
{
  return annealing_s / (1.0 + sqrt (n_parts) / 50.0);
}

/* How long an iteration would take on the average, were the budget that many times the plan. The
 * trial ends before the legalization, which can take longer than the run that it is for. */
static double
try_run (const BwBudget        *self,
         const BwProblem       *problem,
         const BwPlacerOptions *options,
         double                 until_s,
         BwBudgetCancelled      cancelled,
         gpointer               user_data)
{
  BwPlacer *placer = bw_placer_new (problem, options);
  BwCrew *crew = bw_crew_new (placer, 0);
  double begin_s = used_s (self), annealing_from_s = 0.0, each_s;
  guint32 annealing_from = 0, n;
  BwCrewStep step;

  do
    {
      step = bw_crew_step (crew);
      if (bw_placer_phase (placer) == BW_PHASE_ANNEALING && annealing_from == 0)
        {
          annealing_from_s = used_s (self);
          annealing_from = bw_placer_iteration (placer);
        }
    }
  while (step != BW_CREW_ENDED && used_s (self) < until_s && !cancelled (user_data) &&
         (annealing_from == 0 || bw_placer_phase (placer) == BW_PHASE_ANNEALING));
  n = MAX (bw_placer_iteration (placer), 1u);
  each_s = (used_s (self) - begin_s) / n;
  if (annealing_from > 0 && n > annealing_from)
    {
      double annealing_s = (used_s (self) - annealing_from_s) / (n - annealing_from);
      double whole = BUDGET_TO_PLAN * options->iterations;

      each_s = (each_s * n + (whole - n) * search_s (annealing_s, problem->n_parts)) / whole;
    }
  bw_crew_free (crew);
  bw_placer_free (placer);
  return MAX (each_s, 1e-8);
}

static guint32
to_iterations (double iterations)
{
  return (guint32) CLAMP (iterations, 1.0, MAX_ITERATIONS);
}

/* About as many, of the plan that is farther from its bounds. */
static guint32
with_room (guint32 iterations,
           guint32 n_parts)
{
  guint32 even = iterations & ~1u, odd = iterations | 1u;
  double room = ROOM_BELOW + MIN (n_parts * MORE_ROOM_FOR_EACH_PART, MORE_ROOM);

  return bw_placer_plan_of (even) * room <= iterations ? even : odd;
}

guint32
bw_budget_guess (const BwBudget        *self,
                 const BwProblem       *problem,
                 const BwPlacerOptions *options,
                 BwBudgetCancelled      cancelled,
                 gpointer               user_data)
{
  double most_s = TRIALS_SHARE * self->time_s, until_s = used_s (self) + MIN (TRIALS_S, most_s);
  double first_until_s = used_s (self) + most_s;
  BwPlacerOptions trial = *options;
  double each_s = 0.0;

  trial.iterations = FIRST_TRIAL;
  do
    {
      each_s = try_run (self, problem, &trial, first_until_s, cancelled, user_data);
      g_debug ("Trial of %u iterations: %.3f ms each", trial.iterations, 1e3 * each_s);
      trial.iterations *= TRIAL_GROWTH;
      first_until_s = until_s;
    }
  while (!cancelled (user_data) && used_s (self) + trial.iterations * each_s < until_s);
  return with_room (to_iterations ((self->time_s - used_s (self)) / each_s), problem->n_parts);
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
