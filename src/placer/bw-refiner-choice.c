/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which parts a try takes out, and where it drops one. */

#include "placer/bw-refiner-choice.h"

#define RELATED_TRIES 40

static bool
is_in_set (const BwRefiner *self,
           uint32_t         part)
{
  for (uint32_t i = 0; i < self->n_set; i++)
    if (self->set[i].part == part)
      return true;
  return false;
}

static void
add_to_set (BwRefiner *self,
            uint32_t   part)
{
  self->set[self->n_set++] = (BwTaken) {
    .place = bw_scene_place (self->finder->scene, part),
    .part = part,
    .was_in = !bw_scene_is_missing (self->finder->scene, part),
  };
}

static uint32_t
random_movable (BwRefiner *self)
{
  return self->movable[bw_random_below (self->random, self->n_movable)];
}

/* A part on one of the nets of `part`. */
static uint32_t
random_on_net (BwRefiner *self,
               uint32_t   part)
{
  const BwModel *model = self->finder->scene->model;
  const BwModelPart *p = &model->parts[part];
  const BwModelNet *net;

  if (p->n_terms == 0)
    return part;
  net = &model->nets[model->terms[p->first_term + bw_random_below (self->random, p->n_terms)].net];
  return model->terms[model->net_terms[net->first_term +
                                       bw_random_below (self->random, net->n_terms)]].part;
}

/* The box about a part, grown by up to twice its size. */
static uint32_t
random_near (BwRefiner *self,
             uint32_t   part)
{
  BwScene *scene = self->finder->scene;
  BwPlace place = bw_scene_place (scene, part);
  BwBox box = bw_scene_box_at (scene, part, &place);
  int64_t size_nm = ((int64_t) box.x1_nm - box.x0_nm + box.y1_nm - box.y0_nm) / 2 + 1000000;
  int64_t grow_nm = (int64_t) (2.0 * bw_random_double (self->random) * (double) size_nm);
  uint32_t n;

  box = (BwBox) {
    bw_saturate_nm (box.x0_nm - grow_nm), bw_saturate_nm (box.y0_nm - grow_nm),
    bw_saturate_nm (box.x1_nm + grow_nm), bw_saturate_nm (box.y1_nm + grow_nm),
  };
  n = bw_index_query (&scene->index, &box, scene->found);
  scene->work += n;
  return n == 0 ? part : scene->found[bw_random_below (self->random, n)];
}

void
bw_refiner_choose_related (BwRefiner *self,
                           uint32_t   part,
                           uint32_t   n_wanted)
{
  const BwModel *model = self->finder->scene->model;

  add_to_set (self, part);
  for (int i = 0; i < RELATED_TRIES && self->n_set < n_wanted; i++)
    {
      double kind = bw_random_double (self->random);
      uint32_t other;

      if (kind < 0.45)
        other = random_on_net (self, self->set[bw_random_below (self->random, self->n_set)].part);
      else if (kind < 0.9)
        other = random_near (self, part);
      else
        other = random_movable (self);
      if (other < model->n_parts && !model->parts[other].fixed && !is_in_set (self, other))
        add_to_set (self, other);
    }
}

