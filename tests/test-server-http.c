/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Routes, headers and who may come in, on real sockets. */

#include "server/bw-page.h"
#include "support/http-client.h"
#include "wire/bw-board-json.h"

#include <libsoup/soup.h>

static void
test_the_page_is_for_everybody_and_well_guarded (void)
{
  static const char *const paths[] = { "/", "/s/%s/", "/index.html", "/s/%s/index.html" };
  Fixture fixture;

  fixture_begin (&fixture);
  for (gsize i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autofree char *body = NULL;
      g_autofree char *head = ask (&fixture, paths[i], "", &body);

      g_assert_cmpuint (ws_status_of (head), ==, 200);
      g_assert_nonnull (strstr (body, "<html"));
      assert_header (head, "Content-Type", "text/html; charset=utf-8");
      assert_header (head, "Cache-Control", "no-cache");
      assert_header (head, "X-Content-Type-Options", "nosniff");
      assert_header (head, "Referrer-Policy", "no-referrer");
      assert_header (head, "Content-Security-Policy",
                     "default-src 'none'; script-src 'self'; style-src 'self'; worker-src 'self'; "
                     "connect-src 'self'; img-src 'self' data: blob:; frame-ancestors 'none'");
      assert_header (head, "Set-Cookie", NULL);
    }
  fixture_end (&fixture);
}

/* What is smaller is mostly the head of its answer. */
#define LEAST_COMPRESSED 512

#define PAGE_FOLDER "/io/github/boardwalk_pcb/Boardwalk/viewer/"

/* Asks for a file of the page; returns how many bytes came for it. */
static goffset
fetch_compressed (Fixture     *self,
                  SoupSession *session,
                  const char  *name)
{
  g_autofree char *url = g_strdup_printf ("http://localhost:%u/%s", self->port, name);
  g_autoptr (SoupMessage) message = soup_message_new (SOUP_METHOD_GET, url);
  const char *type;
  GBytes *packed;
  GBytes *expected = bw_page_find (name, &type, &packed);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) body = soup_session_send_and_read (session, message, NULL, &error);

  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (body, expected));
  g_assert_cmpstr (soup_message_headers_get_one (soup_message_get_response_headers (message),
                                                 "Content-Encoding"), ==,
                   g_bytes_get_size (expected) >= LEAST_COMPRESSED ? "gzip" : NULL);
  return soup_message_headers_get_content_length (soup_message_get_response_headers (message));
}

static void
test_the_page_comes_compressed_and_is_small (void)
{
  static const char *const folders[] = { "", "core/", "ui/" };
  /* What a page asks for until all of it is there. */
  static const char *const needed[] = {
    "index.html", "style.css", "icon.svg", "core/camera.js", "core/layers.js",
    "ui/early-worker.js", "ui/main.js", "ui/opening.js", "ui/session.js", "ui/stage.js",
    "ui/worker.js", NULL
  };
  g_autoptr (SoupSession) session = soup_session_new ();
  g_autofree char *head = NULL;
  g_autofree char *refused = NULL;
  Fixture fixture;
  goffset size = 0;

  fixture_begin (&fixture);
  for (gsize i = 0; i < G_N_ELEMENTS (folders); i++)
    {
      g_autofree char *folder = g_strconcat (PAGE_FOLDER, folders[i], NULL);
      g_auto (GStrv) names = g_resources_enumerate_children (folder, 0, NULL);

      g_assert_nonnull (names);
      for (gsize k = 0; names[k]; k++)
        {
          g_autofree char *name = g_strconcat (folders[i], names[k], NULL);

          if (!g_str_has_suffix (name, "/"))
            size += fetch_compressed (&fixture, session, name)
                    * (g_strv_contains (needed, name) ? 1 : 0);
        }
    }
  g_test_message ("%" G_GOFFSET_FORMAT " bytes until all is there", size);
  g_assert_cmpint (size, >, 10000);
  g_assert_cmpint (size, <, 150000);

  /* Who does not ask for it, or refuses it, gets it plain. */
  head = ask (&fixture, "/style.css", "", NULL);
  assert_header (head, "Content-Encoding", NULL);
  assert_header (head, "Vary", "Accept-Encoding");
  refused = ask (&fixture, "/style.css", "Accept-Encoding: gzip;q=0, br\r\n", NULL);
  assert_header (refused, "Content-Encoding", NULL);
  fixture_end (&fixture);
}

