/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The server over TLS, and the certificates that it shows. */

#include <glib/gstdio.h>

#include "server/bw-certificate.h"
#include "server/bw-server-private.h"
#include "support/feed-fixture.h"
#include "support/ws-client.h"

typedef struct
{
  FakeFeed *feed;
  BwServer *server;
  char *folder;
  GTlsCertificate *certificate;
  char *path;
  guint16 port;
} Fixture;

static char *
certificate_path (Fixture *self)
{
  return g_build_filename (self->folder, "kept", "certificate.pem", NULL);
}

static void
fixture_begin_with (Fixture *self,
                    guint    handshake_ms)
{
  BwServerOptions options = bw_server_options_default ();
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;

  *self = (Fixture) { .folder = g_dir_make_tmp ("bw-tls-XXXXXX", &error) };
  g_assert_no_error (error);
  path = certificate_path (self);
  self->certificate = bw_certificate_get_self_signed (path, &error);
  g_assert_no_error (error);
  options.port = 0;
  options.fps = 60.0;
  options.certificate = self->certificate;
  self->feed = fake_feed_new (fixture_parse_board (TINY_BOARD));
  self->server = bw_server_new (&options);
  bw_server_get_limits (self->server)->handshake_ms = handshake_ms;
  bw_server_start (self->server, &error);
  g_assert_no_error (error);
  self->port = bw_server_get_port (self->server);
  self->path
    = g_strdup_printf ("/s/%s/ws", bw_server_add_feed (self->server, BW_FEED (self->feed), "Tiny"));
}

static void
fixture_begin (Fixture *self)
{
  fixture_begin_with (self, WS_PATIENCE_S * 1000);
}

static void
fixture_end (Fixture *self)
{
  g_autofree char *path = certificate_path (self);
  g_autofree char *kept = g_path_get_dirname (path);

  bw_server_stop (self->server);
  g_assert_finalize_object (self->server);
  g_assert_finalize_object (self->feed);
  g_unlink (path);
  g_rmdir (kept);
  g_rmdir (self->folder);
  g_object_unref (self->certificate);
  g_free (self->folder);
  g_free (self->path);
}

/* A TLS connection, whose plain end is a WsClient: two threads carry the bytes. */
typedef struct
{
  WsClient *ws;
  GIOStream *connection;
  int far;
  GThread *threads[2];
} Tunnel;

static gpointer
carry_in (gpointer data)
{
  Tunnel *self = data;
  GInputStream *in = g_io_stream_get_input_stream (self->connection);
  guint8 buffer[4096];
  gssize n;

  while ((n = g_input_stream_read (in, buffer, sizeof buffer, NULL, NULL)) > 0)
    {
      if (send (self->far, buffer, (gsize) n, MSG_NOSIGNAL) != n)
        break;
    }
  shutdown (self->far, SHUT_WR);
  return NULL;
}

static gpointer
carry_out (gpointer data)
{
  Tunnel *self = data;
  GOutputStream *out = g_io_stream_get_output_stream (self->connection);
  guint8 buffer[65536];
  ssize_t n;

  while ((n = recv (self->far, buffer, sizeof buffer, 0)) > 0)
    {
      if (!g_output_stream_write_all (out, buffer, (gsize) n, NULL, NULL, NULL))
        break;
    }
  return NULL;
}

static Tunnel *
tunnel_new (Fixture *fixture)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnection) plain = NULL;
  g_autoptr (GError) error = NULL;
  Tunnel *self = g_new0 (Tunnel, 1);
  GIOStream *tls;
  int ends[2];

  g_socket_client_set_enable_proxy (client, FALSE);
  plain = g_socket_client_connect_to_host (client, "127.0.0.1", fixture->port, NULL, &error);
  g_assert_no_error (error);
  tls = g_tls_client_connection_new (G_IO_STREAM (plain), NULL, &error);
  g_assert_no_error (error);
  /* By its fingerprint, as a person would. */
  g_tls_connection_set_database (G_TLS_CONNECTION (tls), NULL);
  G_GNUC_BEGIN_IGNORE_DEPRECATIONS
  g_tls_client_connection_set_validation_flags (G_TLS_CLIENT_CONNECTION (tls), 0);
  G_GNUC_END_IGNORE_DEPRECATIONS
  g_assert_true (g_tls_connection_handshake (G_TLS_CONNECTION (tls), NULL, &error));
  g_assert_no_error (error);
  g_assert_true (g_tls_certificate_is_same (
    g_tls_connection_get_peer_certificate (G_TLS_CONNECTION (tls)), fixture->certificate));

  g_assert_cmpint (socketpair (AF_UNIX, SOCK_STREAM, 0, ends), ==, 0);
  self->connection = tls;
  self->far = ends[1];
  self->ws = g_new0 (WsClient, 1);
  self->ws->fd = ends[0];
  self->ws->in = g_byte_array_new ();
  self->threads[0] = g_thread_new ("in", carry_in, self);
  self->threads[1] = g_thread_new ("out", carry_out, self);
  return self;
}

