/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "session/bw-budget.h"

#include "session/bw-crew.h"
#include "support/placer-fixture.h"

static gboolean
never (gpointer user_data)
{
  return FALSE;
}

static gboolean
at_once (gpointer user_data)
{
  return TRUE;
}

/* Runs to the end, as a session does it; returns how often the budget was changed. */
static guint
run_within (BwBudget *budget,
            BwPlacer *placer,
            guint32  *iterations)
{
  BwCrew *crew = bw_crew_new (placer, 0);
  guint n_changes = 0;
  BwCrewStep step;

  while ((step = bw_crew_step (crew)) != BW_CREW_ENDED)
    {
      bw_budget_watch (budget, placer);
      if (step == BW_CREW_JOINED)
        n_changes += bw_budget_settle (budget, placer, 0.0, iterations);
    }
  bw_crew_free (crew);
  return n_changes;
}

static uint64_t
hash_of (BwPlacer      *placer,
         const Fixture *fixture)
{
  return bw_poses_hash (bw_placer_poses (placer), fixture->problem.n_parts);
}

/* Whatever the machine does meanwhile. */
static void
what_was_settled_gives_the_same_bits_again (void)
{
  g_autofree Fixture *fixture = fixture_new (30, 3);
  BwPlacerOptions options = bw_placer_options_default ();
  BwBudget budget = { .time_s = 0.3 };
  guint32 n;
  BwPlacer *timed, *counted;

  options.n_chains = BW_CREW_CHAINS;
  bw_budget_go (&budget);
  n = options.iterations = bw_budget_guess (&budget, &fixture->problem, &options, never, NULL);
  timed = bw_placer_new (&fixture->problem, &options);
  run_within (&budget, timed, &n);
  g_assert_cmpuint (bw_placer_iteration (timed), >=, n);

  options.iterations = n;
  counted = bw_placer_new (&fixture->problem, &options);
  run (counted, n);
  g_assert_cmphex (hash_of (timed, fixture), ==, hash_of (counted, fixture));
  bw_placer_free (timed);
  bw_placer_free (counted);
}

/* The guess of a slow machine may be a few iterations, and what they become a few more. */
static void
a_short_budget_that_was_settled_gives_the_same_bits_again (void)
{
  g_autofree Fixture *fixture = fixture_new (12, 5);
  BwPlacerOptions options = bw_placer_options_default ();

  options.n_chains = BW_CREW_CHAINS;
  for (guint32 guess = 14; guess <= 70; guess += guess < 34 ? 1 : 9)
    for (int way = 0; way < 2; way++)
      {
        BwBudget budget = { .time_s = way == 0 ? 1e-9 : 1e9 };
        guint32 n = options.iterations = guess;
        BwPlacer *settled = bw_placer_new (&fixture->problem, &options), *again;

        bw_budget_go (&budget);
        run_within (&budget, settled, &n);
        options.iterations = n;
        again = bw_placer_new (&fixture->problem, &options);
        run (again, n);
        g_test_message ("%u iterations instead of %u", n, guess);
        g_assert_cmphex (hash_of (settled, fixture), ==, hash_of (again, fixture));
        bw_placer_free (settled);
        bw_placer_free (again);
      }
}

/* What the made clock counts. */
static BwPlacer *counted;

/* The search is twice as fast as what comes before it. */
static gint64
made_clock (void)
{
  static guint32 slow;
  guint32 iteration = bw_placer_iteration (counted);

  if (bw_placer_phase (counted) < BW_PHASE_LEGALIZATION)
    slow = iteration;
  return 1 + 1000 * ((gint64) iteration + slow);
}