static void
test_every_file_of_the_page_has_its_type (void)
{
  static const struct
  {
    const char *path;
    const char *type;
  } files[] = {
    { "/style.css", "text/css; charset=utf-8" },
    { "/s/%s/style.css", "text/css; charset=utf-8" },
    { "/icon.svg", "image/svg+xml" },
  };
  Fixture fixture;

  fixture_begin (&fixture);
  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *head = ask (&fixture, files[i].path, "", NULL);

      g_assert_cmpuint (ws_status_of (head), ==, 200);
      assert_header (head, "Content-Type", files[i].type);
      assert_header (head, "Cache-Control", "no-cache");
    }
  fixture_end (&fixture);
}

static void
test_what_is_not_there_is_not_found (void)
{
  static const char *const paths[] = { "/nothing.js", "/s/%s/nothing.js", "/s/zzzzzz/", "/s/",
                                       "/s/zzzzzz/style.css", "/s/%s/../../etc/passwd",
                                       "/s/%s/api/sessions", "/s/%s/healthz", "//", "/s//" };
  Fixture fixture;

  fixture_begin (&fixture);
  for (gsize i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_test_message ("%s", paths[i]);
      g_assert_cmpuint (status_of (&fixture, paths[i], ""), ==, 404);
    }
  fixture_end (&fixture);
}

static void
test_a_session_without_its_slash_is_sent_on (void)
{
  Fixture fixture;
  g_autofree char *head = NULL;
  g_autofree char *location = NULL;

  fixture_begin (&fixture);
  head = ask (&fixture, "/s/%s", "", NULL);
  location = g_strconcat (fixture.id, "/", NULL);
  g_assert_cmpuint (ws_status_of (head), ==, 301);
  assert_header (head, "Location", location);
  fixture_end (&fixture);
}

static void
test_the_geometry_is_for_who_has_a_token (void)
{
  static const char *const paths[] = { "/s/%s/board", "/board" };
  Fixture fixture;
  g_autoptr (GBytes) expected = NULL;

  fixture_begin (&fixture);
  expected = bw_board_json_new (fixture.feed->board);
  for (gsize i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      for (guint role = 0; role < BW_N_ROLES; role++)
        {
          g_autofree char *token = bearer (&fixture, (BwRole) role);
          g_autofree char *body = NULL;
          g_autofree char *head = ask (&fixture, paths[i], token, &body);
          g_autofree char *etag = ws_header_of (head, "ETag");
          g_autofree char *if_known = g_strdup_printf ("%sIf-None-Match: %s\r\n", token, etag);
          g_autofree char *if_other = g_strdup_printf ("%sIf-None-Match: \"x\"\r\n", token);

          g_assert_cmpuint (ws_status_of (head), ==, 200);
          assert_header (head, "Content-Type", "application/json; charset=utf-8");
          g_assert_cmpmem (body, strlen (body), g_bytes_get_data (expected, NULL),
                           g_bytes_get_size (expected));
          g_assert_cmpuint (status_of (&fixture, paths[i], if_known), ==, 304);
          g_assert_cmpuint (status_of (&fixture, paths[i], if_other), ==, 200);
        }
      g_assert_cmpuint (status_of (&fixture, paths[i], ""), ==, 401);
      g_assert_cmpuint (status_of (&fixture, paths[i], "Authorization: Bearer x\r\n"), ==, 401);
    }
  /* Whether a session exists is not for everybody either. */
  g_assert_cmpuint (status_of (&fixture, "/s/zzzzzz/board", ""), ==, 401);
  fixture_end (&fixture);
}

static void
test_sessions_are_listed_newest_first_with_the_role (void)
{
  Fixture fixture;
  g_autoptr (FakeFeed) second = fake_feed_new (fixture_parse_board (TINY_BOARD));
  g_autofree char *token = NULL;
  g_autofree char *body = NULL;
  g_autofree char *head = NULL;
  g_autofree char *expected = NULL;

  fixture_begin (&fixture);
  expected
    = g_strdup_printf ("{\"sessions\":["
                       "{\"id\":\"%s\",\"name\":\"second\",\"role\":\"controller\"},"
                       "{\"id\":\"%s\",\"name\":\"tiny \\\"1\\\"\",\"role\":\"controller\"}]}",
                       bw_server_add_feed (fixture.server, BW_FEED (second), "second"),
                       fixture.id);
  token = bearer (&fixture, BW_ROLE_CONTROLLER);
  head = ask (&fixture, "/api/sessions", token, &body);
  g_assert_cmpuint (ws_status_of (head), ==, 200);
  g_assert_cmpstr (body, ==, expected);
  g_assert_cmpuint (status_of (&fixture, "/api/sessions", ""), ==, 401);
  fixture_end (&fixture);
}

