/* SPDX-License-Identifier: GPL-3.0-or-later */

/* boardwalk.1 on real sockets, from a feed that the test drives. */

#include <stdio.h>

#include "support/viewer-client.h"

static guint64
instance_of (const Viewer *self)
{
  BinaryReader in = { self->message, self->length, BW_BINARY_HEADER_BYTES + 17 };

  g_assert_cmpuint (self->message[0], ==, BW_OP_HELLO);
  return binary_read (&in, 8);
}

static gboolean
is_resumed (const Viewer *self)
{
  return (self->message[BW_BINARY_HEADER_BYTES + 4] & 2) != 0;
}

static void
test_nothing_is_said_before_a_hello_and_then_all (void)
{
  Fixture fixture;
  g_autoptr (Viewer) viewer = NULL;

  fixture_begin (&fixture);
  fake_feed_publish (fixture.feed, 5, FALSE, NULL, 0);
  viewer = viewer_connect (&fixture, fixture.watch);
  viewer_say (viewer, "{\"type\":\"show\"}");
  g_assert_cmpuint (viewer_read (viewer), ==, 0);
  g_assert_cmpstr ((const char *) viewer->message, ==,
                   "{\"type\":\"error\",\"message\":\"Say hello first\"}");

  viewer_say (viewer, HELLO);
  g_assert_cmpuint (viewer_read (viewer), ==, BW_OP_HELLO);
  g_assert_cmpuint (viewer_read (viewer), ==, BW_OP_BOARD);
  g_assert_cmpuint (viewer->state.n, ==, 3);
  g_assert_cmpuint (viewer_read (viewer), ==, BW_OP_STATE);
  g_assert_cmpuint (viewer->state.n, ==, 0);
  /* Two that must arrive, and the frame behind them. */
  g_assert_cmpuint (viewer_read (viewer), ==, BW_OP_KEY);
  g_assert_cmpuint (viewer->state.iteration, ==, 5);
  g_assert_cmpint (viewer->state.poses[0].x_nm, ==, 5000000);
  g_assert_cmpint (viewer->state.poses[2].side, ==, 1);
  g_assert_cmpuint (viewer_read (viewer), ==, BW_OP_PRESENCE);
  viewer_say (viewer, HELLO);
  viewer_await_text (viewer, "{\"type\":\"error\",\"message\":\"You have said hello before\"}");
  fixture_end (&fixture);
}

static void
test_frames_follow_as_changes_and_the_last_is_marked (void)
{
  Fixture fixture;
  g_autoptr (Viewer) viewer = NULL;

  fixture_begin (&fixture);
  fake_feed_publish (fixture.feed, 0, FALSE, NULL, 0);
  viewer = viewer_join (&fixture, fixture.watch, HELLO);
  viewer_await (viewer, BW_OP_KEY);
  for (guint i = 1; i <= 20; i++)
    {
      fake_feed_publish (fixture.feed, i, i == 20, NULL, 0);
      viewer_await (viewer, BW_OP_DELTA);
      g_assert_cmpuint (viewer->state.n, ==, 1);
      g_assert_cmpuint (viewer->state.iteration, ==, i);
      g_assert_cmpint (viewer->state.poses[0].x_nm, ==, (gint32) i * 1000000);
      g_assert_cmpint ((viewer->state.flags & BW_FLAG_FINAL) != 0, ==, i == 20);
    }
  fixture_end (&fixture);
}

