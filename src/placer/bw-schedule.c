/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "placer/bw-schedule.h"

#include <stdlib.h>
#include <string.h>

#include "base/bw-math.h"

/* Shares of the budget. */
#define GLOBAL_SHARE 0.20
#define GLOBAL_MAX 700
/* Steps of global placement that are too long cost an iteration each. */
#define TRIALS_FOR_EACH_STEP 1.5
#define ANNEALING_SHARE 0.3
/* What is left is cut into rounds of about this much work. */
#define ROUND_WORK_FOR_EACH_PART 120000
#define ROUNDS_MOST 24
#define REHEAT_SHARE 0.85
/* On boards up to this size a first part of the rounds starts from scratch. */
#define RESTART_MOST_PARTS 150
#define RESTART_ROUNDS 0.5
#define RESTART_GLOBAL_SHARE 0.2
/* So do those on larger ones while legal wires are this much longer than annealed ones were: a
 * large part found no place near where it belongs, and all that it met had to go. */
#define MUCH_LONGER 1.25

#define SEARCH_HOT_MM 0.2
#define SEARCH_COOLING 4.605170185988092 /* ln 100 */
#define SEARCH_GREEDY_FROM 0.9
/* Of one iteration of the other stages. */
#define WORK_MOST 40000
#define WORK_MOST_FOR_EACH_PART 12
/* Attempts to legalize: with the gap asked for, with half of it, without; then by packing into
 * each corner of the room. */
#define MAX_ATTEMPTS 10
#define WITHOUT_GAP_FROM 4
#define PACK_FROM 6
#define MAX_ATTEMPTS_IN_ROUND 2
/* No more attempts once this share of the budget is used up. */
#define ATTEMPTS_UP_TO 0.7
/* After some attempts the few parts without a place are given some time to get in by pushing
 * others aside. */
#define REPAIR_MOST_FAILED 0.1
#define REPAIR_SHARE 0.04
/* Of the search that makes moves shorter where untangling pushed other parts aside. */
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

