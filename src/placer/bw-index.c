/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "placer/bw-index.h"

#include <stdlib.h>
#include <string.h>

#define NONE UINT32_MAX
#define MAX_CELLS_ALONG 64
#define WORD_BITS 64
#define BUCKETS 64
#define N_EDGES 4
/* Up to here it is quicker to look at a bit of each entry than to follow lists of few. */
#define MAX_IN_SETS 1024
/* Each level's cells are this many times as wide as those of the one before: 2 to the power. */
#define LEVEL_SHIFT 2

/* How many bits a coordinate within this extent is to lose to be one of BUCKETS. */
static int
shift_for (int64_t extent_nm)
{
  int shift = 0;

  while (extent_nm >> shift >= BUCKETS)
    shift++;
  return shift;
}

static uint32_t
bucket_of (int64_t offset_nm,
           int     shift)
{
  int64_t bucket = offset_nm <= 0 ? 0 : offset_nm >> shift;

  return bucket >= BUCKETS ? BUCKETS - 1 : (uint32_t) bucket;
}

/* The set of those whose `edge` is in the bucket, or in one that is further out. */
static uint64_t *
set_at (const BwIndex *self,
        BwIndexEdge    edge,
        uint32_t       bucket)
{
  return self->sets + (edge * BUCKETS + bucket) * (size_t) self->n_words;
}

/* An edge of a box goes from one bucket to another: the sets between change. Those of low edges
 * are about buckets from the edge's on, those of high ones about buckets up to it. */
static void
move_edge (BwIndex     *self,
           uint32_t     id,
           BwIndexEdge  edge,
           uint32_t     from,
           uint32_t     to)
{
  bool is_high = edge == BW_INDEX_RIGHT || edge == BW_INDEX_BOTTOM;
  uint32_t first = (from < to ? from : to) + is_high;
  uint32_t end = (from < to ? to : from) + is_high;

  for (uint32_t k = first; k < end; k++)
    set_at (self, edge, k)[id / WORD_BITS] ^= (uint64_t) 1 << id % WORD_BITS;
}

static void
set_box (BwIndex     *self,
         uint32_t     id,
         const BwBox *box)
{
  const BwBox old = self->boxes[id];
  const BwPoint *o = &self->origin;

  self->boxes[id] = *box;
  if (self->n_words == 0)
    return;
  move_edge (self, id, BW_INDEX_LEFT,
             bucket_of ((int64_t) old.x0_nm - o->x_nm, self->shift_x),
             bucket_of ((int64_t) box->x0_nm - o->x_nm, self->shift_x));
  move_edge (self, id, BW_INDEX_RIGHT,
             bucket_of ((int64_t) old.x1_nm - o->x_nm, self->shift_x),
             bucket_of ((int64_t) box->x1_nm - o->x_nm, self->shift_x));
  move_edge (self, id, BW_INDEX_TOP,
             bucket_of ((int64_t) old.y0_nm - o->y_nm, self->shift_y),
             bucket_of ((int64_t) box->y0_nm - o->y_nm, self->shift_y));
  move_edge (self, id, BW_INDEX_BOTTOM,
             bucket_of ((int64_t) old.y1_nm - o->y_nm, self->shift_y),
             bucket_of ((int64_t) box->y1_nm - o->y_nm, self->shift_y));
}

/* All boxes are at the origin at first, and none is in. */
static bool
init_sets (BwIndex *self,
           int64_t  width_nm,
           int64_t  height_nm,
           uint32_t n_entries)
{
  size_t each;

  self->n_words = n_entries / WORD_BITS + 1;
  self->shift_x = shift_for (width_nm);
  self->shift_y = shift_for (height_nm);
  each = self->n_words * sizeof *self->sets;
  self->sets = calloc (N_EDGES * BUCKETS, each);
  self->present = calloc (1, each);
  if (self->sets == NULL || self->present == NULL)
    return false;
  for (uint32_t k = 0; k < BUCKETS; k++)
    {
      memset (set_at (self, BW_INDEX_LEFT, k), 0xff, each);
      memset (set_at (self, BW_INDEX_TOP, k), 0xff, each);
    }
  memset (set_at (self, BW_INDEX_RIGHT, 0), 0xff, each);
  memset (set_at (self, BW_INDEX_BOTTOM, 0), 0xff, each);
  for (uint32_t i = 0; i < n_entries; i++)
    self->boxes[i] = (BwBox) { self->origin.x_nm, self->origin.y_nm, self->origin.x_nm,
                               self->origin.y_nm };
  return true;
}

