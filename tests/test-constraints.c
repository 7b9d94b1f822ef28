/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

#include "bw-test-board.h"
#include "placer/bw-placer.h"
#include "session/bw-constraints.h"
#include "session/bw-part-pattern.h"
#include "session/bw-problem-builder.h"

#define N_ITERATIONS 400

static BwConstraints *
read_text (BwBoard    *board,
           const char *text,
           GError    **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));

  return bw_constraints_new_from_bytes (board, bytes, "test.boardwalk.json", error);
}

static BwConstraints *
read_rules (BwBoard    *board,
            const char *rules)
{
  g_autofree char *text = g_strdup_printf ("{\"version\": 1, \"rules\": [%s]}", rules);
  g_autoptr (GError) error = NULL;
  BwConstraints *constraints = read_text (board, text, &error);

  g_assert_no_error (error);
  return constraints;
}

/* Where a run that obeys the rules puts the parts. */
static BwPose *
place (BwBoard       *board,
       BwConstraints *constraints)
{
  g_autoptr (BwBoardProblem) problem =
    bw_board_problem_new (board, &(BwProblemOptions) { .constraints = constraints });
  BwPlacerOptions options = bw_placer_options_default ();
  BwPlacerMetrics metrics;
  BwPlacer *placer;
  BwPose *poses;

  options.iterations = N_ITERATIONS;
  placer = bw_placer_new (bw_board_problem_get (problem), &options);
  while (bw_placer_step (placer))
    ;
  bw_placer_metrics (placer, &metrics);
  g_assert_cmpuint (metrics.overlaps + metrics.outside, ==, 0);
  poses = g_memdup2 (bw_placer_poses (placer), sizeof (BwPose) * board->n_footprints);
  bw_placer_free (placer);
  return poses;
}

/* Those that are not kept are the same for who wants no more than that. */
static GArray *
check (BwBoard       *board,
       BwConstraints *constraints,
       const BwPose  *poses)
{
  GArray *violations = bw_constraints_check (constraints, board, poses);
  g_autofree guint8 *broken = g_malloc (constraints->n_rules + 1);

  bw_constraints_judge (constraints, board, poses, broken);
  for (guint i = 0; i < violations->len; i++)
    {
      guint rule = g_array_index (violations, BwViolation, i).rule;

      g_assert_cmpint (broken[rule], !=, 0);
      broken[rule] = 2;
    }
  for (guint i = 0; i < constraints->n_rules; i++)
    g_assert_cmpint (broken[i], !=, 1);
  return violations;
}

static void
assert_kept (BwBoard       *board,
             BwConstraints *constraints,
             const BwPose  *poses)
{
  g_autoptr (GArray) broken = check (board, constraints, poses);

  if (broken->len > 0)
    g_test_message ("%s", g_array_index (broken, BwViolation, 0).message);
  g_assert_cmpuint (broken->len, ==, 0);
}

static void
assert_says (BwBoard       *board,
             BwConstraints *constraints,
             const char    *message)
{
  g_autofree BwPose *poses = bw_board_dup_poses (board);
  g_autoptr (GArray) broken = check (board, constraints, poses);

  g_assert_cmpuint (broken->len, ==, 1);
  g_assert_cmpstr (g_array_index (broken, BwViolation, 0).message, ==, message);
}