bool
bw_schedule_init (BwSchedule                 *self,
             const BwProblem       *problem,
             const BwPlacerOptions *options)
{
  size_t n = (size_t) problem->n_parts + 1;

  memset (self, 0, sizeof *self);
  self->options = *options;
  self->options.iterations = options->iterations > 0 ? options->iterations : 1;
  self->random = bw_random_new (options->seed);
  self->model = bw_model_new (problem);
  if (self->model == NULL)
    return false;
  self->first = calloc (n, sizeof *self->first);
  self->bad = calloc (n, sizeof *self->bad);
  return self->first != NULL && self->bad != NULL && bw_best_init (&self->best, self->model) &&
         bw_layout_init (&self->start, problem->n_parts) &&
         bw_layout_init (&self->before, problem->n_parts) &&
         bw_layout_init (&self->illegal, problem->n_parts) &&
         bw_scene_init (&self->scene, self->model) &&
         bw_finder_init (&self->finder, &self->scene) &&
         bw_global_init (&self->global, self->model, &self->random) &&
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
  bw_layout_clear (&self->illegal);
  bw_scene_clear (&self->scene);
  bw_finder_clear (&self->finder);
  bw_global_clear (&self->global);
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

static void
begin_stage (BwSchedule   *self,
             BwStage  stage,
             uint32_t length)
{
  self->stage = stage;
  self->stage_start = self->iteration;
  self->stage_end = self->iteration + length;
}

/* Untangling is to move as little as can be. */
static const BwLayout *
home_of (const BwSchedule *self)
{
  return self->options.mode == BW_PLACER_MODE_UNTANGLE ? &self->before : NULL;
}

static uint32_t
iterations_left (const BwSchedule *self)
{
  return self->iteration < self->options.iterations ? self->options.iterations - self->iteration
                                                     : 0;
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
  uint32_t n = (uint32_t) (GLOBAL_SHARE * self->options.iterations);

  self->phase = BW_PHASE_GLOBAL;
  n = n < GLOBAL_MAX ? n : GLOBAL_MAX;
  begin_stage (self, BW_STAGE_GLOBAL, (uint32_t) (TRIALS_FOR_EACH_STEP * n));
  bw_global_start (&self->global, &self->scene.layout, n);
}

static void
begin_annealing (BwSchedule *self)
{
  self->phase = BW_PHASE_ANNEALING;
  begin_stage (self, BW_STAGE_ANNEALING,
               (uint32_t) (ANNEALING_SHARE * self->options.iterations));
  bw_scene_load (&self->scene, &self->scene.layout);
  bw_annealer_start (&self->annealer, &first_plan);
}

static void
begin_legalization (BwSchedule *self)
{
  self->phase = self->best.is_known ? BW_PHASE_REFINEMENT : BW_PHASE_LEGALIZATION;
  begin_stage (self, BW_STAGE_LEGALIZATION, 1);
  self->attempts = 0;
  bw_layout_copy (&self->before, &self->scene.layout, self->model->n_parts);
  if (!self->best.is_known)
    self->annealed_mm = bw_scene_wirelength (&self->scene);
  bw_legalizer_start (&self->legalizer, BW_LEGALIZE_SHORT, NULL, NULL);
}

/* Legalize with the least movement: what is legal by the exact polygons stays where it is. */
static void
begin_untangling (BwSchedule *self)
{
  self->phase = BW_PHASE_LEGALIZATION;
  begin_stage (self, BW_STAGE_LEGALIZATION, 1);
  self->attempts = 0;
  self->model->gap_nm = 0;
  self->model->margin_nm = 0;
  bw_measure_violations (&self->measure, &self->scene.layout, UINT32_MAX, self->bad);
  bw_layout_copy (&self->before, &self->scene.layout, self->model->n_parts);
  bw_scene_load (&self->scene, &self->scene.layout);
  bw_legalizer_start (&self->legalizer, BW_LEGALIZE_STAY, NULL, self->bad);
}

static void
keep_legalized (BwSchedule *self)
{
  bw_refiner_start (&self->refiner, home_of (self));
  bw_best_offer (&self->best, &self->scene, self->refiner.cost_mm);
}

static void
begin_search (BwSchedule *self)
{
  uint32_t left = iterations_left (self);
  uint32_t length;

  if (self->round_length == 0)
    {
      uint64_t round_work = (uint64_t) ROUND_WORK_FOR_EACH_PART * (self->model->n_parts + 1);
      uint64_t n = left * self->work / round_work;

      n = n < 1 ? 1 : n > ROUNDS_MOST ? ROUNDS_MOST : n;
      self->n_rounds = (uint32_t) n;
      self->round_length = (uint32_t) (left / n) + 1;
    }
  length = (uint32_t) ((1.0 - REHEAT_SHARE) * self->round_length) + 1;
  /* A rest that is too short for a round goes to this search. */
  if (left < length + self->round_length || self->options.mode == BW_PLACER_MODE_UNTANGLE)
    length = left;
  self->phase = BW_PHASE_REFINEMENT;
  begin_stage (self, BW_STAGE_SEARCH, length);
  keep_legalized (self);
}

static void
begin_reheat (BwSchedule *self)
{
  begin_stage (self, BW_STAGE_REHEAT, (uint32_t) (REHEAT_SHARE * self->round_length));
  bw_scene_load (&self->scene, &self->best.layout);
  bw_annealer_start (&self->annealer, &reheat_plan);
}

static void
begin_restart (BwSchedule *self)
{
  uint32_t length = (uint32_t) (RESTART_GLOBAL_SHARE * self->round_length);

  begin_stage (self, BW_STAGE_RESTART, (uint32_t) (TRIALS_FOR_EACH_STEP * length));
  bw_scene_load (&self->scene, &self->best.layout);
  bw_global_start (&self->global, &self->scene.layout, length);
}

static void
begin_round (BwSchedule *self)
{
  bw_refiner_stop (&self->refiner);
  self->round++;
  if (self->options.mode != BW_PLACER_MODE_REFINE &&
      (self->model->n_parts <= RESTART_MOST_PARTS ||
       self->best.cost_mm > MUCH_LONGER * self->annealed_mm) &&
      self->round <= RESTART_ROUNDS * (self->n_rounds - 1.0))
    begin_restart (self);
  else
    begin_reheat (self);
}

static void
step_restart (BwSchedule *self)
{
  if (bw_global_step (&self->global) && self->iteration + 1 < self->stage_end)
    return;
  begin_stage (self, BW_STAGE_REHEAT,
               (uint32_t) ((REHEAT_SHARE - RESTART_GLOBAL_SHARE) * self->round_length));
  bw_scene_load (&self->scene, &self->scene.layout);
  bw_annealer_start (&self->annealer, &first_plan);
}

/* The gap and margin asked for shrink from attempt to attempt; at once where time is short. */
static void
shrink_gap (BwSchedule *self)
{
  bool hurry = iterations_left (self) < 2 * MAX_ATTEMPTS;

  self->model->is_roomy = false;
  if (hurry || self->attempts >= WITHOUT_GAP_FROM)
    {
      self->model->gap_nm = 0;
      self->model->margin_nm = 0;
      self->model->is_apart = false;
    }
  else if (self->attempts % 2 == 0)
    {
      self->model->gap_nm /= 2;
      self->model->margin_nm /= 2;
    }
}

/* Once more, with what had no place first; with less of a gap where that does not help. */
static bool
try_legalization_again (BwSchedule *self)
{
  bool untangle = self->options.mode == BW_PLACER_MODE_UNTANGLE;
  bool pack;

  for (uint32_t i = 0; i < self->model->n_parts; i++)
    if (bw_scene_is_missing (&self->scene, i) && !self->model->parts[i].fixed)
      self->first[i]++;
  self->attempts++;
  if (self->attempts >= (self->best.is_known ? MAX_ATTEMPTS_IN_ROUND : MAX_ATTEMPTS) ||
      (self->attempts > 1 && self->iteration > ATTEMPTS_UP_TO * self->options.iterations &&
       self->iteration < self->options.iterations))
    return false;
  if (!self->best.is_known)
    shrink_gap (self);
  pack = self->attempts >= PACK_FROM && !untangle;
  bw_scene_load (&self->scene, &self->before);
  bw_legalizer_start (&self->legalizer,
                      pack ? BW_LEGALIZE_PACK : untangle ? BW_LEGALIZE_STAY : BW_LEGALIZE_SHORT,
                      pack ? NULL : self->first, untangle ? self->bad : NULL);
  bw_legalizer_pack (&self->legalizer, self->attempts - PACK_FROM);
  return true;
}

/* True if the rest may get in by pushing others aside: one time for each width of the gap. */
static bool
begin_repair (BwSchedule *self)
{
  uint32_t n_failed = self->legalizer.n_failed;

  if (self->best.is_known || self->options.mode == BW_PLACER_MODE_UNTANGLE ||
      self->attempts % 2 != 0 || self->attempts >= PACK_FROM ||
      n_failed > REPAIR_MOST_FAILED * self->model->n_parts + 2 ||
      self->iteration >= self->options.iterations)
    return false;
  begin_stage (self, BW_STAGE_REPAIR, (uint32_t) (REPAIR_SHARE * self->options.iterations));
  bw_refiner_start (&self->refiner, home_of (self));
  return true;
}

static void
give_up_legalization (BwSchedule *self)
{
  if (try_legalization_again (self))
    {
      self->stage = BW_STAGE_LEGALIZATION;
      return;
    }
  if (!self->best.is_known)
    {
      bw_layout_copy (&self->illegal, &self->before, self->model->n_parts);
      self->has_illegal = true;
    }
  begin_search (self);
}

/* What could not be placed in the time stays out. */
static void
keep_unfinished (BwSchedule *self)
{
  bw_layout_copy (&self->illegal, &self->before, self->model->n_parts);
  self->has_illegal = true;
  keep_legalized (self);
}

/* Once more with half of the gap, where the whole made wires much longer. */
static bool
try_closer (BwSchedule *self)
{
  int32_t gap_nm = self->model->problem->gap_nm;

  if (self->round > 0 || self->attempts > 0 || gap_nm <= 0 || self->model->gap_nm < gap_nm ||
      bw_scene_wirelength (&self->scene) <= MUCH_LONGER * self->annealed_mm)
    return false;
  keep_legalized (self);
  self->model->is_roomy = false;
  self->model->gap_nm /= 2;
  self->model->margin_nm /= 2;
  bw_scene_load (&self->scene, &self->before);
  bw_legalizer_start (&self->legalizer, BW_LEGALIZE_SHORT, NULL, NULL);
  return true;
}

static void
end_legalization (BwSchedule *self)
{
  if (self->legalizer.n_failed > 0)
    {
      if (!begin_repair (self))
        give_up_legalization (self);
      return;
    }
  if (self->options.mode == BW_PLACER_MODE_UNTANGLE)
    {
      keep_legalized (self);
      bw_schedule_begin_end (self);
      return;
    }
  if (!try_closer (self))
    begin_search (self);
}

static void
step_repair (BwSchedule *self)
{
  uint64_t end = self->scene.work + self->work;

  while (self->scene.work < end && self->refiner.cost_mm >= self->refiner.missing_mm)
    bw_refiner_step (&self->refiner, SEARCH_HOT_MM);
  if (self->refiner.cost_mm < self->refiner.missing_mm)
    {
      begin_search (self);
    }
  else if (self->iteration + 1 >= self->stage_end)
    {
      bw_refiner_stop (&self->refiner);
      give_up_legalization (self);
    }
}

static void
step_legalization (BwSchedule *self)
{
  uint64_t end = self->scene.work + self->work;

  while (self->stage == BW_STAGE_LEGALIZATION && self->scene.work < end)
    if (!bw_legalizer_step (&self->legalizer))
      end_legalization (self);
}

static void
step_search (BwSchedule *self)
{
  uint64_t end = self->scene.work + self->work;
  double done = progress (self);
  double temperature_mm = 0.0;
  bool is_untangled = self->options.mode == BW_PLACER_MODE_UNTANGLE &&
                      self->best.cost_mm < self->refiner.missing_mm;

  if (done < SEARCH_GREEDY_FROM && !is_untangled)
    temperature_mm = SEARCH_HOT_MM * bw_exp (-SEARCH_COOLING * done);
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
    begin_legalization (self);
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
  if (self->options.mode == BW_PLACER_MODE_ALL)
    return;
  bw_layout_copy (&self->scene.layout, &self->start, self->model->n_parts);
  bw_scene_load (&self->scene, &self->scene.layout);
  if (self->options.mode == BW_PLACER_MODE_UNTANGLE)
    begin_untangling (self);
  else
    begin_legalization (self);
}

/* The budget is used up: to the end, once a legal layout is known or what is left to get one. */
static void
come_to_end (BwSchedule *self)
{
  uint64_t most = (uint64_t) OVERTIME_SHARE * self->options.iterations + OVERTIME_LEAST;

  if (!self->best.is_known && self->stage != BW_STAGE_LEGALIZATION)
    {
      bw_refiner_stop (&self->refiner);
      bw_scene_load (&self->scene, &self->scene.layout);
      begin_legalization (self);
    }
  if (!self->best.is_known && self->iteration >= self->options.iterations + most)
    keep_unfinished (self);
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
      step_legalization (self);
      break;
    case BW_STAGE_REPAIR:
      step_repair (self);
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
  begin_search (self);
}

void
bw_schedule_prepare (BwSchedule *self)
{
  bw_refiner_stop (&self->refiner);
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
    begin_search (self);
  else
    begin_legalization (self);
}

void
bw_schedule_changed (BwSchedule   *self,
                uint32_t part)
{
  bw_measure_forget (&self->measure);
  self->has_illegal = false;
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
