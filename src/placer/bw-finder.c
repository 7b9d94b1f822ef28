/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "placer/bw-finder.h"

#include <stdlib.h>
#include <string.h>

/* The first window about the best point, in sizes of the part; then it doubles. */
#define FIRST_WINDOW 2
/* Boxes of one body against those of another, at most, on average over all entries. */
#define FORBIDDEN_FOR_EACH_ENTRY 24
#define EPSILON_MM 1e-7
/* What a place may cost more than a hint: among equals there is to be a choice. */
#define HINT_SLACK_MM 1e-3
#define SWEEP_FROM 40000
#define SWEEP_WORK 6

bool
bw_finder_init (BwFinder *self,
                BwScene  *scene)
{
  size_t n_entries = (size_t) scene->model->n_parts + scene->model->n_obstacles;

  memset (self, 0, sizeof *self);
  self->scene = scene;
  self->sweep_from = SWEEP_FROM;
  self->max_forbidden = (uint32_t) (FORBIDDEN_FOR_EACH_ENTRY * n_entries + 4096);
  self->forbidden = calloc (self->max_forbidden, sizeof *self->forbidden);
  self->lines = calloc (2 * (size_t) self->max_forbidden + 1, sizeof *self->lines);
  self->on_line = calloc (self->max_forbidden, sizeof *self->on_line);
  self->columns = calloc (2 * (size_t) self->max_forbidden + 1, sizeof *self->columns);
  self->scratch = calloc (2 * (size_t) self->max_forbidden + 1, sizeof *self->scratch);
  return self->forbidden != NULL && self->lines != NULL && self->on_line != NULL &&
         self->columns != NULL && self->scratch != NULL &&
         bw_sweep_init (&self->sweep, self->max_forbidden) &&
         bw_pull_init (&self->pull, scene->model);
}

void
bw_finder_clear (BwFinder *self)
{
  free (self->forbidden);
  free (self->lines);
  free (self->on_line);
  free (self->columns);
  free (self->scratch);
  bw_sweep_clear (&self->sweep);
  bw_pull_clear (&self->pull);
}

static void
forbid (BwFinder      *self,
        const BwPiece *own,
        const BwPiece *other,
        BwPoint        at,
        int64_t        gap_nm)
{
  BwWideBox box = {
    (int64_t) other->box.x0_nm + at.x_nm - own->box.x1_nm - gap_nm,
    (int64_t) other->box.y0_nm + at.y_nm - own->box.y1_nm - gap_nm,
    (int64_t) other->box.x1_nm + at.x_nm - own->box.x0_nm + gap_nm,
    (int64_t) other->box.y1_nm + at.y_nm - own->box.y0_nm + gap_nm,
  };

  if ((own->sides & other->sides) != 0 && self->n_forbidden < self->max_forbidden &&
      box.x0 < box.x1 && box.y0 < box.y1)
    self->forbidden[self->n_forbidden++] = box;
}

static void
forbid_entry (BwFinder     *self,
              const BwSlot *slot,
              uint32_t      id)
{
  const BwScene *scene = self->scene;
  const BwModel *model = scene->model;
  const BwSlot *other = NULL;
  uint32_t n = 1;

  if (id < model->n_parts)
    {
      other = &model->slots[model->parts[id].first_slot + scene->layout.slot[id]];
      n = other->n_pieces;
    }
  for (uint32_t i = 0; i < slot->n_pieces; i++)
    for (uint32_t k = 0; k < n; k++)
      if (other != NULL)
        forbid (self, &model->pieces[slot->first_piece + i],
                &model->pieces[other->first_piece + k], scene->layout.at[id], model->gap_nm);
      else
        forbid (self, &model->pieces[slot->first_piece + i],
                &model->obstacles[id - model->n_parts], (BwPoint) { 0, 0 },
                id - model->n_parts < model->n_edges ? model->margin_nm : 0);
}

