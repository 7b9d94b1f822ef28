/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "placer/bw-cover.h"

#include <math.h>
#include <stdlib.h>

/* Covers by horizontal slabs. In each slab the polygon is projected on the x axis: the ranges of
 * its edges in the slab, and what is inside at the slab's upper end. Together these hold every
 * point of the polygon in the slab. */

/* A cover with less waste than this is as good as the box round it. */
#define WORTH_MORE_BOXES 0.8

typedef struct
{
  int32_t x0;
  int32_t x1;
} Interval;

struct _BwCover
{
  int32_t *levels;     /* where the slabs meet, from the top */
  uint32_t n_levels;
  uint32_t max_levels;
  Interval *intervals; /* of one slab */
  uint32_t n_intervals;
  int32_t *crossings;
};

BwCover *
bw_cover_new (uint32_t max_points,
              uint32_t max_rings)
{
  BwCover *self = calloc (1, sizeof *self);

  if (self == NULL)
    return NULL;
  self->max_levels = max_points + BW_COVER_MAX_SLABS + 2;
  self->levels = calloc (self->max_levels, sizeof *self->levels);
  self->intervals = calloc (2 * (size_t) max_points + max_rings + 4, sizeof *self->intervals);
  self->crossings = calloc ((size_t) max_points + 4, sizeof *self->crossings);
  if (self->levels == NULL || self->intervals == NULL || self->crossings == NULL)
    {
      bw_cover_free (self);
      return NULL;
    }
  return self;
}

void
bw_cover_free (BwCover *self)
{
  if (self == NULL)
    return;
  free (self->levels);
  free (self->intervals);
  free (self->crossings);
  free (self);
}

static int
compare_coords (const void *a,
                const void *b)
{
  int32_t x = *(const int32_t *) a;
  int32_t y = *(const int32_t *) b;

  return (x > y) - (x < y);
}

static int
compare_intervals (const void *a,
                   const void *b)
{
  const Interval *x = a;
  const Interval *y = b;

  return x->x0 != y->x0 ? (x->x0 > y->x0) - (x->x0 < y->x0) : (x->x1 > y->x1) - (x->x1 < y->x1);
}

static BwPoint
ring_next (const BwRing *ring,
           uint32_t      i)
{
  return ring->points[i + 1 < ring->n_points ? i + 1 : 0];
}

static void
add_interval (BwCover *self,
              int32_t  x0,
              int32_t  x1)
{
  if (x0 < x1)
    self->intervals[self->n_intervals++] = (Interval) { x0, x1 };
}

/* Where the line through a and b is at `y`. */
static double
x_at (BwPoint a,
      BwPoint b,
      double  y)
{
  double t = (y - a.y_nm) / ((double) b.y_nm - a.y_nm);

  return a.x_nm + t * ((double) b.x_nm - a.x_nm);
}

/* The x ranges of the ring's edges within the open slab. */
static void
add_edges (BwCover      *self,
           const BwRing *ring,
           int32_t       y0,
           int32_t       y1)
{
  for (uint32_t i = 0; i < ring->n_points; i++)
    {
      BwPoint a = ring->points[i];
      BwPoint b = ring_next (ring, i);
      double low, high, xa, xb;

      if (a.y_nm > b.y_nm)
        {
          BwPoint c = a;

          a = b;
          b = c;
        }
      if (b.y_nm <= y0 || a.y_nm >= y1 || a.x_nm == b.x_nm)
        continue;
      if (a.y_nm == b.y_nm)
        {
          add_interval (self, a.x_nm < b.x_nm ? a.x_nm : b.x_nm, a.x_nm < b.x_nm ? b.x_nm : a.x_nm);
          continue;
        }
      low = a.y_nm > y0 ? a.y_nm : y0;
      high = b.y_nm < y1 ? b.y_nm : y1;
      xa = x_at (a, b, low);
      xb = x_at (a, b, high);
      add_interval (self, (int32_t) floor (xa < xb ? xa : xb),
                    (int32_t) -floor (-(xa < xb ? xb : xa)));
    }
}

/* What is inside of the ring just below `y`. */
static uint32_t
find_crossings (BwCover      *self,
                const BwRing *ring,
                int32_t       y)
{
  uint32_t n = 0;

  for (uint32_t i = 0; i < ring->n_points; i++)
    {
      BwPoint a = ring->points[i];
      BwPoint b = ring_next (ring, i);

      if ((a.y_nm <= y) != (b.y_nm <= y))
        self->crossings[n++] = (int32_t) floor (x_at (a, b, y) + 0.5);
    }
  qsort (self->crossings, n, sizeof *self->crossings, compare_coords);
  return n & ~1u;
}

