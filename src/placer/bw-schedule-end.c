/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The end of a schedule: which layout it is to be, and where parts without a place go. */

#include "placer/bw-schedule-private.h"

#include <math.h>

#define SINK_TRIES 200
/* Iterations that may go by until all are somewhere: a share of the budget, and besides. */
#define SINK_SHARE 4
#define SINK_LEAST 400
/* Of two layouts with as many violations, shorter by this. */
#define BETTER_MM 1e-6

/* How far the layout is from a legal one; something larger than `most_mm` where that is more. */
static double
violation_mm (BwSchedule     *self,
              const BwLayout *layout,
              double          most_mm)
{
  uint32_t n_most = most_mm < UINT32_MAX ? (uint32_t) (most_mm / BW_CONFLICT_MM) : UINT32_MAX;
  uint32_t n = bw_measure_violations (&self->measure, layout, n_most, self->bad);

  return BW_CONFLICT_MM * n + self->measure.depth_mm;
}

/* A run never ends with worse violations than it began with, nor with the same and longer wires. */
static bool
start_is_better (BwSchedule *self)
{
  double length_mm = bw_scene_wirelength (&self->scene), more_mm;

  if (!self->has_start)
    return false;
  more_mm = violation_mm (self, &self->start, self->violation_mm) - self->violation_mm;
  if (fabs (more_mm) > BETTER_MM)
    return more_mm < 0.0;
  bw_scene_load (&self->scene, &self->start);
  return bw_scene_wirelength (&self->scene) < length_mm - BETTER_MM;
}

/* What was there at first stays as it was. */
static bool
is_start (const BwSchedule *self)
{
  for (uint32_t i = 0; i < self->model->n_parts && self->has_start; i++)
    if (self->best.layout.at[i].x_nm != self->start.at[i].x_nm ||
        self->best.layout.at[i].y_nm != self->start.at[i].y_nm ||
        self->best.layout.slot[i] != self->start.slot[i])
      return false;
  return self->has_start;
}

static void
finish (BwSchedule *self)
{
  self->stage = BW_STAGE_FINAL;
  self->phase = BW_PHASE_FINAL;
}

/* The boxes of the search decide what is free; the exact polygons have the last word. */
static void
keep_tidied (BwSchedule *self)
{
  if (violation_mm (self, &self->scene.layout, self->violation_mm) <=
      self->violation_mm + BETTER_MM)
    bw_layout_copy (&self->best.layout, &self->scene.layout, self->model->n_parts);
  else
    bw_scene_load (&self->scene, &self->best.layout);
  finish (self);
}

static void
choose (BwSchedule *self)
{
  bw_layout_copy (&self->best.layout, &self->scene.layout, self->model->n_parts);
  self->violation_mm = violation_mm (self, &self->best.layout, UINT32_MAX);
  if (start_is_better (self))
    {
      bw_layout_copy (&self->best.layout, &self->start, self->model->n_parts);
      self->violation_mm = violation_mm (self, &self->best.layout, UINT32_MAX);
    }
  bw_scene_load (&self->scene, &self->best.layout);
  self->is_tidying = self->options.mode == BW_PLACER_MODE_ALL &&
                     bw_tidier_is_wanted (self->model->problem) && !is_start (self);
  self->is_stamping = false;
  if (self->is_tidying)
    bw_tidier_start (&self->tidier, &self->scene);
  else
    finish (self);
}

/* The best it is; parts without a free place go where they overlap least. */
void
bw_schedule_begin_end (BwSchedule *self)
{
  bw_refiner_stop (&self->refiner);
  bw_best_load (&self->best, &self->scene);
  self->stage = BW_STAGE_END;
  self->is_tidying = false;
  self->is_sinking = false;
  self->sink_end = self->iteration + self->options.iterations / SINK_SHARE + SINK_LEAST;
}

/* The grid first: copies of what is on it are, too. */
static void
step_tidying (BwSchedule *self,
              uint64_t    end)
{
  while (!self->is_stamping && self->scene.work < end)
    if (!bw_tidier_step (&self->tidier))
      {
        self->is_stamping = true;
        bw_stamper_start (&self->stamper, &self->scene, &self->before);
      }
  while (self->is_stamping && self->scene.work < end)
    if (!bw_stamper_step (&self->stamper))
      {
        keep_tidied (self);
        return;
      }
}

/* The largest of those that are not in. */
static uint32_t
find_missing (BwSchedule *self)
{
  const BwModelPart *parts = self->model->parts;
  uint32_t largest = BW_NO_PART;

  for (uint32_t i = 0; i < self->model->n_parts; i++)
    if (bw_scene_is_missing (&self->scene, i) &&
        (largest == BW_NO_PART || parts[i].area_mm2 > parts[largest].area_mm2))
      largest = i;
  self->scene.work += self->model->n_parts / 4 + 1;
  return largest;
}

static void
begin_sinking (BwSchedule *self,
               uint32_t    part)
{
  const BwModelPart *p = &self->model->parts[part];
  bool is_regional = self->model->problem->parts[part].region != NULL &&
                     (p->leeway_nm == 0 || p->leeway_kind == BW_LEEWAY_REGION);

  self->is_sinking = true;
  bw_leeway_start (&self->leeway, &self->finder, part,
                   is_regional ? BW_LEEWAY_REGION : BW_LEEWAY_BODIES, false);
}

static void
end_sinking (BwSchedule *self)
{
  bool is_regional = self->leeway.kind == BW_LEEWAY_REGION;

  if (is_regional && !self->leeway.is_found)
    {
      bw_leeway_start (&self->leeway, &self->finder, self->leeway.part, BW_LEEWAY_BODIES, false);
      return;
    }
  self->is_sinking = false;
  bw_legalizer_sink (&self->legalizer, self->leeway.part,
                     self->leeway.is_found ? &self->leeway.place : NULL, &self->random,
                     is_regional ? 0 : SINK_TRIES);
}

/* What has no place goes where it is least in the way: out of its region, but free; else as little
 * into others as can be, and when that takes too long, to the best of some places. False when all
 * are in. */
static bool
step_sinking (BwSchedule *self)
{
  uint32_t part;

  if (self->is_sinking)
    {
      if (!bw_leeway_step (&self->leeway))
        end_sinking (self);
      return true;
    }
  part = find_missing (self);
  if (part == BW_NO_PART)
    return false;
  if (self->iteration >= self->sink_end)
    bw_legalizer_sink (&self->legalizer, part, NULL, &self->random, SINK_TRIES);
  else
    begin_sinking (self, part);
  return true;
}

void
bw_schedule_step_end (BwSchedule *self)
{
  uint64_t end = self->scene.work + self->work;

  if (self->is_tidying)
    {
      step_tidying (self, end);
      return;
    }
  do
    if (!step_sinking (self))
      {
        choose (self);
        return;
      }
  while (self->scene.work < end);
}
