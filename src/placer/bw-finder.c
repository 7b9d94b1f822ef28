/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "placer/bw-finder.h"

#include <string.h>

#define TILE_SIZES 4
#define TILE_NM 2000000
#define SMALLEST_NM 1000
/* At most; boards with few boxes need less. */
#define MAX_FORBIDDEN 2048
#define MAX_TILES 4096
#define FORBIDDEN_AT_LEAST 128
#define FORBIDDEN_FOR_EACH_BOX 4
#define TILES_AT_LEAST 512
#define TILES_FOR_EACH_BOX 8
/* Tiles that one is cut into, at most. */
#define MAX_CUTS 5
#define NOWHERE_MM 1e300
#define EPSILON_MM 1e-7
/* What a place may cost more than a hint: among equals there is to be a choice. */
#define HINT_SLACK_MM 1e-3
#define SWEEP_FROM 40000
#define SWEEP_WORK 6

static uint32_t
at_most (uint64_t value,
         uint32_t most)
{
  return value < most ? (uint32_t) value : most;
}

bool
bw_finder_init (BwFinder *self,
                BwScene  *scene)
{
  uint64_t n_boxes = bw_model_count_boxes (scene->model);

  memset (self, 0, sizeof *self);
  self->scene = scene;
  self->sweep_from = SWEEP_FROM;
  self->smallest_nm = SMALLEST_NM;
  self->tile_nm = TILE_NM;
  self->tile_sizes = TILE_SIZES;
  self->max_forbidden = at_most (FORBIDDEN_AT_LEAST + FORBIDDEN_FOR_EACH_BOX * n_boxes,
                                 MAX_FORBIDDEN);
  self->split_from = self->max_forbidden / 2;
  self->max_tiles = at_most (TILES_AT_LEAST + TILES_FOR_EACH_BOX * n_boxes, MAX_TILES);
  return bw_pull_init (&self->pull, scene->model);
}

void
bw_finder_clear (BwFinder *self)
{
  bw_pull_clear (&self->pull);
}

void
bw_finder_lay (BwFinder    *self,
               BwWorkspace *workspace)
{
  size_t n_lines = 2 * (size_t) self->max_forbidden + 1;

  self->forbidden = bw_workspace_take (workspace, self->max_forbidden, sizeof *self->forbidden);
  self->lines = bw_workspace_take (workspace, n_lines, sizeof *self->lines);
  self->on_line = bw_workspace_take (workspace, self->max_forbidden, sizeof *self->on_line);
  self->columns = bw_workspace_take (workspace, n_lines, sizeof *self->columns);
  self->tiles = bw_workspace_take (workspace, self->max_tiles, sizeof *self->tiles);
  bw_sweep_lay (&self->sweep, workspace, self->max_forbidden);
}

/* True if because of this box nothing in the tile is free. */
static bool
forbid (BwFinder        *self,
        const BwWideBox *tile,
        const BwPiece   *own,
        const BwPiece   *other,
        BwPoint          at,
        BwSpacing        spacing)
{
  BwWideBox box = {
    (int64_t) other->box.x0_nm + at.x_nm - own->box.x1_nm - spacing.gap_nm,
    (int64_t) other->box.y0_nm + at.y_nm - own->box.y1_nm - spacing.gap_nm,
    (int64_t) other->box.x1_nm + at.x_nm - own->box.x0_nm + spacing.gap_nm,
    (int64_t) other->box.y1_nm + at.y_nm - own->box.y0_nm + spacing.gap_nm,
  };

  if (!bw_spacing_counts (spacing, own, other) || box.x0 >= box.x1 ||
      box.y0 >= box.y1 || box.x0 >= tile->x1 || box.x1 <= tile->x0 || box.y0 >= tile->y1 ||
      box.y1 <= tile->y0)
    return false;
  if (self->n_forbidden < self->max_forbidden)
    self->forbidden[self->n_forbidden++] = box;
  return box.x0 < tile->x0 && tile->x1 < box.x1 && box.y0 < tile->y0 && tile->y1 < box.y1;
}

static bool
forbid_entry (BwFinder        *self,
              const BwWideBox *tile,
              const BwSlot    *slot,
              uint32_t         id)
{
  const BwScene *scene = self->scene;
  const BwModel *model = scene->model;
  const BwPiece *others = &model->obstacles[id - model->n_parts];
  BwSpacing spacing = bw_model_obstacle_spacing (model, self->part, id - model->n_parts);
  BwPoint at = { 0, 0 };
  uint32_t n_others = 1;

  if (id < model->n_parts)
    {
      const BwSlot *other = &model->slots[model->parts[id].first_slot + scene->layout.slot[id]];

      others = &model->pieces[other->first_piece];
      n_others = other->n_pieces;
      at = scene->layout.at[id];
      spacing = bw_model_spacing (model, self->part, id);
    }
  for (uint32_t i = 0; i < slot->n_pieces; i++)
    for (uint32_t k = 0; k < n_others; k++)
      if (forbid (self, tile, &model->pieces[slot->first_piece + i], &others[k], at, spacing))
        return true;
  return false;
}

