/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "placer/bw-sweep.h"

#include <string.h>

/* Boxes are open, so where anything is free between two levels, the levels are free too: only
 * they need to be looked at. A box holds the levels strictly between its edges. */

#define NONE UINT32_MAX

void
bw_sweep_lay (BwSweep     *self,
              BwWorkspace *workspace,
              uint32_t     max_boxes)
{
  size_t max_levels = 2 * (size_t) max_boxes + 3;
  size_t size = 1;

  self->max_boxes = max_boxes;
  while (size < max_levels)
    size *= 2;
  self->levels = bw_workspace_take (workspace, max_levels, sizeof *self->levels);
  self->scratch = bw_workspace_take (workspace, max_levels, sizeof *self->scratch);
  self->tree = bw_workspace_take (workspace, 2 * size, sizeof *self->tree);
  self->by_start = bw_workspace_take (workspace, max_boxes, sizeof *self->by_start);
  self->by_end = bw_workspace_take (workspace, max_boxes, sizeof *self->by_end);
  self->is_added = bw_workspace_take (workspace, max_boxes, sizeof *self->is_added);
}

/* Bottom-up merge sort. */
void
bw_sort_values (int64_t *values,
                uint32_t n,
                int64_t *scratch)
{
  int64_t *from = values, *to = scratch;

  for (uint32_t width = 1; width < n; width *= 2)
    {
      int64_t *swap = from;

      for (uint32_t start = 0; start < n; start += 2 * width)
        {
          uint32_t middle = start + width < n ? start + width : n;
          uint32_t end = start + 2 * width < n ? start + 2 * width : n;
          uint32_t a = start, b = middle;

          for (uint32_t i = start; i < end; i++)
            to[i] = a < middle && (b >= end || from[a] <= from[b]) ? from[a++] : from[b++];
        }
      from = to;
      to = swap;
    }
  if (from != values)
    memcpy (values, from, n * sizeof *values);
}

static int64_t
start_of (const BwWideBox *box)
{
  return box->x0;
}

static int64_t
end_of (const BwWideBox *box)
{
  return box->x1;
}

/* Boxes by one of their edges: the same sort, of indices. */
static void
sort_boxes (BwSweep  *self,
            uint32_t *order,
            int64_t (*edge) (const BwWideBox *))
{
  uint32_t *from = order, *to = (uint32_t *) (void *) self->scratch;
  uint32_t n = self->n_boxes;

  for (uint32_t i = 0; i < n; i++)
    order[i] = i;
  for (uint32_t width = 1; width < n; width *= 2)
    {
      uint32_t *swap = from;

      for (uint32_t start = 0; start < n; start += 2 * width)
        {
          uint32_t middle = start + width < n ? start + width : n;
          uint32_t end = start + 2 * width < n ? start + 2 * width : n;
          uint32_t a = start, b = middle;

          for (uint32_t i = start; i < end; i++)
            to[i] = a < middle && (b >= end || edge (&self->boxes[from[a]]) <=
                                               edge (&self->boxes[from[b]]))
                      ? from[a++] : from[b++];
        }
      from = to;
      to = swap;
    }
  if (from != order)
    memcpy (order, from, n * sizeof *order);
}

