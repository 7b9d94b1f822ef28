/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib.h>
#include <math.h>

#include "placer/bw-estimate.h"

#define MM 1000000
#define N_PARTS 6

/* Parts without bodies at the corners of a square and below it, with a pin each. Two signals go
 * along the diagonals, so they cross; a supply crosses both. */
typedef struct
{
  BwTerminal terminals[N_PARTS];
  BwProblemPart parts[N_PARTS];
  BwProblemNet nets[3];
  BwProblem problem;
} Setup;

static void
set_up (Setup *self)
{
  static const BwPoint places[N_PARTS] = {
    { 0, 0 }, { 30 * MM, 40 * MM }, { 0, 40 * MM }, { 30 * MM, 0 }, { 0, 10 * MM },
    { 30 * MM, 10 * MM },
  };
  static const int32_t upright_cdeg = 0;

  *self = (Setup) { .nets = { { .weight = 1.0 }, { .weight = 1.0 }, { .weight = 0.3 } } };
  for (uint32_t i = 0; i < N_PARTS; i++)
    {
      self->terminals[i].net = i / 2;
      self->parts[i] = (BwProblemPart) {
        .terminals = &self->terminals[i], .n_terminals = 1, .rotations_cdeg = &upright_cdeg,
        .n_rotations = 1, .start.at = places[i], .group = -1, .like = -1,
      };
    }
  self->problem = (BwProblem) { .parts = self->parts, .n_parts = N_PARTS, .nets = self->nets,
                                .n_nets = 3 };
}

static double
estimate_mm (Setup *self)
{
  BwModel *model = bw_model_new (&self->problem);
  BwEstimate estimate;
  BwLayout layout;
  double mm;

  g_assert_true (bw_estimate_init (&estimate, &self->problem));
  g_assert_true (bw_layout_init (&layout, N_PARTS));
  for (uint32_t i = 0; i < N_PARTS; i++)
    bw_model_set_pose (model, &layout, i, &self->parts[i].start);
  mm = bw_estimate_mm (&estimate, model, &layout);
  bw_layout_clear (&layout);
  bw_estimate_clear (&estimate);
  bw_model_free (model);
  return mm;
}

static void
crossings_of_trees_count_but_for_supplies (void)
{
  Setup setup;

  set_up (&setup);
  setup.problem.crossing_mm = 2.0;
  g_assert_cmpfloat_with_epsilon (estimate_mm (&setup), 2.0, 1e-9);
  setup.nets[2].weight = 1.0;
  g_assert_cmpfloat_with_epsilon (estimate_mm (&setup), 3 * 2.0, 1e-9);
  setup.parts[0].start.at.y_nm = 40 * MM;
  setup.nets[2].weight = 0.3;
  g_assert_cmpfloat_with_epsilon (estimate_mm (&setup), 0.0, 1e-9);
}

static void
nothing_counts_where_crossings_are_worth_nothing (void)
{
  Setup setup;

  set_up (&setup);
  g_assert_cmpfloat (estimate_mm (&setup), ==, 0.0);
}

static void
pins_that_lie_in_a_row_are_linked_to_their_neighbours (void)
{
  const BwPoint pins[] = { { 0, 0 }, { 9 * MM, 0 }, { 3 * MM, 0 }, { 5 * MM, 0 } };
  BwTreePin scratch[4];
  BwTreeEdge edges[3];
  double length_mm = 0.0;

  bw_tree_grow (7, pins, 4, scratch, edges);
  for (guint i = 0; i < 3; i++)
    {
      g_assert_cmpuint (edges[i].net, ==, 7);
      length_mm += bw_tree_edge_length_mm (&edges[i]);
    }
  g_assert_cmpfloat_with_epsilon (length_mm, 9.0, 1e-9);
  g_assert_cmpuint (bw_tree_count_crossings (edges, 3), ==, 0);
}

static void
pins_beyond_those_that_a_tree_has_time_for_are_chained (void)
{
  enum { N = BW_TREE_MOST_PINS + 2 };
  g_autofree BwPoint *pins = g_new0 (BwPoint, N);
  g_autofree BwTreePin *scratch = g_new (BwTreePin, N);
  g_autofree BwTreeEdge *edges = g_new (BwTreeEdge, N - 1);

  pins[N - 2].x_nm = 5 * MM;
  pins[N - 1].x_nm = -5 * MM;
  bw_tree_grow (0, pins, N, scratch, edges);
  g_assert_cmpfloat_with_epsilon (bw_tree_edge_length_mm (&edges[N - 4]), 0.0, 1e-9);
  g_assert_cmpfloat_with_epsilon (bw_tree_edge_length_mm (&edges[N - 3]), 5.0, 1e-9);
  g_assert_cmpfloat_with_epsilon (bw_tree_edge_length_mm (&edges[N - 2]), 10.0, 1e-9);
}

/* A random layout of many edges, against each pair looked at. */
static void
crossings_are_counted_as_by_looking_at_each_pair (void)
{
  BwTreeEdge edges[120], copy[120];
  guint32 n = 0;

  for (guint i = 0; i < G_N_ELEMENTS (edges); i++)
    copy[i] = edges[i] = bw_tree_edge (
      i % 7, (BwPoint) { (gint32) (i * 7919 % 31) * MM, (gint32) (i * 104729 % 37) * MM },
      (BwPoint) { (gint32) (i * 1299709 % 29) * MM, (gint32) (i * 15485863 % 23) * MM });
  for (guint i = 0; i < G_N_ELEMENTS (edges); i++)
    for (guint k = 0; k < i; k++)
      {
        BwTreeEdge pair[2] = { copy[i], copy[k] };

        n += bw_tree_count_crossings (pair, 2);
      }
  g_assert_cmpuint (n, >, 1000);
  g_assert_cmpuint (bw_tree_count_crossings (edges, G_N_ELEMENTS (edges)), ==, n);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/estimate/crossings-of-trees-count-but-for-supplies",
                   crossings_of_trees_count_but_for_supplies);
  g_test_add_func ("/estimate/nothing-counts-where-crossings-are-worth-nothing",
                   nothing_counts_where_crossings_are_worth_nothing);
  g_test_add_func ("/estimate/pins-that-lie-in-a-row-are-linked-to-their-neighbours",
                   pins_that_lie_in_a_row_are_linked_to_their_neighbours);
  g_test_add_func ("/estimate/pins-beyond-those-that-a-tree-has-time-for-are-chained",
                   pins_beyond_those_that_a_tree_has_time_for_are_chained);
  g_test_add_func ("/estimate/crossings-are-counted-as-by-looking-at-each-pair",
                   crossings_are_counted_as_by_looking_at_each_pair);
  return g_test_run ();
}
