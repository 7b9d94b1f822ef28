/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The stream on real sockets, from a feed that the test drives. */

#include <dirent.h>

#include "support/server-fixture.h"

static void
assert_frame (WsClient *client,
              guint     iteration)
{
  g_autofree char *text = ws_read_text (client);

  g_assert_true (g_str_has_prefix (text, "{\"type\":\"frame\""));
  g_assert_cmpuint (ws_iteration_of (text), ==, iteration);
}

static void
assert_text (WsClient   *client,
             const char *expected)
{
  g_autofree char *text = ws_read_text (client);

  g_assert_cmpstr (text, ==, expected);
}

#define WELCOME "{\"type\":\"welcome\",\"fps\":60.0,\"paused\":false}"

static void
test_welcome_comes_first_and_then_the_newest_frame (void)
{
  Fixture fixture;
  g_autoptr (WsClient) client = NULL;

  fixture_begin (&fixture);
  fake_feed_publish (fixture.feed, 1, FALSE, NULL, 0);
  fake_feed_publish (fixture.feed, 2, FALSE, NULL, 0);

  client = fixture_watch (&fixture);
  assert_text (client, WELCOME);
  assert_frame (client, 2);

  fake_feed_publish (fixture.feed, 3, FALSE, NULL, 0);
  assert_frame (client, 3);
  fixture_end (&fixture);
}

static void
test_without_a_frame_there_is_only_the_welcome (void)
{
  Fixture fixture;
  g_autoptr (WsClient) client = NULL;

  fixture_begin (&fixture);
  client = fixture_watch (&fixture);
  assert_text (client, WELCOME);
  g_assert_true (ws_send_text (client, "{\"type\":\"ping\"}"));
  assert_text (client, "{\"type\":\"pong\"}");
  fixture_end (&fixture);
}

static void
test_a_newcomer_learns_that_the_run_is_paused (void)
{
  Fixture fixture;
  g_autoptr (WsClient) client = NULL;

  fixture_begin (&fixture);
  fake_feed_set_state (fixture.feed, BW_RUN_PAUSED, FALSE);
  client = fixture_watch (&fixture);
  assert_text (client, "{\"type\":\"welcome\",\"fps\":60.0,\"paused\":true}");
  fixture_end (&fixture);
}

static void
test_a_newcomer_learns_that_the_run_was_stopped (void)
{
  Fixture fixture;
  g_autoptr (WsClient) client = NULL;

  fixture_begin (&fixture);
  fake_feed_publish (fixture.feed, 7, TRUE, NULL, 0);
  fake_feed_set_state (fixture.feed, BW_RUN_STOPPED, TRUE);
  client = fixture_watch (&fixture);
  assert_text (client, WELCOME);
  assert_frame (client, 7);
  assert_text (client, "{\"type\":\"control_state\",\"paused\":false,\"stop_requested\":true}");
  fixture_end (&fixture);
}

static void
test_two_viewers_see_the_same (void)
{
  Fixture fixture;
  g_autoptr (WsClient) one = NULL;
  g_autoptr (WsClient) two = NULL;

  fixture_begin (&fixture);
  one = fixture_watch (&fixture);
  two = fixture_watch (&fixture);
  assert_text (one, WELCOME);
  assert_text (two, WELCOME);

  for (guint i = 0; i < 5; i++)
    {
      g_autofree char *first = NULL;
      g_autofree char *second = NULL;

      fake_feed_publish (fixture.feed, i, FALSE, NULL, 0);
      first = ws_read_text (one);
      second = ws_read_text (two);
      g_assert_cmpuint (ws_iteration_of (first), ==, i);
      g_assert_cmpstr (first, ==, second);
    }
  fixture_end (&fixture);
}