/* Whatever the guess was, and however much slower or faster the run gets. */
static void
a_run_ends_in_time (void)
{
  const double times_s[] = { 2.0, 3.0, 4.2 };
  g_autofree Fixture *fixture = fixture_new (30, 7);
  BwPlacerOptions options = bw_placer_options_default ();

  for (gsize i = 0; i < G_N_ELEMENTS (times_s); i++)
    for (guint32 guess = 1500; guess <= 2301; guess += 801)
      {
        BwBudget budget = { .time_s = times_s[i], .clock = made_clock };
        guint32 n = guess;

        options.n_chains = BW_CREW_CHAINS;
        options.iterations = guess;
        counted = bw_placer_new (&fixture->problem, &options);
        bw_budget_go (&budget);
        run_within (&budget, counted, &n);
        bw_budget_halt (&budget);
        g_assert_cmpfloat (budget.used_s, <=, 1.03 * times_s[i]);
        g_assert_cmpfloat (budget.used_s, >=, 0.97 * times_s[i]);
        bw_placer_free (counted);
      }
}

/* No time is left, or more than any plan has room for. */
static void
a_wrong_guess_is_mended (void)
{
  g_autofree Fixture *fixture = fixture_new (10, 4);
  BwPlacerOptions options = bw_placer_options_default ();

  options.iterations = 700;
  for (int i = 0; i < 2; i++)
    {
      BwBudget budget = { .time_s = i == 0 ? 1e-9 : 1e9 };
      BwPlacer *placer = bw_placer_new (&fixture->problem, &options);
      guint32 n = options.iterations;

      bw_budget_go (&budget);
      g_assert_cmpuint (run_within (&budget, placer, &n), >, 0);
      if (i == 0)
        g_assert_cmpuint (n, <, 700);
      else
        g_assert_cmpuint (n, ==, 2047);
      bw_placer_free (placer);
    }
}

static void
a_number_of_iterations_stays_what_it_is (void)
{
  g_autofree Fixture *fixture = fixture_new (10, 5);
  BwPlacerOptions options = bw_placer_options_default ();
  BwBudget budget = { .time_s = 0.0 };
  BwPlacer *placer;
  guint32 n = 700;

  options.iterations = n;
  placer = bw_placer_new (&fixture->problem, &options);
  bw_budget_go (&budget);
  g_assert_cmpuint (run_within (&budget, placer, &n), ==, 0);
  g_assert_cmpuint (n, ==, 700);
  bw_placer_free (placer);
}

static void
the_clock_stands_still_while_halted (void)
{
  BwBudget budget = { .time_s = 1.0 };
  double used_s;

  bw_budget_go (&budget);
  bw_budget_go (&budget);
  bw_budget_halt (&budget);
  used_s = budget.used_s;
  g_assert_cmpfloat (used_s, >=, 0.0);
  bw_budget_halt (&budget);
  g_assert_cmpfloat (budget.used_s, ==, used_s);
  g_assert_cmpint (budget.since_us, ==, 0);
}

static void
a_command_ends_the_trials (void)
{
  g_autofree Fixture *fixture = fixture_new (10, 6);
  BwPlacerOptions options = bw_placer_options_default ();
  BwBudget budget = { .time_s = 1.0 };
  guint32 n;

  bw_budget_go (&budget);
  n = bw_budget_guess (&budget, &fixture->problem, &options, at_once, NULL);
  g_assert_cmpuint (n, >=, 1);
  g_assert_cmpuint (n, <, 10000000);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, function) g_test_add_func ("/budget/" name, function)
  ADD ("what-was-settled-gives-the-same-bits-again", what_was_settled_gives_the_same_bits_again);
  ADD ("a-short-budget-that-was-settled-gives-the-same-bits-again",
       a_short_budget_that_was_settled_gives_the_same_bits_again);
  ADD ("a-run-ends-in-time", a_run_ends_in_time);
  ADD ("a-wrong-guess-is-mended", a_wrong_guess_is_mended);
  ADD ("a-number-of-iterations-stays-what-it-is", a_number_of_iterations_stays_what_it_is);
  ADD ("the-clock-stands-still-while-halted", the_clock_stands_still_while_halted);
  ADD ("a-command-ends-the-trials", a_command_ends_the_trials);
#undef ADD
  return g_test_run ();
}