/* What `placed` gives to a role. */
static char *
ask_placed (Fixture *self,
            BwRole   role,
            guint   *status_out)
{
  g_autofree char *token = bearer (self, role);
  g_autofree char *head = NULL;
  char *body = NULL;

  head = ask (self, "/s/%s/placed", token, &body);
  *status_out = ws_status_of (head);
  return body;
}

static void
test_the_placed_board_is_for_whom_it_is_allowed (void)
{
  BwServerOptions options = bw_server_options_default ();
  Fixture fixture;
  g_autofree BwPose *poses = NULL;
  g_autofree char *token = NULL;
  g_autofree char *sessions = NULL;
  g_autofree char *body = NULL;
  g_autofree char *refused = NULL;
  g_autofree char *unmoved = NULL;
  g_autofree char *head = NULL;
  g_autoptr (GBytes) expected = NULL;
  guint status;

  fixture_begin (&fixture);
  refused = ask_placed (&fixture, BW_ROLE_OWNER, &status);
  g_assert_cmpuint (status, ==, 403);
  g_assert_nonnull (strstr (refused, "does not let it be downloaded"));
  fixture_end (&fixture);

  options.port = 0;
  options.download = (BwDownload) { TRUE, BW_ROLE_CONTROLLER, BW_TRACKS_KEEP };
  fixture_begin_with (&fixture, &options);
  g_assert_cmpuint (status_of (&fixture, "/s/%s/placed", ""), ==, 401);
  g_free (ask_placed (&fixture, BW_ROLE_VIEWER, &status));
  g_assert_cmpuint (status, ==, 403);
  token = bearer (&fixture, BW_ROLE_CONTROLLER);
  head = ask (&fixture, "/api/sessions", token, &sessions);
  g_assert_nonnull (strstr (sessions, "\"role\":\"controller\",\"download\":true}"));

  /* Before there is a frame it is the file as it is. */
  unmoved = ask_placed (&fixture, BW_ROLE_CONTROLLER, &status);
  g_assert_cmpuint (status, ==, 200);
  g_assert_cmpstr (unmoved, ==, TINY_BOARD);

  /* Then as a save writes it. The frame is on its way. */
  fake_feed_publish (fixture.feed, 7, FALSE, NULL, 0);
  poses = bw_board_dup_poses (fixture.feed->board);
  poses[0].at.x_nm = 7000000;
  expected = bw_board_splice_poses (fixture.feed->board, poses);
  do
    {
      g_free (body);
      body = ask_placed (&fixture, BW_ROLE_OWNER, &status);
    }
  while (g_str_equal (body, unmoved));
  g_assert_cmpmem (body, strlen (body), g_bytes_get_data (expected, NULL),
                   g_bytes_get_size (expected));
  fixture_end (&fixture);
}

static void
test_health_is_one_word (void)
{
  Fixture fixture;
  g_autofree char *body = NULL;
  g_autofree char *head = NULL;

  fixture_begin (&fixture);
  head = ask (&fixture, "/healthz", "", &body);
  g_assert_cmpuint (ws_status_of (head), ==, 200);
  g_assert_cmpstr (body, ==, "ok\n");
  fixture_end (&fixture);
}

static void
test_only_get_and_head_are_served (void)
{
  static const char *const methods[] = { "POST", "PUT", "DELETE", "OPTIONS", "PATCH" };
  Fixture fixture;
  g_autofree char *head = NULL;
  g_autofree char *body = NULL;

  fixture_begin (&fixture);
  for (gsize i = 0; i < G_N_ELEMENTS (methods); i++)
    {
      g_autofree char *request
        = g_strdup_printf ("%s / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\n\r\nabc",
                           methods[i]);
      g_autofree char *answer = ask_raw (&fixture, request, NULL);

      g_assert_cmpuint (ws_status_of (answer), ==, 405);
      assert_header (answer, "Allow", "GET, HEAD");
    }

  head = ask_raw (&fixture, "HEAD /style.css HTTP/1.1\r\nHost: localhost\r\n\r\n", &body);
  g_assert_cmpuint (ws_status_of (head), ==, 200);
  g_assert_cmpstr (body, ==, "");
  fixture_end (&fixture);
}

