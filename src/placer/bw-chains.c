/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "placer/bw-chains.h"

#include <stdlib.h>
#include <string.h>

/* Large boards have no time for more than one. */
#define MOST_PARTS 400
#define SIXTEENTHS 16
/* By the plan and not by the iterations, which may become others while it runs. */
#define LEAST_PLAN 32
/* Before the end of a short run is planned. */
#define FIRST_JOIN 6
#define SECOND_JOIN 8
#define EXCHANGE_STEP 3
/* Until then chains are on their own: what they begin from scratch is to differ. */
#define FIRST_EXCHANGE 14

/* Seeds that differ by this have nothing in common: the generator mixes all bits. */
#define SEED_STEP 0xd1b54a32d192ed03u

static uint32_t
number_of (const BwProblem       *problem,
           const BwPlacerOptions *options)
{
  uint32_t n = options->n_chains;

  if (options->mode != BW_PLACER_MODE_ALL || problem->n_parts > MOST_PARTS ||
      bw_schedule_plan_of (options->iterations) < LEAST_PLAN)
    return 1;
  return n < 1 ? 1 : n > BW_CHAINS_MOST ? BW_CHAINS_MOST : n;
}

static void
set_limit (BwChains *self)
{
  const BwSchedule *leader = &self->each[0];
  uint64_t at = (uint64_t) leader->plan * self->join / SIXTEENTHS;
  uint32_t last = leader->options.iterations - 1;

  self->limit = self->is_joined_last ? UINT32_MAX : at < last ? (uint32_t) at : last;
}

bool
bw_chains_init (BwChains              *self,
                const BwProblem       *problem,
                const BwPlacerOptions *options)
{
  BwPlacerOptions own = *options;

  memset (self, 0, sizeof *self);
  self->each = calloc (number_of (problem, options), sizeof *self->each);
  self->n = self->each != NULL ? number_of (problem, options) : 0;
  /* One alone is not compared. */
  if (self->n == 0 || (self->n > 1 && !bw_estimate_init (&self->estimate, problem)))
    return false;
  for (uint32_t i = 0; i < self->n; i++)
    {
      own.seed = options->seed + i * SEED_STEP;
      if (!bw_schedule_init (&self->each[i], problem, &own))
        return false;
    }
  self->join = FIRST_JOIN;
  set_limit (self);
  return true;
}

void
bw_chains_clear (BwChains *self)
{
  for (uint32_t i = 0; i < self->n; i++)
    bw_schedule_clear (&self->each[i]);
  bw_estimate_clear (&self->estimate);
  free (self->each);
}

bool
bw_chains_step (BwChains *self,
                uint32_t  chain)
{
  BwSchedule *schedule = &self->each[chain];

  if (schedule->iteration >= self->limit || self->is_idle[chain] ||
      (chain > 0 && self->limit == UINT32_MAX))
    return false;
  return bw_schedule_step (schedule);
}

/* The cost, and how hard it is to route beyond that. */
static double
worth_mm (BwChains         *self,
          const BwSchedule *schedule)
{
  return schedule->best.cost_mm +
         bw_estimate_mm (&self->estimate, schedule->model, &schedule->best.layout);
}

/* All parts in before not all, wide gaps before narrow ones, then what routes well. */
static bool
is_better (BwChains         *self,
           const BwSchedule *a,
           const BwSchedule *b)
{
  bool a_is_whole, b_is_whole;

  if (!a->best.is_known || !b->best.is_known)
    return a->best.is_known && !b->best.is_known;
  a_is_whole = a->best.cost_mm < a->refiner.missing_mm;
  b_is_whole = b->best.cost_mm < b->refiner.missing_mm;
  if (a_is_whole != b_is_whole)
    return a_is_whole;
  if (a->model->gap_nm != b->model->gap_nm)
    return a->model->gap_nm > b->model->gap_nm;
  return worth_mm (self, a) < worth_mm (self, b);
}

/* Goes on from the best of another one. */
static void
take_over (BwChains         *self,
           uint32_t          chain,
           const BwSchedule *other)
{
  BwSchedule *schedule = &self->each[chain];
  bool begin = !schedule->best.is_known ||
               schedule->model->gap_nm != other->model->gap_nm ||
               schedule->model->margin_nm != other->model->margin_nm ||
               schedule->model->is_apart != other->model->is_apart;

  schedule->model->gap_nm = other->model->gap_nm;
  schedule->model->margin_nm = other->model->margin_nm;
  schedule->model->is_apart = other->model->is_apart;
  schedule->is_probed = other->is_probed;
  bw_model_copy_leeways (schedule->model, other->model);
  bw_best_copy (&schedule->best, &other->best, schedule->model->n_parts);
  if (!begin)
    return;
  schedule->iteration = other->iteration;
  schedule->work = other->work;
  bw_schedule_begin_from_best (schedule);
}

