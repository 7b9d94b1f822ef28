/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "session/bw-frame.h"

#include <string.h>

static void
a_frame_keeps_its_own_poses_and_forces (void)
{
  BwPose poses[2] = { { { 1, 2 }, 9000, BW_SIDE_BACK }, { { 3, 4 }, 0, BW_SIDE_FRONT } };
  BwFrameForce force = { 1, BW_FORCE_BOUNDARY, 0.5f, -0.5f };
  guint8 strays[2] = { FALSE, TRUE };
  guint8 clashing[2] = { TRUE, FALSE };
  guint8 barred[2] = { FALSE, TRUE };
  g_autoptr (BwFrame) frame = bw_frame_new (&(BwFrame) { .n_footprints = 2, .poses = poses,
                                                         .n_forces = 1, .forces = &force,
                                                         .outside = 1, .strays = strays,
                                                         .clashing = clashing,
                                                         .barred = barred });

  poses[1].at.x_nm = 99;
  force.footprint = 99;
  strays[1] = FALSE;
  clashing[0] = FALSE;
  barred[1] = FALSE;
  g_assert_cmpint (frame->poses[0].rotation_cdeg, ==, 9000);
  g_assert_cmpint (frame->poses[1].at.x_nm, ==, 3);
  g_assert_cmpuint (frame->forces[0].footprint, ==, 1);
  g_assert_false (frame->strays[0]);
  g_assert_true (frame->strays[1]);
  g_assert_true (frame->clashing[0]);
  g_assert_true (frame->barred[1]);
  g_assert_null (frame->held);
}

static void
parts_that_clash_are_named (void)
{
  BwFootprint footprints[12] = { 0 };
  BwBoard board = { .footprints = footprints, .n_footprints = G_N_ELEMENTS (footprints) };
  guint8 clashing[G_N_ELEMENTS (footprints)] = { TRUE, FALSE, TRUE };
  BwFrame frame = { .n_footprints = G_N_ELEMENTS (footprints) };
  g_autofree char *none = NULL, *two = NULL, *many = NULL;
  guint n;

  for (guint i = 0; i < G_N_ELEMENTS (footprints); i++)
    footprints[i].key = "R";
  footprints[2].key = "U2";
  none = bw_frame_dup_clashing (&frame, &board, &n);
  g_assert_cmpuint (n, ==, 0);
  g_assert_cmpstr (none, ==, "");
  frame.clashing = clashing;
  two = bw_frame_dup_clashing (&frame, &board, &n);
  g_assert_cmpuint (n, ==, 2);
  g_assert_cmpstr (two, ==, "R, U2");
  memset (clashing, TRUE, sizeof clashing);
  many = bw_frame_dup_clashing (&frame, &board, &n);
  g_assert_cmpuint (n, ==, 12);
  g_assert_cmpstr (many, ==, "R, R, U2, R, R, R, R, R, …");
}

static void
the_largest_move_is_that_of_one_part (void)
{
  BwPose before[3] = { { { 0, 0 }, 0, BW_SIDE_FRONT },
                       { { 0, 0 }, 0, BW_SIDE_FRONT },
                       { { -BW_COORD_MAX_NM, 0 }, 0, BW_SIDE_FRONT } };
  BwPose after[3] = { { { 3000000, 4000000 }, 0, BW_SIDE_FRONT },
                      { { 0, 1000000 }, 0, BW_SIDE_FRONT },
                      { { -BW_COORD_MAX_NM, 0 }, 0, BW_SIDE_FRONT } };
  g_autoptr (BwFrame) a = bw_frame_new (&(BwFrame) { .n_footprints = 3, .poses = before });
  g_autoptr (BwFrame) b = bw_frame_new (&(BwFrame) { .n_footprints = 3, .poses = after });
  g_autoptr (BwFrame) far = NULL;

  g_assert_cmpfloat (bw_frame_max_move_mm (b, a), ==, 5.0);
  g_assert_cmpfloat (bw_frame_max_move_mm (a, a), ==, 0.0);
  /* From one end of the coordinates to the other. */
  after[2].at.x_nm = BW_COORD_MAX_NM;
  far = bw_frame_new (&(BwFrame) { .n_footprints = 3, .poses = after });
  g_assert_cmpfloat (bw_frame_max_move_mm (far, a), ==, 4000.0);
}

static void
legal_is_without_overlaps_and_without_parts_outside (void)
{
  g_assert_true (bw_frame_is_legal (&(BwFrame) { .locked_conflicts = 3 }));
  g_assert_false (bw_frame_is_legal (&(BwFrame) { .overlaps = 1 }));
  g_assert_false (bw_frame_is_legal (&(BwFrame) { .outside = 1 }));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/frame/a-frame-keeps-its-own-poses-and-forces",
                   a_frame_keeps_its_own_poses_and_forces);
  g_test_add_func ("/frame/parts-that-clash-are-named", parts_that_clash_are_named);
  g_test_add_func ("/frame/the-largest-move-is-that-of-one-part",
                   the_largest_move_is_that_of_one_part);
  g_test_add_func ("/frame/legal-is-without-overlaps-and-without-parts-outside",
                   legal_is_without_overlaps_and_without_parts_outside);
  return g_test_run ();
}
