/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Who is connected, what may be done about it, what the server counts, and what it lets one
 * address do. */

#include "server/bw-guard.h"
#include "server/bw-metrics.h"
#include "server/bw-server-clients.h"
#include "support/server-fixture.h"

/* Lists are looked at until they have so many: they are half a second behind. */
static GPtrArray *
await_clients (Fixture *fixture,
               guint    n)
{
  gint64 deadline_us = g_get_monotonic_time () + WS_PATIENCE_S * G_USEC_PER_SEC;

  for (;;)
    {
      GPtrArray *clients = bw_server_list_clients (fixture->server);

      if (clients->len == n)
        return clients;
      g_assert_cmpint (g_get_monotonic_time (), <, deadline_us);
      g_ptr_array_unref (clients);
      g_thread_yield ();
    }
}

static WsClient *
join_binary (Fixture    *fixture,
             const char *token,
             const char *hello)
{
  WsClient *client = ws_connect (fixture->port);
  g_autofree char *request = ws_handshake_text (fixture->path, token,
                                                "Sec-WebSocket-Protocol: boardwalk.1\r\n");
  g_autofree char *head = NULL;

  g_assert_true (ws_send_string (client, request));
  head = ws_read_head (client);
  g_assert_cmpuint (ws_status_of (head), ==, 101);
  g_assert_true (ws_send_text (client, hello));
  return client;
}

static void
test_who_is_here_is_told_with_name_role_and_address (void)
{
  Fixture fixture;
  g_autoptr (WsClient) plain = NULL;
  g_autoptr (WsClient) ann = NULL;
  g_autoptr (GPtrArray) clients = NULL;
  g_autofree char *pong = NULL;
  const BwServerClient *client;

  fixture_begin (&fixture);
  plain = fixture_watch (&fixture);
  ann = join_binary (&fixture, fixture.control, "{\"type\":\"hello\",\"name\":\"Ann\"}");
  g_assert_true (ws_send_text (ann, "{\"type\":\"ping\",\"t0\":1}"));
  pong = ws_read_type (ann, "pong");
  clients = await_clients (&fixture, 2);

  client = g_ptr_array_index (clients, 0);
  g_assert_cmpint (client->dialect, ==, BW_DIALECT_JSON);
  g_assert_cmpint (client->role, ==, BW_ROLE_VIEWER);
  g_assert_cmpint (client->link_role, ==, BW_ROLE_VIEWER);
  g_assert_cmpstr (client->name, ==, "Guest 1");
  g_assert_true (g_str_has_prefix (client->address, "127.0.0.1:"));
  g_assert_nonnull (strstr (fixture.path, client->session));
  client = g_ptr_array_index (clients, 1);
  g_assert_cmpint (client->dialect, ==, BW_DIALECT_BINARY);
  g_assert_cmpint (client->role, ==, BW_ROLE_CONTROLLER);
  g_assert_cmpint (client->link_role, ==, BW_ROLE_CONTROLLER);
  g_assert_cmpstr (client->name, ==, "Ann");
  g_assert_cmpfloat (client->age_ms, ==, -1.0);
  fixture_end (&fixture);
}

static guint32
only_number (Fixture *fixture)
{
  g_autoptr (GPtrArray) clients = await_clients (fixture, 1);

  return ((const BwServerClient *) g_ptr_array_index (clients, 0))->number;
}

#define STOP "{\"type\":\"command\",\"cmd_id\":1,\"command\":\"stop\"}"

static void
test_a_viewer_may_be_promoted_and_demoted (void)
{
  Fixture fixture;
  g_autoptr (WsClient) ann = NULL;
  g_autofree char *denied = NULL;
  g_autofree char *accepted = NULL;
  g_autofree char *again = NULL;
  guint32 number;

  fixture_begin (&fixture);
  ann = join_binary (&fixture, fixture.watch, "{\"type\":\"hello\"}");
  number = only_number (&fixture);
  g_assert_true (ws_send_text (ann, STOP));
  denied = ws_read_type (ann, "answer");
  g_assert_nonnull (strstr (denied, "denied"));

  bw_server_set_client_role (fixture.server, number, BW_ROLE_CONTROLLER);
  bw_server_set_client_role (fixture.server, number + 1, BW_ROLE_CONTROLLER);
  do
    {
      g_clear_pointer (&accepted, g_free);
      g_assert_true (ws_send_text (ann, STOP));
      accepted = ws_read_type (ann, "answer");
    }
  while (strstr (accepted, "accepted") == NULL);
  g_assert_cmpint (fake_feed_wait_command (fixture.feed).kind, ==, BW_COMMAND_STOP);

  bw_server_set_client_role (fixture.server, number, BW_ROLE_VIEWER);
  do
    {
      g_clear_pointer (&again, g_free);
      g_assert_true (ws_send_text (ann, STOP));
      again = ws_read_type (ann, "answer");
    }
  while (strstr (again, "denied") == NULL);
  fixture_end (&fixture);
}