/* All that forbids anchors in the window. False if there is too much of it to note. */
static bool
collect_forbidden (BwFinder        *self,
                   uint32_t         part,
                   const BwSlot    *slot,
                   const BwWideBox *window)
{
  BwScene *scene = self->scene;
  const BwModel *model = scene->model;
  int64_t gap_nm = model->gap_nm > model->margin_nm ? model->gap_nm : model->margin_nm;
  BwBox swept = {
    bw_saturate_nm (window->x0 + slot->box.x0_nm - gap_nm - 1),
    bw_saturate_nm (window->y0 + slot->box.y0_nm - gap_nm - 1),
    bw_saturate_nm (window->x1 + slot->box.x1_nm + gap_nm + 1),
    bw_saturate_nm (window->y1 + slot->box.y1_nm + gap_nm + 1),
  };
  uint32_t n = bw_index_query (&scene->index, &swept, scene->found);

  self->n_forbidden = 0;
  for (uint32_t i = 0; i < n; i++)
    if (scene->found[i] != part)
      forbid_entry (self, slot, scene->found[i]);
  scene->work += n + self->n_forbidden;
  return self->n_forbidden < self->max_forbidden;
}

/* From y in one direction to the first coordinate that no box on the line holds. */
static bool
walk (BwFinder *self,
      uint32_t  n_on_line,
      int64_t   y,
      int64_t   low,
      int64_t   high,
      bool      up,
      int64_t  *y_out)
{
  bool moved = true;

  while (moved)
    {
      moved = false;
      for (uint32_t i = 0; i < n_on_line; i++)
        {
          const BwWideBox *box = &self->forbidden[self->on_line[i]];

          if (box->y0 < y && y < box->y1)
            {
              y = up ? box->y1 : box->y0;
              moved = true;
              if (up ? y > high : y < low)
                return false;
            }
        }
      self->scene->work += n_on_line / 2;
    }
  *y_out = y;
  return true;
}

typedef struct
{
  uint32_t slot;
  int64_t x;            /* of least cost within reach */
  int64_t y;
  double cost_x_mm;
  double cost_y_mm;
  BwWideBox window;     /* where to look, within reach */
  double best_mm;       /* places that cost as much are of no use */
  BwPlace *place;
} Search;

static void
try_place (BwFinder *self,
           Search   *search,
           int64_t   x,
           int64_t   y,
           double    cost_x_mm)
{
  double cost_mm = cost_x_mm + bw_pull_cost_y (&self->pull, search->slot, y);

  if (cost_mm >= search->best_mm - EPSILON_MM)
    return;
  search->best_mm = cost_mm;
  search->place->at = (BwPoint) { (int32_t) x, (int32_t) y };
  search->place->slot = (uint16_t) search->slot;
}

static void
try_line (BwFinder *self,
          Search   *search,
          int64_t   x,
          double    cost_x_mm)
{
  uint32_t n = 0;
  int64_t y;

  for (uint32_t i = 0; i < self->n_forbidden; i++)
    if (self->forbidden[i].x0 < x && x < self->forbidden[i].x1)
      self->on_line[n++] = i;
  self->scene->work += self->n_forbidden / 4 + 1;
  for (int up = 0; up < 2; up++)
    if (walk (self, n, search->y, search->window.y0, search->window.y1, up != 0, &y))
      try_place (self, search, x, y, cost_x_mm);
}

/* All lines, from left to right. */
static void
sweep_lines (BwFinder *self,
             Search   *search,
             uint32_t  n_lines)
{
  BwSweep *sweep = &self->sweep;

  for (uint32_t i = 0; i < n_lines; i++)
    self->columns[i] = (int64_t) self->lines[i].value;
  bw_sort_values (self->columns, n_lines, self->scratch);
  bw_sweep_start (sweep, self->forbidden, self->n_forbidden, search->window.y0,
                  search->window.y1, search->y);
  self->scene->work += SWEEP_WORK * ((uint64_t) n_lines + 2 * self->n_forbidden);
  for (uint32_t i = 0; i < n_lines; i++)
    {
      int64_t x = self->columns[i], y;
      double cost_mm;

      if (i > 0 && x == self->columns[i - 1])
        continue;
      cost_mm = bw_pull_cost_x (&self->pull, search->slot, x);
      if (cost_mm + search->cost_y_mm >= search->best_mm)
        continue;
      bw_sweep_to (sweep, x);
      for (int up = 0; up < 2; up++)
        if (bw_sweep_nearest (sweep, up != 0, &y))
          try_place (self, search, x, y, cost_mm);
    }
}