static void
what_is_wrong_is_told_with_its_line (void)
{
  static const struct { const char *text; const char *message; } cases[] = {
    { "{\"version\": 1,\n \"rules\": [", "test.boardwalk.json:2: this is not JSON" },
    { "[]", "test.boardwalk.json:1: no constraints of Boardwalk: \"version\" is missing" },
    { "{\n\"version\": 2}",
      "test.boardwalk.json:2: version 2 is newer than this Boardwalk, which reads up to 1" },
    { "{\"version\": 1,\n\"rules\": {}}", "test.boardwalk.json:2: \"rules\" is to be an array" },
    { "{\"version\": 1, \"rules\": [\n\n3]}", "test.boardwalk.json:3: a rule is to be an object" },
    { "{\"version\": 1, \"rules\": [{\"lock\": true}]}",
      "test.boardwalk.json:1: a rule needs \"parts\", \"group\", \"value\" or \"footprint\"" },
    { "{\"version\": 1, \"rules\": [{\"parts\":\n \"Q*\"}]}",
      "test.boardwalk.json:2: no part is like \"Q*\"" },
    { "{\"version\": 1, \"rules\": [{\"parts\": []}]}", "test.boardwalk.json:1: no part is named" },
    { "{\"version\": 1, \"rules\": [{\"parts\": \"R1\", \"footprint\": \"test:J\"}]}",
      "test.boardwalk.json:1: no part is all that this rule selects by" },
    { "{\"version\": 1,\n\"tidy\": true}",
      "test.boardwalk.json:2: \"tidy\" is to be an object of weights, or false" },
    { "{\"version\": 1, \"tidy\": {\n\"edges\": -1}}",
      "test.boardwalk.json:2: edges is to be a number from 0 to 1000" },
    { "{\"version\": 1, \"rules\": [{\"parts\": \"R1\", \"side\": \"up\"}]}",
      "test.boardwalk.json:1: \"side\" is to be one of: front, back" },
    { "{\"version\": 1, \"rules\": [{\"parts\": \"R1\", \"lock\": 1}]}",
      "test.boardwalk.json:1: \"lock\" is to be true or false" },
    { "{\"version\": 1, \"rules\": [{\"parts\": \"R1\", \"rotations\": [\"x\"]}]}",
      "test.boardwalk.json:1: a rotation is to be a number from -360 to 360" },
    { "{\"version\": 1, \"rules\": [{\"parts\": \"R1\", \"rotations\": []}]}",
      "test.boardwalk.json:1: \"rotations\" is to be an array of degrees" },
    { "{\"version\": 1, \"rules\": [{\"parts\": \"R1\", \"region_mm\": [0, 0, 1]}]}",
      "test.boardwalk.json:1: \"region_mm\" is to be [left, top, right, bottom]" },
    { "{\"version\": 1, \"rules\": [{\"parts\": \"R1\", \"region_mm\": [5, 0, 1, 1]}]}",
      "test.boardwalk.json:1: a region's right is to be above its left, its bottom above its top" },
    { "{\"version\": 1, \"rules\": [{\"parts\": \"R1\", \"near\": {\"part\": \"R2\"}}]}",
      "test.boardwalk.json:1: \"within_mm\" is missing" },
    { "{\"version\": 1, \"rules\": [{\"parts\": \"R1\", \"near\": {\"part\": \"R9\", "
      "\"within_mm\": 1}}]}", "test.boardwalk.json:1: there is no part \"R9\"" },
    { "{\"version\": 1, \"rules\": [{\"parts\": \"R1\", \"apart\": {\"from\": \"R2\", "
      "\"at_least_mm\": nan}}]}",
      "test.boardwalk.json:1: \"at_least_mm\" is to be a number from 0 to 2000" },
    { "{\"version\": 1, \"rules\": [{\"parts\": \"R1\", \"edge\": \"north\"}]}",
      "test.boardwalk.json:1: \"edge\" is to be one of: left, right, top, bottom, any" },
    { "{\"version\": 1, \"rules\": [{\"parts\": \"R1\", \"importance\": -1}]}",
      "test.boardwalk.json:1: \"importance\" is to be a number from 0 to 1000" },
  };
  g_autoptr (BwBoard) board = bw_test_board_new (5, FALSE);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (read_text (board, cases[i].text, &error));
      g_assert_nonnull (error);
      g_assert_cmpint (error->domain, ==, BW_BOARD_ERROR);
      g_assert_cmpstr (error->message, ==, cases[i].message);
    }
}

static void
more_rules_than_can_be_looked_at_are_refused (void)
{
  g_autoptr (BwBoard) board = bw_test_board_new (200, FALSE);
  g_autoptr (GString) text = g_string_new ("{\"version\": 1, \"rules\": [");
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 100000; i++)
    g_string_append (text, "{\"parts\": \"*R*1*\"},");
  g_string_append (text, "{\"parts\": \"R1\"}]}");
  g_assert_null (read_text (board, text->str, &error));
  g_assert_error (error, BW_BOARD_ERROR, BW_BOARD_ERROR_CONTENT);
}

static void
keys_that_nobody_knows_are_noted_and_left_alone (void)
{
  g_autoptr (BwBoard) board = bw_test_board_new (5, FALSE);
  g_autoptr (BwConstraints) constraints =
    read_rules (board, "{\"parts\": [\"R1\", \"R?\"], \"colour\": {\"lock\": 7},"
                       " \"name\": \"all\"}");

  g_assert_cmpuint (constraints->n_rules, ==, 1);
  g_assert_cmpuint (constraints->rules[0].n_parts, ==, 5);
  g_assert_cmpstr (constraints->rules[0].name, ==, "all");
  g_assert_cmpint (constraints->rules[0].lock, ==, BW_LOCK_UNTOLD);
  g_assert_cmpstr (constraints->notes[0], ==,
                   "test.boardwalk.json:1: “colour” is not understood and left as it is");
  g_assert_null (constraints->notes[1]);
}

