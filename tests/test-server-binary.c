/* SPDX-License-Identifier: GPL-3.0-or-later */

/* boardwalk.1 on real sockets, from a feed that the test drives. */

#include <stdio.h>

#include "support/binary-reader.h"
#include "support/server-fixture.h"
#include "wire/bw-binary-dialect.h"

/* A client, and what it has been told so far. */
typedef struct
{
  WsClient *ws;
  BinaryState state;
  guint8 *message; /* the newest, of `length` bytes; a text one is terminated */
  gsize length;
  gboolean lazy;   /* acknowledges nothing */
} Viewer;

static void
viewer_free (Viewer *self)
{
  ws_free (self->ws);
  g_free (self->state.poses);
  g_free (self->message);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Viewer, viewer_free)

static Viewer *
viewer_connect (Fixture    *fixture,
                const char *token)
{
  Viewer *self = g_new0 (Viewer, 1);
  g_autofree char *request = ws_handshake_text (fixture->path, token,
                                                "Sec-WebSocket-Protocol: boardwalk.1\r\n");
  g_autofree char *head = NULL;
  g_autofree char *chosen = NULL;

  self->ws = ws_connect (fixture->port);
  g_assert_true (ws_send_string (self->ws, request));
  head = ws_read_head (self->ws);
  g_assert_cmpuint (ws_status_of (head), ==, 101);
  chosen = ws_header_of (head, "Sec-WebSocket-Protocol");
  g_assert_cmpstr (chosen, ==, "boardwalk.1");
  return self;
}

static void
viewer_say (Viewer     *self,
            const char *text)
{
  g_assert_true (ws_send_text (self->ws, text));
}

static void
viewer_acknowledge (Viewer *self,
                    guint32 seq)
{
  guint8 ack[5] = { 129, (guint8) seq, (guint8) (seq >> 8), (guint8) (seq >> 16),
                    (guint8) (seq >> 24) };

  g_assert_true (ws_send_frame (self->ws, 0x82, ack, sizeof ack));
}

/* The next message; its op, or 0 for a text. */
static guint8
viewer_read (Viewer *self)
{
  g_free (self->message);
  self->message = (guint8 *) ws_read_frame (self->ws, &self->length);
  g_assert_nonnull (self->message);
  if (self->ws->opcode == 0x1)
    return 0;

  g_assert_cmphex (self->ws->opcode, ==, 0x2);
  binary_apply (&self->state, self->message, self->length);
  if ((self->state.op == 3 || self->state.op == 4) && !self->lazy)
    viewer_acknowledge (self, self->state.seq);
  return self->state.op;
}

/* Reads on to a message of this op. */
static void
viewer_await (Viewer *self,
              guint8  op)
{
  while (viewer_read (self) != op)
    ;
}

static void
viewer_await_text (Viewer     *self,
                   const char *expected)
{
  viewer_await (self, 0);
  g_assert_cmpstr ((const char *) self->message, ==, expected);
}

static void
viewer_await_frame (Viewer *self)
{
  guint8 op;

  do
    op = viewer_read (self);
  while (op != BW_OP_KEY && op != BW_OP_DELTA);
}

static Viewer *
viewer_join (Fixture    *fixture,
             const char *token,
             const char *hello)
{
  Viewer *self = viewer_connect (fixture, token);

  viewer_say (self, hello);
  viewer_await (self, BW_OP_HELLO);
  return self;
}

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

