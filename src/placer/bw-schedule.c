/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "placer/bw-schedule.h"

#include <stdlib.h>
#include <string.h>

#include "base/bw-math.h"
#include "placer/bw-middle.h"
#include "placer/bw-schedule-private.h"

/* Shares of the plan. */
#define GLOBAL_SHARE 0.22
#define GLOBAL_MAX 700
/* Steps of global placement that are too long cost an iteration each. */
#define TRIALS_FOR_EACH_STEP 1.5
#define ANNEALING_SHARE 0.38
/* What is left is cut into rounds of about this much work. */
#define ROUND_WORK_FOR_EACH_PART 120000
#define ROUNDS_MOST 24
#define REHEAT_SHARE 0.85
/* On larger ones the first annealing comes to no more with more work than this, either. */
#define REHEAT_MOST_PARTS 400
#define ANNEALING_WORK_FOR_EACH_PART 68000
/* On boards up to this size a first part of the rounds starts from scratch; on larger ones while
 * legal wires are much longer. */
#define RESTART_MOST_PARTS 150
#define RESTART_ROUNDS 0.5
#define RESTART_GLOBAL_SHARE 0.2

/* The last search: of the plan, but no longer than a round. */
#define LAST_SHARE 0.125
#define SEARCH_COOLING 4.605170185988092 /* ln 100 */
#define SEARCH_GREEDY_FROM 0.9
/* A search from a layout that is so much longer than the best one does not overtake it; the last
 * one less so than one that others follow. */
#define HOPELESS 1.02
#define HOPELESS_AT_LAST 1.003
/* Of one iteration of the other stages. */
#define WORK_MOST 40000
#define WORK_MOST_FOR_EACH_PART 12
/* Of the search that makes moves shorter once all is untangled. */
#define UNTANGLE_SHARE 0.1
/* After the budget, to legalize what is not yet: of the budget, and besides. */
#define OVERTIME_SHARE 1
#define OVERTIME_LEAST 400

static const BwAnnealingPlan first_plan = {
  .heat = 0.05, .reach = 0.3, .weight_start = 0.3, .weight_end = 40.0
};
static const BwAnnealingPlan reheat_plan = {
  .heat = 0.02, .reach = 0.15, .weight_start = 1.0, .weight_end = 40.0
};

uint32_t
bw_schedule_plan_of (uint32_t iterations)
{
  uint32_t plan = 1;

  while (iterations / plan >= 2)
    plan *= 2;
  return iterations % 2 == 1 && plan > 1 ? plan / 2 : plan;
}

/* Global placement is from scratch each time, and a search is over before. */
static bool
lay_out (BwSchedule *self)
{
  for (int pass = 0; pass < 2; pass++)
    {
      bw_workspace_rewind (&self->workspace);
      bw_global_lay (&self->global, &self->workspace);
      bw_workspace_rewind (&self->workspace);
      bw_finder_lay (&self->finder, &self->workspace);
      if (pass == 0 && !bw_workspace_alloc (&self->workspace))
        return false;
    }
  return true;
}

bool
bw_schedule_init (BwSchedule            *self,
                  const BwProblem       *problem,
                  const BwPlacerOptions *options)
{
  size_t n = (size_t) problem->n_parts + 1;

  memset (self, 0, sizeof *self);
  self->options = *options;
  self->options.iterations = options->iterations > 0 ? options->iterations : 1;
  self->plan = bw_schedule_plan_of (self->options.iterations);
  self->random = bw_random_new (options->seed);
  self->model = bw_model_new (problem);
  if (self->model == NULL)
    return false;
  self->first = calloc (n, sizeof *self->first);
  self->bad = calloc (n, sizeof *self->bad);
  return self->first != NULL && self->bad != NULL && bw_best_init (&self->best, self->model) &&
         bw_layout_init (&self->start, problem->n_parts) &&
         bw_layout_init (&self->before, problem->n_parts) &&
         bw_scene_init (&self->scene, self->model) &&
         bw_finder_init (&self->finder, &self->scene) &&
         bw_global_init (&self->global, self->model, &self->random) && lay_out (self) &&
         bw_annealer_init (&self->annealer, &self->scene, &self->random) &&
         bw_legalizer_init (&self->legalizer, &self->finder) &&
         bw_refiner_init (&self->refiner, &self->finder, &self->random) &&
         bw_measure_init (&self->measure, self->model);
}

