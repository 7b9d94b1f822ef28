/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "painter-fixture.h"
#include "render/bw-ratsnest.h"

static void
get_file_transforms (const Fixture *f,
                     BwTransform    transforms[3])
{
  BwPose poses[3];

  for (int i = 0; i < 3; i++)
    poses[i] = f->footprints[i].pose;
  get_transforms (poses, transforms);
}

static void
the_ratsnest_is_the_shortest_tree_of_each_net (Fixture       *f,
                                               gconstpointer  data)
{
  g_autoptr (BwRatsnest) ratsnest = bw_ratsnest_new (&f->board);
  BwTransform transforms[3];
  const BwRatLine *lines;
  guint n;

  get_file_transforms (f, transforms);
  lines = bw_ratsnest_update (ratsnest, transforms, NULL, FALSE, &n);
  g_assert_cmpuint (n, ==, 2);
  for (guint i = 0; i < n; i++)
    {
      /* The long way, from B to C, is not in it. */
      g_assert_true (lines[i].from.x_nm == lines[i].to.x_nm
                     || lines[i].from.y_nm == lines[i].to.y_nm);
      g_assert_cmpuint (lines[i].net, ==, 0);
    }
  bw_ratsnest_update (ratsnest, transforms, NULL, TRUE, &n);
  g_assert_cmpuint (n, ==, 3);
}

static void
what_is_hidden_is_not_to_be_connected (Fixture       *f,
                                       gconstpointer  data)
{
  g_autoptr (BwRatsnest) ratsnest = bw_ratsnest_new (&f->board);
  const guint8 first[] = { 1, 0, 0 };
  const guint8 all[] = { 1, 1, 1 };
  BwTransform transforms[3];
  const BwRatLine *lines;
  guint n;

  get_file_transforms (f, transforms);
  lines = bw_ratsnest_update (ratsnest, transforms, first, TRUE, &n);
  g_assert_cmpuint (n, ==, 1);
  g_assert_cmpint (lines[0].from.x_nm, ==, transforms[1].at.x_nm);
  g_assert_cmpint (lines[0].to.y_nm, ==, transforms[2].at.y_nm);
  bw_ratsnest_update (ratsnest, transforms, all, TRUE, &n);
  g_assert_cmpuint (n, ==, 0);
  bw_ratsnest_get_lines (ratsnest, &n);
  g_assert_cmpuint (n, ==, 0);
}

static void
one_net_is_joined_alone_even_a_supply (Fixture       *f,
                                       gconstpointer  data)
{
  g_autoptr (GArray) lines = g_array_new (FALSE, FALSE, sizeof (BwRatLine));
  BwPose poses[3];

  for (int i = 0; i < 3; i++)
    poses[i] = f->footprints[i].pose;
  bw_ratsnest_compute_net (&f->board, poses, 1, lines);
  g_assert_cmpuint (lines->len, ==, 1);
  g_assert_cmpuint (g_array_index (lines, BwRatLine, 0).net, ==, 1);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/ratsnest/the-ratsnest-is-the-shortest-tree-of-each-net",
       the_ratsnest_is_the_shortest_tree_of_each_net);
  ADD ("/ratsnest/what-is-hidden-is-not-to-be-connected", what_is_hidden_is_not_to_be_connected);
  ADD ("/ratsnest/one-net-is-joined-alone-even-a-supply", one_net_is_joined_alone_even_a_supply);
  return g_test_run ();
}
