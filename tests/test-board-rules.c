/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "board-fixtures.h"
#include "session/bw-board-rules.h"
#include "session/bw-problem-builder.h"

#define MM 1000000

/* Two parts of 2 x 2 mm with pads of 1 x 1 mm, 3 mm from each other, middle to middle. */
#define PART(reference, x) \
  "(footprint a (layer F.Cu) (at " x " 5) (sheetname \"/" reference "/\")" \
  " (fp_text reference \"" reference "\" (at 0 0)) (fp_rect (start -1 -1) (end 1 1)" \
  " (layer F.CrtYd)) (pad 1 smd rect (at 0 0) (size 1 1) (layers F.Cu) (net 1 \"A\")))\n"
#define TWO_PARTS \
  "(kicad_pcb (version 20241229) (net 0 \"\") (net 1 \"A\")\n" PART ("J1", "2") PART ("R1", "5") \
  "(gr_rect (start 0 0) (end 40 30) (layer Edge.Cuts))\n"

static BwBoard *
board_with_rules (const char *lines,
                  const char *rules)
{
  g_autofree char *text = g_strconcat (TWO_PARTS, lines, ")\n", NULL);
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GBytes) rule_bytes = g_bytes_new (rules, strlen (rules));
  g_autoptr (GError) error = NULL;
  BwBoard *board = bw_board_new_with_project (bytes, NULL, rule_bytes, NULL, "t.kicad_pcb",
                                              &error);

  g_assert_no_error (error);
  g_assert_null (board->notes[0]);
  return board;
}

static GPtrArray *
facts_of (const BwBoard *board)
{
  g_autofree BwPose *poses = bw_board_dup_poses (board);

  return bw_board_rules_check (board, poses, NULL);
}

static void
clearances_reach_the_parts_of_the_problem (void)
{
  g_autoptr (BwBoard) board =
    board_with_rules ("", "(rule all (constraint courtyard_clearance (min 0.6mm))"
                          " (constraint edge_clearance (min 0.8mm)))\n"
                          "(rule far (condition \"A.Reference == 'J1'\")"
                          " (constraint courtyard_clearance (min 2mm))"
                          " (constraint edge_clearance (min 0.3mm)))");
  g_autoptr (BwBoardProblem) built = bw_board_problem_new (board, NULL);
  const BwProblem *problem = bw_board_problem_get (built);

  g_assert_cmpint (problem->parts[0].gap_nm, ==, 2 * MM);
  g_assert_cmpint (problem->parts[1].gap_nm, ==, 600000);
  /* The copper begins 0.5 mm inside of the body. */
  g_assert_cmpint (problem->parts[0].edge_margin_nm, ==, 0);
  g_assert_cmpint (problem->parts[1].edge_margin_nm, ==, 300000);
}

static void
a_board_without_rules_asks_for_nothing (void)
{
  g_autoptr (BwBoard) board = board_with_rules ("", "");
  g_autoptr (BwBoardProblem) built = bw_board_problem_new (board, NULL);
  g_autoptr (GPtrArray) facts = facts_of (board);

  g_assert_cmpint (bw_board_problem_get (built)->parts[0].gap_nm, ==, 0);
  g_assert_cmpint (bw_board_problem_get (built)->parts[0].edge_margin_nm, ==, 0);
  g_assert_cmpuint (facts->len, ==, 0);
}