/* All that forbids anchors in the tile. False if nothing in it is free for sure. */
static bool
collect_forbidden (BwFinder        *self,
                   const BwSlot    *slot,
                   const BwWideBox *tile)
{
  BwScene *scene = self->scene;
  const BwModel *model = scene->model;
  int64_t gap_nm = bw_model_halo_nm (model, self->part);
  BwBox swept = {
    bw_saturate_nm (tile->x0 + slot->hull.x0_nm - gap_nm - 1),
    bw_saturate_nm (tile->y0 + slot->hull.y0_nm - gap_nm - 1),
    bw_saturate_nm (tile->x1 + slot->hull.x1_nm + gap_nm + 1),
    bw_saturate_nm (tile->y1 + slot->hull.y1_nm + gap_nm + 1),
  };
  uint32_t n = bw_index_query (&scene->index, &swept, scene->found);
  bool is_open = true;

  self->n_forbidden = 0;
  for (uint32_t i = 0; i < n && is_open; i++)
    if (scene->found[i] != self->part)
      is_open = !forbid_entry (self, tile, slot, scene->found[i]);
  scene->work += n + self->n_forbidden;
  return is_open;
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

/* A tile that is looked into: the best place of all in it, free or not. */
typedef struct
{
  const BwTile *tile;
  int64_t x;
  int64_t y;
  double cost_x_mm;
  double cost_y_mm;
} Search;

static void
try_place (BwFinder     *self,
           const Search *search,
           int64_t       x,
           int64_t       y,
           double        cost_x_mm)
{
  double cost_mm = cost_x_mm + bw_pull_cost_y (&self->pull, search->tile->slot, y);

  if (cost_mm >= self->best_mm - EPSILON_MM)
    return;
  self->best_mm = cost_mm;
  self->best = (BwPlace) { { (int32_t) x, (int32_t) y }, (uint16_t) search->tile->slot };
}

static void
try_line (BwFinder     *self,
          const Search *search,
          int64_t       x,
          double        cost_x_mm)
{
  uint32_t n = 0;
  int64_t y;

  /* Without a branch, which would be foretold wrong as often as not. */
  for (uint32_t i = 0; i < self->n_forbidden; i++)
    {
      self->on_line[n] = i;
      n += (self->forbidden[i].x0 < x) & (x < self->forbidden[i].x1);
    }
  self->scene->work += self->n_forbidden / 4 + 1;
  for (int up = 0; up < 2; up++)
    if (walk (self, n, search->y, search->tile->box.y0, search->tile->box.y1, up != 0, &y))
      try_place (self, search, x, y, cost_x_mm);
}

/* All lines, from left to right. */
static void
sweep_lines (BwFinder     *self,
             const Search *search,
             uint32_t      n_lines)
{
  BwSweep *sweep = &self->sweep;

  for (uint32_t i = 0; i < n_lines; i++)
    self->columns[i] = (int64_t) self->lines[i].value;
  bw_sort_values (self->columns, n_lines, sweep->scratch);
  bw_sweep_start (sweep, self->forbidden, self->n_forbidden, search->tile->box.y0,
                  search->tile->box.y1, search->y);
  self->scene->work += SWEEP_WORK * ((uint64_t) n_lines + 2 * self->n_forbidden);
  for (uint32_t i = 0; i < n_lines; i++)
    {
      int64_t x = self->columns[i], y;
      double cost_mm;

      if (i > 0 && x == self->columns[i - 1])
        continue;
      cost_mm = bw_pull_cost_x (&self->pull, search->tile->slot, x);
      if (cost_mm + search->cost_y_mm >= self->best_mm)
        continue;
      bw_sweep_to (sweep, x);
      for (int up = 0; up < 2; up++)
        if (bw_sweep_nearest (sweep, up != 0, &y))
          try_place (self, search, x, y, cost_mm);
    }
}

/* Makes a heap of what is one but for its first key: the least comes first. */
static void
sink_line (BwKey   *lines,
           uint32_t n,
           uint32_t i)
{
  BwKey key = lines[i];
  uint32_t child;

  while ((child = 2 * i + 1) < n)
    {
      if (child + 1 < n && bw_key_comes_before (&lines[child + 1], &lines[child]))
        child++;
      if (!bw_key_comes_before (&lines[child], &key))
        break;
      lines[i] = lines[child];
      i = child;
    }
  lines[i] = key;
}

/* One by one, the cheapest first; few are, so that they are not sorted. */
static void
try_lines (BwFinder     *self,
           const Search *search,
           uint32_t      n)
{
  double last = (double) INT64_MAX;

  for (uint32_t i = n / 2; i-- > 0;)
    sink_line (self->lines, n, i);
  while (n > 0)
    {
      double at = self->lines[0].value;
      double cost_mm = bw_pull_cost_x (&self->pull, search->tile->slot, (int64_t) at);

      if (cost_mm + search->cost_y_mm >= self->best_mm)
        return;
      if (at != last)
        try_line (self, search, (int64_t) at, cost_mm);
      last = at;
      self->lines[0] = self->lines[--n];
      if (n > 0)
        sink_line (self->lines, n, 0);
    }
}

static uint32_t
add_line (BwFinder     *self,
          const Search *search,
          int64_t       x,
          uint32_t      n)
{
  double cost_mm;

  if (x < search->tile->box.x0 || x > search->tile->box.x1)
    return n;
  cost_mm = bw_pull_cost_x (&self->pull, search->tile->slot, x);
  if (cost_mm + search->cost_y_mm >= self->best_mm)
    return n;
  self->lines[n] = (BwKey) { (int64_t) (cost_mm * BW_NM_PER_MM), (double) x };
  return n + 1;
}

static void
search_tile (BwFinder     *self,
             const Search *search)
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
  try_lines (self, search, n);
}