static void
test_a_pause_by_one_is_seen_by_the_other (void)
{
  static const struct
  {
    const char *message;
    BwCommandKind kind;
    BwRunState state;
    gboolean stop;
    const char *told;
  } steps[] = {
    { "{\"type\":\"pause\"}", BW_COMMAND_PAUSE, BW_RUN_PAUSED, FALSE,
      "{\"type\":\"control_state\",\"paused\":true,\"stop_requested\":false}" },
    { "{\"type\":\"resume\"}", BW_COMMAND_RESUME, BW_RUN_RUNNING, FALSE,
      "{\"type\":\"control_state\",\"paused\":false,\"stop_requested\":false}" },
    { "{\"type\":\"stop\"}", BW_COMMAND_STOP, BW_RUN_STOPPED, TRUE,
      "{\"type\":\"control_state\",\"paused\":false,\"stop_requested\":true}" },
  };
  Fixture fixture;
  g_autoptr (WsClient) one = NULL;
  g_autoptr (WsClient) two = NULL;

  fixture_begin (&fixture);
  fake_feed_set_state (fixture.feed, BW_RUN_RUNNING, FALSE);
  one = ws_open (fixture.port, fixture.path, fixture.control);
  two = fixture_watch (&fixture);
  assert_text (one, WELCOME);
  assert_text (two, WELCOME);

  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      BwCommand command;
      g_autofree char *first = NULL;
      g_autofree char *second = NULL;

      g_assert_true (ws_send_text (one, steps[i].message));
      command = fake_feed_wait_command (fixture.feed);
      g_assert_cmpint (command.kind, ==, steps[i].kind);
      g_assert_cmpint (command.origin, ==, BW_ORIGIN_REMOTE);

      fake_feed_set_state (fixture.feed, steps[i].state, steps[i].stop);
      first = ws_read_type (one, "control_state");
      second = ws_read_type (two, "control_state");
      g_assert_cmpstr (first, ==, steps[i].told);
      g_assert_cmpstr (second, ==, steps[i].told);
    }
  fixture_end (&fixture);
}

static void
test_who_may_only_watch_is_told_so_and_nothing_happens (void)
{
  Fixture fixture;
  g_autoptr (WsClient) viewer = NULL;
  g_autoptr (WsClient) controller = NULL;
  BwCommand command;

  fixture_begin (&fixture);
  viewer = fixture_watch (&fixture);
  controller = ws_open (fixture.port, fixture.path, fixture.control);
  assert_text (viewer, WELCOME);
  assert_text (controller, WELCOME);

  g_assert_true (ws_send_text (viewer, "{\"type\":\"stop\"}"));
  assert_text (viewer, "{\"type\":\"status\",\"status\":\"error\","
                       "\"message\":\"You may only watch this run, not control it\"}");

  /* The controller's is the first that arrives, and it hears nothing of the other. */
  g_assert_true (ws_send_text (controller, "{\"type\":\"pause\"}"));
  command = fake_feed_wait_command (fixture.feed);
  g_assert_cmpint (command.kind, ==, BW_COMMAND_PAUSE);
  g_assert_true (ws_send_text (controller, "{\"type\":\"ping\"}"));
  assert_text (controller, "{\"type\":\"pong\"}");
  fixture_end (&fixture);
}

static void
test_all_four_levels_of_status_arrive_in_order (void)
{
  Fixture fixture;
  g_autoptr (WsClient) client = NULL;

  fixture_begin (&fixture);
  client = fixture_watch (&fixture);
  assert_text (client, WELCOME);
  fake_feed_say (fixture.feed, BW_STATUS_INFO, "a");
  fake_feed_say (fixture.feed, BW_STATUS_WARNING, "b");
  fake_feed_say (fixture.feed, BW_STATUS_ERROR, "c");
  fake_feed_say (fixture.feed, BW_STATUS_COMPLETE, "d");
  assert_text (client, "{\"type\":\"status\",\"status\":\"info\",\"message\":\"a\"}");
  assert_text (client, "{\"type\":\"status\",\"status\":\"warning\",\"message\":\"b\"}");
  assert_text (client, "{\"type\":\"status\",\"status\":\"error\",\"message\":\"c\"}");
  assert_text (client, "{\"type\":\"status\",\"status\":\"complete\",\"message\":\"d\"}");
  fixture_end (&fixture);
}

