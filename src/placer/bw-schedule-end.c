/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The end of a schedule: which layout it is to be, and where parts without a place go. */

#include "placer/bw-schedule-private.h"

#define SINK_TRIES 200
/* Of two layouts with as many violations, shorter by this. */
#define BETTER_MM 1e-6

/* Fewer violations, and shorter wires where that is the same. */
static void
take_if_better (BwSchedule     *self,
                const BwLayout *layout,
                uint32_t       *n_bad,
                double         *length_mm)
{
  uint32_t n = bw_measure_violations (&self->measure, layout, *n_bad, self->bad);
  double mm;

  if (n > *n_bad)
    return;
  bw_scene_load (&self->scene, layout);
  mm = bw_scene_wirelength (&self->scene);
  if (n == *n_bad && mm >= *length_mm - BETTER_MM)
    return;
  bw_layout_copy (&self->best.layout, layout, self->model->n_parts);
  *n_bad = n;
  *length_mm = mm;
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
  if (bw_measure_violations (&self->measure, &self->scene.layout, 1, self->bad) == 0)
    bw_layout_copy (&self->best.layout, &self->scene.layout, self->model->n_parts);
  else
    bw_scene_load (&self->scene, &self->best.layout);
  finish (self);
}

/* Where not all fits, what annealing made of it may be in less conflict; and a run never ends
 * with less than it began with. */
static void
choose (BwSchedule *self)
{
  uint32_t n_bad;
  double length_mm;

  bw_layout_copy (&self->best.layout, &self->scene.layout, self->model->n_parts);
  n_bad = bw_measure_violations (&self->measure, &self->best.layout, UINT32_MAX, self->bad);
  length_mm = bw_scene_wirelength (&self->scene);
  if (self->has_illegal && n_bad > 0)
    take_if_better (self, &self->illegal, &n_bad, &length_mm);
  if (self->has_start)
    take_if_better (self, &self->start, &n_bad, &length_mm);
  bw_scene_load (&self->scene, &self->best.layout);
  self->is_tidying = n_bad == 0 && self->options.mode == BW_PLACER_MODE_ALL &&
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
  self->next_missing = 0;
  self->is_tidying = false;
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

void
bw_schedule_step_end (BwSchedule *self)
{
  uint64_t end = self->scene.work + self->work;

  if (self->is_tidying)
    {
      step_tidying (self, end);
      return;
    }
  for (; self->next_missing < self->model->n_parts; self->next_missing++)
    {
      if (self->scene.work >= end)
        return;
      if (bw_scene_is_missing (&self->scene, self->next_missing))
        bw_legalizer_sink (&self->legalizer, self->next_missing, &self->random, SINK_TRIES);
    }
  choose (self);
}
