/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>
#include <time.h>

#include "bw-test-board.h"
#include "board/bw-board-reader.h"
#include "session/bw-crew.h"
#include "session/bw-hand.h"
#include "session/bw-problem-builder.h"
#include "session/bw-session.h"

typedef struct
{
  BwBoard *board;
  BwSession *session;
  BwPort *port;
  GPtrArray *entries; /* (element-type BwLogEntry): all that the log said */
  BwFrame *frame;
} Fixture;

static void
on_news (BwPort  *port,
         gpointer user_data)
{
  Fixture *fixture = user_data;
  BwFrame *frame = bw_port_take_frame (port);
  BwLogEntry *entry;

  if (frame != NULL)
    {
      g_clear_pointer (&fixture->frame, bw_frame_unref);
      fixture->frame = frame;
    }
  while ((entry = bw_port_next_entry (port)) != NULL)
    g_ptr_array_add (fixture->entries, entry);
}

static void
set_up (Fixture      *fixture,
        gconstpointer user_data)
{
  fixture->board = bw_test_board_new (8, GPOINTER_TO_INT (user_data));
  fixture->session = bw_session_new (fixture->board, NULL);
  fixture->entries = g_ptr_array_new_with_free_func ((GDestroyNotify) bw_log_entry_unref);
  fixture->port = bw_feed_subscribe (BW_FEED (fixture->session), NULL, on_news, fixture);
  on_news (fixture->port, fixture);
}

static void
tear_down (Fixture      *fixture,
           gconstpointer user_data)
{
  bw_port_close (fixture->port);
  g_object_unref (fixture->session);
  bw_port_unref (fixture->port);
  g_ptr_array_unref (fixture->entries);
  g_clear_pointer (&fixture->frame, bw_frame_unref);
  bw_board_unref (fixture->board);
}

static void
submit (Fixture      *fixture,
        BwCommandKind kind)
{
  bw_port_submit (fixture->port, &(BwCommand) { kind, BW_ORIGIN_PROGRAM });
}

static void
set_iterations (Fixture *fixture,
                guint32  iterations)
{
  BwRunOptions options = bw_run_options_default ();

  options.iterations = iterations;
  bw_session_set_options (fixture->session, &options);
}

static void
wait_for_state (Fixture   *fixture,
                BwRunState state)
{
  while (bw_session_get_state (fixture->session) != state)
    g_main_context_iteration (NULL, TRUE);
  on_news (fixture->port, fixture);
}

static guint
count_statuses (Fixture      *fixture,
                BwStatusLevel level)
{
  guint n = 0;

  for (guint i = 0; i < fixture->entries->len; i++)
    {
      BwLogEntry *entry = g_ptr_array_index (fixture->entries, i);

      n += entry->kind == BW_LOG_STATUS && entry->level == level;
    }
  return n;
}

static void
a_new_session_shows_the_board_as_it_is (Fixture      *fixture,
                                        gconstpointer user_data)
{
  g_assert_nonnull (fixture->frame);
  g_assert_cmpuint (fixture->frame->epoch, ==, 0);
  g_assert_cmpint (fixture->frame->phase, ==, BW_PHASE_INITIAL);
  g_assert_cmpuint (fixture->frame->overlaps, ==, 8 * 7 / 2);
  g_assert_cmpfloat_with_epsilon (fixture->frame->hpwl_mm,
                                  bw_board_hpwl_mm (fixture->board, NULL), 1e-6);
  g_assert_cmpint (bw_session_get_state (fixture->session), ==, BW_RUN_IDLE);
  g_assert_false (bw_session_get_modified (fixture->session));
}

static void
a_run_ends_legal_and_says_so (Fixture      *fixture,
                              gconstpointer user_data)
{
  set_iterations (fixture, 400);
  submit (fixture, BW_COMMAND_START);
  wait_for_state (fixture, BW_RUN_FINISHED);

  g_assert_true (fixture->frame->final);
  g_assert_cmpint (fixture->frame->phase, ==, BW_PHASE_FINAL);
  g_assert_true (bw_frame_is_legal (fixture->frame));
  g_assert_true (bw_pose_equal (&fixture->frame->poses[0], &fixture->board->footprints[0].pose));
  g_assert_cmpuint (count_statuses (fixture, BW_STATUS_COMPLETE), ==, 1);
  g_assert_cmpuint (count_statuses (fixture, BW_STATUS_INFO), >=, 3);
  g_assert_true (bw_session_get_modified (fixture->session));
  g_assert_false (bw_session_get_can_untangle (fixture->session));

  bw_session_mark_saved (fixture->session, bw_session_get_frame (fixture->session));
  g_assert_false (bw_session_get_modified (fixture->session));
}