static void
test_one_may_be_disconnected_and_the_others_stay (void)
{
  Fixture fixture;
  g_autoptr (WsClient) unwanted = NULL;
  guint32 number;

  fixture_begin (&fixture);
  unwanted = fixture_watch (&fixture);
  number = only_number (&fixture);
  fixture.witness = ws_open (fixture.port, fixture.path, fixture.watch);
  bw_server_disconnect_client (fixture.server, number);
  g_assert_cmpuint (ws_read_close (unwanted), ==, 1008);
  assert_witness_goes_on (&fixture);
  fixture_end (&fixture);
}

static void
test_a_renewed_token_shuts_out_who_came_by_the_old_one_alone (void)
{
  Fixture fixture;
  g_autoptr (WsClient) old = NULL;
  g_autoptr (WsClient) refused = NULL;
  g_autoptr (WsClient) fresh = NULL;
  g_autofree char *request = NULL;
  g_autofree char *head = NULL;
  g_autofree char *before = NULL;
  const char *token;

  fixture_begin_with_witness (&fixture, NULL);
  before = g_strdup (fixture.watch);
  old = fixture_watch (&fixture);
  g_free (ws_read_type (old, "welcome"));
  bw_server_renew_token (fixture.server, NULL, BW_ROLE_VIEWER);
  g_assert_cmpuint (ws_read_close (old), ==, 1008);
  g_assert_cmpstr (fixture.watch, ==, before);

  token = bw_server_get_token (fixture.server, NULL, BW_ROLE_VIEWER);
  g_assert_cmpstr (token, !=, before);
  request = ws_handshake_text (fixture.path, before, "");
  refused = ws_connect (fixture.port);
  g_assert_true (ws_send_string (refused, request));
  head = ws_read_head (refused);
  g_assert_cmpuint (ws_status_of (head), ==, 401);
  fresh = ws_open (fixture.port, fixture.path, token);
  g_free (ws_read_type (fresh, "welcome"));
  /* The witness came by the other token. */
  fixture_end (&fixture);
}

static guint
status_with (Fixture    *fixture,
             const char *token)
{
  g_autoptr (WsClient) client = ws_connect (fixture->port);
  g_autofree char *request = ws_handshake_text (fixture->path, token, "");
  g_autofree char *head = NULL;

  g_assert_true (ws_send_string (client, request));
  head = ws_read_head (client);
  return ws_status_of (head);
}

static void
test_guessing_is_slowed_down_and_the_right_token_still_comes_in (void)
{
  BwServerLimits limits = BW_SERVER_LIMITS_DEFAULT;
  Fixture fixture;

  limits.guesses_per_s = 0.0;
  limits.guesses_burst = 3.0;
  fixture_begin_with_witness (&fixture, &limits);
  for (guint i = 0; i < 3; i++)
    g_assert_cmpuint (status_with (&fixture, "wrong"), ==, 401);
  g_assert_cmpuint (status_with (&fixture, "wrong"), ==, 429);
  /* None at all is no guess. */
  g_assert_cmpuint (status_with (&fixture, NULL), ==, 401);
  g_assert_cmpuint (status_with (&fixture, fixture.watch), ==, 101);
  fixture_end (&fixture);
}

static void
test_an_address_has_so_many_connections_and_no_more (void)
{
  BwServerLimits limits = BW_SERVER_LIMITS_DEFAULT;
  Fixture fixture;
  WsClient *clients[3];
  g_autoptr (WsClient) next = NULL;

  limits.count_loopback = TRUE;
  limits.max_per_address = 4;
  fixture_begin_with_witness (&fixture, &limits);
  for (guint i = 0; i < G_N_ELEMENTS (clients); i++)
    {
      clients[i] = ws_connect (fixture.port);
      g_assert_true (ws_send_string (clients[i], "GET "));
    }
  next = ws_connect (fixture.port);
  g_assert_false (ws_fill (next));
  assert_witness_goes_on (&fixture);

  /* One goes, and there is room for another. */
  ws_free (clients[0]);
  for (guint status = 0; status != 101;)
    {
      g_autoptr (WsClient) another = ws_connect (fixture.port);
      g_autofree char *request = ws_handshake_text (fixture.path, fixture.watch, "");
      g_autofree char *head = NULL;

      if (ws_send_string (another, request))
        head = ws_read_head (another);
      if (head != NULL)
        status = ws_status_of (head);
    }
  ws_free (clients[1]);
  ws_free (clients[2]);
  fixture_end (&fixture);
}