static void
test_who_acknowledges_nothing_gets_two_frames_and_then_the_newest (void)
{
  Fixture fixture;
  g_autoptr (Viewer) lazy = NULL;
  g_autoptr (Viewer) quick = NULL;
  guint32 seq;

  fixture_begin (&fixture);
  lazy = viewer_join (&fixture, fixture.watch, HELLO);
  quick = viewer_join (&fixture, fixture.watch, HELLO);
  lazy->lazy = TRUE;
  for (guint i = 1; i <= 100; i++)
    {
      fake_feed_publish (fixture.feed, i, FALSE, NULL, 0);
      viewer_await_frame (quick);
      g_assert_cmpuint (quick->state.iteration, ==, i);
    }

  viewer_await (lazy, BW_OP_KEY);
  g_assert_cmpuint (lazy->state.iteration, ==, 1);
  viewer_await (lazy, BW_OP_DELTA);
  g_assert_cmpuint (lazy->state.iteration, ==, 2);
  seq = lazy->state.seq;
  viewer_say (lazy, "{\"type\":\"ping\",\"t0\":1}");
  viewer_await (lazy, 0);

  /* What was never sent acknowledges nothing. */
  viewer_acknowledge (lazy, seq + 50);
  viewer_acknowledge (lazy, 0);
  viewer_say (lazy, "{\"type\":\"ping\",\"t0\":1}");
  viewer_await (lazy, 0);

  /* What it has is too far back by now. */
  viewer_acknowledge (lazy, seq);
  viewer_await (lazy, BW_OP_KEY);
  g_assert_cmpuint (lazy->state.iteration, ==, 100);
  g_assert_cmpint (lazy->state.poses[0].x_nm, ==, 100000000);
  fixture_end (&fixture);
}

static void
test_a_last_frame_needs_no_credit (void)
{
  Fixture fixture;
  g_autoptr (Viewer) lazy = NULL;

  fixture_begin (&fixture);
  lazy = viewer_join (&fixture, fixture.watch, HELLO);
  lazy->lazy = TRUE;
  for (guint i = 1; i <= 5; i++)
    {
      fake_feed_publish (fixture.feed, i, i == 5, NULL, 0);
      fake_feed_say (fixture.feed, BW_STATUS_INFO, "seen");
      viewer_await (lazy, BW_OP_EVENT);
    }
  g_assert_cmpuint (lazy->state.iteration, ==, 5);
  g_assert_cmpuint (lazy->state.flags & BW_FLAG_FINAL, ==, 0);
  g_assert_cmpint (lazy->state.poses[0].x_nm, ==, 5000000);
  fixture_end (&fixture);
}

static void
log_metrics (Fixture *fixture,
             guint    iteration)
{
  bw_hub_log (fixture->feed->hub, &(BwLogEntry) { .kind = BW_LOG_METRICS,
                                                  .epoch = 1,
                                                  .iteration = iteration });
}

static void
test_a_skipped_frame_loses_no_sample (void)
{
  Fixture fixture;
  g_autoptr (Viewer) lazy = NULL;
  g_autoptr (Viewer) quick = NULL;
  guint n_samples = 0;

  fixture_begin (&fixture);
  lazy = viewer_join (&fixture, fixture.watch, HELLO);
  quick = viewer_join (&fixture, fixture.watch, HELLO);
  lazy->lazy = TRUE;
  for (guint i = 1; i <= 30; i++)
    {
      log_metrics (&fixture, i);
      fake_feed_publish (fixture.feed, i, FALSE, NULL, 0);
      viewer_await_frame (quick);
    }

  while (lazy->state.iteration != 30)
    {
      switch (viewer_read (lazy))
        {
        case BW_OP_METRICS:
          n_samples += lazy->state.n;
          break;
        case BW_OP_KEY:
        case BW_OP_DELTA:
          viewer_acknowledge (lazy, lazy->state.seq);
          break;
        default:
          break;
        }
    }
  /* All but the one that came with the first frame, whose numbers the frame has. */
  g_assert_cmpuint (n_samples, >=, 29);
  fixture_end (&fixture);
}