static void
pauses_and_steps_do_not_change_the_result (Fixture      *fixture,
                                           gconstpointer user_data)
{
  guint64 straight, halting;
  guint n_pauses = 0;

  set_iterations (fixture, 300);
  submit (fixture, BW_COMMAND_START);
  wait_for_state (fixture, BW_RUN_FINISHED);
  straight = bw_poses_hash (fixture->frame->poses, fixture->frame->n_footprints);

  submit (fixture, BW_COMMAND_RESTART);
  submit (fixture, BW_COMMAND_PAUSE);
  while (bw_session_get_state (fixture->session) != BW_RUN_PAUSED)
    g_main_context_iteration (NULL, TRUE);
  for (;;)
    {
      guint32 before = bw_session_get_frame (fixture->session)->iteration;

      submit (fixture, BW_COMMAND_STEP);
      do
        g_main_context_iteration (NULL, TRUE);
      while (bw_session_get_frame (fixture->session)->iteration == before ||
             bw_session_get_state (fixture->session) == BW_RUN_RUNNING);
      if (++n_pauses == 5)
        break;
      g_assert_cmpuint (bw_session_get_frame (fixture->session)->iteration, ==, before + 1);
    }
  bw_port_set_forces (fixture->port, TRUE);
  submit (fixture, BW_COMMAND_RESUME);
  wait_for_state (fixture, BW_RUN_FINISHED);
  halting = bw_poses_hash (fixture->frame->poses, fixture->frame->n_footprints);
  g_assert_cmpuint (halting, ==, straight);
}

static void
submit_edit (Fixture      *fixture,
             BwCommandKind kind,
             const char   *key,
             BwPose        pose)
{
  bw_port_submit (fixture->port, &(BwCommand) {
    kind, BW_ORIGIN_WINDOW, (guint32) bw_board_find (fixture->board, key), pose
  });
}

static void
submit_weight (Fixture  *fixture,
               BwWeight  weight,
               double    value)
{
  bw_port_submit (fixture->port, &(BwCommand) { .kind = BW_COMMAND_SET, .weight = weight,
                                                .value = value });
}

static const BwPose *
pose_of (Fixture    *fixture,
         const char *key)
{
  return &fixture->frame->poses[bw_board_find (fixture->board, key)];
}

/* Until so many commands in all were obeyed or refused. */
static void
wait_for_answers (Fixture *fixture,
                  guint    n_answers)
{
  for (;;)
    {
      guint n = count_statuses (fixture, BW_STATUS_WARNING);

      for (guint i = 0; i < fixture->entries->len; i++)
        n += ((BwLogEntry *) g_ptr_array_index (fixture->entries, i))->kind == BW_LOG_COMMAND;
      if (n >= n_answers)
        return;
      g_main_context_iteration (NULL, TRUE);
    }
}

static void
parts_are_edited_without_a_run (Fixture      *fixture,
                                gconstpointer user_data)
{
  const BwPose wanted = { { 11000000, 6000000 }, 9000, BW_SIDE_BACK };

  submit_edit (fixture, BW_COMMAND_MOVE, "R1", wanted);
  submit_edit (fixture, BW_COMMAND_ROTATE, "R1", wanted);
  submit_edit (fixture, BW_COMMAND_FLIP, "R1", wanted);
  wait_for_answers (fixture, 3);
  g_assert_true (bw_pose_equal (pose_of (fixture, "R1"), &wanted));
  g_assert_cmpuint (fixture->frame->overlaps, ==, 7 * 6 / 2);
  g_assert_cmpuint (fixture->frame->epoch, ==, 0);
  g_assert_true (fixture->frame->held[bw_board_find (fixture->board, "R1")]);
  g_assert_false (fixture->frame->held[bw_board_find (fixture->board, "R2")]);
  g_assert_true (bw_session_get_modified (fixture->session));

  set_iterations (fixture, 300);
  submit (fixture, BW_COMMAND_START);
  wait_for_state (fixture, BW_RUN_FINISHED);
  g_assert_true (bw_pose_equal (pose_of (fixture, "R1"), &wanted));
  g_assert_true (bw_frame_is_legal (fixture->frame));

  submit_edit (fixture, BW_COMMAND_UNLOCK, "R1", wanted);
  submit (fixture, BW_COMMAND_START);
  while (fixture->frame->epoch < 2)
    g_main_context_iteration (NULL, TRUE);
  wait_for_state (fixture, BW_RUN_FINISHED);
  g_assert_false (bw_pose_equal (pose_of (fixture, "R1"), &wanted));
}

