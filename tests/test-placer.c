/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib.h>
#include <string.h>

#include "base/bw-polygon.h"
#include "base/bw-random.h"
#include "placer/bw-placer.h"

#define MM(value) ((int32_t) ((value) * 1000000))
#define MAX_PARTS 64

/* A problem made here, with room for all that it points to. */
typedef struct
{
  BwProblem problem;
  BwProblemPart parts[MAX_PARTS];
  BwPoint corners[MAX_PARTS][4];
  BwRing rings[MAX_PARTS];
  BwTerminal terminals[MAX_PARTS][4];
  BwProblemNet nets[MAX_PARTS];
  BwProblemRegion regions[2];
  BwProblemKeepout keepout;
} Fixture;

static const int32_t turns[] = { 0, 9000, 18000, 27000 };

static const BwPoint board_corners[] = {
  { 0, 0 }, { MM (40), 0 }, { MM (40), MM (30) }, { 0, MM (30) }
};
/* The same without its lower right quarter. */
static const BwPoint angled_corners[] = {
  { 0, 0 }, { MM (40), 0 }, { MM (40), MM (15) }, { MM (20), MM (15) }, { MM (20), MM (30) },
  { 0, MM (30) }
};
static const BwPoint hole_corners[] = {
  { MM (8), MM (6) }, { MM (12), MM (10) }, { MM (8), MM (14) }, { MM (4), MM (10) }
};

static void
set_box (BwPoint *corners,
         int32_t  w,
         int32_t  h)
{
  corners[0] = (BwPoint) { -w / 2, -h / 2 };
  corners[1] = (BwPoint) { w / 2, -h / 2 };
  corners[2] = (BwPoint) { w / 2, h / 2 };
  corners[3] = (BwPoint) { -w / 2, h / 2 };
}

/* Boxes of 1 to 4 mm with two to four terminals on nets of about three. */
static Fixture *
fixture_new (uint32_t n_parts,
             uint64_t seed)
{
  Fixture *self = g_new0 (Fixture, 1);
  BwRandom random = bw_random_new (seed);
  uint32_t n_nets = n_parts > 0 ? n_parts : 1;

  for (uint32_t i = 0; i < n_parts; i++)
    {
      BwProblemPart *part = &self->parts[i];
      int32_t w = MM (1) + (int32_t) bw_random_below (&random, 30) * 100000;
      int32_t h = MM (1) + (int32_t) bw_random_below (&random, 20) * 100000;

      set_box (self->corners[i], w, h);
      self->rings[i] = (BwRing) { self->corners[i], 4 };
      part->body[BW_SIDE_FRONT] = &self->rings[i];
      part->n_body[BW_SIDE_FRONT] = 1;
      part->terminals = self->terminals[i];
      part->n_terminals = 2 + bw_random_below (&random, 3);
      for (uint32_t t = 0; t < part->n_terminals; t++)
        {
          BwTerminal *terminal = &self->terminals[i][t];

          terminal->at.x_nm = (int32_t) bw_random_below (&random, (uint32_t) w) - w / 2;
          terminal->at.y_nm = (int32_t) bw_random_below (&random, (uint32_t) h) - h / 2;
          terminal->net = t < 2 ? (i + t) % n_nets : bw_random_below (&random, n_nets);
        }
      part->rotations_cdeg = turns;
      part->n_rotations = G_N_ELEMENTS (turns);
      part->start.at.x_nm = (int32_t) bw_random_below (&random, MM (40));
      part->start.at.y_nm = (int32_t) bw_random_below (&random, MM (30));
      part->group = -1;
    }
  for (uint32_t k = 0; k < n_nets; k++)
    self->nets[k].weight = 1.0;
  self->regions[0].ring = (BwRing) { board_corners, G_N_ELEMENTS (board_corners) };
  self->problem = (BwProblem) {
    .parts = self->parts, .n_parts = n_parts, .nets = self->nets, .n_nets = n_nets,
    .regions = self->regions, .n_regions = 1, .keepouts = &self->keepout,
    .gap_nm = MM (0.2), .edge_margin_nm = MM (0.5),
  };
  return self;
}

/* The outline with a corner cut out, and a diamond of a hole. */
static void
use_angled_board (Fixture *self)
{
  self->regions[0].ring = (BwRing) { angled_corners, G_N_ELEMENTS (angled_corners) };
  self->regions[1].ring = (BwRing) { hole_corners, G_N_ELEMENTS (hole_corners) };
  self->regions[1].hole = true;
  self->problem.n_regions = 2;
}

static BwPlacer *
placer_new (const Fixture *fixture,
            uint32_t       iterations,
            uint64_t       seed)
{
  BwPlacerOptions options = bw_placer_options_default ();

  options.iterations = iterations;
  options.seed = seed;
  return bw_placer_new (&fixture->problem, &options);
}

