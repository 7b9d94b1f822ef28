/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a hand puts over the board's edge is told, until a person says that it belongs there. */

#include "bw-test-board.h"
#include "session/bw-session.h"

#define N_PARTS 3
#define MM(value) ((gint32) ((value) * 1000000))

/* A command about R1, and the frame after it. */
static BwFrame *
command (BwSession    *session,
         BwBoard      *board,
         BwCommandKind kind,
         gint32        x_nm)
{
  guint64 index = bw_session_get_frame (session)->index;

  bw_session_submit (session, &(BwCommand) {
    .kind = kind,
    .footprint = (guint32) bw_board_find (board, "R1"),
    .pose = { .at = { x_nm, MM (25) } },
  });
  while (bw_session_get_frame (session)->index == index)
    g_main_context_iteration (NULL, TRUE);
  return bw_session_get_frame (session);
}

static void
assert_outside (BwBoard *board,
                BwFrame *frame,
                gboolean outside)
{
  gint32 part = bw_board_find (board, "R1");

  g_assert_cmpuint (frame->outside, ==, outside ? 1 : 0);
  g_assert_cmpint (frame->strays != NULL && frame->strays[part], ==, outside);
}

/* The test board is 40 mm wide, and R1 2 mm. */
static void
what_a_hand_puts_over_the_edge_is_told_until_it_is_locked_there (void)
{
  g_autoptr (BwBoard) board = bw_test_board_new (N_PARTS, FALSE);
  g_autoptr (BwSession) session = bw_session_new (board, NULL);

  assert_outside (board, command (session, board, BW_COMMAND_MOVE, MM (30)), FALSE);
  assert_outside (board, command (session, board, BW_COMMAND_MOVE, MM (40)), TRUE);
  assert_outside (board, command (session, board, BW_COMMAND_LOCK, 0), FALSE);
  assert_outside (board, command (session, board, BW_COMMAND_MOVE, MM (40.5)), TRUE);
  assert_outside (board, command (session, board, BW_COMMAND_UNLOCK, 0), TRUE);
  assert_outside (board, command (session, board, BW_COMMAND_MOVE, MM (35)), FALSE);
}

static void
it_is_told_by_frames_of_a_run (void)
{
  g_autoptr (BwBoard) board = bw_test_board_new (N_PARTS, FALSE);
  g_autoptr (BwSession) session = bw_session_new (board, NULL);
  BwRunOptions options = bw_run_options_default ();
  BwFrame *frame;

  options.iterations = 100;
  bw_session_set_options (session, &options);
  command (session, board, BW_COMMAND_MOVE, MM (40));
  bw_session_submit (session, &(BwCommand) { .kind = BW_COMMAND_START });
  while (!(frame = bw_session_get_frame (session))->final || frame->epoch == 0)
    g_main_context_iteration (NULL, TRUE);
  assert_outside (board, frame, TRUE);
  g_assert_false (bw_frame_is_legal (frame));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/session/outside/what a hand puts over the edge is told until it is locked",
                   what_a_hand_puts_over_the_edge_is_told_until_it_is_locked_there);
  g_test_add_func ("/session/outside/it is told by frames of a run", it_is_told_by_frames_of_a_run);
  return g_test_run ();
}
