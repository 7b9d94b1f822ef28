/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "render/bw-trails.h"

static void
add_at (BwTrails *trails,
        int       x,
        int       y)
{
  const BwPose poses[2] = { { { x, y }, 0, BW_SIDE_FRONT }, { { -x, -y }, 0, BW_SIDE_FRONT } };

  bw_trails_add (trails, poses);
}

static void
places_are_told_of_each_part_from_the_oldest_on (void)
{
  g_autoptr (BwTrails) trails = bw_trails_new (2);

  g_assert_cmpuint (bw_trails_get_count (trails), ==, 0);
  add_at (trails, 1, 10);
  add_at (trails, 2, 20);
  add_at (trails, 3, 30);
  g_assert_cmpuint (bw_trails_get_count (trails), ==, 3);
  for (int i = 0; i < 3; i++)
    {
      g_assert_cmpint (bw_trails_get (trails, 0, (guint) i).x_nm, ==, i + 1);
      g_assert_cmpint (bw_trails_get (trails, 1, (guint) i).y_nm, ==, -10 * (i + 1));
    }
}

static void
a_frame_in_which_nothing_moved_leaves_them_as_long (void)
{
  g_autoptr (BwTrails) trails = bw_trails_new (2);

  add_at (trails, 1, 1);
  add_at (trails, 1, 1);
  g_assert_cmpuint (bw_trails_get_count (trails), ==, 1);
  add_at (trails, 1, 2);
  add_at (trails, 1, 2);
  g_assert_cmpuint (bw_trails_get_count (trails), ==, 2);
}

static void
the_oldest_places_are_forgotten (void)
{
  g_autoptr (BwTrails) trails = bw_trails_new (2);

  for (int i = 0; i < 3 * BW_TRAILS_LENGTH + 7; i++)
    add_at (trails, i, 0);
  g_assert_cmpuint (bw_trails_get_count (trails), ==, BW_TRAILS_LENGTH);
  for (guint i = 0; i < BW_TRAILS_LENGTH; i++)
    g_assert_cmpint (bw_trails_get (trails, 0, i).x_nm, ==, 2 * BW_TRAILS_LENGTH + 7 + (int) i);
}

static void
they_begin_anew_when_cleared (void)
{
  g_autoptr (BwTrails) trails = bw_trails_new (2);

  add_at (trails, 1, 1);
  add_at (trails, 2, 2);
  bw_trails_clear (trails);
  g_assert_cmpuint (bw_trails_get_count (trails), ==, 0);
  add_at (trails, 2, 2);
  g_assert_cmpuint (bw_trails_get_count (trails), ==, 1);
  g_assert_cmpint (bw_trails_get (trails, 0, 0).x_nm, ==, 2);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/trails/places-are-told-of-each-part-from-the-oldest-on",
                   places_are_told_of_each_part_from_the_oldest_on);
  g_test_add_func ("/trails/a-frame-in-which-nothing-moved-leaves-them-as-long",
                   a_frame_in_which_nothing_moved_leaves_them_as_long);
  g_test_add_func ("/trails/the-oldest-places-are-forgotten", the_oldest_places_are_forgotten);
  g_test_add_func ("/trails/they-begin-anew-when-cleared", they_begin_anew_when_cleared);
  return g_test_run ();
}
