/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib.h>

#include "support/placer-fixture.h"

#define ITERATIONS 400

static BwBox
box_of (const Fixture *fixture,
        const BwPose  *poses,
        guint32        part)
{
  BwTransform transform = bw_pose_transform (&poses[part]);
  BwBox box = BW_BOX_EMPTY;

  for (guint i = 0; i < 4; i++)
    bw_box_add_point (&box, bw_transform_point (&transform, fixture->corners[part][i]));
  return box;
}

static gint64
width_within (gint32 low,
              gint32 high,
              gint32 room_low,
              gint32 room_high)
{
  return MAX (0, (gint64) MIN (high, room_high) - MAX (low, room_low));
}

static double
area_within_mm2 (const BwBox *box,
                 const BwBox *room)
{
  return (double) width_within (box->x0_nm, box->x1_nm, room->x0_nm, room->x1_nm) *
         (double) width_within (box->y0_nm, box->y1_nm, room->y0_nm, room->y1_nm) / 1e12;
}

/* Parts that are in conflict with another one. */
static guint
count_in_conflict (const Fixture *fixture,
                   const BwPose  *poses)
{
  guint n = 0;

  for (guint32 i = 0; i < fixture->problem.n_parts; i++)
    {
      BwBox box = box_of (fixture, poses, i);
      gboolean is_bad = FALSE;

      for (guint32 k = 0; k < fixture->problem.n_parts && !is_bad; k++)
        {
          BwBox other = box_of (fixture, poses, k);

          is_bad = k != i && area_within_mm2 (&box, &other) > 0.0;
        }
      n += is_bad;
    }
  return n;
}

static void
parts_without_room_in_their_region_are_beside_it_and_in_nobodys_way (void)
{
  const BwBox region = { MM (10), MM (10), MM (15), MM (15) };
  const BwBox board = { 0, 0, MM (40), MM (30) };

  /* Of three that are 4 mm wide there is room for one; then for none. */
  for (guint n_fit = 0; n_fit < 2; n_fit++)
    {
      g_autofree Fixture *fixture = fixture_new (20, 3);
      BwPlacer *placer;
      BwPlacerMetrics before, metrics;
      BwMisfit misfits[4];

      for (guint32 i = 0; i < 3; i++)
        {
          set_box (fixture->corners[i], n_fit == 1 ? MM (4) : MM (6), MM (4));
          fixture->parts[i].region = &region;
        }
      placer = placer_new (fixture, ITERATIONS, 1);
      bw_placer_metrics (placer, &before);
      metrics = run (placer, ITERATIONS);
      g_assert_cmpuint (metrics.overlaps, ==, 0);
      g_assert_cmpuint (metrics.outside, ==, 3 - n_fit);
      g_assert_cmpfloat (metrics.hpwl_mm, <, 0.8 * before.hpwl_mm);
      g_assert_cmpuint (bw_placer_misfits (placer, misfits, 4), ==, 3 - n_fit);
      for (guint32 i = 0; i < 3; i++)
        {
          BwBox box = box_of (fixture, bw_placer_poses (placer), i);

          g_assert_cmpfloat (area_within_mm2 (&box, &board), >, n_fit == 1 ? 15.99 : 23.99);
          g_assert_cmpint (ABS (box.x0_nm + box.x1_nm - MM (25)), <, MM (22));
          g_assert_cmpint (ABS (box.y0_nm + box.y1_nm - MM (25)), <, MM (22));
        }
      bw_placer_free (placer);
    }
}

/* In the corner it can keep no distance from the edges and be as near to its region as without. */
static void
a_region_that_is_too_small_keeps_no_other_part_from_its_place (void)
{
  const BwBox region = { MM (1), MM (1), MM (2), MM (2) };

  for (uint64_t seed = 1; seed <= 3; seed++)
    {
      g_autofree Fixture *fixture = fixture_new (24, 3);
      BwPlacerMetrics before, metrics;
      BwPlacer *placer;
      BwBox box;

      for (guint32 i = 0; i < 24; i++)
        fixture->parts[i].start.at = (BwPoint) { MM (2) + (gint32) (i % 8) * MM (5),
                                                 MM (2) + (gint32) (i / 8) * MM (5) };
      set_box (fixture->corners[0], MM (4), MM (4));
      fixture->parts[0].region = &region;
      placer = placer_new (fixture, ITERATIONS, seed);
      bw_placer_metrics (placer, &before);
      metrics = run (placer, ITERATIONS);
      g_assert_cmpuint (before.overlaps, ==, 0);
      g_assert_cmpuint (metrics.overlaps, ==, 0);
      g_assert_cmpuint (metrics.outside, ==, 1);
      g_assert_cmpfloat (metrics.hpwl_mm, <, 0.8 * before.hpwl_mm);
      box = box_of (fixture, bw_placer_poses (placer), 0);
      g_assert_cmpint (MAX (box.x0_nm, box.y0_nm), <, MM (0.8));
      bw_placer_free (placer);
    }
}

