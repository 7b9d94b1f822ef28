/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib.h>
#include <math.h>

#include "base/bw-geometry.h"
#include "base/bw-hash.h"
#include "base/bw-math.h"
#include "base/bw-random.h"

static void
quarter_turns_are_exact (void)
{
  BwPoint local = { 1234567, -7654321 };
  BwPoint expected[] = {
    { 1234567 + 10, -7654321 + 20 },
    { -7654321 + 10, -1234567 + 20 },
    { -1234567 + 10, 7654321 + 20 },
    { 7654321 + 10, 1234567 + 20 },
  };

  for (int i = 0; i < 4; i++)
    {
      BwPose pose = { { 10, 20 }, i * 9000, BW_SIDE_FRONT };
      BwTransform transform = bw_pose_transform (&pose);
      BwPoint placed = bw_transform_point (&transform, local);

      g_assert_cmpint (placed.x_nm, ==, expected[i].x_nm);
      g_assert_cmpint (placed.y_nm, ==, expected[i].y_nm);
    }
}

static void
the_back_mirrors_before_it_turns (void)
{
  BwPose pose = { { 0, 0 }, 9000, BW_SIDE_BACK };
  BwTransform transform = bw_pose_transform (&pose);
  BwPoint placed = bw_transform_point (&transform, (BwPoint) { 3, 5 });

  g_assert_cmpint (placed.x_nm, ==, -5);
  g_assert_cmpint (placed.y_nm, ==, -3);
}

static void
a_transform_can_be_undone (void)
{
  BwRandom random = bw_random_new (7);

  for (int i = 0; i < 1000; i++)
    {
      BwPose pose = { { (int32_t) bw_random_below (&random, 100000000), -4000000 },
                      (int32_t) bw_random_below (&random, BW_FULL_TURN_CDEG),
                      (BwSide) bw_random_below (&random, 2) };
      BwPoint local = { (int32_t) bw_random_below (&random, 9000000), 77777 };
      BwTransform transform = bw_pose_transform (&pose);
      BwPoint back = bw_transform_point_back (&transform, bw_transform_point (&transform, local));

      g_assert_cmpint (ABS (back.x_nm - local.x_nm), <=, 1);
      g_assert_cmpint (ABS (back.y_nm - local.y_nm), <=, 1);
    }
}

static void
numbers_from_outside_are_clamped (void)
{
  g_assert_cmpint (bw_nm_from_mm (NAN), ==, 0);
  g_assert_cmpint (bw_nm_from_mm (1e300), ==, BW_COORD_MAX_NM);
  g_assert_cmpint (bw_nm_from_mm (-INFINITY), ==, -BW_COORD_MAX_NM);
  g_assert_cmpint (bw_nm_from_mm (67.45), ==, 67450000);
  g_assert_cmpint (bw_nm_from_mm (-0.0000005), ==, -1);
  g_assert_cmpint (bw_cdeg_normalize (-9000), ==, 27000);
  g_assert_cmpint (bw_cdeg_normalize (45000), ==, 9000);
}

static void
functions_agree_with_libm (void)
{
  for (int i = -2000; i <= 2000; i++)
    {
      double x = i * 0.173;

      g_assert_cmpfloat_with_epsilon (bw_sin (x), sin (x), 1e-12);
      g_assert_cmpfloat_with_epsilon (bw_cos (x), cos (x), 1e-12);
      if (x > -700 && x < 700)
        g_assert_cmpfloat (fabs (bw_exp (x) / exp (x) - 1.0), <, 1e-14);
    }
  for (int angle = 0; angle < BW_FULL_TURN_CDEG; angle += 7)
    {
      double s, c;

      bw_sincos_cdeg (angle, &s, &c);
      g_assert_cmpfloat_with_epsilon (s, sin (angle * G_PI / 18000.0), 1e-15);
      g_assert_cmpfloat_with_epsilon (c, cos (angle * G_PI / 18000.0), 1e-15);
    }
  g_assert_cmpfloat (bw_exp (-1000), ==, 0.0);
}

static void
random_numbers_and_hashes_are_known (void)
{
  BwRandom random = bw_random_new (1234567);

  g_assert_cmpuint (bw_random_next (&random), ==, G_GUINT64_CONSTANT (6457827717110365317));
  g_assert_cmpuint (bw_random_next (&random), ==, G_GUINT64_CONSTANT (3203168211198807973));
  g_assert_cmpuint (bw_hash_bytes (BW_HASH_INIT, "a", 1), ==,
                    G_GUINT64_CONSTANT (0xaf63dc4c8601ec8c));
  g_assert_cmpuint (bw_hash_words (BW_HASH_INIT, "a", 1), ==,
                    G_GUINT64_CONSTANT (0xaf63dc4c8601ec8c));
  /* The sign bit of a word must not be forgotten by the next word's. */
  g_assert_cmpuint (bw_hash_words (BW_HASH_INIT, "abcdefg\x80" "abcdefg\x80", 16), !=,
                    bw_hash_words (BW_HASH_INIT, "abcdefghabcdefgh", 16));
  for (int i = 0; i < 1000; i++)
    g_assert_cmpuint (bw_random_below (&random, 3), <, 3);
}

static void
boxes_that_touch_do_not_overlap (void)
{
  BwBox a = { 0, 0, 10, 10 };
  BwBox b = { 10, 0, 20, 10 };
  BwBox c = { 9, 9, 20, 20 };
  BwBox none = BW_BOX_EMPTY;

  g_assert_false (bw_box_overlaps (&a, &b));
  g_assert_true (bw_box_overlaps (&a, &c));
  bw_box_add_box (&a, &none);
  g_assert_cmpint (a.x1_nm, ==, 10);
  g_assert_true (bw_box_is_empty (&none));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/quarter-turns-are-exact", quarter_turns_are_exact);
  g_test_add_func ("/base/the-back-mirrors-before-it-turns", the_back_mirrors_before_it_turns);
  g_test_add_func ("/base/a-transform-can-be-undone", a_transform_can_be_undone);
  g_test_add_func ("/base/numbers-from-outside-are-clamped", numbers_from_outside_are_clamped);
  g_test_add_func ("/base/functions-agree-with-libm", functions_agree_with_libm);
  g_test_add_func ("/base/random-numbers-and-hashes-are-known",
                   random_numbers_and_hashes_are_known);
  g_test_add_func ("/base/boxes-that-touch-do-not-overlap", boxes_that_touch_do_not_overlap);
  return g_test_run ();
}