static int64_t
clamp_wide (int64_t value,
            int64_t low,
            int64_t high)
{
  return value < low ? low : value > high ? high : value;
}

/* A heap: each tile comes before those at twice its index and one more. */
static bool
comes_before (const BwTile *a,
              const BwTile *b)
{
  return a->bound_mm != b->bound_mm ? a->bound_mm < b->bound_mm : a->order > b->order;
}

static void
push_tile (BwFinder     *self,
           const BwTile *like,
           BwWideBox     box)
{
  BwTile tile = *like;
  uint32_t i = self->n_tiles;

  if (box.x0 > box.x1 || box.y0 > box.y1)
    return;
  tile.box = box;
  tile.bound_mm = bw_pull_cost_x (&self->pull, tile.slot, clamp_wide (tile.x, box.x0, box.x1)) +
                  bw_pull_cost_y (&self->pull, tile.slot, clamp_wide (tile.y, box.y0, box.y1));
  tile.order = self->n_made++;
  self->scene->work += self->pull.n_nets / 4 + 1;
  if (tile.bound_mm >= self->best_mm - EPSILON_MM)
    return;
  self->n_tiles++;
  for (; i > 0 && comes_before (&tile, &self->tiles[(i - 1) / 2]); i = (i - 1) / 2)
    self->tiles[i] = self->tiles[(i - 1) / 2];
  self->tiles[i] = tile;
}

static BwTile
pop_tile (BwFinder *self)
{
  BwTile first = self->tiles[0];
  BwTile last = self->tiles[--self->n_tiles];
  uint32_t i = 0, child;

  while ((child = 2 * i + 1) < self->n_tiles)
    {
      if (child + 1 < self->n_tiles &&
          comes_before (&self->tiles[child + 1], &self->tiles[child]))
        child++;
      if (!comes_before (&self->tiles[child], &last))
        break;
      self->tiles[i] = self->tiles[child];
      i = child;
    }
  self->tiles[i] = last;
  return first;
}

/* Cuts out what lies within `half_nm` of the tile's best place; the rest stays in up to four
 * tiles round it. */
static void
cut_tile (BwFinder     *self,
          const BwTile *tile,
          int64_t       half_nm)
{
  const BwWideBox *box = &tile->box;
  int64_t x = clamp_wide (tile->x, box->x0, box->x1);
  int64_t y = clamp_wide (tile->y, box->y0, box->y1);
  BwWideBox cut = {
    clamp_wide (x - half_nm, box->x0, box->x1), clamp_wide (y - half_nm, box->y0, box->y1),
    clamp_wide (x + half_nm, box->x0, box->x1), clamp_wide (y + half_nm, box->y0, box->y1),
  };

  push_tile (self, tile, (BwWideBox) { box->x0, box->y0, cut.x0 - 1, box->y1 });
  push_tile (self, tile, (BwWideBox) { cut.x1 + 1, box->y0, box->x1, box->y1 });
  push_tile (self, tile, (BwWideBox) { cut.x0, box->y0, cut.x1, cut.y0 - 1 });
  push_tile (self, tile, (BwWideBox) { cut.x0, cut.y1 + 1, cut.x1, box->y1 });
  push_tile (self, tile, cut);
}