static void
a_part_longer_than_the_board_sticks_out_no_more_than_it_must (void)
{
  g_autofree Fixture *fixture = fixture_new (30, 5);
  const BwBox board = { 0, 0, MM (40), MM (30) };
  BwPlacer *placer;
  BwPlacerMetrics metrics;
  BwBox box;

  set_box (fixture->corners[7], MM (43), MM (3));
  placer = placer_new (fixture, ITERATIONS, 1);
  metrics = run (placer, ITERATIONS);
  g_assert_cmpuint (metrics.overlaps, ==, 0);
  g_assert_cmpuint (metrics.outside, ==, 1);
  box = box_of (fixture, bw_placer_poses (placer), 7);
  g_assert_cmpfloat_with_epsilon (area_within_mm2 (&box, &board), 120.0, 1.0);
  bw_placer_free (placer);
}

static void
on_a_board_that_is_too_small_most_parts_are_legal (void)
{
  g_autofree Fixture *fixture = fixture_new (40, 7);
  BwPlacer *placer;
  BwPlacerMetrics metrics;

  /* 40 squares, 30 of which are all that fit. */
  for (guint32 i = 0; i < 40; i++)
    set_box (fixture->corners[i], MM (5.9), MM (5.9));
  placer = placer_new (fixture, ITERATIONS, 1);
  metrics = run (placer, ITERATIONS);
  g_assert_cmpuint (metrics.outside, ==, 0);
  g_assert_cmpuint (metrics.overlaps, >=, 10);
  g_assert_cmpuint (metrics.overlaps, <=, 30);
  g_assert_cmpuint (count_in_conflict (fixture, bw_placer_poses (placer)), <=, 30);
  bw_placer_free (placer);
}

static void
a_keepout_over_nearly_all_leaves_the_rest_to_those_that_fit (void)
{
  static const BwPoint corners[] = {
    { MM (-1), MM (-1) }, { MM (28), MM (-1) }, { MM (28), MM (31) }, { MM (-1), MM (31) }
  };
  g_autofree Fixture *fixture = fixture_new (40, 9);
  BwPlacer *placer;
  BwPlacerMetrics metrics;

  fixture->keepout = (BwProblemKeepout) { { corners, G_N_ELEMENTS (corners) }, 3 };
  fixture->problem.n_keepouts = 1;
  /* Two have no place in the 12 mm that are left, and shall not take the room of many. */
  set_box (fixture->corners[3], MM (14), MM (14));
  set_box (fixture->corners[4], MM (16), MM (13));
  placer = placer_new (fixture, ITERATIONS, 1);
  metrics = run (placer, ITERATIONS);
  g_assert_cmpuint (metrics.outside, >=, 2);
  g_assert_cmpuint (metrics.overlaps + metrics.outside, <=, 6);
  bw_placer_free (placer);
}

/* Whatever it looks for, and however little of it there is. */
static void
a_search_for_room_is_over_in_time (void)
{
  g_autofree Fixture *fixture = fixture_new (60, 11);
  const BwBox region = { MM (100), MM (100), MM (100), MM (100) };

  for (guint32 i = 0; i < 60; i++)
    {
      set_box (fixture->corners[i], MM (30), MM (25));
      fixture->parts[i].region = i % 2 == 0 ? &region : NULL;
      fixture->parts[i].fixed = i % 7 == 3;
    }
  for (guint iterations = 1; iterations <= 200; iterations *= 14)
    {
      BwPlacer *placer = placer_new (fixture, iterations, 1);

      run (placer, iterations);
      bw_placer_free (placer);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add_func ("/placer-misfits/" name, func)
  ADD ("parts-without-room-in-their-region-are-beside-it-and-in-nobodys-way",
       parts_without_room_in_their_region_are_beside_it_and_in_nobodys_way);
  ADD ("a-region-that-is-too-small-keeps-no-other-part-from-its-place",
       a_region_that_is_too_small_keeps_no_other_part_from_its_place);
  ADD ("a-part-longer-than-the-board-sticks-out-no-more-than-it-must",
       a_part_longer_than_the_board_sticks_out_no_more_than_it_must);
  ADD ("on-a-board-that-is-too-small-most-parts-are-legal",
       on_a_board_that_is_too_small_most_parts_are_legal);
  ADD ("a-keepout-over-nearly-all-leaves-the-rest-to-those-that-fit",
       a_keepout_over_nearly_all_leaves_the_rest_to_those_that_fit);
  ADD ("a-search-for-room-is-over-in-time", a_search_for_room_is_over_in_time);
#undef ADD
  return g_test_run ();
}
