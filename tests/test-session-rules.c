/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "bw-test-board.h"
#include "session/bw-session.h"

/* Rules that a session is told of while it is there already. */

#define HOLD_R1 "{ \"parts\": \"R1\", \"lock\": true }"

static BwConstraints *
read_rules (BwBoard    *board,
            const char *rules)
{
  g_autofree char *text = g_strdup_printf ("{\"version\": 1, \"rules\": [%s]}", rules);
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;
  BwConstraints *constraints = bw_constraints_new_from_bytes (board, bytes, "t", &error);

  g_assert_no_error (error);
  return constraints;
}

static BwSession *
new_session (BwBoard *board)
{
  BwSession *session = bw_session_new (board, NULL);
  BwRunOptions options = bw_run_options_default ();

  options.iterations = 400;
  bw_session_set_options (session, &options);
  return session;
}

static void
submit (BwSession    *session,
        BwCommandKind kind,
        guint32       part)
{
  bw_session_submit (session, &(BwCommand) { kind, BW_ORIGIN_PROGRAM, part });
}

static void
wait_for_state (BwSession *session,
                BwRunState state)
{
  while (bw_session_get_state (session) != state)
    g_main_context_iteration (NULL, TRUE);
}

/* At once, or when the end of a run has come in. */
static void
wait_for_held (BwSession *session,
               guint32    part,
               gboolean   held)
{
  while (bw_session_get_frame (session)->held[part] != held)
    g_main_context_iteration (NULL, TRUE);
}

static gboolean
lies_as_in_the_file (BwSession *session,
                     BwBoard   *board,
                     guint32    part)
{
  return bw_pose_equal (&bw_session_get_frame (session)->poses[part],
                        &board->footprints[part].pose);
}

static void
what_a_new_rule_holds_is_held_at_once_and_in_the_next_run (void)
{
  g_autoptr (BwBoard) board = bw_test_board_new (8, FALSE);
  g_autoptr (BwSession) session = new_session (board);
  g_autoptr (BwConstraints) rules = read_rules (board, HOLD_R1);
  guint32 part = (guint32) bw_board_find (board, "R1");

  g_assert_false (bw_session_get_frame (session)->held[part]);
  bw_session_set_constraints (session, rules);
  g_assert_true (bw_session_get_constraints (session) == rules);
  g_assert_true (bw_session_get_frame (session)->held[part]);
  submit (session, BW_COMMAND_START, 0);
  wait_for_state (session, BW_RUN_FINISHED);
  g_assert_true (lies_as_in_the_file (session, board, part));
  g_assert_false (lies_as_in_the_file (session, board, part + 1));

  bw_session_set_constraints (session, NULL);
  wait_for_held (session, part, FALSE);
  submit (session, BW_COMMAND_RESTART, 0);
  wait_for_state (session, BW_RUN_RUNNING);
  wait_for_state (session, BW_RUN_FINISHED);
  g_assert_false (lies_as_in_the_file (session, board, part));
}

static void
a_run_that_is_under_way_goes_on_as_it_began (void)
{
  g_autoptr (BwBoard) board = bw_test_board_new (8, FALSE);
  g_autoptr (BwSession) session = new_session (board);
  g_autoptr (BwConstraints) rules = read_rules (board, HOLD_R1);
  guint32 part = (guint32) bw_board_find (board, "R1");

  submit (session, BW_COMMAND_STEP, 0);
  wait_for_state (session, BW_RUN_PAUSED);
  bw_session_set_constraints (session, rules);
  g_assert_false (bw_session_get_frame (session)->held[part]);
  submit (session, BW_COMMAND_RESUME, 0);
  wait_for_state (session, BW_RUN_FINISHED);
  g_assert_false (lies_as_in_the_file (session, board, part));
  wait_for_held (session, part, TRUE);
}

static void
what_is_released_by_hand_stays_so (void)
{
  g_autoptr (BwBoard) board = bw_test_board_new (8, FALSE);
  g_autoptr (BwSession) session = new_session (board);
  g_autoptr (BwConstraints) rules = read_rules (board, HOLD_R1);
  g_autoptr (BwConstraints) again = read_rules (board, HOLD_R1);
  guint32 part = (guint32) bw_board_find (board, "R1");

  bw_session_set_constraints (session, rules);
  submit (session, BW_COMMAND_UNLOCK, part);
  wait_for_held (session, part, FALSE);
  bw_session_set_constraints (session, again);
  g_assert_false (bw_session_get_frame (session)->held[part]);
}

/* The edit's thread has the hand meanwhile. */
static void
rules_count_that_come_while_a_part_is_moved (void)
{
  g_autoptr (BwBoard) board = bw_test_board_new (8, FALSE);
  g_autoptr (BwSession) session = new_session (board);
  g_autoptr (BwConstraints) rules = read_rules (board, HOLD_R1);
  guint32 part = (guint32) bw_board_find (board, "R1");
  guint64 index = bw_session_get_frame (session)->index;

  submit (session, BW_COMMAND_LOCK, part + 1);
  g_main_context_iteration (NULL, TRUE);
  bw_session_set_constraints (session, rules);
  while (bw_session_get_frame (session)->index == index
         || !bw_session_get_frame (session)->held[part + 1])
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (bw_session_get_frame (session)->held[part]);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/session-rules/what a new rule holds is held at once and in the next run",
                   what_a_new_rule_holds_is_held_at_once_and_in_the_next_run);
  g_test_add_func ("/session-rules/a run that is under way goes on as it began",
                   a_run_that_is_under_way_goes_on_as_it_began);
  g_test_add_func ("/session-rules/what is released by hand stays so",
                   what_is_released_by_hand_stays_so);
  g_test_add_func ("/session-rules/rules count that come while a part is moved",
                   rules_count_that_come_while_a_part_is_moved);
  return g_test_run ();
}
