/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bw-test-board.h"
#include "session/bw-trials.h"

#define N_PARTS 8

typedef struct
{
  BwBoard *board;
  BwSession *session;
  guint n_told;
} Fixture;

static void
set_up (Fixture      *fixture,
        gconstpointer user_data)
{
  BwRunOptions options = bw_run_options_default ();

  fixture->board = bw_test_board_new (N_PARTS, 0);
  fixture->session = bw_session_new (fixture->board, NULL);
  options.iterations = 200;
  options.seed = 5;
  bw_session_set_options (fixture->session, &options);
}

static void
tear_down (Fixture      *fixture,
           gconstpointer user_data)
{
  g_object_unref (fixture->session);
  bw_board_unref (fixture->board);
}

static void
on_trials (BwTrials *trials,
           gpointer  user_data)
{
  Fixture *fixture = user_data;

  fixture->n_told++;
  g_assert_cmpfloat (bw_trials_get_progress (trials), >=, 0.0);
  g_assert_cmpfloat (bw_trials_get_progress (trials), <=, 1.0);
  if (bw_trials_n_done (trials) > 0 && bw_trials_get_progress (trials) < 1.0)
    g_assert_cmpfloat (bw_trials_get_remaining (trials), >, 0.0);
}

static void
finish (BwTrials *trials)
{
  while (bw_trials_is_running (trials))
    g_main_context_iteration (NULL, TRUE);
}

static guint64
hash_of (BwFrame *frame)
{
  return bw_poses_hash (frame->poses, frame->n_footprints);
}

static guint64
hash_of_run (Fixture *fixture,
             guint64  seed)
{
  BwRunOptions options = *bw_session_get_options (fixture->session);
  guint32 epoch = bw_session_get_frame (fixture->session)->epoch;

  options.seed = seed;
  bw_session_set_options (fixture->session, &options);
  bw_session_submit (fixture->session, &(BwCommand) { BW_COMMAND_RESTART, BW_ORIGIN_PROGRAM });
  /* The state may be that of the run before while the first frame of this one is there. */
  while (bw_session_get_state (fixture->session) != BW_RUN_FINISHED
         || bw_session_get_frame (fixture->session)->phase != BW_PHASE_FINAL
         || bw_session_get_frame (fixture->session)->epoch == epoch)
    g_main_context_iteration (NULL, TRUE);
  return hash_of (bw_session_get_frame (fixture->session));
}

static void
each_ends_as_a_run_with_its_seed_does (Fixture      *fixture,
                                       gconstpointer user_data)
{
  g_autoptr (BwTrials) trials = bw_trials_new (fixture->session, 3, on_trials, fixture);

  finish (trials);
  g_assert_cmpuint (bw_trials_n_done (trials), ==, 3);
  g_assert_cmpuint (fixture->n_told, >=, 3);
  g_assert_cmpfloat (bw_trials_get_progress (trials), ==, 1.0);
  g_assert_cmpfloat (bw_trials_get_remaining (trials), ==, 0.0);
  g_assert_cmpint (bw_session_get_state (fixture->session), ==, BW_RUN_IDLE);
  g_assert_false (bw_session_get_modified (fixture->session));
  for (guint i = 0; i < 3; i++)
    {
      g_assert_cmpuint (bw_trials_get_seed (trials, i), ==, 5 + i);
      g_assert_cmpuint (hash_of (bw_trials_get_frame (trials, i)), ==,
                        hash_of_run (fixture, 5 + i));
    }
  g_assert_cmpuint (hash_of (bw_trials_get_frame (trials, 0)), !=,
                    hash_of (bw_trials_get_frame (trials, 1)));
}

static double
effort_mm (BwFrame *frame,
           double   crossing_mm)
{
  return frame->energy + crossing_mm * frame->routability.crossings;
}

static void
check_best (Fixture *fixture,
            double   crossing_mm)
{
  BwRunOptions options = *bw_session_get_options (fixture->session);
  g_autoptr (BwTrials) trials = NULL;
  BwFrame *best;

  options.weights.crossings = crossing_mm;
  bw_session_set_options (fixture->session, &options);
  trials = bw_trials_new (fixture->session, 4, NULL, NULL);
  g_assert_cmpint (bw_trials_find_best (trials), ==, -1);
  finish (trials);
  best = bw_trials_get_frame (trials, (guint) bw_trials_find_best (trials));
  g_assert_true (bw_frame_is_legal (best));
  for (guint i = 0; i < 4; i++)
    {
      BwFrame *frame = bw_trials_get_frame (trials, i);

      if (bw_frame_is_legal (frame))
        g_assert_cmpfloat (effort_mm (best, crossing_mm), <=, effort_mm (frame, crossing_mm));
    }
}

