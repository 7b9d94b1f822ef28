/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "placer/bw-chains.h"

#include <stdlib.h>
#include <string.h>

/* Large boards have no time for more than one. */
#define MOST_PARTS 400
/* Chains are on their own for the first half: what they begin from scratch is to differ. */
#define JOINS 16
#define FIRST_JOIN 8
#define JOIN_STEP 3

/* Seeds that differ by this have nothing in common: the generator mixes all bits. */
#define SEED_STEP 0xd1b54a32d192ed03u

static uint32_t
number_of (const BwProblem       *problem,
           const BwPlacerOptions *options)
{
  uint32_t n = options->n_chains;

  if (options->mode != BW_PLACER_MODE_ALL || problem->n_parts > MOST_PARTS ||
      options->iterations < 2 * JOINS)
    return 1;
  return n < 1 ? 1 : n > BW_CHAINS_MOST ? BW_CHAINS_MOST : n;
}

static void
set_limit (BwChains *self)
{
  uint32_t last = self->each[0].options.iterations - 1;

  self->limit = self->n == 1 || self->join > JOINS
                  ? UINT32_MAX
                  : (uint32_t) ((uint64_t) last * self->join / JOINS);
}

bool
bw_chains_init (BwChains              *self,
                const BwProblem       *problem,
                const BwPlacerOptions *options)
{
  BwPlacerOptions own = *options;

  memset (self, 0, sizeof *self);
  self->each = calloc (number_of (problem, options), sizeof *self->each);
  if (self->each == NULL)
    return false;
  self->n = number_of (problem, options);
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

/* All parts in before not all, wide gaps before narrow ones, then short wires. */
static bool
is_better (const BwSchedule *a,
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
  return a->best.cost_mm < b->best.cost_mm;
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

bool
bw_chains_join (BwChains *self)
{
  BwSchedule *best = &self->each[0];

  if (best->stage == BW_STAGE_FINAL)
    return false;
  for (uint32_t i = 1; i < self->n; i++)
    if (!self->is_idle[i] && is_better (&self->each[i], best))
      best = &self->each[i];
  for (uint32_t i = 0; i < self->n; i++)
    if (self->is_idle[i] && best->best.is_known)
      wake (self, i);
    else if (!self->is_idle[i] && is_better (best, &self->each[i]))
      take_over (self, i, best);
  self->join = self->join == JOINS || self->join + JOIN_STEP < JOINS ? self->join + JOIN_STEP
                                                                     : JOINS;
  set_limit (self);
  return true;
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