/* Runs to the end; somewhat longer than the budget where nothing legal is known by then. */
static BwPlacerMetrics
run (BwPlacer *placer,
     uint32_t  iterations)
{
  BwPlacerMetrics metrics;

  while (bw_placer_step (placer))
    g_assert_cmpuint (bw_placer_iteration (placer), <, 2 * iterations + 1000);
  g_assert_cmpint (bw_placer_phase (placer), ==, BW_PHASE_FINAL);
  g_assert_false (bw_placer_step (placer));
  bw_placer_metrics (placer, &metrics);
  return metrics;
}

static void
assert_legal (const BwPlacerMetrics *metrics)
{
  g_assert_cmpuint (metrics->overlaps, ==, 0);
  g_assert_cmpuint (metrics->outside, ==, 0);
}

static uint64_t
hash_after (const Fixture *fixture,
            uint32_t       iterations,
            uint64_t       seed)
{
  BwPlacer *placer = placer_new (fixture, iterations, seed);
  uint64_t hash;

  run (placer, iterations);
  hash = bw_poses_hash (bw_placer_poses (placer), fixture->problem.n_parts);
  bw_placer_free (placer);
  return hash;
}

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
the_same_seed_gives_the_same_poses (void)
{
  g_autofree Fixture *fixture = fixture_new (25, 1);

  g_assert_cmpuint (hash_after (fixture, 200, 7), ==, hash_after (fixture, 200, 7));
  g_assert_cmpuint (hash_after (fixture, 200, 7), !=, hash_after (fixture, 200, 8));
}

static void
two_runs_at_once_do_not_disturb_each_other (void)
{
  g_autofree Fixture *one = fixture_new (25, 1), *two = fixture_new (18, 2);
  uint64_t hash_one = hash_after (one, 150, 3), hash_two = hash_after (two, 150, 3);
  BwPlacer *a = placer_new (one, 150, 3), *b = placer_new (two, 150, 3);
  bool more_a = true, more_b = true;

  while (more_a || more_b)
    {
      more_a = bw_placer_step (a);
      more_b = bw_placer_step (b);
    }
  g_assert_cmpuint (bw_poses_hash (bw_placer_poses (a), 25), ==, hash_one);
  g_assert_cmpuint (bw_poses_hash (bw_placer_poses (b), 18), ==, hash_two);
  bw_placer_free (a);
  bw_placer_free (b);
}