static void
the_best_is_legal_and_easy_to_route (Fixture      *fixture,
                                     gconstpointer user_data)
{
  check_best (fixture, 2.0);
  check_best (fixture, 1000.0);
}

static void
the_best_without_crossings_costs_least (Fixture      *fixture,
                                            gconstpointer user_data)
{
  check_best (fixture, 0.0);
}

static void
stopped_trials_keep_what_there_is (Fixture      *fixture,
                                   gconstpointer user_data)
{
  g_autoptr (BwTrials) trials = bw_trials_new (fixture->session, 1000, NULL, NULL);

  while (bw_trials_n_done (trials) < 2)
    g_main_context_iteration (NULL, TRUE);
  bw_trials_stop (trials);
  finish (trials);
  g_assert_cmpuint (bw_trials_n_done (trials), >=, 2);
  g_assert_cmpuint (bw_trials_n_done (trials), <=, 3);
}

static void
they_may_be_dropped_at_any_time (Fixture      *fixture,
                                 gconstpointer user_data)
{
  g_clear_pointer (&(BwTrials *) { bw_trials_new (fixture->session, 3, on_trials, fixture) },
                   bw_trials_free);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpuint (fixture->n_told, ==, 0);
}

static void
what_one_ended_with_can_be_adopted_and_left (Fixture      *fixture,
                                             gconstpointer user_data)
{
  g_autoptr (BwTrials) trials = bw_trials_new (fixture->session, 1, NULL, NULL);
  g_autoptr (BwFrame) before = bw_frame_ref (bw_session_get_frame (fixture->session));
  BwFrame *after;

  finish (trials);
  after = bw_trials_get_frame (trials, 0);
  g_assert_true (bw_session_adopt (fixture->session, after));
  g_assert_cmpuint (hash_of (bw_session_get_frame (fixture->session)), ==, hash_of (after));
  g_assert_cmpfloat (bw_session_get_frame (fixture->session)->hpwl_mm, ==, after->hpwl_mm);
  g_assert_true (bw_session_get_modified (fixture->session));

  g_assert_true (bw_session_adopt (fixture->session, before));
  g_assert_cmpuint (hash_of (bw_session_get_frame (fixture->session)), ==, hash_of (before));
  g_assert_false (bw_session_get_modified (fixture->session));
}

static void
nothing_is_adopted_while_a_run_is_under_way (Fixture      *fixture,
                                             gconstpointer user_data)
{
  g_autoptr (BwFrame) before = bw_frame_ref (bw_session_get_frame (fixture->session));

  bw_session_submit (fixture->session, &(BwCommand) { BW_COMMAND_STEP, BW_ORIGIN_PROGRAM });
  while (bw_session_get_state (fixture->session) != BW_RUN_PAUSED)
    g_main_context_iteration (NULL, TRUE);
  g_assert_false (bw_session_adopt (fixture->session, before));
}

static void
on_busy (BwSession  *session,
         GParamSpec *pspec,
         gpointer    user_data)
{
  BwFrame **wanted = user_data;

  if (!bw_session_get_busy (session) && bw_session_adopt (session, *wanted))
    *wanted = NULL;
}

/* The end of a run is told a little before the session is free: who waits for that need not ask
 * again and again. */
static void
what_is_no_longer_busy_adopts (Fixture      *fixture,
                               gconstpointer user_data)
{
  g_autoptr (BwFrame) before = bw_frame_ref (bw_session_get_frame (fixture->session));
  BwFrame *wanted = before;

  g_assert_false (bw_session_get_busy (fixture->session));
  g_signal_connect (fixture->session, "notify::busy", G_CALLBACK (on_busy), &wanted);
  bw_session_submit (fixture->session, &(BwCommand) { BW_COMMAND_START, BW_ORIGIN_PROGRAM });
  while (!bw_session_get_busy (fixture->session))
    g_main_context_iteration (NULL, TRUE);
  while (wanted)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (hash_of (bw_session_get_frame (fixture->session)), ==, hash_of (before));
  g_signal_handlers_disconnect_by_data (fixture->session, &wanted);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name) g_test_add ("/trials/" #name, Fixture, NULL, set_up, name, tear_down)
  ADD (each_ends_as_a_run_with_its_seed_does);
  ADD (the_best_is_legal_and_easy_to_route);
  ADD (the_best_without_crossings_costs_least);
  ADD (stopped_trials_keep_what_there_is);
  ADD (they_may_be_dropped_at_any_time);
  ADD (what_one_ended_with_can_be_adopted_and_left);
  ADD (nothing_is_adopted_while_a_run_is_under_way);
  ADD (what_is_no_longer_busy_adopts);
#undef ADD
  return g_test_run ();
}
