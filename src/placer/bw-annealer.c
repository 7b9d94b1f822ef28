/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "placer/bw-annealer.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/bw-math.h"

/* Shares of the kinds of moves, each up to the next. */
#define SWAP_UP_TO 0.12
#define TURN_UP_TO 0.27
#define MEDIAN_UP_TO 0.40
#define ABUT_UP_TO 0.55

#define SWAP_TRIES 8
/* mm of wire for each mm of a way. */
#define WAY_COST 0.003
#define COLD_MM 0.002
#define N_PROBES 400
#define ADAPT_EVERY 1024
#define ADAPT_ACCEPTANCE 0.44
#define REACH_MIN 0.003
/* Overlaps reach their full weight this much before the end. */
#define WEIGHT_AHEAD 1.15
#define UNKNOWN_MM (-1.0)
/* A move that costs so many temperatures is not taken once in 10^13 times. */
#define NEVER_TAKEN 30.0

bool
bw_annealer_init (BwAnnealer *self,
                  BwScene    *scene,
                  BwRandom   *random)
{
  memset (self, 0, sizeof *self);
  self->scene = scene;
  self->random = random;
  self->movable = calloc ((size_t) scene->model->n_parts + 1, sizeof *self->movable);
  self->overlap_mm = calloc ((size_t) scene->model->n_parts + 1, sizeof *self->overlap_mm);
  return self->movable != NULL && self->overlap_mm != NULL &&
         bw_pull_init (&self->pull, scene->model);
}

void
bw_annealer_clear (BwAnnealer *self)
{
  free (self->movable);
  free (self->overlap_mm);
  bw_pull_clear (&self->pull);
}

void
bw_annealer_list (BwAnnealer *self)
{
  self->n_movable = 0;
  for (uint32_t i = 0; i < self->scene->model->n_parts; i++)
    {
      self->overlap_mm[i] = UNKNOWN_MM;
      if (!self->scene->model->parts[i].fixed)
        self->movable[self->n_movable++] = i;
    }
}

static double
random_signed (BwAnnealer *self)
{
  return 2.0 * bw_random_double (self->random) - 1.0;
}

static int32_t
clamp_nm (double  value_nm,
          int32_t low,
          int32_t high)
{
  if (value_nm <= low)
    return low;
  return value_nm >= high ? high : (int32_t) (low + (int64_t) (value_nm - low + 0.5));
}

/* The nearest place within reach. */
static BwPlace
place_at (const BwAnnealer *self,
          uint32_t          part,
          double            x_nm,
          double            y_nm,
          uint16_t          slot)
{
  BwBox reach;

  bw_model_reach (self->scene->model, part, slot, &reach);
  return (BwPlace) { { clamp_nm (x_nm, reach.x0_nm, reach.x1_nm),
                       clamp_nm (y_nm, reach.y0_nm, reach.y1_nm) }, slot };
}

static uint16_t
random_slot (BwAnnealer *self,
             uint32_t    part)
{
  uint32_t n = self->scene->model->parts[part].n_choices;

  return n == 0 ? self->scene->layout.slot[part] : (uint16_t) bw_random_below (self->random, n);
}

static double
room_width_nm (const BwAnnealer *self)
{
  return (double) self->scene->model->room.x1_nm - self->scene->model->room.x0_nm;
}

static double
room_height_nm (const BwAnnealer *self)
{
  return (double) self->scene->model->room.y1_nm - self->scene->model->room.y0_nm;
}

static BwPlace
shift (BwAnnealer *self,
       uint32_t    part,
       double      by,
       uint16_t    slot)
{
  BwPoint at = self->scene->layout.at[part];
  double x_nm = at.x_nm + random_signed (self) * by * room_width_nm (self);
  double y_nm = at.y_nm + random_signed (self) * by * room_height_nm (self);

  return place_at (self, part, x_nm, y_nm, slot);
}

static BwPlace
to_median (BwAnnealer *self,
           uint32_t    part)
{
  uint16_t slot = self->scene->layout.slot[part];
  double by = 0.15 * self->reach;
  int64_t x0, x1, y0, y1;
  double x_nm, y_nm;

  bw_pull_gather (&self->pull, self->scene, part);
  if (!bw_pull_median_x (&self->pull, slot, &x0, &x1) ||
      !bw_pull_median_y (&self->pull, slot, &y0, &y1))
    return shift (self, part, self->reach, slot);
  x_nm = (double) x0 + (double) (x1 - x0) * bw_random_double (self->random);
  y_nm = (double) y0 + (double) (y1 - y0) * bw_random_double (self->random);
  x_nm += random_signed (self) * by * room_width_nm (self);
  y_nm += random_signed (self) * by * room_height_nm (self);
  if (bw_random_double (self->random) < 0.2)
    slot = random_slot (self, part);
  return place_at (self, part, x_nm, y_nm, slot);
}

