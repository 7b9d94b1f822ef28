/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "base/bw-polygon.h"

/* Products of two coordinate differences need 66 bits. */
__extension__ typedef __int128 Wide;

/* A point with doubled coordinates, so that the middle of an edge is exact. */
typedef struct
{
  int64_t x;
  int64_t y;
} Point2;

static Point2
doubled (BwPoint point)
{
  return (Point2) { 2 * (int64_t) point.x_nm, 2 * (int64_t) point.y_nm };
}

static Point2
middle (BwPoint a,
        BwPoint b)
{
  return (Point2) { (int64_t) a.x_nm + b.x_nm, (int64_t) a.y_nm + b.y_nm };
}

/* Sign of the cross product (b - a) x (c - a). */
static int
turn (Point2 a,
      Point2 b,
      Point2 c)
{
  Wide cross = (Wide) (b.x - a.x) * (c.y - a.y) - (Wide) (b.y - a.y) * (c.x - a.x);

  return (cross > 0) - (cross < 0);
}

static bool
is_between (int64_t value,
            int64_t a,
            int64_t b)
{
  return a < b ? (a <= value && value <= b) : (b <= value && value <= a);
}

static bool
is_on_segment (Point2 a,
               Point2 b,
               Point2 point)
{
  return is_between (point.x, a.x, b.x) && is_between (point.y, a.y, b.y) &&
         turn (a, b, point) == 0;
}

static BwPoint
ring_next (const BwRing *ring,
           uint32_t      i)
{
  return ring->points[i + 1 < ring->n_points ? i + 1 : 0];
}

double
bw_ring_area_twice_nm2 (const BwRing *ring)
{
  Wide sum = 0;

  for (uint32_t i = 0; i < ring->n_points; i++)
    {
      BwPoint a = ring->points[i];
      BwPoint b = ring_next (ring, i);

      sum += (Wide) a.x_nm * b.y_nm - (Wide) a.y_nm * b.x_nm;
    }
  return (double) sum;
}

/* Runs of consecutive edges, each with the box around it, so that what lies far from a place is
 * passed over by the run. */
#define MAX_RUNS 128
#define LEAST_EDGES_IN_RUN 8

typedef struct
{
  const BwRing *ring;
  uint32_t n_edges; /* of a run; the last may have fewer */
  uint32_t n_runs;
  BwBox boxes[MAX_RUNS];
} Runs;

static uint32_t
run_end (const Runs *self,
         uint32_t    run)
{
  uint32_t n_points = self->ring->n_points;

  return n_points - run * self->n_edges > self->n_edges ? (run + 1) * self->n_edges : n_points;
}

static void
make_runs (Runs         *self,
           const BwRing *ring)
{
  self->ring = ring;
  self->n_edges = ring->n_points / MAX_RUNS + 1;
  if (self->n_edges < LEAST_EDGES_IN_RUN)
    self->n_edges = LEAST_EDGES_IN_RUN;
  self->n_runs = (ring->n_points + self->n_edges - 1) / self->n_edges;
  for (uint32_t run = 0; run < self->n_runs; run++)
    {
      uint32_t end = run_end (self, run);

      self->boxes[run] = BW_BOX_EMPTY;
      for (uint32_t i = run * self->n_edges; i < end; i++)
        bw_box_add_point (&self->boxes[run], ring->points[i]);
      bw_box_add_point (&self->boxes[run], ring_next (ring, end - 1));
    }
}

/* Whether the box and the segment's own have a point in common. */
static bool
meets_segment (const BwBox *box,
               BwPoint      a,
               BwPoint      b)
{
  return !((a.x_nm < box->x0_nm && b.x_nm < box->x0_nm) ||
           (a.x_nm > box->x1_nm && b.x_nm > box->x1_nm) ||
           (a.y_nm < box->y0_nm && b.y_nm < box->y0_nm) ||
           (a.y_nm > box->y1_nm && b.y_nm > box->y1_nm));
}

static bool
box_holds (const BwBox *box,
           Point2       point)
{
  return point.x >= 2 * (int64_t) box->x0_nm && point.x <= 2 * (int64_t) box->x1_nm &&
         point.y >= 2 * (int64_t) box->y0_nm && point.y <= 2 * (int64_t) box->y1_nm;
}