static void
test_who_comes_back_soon_gets_what_has_changed (void)
{
  Fixture fixture;
  Viewer *viewer;
  g_autoptr (Viewer) late = NULL;
  g_autoptr (Viewer) foreign = NULL;
  g_autofree char *hello = NULL;
  g_autofree char *wrong = NULL;
  guint64 instance;
  BinaryState state;

  fixture_begin (&fixture);
  fake_feed_publish (fixture.feed, 1, FALSE, NULL, 0);
  viewer = viewer_join (&fixture, fixture.watch, HELLO);
  g_assert_false (is_resumed (viewer));
  instance = instance_of (viewer);
  viewer_await (viewer, BW_OP_KEY);
  state = viewer->state;
  viewer->state.poses = NULL;
  viewer_free (viewer);

  hello = g_strdup_printf ("{\"type\":\"hello\",\"instance\":\"%016" G_GINT64_MODIFIER "x\","
                           "\"last_seq\":%u}", instance, state.seq);
  fake_feed_publish (fixture.feed, 2, FALSE, NULL, 0);
  viewer = viewer_connect (&fixture, fixture.watch);
  viewer->state = state;
  viewer_say (viewer, hello);
  viewer_await (viewer, BW_OP_HELLO);
  g_assert_true (is_resumed (viewer));
  viewer_await (viewer, BW_OP_DELTA);
  g_assert_cmpuint (viewer->state.iteration, ==, 2);
  g_assert_cmpint (viewer->state.poses[0].x_nm, ==, 2000000);
  viewer_free (viewer);

  wrong = g_strdup_printf ("{\"type\":\"hello\",\"instance\":\"%016" G_GINT64_MODIFIER "x\","
                           "\"last_seq\":%u}", ~instance, state.seq);
  foreign = viewer_join (&fixture, fixture.watch, wrong);
  g_assert_false (is_resumed (foreign));
  viewer_await (foreign, BW_OP_KEY);

  for (guint i = 3; i < 80; i++)
    {
      fake_feed_publish (fixture.feed, i, FALSE, NULL, 0);
      viewer_await_frame (foreign);
    }
  late = viewer_join (&fixture, fixture.watch, hello);
  g_assert_false (is_resumed (late));
  viewer_await (late, BW_OP_KEY);
  fixture_end (&fixture);
}

static void
test_a_page_that_nobody_sees_gets_no_frames_until_it_is_seen (void)
{
  Fixture fixture;
  g_autoptr (Viewer) hidden = NULL;
  g_autoptr (Viewer) quick = NULL;

  fixture_begin (&fixture);
  fake_feed_publish (fixture.feed, 1, FALSE, NULL, 0);
  hidden = viewer_join (&fixture, fixture.watch, HELLO);
  quick = viewer_join (&fixture, fixture.watch, HELLO);
  viewer_await (hidden, BW_OP_PRESENCE);
  viewer_say (hidden, "{\"type\":\"hide\"}");
  viewer_say (hidden, "{\"type\":\"ping\",\"t0\":1}");
  viewer_await (hidden, 0);
  viewer_await_frame (quick);
  for (guint i = 2; i <= 10; i++)
    {
      fake_feed_publish (fixture.feed, i, FALSE, NULL, 0);
      viewer_await_frame (quick);
    }
  viewer_say (hidden, "{\"type\":\"ping\",\"t0\":1}");
  viewer_await (hidden, 0);
  g_assert_cmpuint (hidden->state.iteration, ==, 1);

  viewer_say (hidden, "{\"type\":\"show\"}");
  viewer_await (hidden, BW_OP_DELTA);
  g_assert_cmpuint (hidden->state.iteration, ==, 10);
  fixture_end (&fixture);
}

static void
test_forces_go_to_those_who_want_them (void)
{
  static const BwFrameForce force = { 0, BW_FORCE_ATTRACTION, 1.2f, 0.5f };
  Fixture fixture;
  g_autoptr (Viewer) with = NULL;
  g_autoptr (Viewer) without = NULL;

  fixture_begin (&fixture);
  without = viewer_join (&fixture, fixture.watch, HELLO);
  viewer_say (without, "{\"type\":\"ping\",\"t0\":1}");
  viewer_await (without, 0);
  g_assert_false (bw_hub_wants_forces (fixture.feed->hub));
  with = viewer_join (&fixture, fixture.watch, "{\"type\":\"hello\",\"forces\":true}");
  viewer_say (with, "{\"type\":\"ping\",\"t0\":1}");
  viewer_await (with, 0);
  g_assert_true (bw_hub_wants_forces (fixture.feed->hub));

  fake_feed_publish (fixture.feed, 1, FALSE, &force, 1);
  viewer_await (with, BW_OP_FORCES);
  g_assert_cmpuint (with->state.n, ==, 1);
  viewer_await_frame (without);
  fake_feed_say (fixture.feed, BW_STATUS_INFO, "seen");
  while (viewer_read (without) != BW_OP_EVENT)
    g_assert_cmpuint (without->state.op, !=, BW_OP_FORCES);

  viewer_say (with, "{\"type\":\"forces\",\"on\":false}");
  viewer_say (with, "{\"type\":\"ping\",\"t0\":1}");
  viewer_await (with, 0);
  g_assert_false (bw_hub_wants_forces (fixture.feed->hub));
  fixture_end (&fixture);
}