static void
courtyards_too_near_are_told_to_the_micron (void)
{
  g_autoptr (BwBoard) board =
    board_with_rules ("", "(rule all (constraint courtyard_clearance (min 1.5mm)))");
  g_autofree BwPose *poses = bw_board_dup_poses (board);
  const guint8 held[2] = { 1, 1 };
  g_autoptr (GPtrArray) facts = bw_board_rules_check (board, poses, NULL);
  g_autoptr (GPtrArray) of_held = bw_board_rules_check (board, poses, held);
  g_autoptr (GPtrArray) of_others = NULL;
  g_autoptr (GPtrArray) far = NULL;

  g_assert_cmpuint (facts->len, ==, 1);
  g_assert_cmpstr (facts->pdata[0], ==, "J1 is 1.000 mm from R1; the rules of the board ask for"
                   " 1.5 mm between their courtyards");
  g_assert_cmpuint (of_held->len, ==, 0);
  poses[1].side = BW_SIDE_BACK;
  of_others = bw_board_rules_check (board, poses, NULL);
  g_assert_cmpuint (of_others->len, ==, 0);
  poses[1] = (BwPose) { { 5500000, 5 * MM }, 0, BW_SIDE_FRONT };
  far = bw_board_rules_check (board, poses, NULL);
  g_assert_cmpuint (far->len, ==, 0);
}

static void
a_rule_for_two_parts_reaches_the_problem_and_is_checked (void)
{
  g_autoptr (BwBoard) board =
    board_with_rules ("", "(rule pair (condition \"A.Reference == 'J*' && B.Reference == 'R*'\")"
                          " (constraint courtyard_clearance (min 4mm)))");
  g_autoptr (BwBoardProblem) built = bw_board_problem_new (board, NULL);
  const BwProblem *problem = bw_board_problem_get (built);
  g_autoptr (GPtrArray) facts = facts_of (board);

  g_assert_cmpuint (problem->n_aparts, ==, 1);
  g_assert_cmpint (problem->aparts[0].gap_nm, ==, 4 * MM);
  g_assert_true (problem->aparts[0].one_side);
  g_assert_cmpuint (facts->len, ==, 1);
  g_assert_cmpstr (facts->pdata[0], ==, "J1 is 1.000 mm from R1; the rules of the board ask for"
                   " 4 mm between their courtyards");
}

static void
an_area_pulls_its_parts_and_tells_of_those_outside (void)
{
  g_autoptr (BwBoard) board =
    board_with_rules ("(zone (layers \"F.Cu\") (name \"low\") (keepout (footprints allowed))"
                      " (placement (enabled yes) (sheetname \"/J1/\"))"
                      " (polygon (pts (xy 20 10) (xy 30 10) (xy 30 20) (xy 20 20))))\n", "");
  g_autoptr (BwBoardProblem) built = bw_board_problem_new (board, NULL);
  const BwProblem *problem = bw_board_problem_get (built);
  g_autoptr (GPtrArray) facts = facts_of (board);

  g_assert_cmpuint (facts->len, ==, 1);
  g_assert_cmpstr (facts->pdata[0], ==, "J1 is not in the rule area “low”");
  /* Its middle, and on the part that stands still two corners of the area. */
  g_assert_cmpuint (problem->n_nets, ==, board->n_nets + 1);
  g_assert_true (bw_goal_is_wish (problem->nets[board->n_nets].goal));
  g_assert_cmpuint (problem->n_parts, ==, 3);
  g_assert_cmpuint (problem->parts[0].n_terminals, ==, 2);
  g_assert_cmpuint (problem->parts[1].n_terminals, ==, 1);
  g_assert_cmpuint (problem->parts[2].n_terminals, ==, 2);
  g_assert_cmpint (problem->parts[2].terminals[1].at.x_nm -
                   problem->parts[2].terminals[0].at.x_nm, ==, 8 * MM);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/board-rules/clearances-reach-the-parts-of-the-problem",
                   clearances_reach_the_parts_of_the_problem);
  g_test_add_func ("/board-rules/a-board-without-rules-asks-for-nothing",
                   a_board_without_rules_asks_for_nothing);
  g_test_add_func ("/board-rules/courtyards-too-near-are-told-to-the-micron",
                   courtyards_too_near_are_told_to_the_micron);
  g_test_add_func ("/board-rules/a-rule-for-two-parts-reaches-the-problem-and-is-checked",
                   a_rule_for_two_parts_reaches_the_problem_and_is_checked);
  g_test_add_func ("/board-rules/an-area-pulls-its-parts-and-tells-of-those-outside",
                   an_area_pulls_its_parts_and_tells_of_those_outside);
  return g_test_run ();
}