static void
test_a_burst_is_thinned_to_the_rate_but_its_last_frame_comes (void)
{
  Fixture fixture;
  g_autoptr (WsClient) client = NULL;
  guint n = 0;
  guint iteration = 0;

  fixture_begin_with (&fixture, fixture_parse_board (TINY_BOARD), 10.0, NULL);
  client = fixture_watch (&fixture);
  g_free (ws_read_type (client, "welcome"));
  for (guint i = 1; i <= 500; i++)
    fake_feed_publish (fixture.feed, i, i == 500, NULL, 0);
  fake_feed_say (fixture.feed, BW_STATUS_COMPLETE, "done");

  while (iteration != 500)
    {
      g_autofree char *text = ws_read_type (client, "frame");

      g_assert_cmpuint (ws_iteration_of (text), >, iteration);
      iteration = ws_iteration_of (text);
      n++;
    }
  /* The first, those of the time that the burst took, the last. */
  g_assert_cmpuint (n, <, 50);
  assert_text (client, "{\"type\":\"status\",\"status\":\"complete\",\"message\":\"done\"}");
  fixture_end (&fixture);
}

static void
test_the_last_frame_comes_though_the_next_run_begins_at_once (void)
{
  Fixture fixture;
  g_autoptr (WsClient) client = NULL;

  fixture_begin_with (&fixture, fixture_parse_board (TINY_BOARD), 1.0, NULL);
  fake_feed_publish (fixture.feed, 1, FALSE, NULL, 0);
  client = fixture_watch (&fixture);
  assert_text (client, "{\"type\":\"welcome\",\"fps\":1.0,\"paused\":false}");
  assert_frame (client, 1);

  /* Within one period; a status tells that the server has seen the last frame. */
  fake_feed_publish (fixture.feed, 2, FALSE, NULL, 0);
  fake_feed_publish (fixture.feed, 3, TRUE, NULL, 0);
  fake_feed_say (fixture.feed, BW_STATUS_COMPLETE, "done");
  assert_frame (client, 3);
  assert_text (client, "{\"type\":\"status\",\"status\":\"complete\",\"message\":\"done\"}");
  fake_feed_publish (fixture.feed, 4, FALSE, NULL, 0);
  fake_feed_say (fixture.feed, BW_STATUS_INFO, "again");
  fixture_end (&fixture);
}

static void
test_a_pause_sends_the_frame_it_halts_at_first (void)
{
  Fixture fixture;
  g_autoptr (WsClient) client = NULL;

  fixture_begin_with (&fixture, fixture_parse_board (TINY_BOARD), 1.0, NULL);
  fake_feed_set_state (fixture.feed, BW_RUN_RUNNING, FALSE);
  fake_feed_publish (fixture.feed, 1, FALSE, NULL, 0);
  client = fixture_watch (&fixture);
  assert_text (client, "{\"type\":\"welcome\",\"fps\":1.0,\"paused\":false}");
  assert_frame (client, 1);

  fake_feed_publish (fixture.feed, 2, FALSE, NULL, 0);
  fake_feed_set_state (fixture.feed, BW_RUN_PAUSED, FALSE);
  assert_frame (client, 2);
  assert_text (client, "{\"type\":\"control_state\",\"paused\":true,\"stop_requested\":false}");
  fixture_end (&fixture);
}

static void
test_forces_are_in_every_fifth_frame (void)
{
  static const BwFrameForce force = { 0, BW_FORCE_ATTRACTION, 1.2f, 0.5f };
  Fixture fixture;
  g_autoptr (WsClient) client = NULL;

  fixture_begin (&fixture);
  client = fixture_watch (&fixture);
  assert_text (client, WELCOME);
  for (guint i = 0; i < 12; i++)
    {
      g_autofree char *text = NULL;
      gboolean has_forces;

      fake_feed_publish (fixture.feed, i, FALSE, &force, 1);
      text = ws_read_text (client);
      has_forces = strstr (text, "\"forces\":{\"R1#0\":[[1.2,0.5,\"attraction\"]]}") != NULL;
      g_assert_cmpint (has_forces, ==, i % 5 == 0);
      g_assert_cmpint (strstr (text, "\"forces\":{}") != NULL, ==, i % 5 != 0);
    }
  g_assert_true (bw_hub_wants_forces (fixture.feed->hub));
  fixture_end (&fixture);
}