/* The first level at or above y. */
static uint32_t
level_from (const BwSweep *self,
            int64_t        y)
{
  uint32_t low = 0, high = self->n_levels;

  while (low < high)
    {
      uint32_t middle = low + (high - low) / 2;

      if (self->levels[middle] < y)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

void
bw_sweep_start (BwSweep         *self,
                const BwWideBox *boxes,
                uint32_t         n_boxes,
                int64_t          low,
                int64_t          high,
                int64_t          y)
{
  uint32_t n = 0;

  self->boxes = boxes;
  self->n_boxes = n_boxes < self->max_boxes ? n_boxes : self->max_boxes;
  self->levels[n++] = low;
  self->levels[n++] = high;
  self->levels[n++] = y;
  for (uint32_t i = 0; i < self->n_boxes; i++)
    {
      if (boxes[i].y0 > low && boxes[i].y0 < high)
        self->levels[n++] = boxes[i].y0;
      if (boxes[i].y1 > low && boxes[i].y1 < high)
        self->levels[n++] = boxes[i].y1;
    }
  bw_sort_values (self->levels, n, self->scratch);
  self->n_levels = 1;
  for (uint32_t i = 1; i < n; i++)
    if (self->levels[i] != self->levels[self->n_levels - 1])
      self->levels[self->n_levels++] = self->levels[i];
  self->target = level_from (self, y);
  for (self->size = 1; self->size < self->n_levels; self->size *= 2)
    ;
  memset (self->tree, 0, 2 * (size_t) self->size * sizeof *self->tree);
  /* Leaves beyond the last level are never free. */
  for (uint32_t i = self->n_levels; i < self->size; i++)
    self->tree[self->size + i].is_full = true;
  for (uint32_t i = self->size - 1; i >= 1; i--)
    self->tree[i].is_full = self->tree[2 * i].is_full && self->tree[2 * i + 1].is_full;
  memset (self->is_added, 0, self->n_boxes);
  sort_boxes (self, self->by_start, start_of);
  sort_boxes (self, self->by_end, end_of);
  self->next_start = 0;
  self->next_end = 0;
}

static void
update_node (BwSweep *self,
             uint32_t node)
{
  BwSweepNode *tree = self->tree;
  bool is_leaf = node >= self->size;

  if (is_leaf)
    tree[node].is_full = tree[node].n_boxes > 0 || node - self->size >= self->n_levels;
  else
    tree[node].is_full = tree[node].n_boxes > 0 ||
                         (tree[2 * node].is_full && tree[2 * node + 1].is_full);
}

static void
update_above (BwSweep *self,
              uint32_t leaf)
{
  for (uint32_t node = leaf / 2; node >= 1; node /= 2)
    update_node (self, node);
}

/* Adds a box to the levels that it holds, or takes it from them. */
static void
count_box (BwSweep         *self,
           const BwWideBox *box,
           bool             is_added)
{
  uint32_t first = level_from (self, box->y0 + 1);
  uint32_t end = level_from (self, box->y1);
  uint32_t low = first + self->size, high = end + self->size;

  if (first >= end)
    return;
  for (; low < high; low /= 2, high /= 2)
    {
      if (low & 1)
        {
          self->tree[low].n_boxes += is_added ? 1 : UINT32_MAX;
          update_node (self, low++);
        }
      if (high & 1)
        {
          self->tree[--high].n_boxes += is_added ? 1 : UINT32_MAX;
          update_node (self, high);
        }
    }
  update_above (self, first + self->size);
  update_above (self, end - 1 + self->size);
}

void
bw_sweep_to (BwSweep *self,
             int64_t  x)
{
  for (; self->next_end < self->n_boxes; self->next_end++)
    {
      uint32_t i = self->by_end[self->next_end];

      if (self->boxes[i].x1 > x)
        break;
      if (self->is_added[i])
        count_box (self, &self->boxes[i], false);
    }
  for (; self->next_start < self->n_boxes; self->next_start++)
    {
      uint32_t i = self->by_start[self->next_start];

      if (self->boxes[i].x0 >= x)
        break;
      if (self->boxes[i].x1 <= x)
        continue;
      self->is_added[i] = 1;
      count_box (self, &self->boxes[i], true);
    }
}

/* The free leaf of a node that is not full on the side asked for, down to the first one. */
static uint32_t
descend (const BwSweep *self,
         uint32_t       node,
         bool           up)
{
  while (node < self->size)
    {
      uint32_t nearer = 2 * node + !up;

      node = self->tree[nearer].is_full ? (nearer ^ 1) : nearer;
    }
  return node - self->size;
}

bool
bw_sweep_nearest (const BwSweep *self,
                  bool           up,
                  int64_t       *y_out)
{
  uint32_t leaf = self->target + self->size;
  uint32_t found = NONE, node;

  /* Boxes that hold a whole node bar all below it: find the highest one on the path. */
  for (node = leaf; node >= 1; node /= 2)
    if (self->tree[node].n_boxes > 0)
      leaf = node;
  if (leaf == self->target + self->size && !self->tree[leaf].is_full)
    found = self->target;
  for (node = leaf; found == NONE && node > 1; node /= 2)
    if ((node & 1) != up && !self->tree[node ^ 1].is_full)
      found = descend (self, node ^ 1, up);
  if (found == NONE)
    return false;
  *y_out = self->levels[found];
  return true;
}
