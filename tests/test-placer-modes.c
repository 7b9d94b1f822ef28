/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib.h>

#include "support/placer-fixture.h"

static void
little_or_nothing_to_place_is_no_problem (void)
{
  for (uint32_t n = 0; n <= 2; n++)
    for (int variant = 0; variant < 4; variant++)
      {
        g_autofree Fixture *fixture = fixture_new (n, 1);
        BwPlacer *placer;
        BwPlacerMetrics metrics;

        if (variant == 1)
          fixture->problem.n_regions = 0;
        if (variant == 2)
          for (uint32_t i = 0; i < n; i++)
            fixture->parts[i].n_terminals = 0;
        if (variant == 3)
          for (uint32_t i = 0; i < n; i++)
            fixture->parts[i].fixed = true;
        placer = placer_new (fixture, 60, 1);
        metrics = run (placer, 60);
        if (variant != 3)
          assert_legal (&metrics);
        bw_placer_free (placer);
      }
}

static void
untangling_moves_only_what_is_in_conflict (void)
{
  g_autofree Fixture *fixture = fixture_new (12, 1);
  BwPlacerOptions options = bw_placer_options_default ();
  BwPlacer *placer;
  BwPlacerMetrics metrics;

  for (uint32_t i = 0; i < 12; i++)
    fixture->parts[i].start = (BwPose) {
      { MM (5) + (int32_t) (i % 4) * MM (10), MM (5) + (int32_t) (i / 4) * MM (10) }, 0,
      BW_SIDE_FRONT
    };
  fixture->parts[3].start.rotation_cdeg = 4500;
  fixture->parts[7].start.at = (BwPoint) { fixture->parts[6].start.at.x_nm + MM (0.1),
                                           fixture->parts[6].start.at.y_nm };
  options.mode = BW_PLACER_MODE_UNTANGLE;
  options.iterations = 50;
  placer = bw_placer_new (&fixture->problem, &options);
  metrics = run (placer, 50);
  assert_legal (&metrics);
  for (uint32_t i = 0; i < 12; i++)
    if (i != 6 && i != 7)
      g_assert_true (bw_pose_equal (&bw_placer_poses (placer)[i], &fixture->parts[i].start));
  bw_placer_free (placer);
}

/* Slanted bodies take more boxes than the same ones did before. */
static void
what_a_hand_slants_stays_clear_of_others (void)
{
  g_autofree Fixture *fixture = fixture_new (12, 3);
  BwPlacer *placer = placer_new (fixture, 300, 1);
  BwPlacerMetrics metrics;

  for (uint32_t i = 0; i < 3; i++)
    {
      BwPose pose = { { MM (8) + (int32_t) i * MM (10), MM (12) }, 4500, BW_SIDE_FRONT };

      for (int k = 0; k < 20; k++)
        g_assert_true (bw_placer_step (placer));
      bw_placer_set_pose (placer, i, &pose);
      bw_placer_set_fixed (placer, i, true);
    }
  metrics = run (placer, 300);
  assert_legal (&metrics);
  for (uint32_t i = 0; i < 3; i++)
    g_assert_cmpint (bw_placer_poses (placer)[i].rotation_cdeg, ==, 4500);
  bw_placer_free (placer);
}