static void
test_who_stops_acknowledging_has_two_frames_at_most_and_then_the_newest (void)
{
  Fixture fixture;
  g_autoptr (WsClient) slow = NULL;
  g_autoptr (WsClient) quick = NULL;
  gsize length;

  fixture_begin (&fixture);
  slow = fixture_watch (&fixture);
  quick = fixture_watch (&fixture);
  assert_text (slow, WELCOME);
  assert_text (quick, WELCOME);

  /* It has answered once: from now on it must. */
  fake_feed_publish (fixture.feed, 0, FALSE, NULL, 0);
  assert_frame (slow, 0);
  assert_frame (quick, 0);
  g_free (ws_read_frame (slow, NULL));
  g_assert_cmphex (slow->opcode, ==, 0x9);
  g_assert_true (ws_send_frame (slow, 0x8a, "0", 1));
  g_assert_true (ws_send_text (slow, "{\"type\":\"ping\"}"));
  assert_text (slow, "{\"type\":\"pong\"}");

  slow->silent = TRUE;
  for (guint i = 1; i <= 10; i++)
    {
      fake_feed_publish (fixture.feed, i, FALSE, NULL, 0);
      assert_frame (quick, i);
    }
  g_assert_true (ws_send_text (slow, "{\"type\":\"ping\"}"));
  assert_frame (slow, 1);
  assert_frame (slow, 2);
  assert_text (slow, "{\"type\":\"pong\"}");
  g_assert_cmpstr (slow->last_ping, ==, "2");

  /* A pong for what it has not been sent is none. */
  g_assert_true (ws_send_frame (slow, 0x8a, "99", 2));
  g_assert_true (ws_send_frame (slow, 0x8a, "", 0));
  g_assert_true (ws_send_frame (slow, 0x8a, "-1", 2));
  g_assert_true (ws_send_frame (slow, 0x8a, "1e1", 3));
  g_assert_true (ws_send_text (slow, "{\"type\":\"ping\"}"));
  assert_text (slow, "{\"type\":\"pong\"}");

  /* One answer for both. */
  g_assert_true (ws_send_frame (slow, 0x8a, "2", 1));
  assert_frame (slow, 10);
  g_free (ws_read_frame (slow, &length));
  g_assert_cmphex (slow->opcode, ==, 0x9);
  fixture_end (&fixture);
}

static void
test_who_never_answers_a_ping_still_gets_frames (void)
{
  Fixture fixture;
  g_autoptr (WsClient) client = NULL;

  fixture_begin (&fixture);
  client = fixture_watch (&fixture);
  client->silent = TRUE;
  assert_text (client, WELCOME);
  for (guint i = 0; i < 20; i++)
    {
      fake_feed_publish (fixture.feed, i, FALSE, NULL, 0);
      assert_frame (client, i);
    }
  fixture_end (&fixture);
}

/* One that connects with little room and then reads nothing. */
static WsClient *
fixture_stall (Fixture *self)
{
  return ws_shake_hands (ws_connect_with (self->port, 2048), self->path, self->watch);
}

static BwServerLimits
tight_limits (void)
{
  BwServerLimits limits = BW_SERVER_LIMITS_DEFAULT;

  limits.send_buffer_bytes = 8192;
  limits.stall_ms = 60000;
  return limits;
}

static void
test_a_stalled_reader_slows_nobody_and_gets_the_last_frame_in_the_end (void)
{
  BwServerLimits limits = tight_limits ();
  Fixture fixture;
  g_autoptr (WsClient) stalled = NULL;
  g_autoptr (WsClient) quick = NULL;
  guint n = 0;
  guint iteration = 0;

  fixture_begin_with (&fixture, fixture_make_board (1000), 60.0, &limits);
  stalled = fixture_stall (&fixture);
  quick = fixture_watch (&fixture);
  assert_text (quick, WELCOME);
  for (guint i = 1; i <= 60; i++)
    {
      fake_feed_publish (fixture.feed, i, i == 60, NULL, 0);
      assert_frame (quick, i);
    }

  assert_text (stalled, WELCOME);
  while (iteration != 60)
    {
      g_autofree char *text = ws_read_text (stalled);

      g_assert_cmpuint (ws_iteration_of (text), >, iteration);
      iteration = ws_iteration_of (text);
      n++;
    }
  /* What was on the way, the newest, the last. */
  g_assert_cmpuint (n, <, 10);
  fixture_end (&fixture);
}

