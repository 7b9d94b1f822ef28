/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib.h>

#include "support/placer-fixture.h"

#define N_ITERATIONS 600
#define N_CHAINS 3

static BwPlacer *
chains_new (const Fixture *fixture,
            uint32_t       n_chains,
            uint64_t       seed)
{
  BwPlacerOptions options = bw_placer_options_default ();

  options.iterations = N_ITERATIONS;
  options.seed = seed;
  options.n_chains = n_chains;
  return bw_placer_new (&fixture->problem, &options);
}

/* Which chain is ahead of which. */
typedef enum
{
  TOGETHER,
  FIRST_AHEAD,
  LAST_AHEAD,
  BY_CHANCE,
} Order;

/* All chains until they wait. */
static void
step_to_join (BwPlacer *placer,
              Order     order,
              BwRandom *random)
{
  bool waits[N_CHAINS] = { false };
  int n_waiting = 0;

  while (n_waiting < N_CHAINS)
    {
      uint32_t chain = 0;

      if (order == LAST_AHEAD)
        chain = N_CHAINS - 1;
      while (waits[chain])
        chain = order == LAST_AHEAD ? chain - 1 : chain + 1;
      if (order == BY_CHANCE)
        chain = bw_random_below (random, N_CHAINS);
      if (bw_placer_step_chain (placer, chain))
        continue;
      n_waiting += !waits[chain];
      waits[chain] = true;
    }
}

static uint64_t
finish (BwPlacer      *placer,
        const Fixture *fixture,
        Order          order)
{
  BwRandom random = bw_random_new (5);
  BwPlacerMetrics metrics;
  uint64_t hash;

  if (order == TOGETHER)
    run (placer, N_ITERATIONS);
  else
    do
      step_to_join (placer, order, &random);
    while (bw_placer_join (placer));
  g_assert_cmpint (bw_placer_phase (placer), ==, BW_PHASE_FINAL);
  bw_placer_metrics (placer, &metrics);
  assert_legal (&metrics);
  hash = bw_poses_hash (bw_placer_poses (placer), fixture->problem.n_parts);
  bw_placer_free (placer);
  return hash;
}

/* Any compiler has to hit this one too. Crossings count so much that the choice hangs on them: they
 * are worth nothing in the other tests. */
static void
chains_get_there_in_any_order (void)
{
  g_autofree Fixture *fixture = fixture_new (40, 7);

  fixture->problem.crossing_mm = 1000.0;
  for (int order = TOGETHER; order <= BY_CHANCE; order++)
    {
      BwPlacer *placer = chains_new (fixture, N_CHAINS, 7);

      g_assert_cmpuint (bw_placer_n_chains (placer), ==, N_CHAINS);
      g_assert_cmphex (finish (placer, fixture, (Order) order), ==,
                       G_GUINT64_CONSTANT (0xf434563180a408db));
    }
}

/* What the other chains are at when a hand comes in is not known. */
static void
after_a_change_by_hand_as_well (void)
{
  g_autofree Fixture *fixture = fixture_new (40, 8);
  const BwPose pose = { { MM (12), MM (9) }, 3000, BW_SIDE_FRONT };
  uint64_t first = 0;

  for (int when = 20; when < N_ITERATIONS; when += 190)
    for (int order = TOGETHER; order <= BY_CHANCE; order++)
      {
        BwPlacer *placer = chains_new (fixture, N_CHAINS, 1);
        uint64_t hash;

        while (bw_placer_iteration (placer) < (uint32_t) when)
          {
            for (uint32_t i = 1; order != TOGETHER && i < N_CHAINS; i++)
              for (int k = 0; k < order * 40 && bw_placer_step_chain (placer, i); k++)
                ;
            bw_placer_step (placer);
          }
        bw_placer_set_pose (placer, 3, &pose);
        bw_placer_set_fixed (placer, 3, true);
        bw_placer_step (placer);
        g_assert_true (bw_pose_equal (&bw_placer_poses (placer)[3], &pose));
        hash = finish (placer, fixture, (Order) order);
        if (order == TOGETHER)
          first = hash;
        g_assert_cmphex (hash, ==, first);
      }
}

