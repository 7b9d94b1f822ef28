/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bw-test-board.h"
#include "board/bw-board-reader.h"
#include "session/bw-run-history.h"
#include "session/bw-session.h"

#define NO_LIMIT ((gsize) 1 << 40)

static void
add_with_forces (BwRunHistory *history,
                 guint32       epoch,
                 guint32       iteration,
                 guint32       n_forces)
{
  static const BwPose poses[2];
  static const BwFrameForce forces[100];
  g_autoptr (BwFrame) frame = bw_frame_new (&(BwFrame) {
    .epoch = epoch, .iteration = iteration, .n_footprints = 2, .poses = poses,
    .forces = forces, .n_forces = n_forces,
  });

  g_assert_cmpuint (n_forces, <=, G_N_ELEMENTS (forces));
  bw_run_history_add (history, frame);
}

static void
add (BwRunHistory *history,
     guint32       epoch,
     guint32       iteration)
{
  add_with_forces (history, epoch, iteration, 0);
}

static guint32
iteration_at (GPtrArray *frames,
              guint      index)
{
  return ((BwFrame *) frames->pdata[index])->iteration;
}

static void
all_frames_are_kept_as_long_as_they_are_few (void)
{
  g_autoptr (BwRunHistory) history = bw_run_history_new (100, NO_LIMIT);
  g_autoptr (GPtrArray) frames = NULL;

  for (guint i = 0; i < 100; i++)
    add (history, 1, i);
  frames = bw_run_history_dup (history, NULL);
  g_assert_cmpuint (frames->len, ==, 100);
  for (guint i = 0; i < 100; i++)
    g_assert_cmpuint (iteration_at (frames, i), ==, i);
}

static void
assert_thinned_evenly (BwRunHistory *history,
                       guint         n_max,
                       guint         n_added)
{
  g_autoptr (GPtrArray) frames = bw_run_history_dup (history, NULL);
  guint step = iteration_at (frames, 1) - iteration_at (frames, 0);

  g_assert_cmpuint (frames->len, <=, n_max + 1);
  g_assert_cmpuint (frames->len, >=, n_max / 2);
  g_assert_cmpuint (iteration_at (frames, 0), ==, 0);
  for (guint i = 1; i + 1 < frames->len; i++)
    g_assert_cmpuint (iteration_at (frames, i), ==, i * step);
  g_assert_cmpuint (iteration_at (frames, frames->len - 1), ==, n_added - 1);
}

static void
many_are_thinned_out_evenly_between_the_first_and_the_newest (void)
{
  g_autoptr (BwRunHistory) few = bw_run_history_new (50, NO_LIMIT);
  g_autoptr (BwRunHistory) small = bw_run_history_new (G_MAXUINT, 50 * 1024);

  for (guint i = 0; i < 1234; i++)
    {
      add (few, 1, i);
      add (small, 1, i);
    }
  assert_thinned_evenly (few, 50, 1234);
  assert_thinned_evenly (small, 50 * 1024 / (sizeof (BwFrame) + 2 * (sizeof (BwPose) + 1)), 1234);
}

/* Whether the newest has any or not. */
static void
forces_count_as_long_as_they_are_kept (void)
{
  gsize with = sizeof (BwFrame) + 100 * sizeof (BwFrameForce);
  g_autoptr (BwRunHistory) history = bw_run_history_new (G_MAXUINT, 12 * with);
  g_autoptr (GPtrArray) frames = NULL;
  gsize n_bytes = 0;

  for (guint i = 0; i < 10; i++)
    add_with_forces (history, 1, i, 100);
  for (guint i = 10; i < 10 + 4 * with / sizeof (BwFrame); i++)
    add (history, 1, i);
  frames = bw_run_history_dup (history, NULL);
  for (guint i = 0; i < frames->len; i++)
    n_bytes += ((BwFrame *) frames->pdata[i])->n_forces * sizeof (BwFrameForce) + sizeof (BwFrame);
  g_assert_cmpuint (n_bytes, <=, 12 * with);
}