static void
test_colours_that_are_chosen_are_told_and_then_are_in_the_geometry (void)
{
  Fixture fixture;
  g_auto (GStrv) path = NULL;
  g_autoptr (Viewer) viewer = NULL;
  g_autoptr (Viewer) late = NULL;
  guint8 hash[8];

  fixture_begin (&fixture);
  path = g_strsplit (fixture.path, "/", -1);
  viewer = viewer_join (&fixture, fixture.watch, HELLO);
  viewer_await (viewer, BW_OP_BOARD);
  memcpy (hash, viewer->message + BW_BINARY_HEADER_BYTES, sizeof hash);
  bw_board_set_module_color (fixture.feed->board, 0, BW_COLOR_CHOSEN | 0xc061cb);
  bw_server_tell_colors (fixture.server, path[2]);
  viewer_await (viewer, BW_OP_COLORS);
  g_assert_cmpuint (viewer->state.n, ==, fixture.feed->board->n_modules);
  g_assert_cmpint (memcmp (viewer->message + BW_BINARY_HEADER_BYTES, "\xcb\x61\xc0\x01", 4), ==, 0);

  late = viewer_join (&fixture, fixture.watch, HELLO);
  viewer_await (late, BW_OP_BOARD);
  g_assert_cmpint (memcmp (late->message + BW_BINARY_HEADER_BYTES, hash, sizeof hash), !=, 0);
  fixture_end (&fixture);
}

static void
test_the_time_is_told (void)
{
  Fixture fixture;
  g_autoptr (Viewer) viewer = NULL;
  double t0;
  double t1;
  double t2;
  double now_ms;

  fixture_begin (&fixture);
  viewer = viewer_connect (&fixture, fixture.watch);
  viewer_say (viewer, "{\"type\":\"ping\",\"t0\":12.5}");
  viewer_await (viewer, 0);
  now_ms = (double) g_get_real_time () / 1000.0;
  g_assert_cmpint (sscanf ((const char *) viewer->message,
                           "{\"type\":\"pong\",\"t0\":%lf,\"t1\":%lf,\"t2\":%lf}", &t0, &t1, &t2),
                   ==, 3);
  g_assert_cmpfloat (t0, ==, 12.5);
  g_assert_cmpfloat (t1, <=, t2);
  g_assert_cmpfloat (t2, <=, now_ms);
  g_assert_cmpfloat (t1, >, now_ms - 60000.0);
  fixture_end (&fixture);
}

static void
test_who_comes_late_can_ask_for_the_past (void)
{
  Fixture fixture;
  g_autoptr (Viewer) viewer = NULL;
  g_autoptr (WsClient) http = NULL;
  g_autofree char *request = NULL;
  g_autofree char *head = NULL;
  g_autofree char *path = NULL;
  BinaryState state = { 0 };
  guint n = 0;
  gsize at = 0;

  fixture_begin (&fixture);
  viewer = viewer_join (&fixture, fixture.watch, HELLO);
  for (guint i = 1; i <= 10; i++)
    {
      fake_feed_publish (fixture.feed, i, FALSE, NULL, 0);
      viewer_await_frame (viewer);
    }

  path = g_strndup (fixture.path, strlen (fixture.path) - strlen ("ws"));
  request = g_strdup_printf ("GET %shistory HTTP/1.1\r\nHost: localhost\r\n"
                             "Authorization: Bearer %s\r\n\r\n", path, fixture.watch);
  http = ws_connect (fixture.port);
  g_assert_true (ws_send_string (http, request));
  head = ws_read_head (http);
  g_assert_cmpuint (ws_status_of (head), ==, 200);
  while (ws_fill (http))
    ;
  while (at < http->in->len)
    {
      BinaryReader in = { http->in->data, http->in->len, at };
      gsize length = binary_read (&in, 4);

      binary_apply (&state, http->in->data + in.at, length);
      g_assert_cmpuint (state.iteration, ==, ++n);
      g_assert_cmpuint (state.flags & BW_FLAG_REPLAY, !=, 0);
      g_assert_cmpint (state.poses[0].x_nm, ==, (gint32) n * 1000000);
      at = in.at + length;
    }
  g_assert_cmpuint (n, ==, 10);
  g_free (state.poses);
  fixture_end (&fixture);
}

