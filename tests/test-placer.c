/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib.h>
#include <string.h>

#include "base/bw-polygon.h"
#include "support/placer-fixture.h"

/* What the metrics say, found the slow way: every terminal, every pair of rings. */
static void
measure_slowly (const Fixture   *fixture,
                const BwPose    *poses,
                BwPlacerMetrics *metrics)
{
  BwBox nets[MAX_PARTS];
  BwPoint points[MAX_PARTS][4];
  BwRing rings[MAX_PARTS];

  memset (metrics, 0, sizeof *metrics);
  for (int k = 0; k < MAX_PARTS; k++)
    nets[k] = BW_BOX_EMPTY;
  for (uint32_t i = 0; i < fixture->problem.n_parts; i++)
    {
      BwTransform transform = bw_pose_transform (&poses[i]);

      for (uint32_t t = 0; t < fixture->parts[i].n_terminals; t++)
        bw_box_add_point (&nets[fixture->terminals[i][t].net],
                          bw_transform_point (&transform, fixture->terminals[i][t].at));
      for (int k = 0; k < 4; k++)
        points[i][k] = bw_transform_point (&transform, fixture->corners[i][k]);
      rings[i] = (BwRing) { points[i], 4 };
      for (uint32_t k = 0; k < i; k++)
        if (poses[i].side == poses[k].side && bw_rings_overlap (&rings[i], &rings[k]))
          {
            if (!fixture->parts[i].fixed || !fixture->parts[k].fixed)
              metrics->overlaps++;
            else
              metrics->locked_conflicts++;
          }
      if (!fixture->parts[i].fixed &&
          (!bw_ring_contains_ring (&fixture->regions[0].ring, &rings[i]) ||
           (fixture->problem.n_regions > 1 &&
            bw_rings_overlap (&fixture->regions[1].ring, &rings[i]))))
        metrics->outside++;
    }
  for (uint32_t k = 0; k < fixture->problem.n_nets; k++)
    if (!bw_box_is_empty (&nets[k]))
      metrics->hpwl_mm += bw_nm_to_mm ((int64_t) nets[k].x1_nm - nets[k].x0_nm +
                                       (int64_t) nets[k].y1_nm - nets[k].y0_nm);
}

static void
metrics_agree_with_brute_force_in_every_phase (void)
{
  g_autofree Fixture *fixture = fixture_new (30, 5);
  BwPlacer *placer;
  bool more = true;

  use_angled_board (fixture);
  for (uint32_t i = 0; i < 5; i++)
    fixture->parts[i].fixed = true;
  fixture->parts[1].start.at = fixture->parts[0].start.at;
  for (uint32_t i = 10; i < 15; i++)
    fixture->parts[i].start.side = BW_SIDE_BACK;
  for (uint32_t i = 15; i < 30; i++)
    fixture->parts[i].start.rotation_cdeg = (int32_t) i * 1111;
  placer = placer_new (fixture, 300, 3);
  for (int i = 0; more; i++)
    {
      BwPlacerMetrics metrics, slow;

      if (i % 7 == 0 || i > 280)
        {
          bw_placer_metrics (placer, &metrics);
          measure_slowly (fixture, bw_placer_poses (placer), &slow);
          g_assert_cmpfloat_with_epsilon (metrics.hpwl_mm, slow.hpwl_mm, 1e-4);
          g_assert_cmpuint (metrics.overlaps, ==, slow.overlaps);
          g_assert_cmpuint (metrics.outside, ==, slow.outside);
          g_assert_cmpuint (metrics.locked_conflicts, ==, slow.locked_conflicts);
          g_assert_cmpuint (metrics.locked_conflicts, >, 0);
        }
      more = bw_placer_step (placer);
    }
  bw_placer_free (placer);
}

static void
fixed_parts_never_move (void)
{
  g_autofree Fixture *fixture = fixture_new (20, 9);
  BwPlacer *placer;
  bool more = true;

  for (uint32_t i = 0; i < 20; i += 4)
    {
      fixture->parts[i].fixed = true;
      fixture->parts[i].n_rotations = 0;
      fixture->parts[i].start.rotation_cdeg = 1700;
    }
  placer = placer_new (fixture, 150, 1);
  while (more)
    {
      more = bw_placer_step (placer);
      for (uint32_t i = 0; i < 20; i += 4)
        g_assert_true (bw_pose_equal (&bw_placer_poses (placer)[i], &fixture->parts[i].start));
    }
  bw_placer_free (placer);
}