static uint32_t
add_line (BwFinder     *self,
          const Search *search,
          int64_t       x,
          uint32_t      n)
{
  double cost_mm;

  if (x < search->window.x0 || x > search->window.x1)
    return n;
  cost_mm = bw_pull_cost_x (&self->pull, search->slot, x);
  if (cost_mm + search->cost_y_mm >= search->best_mm)
    return n;
  self->lines[n] = (BwKey) { (int64_t) (cost_mm * BW_NM_PER_MM), (double) x };
  return n + 1;
}

static void
search_window (BwFinder *self,
               Search   *search)
{
  uint32_t n = 0;

  for (uint32_t i = 0; i < self->n_forbidden; i++)
    {
      n = add_line (self, search, self->forbidden[i].x0, n);
      n = add_line (self, search, self->forbidden[i].x1, n);
    }
  self->scene->work += (uint64_t) self->n_forbidden * (1 + self->pull.n_nets / 4) + n;
  try_line (self, search, search->x, search->cost_x_mm);
  if ((uint64_t) n * self->n_forbidden >= self->sweep_from)
    {
      sweep_lines (self, search, n);
      return;
    }
  bw_sort_keys (self->lines, n);
  for (uint32_t i = 0; i < n; i++)
    {
      int64_t x = (int64_t) self->lines[i].value;
      double cost_mm = bw_pull_cost_x (&self->pull, search->slot, x);

      if (cost_mm + search->cost_y_mm >= search->best_mm)
        break;
      if (i > 0 && self->lines[i].value == self->lines[i - 1].value)
        continue;
      try_line (self, search, x, cost_mm);
    }
}

/* No place beyond the window costs less than this. */
static double
bound_outside (BwFinder        *self,
               const Search    *search,
               const BwWideBox *reach)
{
  const BwWideBox *window = &search->window;
  double bound_mm = 1e300, cost_mm;

  if (window->x0 > reach->x0 &&
      (cost_mm = bw_pull_cost_x (&self->pull, search->slot, window->x0) + search->cost_y_mm) <
      bound_mm)
    bound_mm = cost_mm;
  if (window->x1 < reach->x1 &&
      (cost_mm = bw_pull_cost_x (&self->pull, search->slot, window->x1) + search->cost_y_mm) <
      bound_mm)
    bound_mm = cost_mm;
  if (window->y0 > reach->y0 &&
      (cost_mm = bw_pull_cost_y (&self->pull, search->slot, window->y0) + search->cost_x_mm) <
      bound_mm)
    bound_mm = cost_mm;
  if (window->y1 < reach->y1 &&
      (cost_mm = bw_pull_cost_y (&self->pull, search->slot, window->y1) + search->cost_x_mm) <
      bound_mm)
    bound_mm = cost_mm;
  return bound_mm;
}

static int64_t
clamp_wide (int64_t value,
            int64_t low,
            int64_t high)
{
  return value < low ? low : value > high ? high : value;
}

static BwWideBox
window_about (const Search    *search,
              int64_t          half_nm,
              const BwWideBox *reach)
{
  return (BwWideBox) {
    clamp_wide (search->x - half_nm, reach->x0, reach->x1),
    clamp_wide (search->y - half_nm, reach->y0, reach->y1),
    clamp_wide (search->x + half_nm, reach->x0, reach->x1),
    clamp_wide (search->y + half_nm, reach->y0, reach->y1),
  };
}

/* The reach of the anchor; without bounds it is all there is. */
static bool
find_reach (const BwModel *model,
            uint32_t       part,
            uint32_t       slot,
            BwWideBox     *reach)
{
  BwBox box;

  if (!model->bounded)
    {
      *reach = (BwWideBox) { -BW_COORD_MAX_NM, -BW_COORD_MAX_NM, BW_COORD_MAX_NM,
                             BW_COORD_MAX_NM };
      return true;
    }
  if (!bw_model_reach (model, part, slot, &box))
    return false;
  *reach = (BwWideBox) { box.x0_nm, box.y0_nm, box.x1_nm, box.y1_nm };
  return true;
}