static void
each_key_that_a_rule_can_have_is_known (void)
{
  g_autoptr (BwBoard) board = bw_test_board_new (5, FALSE);
  g_autoptr (BwConstraints) known =
    read_rules (board, "{\"name\": \"x\", \"parts\": \"*\", \"value\": \"*\", \"footprint\": \"*\","
                       " \"lock\": false, \"side\": \"front\", \"rotations\": [0],"
                       " \"region_mm\": [0, 0, 90, 90], \"edge\": \"any\", \"importance\": 2,"
                       " \"near\": {\"part\": \"R1\", \"within_mm\": 50},"
                       " \"together\": {\"within_mm\": 90},"
                       " \"apart\": {\"at_least_mm\": 0, \"from\": \"R1\"}}");
  g_autoptr (BwConstraints) unknown =
    read_rules (board, "{\"parts\": \"R1\","
                       "\"near\": {\"part\": \"R2\", \"within_mm\": 5, \"a\": 1}},"
                       "\n{\"parts\": \"R1\", \"together\": {\"within_mm\": 5, \"b\": 1}},"
                       "\n{\"parts\": \"R1\", \"apart\": {\"at_least_mm\": 5, \"c\": 1}}");

  g_assert_null (known->notes[0]);
  g_assert_cmpuint (g_strv_length ((char **) unknown->notes), ==, 3);
  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *begin = g_strdup_printf ("test.boardwalk.json:%u: “%c” is not",
                                                i + 1, 'a' + (int) i);

      g_assert_true (g_str_has_prefix (unknown->notes[i], begin));
    }
}

static void
notes_on_rules_come_to_an_end (void)
{
  g_autoptr (BwBoard) board = bw_test_board_new (5, FALSE);
  g_autoptr (GString) rules = g_string_new ("{\"parts\": \"R1\"");
  g_autoptr (BwConstraints) constraints = NULL;
  guint n;

  for (guint i = 0; i < 1000; i++)
    g_string_append_printf (rules, ", \"a%u\": {\"near\": 1}", i);
  g_string_append (rules, "}, {\"parts\": \"R1\", \"b\": 1}");
  constraints = read_rules (board, rules->str);
  n = g_strv_length ((char **) constraints->notes);
  g_assert_cmpuint (n, ==, 101);
  g_assert_cmpstr (constraints->notes[n - 1], ==,
                   "test.boardwalk.json: there is more that is not understood");
}

static void
weights_of_tidiness_are_read_and_the_rest_left_untold (void)
{
  g_autoptr (BwBoard) board = bw_test_board_new (5, FALSE);
  g_autoptr (GError) error = NULL;
  g_autoptr (BwConstraints) some =
    read_text (board, "{\"version\": 1, \"tidy\": {\"grid\": 0.5, \"hue\": \"red\"}}", &error);
  g_autoptr (BwConstraints) none = read_text (board, "{\"version\": 1, \"tidy\": false}", &error);
  g_autoptr (BwConstraints) untold = read_text (board, "{\"version\": 1}", &error);

  g_assert_no_error (error);
  g_assert_cmpfloat (some->weights.grid_mm, ==, 0.5);
  g_assert_true (isnan (some->weights.decoupling));
  g_assert_cmpstr (some->notes[0], ==,
                   "test.boardwalk.json:1: “hue” is not understood and left as it is");
  g_assert_null (none->notes[0]);
  g_assert_cmpfloat (none->weights.decoupling, ==, 0.0);
  g_assert_cmpfloat (none->weights.grid_mm, ==, 0.0);
  g_assert_true (isnan (untold->weights.grid_mm));
}