static char *
get_metrics (Fixture *fixture,
             guint   *status_out)
{
  g_autoptr (WsClient) client = ws_connect (fixture->port);
  g_autofree char *request
    = g_strdup_printf ("GET /metrics HTTP/1.1\r\nHost: localhost\r\n"
                       "Authorization: Bearer %s\r\n\r\n", fixture->watch);
  g_autofree char *head = NULL;

  g_assert_true (ws_send_string (client, request));
  head = ws_read_head (client);
  *status_out = ws_status_of (head);
  return ws_read_rest (client);
}

/* -1: there is no such line. */
static gint64
metric (const char *text,
        const char *name)
{
  g_autofree char *start = g_strdup_printf ("\n%s ", name);
  const char *at = strstr (text, start);

  return at != NULL ? g_ascii_strtoll (at + strlen (start), NULL, 10) : -1;
}

static void
test_prometheus_is_told_what_was_done (void)
{
  Fixture fixture;
  g_autoptr (GPtrArray) clients = NULL;
  g_autofree char *text = NULL;
  g_autofree char *pong = NULL;
  guint status;

  fixture_begin_with_witness (&fixture, NULL);
  for (guint i = 0; i < 5; i++)
    assert_witness_goes_on (&fixture);
  g_assert_cmpuint (status_with (&fixture, "wrong"), ==, 401);
  g_assert_cmpuint (status_with (&fixture, "wrong"), ==, 401);
  clients = await_clients (&fixture, 1);
  g_assert_true (ws_send_text (fixture.witness, "{\"type\":\"ping\"}"));
  pong = ws_read_type (fixture.witness, "pong");

  text = get_metrics (&fixture, &status);
  g_assert_cmpuint (status, ==, 200);
  g_assert_cmpint (metric (text, "boardwalk_clients{dialect=\"json\"}"), ==, 1);
  g_assert_cmpint (metric (text, "boardwalk_clients{dialect=\"boardwalk.1\"}"), ==, 0);
  g_assert_cmpint (metric (text, "boardwalk_frames_sent_total{dialect=\"json\"}"), ==, 5);
  g_assert_cmpint (metric (text, "boardwalk_bytes_sent_total{dialect=\"json\"}"), >, 500);
  g_assert_cmpint (metric (text, "boardwalk_denials_total{reason=\"token\"}"), ==, 2);
  g_assert_cmpint (metric (text, "boardwalk_denials_total{reason=\"host\"}"), ==, 0);
  g_assert_cmpint (metric (text, "boardwalk_frames_encoded_total"), ==, 5);
  g_assert_cmpint (metric (text, "boardwalk_frame_age_seconds_bucket{le=\"+Inf\"}"), ==,
                   metric (text, "boardwalk_frame_age_seconds_count"));
  g_assert_cmpint (metric (text, "boardwalk_frame_age_seconds_count"), >=, 4);
  fixture_end (&fixture);
}

static void
test_the_program_is_told_the_same (void)
{
  Fixture fixture;
  BwServerStats stats = { 0 };
  gint64 deadline_us = g_get_monotonic_time () + WS_PATIENCE_S * G_USEC_PER_SEC;

  fixture_begin_with_witness (&fixture, NULL);
  for (guint i = 0; i < 3; i++)
    assert_witness_goes_on (&fixture);
  while (stats.counters.frames_sent[BW_DIALECT_JSON] < 3)
    {
      g_assert_cmpint (g_get_monotonic_time (), <, deadline_us);
      bw_server_get_stats (fixture.server, &stats);
    }
  g_assert_true (stats.running);
  g_assert_cmpuint (stats.clients[BW_DIALECT_JSON], ==, 1);
  g_assert_cmpuint (stats.n_arrived, ==, 1);
  g_assert_cmpfloat (stats.uptime_s, >, 0.0);
  bw_server_stop (fixture.server);
  bw_server_get_stats (fixture.server, &stats);
  g_assert_false (stats.running);
  ws_free (g_steal_pointer (&fixture.witness));
  fixture_end (&fixture);
}

