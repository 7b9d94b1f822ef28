/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "placer/bw-tidier.h"

#define PASSES 5
/* In steps of the grid from the nearest point of it. */
#define STEPS 1
/* How far equal parts are looked for, and how far a part goes to be in line with them. */
#define NEAR_NM 8000000
#define MAX_SHIFT_NM 5000000
/* What being off the grid costs, in mm of wire: more than a step from it ever should. */
#define OFF_GRID_MM 5.0
/* Of a neighbour in line, what even steps are worth. */
#define EVEN_SHARE 0.5
#define EPSILON_MM 1e-6

bool
bw_tidier_is_wanted (const BwProblem *problem)
{
  return problem->grid_nm > 0;
}

void
bw_tidier_start (BwTidier *self,
                 BwScene  *scene)
{
  BwModel *model = scene->model;
  int32_t grid_nm = model->problem->grid_nm;

  *self = (BwTidier) { .scene = scene };
  model->gap_nm = model->gap_nm > grid_nm ? model->gap_nm - grid_nm : 0;
  model->margin_nm = model->margin_nm > grid_nm ? model->margin_nm - grid_nm : 0;
}

static int32_t
grid_of (const BwTidier *self,
         uint32_t        part)
{
  const BwModel *model = self->scene->model;
  const BwSlot *slot = &model->slots[model->parts[part].first_slot +
                                     self->scene->layout.slot[part]];
  int64_t width_nm = (int64_t) slot->box.x1_nm - slot->box.x0_nm;
  int64_t height_nm = (int64_t) slot->box.y1_nm - slot->box.y0_nm;
  bool is_large = (width_nm > height_nm ? width_nm : height_nm) >= model->problem->large_nm;

  return is_large && model->problem->large_grid_nm > 0 ? model->problem->large_grid_nm
                                                       : model->problem->grid_nm;
}

static int64_t
on_grid (int64_t value_nm,
         int64_t grid_nm)
{
  int64_t half_nm = grid_nm / 2;

  return value_nm >= 0 ? (value_nm + half_nm) / grid_nm * grid_nm
                       : -((-value_nm + half_nm) / grid_nm * grid_nm);
}

/* Twice the middle of a body, about its anchor. */
static BwPoint
middle_of (const BwTidier *self,
           uint32_t        part,
           uint16_t        slot_index)
{
  const BwModel *model = self->scene->model;
  const BwSlot *slot = &model->slots[model->parts[part].first_slot + slot_index];

  return (BwPoint) { bw_saturate_nm ((int64_t) slot->box.x0_nm + slot->box.x1_nm),
                     bw_saturate_nm ((int64_t) slot->box.y0_nm + slot->box.y1_nm) };
}

/* Equal, on the same side and turned alike, but for half a turn. */
static bool
are_alike (const BwTidier *self,
           uint32_t        a,
           uint32_t        b)
{
  const BwModel *model = self->scene->model;
  const uint16_t *slots = self->scene->layout.slot;
  int32_t turn_cdeg = model->slots[model->parts[a].first_slot + slots[a]].rotation_cdeg -
                      model->slots[model->parts[b].first_slot + slots[b]].rotation_cdeg;

  return a != b && model->problem->parts[a].like >= 0 &&
         model->problem->parts[a].like == model->problem->parts[b].like &&
         model->parts[a].side == model->parts[b].side && turn_cdeg % (BW_FULL_TURN_CDEG / 2) == 0;
}

static void
find_likes (BwTidier *self,
            uint32_t  part)
{
  BwScene *scene = self->scene;
  BwPlace place = bw_scene_place (scene, part);
  BwBox box = bw_scene_box_at (scene, part, &place);
  uint32_t n;

  self->n_likes = 0;
  if (scene->model->problem->parts[part].like < 0 || scene->model->problem->align_mm <= 0.0)
    return;
  box = (BwBox) {
    bw_saturate_nm ((int64_t) box.x0_nm - NEAR_NM), bw_saturate_nm ((int64_t) box.y0_nm - NEAR_NM),
    bw_saturate_nm ((int64_t) box.x1_nm + NEAR_NM), bw_saturate_nm ((int64_t) box.y1_nm + NEAR_NM),
  };
  n = bw_index_query (&scene->index, &box, scene->found);
  scene->work += n;
  for (uint32_t i = 0; i < n && self->n_likes < BW_TIDIER_NEIGHBOURS; i++)
    if (scene->found[i] < scene->model->n_parts && are_alike (self, part, scene->found[i]))
      self->likes[self->n_likes++] = scene->found[i];
}

/* Twice how far two middles are from one another along each axis. */
static void
apart_nm (const BwTidier *self,
          uint32_t        part,
          const BwPlace  *place,
          uint32_t        other,
          int64_t        *dx_out,
          int64_t        *dy_out)
{
  const BwLayout *layout = &self->scene->layout;
  BwPoint own = middle_of (self, part, place->slot);
  BwPoint its = middle_of (self, other, layout->slot[other]);

  *dx_out = 2 * ((int64_t) place->at.x_nm - layout->at[other].x_nm) + own.x_nm - its.x_nm;
  *dy_out = 2 * ((int64_t) place->at.y_nm - layout->at[other].y_nm) + own.y_nm - its.y_nm;
}

/* How much in line a place is: one for the nearest equal part, half of one for another that is in
 * the same line and as far off. */
