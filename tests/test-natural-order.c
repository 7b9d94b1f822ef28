/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib.h>

#include "base/bw-natural-order.h"

static void
assert_order (const char *const *names,
              guint              n_names)
{
  for (guint i = 0; i < n_names; i++)
    for (guint j = 0; j < n_names; j++)
      {
        int order = bw_natural_compare (names[i], names[j]);

        g_assert_cmpint ((order > 0) - (order < 0), ==, (i > j) - (i < j));
      }
}

static void
numbers_in_names_count_by_their_value (void)
{
  const char *const names[] = { "",   "C1", "C2", "C10", "C10A", "R1", "R002", "R2", "R9", "R10",
                                "R11", "R99999999999999999999", "R100000000000000000000" };

  assert_order (names, G_N_ELEMENTS (names));
}

static void
letters_count_whichever_their_case (void)
{
  const char *const names[] = { "A1", "a1", "b1", "B2", "c" };

  assert_order (names, G_N_ELEMENTS (names));
}

static void
what_is_no_letter_has_a_place_as_well (void)
{
  const char *const names[] = { "/A0", "/A1", "0", "00", "1", "A", "é" };

  g_assert_cmpint (bw_natural_compare ("0", "00"), !=, 0);
  assert_order (names, 2);
  assert_order (names + 4, 3);
  g_assert_cmpint (bw_natural_compare ("1", "1"), ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/natural-order/numbers-in-names-count-by-their-value",
                   numbers_in_names_count_by_their_value);
  g_test_add_func ("/natural-order/letters-count-whichever-their-case",
                   letters_count_whichever_their_case);
  g_test_add_func ("/natural-order/what-is-no-letter-has-a-place-as-well",
                   what_is_no_letter_has_a_place_as_well);
  return g_test_run ();
}
