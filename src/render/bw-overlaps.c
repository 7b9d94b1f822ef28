/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "render/bw-overlaps.h"

#include <math.h>
#include <stdlib.h>

#define MIN_AREA_MM2 1e-6

typedef BwOverlapPoint Point;

/* A convex piece of a body (or, where it could not be cut up, the ring as it is). */
typedef struct
{
  guint32 footprint;
  guint8 side;     /* while the part lies on the front */
  guint32 first;   /* index into local points and, placed, into world points */
  guint32 n;
  BwBox box;       /* of its local points */
} Piece;

/* A piece as it lies now. */
typedef struct
{
  double x0, y0, x1, y1; /* mm */
  guint32 piece;
} Placed;

struct _BwOverlaps
{
  const BwBoard *board;
  GArray *pieces;           /* Piece */
  GArray *local;            /* BwPoint */
  Point *world;             /* local->len of them, of pieces that were asked for */
  guint8 *known;            /* of each piece: its world points are those of now */
  const BwTransform *transforms; /* only while it updates */
  Placed *placed[BW_N_SIDES];
  guint n_placed[BW_N_SIDES];
  GArray *overlaps;         /* BwOverlap */
  GArray *points;           /* Point */
  GArray *scratch[2];       /* Point */
};

static double
cross (BwPoint a,
       BwPoint b,
       BwPoint c)
{
  return ((double) b.x_nm - a.x_nm) * ((double) c.y_nm - a.y_nm)
         - ((double) b.y_nm - a.y_nm) * ((double) c.x_nm - a.x_nm);
}

static double
doubled_area (const BwPoint *points,
              guint          n)
{
  double sum = 0;

  for (guint i = 0; i < n; i++)
    sum += cross (points[0], points[i], points[(i + 1) % n]);
  return sum;
}

static gboolean
is_convex (const BwPoint *points,
           guint          n,
           double         sign)
{
  for (guint i = 0; i < n; i++)
    if (sign * cross (points[i], points[(i + 1) % n], points[(i + 2) % n]) < 0)
      return FALSE;
  return TRUE;
}

static void
add_piece (BwOverlaps    *self,
           guint32        footprint,
           BwSide         side,
           const BwPoint *points,
           guint          n)
{
  Piece piece = { footprint, (guint8) side, self->local->len, n, BW_BOX_EMPTY };

  for (guint i = 0; i < n; i++)
    bw_box_add_point (&piece.box, points[i]);
  g_array_append_vals (self->local, points, n);
  g_array_append_val (self->pieces, piece);
}

static gboolean
is_ear (const BwPoint *points,
        guint          n,
        guint          at,
        double         sign)
{
  BwPoint a = points[(at + n - 1) % n];
  BwPoint b = points[at];
  BwPoint c = points[(at + 1) % n];

  if (sign * cross (a, b, c) < 0)
    return FALSE;
  for (guint i = 0; i < n; i++)
    {
      BwPoint p = points[i];

      if (i == at || i == (at + n - 1) % n || i == (at + 1) % n)
        continue;
      if (sign * cross (a, b, p) > 0 && sign * cross (b, c, p) > 0 && sign * cross (c, a, p) > 0)
        return FALSE;
    }
  return TRUE;
}

/* Ear clipping. What is left when no ear is found (a ring that crosses itself) stays whole. */
static void
add_ring (BwOverlaps   *self,
          guint32       footprint,
          BwSide        side,
          const BwRing *ring)
{
  g_autofree BwPoint *points = g_memdup2 (ring->points, ring->n_points * sizeof (BwPoint));
  guint n = ring->n_points;
  double sign;

  if (n < 3)
    return;
  sign = doubled_area (points, n) < 0 ? -1 : 1;
  while (n > 3 && !is_convex (points, n, sign))
    {
      guint ear = 0;

      while (ear < n && !is_ear (points, n, ear, sign))
        ear++;
      if (ear == n)
        break;
      add_piece (self, footprint, side,
                 (BwPoint[3]) { points[(ear + n - 1) % n], points[ear], points[(ear + 1) % n] }, 3);
      for (guint i = ear; i + 1 < n; i++)
        points[i] = points[i + 1];
      n--;
    }
  add_piece (self, footprint, side, points, n);
}

