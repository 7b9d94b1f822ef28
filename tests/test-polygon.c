/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib.h>
#include <math.h>
#include <stdlib.h>
#include <time.h>

#include "base/bw-polygon.h"
#include "base/bw-random.h"

#define RING(...)                                                                              \
  {                                                                                            \
    (const BwPoint[]) { __VA_ARGS__ },                                                         \
    sizeof ((const BwPoint[]) { __VA_ARGS__ }) / sizeof (BwPoint)                              \
  }

static const BwRing square = RING ({ 0, 0 }, { 10, 0 }, { 10, 10 }, { 0, 10 });
static const BwRing beside = RING ({ 10, 0 }, { 20, 0 }, { 20, 10 }, { 10, 10 });
static const BwRing corner = RING ({ 10, 10 }, { 20, 10 }, { 20, 20 }, { 10, 20 });
static const BwRing inner = RING ({ 3, 3 }, { 3, 6 }, { 6, 6 }, { 6, 3 });
static const BwRing diamond = RING ({ 15, 0 }, { 25, 10 }, { 15, 20 }, { 5, 10 });
/* Opens to the right, the notch 4 wide. */
static const BwRing notched = RING ({ 0, 0 }, { 30, 0 }, { 30, 8 }, { 10, 8 }, { 10, 12 },
                                    { 30, 12 }, { 30, 20 }, { 0, 20 });
static const BwRing tongue = RING ({ 10, 8 }, { 40, 8 }, { 40, 12 }, { 10, 12 });
static const BwRing thick_tongue = RING ({ 10, 8 }, { 40, 8 }, { 40, 13 }, { 10, 13 });
static const BwRing line = RING ({ 2, 2 }, { 8, 8 }, { 5, 5 });

static void
rings_that_touch_do_not_overlap (void)
{
  g_assert_false (bw_rings_overlap (&square, &beside));
  g_assert_false (bw_rings_overlap (&square, &corner));
  g_assert_false (bw_rings_overlap (&notched, &tongue));
  g_assert_false (bw_rings_overlap (&tongue, &notched));
}

static void
rings_whose_insides_meet_overlap (void)
{
  const BwRing upright = RING ({ 4, -5 }, { 6, -5 }, { 6, 15 }, { 4, 15 });
  const BwRing reversed = RING ({ 0, 10 }, { 10, 10 }, { 10, 0 }, { 0, 0 });

  g_assert_true (bw_rings_overlap (&square, &square));
  g_assert_true (bw_rings_overlap (&square, &reversed));
  g_assert_true (bw_rings_overlap (&square, &inner));
  g_assert_true (bw_rings_overlap (&inner, &square));
  g_assert_true (bw_rings_overlap (&square, &upright));
  g_assert_true (bw_rings_overlap (&square, &diamond));
  g_assert_true (bw_rings_overlap (&notched, &thick_tongue));
}

static void
rings_without_area_overlap_nothing (void)
{
  const BwRing none = { NULL, 0 };
  const BwRing point = RING ({ 5, 5 });

  g_assert_false (bw_rings_overlap (&square, &line));
  g_assert_false (bw_rings_overlap (&line, &square));
  g_assert_false (bw_rings_overlap (&square, &none));
  g_assert_false (bw_rings_overlap (&point, &square));
  g_assert_cmpfloat (bw_ring_area_twice_nm2 (&none), ==, 0.0);
}

static void
a_ring_holds_what_touches_it_from_within (void)
{
  const BwRing in_notch = RING ({ 12, 9 }, { 20, 9 }, { 20, 11 }, { 12, 11 });
  const BwRing half = RING ({ 0, 0 }, { 10, 0 }, { 0, 10 });

  g_assert_true (bw_ring_contains_ring (&square, &square));
  g_assert_true (bw_ring_contains_ring (&square, &inner));
  g_assert_true (bw_ring_contains_ring (&square, &half));
  g_assert_true (bw_ring_contains_ring (&square, &line));
  g_assert_false (bw_ring_contains_ring (&half, &square));
  g_assert_false (bw_ring_contains_ring (&inner, &square));
  g_assert_false (bw_ring_contains_ring (&square, &beside));
  g_assert_false (bw_ring_contains_ring (&notched, &in_notch));
  g_assert_false (bw_ring_contains_ring (&notched, &tongue));
}

static void
points_are_inside_on_the_edge_or_outside (void)
{
  g_assert_cmpint (bw_ring_locate_point (&diamond, (BwPoint) { 15, 10 }), ==, 1);
  g_assert_cmpint (bw_ring_locate_point (&diamond, (BwPoint) { 10, 5 }), ==, 0);
  g_assert_cmpint (bw_ring_locate_point (&diamond, (BwPoint) { 15, 0 }), ==, 0);
  g_assert_cmpint (bw_ring_locate_point (&diamond, (BwPoint) { 9, 5 }), ==, -1);
  g_assert_cmpint (bw_ring_locate_point (&notched, (BwPoint) { 20, 10 }), ==, -1);
  g_assert_cmpfloat (bw_ring_area_twice_nm2 (&diamond), ==, 400.0);
  g_assert_true (bw_ring_is_box (&square));
  g_assert_false (bw_ring_is_box (&diamond));
}

