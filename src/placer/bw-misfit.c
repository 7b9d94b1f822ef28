/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "placer/bw-misfit.h"

/* How exact the amount is, and the most that is looked for. */
#define LEAST_NM 10000
#define MOST_NM (1 << 30)

/* True if the part has a place where bodies may be `into_nm` deep in each other and the edge. */
static bool
has_place (BwSchedule *schedule,
           uint32_t    part,
           int32_t     into_nm)
{
  BwPoint at = schedule->scene.layout.at[part];
  BwPlace place;
  double cost_mm;

  schedule->model->gap_nm = -into_nm;
  schedule->model->margin_nm = -into_nm;
  return bw_finder_find (&schedule->finder, part, BW_ANY_SLOT, at, NULL, 0, &place, &cost_mm);
}

/* What the part, which is out of the scene, lacks to have a place: twice the least depth that
 * makes one, as there are two sides to be in the way. */
static int32_t
missing_nm (BwSchedule *schedule,
            uint32_t    part)
{
  int32_t low = 0, high = LEAST_NM;

  if (has_place (schedule, part, 0))
    return 0;
  while (high < MOST_NM / 2 && !has_place (schedule, part, high))
    {
      low = high;
      high *= 2;
    }
  while (high - low > LEAST_NM / 2)
    {
      int32_t middle = low + (high - low) / 2;

      if (has_place (schedule, part, middle))
        high = middle;
      else
        low = middle;
    }
  return 2 * high;
}

/* The same with no other movable part on the board. */
static int32_t
missing_alone_nm (BwSchedule *schedule,
                  uint32_t    part)
{
  BwScene *scene = &schedule->scene;
  int32_t nm;

  for (uint32_t i = 0; i < scene->model->n_parts; i++)
    if (!scene->model->parts[i].fixed)
      bw_scene_take_out (scene, i);
  nm = missing_nm (schedule, part);
  for (uint32_t i = 0; i < scene->model->n_parts; i++)
    if (i != part)
      bw_scene_put_back (scene, i);
  return nm;
}

uint32_t
bw_misfits_find (BwSchedule *schedule,
                 BwMisfit   *misfits_out,
                 uint32_t    n_max)
{
  BwScene *scene = &schedule->scene;
  BwModel *model = schedule->model;
  int32_t gap_nm = model->gap_nm, margin_nm = model->margin_nm;
  bool is_apart = model->is_apart;
  uint32_t n = 0;

  if (schedule->stage != BW_STAGE_FINAL ||
      bw_measure_violations (&schedule->measure, &schedule->best.layout, UINT32_MAX,
                             schedule->bad) == 0)
    return 0;
  model->is_apart = false;
  bw_scene_load (scene, &schedule->best.layout);
  for (uint32_t i = 0; i < model->n_parts && n < n_max; i++)
    {
      int32_t nm;

      if (!schedule->bad[i] || model->parts[i].fixed)
        continue;
      bw_scene_take_out (scene, i);
      nm = missing_nm (schedule, i);
      if (nm > 0)
        misfits_out[n++] = (BwMisfit) {
          .part = i,
          .missing_mm = bw_nm_to_mm (nm),
          .missing_alone_mm = bw_nm_to_mm (missing_alone_nm (schedule, i)),
        };
      bw_scene_put_back (scene, i);
    }
  model->gap_nm = gap_nm;
  model->margin_nm = margin_nm;
  model->is_apart = is_apart;
  return n;
}
