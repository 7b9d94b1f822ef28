/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "session/bw-weights.h"

static void
terms_that_nobody_knows_are_refused (void)
{
  const char *const wrong[] = { "", "x=1", "decoupling", "decoupling=", "decoupling=-1",
                                "decoupling=nan", "decoupling=1e9", "decoupling=1,", "edges=1x" };
  BwWeights weights = bw_weights_default ();

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    g_assert_false (bw_weights_parse (&weights, wrong[i]));
}

static void
what_is_told_first_counts (void)
{
  BwWeights told = BW_WEIGHTS_UNTOLD, file = BW_WEIGHTS_UNTOLD, usual = bw_weights_default (), all;

  g_assert_true (bw_weights_parse (&told, "grid=0,decoupling=3"));
  g_assert_true (bw_weights_set (&file, BW_WEIGHT_DECOUPLING, 2.0));
  g_assert_true (bw_weights_set (&file, BW_WEIGHT_ALIGNMENT, 1.0));
  all = bw_weights_or (&told, &file);
  g_assert_cmpfloat (all.decoupling, ==, 3.0);
  g_assert_true (isnan (all.crystals));
  all = bw_weights_or (&all, &usual);
  g_assert_cmpfloat (all.grid_mm, ==, 0.0);
  g_assert_cmpfloat (all.alignment, ==, 1.0);
  g_assert_cmpfloat (all.crystals, ==, usual.crystals);
}

static void
each_weight_is_known_by_its_name (void)
{
  for (BwWeight i = 0; i < BW_N_WEIGHTS; i++)
    {
      BwWeights weights = BW_WEIGHTS_UNTOLD;
      g_autofree char *text = g_strdup_printf ("%s=7.5", bw_weight_names ()[i]);

      g_assert_cmpint (bw_weight_from_name (bw_weight_names ()[i]), ==, i);
      g_assert_true (bw_weights_parse (&weights, text));
      for (BwWeight k = 0; k < BW_N_WEIGHTS; k++)
        g_assert_true (k == i ? bw_weights_get (&weights, k) == 7.5
                              : isnan (bw_weights_get (&weights, k)));
    }
  g_assert_null (bw_weight_names ()[BW_N_WEIGHTS]);
  g_assert_cmpint (bw_weight_from_name ("beauty"), ==, BW_N_WEIGHTS);
  g_assert_true (bw_weight_is_length (BW_WEIGHT_GAP));
  g_assert_false (bw_weight_is_length (BW_WEIGHT_SUPPLIES));
}

static void
values_out_of_range_are_not_taken (void)
{
  const double wrong[] = { -0.001, 1000.1, NAN, INFINITY };
  BwWeights weights = bw_weights_default ();

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    g_assert_false (bw_weights_set (&weights, BW_WEIGHT_GAP, wrong[i]));
  g_assert_false (bw_weights_set (&weights, BW_N_WEIGHTS, 1.0));
  g_assert_cmpfloat (weights.gap_mm, ==, bw_weights_default ().gap_mm);
}

static void
none_leaves_what_keeps_parts_apart (void)
{
  BwWeights weights = bw_weights_default ();

  g_assert_true (bw_weights_parse (&weights, "none"));
  for (BwWeight i = 0; i < BW_WEIGHT_SUPPLIES; i++)
    g_assert_cmpfloat (bw_weights_get (&weights, i), ==, 0.0);
  g_assert_cmpfloat (weights.grid_mm, ==, 0.0);
  g_assert_cmpfloat (weights.supplies, >, 0.0);
  g_assert_cmpfloat (weights.gap_mm, >, 0.0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/weights/terms-that-nobody-knows-are-refused",
                   terms_that_nobody_knows_are_refused);
  g_test_add_func ("/weights/what-is-told-first-counts", what_is_told_first_counts);
  g_test_add_func ("/weights/each-weight-is-known-by-its-name", each_weight_is_known_by_its_name);
  g_test_add_func ("/weights/values-out-of-range-are-not-taken",
                   values_out_of_range_are_not_taken);
  g_test_add_func ("/weights/none-leaves-what-keeps-parts-apart",
                   none_leaves_what_keeps_parts_apart);
  return g_test_run ();
}