/* One edge's part in locate(): true where the point is on it. */
static bool
pass_edge (Point2  a,
           Point2  b,
           Point2  point,
           bool   *inside)
{
  if (is_on_segment (a, b, point))
    return true;
  if ((a.y <= point.y) != (b.y <= point.y) && (b.y > a.y) == (turn (a, b, point) > 0))
    *inside = !*inside;
  return false;
}

/* Even-odd, along a ray towards larger x; edges count with their lower end and without their upper
 * one. A run that the ray meets as a whole is crossed an odd number of times where its ends lie
 * on either side. */
static int
locate (const Runs *runs,
        Point2      point)
{
  const BwRing *ring = runs->ring;
  bool inside = false;

  for (uint32_t run = 0; run < runs->n_runs; run++)
    {
      const BwBox *box = &runs->boxes[run];
      uint32_t first = run * runs->n_edges, end = run_end (runs, run);

      if (point.x < 2 * (int64_t) box->x0_nm)
        inside ^= (doubled (ring->points[first]).y <= point.y) !=
                  (doubled (ring_next (ring, end - 1)).y <= point.y);
      else if (box_holds (box, point))
        for (uint32_t i = first; i < end; i++)
          if (pass_edge (doubled (ring->points[i]), doubled (ring_next (ring, i)), point, &inside))
            return 0;
    }
  return inside ? 1 : -1;
}

int
bw_ring_locate_point (const BwRing *ring,
                      BwPoint       point)
{
  Point2 point2 = doubled (point);
  bool inside = false;

  for (uint32_t i = 0; i < ring->n_points; i++)
    if (pass_edge (doubled (ring->points[i]), doubled (ring_next (ring, i)), point2, &inside))
      return 0;
  return inside ? 1 : -1;
}

/* True where the segments cross in one point inside both. */
static bool
segments_cross (BwPoint a,
                BwPoint b,
                BwPoint c,
                BwPoint d)
{
  Point2 a2, b2, c2, d2;

  if ((a.x_nm < c.x_nm && a.x_nm < d.x_nm && b.x_nm < c.x_nm && b.x_nm < d.x_nm) ||
      (a.x_nm > c.x_nm && a.x_nm > d.x_nm && b.x_nm > c.x_nm && b.x_nm > d.x_nm) ||
      (a.y_nm < c.y_nm && a.y_nm < d.y_nm && b.y_nm < c.y_nm && b.y_nm < d.y_nm) ||
      (a.y_nm > c.y_nm && a.y_nm > d.y_nm && b.y_nm > c.y_nm && b.y_nm > d.y_nm))
    return false;
  a2 = doubled (a);
  b2 = doubled (b);
  c2 = doubled (c);
  d2 = doubled (d);
  return turn (a2, b2, c2) * turn (a2, b2, d2) < 0 &&
         turn (c2, d2, a2) * turn (c2, d2, b2) < 0;
}

static bool
boundaries_cross (const BwRing *a,
                  const Runs   *b)
{
  for (uint32_t i = 0; i < a->n_points; i++)
    {
      BwPoint from = a->points[i], to = ring_next (a, i);

      for (uint32_t run = 0; run < b->n_runs; run++)
        {
          uint32_t end = run_end (b, run);

          if (!meets_segment (&b->boxes[run], from, to))
            continue;
          for (uint32_t k = run * b->n_edges; k < end; k++)
            if (segments_cross (from, to, b->ring->points[k], ring_next (b->ring, k)))
              return true;
        }
    }
  return false;
}

/* The corner of `other` on the segment from `from` to `end` that comes next after `from`; else
 * `end`. Where boundaries do not cross, these corners are all points where they may touch. */
static BwPoint
next_touch (const Runs *other,
            BwPoint     from,
            BwPoint     end)
{
  BwPoint next = end;

  for (uint32_t run = 0; run < other->n_runs; run++)
    {
      uint32_t run_ends = run_end (other, run);

      if (!meets_segment (&other->boxes[run], from, next))
        continue;
      for (uint32_t i = run * other->n_edges; i < run_ends; i++)
        {
          BwPoint corner = other->ring->points[i];

          if (corner.x_nm == from.x_nm && corner.y_nm == from.y_nm)
            continue;
          if (is_on_segment (doubled (from), doubled (next), doubled (corner)))
            next = corner;
        }
    }
  return next;
}

/* For a piece of an edge that runs along the boundary of `ring`: 1 if it runs in the direction
 * of the ring's own edge there, else -1. */
