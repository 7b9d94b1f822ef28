/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "session/bw-remaining.h"

#define S G_USEC_PER_SEC

static double
estimate_at (BwRemaining *remaining,
             guint32      iteration,
             gint64       now_us)
{
  BwFrame frame = { .epoch = 3, .iteration = iteration, .budget = 1000 };

  return bw_remaining_estimate (remaining, &frame, now_us);
}

static void
test_pace (void)
{
  BwRemaining remaining = { 0 };

  bw_remaining_begin (&remaining, 3, 0.0, 1 * S);
  bw_remaining_go (&remaining, 1 * S);
  g_assert_cmpfloat (estimate_at (&remaining, 0, 1 * S), <, 0.0);
  g_assert_cmpfloat (estimate_at (&remaining, 10, 1 * S + S / 10), <, 0.0);
  g_assert_cmpfloat_with_epsilon (estimate_at (&remaining, 100, 2 * S), 9.0, 1e-9);
  g_assert_cmpfloat_with_epsilon (estimate_at (&remaining, 500, 6 * S), 5.0, 1e-9);
  g_assert_cmpfloat (estimate_at (&remaining, 1000, 11 * S), <, 0.0);
}

/* A machine that is busy at first makes a pace that is none. */
static void
test_budget (void)
{
  BwRemaining remaining = { 0 };

  bw_remaining_go (&remaining, 1 * S);
  bw_remaining_begin (&remaining, 3, 10.0, 1 * S);
  estimate_at (&remaining, 0, 1 * S);
  g_assert_cmpfloat_with_epsilon (estimate_at (&remaining, 50, 2 * S), 9.0, 1e-9);
  g_assert_cmpfloat_with_epsilon (estimate_at (&remaining, 900, 9 * S), 8.0 / 9.0, 1e-9);
  /* It takes some more where nothing legal is known. */
  estimate_at (&remaining, 901, 12 * S);
  g_assert_cmpfloat_with_epsilon (estimate_at (&remaining, 902, 16 * S), 1.0, 1e-9);
}

static void
test_pause (void)
{
  BwRemaining remaining = { 0 };

  bw_remaining_begin (&remaining, 3, 10.0, 1 * S);
  bw_remaining_go (&remaining, 1 * S);
  estimate_at (&remaining, 0, 1 * S);
  bw_remaining_halt (&remaining, 3 * S);
  g_assert_cmpfloat (estimate_at (&remaining, 10, 50 * S), <, 0.0);
  bw_remaining_go (&remaining, 100 * S);
  g_assert_cmpfloat (estimate_at (&remaining, 10, 100 * S), <, 0.0);
  g_assert_cmpfloat_with_epsilon (estimate_at (&remaining, 20, 101 * S), 7.0, 1e-9);
}

/* 100 iterations a second that stop for a while now and then. */
static void
test_waver (void)
{
  BwRemaining remaining = { 0 };

  bw_remaining_begin (&remaining, 3, 0.0, 1 * S);
  bw_remaining_go (&remaining, 1 * S);
  estimate_at (&remaining, 0, 1 * S);
  g_assert_cmpfloat_with_epsilon (estimate_at (&remaining, 100, 2 * S), 9.0, 1e-9);
  g_assert_cmpfloat_with_epsilon (estimate_at (&remaining, 101, 2 * S + S / 4), 9.0, 1e-9);
  g_assert_cmpfloat_with_epsilon (estimate_at (&remaining, 200, 3 * S), 8.0, 1e-9);
  /* Also of a long run a little is a small share. */
  bw_remaining_go (&remaining, 4 * S);
  estimate_at (&remaining, 0, 4 * S);
  g_assert_cmpfloat_with_epsilon (estimate_at (&remaining, 10, 5 * S), 99.0, 1e-9);
  g_assert_cmpfloat_with_epsilon (estimate_at (&remaining, 19, 6 * S), 99.0, 1e-9);
}

static void
test_slower (void)
{
  BwRemaining remaining = { 0 };

  bw_remaining_begin (&remaining, 3, 0.0, 1 * S);
  bw_remaining_go (&remaining, 1 * S);
  estimate_at (&remaining, 0, 1 * S);
  g_assert_cmpfloat_with_epsilon (estimate_at (&remaining, 100, 2 * S), 9.0, 1e-9);
  /* By much. */
  g_assert_cmpfloat_with_epsilon (estimate_at (&remaining, 125, 3 * S), 14.0, 1e-9);
  /* For long. */
  g_assert_cmpfloat_with_epsilon (estimate_at (&remaining, 160, 4 * S), 14.0, 1e-9);
  g_assert_cmpfloat_with_epsilon (estimate_at (&remaining, 250, 6 * S), 14.0, 1e-9);
  g_assert_cmpfloat_with_epsilon (estimate_at (&remaining, 350, 9 * S), 8.0 * 650 / 350, 1e-9);
}

static void
test_other_run (void)
{
  BwRemaining remaining = { 0 };

  bw_remaining_begin (&remaining, 4, 10.0, 1 * S);
  bw_remaining_go (&remaining, 1 * S);
  estimate_at (&remaining, 990, 1 * S);
  g_assert_cmpfloat (estimate_at (&remaining, 999, 5 * S), <, 0.0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/remaining/is told by the pace once that is known", test_pace);
  g_test_add_func ("/remaining/is never more than what is left of the time", test_budget);
  g_test_add_func ("/remaining/leaves pauses out", test_pause);
  g_test_add_func ("/remaining/does not go up with a pace that wavers", test_waver);
  g_test_add_func ("/remaining/goes up by much, or what lasts", test_slower);
  g_test_add_func ("/remaining/is not told of another run", test_other_run);

  return g_test_run ();
}