/* A hand placement full of parts, two of which lie on others: the rest hardly moves. */
static void
untangling_a_crowd_moves_few_and_not_far (void)
{
  g_autofree Fixture *fixture = fixture_new (48, 1);
  BwPlacerOptions options = bw_placer_options_default ();
  BwPlacer *placer;
  BwPlacerMetrics metrics;
  guint n_moved = 0;

  for (uint32_t i = 0; i < 48; i++)
    {
      set_box (fixture->corners[i], MM (4.6), MM (4.6));
      fixture->parts[i].start = (BwPose) {
        { MM (2.5) + (int32_t) (i % 8) * MM (5), MM (2.5) + (int32_t) (i / 8) * MM (5) }, 0,
        BW_SIDE_FRONT
      };
    }
  fixture->parts[20].start.at.x_nm += MM (1);
  fixture->parts[33].start.at.y_nm -= MM (1.5);
  options.mode = BW_PLACER_MODE_UNTANGLE;
  options.iterations = 500;
  placer = bw_placer_new (&fixture->problem, &options);
  metrics = run (placer, 500);
  assert_legal (&metrics);
  for (uint32_t i = 0; i < 48; i++)
    {
      const BwPoint *from = &fixture->parts[i].start.at, *to = &bw_placer_poses (placer)[i].at;

      n_moved += !bw_pose_equal (&bw_placer_poses (placer)[i], &fixture->parts[i].start);
      g_assert_cmpint (ABS (from->x_nm - to->x_nm) + ABS (from->y_nm - to->y_nm), <, MM (3));
    }
  g_assert_cmpuint (n_moved, <=, 8);
  bw_placer_free (placer);
}

/* A large part a little over the edge: to go where there is room for it is further than to push
 * the small ones beside it aside. */
static void
untangling_pushes_others_aside_where_that_takes_less (void)
{
  g_autofree Fixture *fixture = fixture_new (4, 1);
  BwPlacerOptions options = bw_placer_options_default ();
  BwPlacer *placer;
  BwPlacerMetrics metrics;
  int64_t moved_nm = 0;

  set_box (fixture->corners[0], MM (12), MM (12));
  fixture->parts[0].start.at = (BwPoint) { MM (5), MM (15) };
  for (uint32_t i = 1; i < 4; i++)
    {
      set_box (fixture->corners[i], MM (2), MM (2));
      fixture->parts[i].start.at = (BwPoint) { MM (12), MM (5) + (int32_t) i * MM (5) };
    }
  options.mode = BW_PLACER_MODE_UNTANGLE;
  options.iterations = 300;
  placer = bw_placer_new (&fixture->problem, &options);
  metrics = run (placer, 300);
  assert_legal (&metrics);
  for (uint32_t i = 0; i < 4; i++)
    {
      const BwPoint *from = &fixture->parts[i].start.at, *to = &bw_placer_poses (placer)[i].at;

      moved_nm += ABS (from->x_nm - to->x_nm) + ABS (from->y_nm - to->y_nm);
    }
  g_assert_cmpint (moved_nm, <=, MM (4));
  bw_placer_free (placer);
}

static void
a_part_put_by_hand_and_held_stays_there (void)
{
  g_autofree Fixture *fixture = fixture_new (25, 1);
  const BwPose pose = { { MM (12), MM (9) }, 3000, BW_SIDE_FRONT };
  const BwPose other = { { MM (30), MM (20) }, 9000, BW_SIDE_BACK };

  for (int when = 0; when < 400; when += 57)
    {
      BwPlacer *placer = placer_new (fixture, 400, 1);
      BwPlacerMetrics metrics;

      for (int i = 0; i < when; i++)
        bw_placer_step (placer);
      bw_placer_set_pose (placer, 3, &pose);
      g_assert_true (bw_pose_equal (&bw_placer_poses (placer)[3], &pose));
      bw_placer_set_fixed (placer, 3, true);
      bw_placer_set_pose (placer, 4, &other);
      bw_placer_set_pose (placer, 1000, &other);
      bw_placer_set_fixed (placer, 1000, true);
      metrics = run (placer, 400);
      assert_legal (&metrics);
      g_assert_true (bw_pose_equal (&bw_placer_poses (placer)[3], &pose));
      g_assert_cmpint (bw_placer_poses (placer)[4].side, ==, BW_SIDE_BACK);
      bw_placer_free (placer);
    }
}

