/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib.h>

#include "placer/bw-schedule.h"
#include "support/placer-fixture.h"

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
  g_assert_cmphex (hash_after (plain, 120, 1), ==, G_GUINT64_CONSTANT (0x6f9144d1e7588439));
  g_assert_cmphex (hash_after (angled, 120, 2), ==, G_GUINT64_CONSTANT (0xd35861197787a0dc));
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
  g_assert_cmphex (hash_after (fixture, 1200, 5), ==, G_GUINT64_CONSTANT (0x61f92733be63fd18));
}

/* Long enough for rounds from scratch, for reheats, and for going back to the best after them. */
static void
rounds_have_a_known_hash (void)
{
  g_autofree Fixture *fixture = fixture_new (40, 31);

  g_assert_cmphex (hash_after (fixture, 6000, 9), ==, G_GUINT64_CONSTANT (0x45a7914c8f13146c));
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

/* Between two of them a run can be stopped: in every stage, and in a heap as well, they do about
 * the same. */
static void
no_iteration_does_much_more_than_others (void)
{
  for (int mode = BW_PLACER_MODE_ALL; mode <= BW_PLACER_MODE_REFINE; mode++)
    {
      g_autofree Fixture *fixture = fixture_new (60, 17);
      BwPlacerOptions options = bw_placer_options_default ();
      BwSchedule schedule;
      guint stages = 0;

      /* Three that fit nowhere, so that it looks for room as well; all in one place. */
      for (uint32_t i = 0; i < 60; i++)
        {
          set_box (fixture->corners[i], MM (i < 3 ? 45 : 5.2), MM (5.2));
          fixture->parts[i].start.at = (BwPoint) { MM (20), MM (15) };
        }
      options.iterations = 300;
      options.mode = (BwPlacerMode) mode;
      g_assert_true (bw_schedule_init (&schedule, &fixture->problem, &options));
      for (bool more = true; more;)
        {
          uint64_t before = schedule.scene.work;

          stages |= 1u << schedule.stage;
          more = bw_schedule_step (&schedule);
          g_assert_cmpuint (schedule.scene.work - before, <, 3 * schedule.work);
        }
      g_assert_true (stages & 1u << BW_STAGE_LEGALIZATION);
      g_assert_true (stages & 1u << BW_STAGE_PROBE);
      g_assert_true (stages & 1u << BW_STAGE_END);
      bw_schedule_clear (&schedule);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, function) g_test_add_func ("/placer-runs/" name, function)
  ADD ("the-same-seed-gives-the-same-poses", the_same_seed_gives_the_same_poses);
  ADD ("two-runs-at-once-do-not-disturb-each-other", two_runs_at_once_do_not_disturb_each_other);
  ADD ("looking-at-a-run-does-not-change-it", looking_at_a_run_does_not_change_it);
  ADD ("every-budget-ends-in-time-and-legal", every_budget_ends_in_time_and_legal);
  ADD ("more-iterations-make-shorter-wires", more_iterations_make_shorter_wires);
  ADD ("short-runs-have-known-hashes", short_runs_have_known_hashes);
  ADD ("a-long-run-on-a-crowded-board-has-a-known-hash",
       a_long_run_on_a_crowded_board_has_a_known_hash);
  ADD ("rounds-have-a-known-hash", rounds_have_a_known_hash);
  ADD ("a-run-never-ends-worse-than-it-began", a_run_never_ends_worse_than_it_began);
  ADD ("a-short-legal-start-is-kept", a_short_legal_start_is_kept);
  ADD ("no-iteration-does-much-more-than-others", no_iteration_does_much_more_than_others);
#undef ADD
  return g_test_run ();
}