static void
test_who_takes_no_byte_for_too_long_is_cut (void)
{
  BwServerLimits limits = tight_limits ();
  Fixture fixture;
  g_autoptr (WsClient) stalled = NULL;
  g_autoptr (WsClient) idle = NULL;

  limits.stall_ms = 100;
  fixture_begin_with (&fixture, fixture_make_board (1000), 60.0, &limits);
  idle = fixture_watch (&fixture);
  stalled = fixture_stall (&fixture);
  fixture_wait_for_n_clients (&fixture, 2);
  fake_feed_publish (fixture.feed, 1, FALSE, NULL, 0);
  assert_text (idle, WELCOME);
  assert_frame (idle, 1);
  fixture_wait_for_n_clients (&fixture, 1);

  /* Who is owed nothing does not stall, however quiet it is. */
  g_assert_true (ws_send_text (idle, "{\"type\":\"ping\"}"));
  assert_text (idle, "{\"type\":\"pong\"}");
  fixture_end (&fixture);
}

static void
test_who_lets_messages_pile_up_is_closed_with_a_reason (void)
{
  BwServerLimits limits = tight_limits ();
  Fixture fixture;
  g_autoptr (WsClient) stalled = NULL;
  g_autoptr (WsClient) quick = NULL;
  g_autofree char *last = NULL;

  limits.max_owed = 16;
  limits.close_ms = 10000;
  fixture_begin_with (&fixture, fixture_make_board (1000), 60.0, &limits);
  fake_feed_publish (fixture.feed, 1, FALSE, NULL, 0);
  stalled = fixture_stall (&fixture);
  quick = fixture_watch (&fixture);
  assert_text (quick, WELCOME);
  assert_frame (quick, 1);
  for (guint i = 0; i < 40; i++)
    {
      fake_feed_say (fixture.feed, BW_STATUS_INFO, "news");
      g_free (ws_read_text (quick));
    }

  g_assert_cmpuint (ws_read_close (stalled), ==, 1008);
  g_assert_true (ws_send_text (quick, "{\"type\":\"ping\"}"));
  last = ws_read_text (quick);
  g_assert_cmpstr (last, ==, "{\"type\":\"pong\"}");
  fixture_end (&fixture);
}

static void
on_notify (GObject    *object,
           GParamSpec *pspec,
           gpointer    user_data)
{
  g_assert_true (g_main_context_is_owner (NULL));
  (*(guint *) user_data)++;
}

static void
test_the_number_of_clients_is_notified_where_the_server_was_made (void)
{
  Fixture fixture;
  WsClient *one;
  g_autoptr (WsClient) two = NULL;
  guint n_notified = 0;

  fixture_begin (&fixture);
  g_signal_connect (fixture.server, "notify::n-clients", G_CALLBACK (on_notify), &n_notified);
  one = fixture_watch (&fixture);
  two = fixture_watch (&fixture);
  fixture_wait_for_n_clients (&fixture, 2);
  while (n_notified == 0)
    g_main_context_iteration (NULL, TRUE);

  ws_free (one);
  fixture_wait_for_n_clients (&fixture, 1);
  fixture_end (&fixture);
}

static void
test_a_close_is_answered_and_the_connection_ends (void)
{
  Fixture fixture;
  g_autoptr (WsClient) client = NULL;

  fixture_begin (&fixture);
  client = fixture_watch (&fixture);
  g_assert_true (ws_send_frame (client, 0x88, "\x03\xe8", 2));
  g_assert_cmpuint (ws_read_close (client), ==, 1000);
  g_assert_null (ws_read_frame (client, NULL));
  fixture_wait_for_n_clients (&fixture, 0);
  fixture_end (&fixture);
}

static void
test_stopping_sends_the_last_frame_and_a_close (void)
{
  Fixture fixture;
  g_autoptr (WsClient) client = NULL;
  guint code;
  g_autofree char *none = NULL;

  fixture_begin_with (&fixture, fixture_parse_board (TINY_BOARD), 1.0, NULL);
  fake_feed_publish (fixture.feed, 1, FALSE, NULL, 0);
  client = fixture_watch (&fixture);
  g_free (ws_read_text (client));
  assert_frame (client, 1);

  fake_feed_publish (fixture.feed, 2, TRUE, NULL, 0);
  fake_feed_say (fixture.feed, BW_STATUS_COMPLETE, "done");
  bw_server_stop (fixture.server);
  assert_frame (client, 2);
  assert_text (client, "{\"type\":\"status\",\"status\":\"complete\",\"message\":\"done\"}");
  none = ws_read_text_or_close (client, &code);
  g_assert_null (none);
  g_assert_cmpuint (code, ==, 1001);
  fixture_end (&fixture);
}