static void
what_cannot_be_edited_is_refused (Fixture      *fixture,
                                  gconstpointer user_data)
{
  const BwPose wanted = { { INT32_MAX, INT32_MIN }, INT32_MAX, (BwSide) 77 };
  guint64 index = fixture->frame->index;

  submit_edit (fixture, BW_COMMAND_MOVE, "J1", wanted);
  submit_edit (fixture, BW_COMMAND_UNLOCK, "J1", wanted);
  bw_port_submit (fixture->port, &(BwCommand) { .kind = BW_COMMAND_LOCK, .footprint = 9 });
  bw_port_submit (fixture->port, &(BwCommand) { .kind = BW_COMMAND_MOVE,
                                                .footprint = G_MAXUINT32 });
  wait_for_answers (fixture, 4);
  g_assert_cmpuint (count_statuses (fixture, BW_STATUS_WARNING), ==, 4);
  g_assert_cmpuint (fixture->frame->index, ==, index);

  submit_edit (fixture, BW_COMMAND_MOVE, "R1", wanted);
  submit_edit (fixture, BW_COMMAND_ROTATE, "R1", wanted);
  submit_edit (fixture, BW_COMMAND_FLIP, "R1", wanted);
  wait_for_answers (fixture, 7);
  g_assert_cmpint (pose_of (fixture, "R1")->at.x_nm, ==, BW_COORD_MAX_NM);
  g_assert_cmpint (pose_of (fixture, "R1")->rotation_cdeg, <, BW_FULL_TURN_CDEG);
  g_assert_cmpint (pose_of (fixture, "R1")->side, ==, BW_SIDE_FRONT);
}

/* What the log has of the last run is done again to a placer of its own. */
static guint64
replay (Fixture *fixture,
        guint32  budget)
{
  BwWeights weights = bw_weights_default ();
  g_autoptr (BwBoardProblem) problem =
    bw_board_problem_new (fixture->board, &(BwProblemOptions) { .weights = &weights });
  g_autoptr (BwHand) hand = bw_hand_new (fixture->board, NULL);
  BwPlacer *placer = bw_placer_new (bw_board_problem_get (problem), &(BwPlacerOptions) {
    .seed = 1, .iterations = budget, .n_chains = BW_CREW_CHAINS,
  });
  guint64 hash;

  for (guint i = 0; i < fixture->entries->len; i++)
    {
      BwLogEntry *entry = g_ptr_array_index (fixture->entries, i);
      BwLogEntry again = *entry;

      if (entry->kind != BW_LOG_COMMAND ||
          (!bw_hand_handles (&entry->command) && entry->command.kind != BW_COMMAND_SET))
        continue;
      while (bw_placer_iteration (placer) < entry->iteration)
        bw_placer_step (placer);
      if (entry->command.kind == BW_COMMAND_SET)
        {
          g_assert_true (bw_weights_set (&weights, entry->command.weight, entry->command.value));
          bw_board_problem_weigh (problem, &weights, NULL);
          bw_placer_reweigh (placer);
          continue;
        }
      bw_hand_apply (hand, &again, placer);
      g_assert_true (bw_pose_equal (&again.before, &entry->before));
    }
  while (bw_placer_step (placer))
    ;
  hash = bw_poses_hash (bw_placer_poses (placer), fixture->board->n_footprints);
  bw_placer_free (placer);
  return hash;
}