static void
tunnel_free (Tunnel *self)
{
  ws_free (self->ws);
  shutdown (self->far, SHUT_RDWR);
  g_thread_join (self->threads[1]);
  g_io_stream_close (self->connection, NULL, NULL);
  g_thread_join (self->threads[0]);
  close (self->far);
  g_object_unref (self->connection);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Tunnel, tunnel_free)

static void
test_frames_come_over_tls_and_commands_go (void)
{
  Fixture fixture;
  g_autoptr (Tunnel) tunnel = NULL;
  const char *token;

  fixture_begin (&fixture);
  token = bw_server_get_token (fixture.server, NULL, BW_ROLE_CONTROLLER);
  tunnel = tunnel_new (&fixture);
  ws_shake_hands (tunnel->ws, fixture.path, token);
  g_free (ws_read_type (tunnel->ws, "welcome"));
  for (guint i = 1; i <= 20; i++)
    {
      g_autofree char *frame = NULL;

      fake_feed_publish (fixture.feed, i, FALSE, NULL, 0);
      frame = ws_read_type (tunnel->ws, "frame");
      g_assert_cmpuint (ws_iteration_of (frame), ==, i);
    }
  ws_send_text (tunnel->ws, "{\"type\":\"pause\"}");
  g_assert_cmpint (fake_feed_wait_command (fixture.feed).kind, ==, BW_COMMAND_PAUSE);
  ws_send_frame (tunnel->ws, 0x88, "\x03\xe8", 2);
  g_assert_cmpuint (ws_read_close (tunnel->ws), ==, 1000);
  fixture_end (&fixture);
}

/* More than one record, more than is read in one turn, all at once: what lies decrypted in the
 * stream is no event of the socket any more. */
static void
test_what_comes_in_one_go_is_heard_to_its_end (void)
{
  Fixture fixture;
  g_autoptr (Tunnel) tunnel = NULL;
  g_autoptr (GByteArray) burst = g_byte_array_new ();
  g_autofree char *padding = g_strnfill (50000, 'x');
  g_autofree char *long_ping = g_strdup_printf ("{\"type\":\"ping\",\"x\":\"%s\"}", padding);

  fixture_begin (&fixture);
  tunnel = tunnel_new (&fixture);
  ws_shake_hands (tunnel->ws, fixture.path,
                  bw_server_get_token (fixture.server, NULL, BW_ROLE_VIEWER));
  for (guint i = 0; i < 30; i++)
    {
      const char *text = i % 10 == 5 ? long_ping : "{\"type\":\"ping\"}";
      g_autoptr (GByteArray) frame = ws_frame (0x81, text, strlen (text));

      g_byte_array_append (burst, frame->data, frame->len);
    }
  ws_send_bytes (tunnel->ws, burst->data, burst->len);
  for (guint i = 0; i < 30; i++)
    g_free (ws_read_type (tunnel->ws, "pong"));
  fixture_end (&fixture);
}

/* A client that takes nothing for a while: TLS has to be given the same bytes again, though a
 * newer frame is there. */
static void
test_who_stalls_for_a_while_reads_on_without_a_fault (void)
{
  Fixture fixture;
  g_autoptr (Tunnel) slow = NULL;
  g_autoptr (Tunnel) quick = NULL;
  const char *token;
  guint last = 0;

  fixture_begin (&fixture);
  token = bw_server_get_token (fixture.server, NULL, BW_ROLE_VIEWER);
  slow = tunnel_new (&fixture);
  quick = tunnel_new (&fixture);
  ws_shake_hands (slow->ws, fixture.path, token);
  ws_shake_hands (quick->ws, fixture.path, token);
  slow->ws->silent = TRUE;
  for (guint i = 1; i <= 120; i++)
    {
      g_autofree char *frame = NULL;
      g_autofree char *status = g_strnfill (20000, 'a' + (char) (i % 26));

      fake_feed_publish (fixture.feed, i, FALSE, NULL, 0);
      fake_feed_say (fixture.feed, BW_STATUS_INFO, status);
      frame = ws_read_type (quick->ws, "frame");
      g_assert_cmpuint (ws_iteration_of (frame), ==, i);
    }
  fake_feed_publish (fixture.feed, 121, TRUE, NULL, 0);
  while (last != 121)
    {
      g_autofree char *frame = ws_read_type (slow->ws, "frame");

      g_assert_cmpuint (ws_iteration_of (frame), >, last);
      last = ws_iteration_of (frame);
    }
  fixture_end (&fixture);
}