static void
test_stopping_does_not_wait_for_who_does_not_read (void)
{
  BwServerLimits limits = tight_limits ();
  Fixture fixture;
  g_autoptr (WsClient) stalled = NULL;
  gint64 start_us;

  fixture_begin_with (&fixture, fixture_make_board (1000), 60.0, &limits);
  fake_feed_publish (fixture.feed, 1, FALSE, NULL, 0);
  stalled = fixture_stall (&fixture);
  fixture_wait_for_n_clients (&fixture, 1);
  start_us = g_get_monotonic_time ();
  bw_server_stop (fixture.server);
  g_assert_cmpint (g_get_monotonic_time () - start_us, <, 3 * G_USEC_PER_SEC);
  g_assert_cmpuint (bw_server_get_n_clients (fixture.server), ==, 0);
  fixture_end (&fixture);
}

static void
on_stopped (GObject      *server,
            GAsyncResult *result,
            gpointer      user_data)
{
  bw_server_stop_finish (BW_SERVER (server), result);
  (*(guint *) user_data)++;
}

static void
test_stopping_need_not_be_waited_for_and_frees_the_port_at_once (void)
{
  BwServerLimits limits = tight_limits ();
  BwServerOptions options = bw_server_options_default ();
  Fixture fixture;
  g_autoptr (BwServer) next = NULL;
  g_autoptr (WsClient) stalled = NULL;
  g_autoptr (GError) error = NULL;
  guint n_stopped = 0;

  limits.shut_down_ms = 200;
  fixture_begin_with (&fixture, fixture_make_board (1000), 60.0, &limits);
  fake_feed_publish (fixture.feed, 1, FALSE, NULL, 0);
  stalled = fixture_stall (&fixture);
  fixture_wait_for_n_clients (&fixture, 1);
  bw_server_stop_async (fixture.server, on_stopped, &n_stopped);
  bw_server_stop_async (fixture.server, on_stopped, &n_stopped);
  /* Somebody is still there, and has not been waited for. */
  g_assert_cmpuint (bw_server_get_n_clients (fixture.server), ==, 1);
  g_assert_cmpuint (n_stopped, ==, 0);

  options.port = fixture.port;
  next = bw_server_new (&options);
  bw_server_start (next, &error);
  g_assert_no_error (error);
  bw_server_stop (next);

  while (n_stopped < 2)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (bw_server_get_n_clients (fixture.server), ==, 0);

  /* The same one again, and no end to wait for. */
  bw_server_start (fixture.server, &error);
  g_assert_no_error (error);
  bw_server_stop (fixture.server);
  bw_server_stop_async (fixture.server, on_stopped, &n_stopped);
  while (n_stopped < 3)
    g_main_context_iteration (NULL, TRUE);
  fixture_end (&fixture);
}

static void
test_waiting_for_the_end_of_a_server_that_stops_is_possible (void)
{
  Fixture fixture;
  g_autoptr (WsClient) client = NULL;
  guint n_stopped = 0;

  fixture_begin (&fixture);
  client = fixture_watch (&fixture);
  fixture_wait_for_n_clients (&fixture, 1);
  bw_server_stop_async (fixture.server, on_stopped, &n_stopped);
  bw_server_stop (fixture.server);
  g_assert_cmpuint (bw_server_get_n_clients (fixture.server), ==, 0);
  g_assert_cmpuint (ws_read_close (client), ==, 1001);
  while (n_stopped == 0)
    g_main_context_iteration (NULL, TRUE);
  fixture_end (&fixture);
}

static void
test_a_board_that_is_shared_no_more_closes_its_viewers_alone (void)
{
  Fixture fixture;
  g_autoptr (FakeFeed) other = fake_feed_new (fixture_parse_board (TINY_BOARD));
  g_autoptr (WsClient) here = NULL;
  g_autoptr (WsClient) there = NULL;
  g_autofree char *path = NULL;
  g_autofree char *id = NULL;

  fixture_begin (&fixture);
  id = g_strdup (bw_server_add_feed (fixture.server, BW_FEED (other), "Other"));
  path = g_strdup_printf ("/s/%s/ws", id);
  here = fixture_watch (&fixture);
  there = ws_open (fixture.port, path, fixture.watch);
  assert_text (here, WELCOME);
  assert_text (there, WELCOME);

  bw_server_remove_feed (fixture.server, id);
  g_assert_cmpuint (ws_read_close (there), ==, 1001);
  g_assert_true (ws_send_text (here, "{\"type\":\"ping\"}"));
  assert_text (here, "{\"type\":\"pong\"}");
  fixture_end (&fixture);
}