static void
looking_at_a_run_does_not_change_it (void)
{
  g_autofree Fixture *fixture = fixture_new (25, 1);
  uint64_t hash = hash_after (fixture, 200, 3);
  BwPlacer *placer = placer_new (fixture, 200, 3);
  bool more = true;

  while (more)
    {
      BwPlacerMetrics metrics;
      BwForce forces[100];

      bw_placer_metrics (placer, &metrics);
      g_assert_cmpuint (bw_placer_forces (placer, forces, 100), <=, 100);
      g_assert_cmpuint (bw_placer_forces (placer, forces, 3), <=, 3);
      bw_placer_metrics (placer, &metrics);
      g_assert_cmpfloat (metrics.max_move_mm, ==, 0.0);
      more = bw_placer_step (placer);
    }
  g_assert_cmpuint (bw_poses_hash (bw_placer_poses (placer), 25), ==, hash);
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
every_budget_ends_in_time_and_legal (void)
{
  g_autofree Fixture *fixture = fixture_new (30, 4);
  const uint32_t budgets[] = { 0, 1, 2, 3, 4, 5, 7, 10, 20, 33, 100, 1000 };

  for (size_t i = 0; i < G_N_ELEMENTS (budgets); i++)
    {
      BwPlacer *placer = placer_new (fixture, budgets[i], 1);
      BwPlacerMetrics metrics = run (placer, MAX (1, budgets[i]));

      assert_legal (&metrics);
      bw_placer_free (placer);
    }
}

static void
more_iterations_make_shorter_wires (void)
{
  g_autofree Fixture *fixture = fixture_new (30, 4);
  BwPlacer *hasty = placer_new (fixture, 1, 1), *patient = placer_new (fixture, 2000, 1);
  BwPlacerMetrics before, after;

  before = run (hasty, 1);
  after = run (patient, 2000);
  g_assert_cmpfloat (after.hpwl_mm, <, 0.8 * before.hpwl_mm);
  bw_placer_free (hasty);
  bw_placer_free (patient);
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
}

/* Any compiler, at any level, has to hit these. */
static void
short_runs_have_known_hashes (void)
{
  g_autofree Fixture *plain = fixture_new (30, 11), *angled = fixture_new (24, 12);

  use_angled_board (angled);
  for (uint32_t i = 0; i < 24; i += 3)
    angled->parts[i].start.side = BW_SIDE_BACK;
  angled->parts[5].fixed = true;
  angled->parts[5].start.rotation_cdeg = 3700;
  g_assert_cmphex (hash_after (plain, 120, 1), ==, G_GUINT64_CONSTANT (0x1913f66b3cdc39bd));
  g_assert_cmphex (hash_after (angled, 120, 2), ==, G_GUINT64_CONSTANT (0x8d1dd39a54eb26ce));
}

/* Sixty parts through all phases, packed so that attempts to legalize fail, parts are dropped
 * on others, and wide searches are swept. */
static void
a_long_run_on_a_crowded_board_has_a_known_hash (void)
{
  g_autofree Fixture *fixture = fixture_new (60, 21);

  use_angled_board (fixture);
  for (uint32_t i = 0; i < 60; i += 4)
    fixture->parts[i].start.side = BW_SIDE_BACK;
  for (uint32_t i = 1; i < 60; i += 20)
    fixture->parts[i].fixed = true;
  for (uint32_t i = 2; i < 60; i += 5)
    set_box (fixture->corners[i], MM (5.5), MM (4));
  fixture->parts[1].start.rotation_cdeg = 1300;
  g_assert_cmphex (hash_after (fixture, 1200, 5), ==, G_GUINT64_CONSTANT (0xf7f4771f2fd3c148));
}

/* Large parts pile up at the start; what is left after the budget may not be worse. */
static void
a_run_never_ends_worse_than_it_began (void)
{
  for (uint64_t seed = 1; seed <= 6; seed++)
    {
      g_autofree Fixture *fixture = fixture_new (16, seed);
      BwPlacer *placer;
      BwPlacerMetrics before, after;

      /* One part that is held covers nearly all of the board. */
      set_box (fixture->corners[0], MM (39), MM (29));
      fixture->parts[0].start.at = (BwPoint) { MM (20), MM (15) };
      fixture->parts[0].fixed = true;
      for (uint32_t i = 1; i < 16; i++)
        fixture->parts[i].start.at = (BwPoint) { MM (2.5) * (int32_t) i,
                                                 MM (4.5) * (int32_t) (i % 7) };
      placer = placer_new (fixture, 60, seed);
      bw_placer_metrics (placer, &before);
      after = run (placer, 60);
      g_assert_cmpuint (before.overlaps, >, 0);
      g_assert_cmpuint (after.overlaps + after.outside, <=, before.overlaps + before.outside);
      bw_placer_free (placer);
    }
}

/* What comes in legal and as short as can be is what goes out. */
static void
a_short_legal_start_is_kept (void)
{
  g_autofree Fixture *fixture = fixture_new (20, 8);
  BwPlacer *placer = placer_new (fixture, 3000, 1);
  BwPlacerMetrics first, second;

  first = run (placer, 3000);
  for (uint32_t i = 0; i < 20; i++)
    fixture->parts[i].start = bw_placer_poses (placer)[i];
  bw_placer_free (placer);
  placer = placer_new (fixture, 20, 7);
  second = run (placer, 20);
  assert_legal (&second);
  g_assert_cmpfloat (second.hpwl_mm, <=, first.hpwl_mm + 1e-6);
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
  ADD ("the-same-seed-gives-the-same-poses", the_same_seed_gives_the_same_poses);
  ADD ("two-runs-at-once-do-not-disturb-each-other", two_runs_at_once_do_not_disturb_each_other);
  ADD ("looking-at-a-run-does-not-change-it", looking_at_a_run_does_not_change_it);
  ADD ("fixed-parts-never-move", fixed_parts_never_move);
  ADD ("every-budget-ends-in-time-and-legal", every_budget_ends_in_time_and_legal);
  ADD ("more-iterations-make-shorter-wires", more_iterations_make_shorter_wires);
  ADD ("an-angled-outline-and-its-hole-are-respected",
       an_angled_outline_and_its_hole_are_respected);
  ADD ("keepouts-hold-for-their-side-alone", keepouts_hold_for_their_side_alone);
  ADD ("through-hole-parts-block-both-sides", through_hole_parts_block_both_sides);
  ADD ("what-cannot-fit-ends-all-the-same", what_cannot_fit_ends_all_the_same);
  ADD ("the-gap-yields-where-there-is-no-room-for-it",
       the_gap_yields_where_there_is_no_room_for_it);
  ADD ("gaps-and-margins-are-kept-where-there-is-room",
       gaps_and_margins_are_kept_where_there_is_room);
  ADD ("little-or-nothing-to-place-is-no-problem", little_or_nothing_to_place_is_no_problem);
  ADD ("without-an-outline-parts-stay-together", without_an_outline_parts_stay_together);
  ADD ("untangling-moves-only-what-is-in-conflict", untangling_moves_only_what_is_in_conflict);
  ADD ("untangling-a-crowd-moves-few-and-not-far", untangling_a_crowd_moves_few_and_not_far);
  ADD ("a-part-put-by-hand-and-held-stays-there", a_part_put_by_hand_and_held_stays_there);
  ADD ("forces-point-where-the-objective-falls", forces_point_where_the_objective_falls);
  ADD ("what-does-not-fit-is-named-with-the-room-it-lacks",
       what_does_not_fit_is_named_with_the_room_it_lacks);
  ADD ("short-runs-have-known-hashes", short_runs_have_known_hashes);
  ADD ("a-long-run-on-a-crowded-board-has-a-known-hash",
       a_long_run_on_a_crowded_board_has_a_known_hash);
  ADD ("a-run-never-ends-worse-than-it-began", a_run_never_ends_worse_than_it_began);
  ADD ("a-short-legal-start-is-kept", a_short_legal_start_is_kept);
#undef ADD
  return g_test_run ();
}
