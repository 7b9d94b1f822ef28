/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "render/bw-glide.h"

#include <stdio.h>

#define DIAGONAL_NM 100e6
#define REFRESH_MS (1000.0 / 60.0)

static void
a_step_is_as_the_page_does_it (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "glide.txt", NULL);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  guint n = 0;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      BwPose drawn = { 0 }, target = { 0 };
      int held, moving, x_nm, y_nm;
      double diagonal_nm, passed_ms;
      guint8 is_held;

      if (sscanf (lines[i], "%d %d %d %d %d %lf %lf %d %d %d", &drawn.at.x_nm, &drawn.at.y_nm,
                  &target.at.x_nm, &target.at.y_nm, &held, &diagonal_nm, &passed_ms, &x_nm, &y_nm,
                  &moving) != 10)
        continue;
      is_held = held != 0;
      g_assert_cmpint (bw_glide_step (&drawn, &target, &is_held, 1, diagonal_nm, passed_ms), ==,
                       moving);
      g_assert_cmpint (ABS (drawn.at.x_nm - x_nm), <=, 1);
      g_assert_cmpint (ABS (drawn.at.y_nm - y_nm), <=, 1);
      n++;
    }
  g_assert_cmpuint (n, >, 5);
}

static void
parts_arrive_exactly_and_what_is_held_is_there_at_once (void)
{
  BwPose drawn[2] = { 0 };
  const BwPose target[2] = {
    { { 60000001, 80000003 }, 9000, BW_SIDE_BACK }, { { -90000000, 0 }, 27000, BW_SIDE_FRONT },
  };
  const guint8 held[2] = { 0, 1 };
  guint n = 0;

  while (bw_glide_step (drawn, target, held, 2, DIAGONAL_NM, REFRESH_MS))
    {
      g_assert_true (bw_pose_equal (&drawn[1], &target[1]));
      g_assert_cmpint (drawn[0].rotation_cdeg, ==, 9000);
      g_assert_cmpint (drawn[0].side, ==, BW_SIDE_BACK);
      g_assert_cmpuint (++n, <, 100);
    }
  g_assert_cmpuint (n, >, 40);
  g_assert_true (bw_pose_equal (&drawn[0], &target[0]));
}

static void
without_a_size_of_the_board_parts_are_there_at_once (void)
{
  BwPose drawn = { 0 };
  const BwPose target = { { 5, 5 }, 0, BW_SIDE_FRONT };

  g_assert_false (bw_glide_step (&drawn, &target, NULL, 1, 0.0, REFRESH_MS));
  g_assert_true (bw_pose_equal (&drawn, &target));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/glide/a-step-is-as-the-page-does-it", a_step_is_as_the_page_does_it);
  g_test_add_func ("/glide/parts-arrive-exactly-and-what-is-held-is-there-at-once",
                   parts_arrive_exactly_and_what_is_held_is_there_at_once);
  g_test_add_func ("/glide/without-a-size-of-the-board-parts-are-there-at-once",
                   without_a_size_of_the_board_parts_are_there_at_once);
  return g_test_run ();
}