static void
a_board_without_a_file_has_no_constraints (void)
{
  g_autoptr (BwBoard) board = bw_test_board_new (1, FALSE);
  g_autofree char *folder = g_dir_make_tmp ("bw-constraints-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "amp.kicad_pcb", NULL);
  g_autofree char *rules = g_build_filename (folder, "amp.boardwalk.json", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (BwConstraints) constraints = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_null (bw_constraints_load (board, file, NULL, &error));
  g_assert_no_error (error);

  g_assert_true (g_file_set_contents (rules, "{\"version\": 1}", -1, NULL));
  constraints = bw_constraints_load (board, file, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (constraints->n_rules, ==, 0);

  g_assert_true (g_file_set_contents (rules, "{\n{", -1, NULL));
  g_assert_null (bw_constraints_load (board, file, NULL, &error));
  g_assert_cmpstr (error->message, ==, "amp.boardwalk.json:2: this is not JSON");
  g_assert_cmpint (g_unlink (rules), ==, 0);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

static void
locks_hold_and_release_but_never_what_kicad_locks (void)
{
  g_autoptr (BwBoard) board = bw_test_board_new (3, FALSE);
  g_autoptr (BwConstraints) constraints =
    read_rules (board, "{\"parts\": \"*\", \"lock\": true}, {\"parts\": [\"R2\", \"J1\"], "
                       "\"lock\": false}");

  g_assert_true (bw_constraints_holds (NULL, board, (guint32) bw_board_find (board, "J1")));
  g_assert_false (bw_constraints_holds (NULL, board, (guint32) bw_board_find (board, "R1")));
  g_assert_true (bw_constraints_holds (constraints, board, (guint32) bw_board_find (board, "J1")));
  g_assert_true (bw_constraints_holds (constraints, board, (guint32) bw_board_find (board, "R1")));
  g_assert_false (bw_constraints_holds (constraints, board, (guint32) bw_board_find (board, "R2")));
}

static void
side_rotations_and_region_are_obeyed_exactly (void)
{
  g_autoptr (BwBoard) board = bw_test_board_new (6, FALSE);
  g_autoptr (BwConstraints) constraints =
    read_rules (board, "{\"parts\": \"R1\", \"side\": \"back\"},"
                       "{\"parts\": [\"R2\", \"R3\"], \"rotations\": [90, -90]},"
                       "{\"parts\": \"R?\", \"region_mm\": [30, 20, 39, 29]}");
  g_autofree BwPose *poses = place (board, constraints);

  assert_kept (board, constraints, poses);
  for (guint i = 0; i < board->n_footprints; i++)
    {
      const char *key = board->footprints[i].key;

      if (g_str_equal (key, "R1"))
        g_assert_cmpint (poses[i].side, ==, BW_SIDE_BACK);
      if (g_str_equal (key, "R2") || g_str_equal (key, "R3"))
        g_assert_cmpint (poses[i].rotation_cdeg % 18000, ==, 9000);
      if (key[0] == 'R')
        {
          g_assert_cmpint (poses[i].at.x_nm, >, 30000000);
          g_assert_cmpint (poses[i].at.y_nm, >, 20000000);
        }
    }
}

static void
wishes_are_kept_where_they_can_be (void)
{
  g_autoptr (BwBoard) board = bw_test_board_new (12, FALSE);
  g_autoptr (BwConstraints) constraints =
    read_rules (board, "{\"parts\": \"R1\", \"edge\": \"right\"},"
                       "{\"parts\": \"R2\", \"edge\": \"top\"},"
                       "{\"parts\": \"R3\", \"near\": {\"part\": \"R12\", \"within_mm\": 1}},"
                       "{\"parts\": [\"R4\", \"R10\"], \"together\": {\"within_mm\": 6}},"
                       "{\"parts\": \"R5\", \"apart\": {\"from\": \"R6\", \"at_least_mm\": 5}},"
                       "{\"parts\": [\"R7\", \"R8\", \"R9\"], \"apart\": {\"at_least_mm\": 4}}");
  g_autofree BwPose *free_poses = place (board, NULL);
  g_autofree BwPose *poses = place (board, constraints);
  g_autoptr (GArray) broken = check (board, constraints, free_poses);

  g_assert_cmpuint (broken->len, >=, 5);
  assert_kept (board, constraints, poses);
}

static void
a_rule_that_is_not_kept_is_named (void)
{
  g_autoptr (BwBoard) board = bw_test_board_new (2, FALSE);
  static const struct { const char *rule; const char *fact; } cases[] = {
    { "\"side\": \"back\"", "R1 is on the front" },
    { "\"rotations\": [90]", "R1 is turned by 0 degrees" },
    { "\"region_mm\": [0, 0, 20.5, 20]", "R1 is not within its region" },
    { "\"edge\": \"left\"", "R1 is 19.00 mm from the left edge" },
    { "\"edge\": \"any\"", "R1 is 14.50 mm from the nearest edge" },
    { "\"near\": {\"part\": \"J1\", \"within_mm\": 2}",
      "R1 is 12.00 mm from J1, not within 2 mm" },
    { "\"apart\": {\"from\": \"R2\", \"at_least_mm\": 1.5}",
      "R1 is 0.00 mm from R2, not 1.5 mm away" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *rule = g_strdup_printf ("\n{\"parts\": \"R1\", \"name\": \"mine\", %s}",
                                               cases[i].rule);
      g_autofree char *message = g_strdup_printf ("test.boardwalk.json:2: mine: %s",
                                                  cases[i].fact);
      g_autoptr (BwConstraints) constraints = read_rules (board, rule);

      assert_says (board, constraints, message);
    }
}

static void
what_cannot_be_kept_leaves_the_board_legal (void)
{
  g_autoptr (BwBoard) board = bw_test_board_new (12, FALSE);
  g_autoptr (BwConstraints) constraints =
    read_rules (board, "{\"parts\": \"R*\", \"apart\": {\"at_least_mm\": 30}}");
  g_autofree BwPose *poses = place (board, constraints);
  g_autoptr (GArray) broken = bw_constraints_check (constraints, board, poses);

  g_assert_cmpuint (broken->len, >, 0);
}

static void
the_more_important_of_two_rules_wins (void)
{
  g_autoptr (BwBoard) board = bw_test_board_new (3, FALSE);
  g_autoptr (BwConstraints) left =
    read_rules (board, "{\"parts\": \"R3\", \"edge\": \"left\", \"importance\": 50},"
                       "{\"parts\": \"R3\", \"edge\": \"right\", \"importance\": 5}");
  g_autoptr (BwConstraints) right =
    read_rules (board, "{\"parts\": \"R3\", \"edge\": \"left\", \"importance\": 5},"
                       "{\"parts\": \"R3\", \"edge\": \"right\", \"importance\": 50}");
  g_autofree BwPose *at_left = place (board, left);
  g_autofree BwPose *at_right = place (board, right);
  guint r3 = (guint) bw_board_find (board, "R3");

  g_assert_cmpint (at_left[r3].at.x_nm, <, 5000000);
  g_assert_cmpint (at_right[r3].at.x_nm, >, 35000000);
}

static void
parts_are_named_by_patterns (void)
{
  g_autoptr (BwBoard) board = bw_test_board_new (12, FALSE);
  g_autofree char *unknown = NULL;
  g_autofree gboolean *marked = bw_part_pattern_mark (board, "R1, R?2,J*", &unknown);
  guint n = 0;

  g_assert_nonnull (marked);
  for (guint i = 0; i < board->n_footprints; i++)
    n += marked[i];
  g_assert_cmpuint (n, ==, 3);
  g_assert_null (bw_part_pattern_mark (board, "R1,X9", &unknown));
  g_assert_cmpstr (unknown, ==, "X9");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/constraints/what-is-wrong-is-told-with-its-line",
                   what_is_wrong_is_told_with_its_line);
  g_test_add_func ("/constraints/more-rules-than-can-be-looked-at-are-refused",
                   more_rules_than_can_be_looked_at_are_refused);
  g_test_add_func ("/constraints/keys-that-nobody-knows-are-noted-and-left-alone",
                   keys_that_nobody_knows_are_noted_and_left_alone);
  g_test_add_func ("/constraints/each-key-that-a-rule-can-have-is-known",
                   each_key_that_a_rule_can_have_is_known);
  g_test_add_func ("/constraints/notes-on-rules-come-to-an-end", notes_on_rules_come_to_an_end);
  g_test_add_func ("/constraints/weights-of-tidiness-are-read-and-the-rest-left-untold",
                   weights_of_tidiness_are_read_and_the_rest_left_untold);
  g_test_add_func ("/constraints/a-board-without-a-file-has-no-constraints",
                   a_board_without_a_file_has_no_constraints);
  g_test_add_func ("/constraints/locks-hold-and-release-but-never-what-kicad-locks",
                   locks_hold_and_release_but_never_what_kicad_locks);
  g_test_add_func ("/constraints/side-rotations-and-region-are-obeyed-exactly",
                   side_rotations_and_region_are_obeyed_exactly);
  g_test_add_func ("/constraints/wishes-are-kept-where-they-can-be",
                   wishes_are_kept_where_they_can_be);
  g_test_add_func ("/constraints/a-rule-that-is-not-kept-is-named",
                   a_rule_that_is_not_kept_is_named);
  g_test_add_func ("/constraints/what-cannot-be-kept-leaves-the-board-legal",
                   what_cannot_be_kept_leaves_the_board_legal);
  g_test_add_func ("/constraints/the-more-important-of-two-rules-wins",
                   the_more_important_of_two_rules_wins);
  g_test_add_func ("/constraints/parts-are-named-by-patterns", parts_are_named_by_patterns);
  return g_test_run ();
}