static void
an_angled_outline_and_its_hole_are_respected (void)
{
  for (uint64_t seed = 1; seed <= 5; seed++)
    {
      g_autofree Fixture *fixture = fixture_new (30, seed);
      BwPlacer *placer;
      BwPlacerMetrics metrics, slow;

      use_angled_board (fixture);
      placer = placer_new (fixture, 200, seed);
      metrics = run (placer, 200);
      assert_legal (&metrics);
      measure_slowly (fixture, bw_placer_poses (placer), &slow);
      assert_legal (&slow);
      bw_placer_free (placer);
    }
}

static void
keepouts_hold_for_their_side_alone (void)
{
  for (int side = 0; side < BW_N_SIDES; side++)
    {
      g_autofree Fixture *fixture = fixture_new (24, 3);
      BwPlacer *placer;
      BwPlacerMetrics metrics;
      guint n_in = 0;

      fixture->keepout.ring = (BwRing) { hole_corners, G_N_ELEMENTS (hole_corners) };
      fixture->keepout.sides = (uint8_t) (1u << side);
      fixture->problem.n_keepouts = 1;
      /* All pull to a small part in the middle of the keepout, which is held. */
      fixture->parts[0].start = (BwPose) { { MM (8), MM (10) }, 0, BW_SIDE_BACK };
      fixture->parts[0].fixed = true;
      for (uint32_t i = 1; i < 24; i++)
        fixture->terminals[i][0].net = fixture->terminals[0][0].net;
      placer = placer_new (fixture, 400, 1);
      metrics = run (placer, 400);
      assert_legal (&metrics);
      for (uint32_t i = 1; i < 24; i++)
        n_in += bw_ring_locate_point (&fixture->keepout.ring, bw_placer_poses (placer)[i].at) > 0;
      g_assert_cmpint (n_in > 0, ==, side == BW_SIDE_BACK);
      bw_placer_free (placer);
    }
}

static void
through_hole_parts_block_both_sides (void)
{
  g_autofree Fixture *fixture = fixture_new (30, 6);
  BwPlacer *placer;
  BwPlacerMetrics metrics;
  const BwPose *poses;

  for (uint32_t i = 0; i < 30; i++)
    {
      if (i % 2)
        fixture->parts[i].start.side = BW_SIDE_BACK;
      if (i % 3)
        continue;
      fixture->parts[i].body[BW_SIDE_BACK] = &fixture->rings[i];
      fixture->parts[i].n_body[BW_SIDE_BACK] = 1;
    }
  placer = placer_new (fixture, 300, 1);
  metrics = run (placer, 300);
  assert_legal (&metrics);
  poses = bw_placer_poses (placer);
  for (uint32_t i = 0; i < 30; i++)
    {
      BwPoint points[4], others[4];
      BwTransform transform = bw_pose_transform (&poses[i]);
      BwRing ring = { points, 4 }, other = { others, 4 };

      g_assert_cmpint (poses[i].side, ==, fixture->parts[i].start.side);
      for (int c = 0; c < 4; c++)
        points[c] = bw_transform_point (&transform, fixture->corners[i][c]);
      for (uint32_t k = 0; k < i; k++)
        {
          transform = bw_pose_transform (&poses[k]);
          for (int c = 0; c < 4; c++)
            others[c] = bw_transform_point (&transform, fixture->corners[k][c]);
          if (poses[i].side == poses[k].side || i % 3 == 0 || k % 3 == 0)
            g_assert_false (bw_rings_overlap (&ring, &other));
        }
    }
  bw_placer_free (placer);
}

static void
what_cannot_fit_ends_all_the_same (void)
{
  g_autofree Fixture *crowd = fixture_new (40, 2), *giant = fixture_new (10, 2);
  BwPlacer *placer;
  BwPlacerMetrics metrics;

  for (uint32_t i = 0; i < 40; i++)
    set_box (crowd->corners[i], MM (9), MM (7));
  placer = placer_new (crowd, 100, 1);
  metrics = run (placer, 100);
  g_assert_cmpuint (metrics.overlaps, >, 0);
  g_assert_cmpuint (metrics.outside, ==, 0);
  bw_placer_free (placer);

  set_box (giant->corners[4], MM (50), MM (2));
  placer = placer_new (giant, 100, 1);
  metrics = run (placer, 100);
  g_assert_cmpuint (metrics.outside, ==, 1);
  for (uint32_t i = 0; i < 10; i++)
    g_assert_cmpint (bw_placer_outside (placer)[i], ==, i == 4);
  g_assert_cmpuint (metrics.overlaps, ==, 0);
  bw_placer_free (placer);
}