static void
forces_point_where_the_objective_falls (void)
{
  g_autofree Fixture *fixture = fixture_new (2, 1);
  BwForce forces[16];
  BwPlacer *placer;
  uint32_t n;
  bool pulls = false, is_pushed = false;

  fixture->parts[0].fixed = true;
  fixture->parts[0].start.at = (BwPoint) { MM (5), MM (15) };
  fixture->parts[1].start.at = (BwPoint) { MM (39.5), MM (15) };
  placer = placer_new (fixture, 50, 1);
  n = bw_placer_forces (placer, forces, G_N_ELEMENTS (forces));
  for (uint32_t i = 0; i < n; i++)
    {
      g_assert_cmpuint (forces[i].part, ==, 1);
      pulls |= forces[i].kind == BW_FORCE_ATTRACTION && forces[i].fx < 0.0;
      is_pushed |= forces[i].kind == BW_FORCE_BOUNDARY && forces[i].fx < 0.0;
    }
  g_assert_true (pulls);
  g_assert_true (is_pushed);
  g_assert_cmpstr (bw_force_kind_name (BW_FORCE_BOUNDARY), ==, "boundary");
  g_assert_cmpstr (bw_phase_name (BW_PHASE_LEGALIZATION), ==, "legalization");
  bw_placer_free (placer);
}

static BwMisfit
only_misfit (const Fixture *fixture)
{
  BwPlacer *placer = placer_new (fixture, 60, 1);
  BwMisfit misfits[4] = { 0 };
  BwPlacerMetrics metrics;

  g_assert_cmpuint (bw_placer_misfits (placer, misfits, 4), ==, 0);
  metrics = run (placer, 60);
  g_assert_cmpuint (metrics.overlaps + metrics.outside, >, 0);
  g_assert_cmpuint (bw_placer_misfits (placer, misfits, 1), ==, 1);
  bw_placer_free (placer);
  return misfits[0];
}

static void
what_does_not_fit_is_named_with_the_room_it_lacks (void)
{
  g_autofree Fixture *long_part = fixture_new (6, 3), *two_halves = fixture_new (2, 3);
  g_autofree Fixture *bounded = fixture_new (6, 3);
  const BwBox region = { MM (10), MM (10), MM (13), MM (20) };
  BwMisfit misfit;

  set_box (long_part->corners[2], MM (42), MM (4));
  misfit = only_misfit (long_part);
  g_assert_cmpuint (misfit.part, ==, 2);
  g_assert_cmpfloat_with_epsilon (misfit.missing_alone_mm, 2.0, 0.05);

  /* Side by side they want 43 of 40 mm, and more of what is less the other way. */
  set_box (two_halves->corners[0], MM (22), MM (22));
  set_box (two_halves->corners[1], MM (21), MM (21));
  misfit = only_misfit (two_halves);
  g_assert_cmpfloat (misfit.missing_mm, >=, 2.95);
  g_assert_cmpfloat (misfit.missing_mm, <=, 25.0);
  g_assert_cmpfloat (misfit.missing_alone_mm, ==, 0.0);

  set_box (bounded->corners[2], MM (5), MM (5));
  bounded->parts[2].region = &region;
  misfit = only_misfit (bounded);
  g_assert_cmpuint (misfit.part, ==, 2);
  g_assert_cmpfloat_with_epsilon (misfit.missing_alone_mm, 2.0, 0.05);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, function) g_test_add_func ("/placer-modes/" name, function)
  ADD ("little-or-nothing-to-place-is-no-problem", little_or_nothing_to_place_is_no_problem);
  ADD ("untangling-moves-only-what-is-in-conflict", untangling_moves_only_what_is_in_conflict);
  ADD ("untangling-a-crowd-moves-few-and-not-far", untangling_a_crowd_moves_few_and_not_far);
  ADD ("untangling-pushes-others-aside-where-that-takes-less",
       untangling_pushes_others_aside_where_that_takes_less);
  ADD ("what-a-hand-slants-stays-clear-of-others", what_a_hand_slants_stays_clear_of_others);
  ADD ("a-part-put-by-hand-and-held-stays-there", a_part_put_by_hand_and_held_stays_there);
  ADD ("forces-point-where-the-objective-falls", forces_point_where_the_objective_falls);
  ADD ("what-does-not-fit-is-named-with-the-room-it-lacks",
       what_does_not_fit_is_named_with_the_room_it_lacks);
#undef ADD
  return g_test_run ();
}