/* The status of a handshake with these further headers. */
static guint
handshake_status (Fixture    *self,
                  const char *path,
                  const char *token,
                  const char *headers,
                  char      **protocol_out)
{
  g_autoptr (WsClient) client = ws_connect (self->port);
  g_autofree char *whole_path = g_strdup_printf ("/s/%s/ws", self->id);
  g_autofree char *request
    = ws_handshake_text (path != NULL ? path : whole_path, token, headers);
  g_autofree char *head = NULL;

  g_assert_true (ws_send_string (client, request));
  head = ws_read_head (client);
  if (protocol_out != NULL)
    *protocol_out = ws_header_of (head, "Sec-WebSocket-Protocol");
  if (ws_status_of (head) == 101)
    assert_header (head, "Sec-WebSocket-Extensions", NULL);
  else
    assert_header (head, "Content-Type", "text/plain; charset=utf-8");
  return ws_status_of (head);
}

static void
test_a_stream_needs_a_token (void)
{
  Fixture fixture;
  const char *token;
  g_autofree char *entry = NULL;
  g_autofree char *alone = NULL;
  g_autofree char *chosen = NULL;
  g_autofree char *none = NULL;

  fixture_begin (&fixture);
  token = bw_server_get_token (fixture.server, NULL, BW_ROLE_VIEWER);
  entry = g_strdup_printf ("Sec-WebSocket-Protocol: boardwalk.json, bw.auth.%s\r\n", token);
  alone = g_strdup_printf ("Sec-WebSocket-Protocol: bw.auth.%s\r\n", token);

  g_assert_cmpuint (handshake_status (&fixture, NULL, NULL, "", NULL), ==, 401);
  g_assert_cmpuint (handshake_status (&fixture, "/", NULL, "", NULL), ==, 401);
  g_assert_cmpuint (handshake_status (&fixture, NULL, "wrong", "", NULL), ==, 401);
  g_assert_cmpuint (handshake_status (&fixture, NULL, token, "", &none), ==, 101);
  g_assert_null (none);
  g_assert_cmpuint (handshake_status (&fixture, NULL, NULL, entry, &chosen), ==, 101);
  g_assert_cmpstr (chosen, ==, "boardwalk.json");
  g_assert_cmpuint (handshake_status (&fixture, NULL, NULL, alone, &none), ==, 101);
  g_assert_null (none);
  g_assert_cmpuint (handshake_status (&fixture, "/s/zzzzzz/ws", token, "", NULL), ==, 404);
  fixture_end (&fixture);
}

static void
test_a_stream_is_refused_for_its_origin_or_its_dialect (void)
{
  Fixture fixture;
  const char *token;

  fixture_begin (&fixture);
  token = bw_server_get_token (fixture.server, NULL, BW_ROLE_VIEWER);
  g_assert_cmpuint (handshake_status (&fixture, NULL, token, "Origin: http://evil.example\r\n",
                                      NULL), ==, 403);
  g_assert_cmpuint (handshake_status (&fixture, NULL, token, "Origin: null\r\n", NULL), ==, 101);
  g_assert_cmpuint (handshake_status (&fixture, NULL, token, "Origin: http://localhost:1\r\n",
                                      NULL), ==, 101);
  g_assert_cmpuint (handshake_status (&fixture, NULL, token,
                                      "Sec-WebSocket-Protocol: boardwalk.1\r\n", NULL), ==, 101);
  g_assert_cmpuint (handshake_status (&fixture, NULL, token, "Sec-WebSocket-Protocol: chat\r\n",
                                      NULL), ==, 400);
  /* No compression, though it is offered. */
  g_assert_cmpuint (handshake_status (&fixture, NULL, token,
                                      "Sec-WebSocket-Extensions: permessage-deflate\r\n", NULL),
                    ==, 101);
  fixture_end (&fixture);
}

