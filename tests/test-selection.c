/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "render/bw-selection.h"

#define N_PARTS 5

static void
a_new_one_is_empty (void)
{
  g_autoptr (BwSelection) selection = bw_selection_new (N_PARTS);

  g_assert_cmpuint (selection->n_selected, ==, 0);
  g_assert_cmpint (selection->last, ==, -1);
  g_assert_false (bw_selection_has (selection, 0));
  g_assert_false (bw_selection_has (selection, N_PARTS));
  g_assert_false (bw_selection_only (selection, -1));
}

static void
parts_are_added_and_taken_out (void)
{
  g_autoptr (BwSelection) selection = bw_selection_new (N_PARTS);
  g_autofree guint32 *list = NULL;

  g_assert_true (bw_selection_set (selection, 3, TRUE));
  g_assert_true (bw_selection_set (selection, 1, TRUE));
  g_assert_false (bw_selection_set (selection, 1, TRUE));
  g_assert_cmpint (selection->last, ==, 1);
  list = bw_selection_list (selection);
  g_assert_cmpuint (selection->n_selected, ==, 2);
  g_assert_cmpuint (list[0], ==, 1);
  g_assert_cmpuint (list[1], ==, 3);

  g_assert_true (bw_selection_set (selection, 1, FALSE));
  g_assert_cmpint (selection->last, ==, 3);
  g_assert_true (bw_selection_set (selection, 3, FALSE));
  g_assert_cmpuint (selection->n_selected, ==, 0);
  g_assert_cmpint (selection->last, ==, -1);
}

static void
one_part_takes_the_place_of_all (void)
{
  g_autoptr (BwSelection) selection = bw_selection_new (N_PARTS);

  bw_selection_set (selection, 0, TRUE);
  bw_selection_set (selection, 2, TRUE);
  g_assert_true (bw_selection_only (selection, 2));
  g_assert_false (bw_selection_only (selection, 2));
  g_assert_cmpuint (selection->n_selected, ==, 1);
  g_assert_false (bw_selection_has (selection, 0));
  g_assert_true (bw_selection_only (selection, -1));
  g_assert_cmpuint (selection->n_selected, ==, 0);
}

static void
many_are_set_at_once_or_added (void)
{
  const guint8 some[N_PARTS] = { 0, 1, 0, 7, 0 };
  const guint8 others[N_PARTS] = { 1, 0, 0, 0, 0 };
  g_autoptr (BwSelection) selection = bw_selection_new (N_PARTS);

  g_assert_true (bw_selection_assign (selection, some, FALSE));
  g_assert_cmpuint (selection->n_selected, ==, 2);
  g_assert_cmpint (selection->last, ==, 1);
  g_assert_true (bw_selection_assign (selection, others, TRUE));
  g_assert_cmpuint (selection->n_selected, ==, 3);
  g_assert_cmpint (selection->last, ==, 1);
  g_assert_false (bw_selection_assign (selection, others, TRUE));
  g_assert_true (bw_selection_assign (selection, others, FALSE));
  g_assert_cmpuint (selection->n_selected, ==, 1);
  g_assert_cmpint (selection->last, ==, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/selection/a new one is empty", a_new_one_is_empty);
  g_test_add_func ("/selection/parts are added and taken out", parts_are_added_and_taken_out);
  g_test_add_func ("/selection/one part takes the place of all", one_part_takes_the_place_of_all);
  g_test_add_func ("/selection/many are set at once or added", many_are_set_at_once_or_added);
  return g_test_run ();
}