static double
count_aligned (const BwTidier *self,
               uint32_t        part,
               const BwPlace  *place)
{
  int64_t nearest_nm = INT64_MAX, dx, dy, other_dx, other_dy;
  uint32_t nearest = BW_NO_PART;
  double sum;

  for (uint32_t i = 0; i < self->n_likes; i++)
    {
      int64_t away_nm;

      apart_nm (self, part, place, self->likes[i], &dx, &dy);
      away_nm = (dx < 0 ? -dx : dx) + (dy < 0 ? -dy : dy);
      if (away_nm < nearest_nm)
        {
          nearest_nm = away_nm;
          nearest = self->likes[i];
        }
    }
  if (nearest == BW_NO_PART)
    return 0.0;
  apart_nm (self, part, place, nearest, &dx, &dy);
  if (dx != 0 && dy != 0)
    return 0.0;
  sum = 1.0;
  for (uint32_t i = 0; i < self->n_likes; i++)
    {
      apart_nm (self, part, place, self->likes[i], &other_dx, &other_dy);
      if ((other_dx == -dx && other_dy == -dy) || (other_dx == 2 * dx && other_dy == 2 * dy))
        sum = 1.0 + EVEN_SHARE;
    }
  return sum;
}

static double
cost_at (BwTidier      *self,
         uint32_t       part,
         const BwPlace *place,
         int32_t        grid_nm)
{
  bool is_off = place->at.x_nm % grid_nm != 0 || place->at.y_nm % grid_nm != 0;

  return bw_scene_ask (self->scene, part, place, BW_NO_PART, NULL) +
         (is_off ? OFF_GRID_MM : 0.0) -
         self->scene->model->problem->align_mm * count_aligned (self, part, place);
}

static void
try_at (BwTidier *self,
        uint32_t  part,
        int64_t   x_nm,
        int64_t   y_nm,
        int32_t   grid_nm)
{
  BwPoint at = self->scene->layout.at[part];
  BwPlace place = { { bw_saturate_nm (x_nm), bw_saturate_nm (y_nm) },
                    self->scene->layout.slot[part] };
  double cost_mm;

  if (x_nm - at.x_nm > MAX_SHIFT_NM || at.x_nm - x_nm > MAX_SHIFT_NM ||
      y_nm - at.y_nm > MAX_SHIFT_NM || at.y_nm - y_nm > MAX_SHIFT_NM)
    return;
  cost_mm = cost_at (self, part, &place, grid_nm);
  self->scene->work += 4;
  if (cost_mm < self->best_mm - EPSILON_MM && bw_scene_is_free (self->scene, part, &place))
    {
      self->best_mm = cost_mm;
      self->best = place;
    }
}

/* In line with an equal part, and in even steps with two of them. */
static void
try_lines (BwTidier *self,
           uint32_t  part,
           int64_t   x_nm,
           int64_t   y_nm,
           int32_t   grid_nm)
{
  BwPlace now = bw_scene_place (self->scene, part);

  for (uint32_t i = 0; i < self->n_likes; i++)
    {
      int64_t dx, dy;

      apart_nm (self, part, &now, self->likes[i], &dx, &dy);
      if (dx % 2 == 0)
        for (int step = -STEPS; step <= STEPS; step++)
          try_at (self, part, now.at.x_nm - dx / 2, y_nm + step * (int64_t) grid_nm, grid_nm);
      if (dy % 2 == 0)
        for (int step = -STEPS; step <= STEPS; step++)
          try_at (self, part, x_nm + step * (int64_t) grid_nm, now.at.y_nm - dy / 2, grid_nm);
      for (uint32_t k = 0; k < self->n_likes; k++)
        {
          int64_t other_dx, other_dy;

          apart_nm (self, part, &now, self->likes[k], &other_dx, &other_dy);
          /* As far from one as that is from the other. */
          if (k != i && (dx == other_dx || dy == other_dy) &&
              (2 * dx - other_dx) % 2 == 0 && (2 * dy - other_dy) % 2 == 0)
            try_at (self, part, now.at.x_nm - (2 * dx - other_dx) / 2,
                    now.at.y_nm - (2 * dy - other_dy) / 2, grid_nm);
        }
    }
}

static void
tidy_part (BwTidier *self,
           uint32_t  part)
{
  BwScene *scene = self->scene;
  int32_t grid_nm = grid_of (self, part);
  BwPoint at = scene->layout.at[part];
  int64_t x_nm = on_grid (at.x_nm, grid_nm), y_nm = on_grid (at.y_nm, grid_nm);

  find_likes (self, part);
  self->best = bw_scene_place (scene, part);
  self->best_mm = cost_at (self, part, &self->best, grid_nm);
  for (int i = -STEPS; i <= STEPS; i++)
    for (int k = -STEPS; k <= STEPS; k++)
      try_at (self, part, x_nm + k * (int64_t) grid_nm, y_nm + i * (int64_t) grid_nm, grid_nm);
  if (scene->model->problem->align_mm > 0.0)
    try_lines (self, part, x_nm, y_nm, grid_nm);
  if (self->best.at.x_nm != at.x_nm || self->best.at.y_nm != at.y_nm)
    bw_scene_move (scene, part, &self->best);
}

bool
bw_tidier_step (BwTidier *self)
{
  const BwModel *model = self->scene->model;

  if (self->next >= model->n_parts)
    {
      self->next = 0;
      self->pass++;
    }
  if (self->pass >= PASSES || model->n_parts == 0)
    return false;
  if (!model->parts[self->next].fixed)
    tidy_part (self, self->next);
  self->next++;
  return true;
}