#define HELLO "{\"type\":\"hello\"}"

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
test_a_command_is_answered_by_its_number_and_told_to_all_by_name (void)
{
  Fixture fixture;
  g_autoptr (Viewer) ann = NULL;
  g_autoptr (Viewer) bob = NULL;
  BwCommand command;

  fixture_begin (&fixture);
  ann = viewer_join (&fixture, fixture.control, "{\"type\":\"hello\",\"name\":\"Ann\"}");
  bob = viewer_join (&fixture, fixture.watch, "{\"type\":\"hello\",\"name\":\"Bob\"}");

  viewer_say (bob, "{\"type\":\"command\",\"cmd_id\":7,\"command\":\"stop\"}");
  viewer_await_text (bob, "{\"type\":\"answer\",\"cmd_id\":7,\"result\":\"denied\"}");
  viewer_say (ann, "{\"type\":\"command\",\"cmd_id\":8,\"command\":\"explode\"}");
  viewer_await_text (ann, "{\"type\":\"answer\",\"cmd_id\":8,\"result\":\"unknown\"}");
  viewer_say (ann, "{\"type\":\"command\",\"cmd_id\":9,\"command\":\"pause\"}");
  viewer_await_text (ann, "{\"type\":\"answer\",\"cmd_id\":9,\"result\":\"accepted\"}");

  command = fake_feed_wait_command (fixture.feed);
  g_assert_cmpint (command.kind, ==, BW_COMMAND_PAUSE);
  g_assert_cmpint (command.origin, ==, BW_ORIGIN_REMOTE);
  bw_hub_log (fixture.feed->hub, &(BwLogEntry) { .kind = BW_LOG_COMMAND, .command = command });
  viewer_await (bob, BW_OP_EVENT);
  g_assert_cmpuint (bob->message[BW_BINARY_HEADER_BYTES], ==, 3);
  g_assert_cmpuint (bob->message[BW_BINARY_HEADER_BYTES + 1], ==, BW_COMMAND_PAUSE);
  g_assert_cmpmem (bob->message + bob->length - 3, 3, "Ann", 3);
  fixture_end (&fixture);
}

static void
test_a_part_can_be_moved_if_there_is_one (void)
{
  Fixture fixture;
  g_autoptr (Viewer) ann = NULL;
  BwCommand command;

  fixture_begin (&fixture);
  ann = viewer_join (&fixture, fixture.control, HELLO);
  viewer_say (ann, "{\"type\":\"command\",\"cmd_id\":1,\"command\":\"lock\",\"part\":3}");
  viewer_await_text (ann, "{\"type\":\"answer\",\"cmd_id\":1,\"result\":\"unknown\"}");
  viewer_say (ann, "{\"type\":\"command\",\"cmd_id\":2,\"command\":\"move\",\"part\":2,"
                   "\"x\":5,\"y\":-6}");
  viewer_await_text (ann, "{\"type\":\"answer\",\"cmd_id\":2,\"result\":\"accepted\"}");
  command = fake_feed_wait_command (fixture.feed);
  g_assert_cmpint (command.kind, ==, BW_COMMAND_MOVE);
  g_assert_cmpuint (command.footprint, ==, 2);
  g_assert_cmpint (command.pose.at.x_nm, ==, 5);
  g_assert_cmpint (command.pose.at.y_nm, ==, -6);
  g_assert_cmpuint (command.actor, ==, 1);
  fixture_end (&fixture);
}

