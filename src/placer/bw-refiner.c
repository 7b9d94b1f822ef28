/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "placer/bw-refiner.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/bw-math.h"
#include "placer/bw-refiner-choice.h"

#define DROP_SHARE 0.15
#define SAME_COST_MM 1e-6
/* mm of wire for each mm of a way that makes nothing shorter. */
#define WAY_COST 0.003
/* Where parts are to stay: what a turn costs, as a way. */
#define TURN_MM 2.0
#define STRAIGHT_SHARE 0.8

bool
bw_refiner_init (BwRefiner *self,
                 BwFinder  *finder,
                 BwRandom  *random)
{
  memset (self, 0, sizeof *self);
  self->finder = finder;
  self->random = random;
  self->movable = calloc ((size_t) finder->scene->model->n_parts + 1, sizeof *self->movable);
  return self->movable != NULL;
}

void
bw_refiner_clear (BwRefiner *self)
{
  free (self->movable);
}

static double
missing_cost_mm (const BwRefiner *self,
                 uint32_t         part)
{
  const BwModelPart *p = &self->finder->scene->model->parts[part];

  /* What is in conflict in any case is the first to be left out. */
  return p->leeway_nm > 0 ? self->missing_mm : self->missing_mm * (1.0 + 0.01 * p->area_mm2);
}

void
bw_refiner_clear_anchor (BwRefiner *self)
{
  self->finder->pull.anchor_weight = 0.0;
  self->finder->pull.anchor_only = false;
}

static void
clear_absent (BwRefiner *self,
              uint32_t   part)
{
  BwPull *pull = &self->finder->pull;

  pull->n_absent -= pull->absent[part];
  pull->absent[part] = 0;
}

/* How far a part is from home, in mm. */
static double
away_mm (const BwRefiner *self,
         uint32_t         part)
{
  const BwLayout *layout = &self->finder->scene->layout;
  int64_t dx = (int64_t) layout->at[part].x_nm - self->home->at[part].x_nm;
  int64_t dy = (int64_t) layout->at[part].y_nm - self->home->at[part].y_nm;

  return bw_nm_to_mm ((dx < 0 ? -dx : dx) + (dy < 0 ? -dy : dy)) +
         (layout->slot[part] != self->home->slot[part] ? TURN_MM : 0.0);
}

void
bw_refiner_start (BwRefiner      *self,
                  const BwLayout *home)
{
  const BwScene *scene = self->finder->scene;
  const BwBox *room = &scene->model->room;

  for (uint32_t i = 0; i < self->n_set; i++)
    clear_absent (self, self->set[i].part);
  self->finder->is_searching = false;
  bw_refiner_clear_anchor (self);
  self->n_set = 0;
  self->is_trying = false;
  self->n_movable = 0;
  self->missing_mm = 10.0 * (bw_nm_to_mm ((int64_t) room->x1_nm - room->x0_nm) +
                             bw_nm_to_mm ((int64_t) room->y1_nm - room->y0_nm)) + 1000.0;
  self->home = home;
  self->cost_mm = home == NULL ? bw_scene_wirelength (scene) : 0.0;
  for (uint32_t i = 0; i < scene->model->n_parts; i++)
    if (!scene->model->parts[i].fixed)
      {
        self->movable[self->n_movable++] = i;
        if (home != NULL)
          self->cost_mm += away_mm (self, i);
        if (bw_scene_is_missing (scene, i))
          self->cost_mm += missing_cost_mm (self, i);
      }
}

/* Wirelength of the nets of the set or the way of its parts, and what its missing parts cost. */
static double
cost_of_set (BwRefiner *self)
{
  BwScene *scene = self->finder->scene;
  const BwModel *model = scene->model;
  double sum_mm = 0.0;

  if (++scene->stamp == 0)
    {
      memset (scene->stamps, 0, model->n_nets * sizeof *scene->stamps);
      scene->stamp = 1;
    }
  for (uint32_t i = 0; i < self->n_set; i++)
    {
      const BwModelPart *part = &model->parts[self->set[i].part];

      if (bw_scene_is_missing (scene, self->set[i].part))
        sum_mm += missing_cost_mm (self, self->set[i].part);
      if (self->home != NULL)
        sum_mm += away_mm (self, self->set[i].part);
      for (uint32_t t = 0; t < part->n_terms && self->home == NULL; t++)
        {
          uint32_t net = model->terms[part->first_term + t].net;
          const BwBox *box = &scene->net_boxes[net];

          if (scene->stamps[net] == scene->stamp)
            continue;
          scene->stamps[net] = scene->stamp;
          sum_mm += model->nets[net].weight *
                    bw_nm_to_mm ((int64_t) box->x1_nm - box->x0_nm +
                                 (int64_t) box->y1_nm - box->y0_nm);
        }
      scene->work += part->n_terms;
    }
  return sum_mm;
}