/* Nothing is left of what the chain was: that depended on when it was interrupted. */
static void
wake (BwChains *self,
      uint32_t  chain)
{
  BwSchedule *schedule = &self->each[chain];
  BwSchedule *leader = &self->each[0];
  BwPlacerOptions options = leader->options;

  options.seed += chain * SEED_STEP + leader->iteration;
  bw_schedule_clear (schedule);
  self->is_idle[chain] = !bw_schedule_init (schedule, leader->model->problem, &options);
  if (self->is_idle[chain])
    return;
  for (uint32_t i = 0; i < leader->model->n_parts; i++)
    {
      BwPose pose = bw_model_pose (leader->model, &leader->best.layout, i);

      schedule->model->parts[i].fixed = leader->model->parts[i].fixed;
      bw_model_set_pose (schedule->model, &schedule->scene.layout, i, &pose);
    }
  take_over (self, chain, leader);
}

static void
exchange (BwChains *self,
          bool      is_shared)
{
  BwSchedule *best = &self->each[0];

  for (uint32_t i = 1; i < self->n; i++)
    if (!self->is_idle[i] && is_better (self, &self->each[i], best))
      best = &self->each[i];
  for (uint32_t i = 0; i < self->n; i++)
    if (self->is_idle[i] && best->best.is_known)
      wake (self, i);
    else if (is_shared && !self->is_idle[i] && is_better (self, best, &self->each[i]))
      take_over (self, i, best);
}

bool
bw_chains_join (BwChains *self)
{
  const BwSchedule *leader = &self->each[0];

  if (leader->stage == BW_STAGE_FINAL)
    return false;
  self->is_joined_last = self->limit == leader->options.iterations - 1;
  if (self->join < SECOND_JOIN || (self->join - SECOND_JOIN) % EXCHANGE_STEP == 0 ||
      self->is_joined_last)
    exchange (self, self->join >= FIRST_EXCHANGE || self->is_joined_last);
  do
    {
      self->join = self->join < SECOND_JOIN ? SECOND_JOIN : self->join + 1;
      set_limit (self);
    }
  while (self->limit <= leader->iteration && !self->is_joined_last);
  return true;
}

uint32_t
bw_chains_plan (BwChains *self,
                uint32_t  iterations)
{
  BwSchedule *leader = &self->each[0];
  uint32_t least = leader->plan, most = 4 * leader->plan - 1;

  for (uint32_t i = 0; i < self->n; i++)
    {
      const BwSchedule *schedule = &self->each[i];
      uint32_t soonest = schedule->iteration + schedule->last_length + 2;

      if (self->is_idle[i])
        continue;
      if (schedule->is_last_search || schedule->iteration != leader->iteration)
        return leader->options.iterations;
      least = least > soonest ? least : soonest;
    }
  if (self->is_joined_last || least > most)
    return leader->options.iterations;
  iterations = iterations < least ? least : iterations > most ? most : iterations;
  /* One with the same plan, see bw_placer_plan_of(). */
  if (iterations < 2 * leader->plan)
    iterations &= ~1u;
  else
    iterations |= 1u;
  if (iterations < least || iterations > most)
    return leader->options.iterations;
  for (uint32_t i = 0; i < self->n; i++)
    self->each[i].options.iterations = iterations;
  set_limit (self);
  return iterations;
}

/* What the other chains have by now is of no use after a change, and how far they are is chance:
 * they begin anew from the leader's best at the next join. */
static void
leave_others (BwChains *self)
{
  for (uint32_t i = 1; i < self->n; i++)
    self->is_idle[i] = true;
}

void
bw_chains_set_pose (BwChains     *self,
                    uint32_t      part,
                    const BwPose *pose)
{
  BwSchedule *leader = &self->each[0];

  leave_others (self);
  bw_schedule_prepare (leader);
  bw_model_set_pose (leader->model, &leader->scene.layout, part, pose);
  bw_schedule_changed (leader, part);
}

void
bw_chains_set_fixed (BwChains *self,
                     uint32_t  part,
                     bool      fixed)
{
  BwSchedule *leader = &self->each[0];

  leave_others (self);
  bw_schedule_prepare (leader);
  leader->model->parts[part].fixed = fixed;
  bw_schedule_changed (leader, part);
}

void
bw_chains_reweigh (BwChains *self)
{
  leave_others (self);
  bw_schedule_reweigh (&self->each[0]);
}
