/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib.h>
#include <math.h>

#include "base/bw-arc.h"
#include "base/bw-math.h"

static void
three_points_give_the_arc_through_them (void)
{
  BwArc arc;
  BwPoint end;

  g_assert_true (bw_arc_from_points ((BwPoint) { 1000000, 0 }, (BwPoint) { 0, 1000000 },
                                     (BwPoint) { -1000000, 0 }, &arc));
  g_assert_cmpfloat_with_epsilon (arc.radius_nm, 1e6, 1e-3);
  g_assert_cmpfloat_with_epsilon (arc.sweep_rad, BW_PI, 1e-9);
  end = bw_arc_point (&arc, 7, 7);
  g_assert_cmpint (end.x_nm, ==, -1000000);
  g_assert_cmpint (end.y_nm, ==, 0);

  g_assert_true (bw_arc_from_points ((BwPoint) { 1000000, 0 }, (BwPoint) { 0, -1000000 },
                                     (BwPoint) { -1000000, 0 }, &arc));
  g_assert_cmpfloat_with_epsilon (arc.sweep_rad, -BW_PI, 1e-9);
}

static void
points_in_line_are_no_arc (void)
{
  BwArc arc;

  g_assert_false (bw_arc_from_points ((BwPoint) { 0, 0 }, (BwPoint) { 5, 5 },
                                      (BwPoint) { 10, 10 }, &arc));
  g_assert_false (bw_arc_from_points ((BwPoint) { 3, 3 }, (BwPoint) { 3, 3 },
                                      (BwPoint) { 3, 3 }, &arc));
  g_assert_false (bw_arc_from_points ((BwPoint) { -BW_COORD_MAX_NM, 0 }, (BwPoint) { 0, 1 },
                                      (BwPoint) { BW_COORD_MAX_NM, 0 }, &arc));
}

static void
chords_stay_within_the_error (void)
{
  for (double radius = 1e3; radius < 2e9; radius *= 3.7)
    {
      BwArc circle = { 0.0, 0.0, radius, 0.3, 2.0 * BW_PI };
      guint32 n = bw_arc_n_steps (&circle, 5000.0);
      double off = radius * (1.0 - cos (BW_PI / n));

      g_assert_cmpuint (n, >=, 4);
      if (n < BW_ARC_MAX_STEPS)
        g_assert_cmpfloat (off, <=, 5000.0);
    }
}

static void
a_sweep_beyond_a_full_turn_is_cut (void)
{
  BwArc arc = bw_arc_from_center ((BwPoint) { 0, 0 }, (BwPoint) { 0, 500 }, 1e300);

  g_assert_cmpfloat_with_epsilon (arc.sweep_rad, 2.0 * BW_PI, 1e-12);
  g_assert_cmpfloat_with_epsilon (arc.start_rad, BW_PI / 2.0, 1e-12);
}

static void
a_curve_begins_and_ends_at_its_ends (void)
{
  BwPoint controls[4] = { { 0, 0 }, { 0, 9000000 }, { 9000000, 9000000 }, { 9000000, 0 } };
  guint32 n = bw_curve_n_steps (controls, 5000.0);
  BwPoint first = bw_curve_point (controls, 0, n);
  BwPoint last = bw_curve_point (controls, n, n);

  g_assert_cmpuint (n, >, 20);
  g_assert_cmpint (first.x_nm, ==, 0);
  g_assert_cmpint (last.x_nm, ==, 9000000);
  g_assert_cmpint (last.y_nm, ==, 0);
}

static void
points_are_rounded_and_clamped (void)
{
  BwPoint rounded = bw_point_round (-2.5, 2.4999);
  BwPoint clamped = bw_point_round (INFINITY, -1e300);
  BwPoint nothing = bw_point_round (NAN, -0.4);

  g_assert_cmpint (rounded.x_nm, ==, -3);
  g_assert_cmpint (rounded.y_nm, ==, 2);
  g_assert_cmpint (clamped.x_nm, ==, BW_COORD_MAX_NM);
  g_assert_cmpint (clamped.y_nm, ==, -BW_COORD_MAX_NM);
  g_assert_cmpint (nothing.x_nm, ==, 0);
  g_assert_cmpint (nothing.y_nm, ==, 0);
}

static void
angles_agree_with_libm (void)
{
  for (int i = 0; i < 3600; i++)
    {
      double angle = (i - 1800) * BW_PI / 1800.0;
      double y = 3.5 * sin (angle), x = 3.5 * cos (angle);

      g_assert_cmpfloat_with_epsilon (bw_atan2 (y, x), atan2 (y, x), 1e-14);
    }
  g_assert_cmpfloat (bw_atan2 (0.0, 0.0), ==, 0.0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/arc/three-points-give-the-arc-through-them",
                   three_points_give_the_arc_through_them);
  g_test_add_func ("/arc/points-in-line-are-no-arc", points_in_line_are_no_arc);
  g_test_add_func ("/arc/chords-stay-within-the-error", chords_stay_within_the_error);
  g_test_add_func ("/arc/a-sweep-beyond-a-full-turn-is-cut", a_sweep_beyond_a_full_turn_is_cut);
  g_test_add_func ("/arc/a-curve-begins-and-ends-at-its-ends", a_curve_begins_and_ends_at_its_ends);
  g_test_add_func ("/arc/points-are-rounded-and-clamped", points_are_rounded_and_clamped);
  g_test_add_func ("/arc/angles-agree-with-libm", angles_agree_with_libm);
  return g_test_run ();
}