/* A body nearby: what is in the way about the part, else any. */
static uint32_t
pick_neighbour (BwAnnealer *self,
                uint32_t    part)
{
  BwScene *scene = self->scene;
  BwPlace place = bw_scene_place (scene, part);
  BwBox box = bw_scene_box_at (scene, part, &place);
  double by = 0.5 + bw_random_double (self->random);
  int64_t grow_nm = (int64_t) (by * ((double) box.x1_nm - box.x0_nm +
                                     (double) box.y1_nm - box.y0_nm));
  uint32_t n;

  box = (BwBox) {
    bw_saturate_nm (box.x0_nm - grow_nm), bw_saturate_nm (box.y0_nm - grow_nm),
    bw_saturate_nm (box.x1_nm + grow_nm), bw_saturate_nm (box.y1_nm + grow_nm),
  };
  n = bw_index_query (&scene->index, &box, scene->found);
  scene->work += n;
  return n == 0 ? part : scene->found[bw_random_below (self->random, n)];
}

/* Against an edge of a neighbour, at random along it half of the time. */
static BwPlace
abut (BwAnnealer *self,
      uint32_t    part)
{
  BwScene *scene = self->scene;
  BwPlace place = bw_scene_place (scene, part);
  const BwBox *own = &scene->model->slots[scene->model->parts[part].first_slot + place.slot].box;
  uint32_t other = pick_neighbour (self, part);
  uint32_t edge = bw_random_below (self->random, 4);
  double x_nm = place.at.x_nm, y_nm = place.at.y_nm, along;
  int64_t gap_nm;
  BwBox box;

  if (other == part)
    return shift (self, part, self->reach, place.slot);
  if (other < scene->model->n_parts)
    gap_nm = bw_model_spacing (scene->model, part, other).gap_nm;
  else
    gap_nm = bw_model_obstacle_spacing (scene->model, part, other - scene->model->n_parts).gap_nm;
  box = scene->index.boxes[other];
  if (edge == 0)
    x_nm = (double) box.x1_nm + gap_nm - own->x0_nm;
  else if (edge == 1)
    x_nm = (double) box.x0_nm - gap_nm - own->x1_nm;
  else if (edge == 2)
    y_nm = (double) box.y1_nm + gap_nm - own->y0_nm;
  else
    y_nm = (double) box.y0_nm - gap_nm - own->y1_nm;
  if (bw_random_double (self->random) < 0.5)
    {
      along = bw_random_double (self->random);
      if (edge < 2)
        y_nm = box.y0_nm - own->y1_nm +
               along * ((double) box.y1_nm - box.y0_nm + own->y1_nm - own->y0_nm);
      else
        x_nm = box.x0_nm - own->x1_nm +
               along * ((double) box.x1_nm - box.x0_nm + own->x1_nm - own->x0_nm);
    }
  return place_at (self, part, x_nm, y_nm, place.slot);
}

/* What the overlaps of a part cost where it is. */
static double
overlap_now_mm (BwAnnealer *self,
                uint32_t    part)
{
  if (self->overlap_mm[part] < 0.0)
    {
      BwPlace place = bw_scene_place (self->scene, part);

      self->overlap_mm[part] = bw_scene_overlap_cost (self->scene, part, &place, BW_NO_PART);
    }
  return self->overlap_mm[part];
}

/* The part leaves this place or comes to it: what overlaps cost about it will be others. */
static void
forget_overlaps (BwAnnealer *self,
                 uint32_t    part)
{
  BwScene *scene = self->scene;
  BwPlace place = bw_scene_place (scene, part);
  uint32_t n = bw_scene_find_near (scene, part, &place);

  self->overlap_mm[part] = UNKNOWN_MM;
  for (uint32_t i = 0; i < n; i++)
    if (scene->found[i] < scene->model->n_parts)
      self->overlap_mm[scene->found[i]] = UNKNOWN_MM;
}

static void
accept (BwAnnealer    *self,
        uint32_t       a,
        const BwPlace *place_a,
        uint32_t       b,
        const BwPlace *place_b)
{
  forget_overlaps (self, a);
  if (b != BW_NO_PART)
    forget_overlaps (self, b);
  bw_scene_accept (self->scene, a, place_a, b, place_b);
  forget_overlaps (self, a);
  if (b != BW_NO_PART)
    forget_overlaps (self, b);
}

