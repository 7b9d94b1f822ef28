/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "placer/bw-misfit.h"

/* Twice the least depth that makes a place: there are two sides to be in the way. */
static double
missing_mm (BwSchedule *schedule,
            uint32_t    part)
{
  BwLeeway leeway;

  return 2.0 * bw_nm_to_mm (bw_leeway_find (&leeway, &schedule->finder, part, BW_LEEWAY_ALL));
}

/* The same with no other movable part on the board. */
static double
missing_alone_mm (BwSchedule *schedule,
                  uint32_t    part)
{
  BwScene *scene = &schedule->scene;
  double mm;

  for (uint32_t i = 0; i < scene->model->n_parts; i++)
    if (!scene->model->parts[i].fixed)
      bw_scene_take_out (scene, i);
  mm = missing_mm (schedule, part);
  for (uint32_t i = 0; i < scene->model->n_parts; i++)
    if (i != part)
      bw_scene_put_back (scene, i);
  return mm;
}

/* The part as if it had no leeway. */
static BwMisfit
measure_misfit (BwSchedule *schedule,
                uint32_t    part)
{
  BwModelPart *p = &schedule->model->parts[part];
  int32_t leeway_nm = p->leeway_nm;
  BwMisfit misfit = { .part = part };

  p->leeway_nm = 0;
  bw_scene_take_out (&schedule->scene, part);
  misfit.missing_mm = missing_mm (schedule, part);
  if (misfit.missing_mm > 0.0)
    misfit.missing_alone_mm = missing_alone_mm (schedule, part);
  bw_scene_put_back (&schedule->scene, part);
  p->leeway_nm = leeway_nm;
  return misfit;
}

uint32_t
bw_misfits_find (BwSchedule *schedule,
                 BwMisfit   *misfits_out,
                 uint32_t    n_max)
{
  BwModel *model = schedule->model;
  uint32_t n = 0;

  if (schedule->stage != BW_STAGE_FINAL ||
      bw_measure_violations (&schedule->measure, &schedule->best.layout, UINT32_MAX,
                             schedule->bad) == 0)
    return 0;
  bw_scene_load (&schedule->scene, &schedule->best.layout);
  for (uint32_t i = 0; i < model->n_parts && n < n_max; i++)
    if (schedule->bad[i] && !model->parts[i].fixed)
      {
        misfits_out[n] = measure_misfit (schedule, i);
        n += misfits_out[n].missing_mm > 0.0;
      }
  return n;
}