static void
test_half_a_handshake_holds_up_nobody (void)
{
  Fixture fixture;
  WsClient *silent[20];
  g_autoptr (Tunnel) tunnel = NULL;

  fixture_begin_with (&fixture, 5000);
  for (guint i = 0; i < G_N_ELEMENTS (silent); i++)
    silent[i] = ws_connect (fixture.port);
  /* They wait for the rest of a first record. */
  for (guint i = 0; i < G_N_ELEMENTS (silent) / 2; i++)
    ws_send_bytes (silent[i], "\x16\x03\x01\x01\x00zz", i % 2 == 0 ? 3 : 7);
  tunnel = tunnel_new (&fixture);
  ws_shake_hands (tunnel->ws, fixture.path,
                  bw_server_get_token (fixture.server, NULL, BW_ROLE_VIEWER));
  g_free (ws_read_type (tunnel->ws, "welcome"));
  for (guint i = 0; i < G_N_ELEMENTS (silent); i++)
    {
      while (ws_fill (silent[i]))
        ;
      ws_free (silent[i]);
    }
  fixture_end (&fixture);
}

/* From another address than the tunnels, in the middle of a handshake for good: the first record
 * is whole, the message in it is not. */
static GSocketConnection *
stall_elsewhere (Fixture *fixture)
{
  static const char record[] = "\x16\x03\x01\x00\x05\x01\x00\x01\x00\x03";
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketAddress) elsewhere = g_inet_socket_address_new_from_string ("127.0.0.2", 0);
  g_autoptr (GError) error = NULL;
  GSocketConnection *connection;

  g_socket_client_set_enable_proxy (client, FALSE);
  g_socket_client_set_local_address (client, elsewhere);
  connection = g_socket_client_connect_to_host (client, "127.0.0.1", fixture->port, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_output_stream_write_all (
    g_io_stream_get_output_stream (G_IO_STREAM (connection)), record, sizeof record - 1, NULL,
    NULL, &error));
  return connection;
}

/* More than there are handshakes at a time: were all of them under way, those of others would
 * begin when they are cut, and not before. */
static void
test_an_address_that_stalls_in_handshakes_holds_up_no_other (void)
{
  Fixture fixture;
  GSocketConnection *stalled[20];
  /* By the second, the server has looked at all that came before the first. */
  g_autoptr (Tunnel) first = NULL;
  g_autoptr (Tunnel) second = NULL;

  fixture_begin_with (&fixture, 60000);
  for (guint i = 0; i < G_N_ELEMENTS (stalled); i++)
    stalled[i] = stall_elsewhere (&fixture);
  first = tunnel_new (&fixture);
  second = tunnel_new (&fixture);
  ws_shake_hands (second->ws, fixture.path,
                  bw_server_get_token (fixture.server, NULL, BW_ROLE_VIEWER));
  g_free (ws_read_type (second->ws, "welcome"));
  for (guint i = 0; i < G_N_ELEMENTS (stalled); i++)
    {
      GSocket *socket = g_socket_connection_get_socket (stalled[i]);

      g_assert_false (g_socket_condition_check (socket, G_IO_IN | G_IO_HUP));
      g_object_unref (stalled[i]);
    }
  fixture_end (&fixture);
}

static void
test_plain_http_is_not_answered (void)
{
  Fixture fixture;
  g_autoptr (WsClient) plain = NULL;
  g_autofree char *head = NULL;

  fixture_begin (&fixture);
  plain = ws_connect (fixture.port);
  ws_send_string (plain, "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n");
  head = ws_read_head (plain);
  g_assert_null (head);
  fixture_end (&fixture);
}