static void
add_inside (BwCover      *self,
            const BwRing *ring,
            int32_t       y)
{
  uint32_t n = find_crossings (self, ring, y);

  for (uint32_t i = 0; i < n; i += 2)
    add_interval (self, self->crossings[i], self->crossings[i + 1]);
}

/* Sorts the intervals from `first` on and joins those that meet. */
static void
join_intervals (BwCover *self,
                uint32_t first)
{
  uint32_t n = first;

  if (self->n_intervals <= first)
    return;
  qsort (self->intervals + first, self->n_intervals - first, sizeof *self->intervals,
         compare_intervals);
  for (uint32_t i = first + 1; i < self->n_intervals; i++)
    {
      Interval next = self->intervals[i];

      if (next.x0 > self->intervals[n].x1)
        self->intervals[++n] = next;
      else if (next.x1 > self->intervals[n].x1)
        self->intervals[n].x1 = next.x1;
    }
  self->n_intervals = n + 1;
}

/* Replaces the joined intervals by what they leave of [x0, x1]. */
static void
invert_intervals (BwCover *self,
                  int32_t  x0,
                  int32_t  x1)
{
  uint32_t n = self->n_intervals;
  int32_t from = x0;

  self->n_intervals = 0;
  for (uint32_t i = 0; i < n; i++)
    {
      Interval taken = self->intervals[i];

      add_interval (self, from, taken.x0);
      from = taken.x1;
    }
  add_interval (self, from, x1);
}

static void
project_slab (BwCover      *self,
              const BwRing *rings,
              uint32_t      n_rings,
              const BwBox  *bounds,
              bool          outside,
              int32_t       y0,
              int32_t       y1)
{
  self->n_intervals = 0;
  for (uint32_t i = 0; i < n_rings; i++)
    add_inside (self, &rings[i], y0);
  join_intervals (self, 0);
  if (outside)
    invert_intervals (self, bounds->x0_nm, bounds->x1_nm);
  for (uint32_t i = 0; i < n_rings; i++)
    add_edges (self, &rings[i], y0, y1);
  join_intervals (self, 0);
}

static bool
has_slant (const BwRing *rings,
           uint32_t      n_rings,
           int32_t       y0,
           int32_t       y1)
{
  for (uint32_t i = 0; i < n_rings; i++)
    for (uint32_t k = 0; k < rings[i].n_points; k++)
      {
        BwPoint a = rings[i].points[k];
        BwPoint b = ring_next (&rings[i], k);
        int32_t low = a.y_nm < b.y_nm ? a.y_nm : b.y_nm;
        int32_t high = a.y_nm < b.y_nm ? b.y_nm : a.y_nm;

        if (a.x_nm != b.x_nm && low < y1 && high > y0 && low != high)
          return true;
      }
  return false;
}

/* One more level in the middle of the highest slab that slanted edges pass. */
static bool
split_slab (BwCover      *self,
            const BwRing *rings,
            uint32_t      n_rings)
{
  uint32_t best = 0;
  int64_t best_height = 1;

  for (uint32_t i = 0; i + 1 < self->n_levels; i++)
    {
      int64_t height = (int64_t) self->levels[i + 1] - self->levels[i];

      if (height > best_height &&
          has_slant (rings, n_rings, self->levels[i], self->levels[i + 1]))
        {
          best = i;
          best_height = height;
        }
    }
  if (best_height <= 1)
    return false;
  for (uint32_t i = self->n_levels; i > best + 1; i--)
    self->levels[i] = self->levels[i - 1];
  self->levels[best + 1] = (int32_t) (self->levels[best] + best_height / 2);
  self->n_levels++;
  return true;
}