static void
the_largest_coordinates_do_not_overflow (void)
{
  const int32_t far = BW_COORD_MAX_NM;
  const BwRing all = RING ({ -far, -far }, { far, -far }, { far, far }, { -far, far });
  const BwRing lower = RING ({ -far, -far }, { far, -far }, { far, far });
  const BwRing upper = RING ({ -far, -far }, { far, far }, { -far, far });
  const BwRing nudged = RING ({ -far, -far }, { far, far - 1 }, { -far, far });

  g_assert_false (bw_rings_overlap (&lower, &upper));
  g_assert_true (bw_rings_overlap (&lower, &nudged));
  g_assert_true (bw_rings_overlap (&all, &upper));
  g_assert_true (bw_ring_contains_ring (&all, &upper));
  g_assert_cmpfloat (bw_ring_area_twice_nm2 (&all), ==, 3.2e19);
}

/* A star about a point off the lattice: simple, as its corners go round by angle. */
static uint32_t
random_star (BwRandom *random,
             int32_t   radius,
             BwPoint  *points)
{
  double angles[12];
  uint32_t n = 0;
  int32_t x = (int32_t) bw_random_below (random, 10), y = (int32_t) bw_random_below (random, 10);
  uint32_t range = 2 * (uint32_t) radius + 1;

  for (int i = 0; i < 12; i++)
    {
      int32_t dx = (int32_t) bw_random_below (random, range) - radius;
      int32_t dy = (int32_t) bw_random_below (random, range) - radius;
      BwPoint point = { x + dx, y + dy };
      double angle = atan2 (dy - 0.31, dx - 0.17);
      uint32_t k = n;
      bool known = false;

      for (uint32_t j = 0; j < n; j++)
        known |= fabs (angles[j] - angle) < 1e-9;
      if (known)
        continue;
      for (; k > 0 && angles[k - 1] > angle; k--)
        {
          angles[k] = angles[k - 1];
          points[k] = points[k - 1];
        }
      angles[k] = angle;
      points[k] = point;
      n++;
    }
  /* The centre has to be inside for this to be a star: no gap of half a turn. */
  for (uint32_t i = 0; i < n; i++)
    if ((i + 1 < n ? angles[i + 1] : angles[0] + 2 * G_PI) - angles[i] > G_PI - 0.01)
      return 0;
  return n;
}

static uint32_t
crossings (const BwRing *ring,
           double        y,
           double       *xs)
{
  uint32_t n = 0;

  for (uint32_t i = 0; i < ring->n_points; i++)
    {
      BwPoint a = ring->points[i], b = ring->points[(i + 1) % ring->n_points];

      if ((a.y_nm < y) == (b.y_nm < y))
        continue;
      xs[n] = a.x_nm + (y - a.y_nm) * (b.x_nm - a.x_nm) / (double) (b.y_nm - a.y_nm);
      for (uint32_t k = n++; k > 0 && xs[k] < xs[k - 1]; k--)
        {
          double x = xs[k];

          xs[k] = xs[k - 1];
          xs[k - 1] = x;
        }
    }
  return n;
}

/* Lengths, summed over very many horizontal lines, of what is in both and in `b` alone. */
static void
compare_slowly (const BwRing *a,
                const BwRing *b,
                double       *both_out,
                double       *rest_out)
{
  *both_out = *rest_out = 0.0;
  for (double y = -6.0 + 1.0 / 1031; y < 16.0; y += 2.0 / 1031)
    {
      double xa[16], xb[16], both = 0.0, all = 0.0;
      uint32_t na = crossings (a, y, xa), nb = crossings (b, y, xb);

      for (uint32_t i = 0; i + 1 < nb; i += 2)
        {
          all += xb[i + 1] - xb[i];
          for (uint32_t k = 0; k + 1 < na; k += 2)
            both += MAX (0.0, MIN (xa[k + 1], xb[i + 1]) - MAX (xa[k], xb[i]));
        }
      *both_out += both;
      *rest_out += all - both;
    }
}

static void
random_rings_agree_with_a_slow_count (void)
{
  BwRandom random = bw_random_new (4);
  guint n_overlaps = 0, n_inside = 0;

  for (int i = 0; i < 600; i++)
    {
      BwPoint points_a[12], points_b[12];
      BwRing a = { points_a, random_star (&random, 4, points_a) };
      BwRing b = { points_b, random_star (&random, i % 2 ? 1 : 4, points_b) };
      double both, rest;

      if (a.n_points < 3 || b.n_points < 3)
        continue;
      compare_slowly (&a, &b, &both, &rest);
      g_assert_cmpint (bw_rings_overlap (&a, &b), ==, both > 1e-6);
      g_assert_cmpint (bw_rings_overlap (&b, &a), ==, both > 1e-6);
      g_assert_cmpint (bw_ring_contains_ring (&a, &b), ==, rest < 1e-6);
      n_overlaps += both > 1e-6;
      n_inside += rest < 1e-6;
    }
  g_assert_cmpuint (n_overlaps, >, 50);
  g_assert_cmpuint (n_inside, >, 0);
}