/* dice < exp(-cost), which is between 1 - cost and the inverse of the first terms of exp(cost):
 * that settles most. */
static bool
is_thrown (double dice,
           double cost)
{
  if (dice < 1.0 - cost)
    return true;
  if (dice * (1.0 + cost * (1.0 + cost * (0.5 + cost * (1.0 / 6.0)))) > 1.0)
    return false;
  return dice < bw_exp (-cost);
}

/* The dice are cast once for each move, at `least_mm`: what it costs without the overlaps there.
 * Most moves cost too much by then. */
static bool
is_hopeless (BwAnnealer *self,
             double      least_mm,
             double     *dice_out)
{
  *dice_out = 0.0;
  if (least_mm <= 0.0)
    return false;
  if (least_mm > NEVER_TAKEN * self->temperature_mm)
    return true;
  *dice_out = bw_random_double (self->random);
  return !is_thrown (*dice_out, least_mm / self->temperature_mm);
}

static bool
is_taken (BwAnnealer *self,
          double      least_mm,
          double      cost_mm,
          double      dice)
{
  if (cost_mm <= 0.0)
    return true;
  if (least_mm <= 0.0)
    dice = bw_random_double (self->random);
  return is_thrown (dice, cost_mm / self->temperature_mm);
}

/* A part that is not too far away for the temperature; the same where that is hard to find. */
static uint32_t
pick_to_swap (BwAnnealer *self,
              uint32_t    a)
{
  const BwPoint *at = self->scene->layout.at;

  for (int i = 0; i < SWAP_TRIES; i++)
    {
      uint32_t b = self->movable[bw_random_below (self->random, self->n_movable)];

      if (fabs ((double) at[b].x_nm - at[a].x_nm) <= self->reach * room_width_nm (self) &&
          fabs ((double) at[b].y_nm - at[a].y_nm) <= self->reach * room_height_nm (self))
        return b;
    }
  return a;
}

/* What a way costs: among places that are as good, the nearer one, for the eye's sake. */
static double
way_cost_mm (const BwAnnealer *self,
             uint32_t          part,
             const BwPlace    *place)
{
  BwPoint at = self->scene->layout.at[part];

  return WAY_COST * (fabs ((double) place->at.x_nm - at.x_nm) +
                     fabs ((double) place->at.y_nm - at.y_nm)) / BW_NM_PER_MM;
}

static void
try_swap (BwAnnealer *self,
          uint32_t    a)
{
  BwScene *scene = self->scene;
  uint32_t b = pick_to_swap (self, a);
  BwPlace old_a = bw_scene_place (scene, a), old_b = bw_scene_place (scene, b), new_a, new_b;
  double before_mm, after_mm, least_mm, dice;

  if (a == b)
    return;
  new_a = place_at (self, a, old_b.at.x_nm, old_b.at.y_nm, old_a.slot);
  new_b = place_at (self, b, old_a.at.x_nm, old_a.at.y_nm, old_b.slot);
  before_mm = overlap_now_mm (self, a) + overlap_now_mm (self, b) -
              bw_scene_pair_cost (scene, a, &old_a, b, &old_b);
  least_mm = bw_scene_ask (scene, a, &new_a, b, &new_b) - self->weight * before_mm +
             way_cost_mm (self, a, &new_a) + way_cost_mm (self, b, &new_b);
  if (is_hopeless (self, least_mm, &dice))
    return;
  after_mm = bw_scene_overlap_cost (scene, a, &new_a, b) +
             bw_scene_overlap_cost (scene, b, &new_b, a) +
             bw_scene_pair_cost (scene, a, &new_a, b, &new_b);
  if (is_taken (self, least_mm, least_mm + self->weight * after_mm, dice))
    accept (self, a, &new_a, b, &new_b);
}

static bool
try_place (BwAnnealer    *self,
           uint32_t       part,
           const BwPlace *place)
{
  BwScene *scene = self->scene;
  double least_mm = bw_scene_ask (scene, part, place, BW_NO_PART, NULL) +
                    way_cost_mm (self, part, place) - self->weight * overlap_now_mm (self, part);
  double cost_mm, dice;

  if (is_hopeless (self, least_mm, &dice))
    return false;
  cost_mm = least_mm + self->weight * bw_scene_overlap_cost (scene, part, place, BW_NO_PART);
  if (!is_taken (self, least_mm, cost_mm, dice))
    return false;
  accept (self, part, place, BW_NO_PART, NULL);
  return true;
}