/* Where to drop a part: the median of its nets, another part's place, nearby, anywhere. */
BwPlace
bw_refiner_choose_drop (BwRefiner *self,
                        uint32_t   part)
{
  BwScene *scene = self->finder->scene;
  const BwModel *model = scene->model;
  BwPlace place = bw_scene_place (scene, part);
  uint32_t n_choices = model->parts[part].n_choices;
  double kind = bw_random_double (self->random);
  double u = bw_random_double (self->random), v = bw_random_double (self->random);
  int64_t x = place.at.x_nm, y = place.at.y_nm, x0, x1, y0, y1;
  BwBox reach;

  if (n_choices > 0 && bw_random_double (self->random) < 0.5)
    place.slot = (uint16_t) bw_random_below (self->random, n_choices);
  bw_model_reach (model, part, place.slot, &reach);
  if (self->home != NULL)
    bw_refiner_anchor_home (self, part);
  bw_pull_gather (&self->finder->pull, scene, part);
  if (kind < 0.35 && bw_pull_median_x (&self->finder->pull, place.slot, &x0, &x1) &&
      bw_pull_median_y (&self->finder->pull, place.slot, &y0, &y1))
    {
      x = x0 + (int64_t) (u * (double) (x1 - x0));
      y = y0 + (int64_t) (v * (double) (y1 - y0));
    }
  else if (kind < 0.6)
    {
      BwPoint at = scene->layout.at[random_movable (self)];

      x = at.x_nm;
      y = at.y_nm;
    }
  else if (kind < 0.9)
    {
      const BwBox *box = &model->slots[model->parts[part].first_slot + place.slot].box;
      double by_nm = (double) box->x1_nm - box->x0_nm + (double) box->y1_nm - box->y0_nm;

      x += (int64_t) ((2.0 * u - 1.0) * by_nm);
      y += (int64_t) ((2.0 * v - 1.0) * by_nm);
    }
  else
    {
      x = reach.x0_nm + (int64_t) (u * ((double) reach.x1_nm - reach.x0_nm));
      y = reach.y0_nm + (int64_t) (v * ((double) reach.y1_nm - reach.y0_nm));
    }
  bw_refiner_clear_anchor (self);
  place.at.x_nm = (int32_t) (x < reach.x0_nm ? reach.x0_nm : x > reach.x1_nm ? reach.x1_nm : x);
  place.at.y_nm = (int32_t) (y < reach.y0_nm ? reach.y0_nm : y > reach.y1_nm ? reach.y1_nm : y);
  return place;
}

/* The set becomes the part and all that is where it is to be dropped. False if something there
 * does not yield. */
bool
bw_refiner_choose_below (BwRefiner     *self,
                         uint32_t       part,
                         const BwPlace *place)
{
  BwScene *scene = self->finder->scene;
  const BwModel *model = scene->model;
  uint32_t ids[BW_REFINER_MAX_SET];
  int64_t gap_nm = bw_model_halo_nm (model, part);
  BwBox box = bw_scene_box_at (scene, part, place);
  uint32_t n, n_ids = 0;

  box = (BwBox) {
    bw_saturate_nm (box.x0_nm - gap_nm), bw_saturate_nm (box.y0_nm - gap_nm),
    bw_saturate_nm (box.x1_nm + gap_nm), bw_saturate_nm (box.y1_nm + gap_nm),
  };
  add_to_set (self, part);
  n = bw_index_query (&scene->index, &box, scene->found);
  scene->work += n;
  for (uint32_t i = 0; i < n; i++)
    {
      uint32_t id = scene->found[i];

      if (id >= model->n_parts || id == part || model->parts[id].fixed)
        continue;
      if (n_ids == BW_REFINER_MAX_SET - 1)
        return false;
      ids[n_ids++] = id;
    }
  for (uint32_t i = 0; i < n_ids; i++)
    {
      BwPlace other = bw_scene_place (scene, ids[i]);

      if (bw_scene_pair_cost (scene, part, place, ids[i], &other) > 0.0)
        add_to_set (self, ids[i]);
    }
  return true;
}

/* Large parts are dropped more often: they are what is hard to find a place for. */
uint32_t
bw_refiner_choose_dropped (BwRefiner *self,
                           uint32_t   part)
{
  const BwModelPart *parts = self->finder->scene->model->parts;

  if (bw_scene_is_missing (self->finder->scene, part) || bw_random_double (self->random) >= 0.7)
    return part;
  for (int i = 0; i < 3; i++)
    {
      uint32_t other = random_movable (self);

      if (parts[other].area_mm2 > parts[part].area_mm2)
        part = other;
    }
  return part;
}

uint32_t
bw_refiner_choose_part (BwRefiner *self)
{
  const BwScene *scene = self->finder->scene;
  uint32_t start;

  if (self->cost_mm < self->missing_mm || bw_random_double (self->random) < 0.5)
    return random_movable (self);
  start = bw_random_below (self->random, self->n_movable);
  for (uint32_t i = 0; i < self->n_movable; i++)
    {
      uint32_t part = self->movable[(start + i) % self->n_movable];

      if (bw_scene_is_missing (scene, part))
        return part;
    }
  return self->movable[start];
}