/* Steps to the join of this number, asks for another budget there, and says which it became. */
static uint32_t
settle_at (BwPlacer *placer,
           int       join,
           uint32_t  wanted)
{
  BwRandom random = bw_random_new (6);

  for (int i = 0; i <= join; i++)
    {
      uint32_t n_chains = bw_placer_n_chains (placer);

      if (n_chains > 1)
        step_to_join (placer, BY_CHANCE, &random);
      while (n_chains == 1 && bw_placer_step_chain (placer, 0))
        ;
      g_assert_true (bw_placer_join (placer));
    }
  return bw_placer_plan (placer, wanted);
}

static void
a_budget_settled_under_way_is_the_same_run (void)
{
  static const uint32_t wanted[] = { 1, 777, 1500, 100000 };
  g_autofree Fixture *fixture = fixture_new (40, 9);
  guint n_settled = 0;

  for (uint32_t n_chains = 1; n_chains <= N_CHAINS; n_chains += N_CHAINS - 1)
    for (int join = 0; join < 3; join++)
      for (guint i = 0; i < G_N_ELEMENTS (wanted); i++)
        {
          BwPlacer *settled = chains_new (fixture, n_chains, 1);
          uint32_t n = settle_at (settled, join, wanted[i]);
          BwPlacerOptions options = bw_placer_options_default ();
          BwPlacer *known;

          g_assert_cmpuint (bw_placer_plan_of (n), ==, bw_placer_plan_of (N_ITERATIONS));
          n_settled += n != N_ITERATIONS;
          options.iterations = n;
          options.n_chains = n_chains;
          known = bw_placer_new (&fixture->problem, &options);
          g_assert_cmphex (finish (settled, fixture, TOGETHER), ==,
                           finish (known, fixture, TOGETHER));
        }
  g_assert_cmpuint (n_settled, ==, 24);
}

static void
the_best_chain_counts (void)
{
  double one_mm = 0.0, all_mm = 0.0;

  for (uint64_t seed = 1; seed <= 5; seed++)
    {
      g_autofree Fixture *fixture = fixture_new (40, seed);
      BwPlacer *one = chains_new (fixture, 1, seed), *all = chains_new (fixture, N_CHAINS, seed);

      one_mm += run (one, N_ITERATIONS).hpwl_mm;
      all_mm += run (all, N_ITERATIONS).hpwl_mm;
      bw_placer_free (one);
      bw_placer_free (all);
    }
  g_assert_cmpfloat (all_mm, <, one_mm);
}

static void
there_is_one_chain_where_more_are_of_no_use (void)
{
  g_autofree Fixture *fixture = fixture_new (10, 1);
  BwPlacerOptions options = bw_placer_options_default ();

  g_assert_cmpuint (options.n_chains, ==, 1);
  options.n_chains = N_CHAINS;
  for (int mode = BW_PLACER_MODE_ALL; mode <= BW_PLACER_MODE_REFINE; mode++)
    {
      BwPlacer *placer;

      options.mode = (BwPlacerMode) mode;
      placer = bw_placer_new (&fixture->problem, &options);
      g_assert_cmpuint (bw_placer_n_chains (placer), ==, mode == BW_PLACER_MODE_ALL ? N_CHAINS : 1);
      bw_placer_free (placer);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, function) g_test_add_func ("/placer-chains/" name, function)
  ADD ("chains-get-there-in-any-order", chains_get_there_in_any_order);
  ADD ("after-a-change-by-hand-as-well", after_a_change_by_hand_as_well);
  ADD ("a-budget-settled-under-way-is-the-same-run", a_budget_settled_under_way_is_the_same_run);
  ADD ("the-best-chain-counts", the_best_chain_counts);
  ADD ("there-is-one-chain-where-more-are-of-no-use", there_is_one_chain_where_more_are_of_no_use);
#undef ADD
  return g_test_run ();
}
