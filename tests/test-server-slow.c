/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Viewers that do not keep up: what they get, and that the others notice nothing. */

#include "support/plain-client.h"

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

  limits.stall_ms = 1000;
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
  limits.close_ms = WS_PATIENCE_S * 1000;
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

#define ADD(name, function) g_test_add_func ("/server/slow/" name, function)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("who-stops-acknowledging-has-two-frames-at-most-and-then-the-newest",
       test_who_stops_acknowledging_has_two_frames_at_most_and_then_the_newest);
  ADD ("who-never-answers-a-ping-still-gets-frames",
       test_who_never_answers_a_ping_still_gets_frames);
  ADD ("a-stalled-reader-slows-nobody-and-gets-the-last-frame-in-the-end",
       test_a_stalled_reader_slows_nobody_and_gets_the_last_frame_in_the_end);
  ADD ("who-takes-no-byte-for-too-long-is-cut", test_who_takes_no_byte_for_too_long_is_cut);
  ADD ("who-lets-messages-pile-up-is-closed-with-a-reason",
       test_who_lets_messages_pile_up_is_closed_with_a_reason);
  return g_test_run ();
}