static void
take_set_out (BwRefiner *self)
{
  BwPull *pull = &self->finder->pull;

  for (uint32_t i = 0; i < self->n_set; i++)
    {
      bw_scene_take_out (self->finder->scene, self->set[i].part);
      pull->absent[self->set[i].part] = 1;
    }
  pull->n_absent = self->n_set;
}

static void
put_in (BwRefiner     *self,
        uint32_t       part,
        const BwPlace *place)
{
  bw_scene_move (self->finder->scene, part, place);
  bw_scene_put_back (self->finder->scene, part);
}

void
bw_refiner_anchor_home (BwRefiner *self,
                        uint32_t   part)
{
  BwPull *pull = &self->finder->pull;

  pull->anchor = self->home->at[part];
  pull->anchor_weight = 1.0;
  pull->anchor_only = true;
}

/* Begins to look for the best free place for the next part of the set. */
static void
begin_next (BwRefiner *self)
{
  const BwModel *model = self->finder->scene->model;
  uint32_t part = self->set[self->next].part;
  BwPoint near = self->finder->scene->layout.at[part];
  uint32_t only_slot = BW_ANY_SLOT;
  BwPoint holes[BW_REFINER_MAX_SET];

  for (uint32_t i = 0; i < self->n_set; i++)
    holes[i] = self->set[i].place.at;
  if (self->home != NULL)
    {
      bw_refiner_anchor_home (self, part);
      near = self->home->at[part];
      if (bw_random_double (self->random) < STRAIGHT_SHARE)
        only_slot = self->home->slot[part];
    }
  else if (model->parts[part].is_pulled && bw_random_double (self->random) < 0.3)
    {
      const BwBox *room = &model->room;

      near.x_nm = bw_saturate_nm (room->x0_nm + (int64_t) (bw_random_double (self->random) *
                                  ((double) room->x1_nm - room->x0_nm)));
      near.y_nm = bw_saturate_nm (room->y0_nm + (int64_t) (bw_random_double (self->random) *
                                  ((double) room->y1_nm - room->y0_nm)));
    }
  if (self->home == NULL && model->parts[part].n_choices > 0 &&
      bw_random_double (self->random) < 0.15)
    only_slot = bw_random_below (self->random, model->parts[part].n_choices);
  bw_finder_start (self->finder, part, only_slot, near, holes, self->n_set);
}

/* Puts it there, if there is one. */
static void
end_next (BwRefiner *self)
{
  uint32_t part = self->set[self->next++].part;
  BwPlace place;
  double cost_mm;

  if (bw_finder_end (self->finder, &place, &cost_mm))
    put_in (self, part, &place);
  bw_refiner_clear_anchor (self);
  clear_absent (self, part);
}

static void
restore_set (BwRefiner *self)
{
  BwScene *scene = self->finder->scene;

  for (uint32_t i = 0; i < self->n_set; i++)
    {
      bw_scene_take_out (scene, self->set[i].part);
      bw_scene_move (scene, self->set[i].part, &self->set[i].place);
      clear_absent (self, self->set[i].part);
    }
  for (uint32_t i = 0; i < self->n_set; i++)
    if (self->set[i].was_in)
      bw_scene_put_back (scene, self->set[i].part);
  self->n_set = 0;
}

static void
shuffle_set (BwRefiner *self)
{
  for (uint32_t i = self->n_set - 1; i > 0; i--)
    {
      uint32_t k = bw_random_below (self->random, i + 1);
      BwTaken taken = self->set[i];

      self->set[i] = self->set[k];
      self->set[k] = taken;
    }
}