static void
the_gap_yields_where_there_is_no_room_for_it (void)
{
  g_autofree Fixture *fixture = fixture_new (12, 2);
  BwPlacer *placer;
  BwPlacerMetrics metrics;

  /* Twelve squares of 10 mm on 40 x 30: only without any gap. */
  for (uint32_t i = 0; i < 12; i++)
    set_box (fixture->corners[i], MM (10), MM (10));
  placer = placer_new (fixture, 2000, 1);
  metrics = run (placer, 2000);
  assert_legal (&metrics);
  bw_placer_free (placer);
}

static void
gaps_and_margins_are_kept_where_there_is_room (void)
{
  g_autofree Fixture *fixture = fixture_new (20, 8);
  BwPlacer *placer = placer_new (fixture, 300, 1);
  BwBox boxes[20];

  run (placer, 300);
  for (uint32_t i = 0; i < 20; i++)
    {
      BwTransform transform = bw_pose_transform (&bw_placer_poses (placer)[i]);

      boxes[i] = BW_BOX_EMPTY;
      for (int k = 0; k < 4; k++)
        bw_box_add_point (&boxes[i], bw_transform_point (&transform, fixture->corners[i][k]));
      g_assert_cmpint (boxes[i].x0_nm, >=, MM (0.5));
      g_assert_cmpint (boxes[i].y0_nm, >=, MM (0.5));
      g_assert_cmpint (boxes[i].x1_nm, <=, MM (39.5));
      g_assert_cmpint (boxes[i].y1_nm, <=, MM (29.5));
      for (uint32_t k = 0; k < i; k++)
        {
          BwBox grown = { boxes[k].x0_nm - MM (0.2), boxes[k].y0_nm - MM (0.2),
                          boxes[k].x1_nm + MM (0.2), boxes[k].y1_nm + MM (0.2) };

          g_assert_false (bw_box_overlaps (&boxes[i], &grown));
        }
    }
  bw_placer_free (placer);
}

static void
without_an_outline_parts_stay_together (void)
{
  g_autofree Fixture *fixture = fixture_new (20, 5);
  BwPlacer *placer;
  BwPlacerMetrics metrics;
  BwBox box = BW_BOX_EMPTY;

  fixture->problem.n_regions = 0;
  fixture->parts[0].fixed = true;
  fixture->parts[0].start.at = (BwPoint) { MM (900), MM (-700) };
  placer = placer_new (fixture, 300, 1);
  metrics = run (placer, 300);
  assert_legal (&metrics);
  for (uint32_t i = 0; i < 20; i++)
    bw_box_add_point (&box, bw_placer_poses (placer)[i].at);
  g_assert_cmpint (box.x1_nm - box.x0_nm, <, MM (60));
  g_assert_cmpint (box.y1_nm - box.y0_nm, <, MM (60));
  bw_placer_free (placer);
}



int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, function) g_test_add_func ("/placer/" name, function)
  ADD ("metrics-agree-with-brute-force-in-every-phase",
       metrics_agree_with_brute_force_in_every_phase);
  ADD ("fixed-parts-never-move", fixed_parts_never_move);
  ADD ("an-angled-outline-and-its-hole-are-respected",
       an_angled_outline_and_its_hole_are_respected);
  ADD ("keepouts-hold-for-their-side-alone", keepouts_hold_for_their_side_alone);
  ADD ("through-hole-parts-block-both-sides", through_hole_parts_block_both_sides);
  ADD ("what-cannot-fit-ends-all-the-same", what_cannot_fit_ends_all_the_same);
  ADD ("the-gap-yields-where-there-is-no-room-for-it",
       the_gap_yields_where_there_is_no_room_for_it);
  ADD ("gaps-and-margins-are-kept-where-there-is-room",
       gaps_and_margins_are_kept_where_there_is_room);
  ADD ("without-an-outline-parts-stay-together", without_an_outline_parts_stay_together);
#undef ADD
  return g_test_run ();
}
