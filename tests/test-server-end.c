/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The end of a board's sharing, of a server, and what is left behind. */

#include <dirent.h>

#include "support/plain-client.h"

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
  g_assert_cmpint (g_get_monotonic_time () - start_us, <,
                   WS_PATIENCE_S * G_USEC_PER_SEC);
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

  limits.shut_down_ms = 2000;
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

  deadline_us = g_get_monotonic_time () + WS_PATIENCE_S * G_USEC_PER_SEC;
  while (has_server_thread ())
    {
      g_assert_cmpint (g_get_monotonic_time (), <, deadline_us);
      g_thread_yield ();
    }
}

#define ADD(name, function) g_test_add_func ("/server/end/" name, function)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
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
  ADD ("no-descriptor-and-no-thread-is-left", test_no_descriptor_and_no_thread_is_left);
  return g_test_run ();
}
