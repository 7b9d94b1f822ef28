/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "placer/bw-tidier.h"

#define PASSES 5
/* In steps of the grid from the nearest point of it. */
#define STEPS 1
/* How far parts that belong in line are looked for, and how far a part goes to be in line with
 * them. */
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

static bool
are_parallel (const BwTidier *self,
              uint32_t        part,
              uint16_t        slot,
              uint32_t        other)
{
  const BwModel *model = self->scene->model;
  const BwModelPart *p = &model->parts[part], *q = &model->parts[other];
  int32_t turn_cdeg = model->slots[p->first_slot + slot].rotation_cdeg -
                      model->slots[q->first_slot + self->scene->layout.slot[other]].rotation_cdeg;

  return turn_cdeg % (BW_FULL_TURN_CDEG / 2) == 0;
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

static int64_t
away_nm (const BwTidier *self,
         uint32_t        part,
         const BwPlace  *place,
         uint32_t        other)
{
  int64_t dx, dy;

  apart_nm (self, part, place, other, &dx, &dy);
  return (dx < 0 ? -dx : dx) + (dy < 0 ? -dy : dy);
}

/* Near ones first; the last fall out. */
static void
add_like (BwTidier *self,
          uint32_t  like,
          int64_t   away)
{
  uint32_t i = self->n_likes;

  if (i == BW_TIDIER_NEIGHBOURS && away >= self->away_nm[--i])
    return;
  for (; i > 0 && self->away_nm[i - 1] > away; i--)
    {
      self->likes[i] = self->likes[i - 1];
      self->away_nm[i] = self->away_nm[i - 1];
    }
  self->likes[i] = like;
  self->away_nm[i] = away;
  if (self->n_likes < BW_TIDIER_NEIGHBOURS)
    self->n_likes++;
}

static bool
are_equal (const BwTidier *self,
           uint32_t        part,
           uint32_t        other)
{
  const BwProblemPart *parts = self->scene->model->problem->parts;

  return parts[part].like >= 0 && parts[part].like == parts[other].like;
}

static bool
are_of_one_row (const BwTidier *self,
                uint32_t        part,
                uint32_t        other)
{
  const BwProblemPart *parts = self->scene->model->problem->parts;

  return parts[part].row > 0 && parts[part].row == parts[other].row;
}

static void
find_likes (BwTidier *self,
            uint32_t  part)
{
  BwScene *scene = self->scene;
  const BwProblem *problem = scene->model->problem;
  BwPlace place = bw_scene_place (scene, part);
  BwBox box = bw_scene_box_at (scene, part, &place);
  uint32_t n;

  self->n_likes = 0;
  if (problem->align_mm <= 0.0 ||
      (problem->parts[part].like < 0 && problem->parts[part].row <= 0))
    return;
  box = (BwBox) {
    bw_saturate_nm ((int64_t) box.x0_nm - NEAR_NM), bw_saturate_nm ((int64_t) box.y0_nm - NEAR_NM),
    bw_saturate_nm ((int64_t) box.x1_nm + NEAR_NM), bw_saturate_nm ((int64_t) box.y1_nm + NEAR_NM),
  };
  n = bw_index_query (&scene->index, &box, scene->found);
  scene->work += n;
  for (uint32_t i = 0; i < n; i++)
    {
      uint32_t other = scene->found[i];

      if (other < scene->model->n_parts && other != part &&
          (are_equal (self, part, other) || are_of_one_row (self, part, other)) &&
          scene->model->parts[other].side == scene->model->parts[part].side)
        add_like (self, other, away_nm (self, part, &place, other));
    }
}

/* Whether two parts belong in line, one way or another. */
typedef bool (*Belong) (const BwTidier *self,
                        uint32_t        part,
                        uint32_t        other);

/* How much in line a place is: one for the nearest part that belongs there, half of one more for
 * another that is in the same line and as far off. */
static double
count_aligned (const BwTidier *self,
               uint32_t        part,
               const BwPlace  *place,
               Belong          belong)
{
  int64_t nearest_nm = INT64_MAX, dx, dy, other_dx, other_dy;
  uint32_t nearest = BW_NO_PART;

  for (uint32_t i = 0; i < self->n_likes; i++)
    {
      int64_t away = away_nm (self, part, place, self->likes[i]);

      if (away < nearest_nm && belong (self, part, self->likes[i]))
        {
          nearest_nm = away;
          nearest = self->likes[i];
        }
    }
  if (nearest == BW_NO_PART || !are_parallel (self, part, place->slot, nearest))
    return 0.0;
  apart_nm (self, part, place, nearest, &dx, &dy);
  if (dx != 0 && dy != 0)
    return 0.0;
  for (uint32_t i = 0; i < self->n_likes; i++)
    {
      apart_nm (self, part, place, self->likes[i], &other_dx, &other_dy);
      if (((other_dx == -dx && other_dy == -dy) || (other_dx == 2 * dx && other_dy == 2 * dy)) &&
          belong (self, part, self->likes[i]) &&
          are_parallel (self, part, place->slot, self->likes[i]))
        return 1.0 + EVEN_SHARE;
    }
  return 1.0;
}

static double
cost_at (BwTidier      *self,
         uint32_t       part,
         const BwPlace *place)
{
  bool is_off = place->at.x_nm % self->grid_nm != 0 || place->at.y_nm % self->grid_nm != 0;

  return bw_scene_ask (self->scene, part, place, BW_NO_PART, NULL) +
         (is_off ? OFF_GRID_MM : 0.0) -
         self->scene->model->problem->align_mm *
           (count_aligned (self, part, place, are_equal) +
            count_aligned (self, part, place, are_of_one_row));
}

static void
try_at (BwTidier *self,
        uint32_t  part,
        uint16_t  slot,
        int64_t   x_nm,
        int64_t   y_nm)
{
  BwPoint at = self->scene->layout.at[part];
  BwPlace place = { { bw_saturate_nm (x_nm), bw_saturate_nm (y_nm) }, slot };
  double cost_mm;

  if (x_nm - at.x_nm > MAX_SHIFT_NM || at.x_nm - x_nm > MAX_SHIFT_NM ||
      y_nm - at.y_nm > MAX_SHIFT_NM || at.y_nm - y_nm > MAX_SHIFT_NM)
    return;
  cost_mm = cost_at (self, part, &place);
  self->scene->work += 4;
  if (cost_mm < self->best_mm - EPSILON_MM && bw_scene_is_free (self->scene, part, &place))
    {
      self->best_mm = cost_mm;
      self->best = place;
    }
}

/* The least that two equal parts can be apart, in steps of the grid. */
static int64_t
pitch_nm (const BwTidier *self,
          int64_t         length_nm)
{
  const BwProblem *problem = self->scene->model->problem;

  length_nm += problem->gap_nm;
  return (length_nm + self->grid_nm - 1) / self->grid_nm * self->grid_nm;
}

/* In line with an equal part: as far along as it is, or right beside it. */
static void
try_line (BwTidier *self,
          uint32_t  part,
          uint16_t  slot_index,
          uint32_t  like)
{
  const BwModel *model = self->scene->model;
  const BwSlot *slot = &model->slots[model->parts[part].first_slot + slot_index];
  int64_t wide_nm = pitch_nm (self, (int64_t) slot->box.x1_nm - slot->box.x0_nm);
  int64_t high_nm = pitch_nm (self, (int64_t) slot->box.y1_nm - slot->box.y0_nm);
  BwPlace now = { self->scene->layout.at[part], slot_index };
  int64_t x_nm = on_grid (now.at.x_nm, self->grid_nm), y_nm = on_grid (now.at.y_nm, self->grid_nm);
  int64_t dx, dy, level_x_nm, level_y_nm;

  apart_nm (self, part, &now, like, &dx, &dy);
  level_x_nm = now.at.x_nm - dx / 2;
  level_y_nm = now.at.y_nm - dy / 2;
  for (int step = -STEPS; step <= STEPS; step++)
    {
      if (dx % 2 == 0)
        try_at (self, part, slot_index, level_x_nm, y_nm + step * (int64_t) self->grid_nm);
      if (dy % 2 == 0)
        try_at (self, part, slot_index, x_nm + step * (int64_t) self->grid_nm, level_y_nm);
    }
  for (int way = -1; way <= 1 && dx % 2 == 0 && dy % 2 == 0; way += 2)
    {
      try_at (self, part, slot_index, level_x_nm + way * wide_nm, level_y_nm);
      try_at (self, part, slot_index, level_x_nm, level_y_nm + way * high_nm);
    }
}

/* As far from one as that is from the other. */
static void
try_step (BwTidier *self,
          uint32_t  part,
          uint16_t  slot,
          uint32_t  like,
          uint32_t  other)
{
  BwPlace now = { self->scene->layout.at[part], slot };
  int64_t dx, dy, other_dx, other_dy;

  apart_nm (self, part, &now, like, &dx, &dy);
  apart_nm (self, part, &now, other, &other_dx, &other_dy);
  if ((dx == other_dx || dy == other_dy) && (2 * dx - other_dx) % 2 == 0 &&
      (2 * dy - other_dy) % 2 == 0)
    try_at (self, part, slot, now.at.x_nm - (2 * dx - other_dx) / 2,
            now.at.y_nm - (2 * dy - other_dy) / 2);
}

static void
try_slot (BwTidier *self,
          uint32_t  part,
          uint16_t  slot)
{
  BwPoint at = self->scene->layout.at[part];
  int64_t x_nm = on_grid (at.x_nm, self->grid_nm), y_nm = on_grid (at.y_nm, self->grid_nm);

  for (int i = -STEPS; i <= STEPS; i++)
    for (int k = -STEPS; k <= STEPS; k++)
      try_at (self, part, slot, x_nm + k * (int64_t) self->grid_nm,
              y_nm + i * (int64_t) self->grid_nm);
  for (uint32_t i = 0; i < self->n_likes; i++)
    {
      if (!are_parallel (self, part, slot, self->likes[i]))
        continue;
      try_line (self, part, slot, self->likes[i]);
      for (uint32_t k = 0; k < self->n_likes; k++)
        if (k != i && are_parallel (self, part, slot, self->likes[k]))
          try_step (self, part, slot, self->likes[i], self->likes[k]);
    }
}

static void
tidy_part (BwTidier *self,
           uint32_t  part)
{
  BwScene *scene = self->scene;
  BwPlace now = bw_scene_place (scene, part);
  uint32_t n_slots = scene->model->parts[part].n_choices;

  self->grid_nm = grid_of (self, part);
  find_likes (self, part);
  self->best = now;
  self->best_mm = cost_at (self, part, &now);
  try_slot (self, part, now.slot);
  /* Turned, where that puts it in line. */
  for (uint32_t i = 0; i < n_slots && self->n_likes > 0; i++)
    if (i != now.slot)
      try_slot (self, part, (uint16_t) i);
  if (self->best.at.x_nm == now.at.x_nm && self->best.at.y_nm == now.at.y_nm &&
      self->best.slot == now.slot)
    return;
  bw_scene_move (scene, part, &self->best);
  self->has_moved = true;
}

bool
bw_tidier_step (BwTidier *self)
{
  const BwModel *model = self->scene->model;

  if (self->next >= model->n_parts)
    {
      self->pass = self->has_moved ? self->pass + 1 : PASSES;
      self->next = 0;
      self->has_moved = false;
    }
  if (self->pass >= PASSES || model->n_parts == 0)
    return false;
  if (!model->parts[self->next].fixed)
    tidy_part (self, self->next);
  self->next++;
  return true;
}