static void
test_the_others_are_told_who_is_there_and_where_they_point (void)
{
  Fixture fixture;
  g_autoptr (Viewer) ann = NULL;
  Viewer *bob;
  BwPersonFields seen = 0;

  fixture_begin (&fixture);
  ann = viewer_join (&fixture, fixture.control, "{\"type\":\"hello\",\"name\":\"Ann\"}");
  bob = viewer_join (&fixture, fixture.watch, "{\"type\":\"hello\",\"name\":\"Bob\"}");
  viewer_await (bob, BW_OP_PRESENCE);
  g_assert_cmpuint (bob->state.flags, ==, BW_FLAG_WHOLE);
  g_assert_cmpuint (bob->state.n, ==, 2);

  viewer_say (bob, "{\"type\":\"cursor\",\"x\":1,\"y\":2}");
  /* A part that there is not is nothing to select. */
  viewer_say (bob, "{\"type\":\"select\",\"parts\":[2,3]}");
  while ((seen & BW_PERSON_SELECTION) == 0)
    {
      BinaryReader in;

      viewer_await (ann, BW_OP_PRESENCE);
      in = (BinaryReader) { ann->message, ann->length, BW_BINARY_HEADER_BYTES };
      for (guint i = 0; i < ann->state.n; i++)
        {
          guint32 number = (guint32) binary_read (&in, 4);
          guint8 fields = (guint8) binary_read (&in, 1);

          if ((fields & BW_PERSON_WHO) != 0)
            {
              binary_read (&in, 2);
              in.at += binary_read (&in, 1);
            }
          if ((fields & BW_PERSON_CURSOR) != 0)
            {
              g_assert_cmpuint (number, ==, 2);
              g_assert_cmpuint (binary_read (&in, 4), ==, 1);
              g_assert_cmpuint (binary_read (&in, 4), ==, 2);
            }
          if ((fields & BW_PERSON_SELECTION) != 0)
            {
              g_assert_cmpuint (binary_read (&in, 2), ==, 1);
              g_assert_cmpuint (binary_read (&in, 4), ==, 2);
            }
          seen |= fields;
        }
      g_assert_cmpuint (in.at, ==, in.length);
    }
  g_assert_cmpuint (seen & BW_PERSON_CURSOR, !=, 0);

  viewer_free (bob);
  while ((seen & BW_PERSON_GONE) == 0)
    {
      viewer_await (ann, BW_OP_PRESENCE);
      seen |= ann->message[BW_BINARY_HEADER_BYTES + 4];
    }
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

  limits.handshake_ms = 100;
  limits.close_ms = 200;
  fixture_begin_with (&fixture, fixture_parse_board (TINY_BOARD), 60.0, &limits);
  plain = fixture_watch (&fixture);
  viewer = viewer_connect (&fixture, fixture.watch);
  g_assert_cmpuint (ws_read_close (viewer->ws), ==, 1008);
  g_assert_true (ws_send_text (plain, "{\"type\":\"ping\"}"));
  pong = ws_read_type (plain, "pong");
  fixture_end (&fixture);
}

static void
test_a_storm_of_words_is_closed_and_one_of_cursors_is_thinned (void)
{
  Fixture fixture;
  g_autoptr (Viewer) words = NULL;
  g_autoptr (Viewer) cursors = NULL;

  fixture_begin (&fixture);
  words = viewer_join (&fixture, fixture.watch, HELLO);
  for (guint i = 0; i < 1000; i++)
    ws_send_text (words->ws, "{\"type\":\"name\",\"name\":\"x\"}");
  g_assert_cmpuint (ws_read_close (words->ws), ==, 1008);
  cursors = viewer_join (&fixture, fixture.watch, HELLO);
  for (guint i = 0; i < 1000; i++)
    viewer_say (cursors, "{\"type\":\"cursor\",\"x\":1,\"y\":1}");
  viewer_say (cursors, "{\"type\":\"ping\",\"t0\":1}");
  viewer_await (cursors, 0);
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
  ADD ("a-command-is-answered-by-its-number-and-told-to-all-by-name",
       test_a_command_is_answered_by_its_number_and_told_to_all_by_name);
  ADD ("a-part-can-be-moved-if-there-is-one", test_a_part_can_be_moved_if_there_is_one);
  ADD ("the-others-are-told-who-is-there-and-where-they-point",
       test_the_others_are_told_who_is_there_and_where_they_point);
  ADD ("forces-go-to-those-who-want-them", test_forces_go_to_those_who_want_them);
  ADD ("the-time-is-told", test_the_time_is_told);
  ADD ("who-comes-late-can-ask-for-the-past", test_who_comes_late_can_ask_for_the_past);
  ADD ("plain-json-beside-it-sees-the-same", test_plain_json_beside_it_sees_the_same);
  ADD ("what-is-no-acknowledgement-is-closed", test_what_is_no_acknowledgement_is_closed);
  ADD ("who-never-says-hello-is-closed", test_who_never_says_hello_is_closed);
  ADD ("a-storm-of-words-is-closed-and-one-of-cursors-is-thinned",
       test_a_storm_of_words_is_closed_and_one_of_cursors_is_thinned);
  return g_test_run ();
}