static void
set_levels (BwCover      *self,
            const BwRing *rings,
            uint32_t      n_rings,
            const BwBox  *bounds,
            uint32_t      max_slabs)
{
  uint32_t n = 0;

  for (uint32_t i = 0; i < n_rings; i++)
    for (uint32_t k = 0; k < rings[i].n_points; k++)
      self->levels[n++] = rings[i].points[k].y_nm;
  qsort (self->levels, n, sizeof *self->levels, compare_coords);
  self->n_levels = 0;
  for (uint32_t i = 0; i < n; i++)
    if (self->n_levels == 0 || self->levels[i] != self->levels[self->n_levels - 1])
      self->levels[self->n_levels++] = self->levels[i];
  if (self->n_levels > max_slabs + 1)
    {
      int64_t height = (int64_t) bounds->y1_nm - bounds->y0_nm;

      for (uint32_t i = 0; i <= max_slabs; i++)
        self->levels[i] = (int32_t) (bounds->y0_nm + height * i / max_slabs);
      self->n_levels = max_slabs + 1;
    }
  while (self->n_levels < max_slabs + 1 && split_slab (self, rings, n_rings))
    ;
}

/* Boxes of all slabs; 0 if there would be too many. A box that goes on below another one with
 * the same sides makes it longer. */
static uint32_t
collect (BwCover      *self,
         const BwRing *rings,
         uint32_t      n_rings,
         const BwBox  *bounds,
         bool          outside,
         uint32_t      max_boxes,
         BwBox        *boxes)
{
  uint32_t n = 0;

  for (uint32_t level = 0; level + 1 < self->n_levels; level++)
    {
      int32_t y0 = self->levels[level];
      int32_t y1 = self->levels[level + 1];

      project_slab (self, rings, n_rings, bounds, outside, y0, y1);
      for (uint32_t i = 0; i < self->n_intervals; i++)
        {
          Interval range = self->intervals[i];
          uint32_t k = 0;

          while (k < n && (boxes[k].y1_nm != y0 || boxes[k].x0_nm != range.x0 ||
                           boxes[k].x1_nm != range.x1))
            k++;
          if (k == n && n == max_boxes)
            return UINT32_MAX;
          if (k == n)
            boxes[n++] = (BwBox) { range.x0, y0, range.x1, y1 };
          else
            boxes[k].y1_nm = y1;
        }
    }
  return n;
}

static double
box_area (const BwBox *box)
{
  return ((double) box->x1_nm - box->x0_nm) * ((double) box->y1_nm - box->y0_nm);
}

static uint32_t
cover (BwCover      *self,
       const BwRing *rings,
       uint32_t      n_rings,
       const BwBox  *bounds,
       bool          outside,
       uint32_t      max_boxes,
       BwBox        *boxes)
{
  uint32_t slabs = max_boxes < BW_COVER_MAX_SLABS ? max_boxes : BW_COVER_MAX_SLABS;

  for (; slabs >= 1; slabs = slabs * 2 / 3)
    {
      uint32_t n;

      set_levels (self, rings, n_rings, bounds, slabs);
      n = collect (self, rings, n_rings, bounds, outside, max_boxes, boxes);
      if (n != UINT32_MAX)
        return n;
    }
  boxes[0] = *bounds;
  return 1;
}

static BwBox
bounds_of (const BwRing *rings,
           uint32_t      n_rings)
{
  BwBox bounds = BW_BOX_EMPTY;

  for (uint32_t i = 0; i < n_rings; i++)
    {
      BwBox box = bw_ring_box (&rings[i]);

      bw_box_add_box (&bounds, &box);
    }
  return bounds;
}

uint32_t
bw_cover_rings (BwCover      *self,
                const BwRing *rings,
                uint32_t      n_rings,
                uint32_t      max_boxes,
                BwBox        *boxes_out)
{
  BwBox bounds = bounds_of (rings, n_rings);
  double area = 0.0;
  uint32_t n;

  if (bw_box_is_empty (&bounds) || box_area (&bounds) == 0.0)
    return 0;
  n = max_boxes > 1 ? cover (self, rings, n_rings, &bounds, false, max_boxes, boxes_out) : 0;
  for (uint32_t i = 0; i < n; i++)
    area += box_area (&boxes_out[i]);
  if (n > 1 && area < WORTH_MORE_BOXES * box_area (&bounds))
    return n;
  boxes_out[0] = bounds;
  return 1;
}

uint32_t
bw_cover_outside (BwCover      *self,
                  const BwRing *rings,
                  uint32_t      n_rings,
                  uint32_t      max_boxes,
                  BwBox        *boxes_out)
{
  BwBox bounds = bounds_of (rings, n_rings);

  if (bw_box_is_empty (&bounds) || box_area (&bounds) == 0.0)
    return 0;
  return cover (self, rings, n_rings, &bounds, true, max_boxes, boxes_out);
}
