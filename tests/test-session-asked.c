/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a command asks of the run that it begins. */

#include <string.h>

#include "bw-test-board.h"
#include "session/bw-session.h"

#define N_PARTS 8
#define ITERATIONS 300

static BwSession *
new_session (BwBoard *board,
             guint64  seed,
             double   stay)
{
  BwSession *session = bw_session_new (board, NULL);
  BwRunOptions options = bw_run_options_default ();

  options.iterations = ITERATIONS;
  options.seed = seed;
  options.stay = stay;
  bw_session_set_options (session, &options);
  return session;
}

static void
wait_for_end (BwSession *session,
              guint32    epoch)
{
  while (bw_session_get_frame (session)->epoch < epoch
         || bw_session_get_state (session) == BW_RUN_RUNNING)
    g_main_context_iteration (NULL, TRUE);
}

/* Where a run leaves the parts, from the file's poses on. (transfer full) */
static BwFrame *
run_alone (BwBoard *board,
           guint64  seed,
           double   stay)
{
  g_autoptr (BwSession) session = new_session (board, seed, stay);

  bw_session_submit (session, &(BwCommand) { BW_COMMAND_START, BW_ORIGIN_PROGRAM });
  wait_for_end (session, 1);
  return bw_frame_ref (bw_session_get_frame (session));
}

static gboolean
are_the_same (BwFrame *a,
              BwFrame *b)
{
  g_assert_cmpuint (a->n_footprints, ==, b->n_footprints);
  for (guint i = 0; i < a->n_footprints; i++)
    {
      if (!bw_pose_equal (&a->poses[i], &b->poses[i]))
        return FALSE;
    }
  return TRUE;
}

static void
a_run_takes_the_seed_that_it_is_asked_for_and_the_next_its_own (void)
{
  g_autoptr (BwBoard) board = bw_test_board_new (N_PARTS, FALSE);
  g_autoptr (BwFrame) with_one = run_alone (board, 1, 0.0);
  g_autoptr (BwFrame) with_seven = run_alone (board, 7, 0.0);
  g_autoptr (BwSession) session = new_session (board, 1, 0.0);

  g_assert_false (are_the_same (with_one, with_seven));
  bw_session_submit (session, &(BwCommand) { .kind = BW_COMMAND_START,
                                             .asked = { .has_seed = TRUE, .seed = 7 } });
  wait_for_end (session, 1);
  g_assert_true (are_the_same (bw_session_get_frame (session), with_seven));
  g_assert_cmpuint (bw_session_get_options (session)->seed, ==, 1);

  bw_session_submit (session, &(BwCommand) { .kind = BW_COMMAND_RESTART });
  wait_for_end (session, 2);
  g_assert_true (are_the_same (bw_session_get_frame (session), with_one));

  bw_session_submit (session, &(BwCommand) { .kind = BW_COMMAND_RESTART,
                                             .asked = { .has_seed = TRUE, .seed = 7 } });
  wait_for_end (session, 3);
  g_assert_true (are_the_same (bw_session_get_frame (session), with_seven));
}

static void
a_run_refines_or_places_as_it_is_asked_to (void)
{
  g_autoptr (BwBoard) board = bw_test_board_new (N_PARTS, FALSE);
  g_autoptr (BwFrame) placed = run_alone (board, 1, 0.0);
  g_autoptr (BwFrame) refined = run_alone (board, 1, BW_REFINE_STAY);
  g_autoptr (BwSession) placing = new_session (board, 1, 0.0);
  g_autoptr (BwSession) refining = new_session (board, 1, BW_REFINE_STAY);

  g_assert_false (are_the_same (placed, refined));
  bw_session_submit (placing, &(BwCommand) { .kind = BW_COMMAND_START,
                                             .asked = { .manner = BW_MANNER_REFINE } });
  bw_session_submit (refining, &(BwCommand) { .kind = BW_COMMAND_START,
                                              .asked = { .manner = BW_MANNER_PLACE } });
  wait_for_end (placing, 1);
  wait_for_end (refining, 1);
  g_assert_true (are_the_same (bw_session_get_frame (placing), refined));
  g_assert_true (are_the_same (bw_session_get_frame (refining), placed));
}

