/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The legalization of a schedule: attempts with less and less of a gap, and what is done where
 * some part has no place. */

#include "placer/bw-schedule-private.h"

/* Attempts to legalize: with the gap asked for, with half of it, without; then by packing into
 * each corner of the room. */
#define MAX_ATTEMPTS 10
#define WITHOUT_GAP_FROM 4
#define PACK_FROM 6
#define MAX_ATTEMPTS_IN_ROUND 2
/* What is in conflict in any case shall not take the room of what need not be. */
#define LEAVE_OUT_FROM 2
/* No more attempts once this share of the plan is used up. */
#define ATTEMPTS_UP_TO 0.85
/* After some attempts the few parts without a place are given some time to get in by pushing
 * others aside. */
#define REPAIR_MOST_FAILED 0.1
#define REPAIR_SHARE 0.04

/* Untangling is to move as little as can be. */
static const BwLayout *
home_of (const BwSchedule *self)
{
  return self->options.mode == BW_PLACER_MODE_UNTANGLE ? &self->before : NULL;
}

void
bw_schedule_begin_legalization (BwSchedule *self)
{
  self->phase = self->best.is_known ? BW_PHASE_REFINEMENT : BW_PHASE_LEGALIZATION;
  bw_schedule_begin_stage (self, BW_STAGE_LEGALIZATION, 1);
  self->attempts = 0;
  bw_layout_copy (&self->before, &self->scene.layout, self->model->n_parts);
  if (!self->best.is_known)
    self->annealed_mm = bw_scene_wirelength (&self->scene);
  bw_legalizer_start (&self->legalizer, BW_LEGALIZE_SHORT, NULL, NULL);
}

/* Legalize with the least movement: what is legal by the exact polygons stays where it is. */
void
bw_schedule_begin_untangling (BwSchedule *self)
{
  self->phase = BW_PHASE_LEGALIZATION;
  bw_schedule_begin_stage (self, BW_STAGE_LEGALIZATION, 1);
  self->attempts = 0;
  self->model->gap_nm = 0;
  self->model->margin_nm = 0;
  bw_measure_violations (&self->measure, &self->scene.layout, UINT32_MAX, self->bad);
  bw_layout_copy (&self->before, &self->scene.layout, self->model->n_parts);
  bw_scene_load (&self->scene, &self->scene.layout);
  bw_legalizer_start (&self->legalizer, BW_LEGALIZE_STAY, NULL, self->bad);
}

void
bw_schedule_keep_legalized (BwSchedule *self)
{
  bw_refiner_start (&self->refiner, home_of (self));
  bw_best_offer (&self->best, &self->scene, self->refiner.cost_mm);
}

