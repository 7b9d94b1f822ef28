/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "bw-test-board.h"
#include "board/bw-board-reader.h"
#include "session/bw-session.h"

/* What a run says about the far side: its connector goes through the board, and all else lies on
 * the front. */

#define FAR_POSE ((BwPose) { { 20000000, 15000000 }, 0, BW_SIDE_BACK })

static BwBoard *
load_board (void)
{
  g_autofree char *text = bw_test_board_text (8, FALSE);
  const char smd[] = "(pad \"1\" smd rect (at 0 0) (size 1 1) (layers \"F.Cu\")";
  char *at = strstr (text, smd);
  g_autoptr (GString) through = g_string_new_len (text, at - text);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  BwBoard *board;

  g_string_append_printf (through, "(pad \"1\" thru_hole rect (at 0 0) (size 1 1) (drill 0.5)"
                                   " (layers \"*.Cu\")%s", at + strlen (smd));
  bytes = g_bytes_new (through->str, through->len);
  board = bw_board_new_from_bytes (bytes, "test.kicad_pcb", &error);
  g_assert_no_error (error);
  return board;
}

static void
flip_at (gboolean paused)
{
  g_autoptr (BwBoard) board = load_board ();
  g_autoptr (BwSession) session = bw_session_new (board, NULL);
  guint32 part = (guint32) bw_board_find (board, "R1");
  BwRunOptions options = bw_run_options_default ();
  BwFrame *frame;

  options.iterations = 400;
  bw_session_set_options (session, &options);
  bw_session_submit (session, &(BwCommand) { paused ? BW_COMMAND_STEP : BW_COMMAND_START,
                                             BW_ORIGIN_PROGRAM });
  while (paused ? bw_session_get_state (session) != BW_RUN_PAUSED
                : bw_session_get_state (session) == BW_RUN_IDLE)
    g_main_context_iteration (NULL, TRUE);
  bw_session_submit (session, &(BwCommand) { BW_COMMAND_FLIP, BW_ORIGIN_PROGRAM, part, FAR_POSE });
  while (bw_session_get_frame (session)->epoch < 2)
    g_main_context_iteration (NULL, TRUE);
  if (paused)
    {
      while (bw_session_get_state (session) != BW_RUN_PAUSED)
        g_main_context_iteration (NULL, TRUE);
      g_assert_cmpint (bw_session_get_frame (session)->poses[part].side, ==, BW_SIDE_BACK);
      bw_session_submit (session, &(BwCommand) { BW_COMMAND_RESUME, BW_ORIGIN_PROGRAM });
    }
  while (bw_session_get_state (session) != BW_RUN_FINISHED)
    g_main_context_iteration (NULL, TRUE);
  frame = bw_session_get_frame (session);
  g_assert_cmpuint (frame->epoch, ==, 2);
  g_assert_cmpint (frame->poses[part].side, ==, BW_SIDE_BACK);
  g_assert_true (frame->held[part]);
  g_assert_true (bw_frame_is_legal (frame));
}

static void
the_first_part_on_the_other_side_begins_the_run_anew (void)
{
  flip_at (FALSE);
}

static void
so_it_does_in_a_pause_which_stays_one (void)
{
  flip_at (TRUE);
}

/* Connector and part overlap on the far side alone. */
static void
what_goes_through_the_board_is_in_the_way_there (void)
{
  g_autoptr (BwBoard) board = load_board ();
  g_autoptr (BwSession) session = bw_session_new (board, NULL);
  guint32 part = (guint32) bw_board_find (board, "R1");
  BwPose pose = FAR_POSE;

  pose.at = board->footprints[bw_board_find (board, "J1")].pose.at;
  bw_session_submit (session, &(BwCommand) { BW_COMMAND_MOVE, BW_ORIGIN_PROGRAM, part, pose });
  bw_session_submit (session, &(BwCommand) { BW_COMMAND_FLIP, BW_ORIGIN_PROGRAM, part, pose });
  while (bw_session_get_frame (session)->poses[part].side != BW_SIDE_BACK)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (bw_session_get_frame (session)->locked_conflicts, ==, 1);
}

/* A frame costs the same for one as for a thousand. */
static void
what_waits_is_done_at_once (void)
{
  g_autoptr (BwBoard) board = load_board ();
  g_autoptr (BwSession) session = bw_session_new (board, NULL);
  guint32 part = (guint32) bw_board_find (board, "R1");
  guint64 index = bw_session_get_frame (session)->index;

  bw_session_submit (session, &(BwCommand) { BW_COMMAND_MOVE, BW_ORIGIN_PROGRAM, part, FAR_POSE });
  bw_session_submit (session, &(BwCommand) { BW_COMMAND_FLIP, BW_ORIGIN_PROGRAM, part, FAR_POSE });
  bw_session_submit (session, &(BwCommand) { BW_COMMAND_LOCK, BW_ORIGIN_PROGRAM, part + 1 });
  while (bw_session_get_frame (session)->index == index)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (bw_session_get_frame (session)->index, ==, index + 1);
  g_assert_true (bw_pose_equal (&bw_session_get_frame (session)->poses[part], &FAR_POSE));
  g_assert_true (bw_session_get_frame (session)->held[part + 1]);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/session-sides/the-first-part-on-the-other-side-begins-the-run-anew",
                   the_first_part_on_the_other_side_begins_the_run_anew);
  g_test_add_func ("/session-sides/so-it-does-in-a-pause-which-stays-one",
                   so_it_does_in_a_pause_which_stays_one);
  g_test_add_func ("/session-sides/what-goes-through-the-board-is-in-the-way-there",
                   what_goes_through_the_board_is_in_the_way_there);
  g_test_add_func ("/session-sides/what-waits-is-done-at-once", what_waits_is_done_at_once);
  return g_test_run ();
}
