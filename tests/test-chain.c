/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "base/bw-random.h"
#include "board/bw-chain.h"

typedef struct
{
  guint n_closed;
  guint n_open;
  guint n_points;
  BwPoint first;
  BwPoint last;
} Found;

static void
take (const BwPoint *points,
      guint          n_points,
      gboolean       closed,
      gpointer       user_data)
{
  Found *found = user_data;

  if (closed)
    found->n_closed++;
  else
    found->n_open++;
  found->n_points = n_points;
  found->first = points[0];
  found->last = points[n_points - 1];
}

static void
add_line (BwChain *chain,
          gint32   x0,
          gint32   y0,
          gint32   x1,
          gint32   y1)
{
  BwPoint points[] = { { x0, y0 }, { x1, y1 } };

  bw_chain_add (chain, points, 2, FALSE);
}

static void
lines_in_any_order_and_direction_make_a_ring (void)
{
  g_autoptr (BwChain) chain = bw_chain_new (20000);
  Found found = { 0 };

  add_line (chain, 0, 0, 10000000, 0);
  add_line (chain, 0, 5000000, 10000000, 5010000); /* 10 um off */
  add_line (chain, 0, 5000000, 0, 0);
  add_line (chain, 10000000, 0, 10000000, 5000000);
  bw_chain_join (chain, take, &found);
  g_assert_cmpuint (found.n_closed, ==, 1);
  g_assert_cmpuint (found.n_open, ==, 0);
  g_assert_cmpuint (found.n_points, ==, 4);
}

static void
an_open_chain_tells_both_its_ends (void)
{
  g_autoptr (BwChain) chain = bw_chain_new (20000);
  Found found = { 0 };

  add_line (chain, 5000000, 0, 10000000, 0);
  add_line (chain, 10000000, 0, 10000000, 9000000);
  add_line (chain, 5000000, 0, 0, 0);
  bw_chain_join (chain, take, &found);
  g_assert_cmpuint (found.n_closed, ==, 0);
  g_assert_cmpuint (found.n_open, ==, 1);
  g_assert_cmpuint (found.n_points, ==, 4);
  g_assert_cmpint (MAX (found.first.y_nm, found.last.y_nm), ==, 9000000);
  g_assert_cmpint (MIN (found.first.x_nm, found.last.x_nm), ==, 0);
}

static void
segments_shorter_than_the_tolerance_do_not_close_early (void)
{
  g_autoptr (BwChain) chain = bw_chain_new (20000);
  Found found = { 0 };

  for (gint32 i = 0; i < 1000; i++)
    add_line (chain, i * 4000, 0, (i + 1) * 4000, 0);
  add_line (chain, 4000000, 0, 0, 4000000);
  add_line (chain, 0, 4000000, 0, 0);
  bw_chain_join (chain, take, &found);
  g_assert_cmpuint (found.n_closed, ==, 1);
  g_assert_cmpuint (found.n_open, ==, 0);
  g_assert_cmpuint (found.n_points, ==, 1002);
}

static void
shapes_that_are_closed_already_stay_alone (void)
{
  g_autoptr (BwChain) chain = bw_chain_new (20000);
  BwPoint square[] = { { 0, 0 }, { 9000000, 0 }, { 9000000, 9000000 }, { 0, 9000000 } };
  Found found = { 0 };

  bw_chain_add (chain, square, 4, TRUE);
  add_line (chain, 0, 0, -9000000, 0);
  add_line (chain, 5, 5, 5, 5);
  bw_chain_join (chain, take, &found);
  g_assert_cmpuint (found.n_closed, ==, 1);
  g_assert_cmpuint (found.n_open, ==, 1);
}

static void
a_hundred_thousand_segments_chain_in_a_moment (void)
{
  g_autoptr (BwChain) chain = bw_chain_new (20000);
  g_autofree guint32 *order = g_new (guint32, 100000);
  BwRandom random = bw_random_new (5);
  Found found = { 0 };

  for (guint32 i = 0; i < 100000; i++)
    order[i] = i;
  for (guint32 i = 99999; i > 0; i--)
    {
      guint32 j = bw_random_below (&random, i + 1), k = order[i];

      order[i] = order[j];
      order[j] = k;
    }
  /* A comb: out along the teeth, back along the bottom. */
  for (guint32 i = 0; i < 100000; i++)
    {
      gint32 x = (gint32) order[i] * 15000;
      gint32 y = order[i] % 2 == 0 ? 0 : 30000000;

      if (order[i] == 99999)
        add_line (chain, x, y, 0, 0);
      else
        add_line (chain, x, y, x + 15000, 30000000 - y);
    }
  bw_chain_join (chain, take, &found);
  g_assert_cmpuint (found.n_closed, ==, 1);
  g_assert_cmpuint (found.n_points, ==, 100000);
}

static void
ends_that_all_meet_at_one_point_come_to_an_end (void)
{
  g_autoptr (BwChain) chain = bw_chain_new (20000);
  Found found = { 0 };

  for (gint32 i = 0; i < 100000; i++)
    add_line (chain, 0, 0, i % 7, 1 + i % 5);
  bw_chain_join (chain, take, &found);
  g_assert_cmpuint (found.n_closed + found.n_open, >, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/chain/lines-in-any-order-and-direction-make-a-ring",
                   lines_in_any_order_and_direction_make_a_ring);
  g_test_add_func ("/chain/an-open-chain-tells-both-its-ends", an_open_chain_tells_both_its_ends);
  g_test_add_func ("/chain/segments-shorter-than-the-tolerance-do-not-close-early",
                   segments_shorter_than_the_tolerance_do_not_close_early);
  g_test_add_func ("/chain/shapes-that-are-closed-already-stay-alone",
                   shapes_that_are_closed_already_stay_alone);
  g_test_add_func ("/chain/a-hundred-thousand-segments-chain-in-a-moment",
                   a_hundred_thousand_segments_chain_in_a_moment);
  g_test_add_func ("/chain/ends-that-all-meet-at-one-point-come-to-an-end",
                   ends_that_all_meet_at_one_point_come_to_an_end);
  return g_test_run ();
}
