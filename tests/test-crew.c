/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "session/bw-crew.h"

#include "support/placer-fixture.h"

#define N_ITERATIONS 500

typedef struct
{
  guint n_threads;
  guint rest_every;   /* iterations, or 0 */
  guint move_at;      /* the iteration after which a part is put somewhere, or 0 */
} Way;

static uint64_t
place (const Fixture *fixture,
       const Way     *way)
{
  const BwPose pose = { { MM (12), MM (9) }, 9000, BW_SIDE_FRONT };
  BwPlacerOptions options = bw_placer_options_default ();
  BwPlacer *placer;
  BwCrew *crew;
  BwCrewStep step;
  uint64_t hash;

  options.iterations = N_ITERATIONS;
  options.n_chains = 4;
  placer = bw_placer_new (&fixture->problem, &options);
  crew = bw_crew_new (placer, way->n_threads);
  while ((step = bw_crew_step (crew)) != BW_CREW_ENDED)
    {
      guint iteration = bw_placer_iteration (placer);

      if (way->rest_every > 0 && iteration % way->rest_every == 0)
        bw_crew_rest (crew);
      if (step != BW_CREW_MOVED || iteration != way->move_at)
        continue;
      bw_crew_rest (crew);
      bw_placer_set_pose (placer, 5, &pose);
      bw_placer_set_fixed (placer, 5, true);
    }
  bw_crew_free (crew);
  g_assert_cmpint (bw_placer_phase (placer), ==, BW_PHASE_FINAL);
  if (way->move_at > 0)
    g_assert_true (bw_pose_equal (&bw_placer_poses (placer)[5], &pose));
  hash = bw_poses_hash (bw_placer_poses (placer), fixture->problem.n_parts);
  bw_placer_free (placer);
  return hash;
}

static void
any_number_of_threads_gives_the_same_poses (void)
{
  g_autofree Fixture *fixture = fixture_new (30, 4);
  uint64_t hash = place (fixture, &(Way) { 1, 0, 0 });

  g_assert_cmphex (place (fixture, &(Way) { 2, 0, 0 }), ==, hash);
  g_assert_cmphex (place (fixture, &(Way) { 3, 0, 0 }), ==, hash);
  g_assert_cmphex (place (fixture, &(Way) { 8, 0, 0 }), ==, hash);
  g_assert_cmphex (place (fixture, &(Way) { 0, 0, 0 }), ==, hash);
}

static void
so_it_does_with_rests_in_between (void)
{
  g_autofree Fixture *fixture = fixture_new (30, 5);
  uint64_t hash = place (fixture, &(Way) { 1, 0, 0 });

  g_assert_cmphex (place (fixture, &(Way) { 2, 7, 0 }), ==, hash);
  g_assert_cmphex (place (fixture, &(Way) { 8, 1, 0 }), ==, hash);
}

static void
so_it_does_when_a_part_is_moved_meanwhile (void)
{
  g_autofree Fixture *fixture = fixture_new (30, 6);

  for (guint when = 1; when < N_ITERATIONS; when += 150)
    {
      uint64_t hash = place (fixture, &(Way) { 1, 0, when });

      g_assert_cmphex (place (fixture, &(Way) { 2, 0, when }), ==, hash);
      g_assert_cmphex (place (fixture, &(Way) { 8, 11, when }), ==, hash);
    }
}

static void
a_crew_may_go_in_the_middle_of_its_work (void)
{
  g_autofree Fixture *fixture = fixture_new (30, 7);
  BwPlacerOptions options = bw_placer_options_default ();

  options.n_chains = 4;
  for (int n_steps = 0; n_steps < 40; n_steps += 13)
    {
      BwPlacer *placer = bw_placer_new (&fixture->problem, &options);
      BwCrew *crew = bw_crew_new (placer, 4);

      for (int i = 0; i < n_steps; i++)
        bw_crew_step (crew);
      bw_crew_free (crew);
      g_assert_cmpuint (bw_placer_iteration (placer), <=, (guint) n_steps);
      bw_placer_free (placer);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, function) g_test_add_func ("/crew/" name, function)
  ADD ("any-number-of-threads-gives-the-same-poses", any_number_of_threads_gives_the_same_poses);
  ADD ("so-it-does-with-rests-in-between", so_it_does_with_rests_in_between);
  ADD ("so-it-does-when-a-part-is-moved-meanwhile", so_it_does_when_a_part_is_moved_meanwhile);
  ADD ("a-crew-may-go-in-the-middle-of-its-work", a_crew_may_go_in_the_middle_of_its_work);
#undef ADD
  return g_test_run ();
}