static void
test_the_root_is_the_newest_session (void)
{
  Fixture fixture;
  g_autoptr (FakeFeed) newest = fake_feed_new (fixture_parse_board (TINY_BOARD));
  g_autoptr (WsClient) client = NULL;

  fixture_begin (&fixture);
  fake_feed_publish (fixture.feed, 1, FALSE, NULL, 0);
  fake_feed_publish (newest, 2, FALSE, NULL, 0);
  bw_server_add_feed (fixture.server, BW_FEED (newest), "Newest");
  client = ws_open (fixture.port, "/", fixture.watch);
  assert_text (client, WELCOME);
  assert_frame (client, 2);
  fixture_end (&fixture);
}

static void
test_what_follows_the_handshake_in_one_packet_is_not_lost (void)
{
  Fixture fixture;
  g_autoptr (WsClient) client = NULL;
  g_autoptr (GByteArray) ping = ws_frame (0x81, "{\"type\":\"ping\"}", 15);
  g_autofree char *request = NULL;
  g_autofree char *head = NULL;
  g_autoptr (GByteArray) both = g_byte_array_new ();

  fixture_begin (&fixture);
  request = ws_handshake_text (fixture.path, fixture.watch, "");
  g_byte_array_append (both, (const guint8 *) request, (guint) strlen (request));
  for (guint i = 0; i < 100; i++)
    g_byte_array_append (both, ping->data, ping->len);

  client = ws_connect (fixture.port);
  g_assert_true (ws_send_bytes (client, both->data, both->len));
  head = ws_read_head (client);
  g_assert_cmpuint (ws_status_of (head), ==, 101);
  assert_text (client, WELCOME);
  for (guint i = 0; i < 100; i++)
    assert_text (client, "{\"type\":\"pong\"}");
  fixture_end (&fixture);
}

static guint
count_entries (const char *path)
{
  DIR *dir = opendir (path);
  guint n = 0;

  g_assert_nonnull (dir);
  while (readdir (dir) != NULL)
    n++;
  closedir (dir);
  return n;
}