/* By insertion. Not by swaps of neighbours in the loop's condition: gcc 12.2 does not sort with
 * those at -O2 (its choice of induction variables is at fault, -fno-ivopts sorts). */
static void
sort_set_by_area (BwRefiner *self,
                  uint32_t   first)
{
  const BwModelPart *parts = self->finder->scene->model->parts;

  for (uint32_t i = first + 1; i < self->n_set; i++)
    {
      BwTaken taken = self->set[i];
      uint32_t k = i;

      while (k > first && parts[taken.part].area_mm2 > parts[self->set[k - 1].part].area_mm2)
        {
          self->set[k] = self->set[k - 1];
          k--;
        }
      self->set[k] = taken;
    }
}

/* What the ways of the set cost: it is to be worth it to the eye. */
static double
way_cost_mm (const BwRefiner *self)
{
  const BwPoint *at = self->finder->scene->layout.at;
  double sum_nm = 0.0;

  for (uint32_t i = 0; i < self->n_set; i++)
    {
      const BwTaken *taken = &self->set[i];

      sum_nm += fabs ((double) at[taken->part].x_nm - taken->place.at.x_nm) +
                fabs ((double) at[taken->part].y_nm - taken->place.at.y_nm);
    }
  return WAY_COST * sum_nm / BW_NM_PER_MM;
}

static bool
settle (BwRefiner *self)
{
  double temperature_mm = self->temperature_mm;
  double more_mm = cost_of_set (self) - self->before_mm;
  double worse_mm = more_mm < -SAME_COST_MM ? more_mm : more_mm + way_cost_mm (self);

  self->is_trying = false;
  if (worse_mm <= SAME_COST_MM ||
      (temperature_mm > 0.0 &&
       bw_random_double (self->random) < bw_exp (-worse_mm / temperature_mm)))
    {
      self->cost_mm += more_mm;
      self->n_set = 0;
      return true;
    }
  restore_set (self);
  return false;
}

static void
begin_drop (BwRefiner *self,
            uint32_t   part)
{
  BwScene *scene = self->finder->scene;
  BwPlace place = bw_refiner_choose_drop (self, part);

  if (!bw_refiner_choose_below (self, part, &place))
    {
      self->n_set = 0;
      return;
    }
  self->before_mm = cost_of_set (self);
  take_set_out (self);
  if (!bw_scene_is_free (scene, part, &place))
    {
      restore_set (self);
      return;
    }
  put_in (self, part, &place);
  clear_absent (self, part);
  sort_set_by_area (self, 1);
  self->next = 1;
  self->is_trying = true;
}

static void
begin_again (BwRefiner *self,
             uint32_t   part)
{
  double size = bw_random_double (self->random);
  uint32_t n_wanted = size < 0.3 ? 1 : size < 0.6 ? 2 : size < 0.8 ? 3 : 4;

  if (size >= 0.8)
    n_wanted += bw_random_below (self->random, 6);
  bw_refiner_choose_related (self, part, n_wanted);
  self->before_mm = cost_of_set (self);
  take_set_out (self);
  shuffle_set (self);
  if (bw_random_double (self->random) < 0.5)
    sort_set_by_area (self, 0);
  self->next = 0;
  self->is_trying = true;
}

static void
begin_try (BwRefiner *self)
{
  uint32_t part;

  self->finder->scene->work += 8;
  if (self->n_movable == 0)
    return;
  part = bw_refiner_choose_part (self);
  if (bw_scene_is_missing (self->finder->scene, part) ||
      bw_random_double (self->random) < DROP_SHARE)
    begin_drop (self, bw_refiner_choose_dropped (self, part));
  else
    begin_again (self, part);
}

bool
bw_refiner_step (BwRefiner *self,
                 double     temperature_mm)
{
  if (!self->is_trying)
    {
      self->temperature_mm = temperature_mm;
      begin_try (self);
    }
  else if (self->next < self->n_set)
    {
      if (!self->finder->is_searching)
        begin_next (self);
      else if (!bw_finder_step (self->finder))
        end_next (self);
    }
  return self->is_trying && self->next == self->n_set && settle (self);
}

void
bw_refiner_stop (BwRefiner *self)
{
  if (self->is_trying)
    restore_set (self);
  self->finder->is_searching = false;
  bw_refiner_clear_anchor (self);
  self->is_trying = false;
}
