/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Problems that tests of the placer make, and runs of it. Included by one test each. */

#pragma once

#include <glib.h>

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

static inline void
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
static inline Fixture *
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
static inline void
use_angled_board (Fixture *self)
{
  self->regions[0].ring = (BwRing) { angled_corners, G_N_ELEMENTS (angled_corners) };
  self->regions[1].ring = (BwRing) { hole_corners, G_N_ELEMENTS (hole_corners) };
  self->regions[1].hole = true;
  self->problem.n_regions = 2;
}

static inline BwPlacer *
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
static inline BwPlacerMetrics
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

static inline void
assert_legal (const BwPlacerMetrics *metrics)
{
  g_assert_cmpuint (metrics->overlaps, ==, 0);
  g_assert_cmpuint (metrics->outside, ==, 0);
}

static inline uint64_t
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