BwOverlaps *
bw_overlaps_new (const BwBoard *board)
{
  BwOverlaps *self = g_new0 (BwOverlaps, 1);

  self->board = board;
  self->pieces = g_array_new (FALSE, FALSE, sizeof (Piece));
  self->local = g_array_new (FALSE, FALSE, sizeof (BwPoint));
  self->overlaps = g_array_new (FALSE, FALSE, sizeof (BwOverlap));
  self->points = g_array_new (FALSE, FALSE, sizeof (Point));
  for (guint i = 0; i < G_N_ELEMENTS (self->scratch); i++)
    self->scratch[i] = g_array_new (FALSE, FALSE, sizeof (Point));

  for (guint32 i = 0; i < board->n_footprints; i++)
    for (int side = 0; side < BW_N_SIDES; side++)
      for (guint32 r = 0; r < board->footprints[i].n_body[side]; r++)
        add_ring (self, i, side, &board->footprints[i].body[side][r]);

  self->world = g_new (Point, self->local->len);
  self->known = g_new0 (guint8, self->pieces->len);
  for (int side = 0; side < BW_N_SIDES; side++)
    self->placed[side] = g_new (Placed, self->pieces->len);
  return self;
}

void
bw_overlaps_free (BwOverlaps *self)
{
  g_array_unref (self->pieces);
  g_array_unref (self->local);
  g_array_unref (self->overlaps);
  g_array_unref (self->points);
  for (guint i = 0; i < G_N_ELEMENTS (self->scratch); i++)
    g_array_unref (self->scratch[i]);
  g_free (self->world);
  g_free (self->known);
  for (int side = 0; side < BW_N_SIDES; side++)
    g_free (self->placed[side]);
  g_free (self);
}

/* Keeps of the polygon `in` what lies on the `sign` side of the line from a to b. */
static void
clip_to_half_plane (GArray *in,
                    GArray *out,
                    Point   a,
                    Point   b,
                    double  sign)
{
  const Point *points = (const Point *) (const void *) in->data;
  double nx = -sign * (b.y_mm - a.y_mm);
  double ny = sign * (b.x_mm - a.x_mm);

  g_array_set_size (out, 0);
  for (guint i = 0; i < in->len; i++)
    {
      Point p = points[i];
      Point q = points[(i + 1) % in->len];
      double dp = nx * (p.x_mm - a.x_mm) + ny * (p.y_mm - a.y_mm);
      double dq = nx * (q.x_mm - a.x_mm) + ny * (q.y_mm - a.y_mm);

      if (dp >= 0)
        g_array_append_val (out, p);
      if ((dp < 0) != (dq < 0))
        {
          double t = dp / (dp - dq);
          Point cut = { p.x_mm + t * (q.x_mm - p.x_mm), p.y_mm + t * (q.y_mm - p.y_mm) };

          g_array_append_val (out, cut);
        }
    }
}

static double
polygon_area (const Point *points,
              guint        n)
{
  double sum = 0;

  for (guint i = 0; i < n; i++)
    {
      Point p = points[i];
      Point q = points[(i + 1) % n];

      sum += (p.x_mm - points[0].x_mm) * (q.y_mm - points[0].y_mm)
             - (p.y_mm - points[0].y_mm) * (q.x_mm - points[0].x_mm);
    }
  return sum / 2;
}

/* Sutherland and Hodgman: piece a cut to piece b. */
static void
intersect (BwOverlaps  *self,
           const Piece *a,
           const Piece *b,
           BwSide       side)
{
  GArray *in = self->scratch[0];
  GArray *out = self->scratch[1];
  const Point *window = &self->world[b->first];
  double sign = polygon_area (window, b->n) < 0 ? -1 : 1;
  BwOverlap overlap = {
    .a = MIN (a->footprint, b->footprint),
    .b = MAX (a->footprint, b->footprint),
    .side = side,
    .first_point = self->points->len,
  };

  g_array_set_size (in, 0);
  g_array_append_vals (in, &self->world[a->first], a->n);
  for (guint i = 0; i < b->n && in->len >= 3; i++)
    {
      GArray *swap = in;

      clip_to_half_plane (in, out, window[i], window[(i + 1) % b->n], sign);
      in = out;
      out = swap;
    }
  if (in->len < 3
      || fabs (polygon_area ((const Point *) (const void *) in->data, in->len)) < MIN_AREA_MM2)
    return;
  overlap.n_points = in->len;
  g_array_append_vals (self->points, in->data, in->len);
  g_array_append_val (self->overlaps, overlap);
}