static void
edits_in_a_run_are_obeyed_and_replay_to_the_same_bits (Fixture      *fixture,
                                                       gconstpointer user_data)
{
  const BwPose first = { { 33000000, 22000000 }, 0, BW_SIDE_FRONT };
  const BwPose second = { { 12000000, 5000000 }, 9000, BW_SIDE_FRONT };
  guint n_edits = 0;

  set_iterations (fixture, 400);
  submit (fixture, BW_COMMAND_START);
  submit_edit (fixture, BW_COMMAND_MOVE, "R2", first);
  submit_weight (fixture, BW_WEIGHT_SUPPLIES, 2.0);
  submit (fixture, BW_COMMAND_PAUSE);
  wait_for_state (fixture, BW_RUN_PAUSED);
  for (guint32 i = fixture->frame->iteration; i < 250; i++)
    {
      submit (fixture, BW_COMMAND_STEP);
      while (fixture->frame->iteration <= i)
        g_main_context_iteration (NULL, TRUE);
    }
  wait_for_state (fixture, BW_RUN_PAUSED);
  submit_edit (fixture, BW_COMMAND_UNLOCK, "R4", second);
  submit_edit (fixture, BW_COMMAND_MOVE, "R5", first);
  submit_weight (fixture, BW_WEIGHT_GAP, 1.0);
  submit (fixture, BW_COMMAND_RESUME);
  submit_weight (fixture, BW_WEIGHT_ALIGNMENT, 0.0);
  submit_edit (fixture, BW_COMMAND_MOVE, "R3", second);
  submit_edit (fixture, BW_COMMAND_ROTATE, "R3", second);
  submit_edit (fixture, BW_COMMAND_LOCK, "R4", second);
  submit_edit (fixture, BW_COMMAND_UNLOCK, "R2", first);
  wait_for_state (fixture, BW_RUN_FINISHED);

  for (guint i = 0; i < fixture->entries->len; i++)
    {
      BwLogEntry *entry = g_ptr_array_index (fixture->entries, i);

      n_edits += entry->kind == BW_LOG_COMMAND && bw_hand_handles (&entry->command);
    }
  g_assert_cmpuint (n_edits, ==, 7);
  g_assert_cmpfloat (bw_session_get_options (fixture->session)->weights.gap_mm, ==, 1.0);
  g_assert_true (bw_frame_is_legal (fixture->frame));
  g_assert_true (bw_pose_equal (pose_of (fixture, "R3"), &second));
  g_assert_true (fixture->frame->held[bw_board_find (fixture->board, "R5")]);
  g_assert_false (fixture->frame->held[bw_board_find (fixture->board, "R2")]);
  g_assert_cmpuint (bw_poses_hash (fixture->frame->poses, fixture->frame->n_footprints), ==,
                    replay (fixture, fixture->frame->budget));
}

static void
a_stopped_run_stays_where_it_is (Fixture      *fixture,
                                 gconstpointer user_data)
{
  gboolean stop_requested;
  guint64 index;

  set_iterations (fixture, 1000000000);
  submit (fixture, BW_COMMAND_STEP);
  wait_for_state (fixture, BW_RUN_PAUSED);
  submit (fixture, BW_COMMAND_STOP);
  wait_for_state (fixture, BW_RUN_STOPPED);

  g_assert_true (fixture->frame->final);
  g_assert_cmpint (bw_port_get_state (fixture->port, &stop_requested), ==, BW_RUN_STOPPED);
  g_assert_true (stop_requested);
  g_assert_cmpuint (count_statuses (fixture, BW_STATUS_WARNING), >=, 1);
  g_assert_cmpint (bw_session_get_can_untangle (fixture->session), ==,
                   !bw_frame_is_legal (fixture->frame));

  index = fixture->frame->index;
  submit (fixture, BW_COMMAND_RESUME);
  submit (fixture, BW_COMMAND_PAUSE);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpint (bw_session_get_state (fixture->session), ==, BW_RUN_STOPPED);
  g_assert_cmpuint (bw_session_get_frame (fixture->session)->index, ==, index);
}

static void
untangling_makes_a_heap_legal (Fixture      *fixture,
                               gconstpointer user_data)
{
  set_iterations (fixture, 200);
  submit (fixture, BW_COMMAND_UNTANGLE);
  wait_for_state (fixture, BW_RUN_FINISHED);
  g_assert_true (bw_frame_is_legal (fixture->frame));
}

static void
a_running_run_can_be_paused_and_stopped (Fixture      *fixture,
                                         gconstpointer user_data)
{
  set_iterations (fixture, 1000000000);
  submit (fixture, BW_COMMAND_START);
  wait_for_state (fixture, BW_RUN_RUNNING);
  submit (fixture, BW_COMMAND_PAUSE);
  wait_for_state (fixture, BW_RUN_PAUSED);
  submit (fixture, BW_COMMAND_RESUME);
  wait_for_state (fixture, BW_RUN_RUNNING);
  submit (fixture, BW_COMMAND_STOP);
  wait_for_state (fixture, BW_RUN_STOPPED);
}