void
bw_schedule_clear (BwSchedule *self)
{
  bw_layout_clear (&self->start);
  bw_best_clear (&self->best);
  bw_layout_clear (&self->before);
  bw_scene_clear (&self->scene);
  bw_finder_clear (&self->finder);
  bw_global_clear (&self->global);
  bw_workspace_clear (&self->workspace);
  bw_annealer_clear (&self->annealer);
  bw_legalizer_clear (&self->legalizer);
  bw_refiner_clear (&self->refiner);
  bw_measure_clear (&self->measure);
  bw_model_free (self->model);
  free (self->first);
  free (self->bad);
}

const BwLayout *
bw_schedule_shown (const BwSchedule *self)
{
  return self->best.is_known ? &self->best.layout : &self->scene.layout;
}

void
bw_schedule_begin_stage (BwSchedule *self,
                         BwStage     stage,
                         uint32_t    length)
{
  self->stage = stage;
  self->stage_start = self->iteration;
  self->stage_end = self->iteration + length;
}

uint32_t
bw_schedule_left_of (const BwSchedule *self,
                     uint32_t          iterations)
{
  return self->iteration < iterations ? iterations - self->iteration : 0;
}

static double
progress (const BwSchedule *self)
{
  double length = (double) self->stage_end - self->stage_start;
  double done = length > 0.0 ? (self->iteration - self->stage_start) / length : 1.0;

  return done > 1.0 ? 1.0 : done;
}

static void
begin_global (BwSchedule *self)
{
  uint32_t n = (uint32_t) (GLOBAL_SHARE * self->plan);

  self->phase = BW_PHASE_GLOBAL;
  n = n < GLOBAL_MAX ? n : GLOBAL_MAX;
  bw_schedule_begin_stage (self, BW_STAGE_GLOBAL, (uint32_t) (TRIALS_FOR_EACH_STEP * n));
  bw_global_start (&self->global, &self->scene.layout, n);
}

static void
begin_annealing (BwSchedule *self)
{
  uint64_t most = (uint64_t) ANNEALING_WORK_FOR_EACH_PART * self->model->n_parts / self->work;
  uint32_t length = (uint32_t) (ANNEALING_SHARE * self->plan);

  if (self->model->n_parts > REHEAT_MOST_PARTS && length > most)
    length = (uint32_t) most;
  self->phase = BW_PHASE_ANNEALING;
  bw_schedule_begin_stage (self, BW_STAGE_ANNEALING, length);
  bw_scene_load (&self->scene, &self->scene.layout);
  bw_annealer_start (&self->annealer, &first_plan);
}

static void
plan_rounds (BwSchedule *self)
{
  uint64_t round_work = (uint64_t) ROUND_WORK_FOR_EACH_PART * (self->model->n_parts + 1);
  uint64_t shortest = round_work / self->work;
  uint64_t left = bw_schedule_left_of (self, self->plan);
  uint64_t n = left * self->work / round_work;

  n = n > ROUNDS_MOST ? ROUNDS_MOST : n;
  self->n_rounds = (uint32_t) n;
  self->round_length = (uint32_t) (n > 0 && left / n > shortest ? left / n : shortest) + 1;
  self->last_length = (uint32_t) (LAST_SHARE * self->plan) + 1;
  if (self->last_length > self->round_length)
    self->last_length = self->round_length;
}

static bool
is_much_longer_than_annealed (const BwSchedule *self)
{
  return self->best.cost_mm > BW_MUCH_LONGER * self->annealed_mm;
}

/* On larger boards annealing does not get anywhere else, and the search gains more. */
static bool
has_rounds (const BwSchedule *self)
{
  return self->n_rounds > 0 && (self->model->n_parts <= REHEAT_MOST_PARTS ||
                                is_much_longer_than_annealed (self));
}

/* Not where a hand has put something: that is to stay there. */
static void
go_to_middle (BwSchedule *self)
{
  if (self->options.mode != BW_PLACER_MODE_ALL || !self->has_start)
    return;
  for (uint32_t i = 0; i < self->model->n_parts; i++)
    if (bw_scene_is_missing (&self->scene, i))
      return;
  bw_middle_go (&self->scene);
}

/* Where the annealing before came to nothing, time is better spent on the best. */
static void
go_back_to_best (BwSchedule *self)
{
  double most = self->is_last_search ? HOPELESS_AT_LAST : HOPELESS;

  if (self->refiner.cost_mm <= most * self->best.cost_mm)
    return;
  bw_best_load (&self->best, &self->scene);
  bw_schedule_keep_legalized (self);
}

