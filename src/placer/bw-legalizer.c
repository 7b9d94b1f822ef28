/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "placer/bw-legalizer.h"

#include <stdlib.h>
#include <string.h>

/* For BW_LEGALIZE_SHORT: what each mm of movement costs, in mm of wire. */
#define STAY_WEIGHT 2.0

bool
bw_legalizer_init (BwLegalizer *self,
                   BwFinder    *finder)
{
  size_t n_parts = (size_t) finder->scene->model->n_parts + 1;

  memset (self, 0, sizeof *self);
  self->finder = finder;
  self->order = calloc (n_parts, sizeof *self->order);
  return self->order != NULL;
}

void
bw_legalizer_clear (BwLegalizer *self)
{
  free (self->order);
}

static bool
goes_before (const BwModel  *model,
             const uint32_t *first,
             uint32_t        a,
             uint32_t        b)
{
  if (first != NULL && first[a] != first[b])
    return first[a] > first[b];
  if (model->parts[a].area_mm2 != model->parts[b].area_mm2)
    return model->parts[a].area_mm2 > model->parts[b].area_mm2;
  return a < b;
}

/* Heap sort: no worst case, no allocation, one result. */
static void
sort_order (BwLegalizer    *self,
            const uint32_t *first)
{
  const BwModel *model = self->finder->scene->model;
  uint32_t n = self->n_order;

  for (uint32_t i = n / 2 + n; i-- > 1;)
    {
      uint32_t root = i >= n ? i - n : 0;
      uint32_t end = i >= n ? n : i;
      uint32_t child;

      if (i < n)
        {
          uint32_t last = self->order[end];

          self->order[end] = self->order[0];
          self->order[0] = last;
        }
      while ((child = 2 * root + 1) < end)
        {
          uint32_t part = self->order[root];

          if (child + 1 < end &&
              goes_before (model, first, self->order[child], self->order[child + 1]))
            child++;
          if (!goes_before (model, first, part, self->order[child]))
            break;
          self->order[root] = self->order[child];
          self->order[child] = part;
          root = child;
        }
    }
}

static bool
is_to_be_placed (const BwLegalizer *self,
                 uint32_t           part)
{
  return !self->finder->scene->model->parts[part].fixed &&
         (self->only == NULL || self->only[part]);
}

static bool
is_left_out (const BwLegalizer *self,
             uint32_t           part)
{
  return self->leaves_out && self->finder->scene->model->parts[part].leeway_nm > 0;
}

/* What had no place before: to be placed while the others are not in its way. */
static void
order_first (BwLegalizer *self)
{
  BwScene *scene = self->finder->scene;

  self->n_order = 0;
  for (uint32_t i = 0; i < scene->model->n_parts; i++)
    {
      if (!is_to_be_placed (self, i))
        {
          bw_scene_put_back (scene, i);
          continue;
        }
      bw_scene_take_out (scene, i);
      if (self->first != NULL && self->first[i] > 0 && !is_left_out (self, i))
        self->order[self->n_order++] = i;
    }
  sort_order (self, self->first);
}

static void
order_rest (BwLegalizer *self)
{
  self->is_rest = true;
  self->next = 0;
  self->n_order = 0;
  for (uint32_t i = 0; i < self->finder->scene->model->n_parts; i++)
    if (is_to_be_placed (self, i) && !is_left_out (self, i) &&
        (self->first == NULL || self->first[i] == 0))
      self->order[self->n_order++] = i;
  sort_order (self, NULL);
}

static void
release_pull (BwLegalizer *self)
{
  self->finder->is_searching = false;
  self->finder->pull.anchor_weight = 0.0;
  self->finder->pull.anchor_only = false;
}

void
bw_legalizer_start (BwLegalizer    *self,
                    BwLegalizeGoal  goal,
                    const uint32_t *first,
                    const uint8_t  *only)
{
  self->goal = goal;
  self->first = first;
  self->only = only;
  self->next = 0;
  self->n_failed = 0;
  self->is_rest = false;
  release_pull (self);
  order_first (self);
}

