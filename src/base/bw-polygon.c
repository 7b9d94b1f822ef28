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

/* Even-odd; edges count with their lower end and without their upper one. */
static int
locate (const BwRing *ring,
        Point2        point)
{
  bool inside = false;

  for (uint32_t i = 0; i < ring->n_points; i++)
    {
      Point2 a = doubled (ring->points[i]);
      Point2 b = doubled (ring_next (ring, i));

      if (is_on_segment (a, b, point))
        return 0;
      if ((a.y <= point.y) != (b.y <= point.y))
        {
          int side = turn (a, b, point);

          if ((b.y > a.y) == (side > 0))
            inside = !inside;
        }
    }
  return inside ? 1 : -1;
}

int
bw_ring_locate_point (const BwRing *ring,
                      BwPoint       point)
{
  return locate (ring, doubled (point));
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
                  const BwRing *b)
{
  for (uint32_t i = 0; i < a->n_points; i++)
    for (uint32_t k = 0; k < b->n_points; k++)
      if (segments_cross (a->points[i], ring_next (a, i), b->points[k], ring_next (b, k)))
        return true;
  return false;
}

/* The corner of `other` on the segment from `from` to `end` that comes next after `from`; else
 * `end`. Where boundaries do not cross, these corners are all points where they may touch. */
static BwPoint
next_touch (const BwRing *other,
            BwPoint       from,
            BwPoint       end)
{
  BwPoint next = end;

  for (uint32_t i = 0; i < other->n_points; i++)
    {
      BwPoint corner = other->points[i];

      if (corner.x_nm == from.x_nm && corner.y_nm == from.y_nm)
        continue;
      if (is_on_segment (doubled (from), doubled (next), doubled (corner)))
        next = corner;
    }
  return next;
}

/* For a piece of an edge that runs along the boundary of `ring`: 1 if it runs in the direction
 * of the ring's own edge there, else -1. */
static int
direction_along (const BwRing *ring,
                 BwPoint       from,
                 BwPoint       to)
{
  Point2 centre = middle (from, to);

  for (uint32_t i = 0; i < ring->n_points; i++)
    {
      BwPoint a = ring->points[i];
      BwPoint b = ring_next (ring, i);
      Wide dot;

      if (!is_on_segment (doubled (a), doubled (b), centre) ||
          turn (doubled (a), doubled (b), doubled (to)) != 0)
        continue;
      dot = (Wide) ((int64_t) b.x_nm - a.x_nm) * ((int64_t) to.x_nm - from.x_nm) +
            (Wide) ((int64_t) b.y_nm - a.y_nm) * ((int64_t) to.y_nm - from.y_nm);
      if (dot != 0)
        return dot > 0 ? 1 : -1;
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
                 const BwRing *other)
{
  Relation relation = { false, false, false };
  int sense = bw_ring_area_twice_nm2 (ring) * bw_ring_area_twice_nm2 (other) > 0 ? 1 : -1;

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

  if (!bw_box_overlaps (&box_a, &box_b))
    return false;
  if (bw_ring_area_twice_nm2 (a) == 0.0 || bw_ring_area_twice_nm2 (b) == 0.0)
    return false;
  if (bw_ring_is_box (a) && bw_ring_is_box (b))
    return true;
  if (boundaries_cross (a, b))
    return true;
  relation = relate_boundary (a, b);
  if (relation.inside || relation.shared)
    return true;
  return relate_boundary (b, a).inside;
}

bool
bw_ring_contains_ring (const BwRing *outer,
                       const BwRing *inner)
{
  BwBox box_outer = bw_ring_box (outer);
  BwBox box_inner = bw_ring_box (inner);

  if (bw_box_is_empty (&box_inner))
    return true;
  if (box_inner.x0_nm < box_outer.x0_nm || box_inner.x1_nm > box_outer.x1_nm ||
      box_inner.y0_nm < box_outer.y0_nm || box_inner.y1_nm > box_outer.y1_nm)
    return false;
  if (bw_ring_is_box (outer))
    return true;
  for (uint32_t i = 0; i < inner->n_points; i++)
    if (locate (outer, doubled (inner->points[i])) < 0)
      return false;
  if (boundaries_cross (outer, inner))
    return false;
  return !relate_boundary (inner, outer).outside && !relate_boundary (outer, inner).inside;
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