void
bw_schedule_begin_search (BwSchedule *self)
{
  uint32_t left = bw_schedule_left_of (self, self->options.iterations);
  uint32_t length;

  if (self->last_length == 0)
    plan_rounds (self);
  /* Without rounds it stays hot until the last one. */
  length = has_rounds (self) ? (uint32_t) ((1.0 - REHEAT_SHARE) * self->round_length) + 1 :
                               UINT32_MAX - self->iteration;
  self->is_last_search = left <= self->last_length ||
                         self->options.mode == BW_PLACER_MODE_UNTANGLE;
  self->phase = BW_PHASE_REFINEMENT;
  bw_schedule_begin_stage (self, BW_STAGE_SEARCH, self->is_last_search ? left : length);
  go_to_middle (self);
  bw_schedule_keep_legalized (self);
  go_back_to_best (self);
}

/* Rounds are not fitted into a budget, which may become another one: the end comes when it does. */
static void
look_to_end (BwSchedule *self)
{
  if (!self->best.is_known || self->last_length == 0 || self->is_last_search ||
      self->stage == BW_STAGE_END ||
      bw_schedule_left_of (self, self->options.iterations) > self->last_length)
    return;
  bw_schedule_begin_from_best (self);
}

static void
begin_reheat (BwSchedule *self)
{
  bw_schedule_begin_stage (self, BW_STAGE_REHEAT, (uint32_t) (REHEAT_SHARE * self->round_length));
  bw_scene_load (&self->scene, &self->best.layout);
  bw_annealer_start (&self->annealer, &reheat_plan);
}

static void
begin_restart (BwSchedule *self)
{
  uint32_t length = (uint32_t) (RESTART_GLOBAL_SHARE * self->round_length);

  bw_schedule_begin_stage (self, BW_STAGE_RESTART, (uint32_t) (TRIALS_FOR_EACH_STEP * length));
  bw_scene_load (&self->scene, &self->best.layout);
  bw_global_start (&self->global, &self->scene.layout, length);
}

static void
begin_round (BwSchedule *self)
{
  bw_refiner_stop (&self->refiner);
  self->round++;
  if (self->options.mode != BW_PLACER_MODE_REFINE &&
      (self->model->n_parts <= RESTART_MOST_PARTS || is_much_longer_than_annealed (self)) &&
      self->round <= RESTART_ROUNDS * (self->n_rounds - 1.0))
    begin_restart (self);
  else
    begin_reheat (self);
}

static void
step_restart (BwSchedule *self)
{
  double share = REHEAT_SHARE - RESTART_GLOBAL_SHARE;

  if (bw_global_step (&self->global) && self->iteration + 1 < self->stage_end)
    return;
  bw_schedule_begin_stage (self, BW_STAGE_REHEAT, (uint32_t) (share * self->round_length));
  bw_scene_load (&self->scene, &self->scene.layout);
  bw_annealer_start (&self->annealer, &first_plan);
}

static void
step_search (BwSchedule *self)
{
  uint64_t end = self->scene.work + self->work;
  double done = progress (self);
  double temperature_mm = 0.0;
  /* All that can be: what has a place on an empty board. */
  bool is_untangled = self->options.mode == BW_PLACER_MODE_UNTANGLE &&
                      (self->best.cost_mm < self->refiner.missing_mm ||
                       self->legalizer.n_failed == 0);

  if (done < SEARCH_GREEDY_FROM && !is_untangled)
    temperature_mm = BW_SEARCH_HOT_MM * bw_exp (-SEARCH_COOLING * done);
  while (self->scene.work < end)
    if (bw_refiner_step (&self->refiner, temperature_mm))
      bw_best_offer (&self->best, &self->scene, self->refiner.cost_mm);
  if (is_untangled && done >= UNTANGLE_SHARE)
    bw_schedule_begin_end (self);
  else if (self->iteration + 1 >= self->stage_end)
    begin_round (self);
}

static void
step_annealing (BwSchedule *self)
{
  bw_annealer_run (&self->annealer, progress (self), self->work);
  if (self->iteration + 1 >= self->stage_end)
    bw_schedule_begin_legalization (self);
}

static void
begin (BwSchedule *self)
{
  uint64_t most;

  bw_layout_copy (&self->start, &self->scene.layout, self->model->n_parts);
  self->has_start = true;
  begin_global (self);
  self->work = bw_global_work (&self->global);
  most = WORK_MOST + WORK_MOST_FOR_EACH_PART * self->model->n_parts;
  self->work = self->work < most ? self->work : most;
  self->work = self->work > 0 ? self->work : 1;
  if (self->options.mode == BW_PLACER_MODE_ALL)
    return;
  bw_layout_copy (&self->scene.layout, &self->start, self->model->n_parts);
  bw_scene_load (&self->scene, &self->scene.layout);
  if (self->options.mode == BW_PLACER_MODE_UNTANGLE)
    bw_schedule_begin_untangling (self);
  else
    bw_schedule_begin_legalization (self);
}