static bool
init_levels (BwIndex *self,
             int64_t  width_nm,
             int64_t  height_nm,
             uint32_t n_entries,
             int64_t  typical_nm)
{
  int64_t longest_nm = width_nm > height_nm ? width_nm : height_nm;
  int64_t cell_nm = longest_nm / MAX_CELLS_ALONG + 1;
  uint32_t n_cells = 0;
  size_t n = (size_t) n_entries + 1;

  cell_nm = cell_nm < typical_nm ? typical_nm : cell_nm;
  for (int i = 0; i < BW_INDEX_LEVELS; i++)
    {
      BwIndexLevel *level = &self->levels[i];
      bool last = i == BW_INDEX_LEVELS - 1;

      level->cell_nm = cell_nm << (LEVEL_SHIFT * i);
      level->columns = last ? 1 : (uint32_t) (width_nm / level->cell_nm) + 1;
      level->rows = last ? 1 : (uint32_t) (height_nm / level->cell_nm) + 1;
      level->first_cell = n_cells;
      level->n_entries = 0;
      n_cells += level->columns * level->rows;
    }
  self->heads = malloc (n_cells * sizeof *self->heads);
  self->next = calloc (n, sizeof *self->next);
  self->previous = calloc (n, sizeof *self->previous);
  self->cell = malloc (n * sizeof *self->cell);
  self->level = calloc (n, sizeof *self->level);
  if (self->heads == NULL || self->next == NULL || self->previous == NULL ||
      self->cell == NULL || self->level == NULL)
    return false;
  memset (self->heads, 0xff, n_cells * sizeof *self->heads);
  memset (self->cell, 0xff, n * sizeof *self->cell);
  return true;
}

bool
bw_index_init (BwIndex     *self,
               const BwBox *bounds,
               uint32_t     n_entries,
               int64_t      typical_nm)
{
  int64_t width_nm = (int64_t) bounds->x1_nm - bounds->x0_nm;
  int64_t height_nm = (int64_t) bounds->y1_nm - bounds->y0_nm;

  memset (self, 0, sizeof *self);
  self->origin = (BwPoint) { bounds->x0_nm, bounds->y0_nm };
  self->boxes = calloc ((size_t) n_entries + 1, sizeof *self->boxes);
  if (self->boxes == NULL)
    return false;
  if (n_entries <= MAX_IN_SETS)
    return init_sets (self, width_nm, height_nm, n_entries);
  return init_levels (self, width_nm, height_nm, n_entries, typical_nm);
}

void
bw_index_clear (BwIndex *self)
{
  free (self->heads);
  free (self->next);
  free (self->previous);
  free (self->cell);
  free (self->level);
  free (self->boxes);
  free (self->sets);
  free (self->present);
}

/* Column or row of a coordinate; what is beyond the grid counts to its rim. */
static uint32_t
cell_along (int64_t  offset_nm,
            int64_t  cell_nm,
            uint32_t n_cells)
{
  int64_t i = offset_nm <= 0 ? 0 : offset_nm / cell_nm;

  return i >= n_cells ? n_cells - 1 : (uint32_t) i;
}

bool
bw_index_has (const BwIndex *self,
              uint32_t       id)
{
  if (self->n_words > 0)
    return (self->present[id / WORD_BITS] >> id % WORD_BITS & 1) != 0;
  return self->cell[id] != NONE;
}

static void
unlink_entry (BwIndex  *self,
              uint32_t  id)
{
  if (self->previous[id] == NONE)
    self->heads[self->cell[id]] = self->next[id];
  else
    self->next[self->previous[id]] = self->next[id];
  if (self->next[id] != NONE)
    self->previous[self->next[id]] = self->previous[id];
  self->levels[self->level[id]].n_entries--;
  self->cell[id] = NONE;
}

void
bw_index_remove (BwIndex *self,
                 uint32_t id)
{
  if (self->n_words > 0)
    self->present[id / WORD_BITS] &= ~((uint64_t) 1 << id % WORD_BITS);
  else if (self->cell[id] != NONE)
    unlink_entry (self, id);
}

