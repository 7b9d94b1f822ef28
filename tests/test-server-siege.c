/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What hostile peers cost the others: two servers get the same frames at the same time, one is
 * attacked, and its viewer must have nearly as many of them as the other's. */

#include "support/server-fixture.h"

#define N_PARTS 100
#define FPS 60
/* An attack goes on until the viewer of the other server has seen so many frames. */
#define N_FRAMES 90
#define SHARE 0.95
/* The two do not stop at the same instant. */
#define SLACK 3
#define MANY 500
/* Where the servers' threads wait for a processor for more of the time than this, frames are lost
 * to whatever else the computer does: such a siege says nothing, and is laid again. */
#define MAX_WAITING 0.2
#define MAX_SIEGES 4

/* One of the two servers, with a thread that watches it. */
typedef struct
{
  Fixture fixture;
  GThread *thread;
  WsClient *viewer;
  gint n_frames; /* atomic */
} Side;

typedef struct
{
  Side attacked;
  Side spared;
  GThread *feeder;
  gint stop;     /* atomic */
  WsClient *clients[MANY];
  guint n_rounds;
} Siege;

static gpointer
watch (gpointer data)
{
  Side *self = data;
  guint code;
  char *text;

  while ((text = ws_read_text_or_close (self->viewer, &code)) != NULL)
    {
      if (g_str_has_prefix (text, "{\"type\":\"frame\""))
        g_atomic_int_inc (&self->n_frames);
      g_free (text);
    }
  return NULL;
}

static void
side_begin (Side                 *self,
            const BwServerLimits *limits)
{
  fixture_begin_with (&self->fixture, fixture_make_board (N_PARTS), FPS, limits);
  self->viewer = fixture_watch (&self->fixture);
  self->thread = g_thread_new ("viewer", watch, self);
}

static void
side_end (Side *self)
{
  bw_server_stop (self->fixture.server);
  g_thread_join (self->thread);
  ws_free (self->viewer);
  fixture_end (&self->fixture);
}

/* The pace of a run; nothing waits for it. */
static gpointer
feed_both (gpointer data)
{
  Siege *self = data;

  for (guint i = 1; !g_atomic_int_get (&self->stop); i++)
    {
      fake_feed_publish (self->attacked.fixture.feed, i % 1000, FALSE, NULL, 0);
      fake_feed_publish (self->spared.fixture.feed, i % 1000, FALSE, NULL, 0);
      g_usleep (G_USEC_PER_SEC / FPS);
    }
  return NULL;
}

/* One round of an attack, which goes on for as many at least. */
typedef struct
{
  const char *name;
  void (*attack) (Siege *siege);
  guint min_rounds;
} Attack;

/* How long the servers' threads have waited for a processor so far, in nanoseconds. */
static double
waited_ns (void)
{
  g_autoptr (GDir) dir = g_dir_open ("/proc/self/task", 0, NULL);
  const char *name;
  double sum = 0.0;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *comm_path = g_build_filename ("/proc/self/task", name, "comm", NULL);
      g_autofree char *stat_path = g_build_filename ("/proc/self/task", name, "schedstat", NULL);
      g_autofree char *comm = NULL;
      g_autofree char *stat = NULL;

      if (g_file_get_contents (comm_path, &comm, NULL, NULL) && g_str_has_prefix (comm, "bw-server")
          && g_file_get_contents (stat_path, &stat, NULL, NULL) && strchr (stat, ' ') != NULL)
        sum += g_ascii_strtod (strchr (stat, ' '), NULL);
    }
  return sum;
}

typedef enum
{
  KEPT,
  LOST,
  UNKNOWN, /* the computer was too busy */
} Outcome;

/* Whether the viewer kept its frames. */
static Outcome
lay_siege (const Attack *attack)
{
  gint64 begin_us;
  double waiting;
  g_autofree Siege *self = g_new0 (Siege, 1);
  BwServerLimits limits = BW_SERVER_LIMITS_DEFAULT;
  guint n_attacked;
  guint n_spared;

  limits.send_buffer_bytes = 8192;
  side_begin (&self->attacked, &limits);
  side_begin (&self->spared, &limits);
  self->feeder = g_thread_new ("feeder", feed_both, self);

  begin_us = g_get_monotonic_time ();
  waiting = waited_ns ();
  for (; g_atomic_int_get (&self->spared.n_frames) < N_FRAMES
         || self->n_rounds < attack->min_rounds; self->n_rounds++)
    attack->attack (self);
  waiting = (waited_ns () - waiting) / 1000.0 / (double) (g_get_monotonic_time () - begin_us);
  n_attacked = (guint) g_atomic_int_get (&self->attacked.n_frames);
  n_spared = (guint) g_atomic_int_get (&self->spared.n_frames);
  g_test_message ("%u frames under attack, %u without; %u rounds, waiting %.2f", n_attacked,
                  n_spared, self->n_rounds, waiting);
  g_atomic_int_set (&self->stop, 1);
  g_thread_join (self->feeder);
  for (guint i = 0; i < MANY; i++)
    g_clear_pointer (&self->clients[i], ws_free);
  side_end (&self->attacked);
  side_end (&self->spared);
  if (n_attacked + SLACK >= SHARE * n_spared)
    return KEPT;
  return waiting > MAX_WAITING ? UNKNOWN : LOST;
}