/* The budget is used up: to the end, once a legal layout is known or what is left to get one. */
static void
come_to_end (BwSchedule *self)
{
  uint64_t most = (uint64_t) OVERTIME_SHARE * self->options.iterations + OVERTIME_LEAST;

  if (!self->best.is_known && self->stage != BW_STAGE_LEGALIZATION &&
      self->stage != BW_STAGE_PROBE)
    {
      bw_refiner_stop (&self->refiner);
      bw_scene_load (&self->scene, &self->scene.layout);
      bw_schedule_begin_legalization (self);
    }
  if (!self->best.is_known && self->iteration >= self->options.iterations + most)
    bw_schedule_keep_legalized (self);
  if (self->best.is_known && self->stage != BW_STAGE_END && self->stage != BW_STAGE_FINAL)
    bw_schedule_begin_end (self);
  if (self->stage == BW_STAGE_END)
    bw_schedule_step_end (self);
}

bool
bw_schedule_step (BwSchedule *self)
{
  if (self->stage == BW_STAGE_FINAL)
    return false;
  look_to_end (self);
  switch (self->stage)
    {
    case BW_STAGE_START:
      begin (self);
      break;
    case BW_STAGE_GLOBAL:
      if (self->stage_end == self->stage_start || !bw_global_step (&self->global) ||
          self->iteration + 1 >= self->stage_end)
        begin_annealing (self);
      break;
    case BW_STAGE_ANNEALING:
    case BW_STAGE_REHEAT:
      step_annealing (self);
      break;
    case BW_STAGE_LEGALIZATION:
      bw_schedule_step_legalization (self);
      break;
    case BW_STAGE_PROBE:
      bw_schedule_step_probe (self);
      break;
    case BW_STAGE_REPAIR:
      bw_schedule_step_repair (self);
      break;
    case BW_STAGE_SEARCH:
      step_search (self);
      break;
    case BW_STAGE_RESTART:
      step_restart (self);
      break;
    case BW_STAGE_END:
      bw_schedule_step_end (self);
      break;
    case BW_STAGE_FINAL:
      break;
    }
  self->iteration++;
  if (self->iteration >= self->options.iterations)
    come_to_end (self);
  return self->stage != BW_STAGE_FINAL;
}

void
bw_schedule_begin_from_best (BwSchedule *self)
{
  bw_refiner_stop (&self->refiner);
  bw_best_load (&self->best, &self->scene);
  bw_schedule_begin_search (self);
}

void
bw_schedule_prepare (BwSchedule *self)
{
  bw_refiner_stop (&self->refiner);
  bw_leeway_stop (&self->leeway);
  if (self->best.is_known)
    bw_scene_load (&self->scene, &self->best.layout);
}

/* From the layout that is in the scene, which is legal or to be made so. */
static void
go_on (BwSchedule *self,
       bool        is_legal)
{
  if (self->stage == BW_STAGE_START || self->stage == BW_STAGE_GLOBAL ||
      self->stage == BW_STAGE_FINAL)
    return;
  bw_scene_load (&self->scene, &self->scene.layout);
  if (self->stage == BW_STAGE_ANNEALING)
    {
      bw_annealer_list (&self->annealer);
      return;
    }
  self->best.is_known = false;
  if (is_legal)
    bw_schedule_begin_search (self);
  else
    bw_schedule_begin_legalization (self);
}

void
bw_schedule_changed (BwSchedule *self,
                     uint32_t    part)
{
  bw_measure_forget (&self->measure);
  bw_model_forget_leeways (self->model);
  self->is_probed = false;
  self->has_start = false;
  if (self->stage == BW_STAGE_GLOBAL)
    bw_global_reload (&self->global, part);
  else if (self->stage == BW_STAGE_FINAL)
    bw_layout_copy (&self->best.layout, &self->scene.layout, self->model->n_parts);
  go_on (self, false);
}

void
bw_schedule_reweigh (BwSchedule *self)
{
  bool was_legal = self->best.is_known, is_spaced_anew;

  bw_schedule_prepare (self);
  is_spaced_anew = bw_model_weigh (self->model);
  if (self->stage == BW_STAGE_GLOBAL)
    bw_global_reweigh (&self->global);
  go_on (self, was_legal && !is_spaced_anew);
}
