/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "session/bw-rule.h"

#include <math.h>
#include <string.h>

#include "bw-test-board.h"

static const char all_keys[] =
  "{ \"name\": \"n\", \"parts\": [\"U1\", \"R*\"], \"group\": \"a\", \"value\": \"1k\", "
  "\"footprint\": \"L:F\", \"lock\": false, \"side\": \"back\", \"rotations\": [0, 90], "
  "\"region_mm\": [1, 2, 3.5, 4], \"edge\": \"any\", "
  "\"near\": { \"part\": \"U2\", \"within_mm\": 4 }, \"together\": { \"within_mm\": 25 }, "
  "\"apart\": { \"from\": [\"U1\", \"L*\"], \"at_least_mm\": 10 }, \"importance\": 30 }";

static void
every_key_is_read (void)
{
  g_autoptr (BwRule) rule = bw_rule_read (all_keys);

  g_assert_cmpstr (rule->name, ==, "n");
  g_assert_cmpstr (rule->patterns[BW_RULE_PARTS][1], ==, "R*");
  g_assert_cmpstr (rule->patterns[BW_RULE_GROUP][0], ==, "a");
  g_assert_cmpstr (rule->patterns[BW_RULE_VALUE][0], ==, "1k");
  g_assert_cmpstr (rule->patterns[BW_RULE_FOOTPRINT][0], ==, "L:F");
  g_assert_cmpint (rule->lock, ==, BW_LOCK_RELEASE);
  g_assert_cmpint (rule->side, ==, BW_SIDE_BACK);
  g_assert_cmpuint (rule->rotations->len, ==, 2);
  g_assert_true (rule->has_region);
  g_assert_cmpfloat (rule->region_mm[2], ==, 3.5);
  g_assert_cmpint (rule->edge, ==, BW_EDGE_ANY);
  g_assert_cmpstr (rule->near, ==, "U2");
  g_assert_cmpfloat (rule->near_mm, ==, 4.0);
  g_assert_true (rule->together);
  g_assert_cmpfloat (rule->together_mm, ==, 25.0);
  g_assert_true (rule->apart);
  g_assert_cmpfloat (rule->apart_mm, ==, 10.0);
  g_assert_cmpstr (rule->apart_from[1], ==, "L*");
  g_assert_cmpfloat (rule->importance, ==, 30.0);
}

static void
what_is_read_is_written_again (void)
{
  g_autoptr (BwRule) rule = bw_rule_read (all_keys);
  g_autofree char *anew = bw_rule_write (rule, NULL);
  g_autofree char *same = bw_rule_write (rule, all_keys);

  g_assert_cmpstr (anew, ==, all_keys);
  g_assert_cmpstr (same, ==, all_keys);
}

/* What is not changed is not written in other words either. */
static void
a_change_leaves_the_rest_as_it_stands (void)
{
  const char text[] = "{\"why\": {\"x\": [1]}, \"parts\":[ \"J2\" ], \"edge\":\"left\","
                      "\"importance\": 3e1, \"together\": true}";
  g_autoptr (BwRule) rule = bw_rule_read (text);
  g_autofree char *changed = NULL;

  rule->edge = BW_EDGE_TOP;
  rule->together = FALSE;
  rule->lock = BW_LOCK_HOLD;
  changed = bw_rule_write (rule, text);
  g_assert_cmpstr (changed, ==,
                   "{ \"parts\": [ \"J2\" ], \"lock\": true, \"edge\": \"top\", "
                   "\"importance\": 3e1, \"why\": {\"x\": [1]} }");
}

static void
a_new_rule_is_understood_where_rules_are_read (void)
{
  g_autoptr (BwBoard) board = bw_test_board_new (3, FALSE);
  g_autoptr (BwRule) rule = bw_rule_new ();
  const double degrees = 90.1;
  g_autofree char *text = NULL;
  g_autofree char *settings = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (BwConstraints) constraints = NULL;
  g_autoptr (GError) error = NULL;

  rule->patterns[BW_RULE_PARTS] = bw_rule_split (" *, ,");
  rule->name = g_strdup ("say \"no\"");
  rule->rotations = g_array_new (FALSE, FALSE, sizeof (double));
  g_array_append_val (rule->rotations, degrees);
  rule->together = TRUE;
  text = bw_rule_write (rule, NULL);
  settings = g_strdup_printf ("{\"version\": 1, \"rules\": [%s]}", text);
  bytes = g_bytes_new_static (settings, strlen (settings));
  constraints = bw_constraints_new_from_bytes (board, bytes, "t", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (constraints->rules[0].text, ==, text);
  g_assert_cmpstr (constraints->rules[0].name, ==, rule->name);
  g_assert_cmpint (constraints->rules[0].rotations_cdeg[0], ==, 9010);
  g_assert_cmpuint (constraints->rules[0].n_parts, ==, board->n_footprints);
  g_assert_true (constraints->rules[0].together);
}

static void
what_is_no_rule_asks_nothing (void)
{
  static const char wrong[] =
    "{\"region_mm\": [1, 2, 3], \"side\": 7, \"edge\": \"up\", \"lock\": \"x\", \"near\": 1, "
    "\"together\": 0, \"importance\": \"much\", \"rotations\": {}}";
  static const char *const texts[] = { "", "[]", "7", wrong };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (BwRule) rule = bw_rule_read (texts[i]);

      g_assert_false (rule->has_region || rule->together || rule->apart);
      g_assert_cmpint (rule->side, ==, -1);
      g_assert_cmpint (rule->edge, ==, BW_EDGE_NONE);
      g_assert_cmpint (rule->lock, ==, BW_LOCK_UNTOLD);
      g_assert_null (rule->near);
      g_assert_null (rule->rotations);
      g_assert_true (isnan (rule->importance));
    }
}

static void
no_patterns_are_split_into_none (void)
{
  g_auto (GStrv) two = bw_rule_split ("U1, R* ,");

  g_assert_null (bw_rule_split (" , "));
  g_assert_cmpuint (g_strv_length (two), ==, 2);
  g_assert_cmpstr (two[1], ==, "R*");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rule/every key is read", every_key_is_read);
  g_test_add_func ("/rule/what is read is written again", what_is_read_is_written_again);
  g_test_add_func ("/rule/a change leaves the rest as it stands",
                   a_change_leaves_the_rest_as_it_stands);
  g_test_add_func ("/rule/a new rule is understood where rules are read",
                   a_new_rule_is_understood_where_rules_are_read);
  g_test_add_func ("/rule/what is no rule asks nothing", what_is_no_rule_asks_nothing);
  g_test_add_func ("/rule/no patterns are split into none", no_patterns_are_split_into_none);
  return g_test_run ();
}