static WsClient *
join (Siege *self,
      int    receive_buffer)
{
  return ws_shake_hands (ws_connect_with (self->attacked.fixture.port, receive_buffer),
                         self->attacked.fixture.path, self->attacked.fixture.control);
}

/* What can be sent without waiting. FALSE: the connection is over. */
static gboolean
push (WsClient   *client,
      guint8      first,
      const void *payload,
      gsize       length)
{
  g_autoptr (GByteArray) frame = ws_frame (first, payload, length);

  return send (client->fd, frame->data, frame->len, MSG_NOSIGNAL | MSG_DONTWAIT) >= 0
         || errno == EAGAIN;
}

/* Goes on with the first client, which is another one when it was closed. */
static WsClient *
some_client (Siege *self)
{
  if (self->clients[0] == NULL)
    self->clients[0] = join (self, 0);
  return self->clients[0];
}

static void
push_many (Siege      *self,
           guint8      first,
           const void *payload,
           gsize       length)
{
  WsClient *client = some_client (self);

  for (guint i = 0; i < 100; i++)
    {
      if (!push (client, first, payload, length))
        {
          g_clear_pointer (&self->clients[0], ws_free);
          return;
        }
    }
}

static void
never_read (Siege *self)
{
  if (self->n_rounds < 20)
    self->clients[self->n_rounds] = join (self, 2048);
  else
    g_usleep (1000);
}

static void
read_little (Siege *self)
{
  if (self->n_rounds < 20)
    {
      self->clients[self->n_rounds] = join (self, 2048);
      return;
    }
  for (guint i = 0; i < 20; i++)
    {
      char few[16];

      if (recv (self->clients[i]->fd, few, sizeof few, MSG_DONTWAIT) == 0)
        break;
    }
  g_usleep (16000);
}

static void
leave_handshakes_half_done (Siege *self)
{
  if (self->n_rounds >= MANY)
    {
      g_usleep (1000);
      return;
    }
  self->clients[self->n_rounds] = ws_connect (self->attacked.fixture.port);
  ws_send_string (self->clients[self->n_rounds], "GET / HTTP/1.1\r\nHost: loc");
}

static void
come_and_go (Siege *self)
{
  g_autoptr (WsClient) client = ws_connect (self->attacked.fixture.port);

  if (self->n_rounds % 3 == 0)
    ws_shake_hands (client, self->attacked.fixture.path, self->attacked.fixture.watch);
  if (self->n_rounds % 2 == 0)
    ws_reset (client);
}

static void
reset_handshakes (Siege *self)
{
  g_autoptr (WsClient) client = ws_connect (self->attacked.fixture.port);
  g_autofree char *request
    = ws_handshake_text (self->attacked.fixture.path, self->attacked.fixture.watch, "");

  ws_send_bytes (client, request, self->n_rounds * 7 % (strlen (request) + 1));
  ws_reset (client);
}

static void
guess_tokens (Siege *self)
{
  g_autoptr (WsClient) client = ws_connect (self->attacked.fixture.port);
  g_autofree char *request = ws_handshake_text (self->attacked.fixture.path, "guess", "");
  g_autofree char *head = NULL;

  ws_send_string (client, request);
  head = ws_read_head (client);
  g_assert_cmpuint (ws_status_of (head), >=, 401);
}

static void
ask_from_elsewhere (Siege *self)
{
  static const char *const requests[] = {
    "GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n",
    "GET / HTTP/1.1\r\n\r\n",
    "GET / HTTP/1.1\r\nHost: localhost\r\nHost: localhost\r\n\r\n",
    "GET / HTTP/1.1\r\nHost: localhost\r\nOrigin: http://evil.example\r\n\r\n",
  };
  static const guint statuses[] = { 421, 400, 400, 403 };
  guint i = self->n_rounds % G_N_ELEMENTS (requests);
  g_autoptr (WsClient) client = ws_connect (self->attacked.fixture.port);
  g_autofree char *head = NULL;

  ws_send_string (client, requests[i]);
  head = ws_read_head (client);
  g_assert_cmpuint (ws_status_of (head), ==, statuses[i]);
}

static void
flood_with_texts (Siege *self)
{
  push_many (self, 0x81, "{\"type\":\"ping\"}", 15);
}