#define N_PIECES 200

/* The same ring, larger, with each edge cut into pieces. */
static BwRing
cut_finely (const BwRing *ring,
            BwPoint      *points)
{
  uint32_t n = 0;

  for (uint32_t i = 0; i < ring->n_points; i++)
    {
      BwPoint a = ring->points[i], b = ring->points[(i + 1) % ring->n_points];

      for (int32_t k = 0; k < N_PIECES; k++)
        points[n++] = (BwPoint) { a.x_nm * N_PIECES + k * (b.x_nm - a.x_nm),
                                  a.y_nm * N_PIECES + k * (b.y_nm - a.y_nm) };
    }
  return (BwRing) { points, n };
}

static void
rings_of_thousands_of_points_are_told_as_well (void)
{
  g_autofree BwPoint *fine_a = g_new (BwPoint, 12 * N_PIECES);
  g_autofree BwPoint *fine_b = g_new (BwPoint, 12 * N_PIECES);
  BwRandom random = bw_random_new (5);
  guint n_overlaps = 0, n_inside = 0, n_all = 0;

  for (int i = 0; i < 300; i++)
    {
      BwPoint points_a[12], points_b[12];
      BwRing a = { points_a, random_star (&random, 4, points_a) };
      BwRing b = { points_b, random_star (&random, i % 2 ? 1 : 4, points_b) };
      BwRing large_a, large_b;
      gboolean overlap, inside;

      if (a.n_points < 3 || b.n_points < 3)
        continue;
      large_a = cut_finely (&a, fine_a);
      large_b = cut_finely (&b, fine_b);
      overlap = bw_rings_overlap (&a, &b);
      inside = bw_ring_contains_ring (&a, &b);
      g_assert_cmpint (bw_rings_overlap (&large_a, &large_b), ==, overlap);
      g_assert_cmpint (bw_ring_contains_ring (&large_a, &large_b), ==, inside);
      n_overlaps += overlap;
      n_inside += inside;
      n_all++;
    }
  g_assert_cmpuint (n_overlaps, >, 20);
  g_assert_cmpuint (n_overlaps, <, n_all);
  g_assert_cmpuint (n_inside, >, 0);
}

/* Processor time, the least of some tries, to find that two discs of so many points lie apart,
 * though their boxes do not. */
static double
time_to_compare (guint n_points)
{
  g_autofree BwPoint *points = g_new (BwPoint, 2 * (gsize) n_points);
  BwRing rings[2] = { { points, n_points }, { points + n_points, n_points } };
  double least = G_MAXDOUBLE;

  for (guint i = 0; i < n_points; i++)
    {
      double angle = 2.0 * G_PI * i / n_points;

      points[i] = (BwPoint) { (gint32) (1e9 * cos (angle)), (gint32) (1e9 * sin (angle)) };
      points[n_points + i] = (BwPoint) { points[i].x_nm / 2 + 1100000000,
                                         points[i].y_nm / 2 + 1100000000 };
    }
  for (guint i = 0; i < 5; i++)
    {
      clock_t start = clock ();

      g_assert_false (bw_rings_overlap (&rings[0], &rings[1]));
      least = MIN (least, (double) (clock () - start));
    }
  return MAX (least, 1.0);
}

/* Eight times the points may take some more than eight times as long, and not 64 times. */
static void
time_grows_with_the_points_and_not_with_their_square (void)
{
  g_assert_cmpfloat (time_to_compare (32000) / time_to_compare (4000), <, 28.0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/polygon/rings-that-touch-do-not-overlap", rings_that_touch_do_not_overlap);
  g_test_add_func ("/polygon/rings-whose-insides-meet-overlap", rings_whose_insides_meet_overlap);
  g_test_add_func ("/polygon/rings-without-area-overlap-nothing",
                   rings_without_area_overlap_nothing);
  g_test_add_func ("/polygon/a-ring-holds-what-touches-it-from-within",
                   a_ring_holds_what_touches_it_from_within);
  g_test_add_func ("/polygon/points-are-inside-on-the-edge-or-outside",
                   points_are_inside_on_the_edge_or_outside);
  g_test_add_func ("/polygon/the-largest-coordinates-do-not-overflow",
                   the_largest_coordinates_do_not_overflow);
  g_test_add_func ("/polygon/random-rings-agree-with-a-slow-count",
                   random_rings_agree_with_a_slow_count);
  g_test_add_func ("/polygon/rings-of-thousands-of-points-are-told-as-well",
                   rings_of_thousands_of_points_are_told_as_well);
  g_test_add_func ("/polygon/time-grows-with-the-points-and-not-with-their-square",
                   time_grows_with_the_points_and_not_with_their_square);
  return g_test_run ();
}