static int
direction_along (const Runs *runs,
                 BwPoint     from,
                 BwPoint     to)
{
  Point2 centre = middle (from, to);

  for (uint32_t run = 0; run < runs->n_runs; run++)
    {
      uint32_t end = run_end (runs, run);

      if (!box_holds (&runs->boxes[run], centre))
        continue;
      for (uint32_t i = run * runs->n_edges; i < end; i++)
        {
          BwPoint a = runs->ring->points[i];
          BwPoint b = ring_next (runs->ring, i);
          Wide dot;

          if (!is_on_segment (doubled (a), doubled (b), centre) ||
              turn (doubled (a), doubled (b), doubled (to)) != 0)
            continue;
          dot = (Wide) ((int64_t) b.x_nm - a.x_nm) * ((int64_t) to.x_nm - from.x_nm) +
                (Wide) ((int64_t) b.y_nm - a.y_nm) * ((int64_t) to.y_nm - from.y_nm);
          if (dot != 0)
            return dot > 0 ? 1 : -1;
        }
    }
  return 0;
}

typedef struct
{
  bool inside;  /* some piece of the boundary is strictly inside the other ring */
  bool outside;
  bool shared;  /* some piece lies on the other's boundary, both interiors on one side of it */
} Relation;

static Relation
relate_boundary (const BwRing *ring,
                 const Runs   *other)
{
  Relation relation = { false, false, false };
  int sense = bw_ring_area_twice_nm2 (ring) * bw_ring_area_twice_nm2 (other->ring) > 0 ? 1 : -1;

  for (uint32_t i = 0; i < ring->n_points; i++)
    {
      BwPoint from = ring->points[i];
      BwPoint end = ring_next (ring, i);

      while (from.x_nm != end.x_nm || from.y_nm != end.y_nm)
        {
          BwPoint to = next_touch (other, from, end);
          int where = locate (other, middle (from, to));

          relation.inside |= where > 0;
          relation.outside |= where < 0;
          if (where == 0 && direction_along (other, from, to) == sense)
            relation.shared = true;
          from = to;
        }
    }
  return relation;
}

bool
bw_rings_overlap (const BwRing *a,
                  const BwRing *b)
{
  BwBox box_a = bw_ring_box (a);
  BwBox box_b = bw_ring_box (b);
  Relation relation;
  Runs runs;

  if (!bw_box_overlaps (&box_a, &box_b))
    return false;
  if (bw_ring_area_twice_nm2 (a) == 0.0 || bw_ring_area_twice_nm2 (b) == 0.0)
    return false;
  if (bw_ring_is_box (a) && bw_ring_is_box (b))
    return true;
  make_runs (&runs, b);
  if (boundaries_cross (a, &runs))
    return true;
  relation = relate_boundary (a, &runs);
  if (relation.inside || relation.shared)
    return true;
  make_runs (&runs, a);
  return relate_boundary (b, &runs).inside;
}

bool
bw_ring_contains_ring (const BwRing *outer,
                       const BwRing *inner)
{
  BwBox box_outer = bw_ring_box (outer);
  BwBox box_inner = bw_ring_box (inner);
  Runs runs;

  if (bw_box_is_empty (&box_inner))
    return true;
  if (box_inner.x0_nm < box_outer.x0_nm || box_inner.x1_nm > box_outer.x1_nm ||
      box_inner.y0_nm < box_outer.y0_nm || box_inner.y1_nm > box_outer.y1_nm)
    return false;
  if (bw_ring_is_box (outer))
    return true;
  make_runs (&runs, outer);
  for (uint32_t i = 0; i < inner->n_points; i++)
    if (locate (&runs, doubled (inner->points[i])) < 0)
      return false;
  if (boundaries_cross (inner, &runs) || relate_boundary (inner, &runs).outside)
    return false;
  make_runs (&runs, inner);
  return !relate_boundary (outer, &runs).inside;
}

bool
bw_ring_is_box (const BwRing *ring)
{
  const BwPoint *p = ring->points;

  if (ring->n_points != 4)
    return false;
  if (p[0].x_nm == p[1].x_nm)
    return p[1].y_nm == p[2].y_nm && p[2].x_nm == p[3].x_nm && p[3].y_nm == p[0].y_nm;
  return p[0].y_nm == p[1].y_nm && p[1].x_nm == p[2].x_nm && p[2].y_nm == p[3].y_nm &&
         p[3].x_nm == p[0].x_nm;
}