static void
a_time_that_is_asked_for_takes_the_place_of_the_iterations (void)
{
  g_autoptr (BwBoard) board = bw_test_board_new (N_PARTS, FALSE);
  g_autoptr (BwSession) session = new_session (board, 1, 0.0);

  bw_session_submit (session, &(BwCommand) { .kind = BW_COMMAND_START,
                                             .asked = { .time_s = BW_ASKED_TIME_MOST_S } });
  while (bw_session_get_frame (session)->iteration <= ITERATIONS)
    g_main_context_iteration (NULL, TRUE);
  bw_session_submit (session, &(BwCommand) { .kind = BW_COMMAND_STOP });
  wait_for_end (session, 1);
  g_assert_cmpint (bw_session_get_state (session), ==, BW_RUN_STOPPED);
}

static guint
count_moved (BwBoard *board,
             BwFrame *frame)
{
  guint n = 0;

  for (guint i = 0; i < board->n_footprints; i++)
    n += !bw_pose_equal (&frame->poses[i], &board->footprints[i].pose);
  return n;
}

static void
parts_that_are_chosen_move_alone_and_for_one_run (void)
{
  g_autoptr (BwBoard) board = bw_test_board_new (N_PARTS, FALSE);
  g_autoptr (BwSession) session = new_session (board, 1, 0.0);
  guint32 parts[] = { (guint32) bw_board_find (board, "R1"),
                      (guint32) bw_board_find (board, "R2") };
  BwFrame *frame;

  /* The first is of no part. */
  bw_session_submit (session, &(BwCommand) { .kind = BW_COMMAND_CHOOSE,
                                             .footprint = board->n_footprints });
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    bw_session_submit (session, &(BwCommand) { .kind = BW_COMMAND_CHOOSE,
                                               .footprint = parts[i] });
  bw_session_submit (session, &(BwCommand) { .kind = BW_COMMAND_START });
  wait_for_end (session, 1);
  frame = bw_session_get_frame (session);
  g_assert_cmpuint (count_moved (board, frame), >, 0);
  for (guint i = 0; i < board->n_footprints; i++)
    g_assert_true (i == parts[0] || i == parts[1]
                   || bw_pose_equal (&frame->poses[i], &board->footprints[i].pose));

  bw_session_submit (session, &(BwCommand) { .kind = BW_COMMAND_START });
  wait_for_end (session, 2);
  g_assert_cmpuint (count_moved (board, bw_session_get_frame (session)), >, 2);
}

static void
what_becomes_of_tracks_may_be_asked_for_and_counts_from_then_on (void)
{
  g_autoptr (BwBoard) board = bw_test_board_new (N_PARTS, TRUE);
  g_autoptr (BwSession) session = new_session (board, 1, 0.0);
  g_autoptr (BwFrame) before = bw_frame_ref (bw_session_get_frame (session));

  bw_session_submit (session, &(BwCommand) { .kind = BW_COMMAND_START });
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpint (bw_session_get_state (session), ==, BW_RUN_IDLE);
  bw_session_submit (session, &(BwCommand) { .kind = BW_COMMAND_START,
                                             .asked = { .tracks = BW_TRACKS_RIP_UP } });
  wait_for_end (session, 1);
  g_assert_cmpint (bw_session_get_frame (session)->tracks, ==, BW_TRACKS_RIP_UP);
  g_assert_cmpint (bw_session_get_options (session)->tracks, ==, BW_TRACKS_RIP_UP);
  bw_session_submit (session, &(BwCommand) { .kind = BW_COMMAND_START });
  wait_for_end (session, 2);

  /* A moment before the choice, taken over after it. */
  while (!bw_session_adopt (session, before))
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (bw_session_get_frame (session)->tracks, ==, BW_TRACKS_RIP_UP);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/session/asked/a run takes the seed that it is asked for, and the next its own",
                   a_run_takes_the_seed_that_it_is_asked_for_and_the_next_its_own);
  g_test_add_func ("/session/asked/a run refines or places as it is asked to",
                   a_run_refines_or_places_as_it_is_asked_to);
  g_test_add_func ("/session/asked/a time that is asked for takes the place of the iterations",
                   a_time_that_is_asked_for_takes_the_place_of_the_iterations);
  g_test_add_func ("/session/asked/parts that are chosen move alone, and for one run",
                   parts_that_are_chosen_move_alone_and_for_one_run);
  g_test_add_func ("/session/asked/what becomes of tracks may be asked for, and counts from now on",
                   what_becomes_of_tracks_may_be_asked_for_and_counts_from_then_on);
  return g_test_run ();
}