static void
search_slot (BwFinder *self,
             uint32_t  part,
             BwPoint   near,
             Search   *search)
{
  const BwModel *model = self->scene->model;
  const BwSlot *slot = &model->slots[model->parts[part].first_slot + search->slot];
  int64_t half_nm = FIRST_WINDOW * ((int64_t) slot->box.x1_nm - slot->box.x0_nm +
                                    slot->box.y1_nm - slot->box.y0_nm) + 1000000;
  int64_t low, high;
  BwWideBox reach;

  if (!find_reach (model, part, search->slot, &reach))
    return;
  search->x = near.x_nm;
  search->y = near.y_nm;
  if (bw_pull_median_x (&self->pull, search->slot, &low, &high))
    search->x = clamp_wide (search->x, low, high);
  if (bw_pull_median_y (&self->pull, search->slot, &low, &high))
    search->y = clamp_wide (search->y, low, high);
  search->x = clamp_wide (search->x, reach.x0, reach.x1);
  search->y = clamp_wide (search->y, reach.y0, reach.y1);
  search->cost_x_mm = bw_pull_cost_x (&self->pull, search->slot, search->x);
  search->cost_y_mm = bw_pull_cost_y (&self->pull, search->slot, search->y);
  while (search->cost_x_mm + search->cost_y_mm < search->best_mm - EPSILON_MM)
    {
      search->window = window_about (search, half_nm, &reach);
      if (!collect_forbidden (self, part, slot, &search->window))
        return;
      search_window (self, search);
      if (bound_outside (self, search, &reach) >= search->best_mm ||
          memcmp (&search->window, &reach, sizeof reach) == 0)
        return;
      half_nm *= 2;
    }
}

/* A place that is free bounds what others may cost; as good as it is good enough. */
static void
try_hints (BwFinder      *self,
           uint32_t       part,
           uint16_t       slot,
           const BwPoint *hints,
           uint32_t       n_hints,
           Search        *search)
{
  for (uint32_t i = 0; i < n_hints; i++)
    {
      BwPlace place = { hints[i], slot };
      double cost_mm = bw_pull_cost_x (&self->pull, slot, hints[i].x_nm) +
                       bw_pull_cost_y (&self->pull, slot, hints[i].y_nm) + HINT_SLACK_MM;

      if (cost_mm < search->best_mm && bw_scene_is_free (self->scene, part, &place))
        {
          search->best_mm = cost_mm;
          *search->place = place;
        }
    }
}

bool
bw_finder_find (BwFinder      *self,
                uint32_t       part,
                uint32_t       only_slot,
                BwPoint        near,
                const BwPoint *hints,
                uint32_t       n_hints,
                BwPlace       *place_out,
                double        *cost_mm_out)
{
  const BwModelPart *p = &self->scene->model->parts[part];
  uint16_t slot = only_slot != BW_ANY_SLOT ? (uint16_t) only_slot
                                           : self->scene->layout.slot[part];
  Search search = { .best_mm = 1e300, .place = place_out };

  bw_pull_gather (&self->pull, self->scene, part);
  try_hints (self, part, slot, hints, n_hints, &search);
  if (only_slot != BW_ANY_SLOT)
    {
      search.slot = only_slot;
      search_slot (self, part, near, &search);
    }
  for (uint32_t i = 0; only_slot == BW_ANY_SLOT && i < p->n_choices; i++)
    {
      search.slot = i;
      search_slot (self, part, near, &search);
    }
  if (only_slot == BW_ANY_SLOT && p->n_choices == 0)
    {
      search.slot = self->scene->layout.slot[part];
      search_slot (self, part, near, &search);
    }
  if (search.best_mm >= 1e300)
    return false;
  *cost_mm_out = search.best_mm;
  return true;
}