/* Where a piece is, with room for rounding. */
static Placed
place_piece (const BwTransform *transform,
             const BwBox       *box,
             guint              piece)
{
  const double room_nm = 2;
  double half_x = ((double) box->x1_nm - box->x0_nm) / 2;
  double half_y = ((double) box->y1_nm - box->y0_nm) / 2;
  double x = box->x0_nm + half_x;
  double y = (box->y0_nm + half_y) * transform->mirror;
  double middle_x = transform->at.x_nm + x * transform->cos_a + y * transform->sin_a;
  double middle_y = transform->at.y_nm - x * transform->sin_a + y * transform->cos_a;
  double reach_x = fabs (half_x * transform->cos_a) + fabs (half_y * transform->sin_a) + room_nm;
  double reach_y = fabs (half_x * transform->sin_a) + fabs (half_y * transform->cos_a) + room_nm;

  return (Placed) {
    .x0 = (middle_x - reach_x) / BW_NM_PER_MM,
    .y0 = (middle_y - reach_y) / BW_NM_PER_MM,
    .x1 = (middle_x + reach_x) / BW_NM_PER_MM,
    .y1 = (middle_y + reach_y) / BW_NM_PER_MM,
    .piece = piece,
  };
}

static void
place_pieces (BwOverlaps *self)
{
  self->n_placed[BW_SIDE_FRONT] = self->n_placed[BW_SIDE_BACK] = 0;
  for (guint p = 0; p < self->pieces->len; p++)
    {
      const Piece *piece = &g_array_index (self->pieces, Piece, p);
      const BwTransform *transform = &self->transforms[piece->footprint];
      int side = piece->side ^ (transform->mirror < 0 ? 1 : 0);

      self->placed[side][self->n_placed[side]++] = place_piece (transform, &piece->box, p);
      self->known[p] = FALSE;
    }
}

/* The piece with its points as they lie now, to the nanometre. */
static const Piece *
get_piece (BwOverlaps *self,
           guint       index)
{
  const Piece *piece = &g_array_index (self->pieces, Piece, index);
  const BwTransform *transform = &self->transforms[piece->footprint];

  for (guint i = piece->first; i < piece->first + piece->n && !self->known[index]; i++)
    {
      BwPoint at = bw_transform_point (transform, g_array_index (self->local, BwPoint, i));

      self->world[i] = (Point) { bw_nm_to_mm (at.x_nm), bw_nm_to_mm (at.y_nm) };
    }
  self->known[index] = TRUE;
  return piece;
}

static int
compare_left_edges (const void *a,
                    const void *b)
{
  double left = ((const Placed *) a)->x0;
  double right = ((const Placed *) b)->x0;

  return (left > right) - (left < right);
}

void
bw_overlaps_update (BwOverlaps        *self,
                    const BwTransform *transforms)
{
  /* Bounds the time that a heap of hollow shapes (boxes meet, bodies do not) may take. */
  guint tests_left = BW_OVERLAPS_MAX * 4;

  self->transforms = transforms;
  place_pieces (self);
  g_array_set_size (self->overlaps, 0);
  g_array_set_size (self->points, 0);

  for (int side = 0; side < BW_N_SIDES; side++)
    {
      Placed *placed = self->placed[side];
      guint n = self->n_placed[side];

      if (n > 0)
        qsort (placed, n, sizeof *placed, compare_left_edges);
      for (guint i = 0; i < n; i++)
        for (guint j = i + 1; j < n && placed[j].x0 < placed[i].x1; j++)
          {
            const Piece *a, *b;

            if (placed[j].y0 >= placed[i].y1 || placed[i].y0 >= placed[j].y1)
              continue;
            a = get_piece (self, placed[i].piece);
            b = get_piece (self, placed[j].piece);
            if (a->footprint == b->footprint)
              continue;
            if (tests_left-- == 0 || self->overlaps->len >= BW_OVERLAPS_MAX)
              return;
            intersect (self, a, b, side);
          }
    }
}

const BwOverlap *
bw_overlaps_get (const BwOverlaps *self,
                 guint            *n_overlaps_out)
{
  *n_overlaps_out = self->overlaps->len;
  return (const BwOverlap *) (const void *) self->overlaps->data;
}

const BwOverlapPoint *
bw_overlaps_get_points (const BwOverlaps *self)
{
  return (const Point *) (const void *) self->points->data;
}