static void
test_a_guard_forgets_guesses_with_time_and_connections_that_went (void)
{
  BwServerLimits limits = BW_SERVER_LIMITS_DEFAULT;
  BwGuard *guard;
  g_autoptr (GInetAddress) here = g_inet_address_new_from_string ("192.0.2.1");
  g_autoptr (GInetAddress) there = g_inet_address_new_from_string ("192.0.2.2");
  g_autoptr (GInetAddress) local = g_inet_address_new_from_string ("127.0.0.1");
  g_autoptr (GObject) one = g_object_new (G_TYPE_OBJECT, NULL);
  g_autoptr (GObject) two = g_object_new (G_TYPE_OBJECT, NULL);
  g_autoptr (GObject) three = g_object_new (G_TYPE_OBJECT, NULL);

  limits.max_per_address = 1;
  limits.guesses_burst = 2.0;
  limits.guesses_per_s = 1.0;
  guard = bw_guard_new (&limits);
  g_assert_true (bw_guard_let_in (guard, here, one));
  g_assert_false (bw_guard_let_in (guard, here, two));
  g_assert_true (bw_guard_let_in (guard, there, two));
  g_assert_true (bw_guard_let_in (guard, local, three));
  g_assert_true (bw_guard_let_in (guard, local, three));
  g_clear_object (&one);
  g_assert_true (bw_guard_let_in (guard, here, three));

  g_assert_true (bw_guard_count_guess (guard, here, 0));
  g_assert_true (bw_guard_count_guess (guard, here, 0));
  g_assert_false (bw_guard_count_guess (guard, here, 0));
  g_assert_true (bw_guard_count_guess (guard, there, 0));
  g_assert_true (bw_guard_count_guess (guard, here, G_USEC_PER_SEC));
  g_assert_false (bw_guard_count_guess (guard, here, G_USEC_PER_SEC));
  /* What is still counted keeps what it needs. */
  bw_guard_free (guard);
}

/* What the server's loop waited for last, in ms; -1: whatever comes, for as long as it takes. */
static gint waits_ms;

static gint
poll_and_note (GPollFD *fds,
               guint    n_fds,
               gint     timeout_ms)
{
  g_atomic_int_set (&waits_ms, timeout_ms);
  return g_poll (fds, n_fds, timeout_ms);
}

static void
await_rest (gboolean rests)
{
  gint64 deadline_us = g_get_monotonic_time () + WS_PATIENCE_S * G_USEC_PER_SEC;

  while ((g_atomic_int_get (&waits_ms) < 0) != rests)
    {
      g_assert_cmpint (g_get_monotonic_time (), <, deadline_us);
      g_thread_yield ();
    }
}

static void
test_the_thread_sleeps_while_nobody_is_there_and_nothing_happens (void)
{
  Fixture fixture;
  g_autoptr (WsClient) client = NULL;
  gint64 deadline_us = g_get_monotonic_time () + 3 * WS_PATIENCE_S * G_USEC_PER_SEC;
  BwServerStats stats = { 0 };
  GMainContext *context;

  g_atomic_int_set (&waits_ms, 0);
  fixture_begin (&fixture);
  context = bw_service_get_context (bw_server_get_service (fixture.server));
  g_main_context_set_poll_func (context, poll_and_note);
  g_main_context_wakeup (context);
  await_rest (TRUE);

  client = fixture_watch (&fixture);
  await_rest (FALSE);
  ws_free (g_steal_pointer (&client));
  g_ptr_array_unref (await_clients (&fixture, 0));
  await_rest (TRUE);

  /* Who is turned away is told of all the same. */
  g_assert_cmpuint (status_with (&fixture, "wrong"), ==, 401);
  while (stats.counters.denials[BW_DENIAL_TOKEN] == 0)
    {
      g_assert_cmpint (g_get_monotonic_time (), <, deadline_us);
      bw_server_get_stats (fixture.server, &stats);
      g_thread_yield ();
    }
  await_rest (TRUE);
  fixture_end (&fixture);
}

#define ADD(name, function) g_test_add_func ("/server/clients/" name, function)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("who-is-here-is-told-with-name-role-and-address",
       test_who_is_here_is_told_with_name_role_and_address);
  ADD ("a-viewer-may-be-promoted-and-demoted", test_a_viewer_may_be_promoted_and_demoted);
  ADD ("one-may-be-disconnected-and-the-others-stay",
       test_one_may_be_disconnected_and_the_others_stay);
  ADD ("a-renewed-token-shuts-out-who-came-by-the-old-one-alone",
       test_a_renewed_token_shuts_out_who_came_by_the_old_one_alone);
  ADD ("guessing-is-slowed-down-and-the-right-token-still-comes-in",
       test_guessing_is_slowed_down_and_the_right_token_still_comes_in);
  ADD ("an-address-has-so-many-connections-and-no-more",
       test_an_address_has_so_many_connections_and_no_more);
  ADD ("prometheus-is-told-what-was-done", test_prometheus_is_told_what_was_done);
  ADD ("the-program-is-told-the-same", test_the_program_is_told_the_same);
  ADD ("the-thread-sleeps-while-nobody-is-there-and-nothing-happens",
       test_the_thread_sleeps_while_nobody_is_there_and_nothing_happens);
  ADD ("a-guard-forgets-guesses-with-time-and-connections-that-went",
       test_a_guard_forgets_guesses_with_time_and_connections_that_went);
  return g_test_run ();
}