static void
a_session_may_go_in_the_middle_of_a_run (Fixture      *fixture,
                                         gconstpointer user_data)
{
  for (guint i = 0; i < 20; i++)
    {
      BwSession *session = bw_session_new (fixture->board, NULL);
      BwRunOptions options = bw_run_options_default ();

      options.iterations = 1000000000;
      bw_session_set_options (session, &options);
      bw_session_submit (session, &(BwCommand) { BW_COMMAND_START, BW_ORIGIN_PROGRAM });
      while (bw_session_get_state (session) != BW_RUN_RUNNING)
        g_main_context_iteration (NULL, TRUE);
      g_assert_finalize_object (session);
    }
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

/* Three parts among so many keepouts that looking for a place takes many seconds. */
static BwBoard *
make_thicket (void)
{
  g_autoptr (GString) text = g_string_new (
    "(kicad_pcb (version 20241229) (layers (0 \"F.Cu\" signal) (25 \"Edge.Cuts\" user)"
    " (31 \"F.CrtYd\" user))"
    "(gr_rect (start 0 0) (end 100 100) (layer \"Edge.Cuts\"))");
  g_autoptr (GRand) random = g_rand_new_with_seed (1);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  BwBoard *board;

  for (guint i = 0; i < 3; i++)
    g_string_append (text, "(footprint \"P\" (layer \"F.Cu\") (at 50 50)"
                     "(fp_rect (start -1 -1) (end 1 1) (layer \"F.CrtYd\"))"
                     "(pad \"1\" smd rect (at 0 0) (size 1 1) (layers \"F.Cu\") (net \"A\")))");
  for (guint i = 0; i < 4000; i++)
    {
      g_string_append (text, "(zone (layers \"F.Cu\") (keepout (footprints not_allowed))"
                       "(polygon (pts");
      for (guint k = 0; k < 3; k++)
        g_string_append_printf (text, " (xy %d %d)", g_rand_int_range (random, 0, 100),
                                g_rand_int_range (random, 0, 100));
      g_string_append (text, ")))");
    }
  g_string_append (text, ")");
  bytes = g_bytes_new (text->str, text->len);
  board = bw_board_new_from_bytes (bytes, "thicket.kicad_pcb", &error);
  g_assert_no_error (error);
  return board;
}

static void
nobody_waits_long_for_an_iteration_when_a_session_goes (Fixture      *fixture,
                                                        gconstpointer user_data)
{
  g_autoptr (BwBoard) board = make_thicket ();
  BwSession *session = bw_session_new (board, NULL);
  BwPort *port = bw_feed_subscribe (BW_FEED (session), NULL, on_news, fixture);
  BwRunOptions options = bw_run_options_default ();
  clock_t begin;

  options.iterations = 100;
  bw_session_set_options (session, &options);
  bw_session_submit (session, &(BwCommand) { BW_COMMAND_UNTANGLE, BW_ORIGIN_PROGRAM });
  /* What is said last before the first iteration. */
  while (count_statuses (fixture, BW_STATUS_INFO) == 0)
    g_main_context_iteration (NULL, TRUE);
  bw_port_close (port);
  bw_port_unref (port);

  /* Of the processor, which may be busy with something else. */
  begin = clock ();
  g_assert_finalize_object (session);
  g_assert_cmpint (clock () - begin, <, 2 * CLOCKS_PER_SEC);
}

static void
a_time_budget_becomes_iterations (Fixture      *fixture,
                                  gconstpointer user_data)
{
  BwRunOptions options = bw_run_options_default ();

  options.time_s = 0.2;
  bw_session_set_options (fixture->session, &options);
  submit (fixture, BW_COMMAND_START);
  wait_for_state (fixture, BW_RUN_FINISHED);
  g_assert_cmpuint (fixture->frame->iteration, >, 1);
}

static void
tracks_keep_a_run_from_starting (Fixture      *fixture,
                                 gconstpointer user_data)
{
  BwRunOptions options = bw_run_options_default ();
  guint n_nets;

  g_assert_cmpuint (bw_session_count_stale_tracks (fixture->session, &n_nets), ==, 1);
  g_assert_cmpuint (n_nets, ==, 1);
  submit (fixture, BW_COMMAND_START);
  while (count_statuses (fixture, BW_STATUS_ERROR) == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (bw_session_get_state (fixture->session), ==, BW_RUN_IDLE);

  options.iterations = 50;
  options.tracks = BW_TRACKS_KEEP;
  bw_session_set_options (fixture->session, &options);
  submit (fixture, BW_COMMAND_START);
  wait_for_state (fixture, BW_RUN_FINISHED);
}

static void
a_board_that_holds_everything_ends_at_once_and_says_why (Fixture      *fixture,
                                                         gconstpointer user_data)
{
  g_autoptr (BwBoard) board = bw_test_board_new (0, FALSE);
  g_autoptr (BwSession) session = bw_session_new (board, NULL);
  BwRunOptions options = bw_run_options_default ();
  gboolean told = FALSE;
  BwPort *port = bw_feed_subscribe (BW_FEED (session), NULL, on_news, fixture);

  options.time_s = 86400.0;
  bw_session_set_options (session, &options);
  bw_session_submit (session, &(BwCommand) { BW_COMMAND_START, BW_ORIGIN_PROGRAM });
  while (bw_session_get_state (session) != BW_RUN_FINISHED)
    g_main_context_iteration (NULL, TRUE);
  on_news (port, fixture);
  for (guint i = 0; i < fixture->entries->len; i++)
    {
      BwLogEntry *entry = g_ptr_array_index (fixture->entries, i);

      told |= entry->kind == BW_LOG_STATUS && strstr (entry->message, "Nothing to place") != NULL;
    }
  g_assert_true (told);
  bw_port_close (port);
  bw_port_unref (port);
}

static void
a_session_starts_with_what_was_measured_before (Fixture      *fixture,
                                                gconstpointer user_data)
{
  g_autoptr (BwFrame) measured = bw_session_measure (fixture->board, NULL);
  BwFrame *shown = bw_session_get_frame (fixture->session);

  g_assert_cmpfloat (measured->hpwl_mm, ==, shown->hpwl_mm);
  g_assert_cmpfloat (measured->hpwl_mm, ==, bw_board_hpwl_mm (fixture->board, NULL));
  g_assert_cmpuint (measured->overlaps, ==, shown->overlaps);
  g_assert_cmpint (measured->phase, ==, BW_PHASE_INITIAL);
  for (guint i = 0; i < fixture->board->n_footprints; i++)
    g_assert_true (bw_pose_equal (&measured->poses[i], &shown->poses[i]));
}

#define ADD(name, func, tracks) \
  g_test_add ("/session/" name, Fixture, GINT_TO_POINTER (tracks), set_up, func, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("a-new-session-shows-the-board-as-it-is", a_new_session_shows_the_board_as_it_is, FALSE);
  ADD ("a-session-starts-with-what-was-measured-before",
       a_session_starts_with_what_was_measured_before, FALSE);
  ADD ("a-run-ends-legal-and-says-so", a_run_ends_legal_and_says_so, FALSE);
  ADD ("pauses-and-steps-do-not-change-the-result", pauses_and_steps_do_not_change_the_result,
       FALSE);
  ADD ("parts-are-edited-without-a-run", parts_are_edited_without_a_run, FALSE);
  ADD ("what-cannot-be-edited-is-refused", what_cannot_be_edited_is_refused, FALSE);
  ADD ("edits-in-a-run-are-obeyed-and-replay-to-the-same-bits",
       edits_in_a_run_are_obeyed_and_replay_to_the_same_bits, FALSE);
  ADD ("a-stopped-run-stays-where-it-is", a_stopped_run_stays_where_it_is, FALSE);
  ADD ("untangling-makes-a-heap-legal", untangling_makes_a_heap_legal, FALSE);
  ADD ("a-running-run-can-be-paused-and-stopped", a_running_run_can_be_paused_and_stopped, FALSE);
  ADD ("a-session-may-go-in-the-middle-of-a-run", a_session_may_go_in_the_middle_of_a_run, FALSE);
  ADD ("nobody-waits-long-for-an-iteration-when-a-session-goes",
       nobody_waits_long_for_an_iteration_when_a_session_goes, FALSE);
  ADD ("a-time-budget-becomes-iterations", a_time_budget_becomes_iterations, FALSE);
  ADD ("a-board-that-holds-everything-ends-at-once-and-says-why",
       a_board_that_holds_everything_ends_at_once_and_says_why, FALSE);
  ADD ("tracks-keep-a-run-from-starting", tracks_keep_a_run_from_starting, TRUE);
  return g_test_run ();
}