static void
test_plain_json_beside_it_sees_the_same (void)
{
  Fixture fixture;
  g_autoptr (Viewer) viewer = NULL;
  g_autoptr (WsClient) plain = NULL;

  fixture_begin (&fixture);
  plain = fixture_watch (&fixture);
  viewer = viewer_join (&fixture, fixture.watch, HELLO);
  for (guint i = 1; i <= 5; i++)
    {
      g_autofree char *text = NULL;

      fake_feed_publish (fixture.feed, i, FALSE, NULL, 0);
      text = ws_read_type (plain, "frame");
      viewer_await_frame (viewer);
      g_assert_cmpuint (ws_iteration_of (text), ==, i);
      g_assert_cmpuint (viewer->state.iteration, ==, i);
    }
  fixture_end (&fixture);
}

static void
test_what_is_no_acknowledgement_is_closed (void)
{
  static const char *const messages[] = { "", "\x81", "\x81zzzzz", "\x82zzzz", "zzzzz" };
  Fixture fixture;

  fixture_begin (&fixture);
  for (gsize i = 0; i < G_N_ELEMENTS (messages); i++)
    {
      g_autoptr (Viewer) viewer = viewer_connect (&fixture, fixture.control);

      g_assert_true (ws_send_frame (viewer->ws, 0x82, messages[i], strlen (messages[i])));
      g_assert_cmpuint (ws_read_close (viewer->ws), ==, 1003);
    }
  fixture_end (&fixture);
}

static void
test_who_never_says_hello_is_closed (void)
{
  BwServerLimits limits = BW_SERVER_LIMITS_DEFAULT;
  Fixture fixture;
  g_autoptr (Viewer) viewer = NULL;
  g_autoptr (WsClient) plain = NULL;
  g_autofree char *pong = NULL;

  limits.handshake_ms = 2000;
  limits.close_ms = 200;
  fixture_begin_with (&fixture, fixture_parse_board (TINY_BOARD), 60.0, &limits);
  plain = fixture_watch (&fixture);
  viewer = viewer_connect (&fixture, fixture.watch);
  g_assert_cmpuint (ws_read_close (viewer->ws), ==, 1008);
  g_assert_true (ws_send_text (plain, "{\"type\":\"ping\"}"));
  pong = ws_read_type (plain, "pong");
  fixture_end (&fixture);
}

#define ADD(name, function) g_test_add_func ("/server/binary/" name, function)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("nothing-is-said-before-a-hello-and-then-all",
       test_nothing_is_said_before_a_hello_and_then_all);
  ADD ("frames-follow-as-changes-and-the-last-is-marked",
       test_frames_follow_as_changes_and_the_last_is_marked);
  ADD ("who-acknowledges-nothing-gets-two-frames-and-then-the-newest",
       test_who_acknowledges_nothing_gets_two_frames_and_then_the_newest);
  ADD ("a-last-frame-needs-no-credit", test_a_last_frame_needs_no_credit);
  ADD ("a-skipped-frame-loses-no-sample", test_a_skipped_frame_loses_no_sample);
  ADD ("who-comes-back-soon-gets-what-has-changed",
       test_who_comes_back_soon_gets_what_has_changed);
  ADD ("a-page-that-nobody-sees-gets-no-frames-until-it-is-seen",
       test_a_page_that_nobody_sees_gets_no_frames_until_it_is_seen);
  ADD ("forces-go-to-those-who-want-them", test_forces_go_to_those_who_want_them);
  ADD ("colours-that-are-chosen-are-told-and-then-are-in-the-geometry",
       test_colours_that_are_chosen_are_told_and_then_are_in_the_geometry);
  ADD ("the-time-is-told", test_the_time_is_told);
  ADD ("who-comes-late-can-ask-for-the-past", test_who_comes_late_can_ask_for_the_past);
  ADD ("plain-json-beside-it-sees-the-same", test_plain_json_beside_it_sees_the_same);
  ADD ("what-is-no-acknowledgement-is-closed", test_what_is_no_acknowledgement_is_closed);
  ADD ("who-never-says-hello-is-closed", test_who_never_says_hello_is_closed);
  return g_test_run ();
}