/* The reach of the anchor; without bounds it is all there is. */
static bool
find_reach (const BwModel *model,
            uint32_t       part,
            uint32_t       slot,
            BwWideBox     *reach)
{
  BwBox box;

  if (!bw_model_is_bounded (model, part))
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
add_slot (BwFinder *self,
          uint32_t  slot,
          BwPoint   near)
{
  BwTile tile = { .x = near.x_nm, .y = near.y_nm, .slot = slot };
  BwWideBox reach;
  int64_t low, high;

  if (!find_reach (self->scene->model, self->part, slot, &reach))
    return;
  if (bw_pull_median_x (&self->pull, slot, &low, &high))
    tile.x = clamp_wide (tile.x, low, high);
  if (bw_pull_median_y (&self->pull, slot, &low, &high))
    tile.y = clamp_wide (tile.y, low, high);
  push_tile (self, &tile, reach);
}

/* A place that is free bounds what others may cost; as good as it is good enough. */
static void
try_hints (BwFinder      *self,
           uint16_t       slot,
           const BwPoint *hints,
           uint32_t       n_hints)
{
  for (uint32_t i = 0; i < n_hints; i++)
    {
      BwPlace place = { hints[i], slot };
      double cost_mm = bw_pull_cost_x (&self->pull, slot, hints[i].x_nm) +
                       bw_pull_cost_y (&self->pull, slot, hints[i].y_nm) + HINT_SLACK_MM;

      if (cost_mm < self->best_mm && bw_scene_is_free (self->scene, self->part, &place))
        {
          self->best_mm = cost_mm;
          self->best = place;
        }
    }
}

void
bw_finder_start (BwFinder      *self,
                 uint32_t       part,
                 uint32_t       only_slot,
                 BwPoint        near,
                 const BwPoint *hints,
                 uint32_t       n_hints)
{
  const BwModelPart *p = &self->scene->model->parts[part];
  uint16_t slot = only_slot != BW_ANY_SLOT ? (uint16_t) only_slot
                                           : self->scene->layout.slot[part];

  self->part = part;
  self->best_mm = NOWHERE_MM;
  self->n_tiles = 0;
  self->n_made = 0;
  self->is_searching = true;
  bw_pull_gather (&self->pull, self->scene, part);
  try_hints (self, slot, hints, n_hints);
  if (only_slot != BW_ANY_SLOT || p->n_choices == 0)
    add_slot (self, slot, near);
  else
    for (uint32_t i = p->n_choices; i-- > 0;)
      add_slot (self, i, near);
}

static void
look_into (BwFinder     *self,
           const BwTile *tile)
{
  const BwWideBox *box = &tile->box;
  Search search = {
    .tile = tile,
    .x = clamp_wide (tile->x, box->x0, box->x1),
    .y = clamp_wide (tile->y, box->y0, box->y1),
  };

  search.cost_x_mm = bw_pull_cost_x (&self->pull, tile->slot, search.x);
  search.cost_y_mm = bw_pull_cost_y (&self->pull, tile->slot, search.y);
  search_tile (self, &search);
}

bool
bw_finder_step (BwFinder *self)
{
  const BwModel *model = self->scene->model;
  const BwSlot *slot;
  int64_t longest_nm, wanted_nm;
  BwTile tile;
  bool may_cut = self->n_tiles + MAX_CUTS < self->max_tiles;

  if (self->n_tiles == 0 || self->tiles[0].bound_mm >= self->best_mm - EPSILON_MM)
    {
      self->is_searching = false;
      return false;
    }
  tile = pop_tile (self);
  slot = &model->slots[model->parts[self->part].first_slot + tile.slot];
  longest_nm = tile.box.x1 - tile.box.x0;
  if (tile.box.y1 - tile.box.y0 > longest_nm)
    longest_nm = tile.box.y1 - tile.box.y0;
  wanted_nm = self->tile_sizes * ((int64_t) slot->box.x1_nm - slot->box.x0_nm +
                                  slot->box.y1_nm - slot->box.y0_nm) + self->tile_nm;
  if (may_cut && longest_nm > wanted_nm)
    cut_tile (self, &tile, wanted_nm / 2);
  else if (!collect_forbidden (self, slot, &tile.box))
    return true;
  else if (may_cut && self->n_forbidden > self->split_from && longest_nm > self->smallest_nm)
    cut_tile (self, &tile, longest_nm / 4);
  else if (self->n_forbidden < self->max_forbidden)
    look_into (self, &tile);
  return true;
}

bool
bw_finder_end (BwFinder *self,
               BwPlace  *place_out,
               double   *cost_mm_out)
{
  self->is_searching = false;
  if (self->best_mm >= NOWHERE_MM)
    return false;
  *place_out = self->best;
  *cost_mm_out = self->best_mm;
  return true;
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
  bw_finder_start (self, part, only_slot, near, hints, n_hints);
  while (bw_finder_step (self))
    ;
  return bw_finder_end (self, place_out, cost_mm_out);
}