static void
flood_with_nonsense (Siege *self)
{
  push_many (self, 0x81, "{\"a\":[NaN,1e999,-5]}", 20);
}

static void
flood_with_pings (Siege *self)
{
  push_many (self, 0x89, "x", 1);
}

static void
flood_with_fragments (Siege *self)
{
  push_many (self, self->clients[0] == NULL ? 0x01 : 0x00, "", 0);
}

static void
flood_with_commands (Siege *self)
{
  BwCommand command;

  push_many (self, 0x81, "{\"type\":\"pause\"}", 16);
  while (bw_hub_pop_command (self->attacked.fixture.feed->hub, &command))
    ;
}

/* Of one that speaks boardwalk.1, where commands have arguments. */
static void
flood_with_impossible_commands (Siege *self)
{
  static const char *const texts[] = {
    "{\"type\":\"command\",\"cmd_id\":1,\"command\":\"move\",\"part\":0,\"x\":NaN,\"y\":1}",
    "{\"type\":\"command\",\"cmd_id\":1,\"command\":\"move\",\"part\":0,\"x\":1e308,\"y\":-1e308}",
    "{\"type\":\"command\",\"cmd_id\":-1,\"command\":\"move\",\"part\":-7,\"x\":1,\"y\":1}",
    "{\"type\":\"command\",\"cmd_id\":1,\"command\":\"lock\",\"part\":4294967295}",
    "{\"type\":\"grab\",\"parts\":[4294967295,99999,-1]}",
    "{\"type\":\"select\",\"parts\":[[],{},null,\"1\",true,1.5]}",
  };

  if (self->clients[0] == NULL)
    {
      WsClient *client = ws_connect (self->attacked.fixture.port);
      g_autofree char *request
        = ws_handshake_text (self->attacked.fixture.path, self->attacked.fixture.control,
                             "Sec-WebSocket-Protocol: boardwalk.1\r\n");

      ws_send_string (client, request);
      g_free (ws_read_head (client));
      ws_send_text (client, "{\"type\":\"hello\"}");
      self->clients[0] = client;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (texts) && self->clients[0] != NULL; i++)
    push_many (self, 0x81, texts[i], strlen (texts[i]));
}

static void
send_too_much (Siege *self)
{
  g_autofree char *text = g_strnfill (70000, ' ');
  WsClient *client = some_client (self);

  push (client, 0x81, text, 70000);
  g_clear_pointer (&self->clients[0], ws_free);
}

static void
send_what_is_no_frame (Siege *self)
{
  static const char *const broken[] = { "\x81\x02{}", "\xc1\x80zzzz", "\x83\x80zzzz",
                                        "\x81\x82zzzz\xff\xff", "\x88\x81zzzz3" };
  WsClient *client = some_client (self);
  const char *bytes = broken[self->n_rounds % G_N_ELEMENTS (broken)];

  ws_send_bytes (client, bytes, strlen (bytes));
  ws_read_close (client);
  g_clear_pointer (&self->clients[0], ws_free);
}

static void
test_siege (gconstpointer data)
{
  const Attack *attack = data;
  Outcome outcome = UNKNOWN;

  for (guint i = 0; i < MAX_SIEGES && outcome == UNKNOWN; i++)
    outcome = lay_siege (attack);
  g_assert_cmpint (outcome, !=, LOST);
  if (outcome == UNKNOWN)
    g_test_skip ("this computer is too busy to tell");
}

int
main (int    argc,
      char **argv)
{
  static const Attack sieges[] = {
    { "who-never-reads", never_read, 0 },
    { "who-reads-a-kilobyte-a-second", read_little, 0 },
    { "five-hundred-half-open-handshakes", leave_handshakes_half_done, 0 },
    { "ten-thousand-connections-in-a-row", come_and_go, 10000 },
    { "resets-at-each-step-of-the-handshake", reset_handshakes, 0 },
    { "guessed-tokens", guess_tokens, 0 },
    { "wrong-hosts-and-origins", ask_from_elsewhere, 0 },
    { "a-flood-of-texts", flood_with_texts, 0 },
    { "a-flood-of-nonsense", flood_with_nonsense, 0 },
    { "a-flood-of-pings", flood_with_pings, 0 },
    { "fragments-without-end", flood_with_fragments, 0 },
    { "a-storm-of-commands", flood_with_commands, 0 },
    { "commands-that-cannot-be", flood_with_impossible_commands, 0 },
    { "messages-that-are-too-long", send_too_much, 0 },
    { "what-is-no-frame", send_what_is_no_frame, 0 },
  };

  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (sieges); i++)
    {
      g_autofree char *path
        = g_strdup_printf ("/server/siege/%s-costs-a-viewer-next-to-no-frame", sieges[i].name);

      g_test_add_data_func (path, &sieges[i], test_siege);
    }
  return g_test_run ();
}