static void
test_links_and_cookies_are_for_tls (void)
{
  Fixture fixture;
  g_autoptr (Tunnel) tunnel = NULL;
  g_autofree char *page = NULL;
  g_autofree char *stream = NULL;
  g_autofree char *request = NULL;
  g_autofree char *head = NULL;
  g_autofree char *cookie = NULL;
  g_autofree char *id = NULL;

  fixture_begin (&fixture);
  id = g_strndup (fixture.path + 3, strlen (fixture.path) - 6);
  page = bw_server_dup_page_url (fixture.server, id, BW_ROLE_VIEWER);
  g_assert_true (g_str_has_prefix (page, "https://127.0.0.1:"));
  stream = bw_server_dup_stream_url (fixture.server, id);
  g_assert_true (g_str_has_prefix (stream, "wss://127.0.0.1:"));

  tunnel = tunnel_new (&fixture);
  request = g_strdup_printf ("GET /s/%s/cookie HTTP/1.1\r\nHost: localhost\r\n"
                             "Authorization: Bearer %s\r\n\r\n", id,
                             bw_server_get_token (fixture.server, id, BW_ROLE_VIEWER));
  ws_send_string (tunnel->ws, request);
  head = ws_read_head (tunnel->ws);
  g_assert_cmpuint (ws_status_of (head), ==, 204);
  cookie = ws_header_of (head, "Set-Cookie");
  g_assert_true (g_str_has_suffix (cookie, "; HttpOnly; SameSite=Strict; Secure"));
  fixture_end (&fixture);
}

static void
test_a_certificate_of_our_own_stays_the_same_and_is_nobody_elses (void)
{
  Fixture fixture;
  g_autofree char *path = NULL;
  g_autofree char *one = NULL;
  g_autofree char *two = NULL;
  g_autoptr (GTlsCertificate) again = NULL;
  g_autoptr (GTlsCertificate) anew = NULL;
  g_autoptr (GError) error = NULL;
  GStatBuf about;

  fixture_begin (&fixture);
  path = certificate_path (&fixture);
  g_assert_cmpint (g_stat (path, &about), ==, 0);
  g_assert_cmpuint (about.st_mode & 0777, ==, 0600);
  again = bw_certificate_get_self_signed (path, &error);
  g_assert_no_error (error);
  one = bw_certificate_dup_fingerprint (fixture.certificate);
  two = bw_certificate_dup_fingerprint (again);
  g_assert_cmpstr (one, ==, two);
  g_assert_cmpuint (strlen (one), ==, 32 * 3 - 1);

  /* What cannot be read is made anew. */
  g_assert_true (g_file_set_contents (path, "-----BEGIN", -1, NULL));
  anew = bw_certificate_get_self_signed (path, &error);
  g_assert_no_error (error);
  g_free (two);
  two = bw_certificate_dup_fingerprint (anew);
  g_assert_cmpstr (one, !=, two);
  fixture_end (&fixture);
}

static void
test_a_certificate_without_its_key_is_refused_by_name (void)
{
  Fixture fixture;
  g_autofree char *path = NULL;
  g_autofree char *pem = NULL;
  g_autoptr (GTlsCertificate) certificate = NULL;
  g_autoptr (GError) error = NULL;

  fixture_begin (&fixture);
  path = certificate_path (&fixture);
  g_assert_true (g_file_get_contents (path, &pem, NULL, NULL));
  *strstr (pem, "-----BEGIN PRIVATE") = '\0';
  g_assert_true (g_file_set_contents (path, pem, -1, NULL));
  certificate = bw_certificate_load (path, NULL, &error);
  g_assert_null (certificate);
  g_assert_error (error, BW_SERVER_ERROR, BW_SERVER_ERROR_FAILED);
  g_assert_nonnull (strstr (error->message, path));
  g_clear_error (&error);
  certificate = bw_certificate_load ("/nowhere.pem", NULL, &error);
  g_assert_null (certificate);
  g_assert_nonnull (strstr (error->message, "/nowhere.pem"));
  fixture_end (&fixture);
}

#define ADD(name, function) g_test_add_func ("/server/tls/" name, function)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("frames-come-over-tls-and-commands-go", test_frames_come_over_tls_and_commands_go);
  ADD ("what-comes-in-one-go-is-heard-to-its-end", test_what_comes_in_one_go_is_heard_to_its_end);
  ADD ("who-stalls-for-a-while-reads-on-without-a-fault",
       test_who_stalls_for_a_while_reads_on_without_a_fault);
  ADD ("half-a-handshake-holds-up-nobody", test_half_a_handshake_holds_up_nobody);
  ADD ("an-address-that-stalls-in-handshakes-holds-up-no-other",
       test_an_address_that_stalls_in_handshakes_holds_up_no_other);
  ADD ("plain-http-is-not-answered", test_plain_http_is_not_answered);
  ADD ("links-and-cookies-are-for-tls", test_links_and_cookies_are_for_tls);
  ADD ("a-certificate-of-our-own-stays-the-same-and-is-nobody-elses",
       test_a_certificate_of_our_own_stays_the_same_and_is_nobody_elses);
  ADD ("a-certificate-without-its-key-is-refused-by-name",
       test_a_certificate_without_its_key_is_refused_by_name);
  return g_test_run ();
}