static void
adapt_reach (BwAnnealer *self,
             bool        taken)
{
  self->n_tried++;
  self->n_taken += taken;
  if (self->n_tried < ADAPT_EVERY)
    return;
  self->reach *= 1.0 - ADAPT_ACCEPTANCE + (double) self->n_taken / self->n_tried;
  self->reach = self->reach > 1.0 ? 1.0 : self->reach < REACH_MIN ? REACH_MIN : self->reach;
  self->n_tried = 0;
  self->n_taken = 0;
}

static void
try_move (BwAnnealer *self)
{
  BwScene *scene = self->scene;
  uint32_t part = self->movable[bw_random_below (self->random, self->n_movable)];
  double kind = bw_random_double (self->random);
  BwPlace place;
  bool taken;

  scene->work += 8;
  /* What nothing pulls gains nothing by going somewhere else. */
  if (!scene->model->parts[part].is_pulled && overlap_now_mm (self, part) <= 0.0)
    return;
  if (kind < SWAP_UP_TO)
    {
      try_swap (self, part);
      return;
    }
  if (kind < TURN_UP_TO)
    {
      double by = bw_random_double (self->random) < 0.3 ? 0.3 * self->reach : 0.0;

      place = shift (self, part, by, random_slot (self, part));
    }
  else if (kind < MEDIAN_UP_TO)
    place = to_median (self, part);
  else if (kind < ABUT_UP_TO)
    place = abut (self, part);
  else
    place = shift (self, part, self->reach, scene->layout.slot[part]);
  taken = try_place (self, part, &place);
  if (kind >= ABUT_UP_TO)
    adapt_reach (self, taken);
}

/* How much the wirelength changes when a part goes anywhere: standard deviation in mm. */
static double
probe_mm (BwAnnealer *self)
{
  double sum = 0.0, squares = 0.0, variance;

  if (self->n_movable == 0)
    return 0.0;
  for (int i = 0; i < N_PROBES; i++)
    {
      uint32_t part = self->movable[bw_random_below (self->random, self->n_movable)];
      const BwBox *room = &self->scene->model->room;
      double x_nm = room->x0_nm + bw_random_double (self->random) * room_width_nm (self);
      double y_nm = room->y0_nm + bw_random_double (self->random) * room_height_nm (self);
      BwPlace place = place_at (self, part, x_nm, y_nm, self->scene->layout.slot[part]);
      double longer_mm = bw_scene_ask (self->scene, part, &place, BW_NO_PART, NULL);

      sum += longer_mm;
      squares += longer_mm * longer_mm;
    }
  variance = squares / N_PROBES - (sum / N_PROBES) * (sum / N_PROBES);
  return variance > 0.0 ? sqrt (variance) : 0.0;
}

void
bw_annealer_start (BwAnnealer            *self,
                   const BwAnnealingPlan *plan)
{
  self->plan = *plan;
  bw_annealer_list (self);
  self->hot_mm = plan->heat * probe_mm (self);
  if (self->hot_mm < 2.0 * COLD_MM)
    self->hot_mm = 2.0 * COLD_MM;
  self->cold_mm = COLD_MM;
  self->reach = plan->reach;
  self->n_tried = 0;
  self->n_taken = 0;
}

/* From `from` to `to`, equal factors for equal steps of t in [0, 1]. */
static double
geometric (double from,
           double to,
           double t)
{
  double log2_ratio = 0.0, ratio = to / from;

  /* ln by halving and the series of atanh: base/bw-math has no logarithm. */
  while (ratio > 1.5)
    {
      ratio *= 0.5;
      log2_ratio += 1.0;
    }
  while (ratio < 0.75)
    {
      ratio *= 2.0;
      log2_ratio -= 1.0;
    }
  {
    double z = (ratio - 1.0) / (ratio + 1.0);
    double series = 0.0, power = z;

    for (int k = 1; k <= 21; k += 2)
      {
        series += power / k;
        power *= z * z;
      }
    return from * bw_exp (t * (log2_ratio * 0.69314718055994530942 + 2.0 * series));
  }
}

void
bw_annealer_run (BwAnnealer *self,
                 double      progress,
                 uint64_t    work)
{
  uint64_t end = self->scene->work + work;
  double ahead = progress * WEIGHT_AHEAD < 1.0 ? progress * WEIGHT_AHEAD : 1.0;

  if (self->n_movable == 0)
    return;
  self->temperature_mm = geometric (self->hot_mm, self->cold_mm, progress);
  self->weight = geometric (self->plan.weight_start, self->plan.weight_end, ahead);
  while (self->scene->work < end)
    try_move (self);
}
