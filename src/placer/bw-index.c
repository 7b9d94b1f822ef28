/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "placer/bw-index.h"

#include <stdlib.h>
#include <string.h>

#define NONE UINT32_MAX
#define MAX_CELLS_ALONG 64
#define MAX_FLAT 256
/* Each level's cells are this many times as wide as those of the one before: 2 to the power. */
#define LEVEL_SHIFT 2

static void
set_box (BwIndex     *self,
         uint32_t     id,
         const BwBox *box)
{
  int32_t *flat = self->flat + 16 * (size_t) (id / 4) + id % 4;

  self->boxes[id] = *box;
  if (self->n_flat == 0)
    return;
  flat[0] = box->x0_nm;
  flat[4] = box->y0_nm;
  flat[8] = box->x1_nm;
  flat[12] = box->y1_nm;
}

bool
bw_index_init (BwIndex     *self,
               const BwBox *bounds,
               uint32_t     n_entries,
               int64_t      typical_nm)
{
  int64_t width_nm = (int64_t) bounds->x1_nm - bounds->x0_nm;
  int64_t height_nm = (int64_t) bounds->y1_nm - bounds->y0_nm;
  int64_t longest_nm = width_nm > height_nm ? width_nm : height_nm;
  int64_t cell_nm = longest_nm / MAX_CELLS_ALONG + 1;
  uint32_t n_cells = 0;
  size_t n = (size_t) n_entries + 1;

  self->origin = (BwPoint) { bounds->x0_nm, bounds->y0_nm };
  cell_nm = cell_nm < typical_nm ? typical_nm : cell_nm;
  self->n_flat = n_entries <= MAX_FLAT ? n_entries : 0;
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
  self->boxes = calloc (n, sizeof *self->boxes);
  self->flat = calloc (4 * ((size_t) self->n_flat + 4), sizeof *self->flat);
  if (self->heads == NULL || self->next == NULL || self->previous == NULL ||
      self->cell == NULL || self->level == NULL || self->boxes == NULL ||
      self->flat == NULL)
    return false;
  memset (self->heads, 0xff, n_cells * sizeof *self->heads);
  memset (self->cell, 0xff, n * sizeof *self->cell);
  for (uint32_t i = 0; i < n_entries; i++)
    set_box (self, i, &BW_BOX_EMPTY);
  for (uint32_t i = n_entries; self->n_flat > 0 && i % 4 != 0; i++)
    memcpy (self->flat + 16 * (size_t) (i / 4) + i % 4, &(int32_t) { INT32_MAX }, 4);
  return true;
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
  free (self->flat);
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

void
bw_index_remove (BwIndex *self,
                 uint32_t id)
{
  if (self->cell[id] == NONE)
    return;
  if (self->previous[id] == NONE)
    self->heads[self->cell[id]] = self->next[id];
  else
    self->next[self->previous[id]] = self->next[id];
  if (self->next[id] != NONE)
    self->previous[self->next[id]] = self->previous[id];
  self->levels[self->level[id]].n_entries--;
  self->cell[id] = NONE;
  set_box (self, id, &BW_BOX_EMPTY);
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

  while (i < BW_INDEX_LEVELS - 1 && size_nm > self->levels[i].cell_nm)
    i++;
  level = &self->levels[i];
  cell = level->first_cell +
         cell_along (cy_nm - self->origin.y_nm, level->cell_nm, level->rows) * level->columns +
         cell_along (cx_nm - self->origin.x_nm, level->cell_nm, level->columns);
  if (self->cell[id] == cell)
    {
      set_box (self, id, box);
      return;
    }
  bw_index_remove (self, id);
  set_box (self, id, box);
  self->cell[id] = cell;
  self->level[id] = (uint8_t) i;
  self->levels[i].n_entries++;
  self->previous[id] = NONE;
  self->next[id] = self->heads[cell];
  if (self->next[id] != NONE)
    self->previous[self->next[id]] = id;
  self->heads[cell] = id;
}

/* Four boxes at a time. */
typedef int32_t Four __attribute__ ((vector_size (16)));

static uint32_t
query_all (const BwIndex *self,
           const BwBox   *box,
           uint32_t      *ids_out)
{
  const Four x0 = { box->x0_nm, box->x0_nm, box->x0_nm, box->x0_nm };
  const Four y0 = { box->y0_nm, box->y0_nm, box->y0_nm, box->y0_nm };
  const Four x1 = { box->x1_nm, box->x1_nm, box->x1_nm, box->x1_nm };
  const Four y1 = { box->y1_nm, box->y1_nm, box->y1_nm, box->y1_nm };
  uint32_t n = 0;

  for (uint32_t first = 0; first < self->n_flat; first += 4)
    {
      Four boxes[4], meets;
      int64_t halves[2];

      memcpy (boxes, self->flat + 4 * (size_t) first, sizeof boxes);
      meets = (boxes[0] < x1) & (boxes[1] < y1) & (boxes[2] > x0) & (boxes[3] > y0);
      memcpy (halves, &meets, sizeof halves);
      if ((halves[0] | halves[1]) == 0)
        continue;
      for (uint32_t i = 0; i < 4; i++)
        if (meets[i] != 0)
          ids_out[n++] = first + i;
    }
  return n;
}

uint32_t
bw_index_query (const BwIndex *self,
                const BwBox   *box,
                uint32_t      *ids_out)
{
  uint32_t n = 0;

  if (self->n_flat > 0)
    return query_all (self, box, ids_out);
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