void
bw_index_put (BwIndex     *self,
              uint32_t     id,
              const BwBox *box)
{
  int64_t width_nm = (int64_t) box->x1_nm - box->x0_nm;
  int64_t height_nm = (int64_t) box->y1_nm - box->y0_nm;
  int64_t size_nm = width_nm > height_nm ? width_nm : height_nm;
  int64_t cx_nm = box->x0_nm + width_nm / 2;
  int64_t cy_nm = box->y0_nm + height_nm / 2;
  const BwIndexLevel *level;
  uint32_t cell;
  int i = 0;

  set_box (self, id, box);
  if (self->n_words > 0)
    {
      self->present[id / WORD_BITS] |= (uint64_t) 1 << id % WORD_BITS;
      return;
    }
  while (i < BW_INDEX_LEVELS - 1 && size_nm > self->levels[i].cell_nm)
    i++;
  level = &self->levels[i];
  cell = level->first_cell +
         cell_along (cy_nm - self->origin.y_nm, level->cell_nm, level->rows) * level->columns +
         cell_along (cx_nm - self->origin.x_nm, level->cell_nm, level->columns);
  if (self->cell[id] == cell)
    return;
  if (self->cell[id] != NONE)
    unlink_entry (self, id);
  self->cell[id] = cell;
  self->level[id] = (uint8_t) i;
  self->levels[i].n_entries++;
  self->previous[id] = NONE;
  self->next[id] = self->heads[cell];
  if (self->next[id] != NONE)
    self->previous[self->next[id]] = id;
  self->heads[cell] = id;
}

/* Those that are in all five sets of a word are few. */
static uint32_t
query_sets (const BwIndex *self,
            const BwBox   *box,
            uint32_t      *ids_out)
{
  const BwPoint *o = &self->origin;
  const uint64_t *left = set_at (self, BW_INDEX_LEFT,
                                 bucket_of ((int64_t) box->x1_nm - o->x_nm, self->shift_x));
  const uint64_t *right = set_at (self, BW_INDEX_RIGHT,
                                  bucket_of ((int64_t) box->x0_nm - o->x_nm, self->shift_x));
  const uint64_t *top = set_at (self, BW_INDEX_TOP,
                                bucket_of ((int64_t) box->y1_nm - o->y_nm, self->shift_y));
  const uint64_t *bottom = set_at (self, BW_INDEX_BOTTOM,
                                   bucket_of ((int64_t) box->y0_nm - o->y_nm, self->shift_y));
  uint32_t n = 0;

  for (uint32_t i = 0; i < self->n_words; i++)
    for (uint64_t word = self->present[i] & left[i] & right[i] & top[i] & bottom[i]; word != 0;
         word &= word - 1)
      {
        uint32_t id = i * WORD_BITS + (uint32_t) __builtin_ctzll (word);

        if (bw_box_overlaps (box, &self->boxes[id]))
          ids_out[n++] = id;
      }
  return n;
}

uint32_t
bw_index_query (const BwIndex *self,
                const BwBox   *box,
                uint32_t      *ids_out)
{
  uint32_t n = 0;

  if (self->n_words > 0)
    return query_sets (self, box, ids_out);
  for (int i = 0; i < BW_INDEX_LEVELS; i++)
    {
      const BwIndexLevel *level = &self->levels[i];
      int64_t half_nm = level->cell_nm / 2 + 1;
      int64_t x_nm = (int64_t) box->x0_nm - self->origin.x_nm;
      int64_t y_nm = (int64_t) box->y0_nm - self->origin.y_nm;
      uint32_t x0, x1, y0, y1;

      if (level->n_entries == 0)
        continue;
      x0 = cell_along (x_nm - half_nm, level->cell_nm, level->columns);
      y0 = cell_along (y_nm - half_nm, level->cell_nm, level->rows);
      x_nm = (int64_t) box->x1_nm - self->origin.x_nm;
      y_nm = (int64_t) box->y1_nm - self->origin.y_nm;
      x1 = cell_along (x_nm + half_nm, level->cell_nm, level->columns);
      y1 = cell_along (y_nm + half_nm, level->cell_nm, level->rows);
      for (uint32_t y = y0; y <= y1; y++)
        for (uint32_t x = x0; x <= x1; x++)
          for (uint32_t id = self->heads[level->first_cell + y * level->columns + x];
               id != NONE; id = self->next[id])
            if (bw_box_overlaps (box, &self->boxes[id]))
              ids_out[n++] = id;
    }
  return n;
}