static void
a_run_before_is_remembered_by_how_it_ended (void)
{
  g_autoptr (BwRunHistory) history = bw_run_history_new (100, NO_LIMIT);
  g_autoptr (GPtrArray) frames = NULL;
  g_autoptr (GPtrArray) ends = NULL;

  for (guint epoch = 0; epoch <= BW_RUN_HISTORY_MAX_ENDS + 1; epoch++)
    for (guint i = 0; i < 3; i++)
      add (history, epoch, 10 * epoch + i);
  frames = bw_run_history_dup (history, NULL);
  ends = bw_run_history_dup_ends (history);
  g_assert_cmpuint (frames->len, ==, 3);
  g_assert_cmpuint (iteration_at (frames, 0), ==, 10 * (BW_RUN_HISTORY_MAX_ENDS + 1));
  g_assert_cmpuint (ends->len, ==, BW_RUN_HISTORY_MAX_ENDS);
  g_assert_cmpuint (iteration_at (ends, 0), ==, 12);
}

static void
what_was_before_a_run_is_found_however_far_that_is (void)
{
  g_autoptr (BwRunHistory) history = bw_run_history_new (100, NO_LIMIT);

  g_assert_null (bw_run_history_dup_before (history, 1));
  for (guint epoch = 0; epoch < 3; epoch++)
    for (guint i = 0; i < 3; i++)
      {
        g_autoptr (BwFrame) before = NULL;

        add (history, epoch, 10 * epoch + i);
        before = bw_run_history_dup_before (history, 1);
        g_assert_cmpuint (before->iteration, ==, epoch == 0 ? i : 2);
      }
}

static void
a_session_keeps_its_run_from_start_to_end (void)
{
  g_autoptr (BwBoard) board = bw_test_board_new (8, FALSE);
  g_autoptr (BwSession) session = bw_session_new (board, NULL);
  BwRunOptions options = bw_run_options_default ();
  g_autoptr (GPtrArray) frames = NULL;
  g_autoptr (GPtrArray) ends = NULL;

  options.iterations = 300;
  bw_session_set_options (session, &options);
  g_assert_null (bw_session_get_history (session));
  bw_session_keep_history (session);
  bw_session_submit (session, &(BwCommand) { BW_COMMAND_START, BW_ORIGIN_PROGRAM });
  while (bw_session_get_state (session) != BW_RUN_FINISHED)
    g_main_context_iteration (NULL, TRUE);

  frames = bw_run_history_dup (bw_session_get_history (session), NULL);
  ends = bw_run_history_dup_ends (bw_session_get_history (session));
  g_assert_cmpuint (ends->len, ==, 1);
  g_assert_cmpuint (((BwFrame *) ends->pdata[0])->epoch, ==, 0);
  g_assert_true (frames->pdata[frames->len - 1] == bw_session_get_frame (session));
  for (guint i = 1; i < frames->len; i++)
    g_assert_cmpuint (iteration_at (frames, i - 1), <=, iteration_at (frames, i));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/run-history/all-frames-are-kept-as-long-as-they-are-few",
                   all_frames_are_kept_as_long_as_they_are_few);
  g_test_add_func ("/run-history/many-are-thinned-out-evenly-between-the-first-and-the-newest",
                   many_are_thinned_out_evenly_between_the_first_and_the_newest);
  g_test_add_func ("/run-history/forces-count-as-long-as-they-are-kept",
                   forces_count_as_long_as_they_are_kept);
  g_test_add_func ("/run-history/a-run-before-is-remembered-by-how-it-ended",
                   a_run_before_is_remembered_by_how_it_ended);
  g_test_add_func ("/run-history/what-was-before-a-run-is-found-however-far-that-is",
                   what_was_before_a_run_is_found_however_far_that_is);
  g_test_add_func ("/run-history/a-session-keeps-its-run-from-start-to-end",
                   a_session_keeps_its_run_from_start_to_end);
  return g_test_run ();
}
