/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The stream on real sockets, from a feed that the test drives. */

#include "support/plain-client.h"

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
  gint64 begin_us;
  gint64 periods;
  guint n = 0;
  guint iteration = 0;

  fixture_begin_with (&fixture, fixture_parse_board (TINY_BOARD), 10.0, NULL);
  client = fixture_watch (&fixture);
  g_free (ws_read_type (client, "welcome"));
  begin_us = g_get_monotonic_time ();
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
  periods = (g_get_monotonic_time () - begin_us) * 10 / G_USEC_PER_SEC;
  g_assert_cmpint (n, <=, periods + 3);
  assert_text (client, "{\"type\":\"status\",\"status\":\"complete\",\"message\":\"done\"}");
  fixture_end (&fixture);
}

static void
test_the_last_frame_comes_though_the_next_run_begins_at_once (void)
{
  Fixture fixture;
  g_autoptr (WsClient) client = NULL;
  guint iteration;

  fixture_begin_with (&fixture, fixture_parse_board (TINY_BOARD), 1.0, NULL);
  fake_feed_publish (fixture.feed, 1, FALSE, NULL, 0);
  client = fixture_watch (&fixture);
  assert_text (client, "{\"type\":\"welcome\",\"fps\":1.0,\"paused\":false}");
  assert_frame (client, 1);

  /* Within one period; a status tells that the server has seen the last frame. */
  fake_feed_publish (fixture.feed, 2, FALSE, NULL, 0);
  fake_feed_publish (fixture.feed, 3, TRUE, NULL, 0);
  fake_feed_say (fixture.feed, BW_STATUS_COMPLETE, "done");
  do
    {
      /* Where the period is over already, the one before comes as well. */
      g_autofree char *text = ws_read_type (client, "frame");

      iteration = ws_iteration_of (text);
    }
  while (iteration == 2);
  g_assert_cmpuint (iteration, ==, 3);
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
  ADD ("the-number-of-clients-is-notified-where-the-server-was-made",
       test_the_number_of_clients_is_notified_where_the_server_was_made);
  ADD ("a-close-is-answered-and-the-connection-ends",
       test_a_close_is_answered_and_the_connection_ends);
  ADD ("the-root-is-the-newest-session", test_the_root_is_the_newest_session);
  ADD ("what-follows-the-handshake-in-one-packet-is-not-lost",
       test_what_follows_the_handshake_in_one_packet_is_not_lost);
  return g_test_run ();
}