/* A thread that was joined may still be listed for a moment. */
static gboolean
has_server_thread (void)
{
  DIR *dir = opendir ("/proc/self/task");
  struct dirent *entry;
  gboolean found = FALSE;

  g_assert_nonnull (dir);
  while ((entry = readdir (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename ("/proc/self/task", entry->d_name, "comm", NULL);
      g_autofree char *name = NULL;

      if (g_file_get_contents (path, &name, NULL, NULL))
        found = found || g_str_has_prefix (name, "bw-server");
    }
  closedir (dir);
  return found;
}

/* One life of a server, with peers in every state. */
static void
live_once (void)
{
  Fixture fixture;
  WsClient *clients[12];

  fixture_begin (&fixture);
  fake_feed_publish (fixture.feed, 1, FALSE, NULL, 0);
  for (guint i = 0; i < G_N_ELEMENTS (clients); i++)
    {
      g_autofree char *half = ws_handshake_text (fixture.path, fixture.watch, "");

      clients[i] = ws_connect (fixture.port);
      switch (i % 4)
        {
        case 0:
          break;
        case 1:
          ws_send_bytes (clients[i], half, strlen (half) / 2);
          break;
        default:
          ws_shake_hands (clients[i], fixture.path, fixture.watch);
          break;
        }
      if (i % 4 == 3)
        ws_reset (clients[i]);
    }
  fixture_end (&fixture);
  for (guint i = 0; i < G_N_ELEMENTS (clients); i++)
    ws_free (clients[i]);
}

static void
test_no_descriptor_and_no_thread_is_left (void)
{
  guint n_descriptors;
  gint64 deadline_us;

  live_once ();
  n_descriptors = count_entries ("/proc/self/fd");
  for (guint i = 0; i < 5; i++)
    live_once ();
  g_assert_cmpuint (count_entries ("/proc/self/fd"), ==, n_descriptors);

  deadline_us = g_get_monotonic_time () + 10 * G_USEC_PER_SEC;
  while (has_server_thread ())
    {
      g_assert_cmpint (g_get_monotonic_time (), <, deadline_us);
      g_thread_yield ();
    }
}

#define ADD(name, function) g_test_add_func ("/server/stream/" name, function)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("welcome-comes-first-and-then-the-newest-frame",
       test_welcome_comes_first_and_then_the_newest_frame);
  ADD ("without-a-frame-there-is-only-the-welcome",
       test_without_a_frame_there_is_only_the_welcome);
  ADD ("a-newcomer-learns-that-the-run-is-paused",
       test_a_newcomer_learns_that_the_run_is_paused);
  ADD ("a-newcomer-learns-that-the-run-was-stopped",
       test_a_newcomer_learns_that_the_run_was_stopped);
  ADD ("two-viewers-see-the-same", test_two_viewers_see_the_same);
  ADD ("a-pause-by-one-is-seen-by-the-other", test_a_pause_by_one_is_seen_by_the_other);
  ADD ("who-may-only-watch-is-told-so-and-nothing-happens",
       test_who_may_only_watch_is_told_so_and_nothing_happens);
  ADD ("all-four-levels-of-status-arrive-in-order",
       test_all_four_levels_of_status_arrive_in_order);
  ADD ("a-burst-is-thinned-to-the-rate-but-its-last-frame-comes",
       test_a_burst_is_thinned_to_the_rate_but_its_last_frame_comes);
  ADD ("the-last-frame-comes-though-the-next-run-begins-at-once",
       test_the_last_frame_comes_though_the_next_run_begins_at_once);
  ADD ("a-pause-sends-the-frame-it-halts-at-first",
       test_a_pause_sends_the_frame_it_halts_at_first);
  ADD ("forces-are-in-every-fifth-frame", test_forces_are_in_every_fifth_frame);
  ADD ("who-stops-acknowledging-has-two-frames-at-most-and-then-the-newest",
       test_who_stops_acknowledging_has_two_frames_at_most_and_then_the_newest);
  ADD ("who-never-answers-a-ping-still-gets-frames",
       test_who_never_answers_a_ping_still_gets_frames);
  ADD ("a-stalled-reader-slows-nobody-and-gets-the-last-frame-in-the-end",
       test_a_stalled_reader_slows_nobody_and_gets_the_last_frame_in_the_end);
  ADD ("who-takes-no-byte-for-too-long-is-cut", test_who_takes_no_byte_for_too_long_is_cut);
  ADD ("who-lets-messages-pile-up-is-closed-with-a-reason",
       test_who_lets_messages_pile_up_is_closed_with_a_reason);
  ADD ("the-number-of-clients-is-notified-where-the-server-was-made",
       test_the_number_of_clients_is_notified_where_the_server_was_made);
  ADD ("a-close-is-answered-and-the-connection-ends",
       test_a_close_is_answered_and_the_connection_ends);
  ADD ("stopping-sends-the-last-frame-and-a-close",
       test_stopping_sends_the_last_frame_and_a_close);
  ADD ("stopping-does-not-wait-for-who-does-not-read",
       test_stopping_does_not_wait_for_who_does_not_read);
  ADD ("stopping-need-not-be-waited-for-and-frees-the-port-at-once",
       test_stopping_need_not_be_waited_for_and_frees_the_port_at_once);
  ADD ("waiting-for-the-end-of-a-server-that-stops-is-possible",
       test_waiting_for_the_end_of_a_server_that_stops_is_possible);
  ADD ("a-board-that-is-shared-no-more-closes-its-viewers-alone",
       test_a_board_that_is_shared_no_more_closes_its_viewers_alone);
  ADD ("the-root-is-the-newest-session", test_the_root_is_the_newest_session);
  ADD ("what-follows-the-handshake-in-one-packet-is-not-lost",
       test_what_follows_the_handshake_in_one_packet_is_not_lost);
  ADD ("no-descriptor-and-no-thread-is-left", test_no_descriptor_and_no_thread_is_left);
  return g_test_run ();
}