void
bw_legalizer_pack (BwLegalizer *self,
                   uint32_t     corner)
{
  const BwBox *room = &self->finder->scene->model->room;

  self->corner = (BwPoint) { corner & 1 ? room->x1_nm : room->x0_nm,
                             corner & 2 ? room->y1_nm : room->y0_nm };
}

/* Begins to look for the free place that suits the goal best. */
static void
begin_search (BwLegalizer *self,
              uint32_t     part)
{
  BwPull *pull = &self->finder->pull;
  bool is_short = self->goal == BW_LEGALIZE_SHORT && self->is_rest;
  const BwLayout *layout = &self->finder->scene->layout;

  pull->anchor = self->goal == BW_LEGALIZE_PACK ? self->corner : layout->at[part];
  pull->anchor_weight = is_short ? STAY_WEIGHT : 1.0;
  pull->anchor_only = !is_short;
  self->may_turn = self->goal != BW_LEGALIZE_STAY;
  bw_finder_start (self->finder, part, self->may_turn ? BW_ANY_SLOT : layout->slot[part],
                   pull->anchor, NULL, 0);
}

/* Ends the search for the part, unless it may still go on with the part turned. */
static void
end_search (BwLegalizer *self)
{
  BwFinder *finder = self->finder;
  uint32_t part = self->order[self->next];
  BwPlace place;
  double cost_mm;

  if (bw_finder_end (finder, &place, &cost_mm))
    {
      bw_scene_move (finder->scene, part, &place);
      bw_scene_put_back (finder->scene, part);
    }
  else if (!self->may_turn)
    {
      self->may_turn = true;
      bw_finder_start (finder, part, BW_ANY_SLOT, finder->pull.anchor, NULL, 0);
      return;
    }
  else
    {
      self->n_failed++;
    }
  release_pull (self);
  self->next++;
}

bool
bw_legalizer_step (BwLegalizer *self)
{
  BwScene *scene = self->finder->scene;
  BwPlace place;
  uint32_t part;

  if (self->next >= self->n_order && !self->is_rest)
    order_rest (self);
  if (self->next >= self->n_order)
    return false;
  part = self->order[self->next];
  if (self->finder->is_searching)
    {
      if (!bw_finder_step (self->finder))
        end_search (self);
      return self->next < self->n_order || !self->is_rest;
    }
  place = bw_scene_place (scene, part);
  if (self->goal == BW_LEGALIZE_PACK || !bw_scene_is_free (scene, part, &place))
    {
      begin_search (self, part);
      return true;
    }
  bw_scene_put_back (scene, part);
  self->next++;
  return self->next < self->n_order || !self->is_rest;
}

void
bw_legalizer_sink (BwLegalizer   *self,
                   uint32_t       part,
                   const BwPlace *hint,
                   BwRandom      *random,
                   uint32_t       n_tries)
{
  BwScene *scene = self->finder->scene;
  const BwModel *model = scene->model;
  BwPlace best = hint != NULL ? *hint : bw_scene_place (scene, part);
  double best_mm = bw_scene_conflict_mm (scene, part, &best);

  for (uint32_t i = 0; i < n_tries && !model->parts[part].fixed; i++)
    {
      double u = bw_random_double (random), v = bw_random_double (random);
      BwPlace place = bw_scene_place (scene, part);
      double cost_mm;
      BwBox reach;

      bw_model_reach (model, part, place.slot, &reach);
      if (!bw_model_is_bounded (model, part))
        reach = model->room;
      place.at.x_nm = reach.x0_nm + (int32_t) (u * ((double) reach.x1_nm - reach.x0_nm));
      place.at.y_nm = reach.y0_nm + (int32_t) (v * ((double) reach.y1_nm - reach.y0_nm));
      cost_mm = bw_scene_conflict_mm (scene, part, &place);
      if (cost_mm < best_mm)
        {
          best = place;
          best_mm = cost_mm;
        }
    }
  bw_scene_move (scene, part, &best);
  bw_scene_put_back (scene, part);
}