static void
test_the_address_of_a_stream_says_what_it_is (void)
{
  Fixture fixture;
  g_autofree char *head = NULL;

  fixture_begin (&fixture);
  head = ask (&fixture, "/s/%s/ws", "", NULL);
  g_assert_cmpuint (ws_status_of (head), ==, 426);
  assert_header (head, "Upgrade", "websocket");
  fixture_end (&fixture);
}

static void
test_open_local_needs_no_token_for_a_stream (void)
{
  BwServerOptions options = bw_server_options_default ();
  Fixture fixture;

  options.port = 0;
  options.open_local = TRUE;
  fixture_begin_with (&fixture, &options);
  g_assert_cmpuint (handshake_status (&fixture, "/", NULL, "", NULL), ==, 101);
  g_assert_cmpuint (handshake_status (&fixture, "/", NULL, "Origin: null\r\n", NULL), ==, 401);
  g_assert_cmpuint (status_of (&fixture, "/board", ""), ==, 401);
  g_assert_cmpuint (handshake_status (&fixture, "/", NULL, "X-Forwarded-For: 192.0.2.1\r\n",
                                      NULL), ==, 401);
  g_assert_cmpuint (handshake_status (&fixture, "/", NULL, "", NULL), ==, 401);
  fixture_end (&fixture);
}

static void
test_a_viewer_too_many_is_told_so (void)
{
  BwServerOptions options = bw_server_options_default ();
  Fixture fixture;
  const char *token;
  g_autofree char *path = NULL;
  g_autoptr (WsClient) one = NULL;
  WsClient *two;
  g_autoptr (WsClient) three = NULL;

  options.port = 0;
  fixture.server = bw_server_new (&options);
  bw_server_get_limits (fixture.server)->max_peers = 2;
  fixture.feed = fake_feed_new (fixture_parse_board (TINY_BOARD));
  g_assert_true (bw_server_start (fixture.server, NULL));
  fixture.port = bw_server_get_port (fixture.server);
  fixture.id = g_strdup (bw_server_add_feed (fixture.server, BW_FEED (fixture.feed), "x"));
  path = g_strdup_printf ("/s/%s/ws", fixture.id);
  token = bw_server_get_token (fixture.server, NULL, BW_ROLE_VIEWER);

  one = ws_open (fixture.port, path, token);
  two = ws_open (fixture.port, path, token);
  while (bw_server_get_n_clients (fixture.server) != 2)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (handshake_status (&fixture, NULL, token, "", NULL), ==, 503);

  ws_free (two);
  while (bw_server_get_n_clients (fixture.server) != 1)
    g_main_context_iteration (NULL, TRUE);
  three = ws_open (fixture.port, path, token);
  fixture_end (&fixture);
}

#define ADD(name, function) g_test_add_func ("/server/http/" name, function)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("the-page-is-for-everybody-and-well-guarded",
       test_the_page_is_for_everybody_and_well_guarded);
  ADD ("the-page-comes-compressed-and-is-small", test_the_page_comes_compressed_and_is_small);
  ADD ("every-file-of-the-page-has-its-type", test_every_file_of_the_page_has_its_type);
  ADD ("what-is-not-there-is-not-found", test_what_is_not_there_is_not_found);
  ADD ("a-session-without-its-slash-is-sent-on", test_a_session_without_its_slash_is_sent_on);
  ADD ("the-geometry-is-for-who-has-a-token", test_the_geometry_is_for_who_has_a_token);
  ADD ("sessions-are-listed-newest-first-with-the-role",
       test_sessions_are_listed_newest_first_with_the_role);
  ADD ("the-placed-board-is-for-whom-it-is-allowed",
       test_the_placed_board_is_for_whom_it_is_allowed);
  ADD ("health-is-one-word", test_health_is_one_word);
  ADD ("only-get-and-head-are-served", test_only_get_and_head_are_served);
  ADD ("a-stream-needs-a-token", test_a_stream_needs_a_token);
  ADD ("a-stream-is-refused-for-its-origin-or-its-dialect",
       test_a_stream_is_refused_for_its_origin_or_its_dialect);
  ADD ("the-address-of-a-stream-says-what-it-is", test_the_address_of_a_stream_says_what_it_is);
  ADD ("open-local-needs-no-token-for-a-stream", test_open_local_needs_no_token_for_a_stream);
  ADD ("a-viewer-too-many-is-told-so", test_a_viewer_too_many_is_told_so);
  return g_test_run ();
}