/* The gap and margin asked for shrink from attempt to attempt; at once where time is short. */
static void
shrink_gap (BwSchedule *self)
{
  bool hurry = bw_schedule_left_of (self, self->plan) < 2 * MAX_ATTEMPTS;

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

static void
begin_attempt (BwSchedule *self)
{
  bool untangle = self->options.mode == BW_PLACER_MODE_UNTANGLE;
  bool pack = self->attempts >= PACK_FROM && !untangle;

  self->stage = BW_STAGE_LEGALIZATION;
  self->legalizer.leaves_out = self->attempts >= LEAVE_OUT_FROM;
  bw_scene_load (&self->scene, &self->before);
  bw_legalizer_start (&self->legalizer,
                      pack ? BW_LEGALIZE_PACK : untangle ? BW_LEGALIZE_STAY : BW_LEGALIZE_SHORT,
                      pack ? NULL : self->first, untangle ? self->bad : NULL);
  bw_legalizer_pack (&self->legalizer, self->attempts - PACK_FROM);
}

/* What has no place on an empty board will get none by any attempt: first it is seen how much room
 * such parts lack. */
static void
begin_probe (BwSchedule *self)
{
  self->stage = BW_STAGE_PROBE;
  self->next_probed = 0;
  for (uint32_t i = 0; i < self->model->n_parts; i++)
    if (!self->model->parts[i].fixed)
      bw_scene_take_out (&self->scene, i);
}

/* True if there is more to ask about the part: it is to be in conflict with edges or with parts,
 * with what takes less. */
static bool
probe_more (BwSchedule *self)
{
  const BwLeeway *leeway = &self->leeway;
  BwModelPart *part = &self->model->parts[leeway->part];

  if (self->next_probed == 0 || (leeway->is_found && leeway->kind == BW_LEEWAY_REGION) ||
      (leeway->is_found && leeway->high_nm == 0))
    return false;
  if (leeway->kind != BW_LEEWAY_EDGES)
    {
      bool is_fixed = leeway->kind == BW_LEEWAY_FIXED;

      if (is_fixed)
        self->fixed_leeway_nm = leeway->is_found ? leeway->high_nm : INT32_MAX;
      bw_leeway_start (&self->leeway, &self->finder, leeway->part,
                       is_fixed ? BW_LEEWAY_EDGES : BW_LEEWAY_FIXED, false);
      return true;
    }
  if (!leeway->is_found || leeway->high_nm > self->fixed_leeway_nm)
    {
      part->leeway_kind = BW_LEEWAY_FIXED;
      part->leeway_nm = self->fixed_leeway_nm < INT32_MAX ? self->fixed_leeway_nm : 0;
    }
  return false;
}

static void
probe_next (BwSchedule *self)
{
  uint32_t n = self->model->n_parts;

  while (self->next_probed < n && (self->first[self->next_probed] == 0 ||
                                   !bw_scene_is_missing (&self->scene, self->next_probed) ||
                                   self->model->parts[self->next_probed].fixed))
    self->next_probed++;
  if (self->next_probed < n)
    {
      bool has_region = self->model->problem->parts[self->next_probed].region != NULL;

      /* Beside its region a part is in nobody's way: it keeps its distance like the others. */
      bw_leeway_start (&self->leeway, &self->finder, self->next_probed,
                       has_region ? BW_LEEWAY_REGION : BW_LEEWAY_FIXED, has_region);
      self->next_probed++;
      return;
    }
  self->is_probed = true;
  begin_attempt (self);
}

void
bw_schedule_step_probe (BwSchedule *self)
{
  uint64_t end = self->scene.work + self->work;

  while (self->stage == BW_STAGE_PROBE && self->scene.work < end)
    {
      self->scene.work++;
      if (!bw_leeway_step (&self->leeway) && !probe_more (self))
        probe_next (self);
    }
}

/* Once more, with what had no place first; with less of a gap where that does not help. */
static bool
try_legalization_again (BwSchedule *self)
{
  for (uint32_t i = 0; i < self->model->n_parts; i++)
    if (bw_scene_is_missing (&self->scene, i) && !self->model->parts[i].fixed)
      self->first[i]++;
  self->attempts++;
  if (self->attempts >= (self->best.is_known ? MAX_ATTEMPTS_IN_ROUND : MAX_ATTEMPTS) ||
      (self->attempts > 1 && self->iteration > ATTEMPTS_UP_TO * self->plan &&
       self->iteration < self->plan))
    return false;
  if (!self->best.is_known)
    shrink_gap (self);
  if (!self->best.is_known && !self->is_probed)
    begin_probe (self);
  else
    begin_attempt (self);
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
      self->iteration >= self->plan)
    return false;
  bw_schedule_begin_stage (self, BW_STAGE_REPAIR, (uint32_t) (REPAIR_SHARE * self->plan));
  bw_refiner_start (&self->refiner, home_of (self));
  return true;
}

static void
give_up_legalization (BwSchedule *self)
{
  if (!try_legalization_again (self))
    bw_schedule_begin_search (self);
}

/* Once more with half of the gap, where the whole made wires much longer. */
static bool
try_closer (BwSchedule *self)
{
  int32_t gap_nm = self->model->problem->gap_nm;

  if (self->round > 0 || self->attempts > 0 || gap_nm <= 0 || self->model->gap_nm < gap_nm ||
      bw_scene_wirelength (&self->scene) <= BW_MUCH_LONGER * self->annealed_mm)
    return false;
  bw_schedule_keep_legalized (self);
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
      bw_schedule_keep_legalized (self);
      /* Parts were put one by one, each as near as it goes: others may make way for less. */
      if (self->refiner.cost_mm > 0.0)
        bw_schedule_begin_search (self);
      else
        bw_schedule_begin_end (self);
      return;
    }
  if (!try_closer (self))
    bw_schedule_begin_search (self);
}

void
bw_schedule_step_repair (BwSchedule *self)
{
  uint64_t end = self->scene.work + self->work;

  while (self->scene.work < end && self->refiner.cost_mm >= self->refiner.missing_mm)
    bw_refiner_step (&self->refiner, BW_SEARCH_HOT_MM);
  if (self->refiner.cost_mm < self->refiner.missing_mm)
    {
      bw_schedule_begin_search (self);
    }
  else if (self->iteration + 1 >= self->stage_end)
    {
      bw_refiner_stop (&self->refiner);
      give_up_legalization (self);
    }
}

void
bw_schedule_step_legalization (BwSchedule *self)
{
  uint64_t end = self->scene.work + self->work;

  while (self->stage == BW_STAGE_LEGALIZATION && self->scene.work < end)
    if (!bw_legalizer_step (&self->legalizer))
      end_legalization (self);
}
