/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Who may come in, over HTTP: names, pages from elsewhere, the token of one session, its cookie. */

#include "support/http-client.h"

static void
test_a_wrong_host_or_origin_is_refused_everywhere (void)
{
  static const char *const paths[] = { "/", "/board", "/healthz", "/api/sessions", "/style.css" };
  Fixture fixture;

  fixture_begin (&fixture);
  for (gsize i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      static const struct
      {
        const char *headers;
        guint status;
      } cases[] = {
        { "Host: evil.example\r\n", 421 },
        { "Host: evil.example:8765\r\n", 421 },
        { "Host: localhost\r\nHost: localhost\r\n", 400 },
        { "Host: localhost\r\nHost: evil.example\r\n", 400 },
        { "", 400 },
        { "Host:\r\n", 400 },
        { "Host: localhost\r\nOrigin: http://evil.example\r\n", 403 },
      };

      for (gsize j = 0; j < G_N_ELEMENTS (cases); j++)
        {
          g_autofree char *request
            = g_strdup_printf ("GET %s HTTP/1.1\r\n%s\r\n", paths[i], cases[j].headers);
          g_autofree char *head = ask_raw (&fixture, request, NULL);

          g_test_message ("%s with %s", paths[i], cases[j].headers);
          g_assert_cmpuint (ws_status_of (head), ==, cases[j].status);
        }
    }
  fixture_end (&fixture);
}

static void
test_a_sessions_own_token_opens_that_session_alone (void)
{
  Fixture fixture;
  g_autoptr (FakeFeed) second = fake_feed_new (fixture_parse_board (TINY_BOARD));
  g_autofree char *first_token = NULL;
  g_autofree char *path = NULL;
  g_autofree char *body = NULL;
  g_autofree char *head = NULL;
  g_autofree char *expected = NULL;
  g_autofree char *id = NULL;

  fixture_begin (&fixture);
  first_token = g_strdup_printf (
    "Authorization: Bearer %s\r\n",
    bw_server_get_token (fixture.server, fixture.id, BW_ROLE_OWNER));
  id = g_strdup (bw_server_add_feed (fixture.server, BW_FEED (second), "second"));
  path = g_strdup_printf ("/s/%s/board", id);
  g_assert_cmpuint (status_of (&fixture, "/s/%s/board", first_token), ==, 200);
  g_assert_cmpuint (status_of (&fixture, path, first_token), ==, 404);
  /* The newest is the newest that it opens. */
  g_assert_cmpuint (status_of (&fixture, "/board", first_token), ==, 200);
  head = ask (&fixture, "/api/sessions", first_token, &body);
  expected = g_strdup_printf ("{\"sessions\":[{\"id\":\"%s\",\"name\":\"tiny \\\"1\\\"\","
                              "\"role\":\"owner\"}]}", fixture.id);
  g_assert_cmpstr (body, ==, expected);

  /* It ends with the session. */
  bw_server_remove_feed (fixture.server, fixture.id);
  g_assert_cmpuint (status_of (&fixture, "/board", first_token), ==, 401);
  fixture_end (&fixture);
}

static void
test_a_cookie_opens_what_a_link_asks_for (void)
{
  Fixture fixture;
  g_autofree char *token = NULL;
  g_autofree char *head = NULL;
  g_autofree char *cookie = NULL;
  g_autofree char *sent = NULL;
  g_autofree char *wrong = NULL;
  g_autofree char *expected = NULL;

  fixture_begin (&fixture);
  token = bearer (&fixture, BW_ROLE_VIEWER);
  head = ask (&fixture, "/s/%s/cookie", token, NULL);
  g_assert_cmpuint (ws_status_of (head), ==, 204);
  cookie = ws_header_of (head, "Set-Cookie");
  expected = g_strdup_printf ("bw-%s=%s; HttpOnly; SameSite=Strict", fixture.id,
                              bw_server_get_token (fixture.server, NULL, BW_ROLE_VIEWER));
  g_assert_cmpstr (cookie, ==, expected);
  *strchr (cookie, ';') = '\0';
  sent = g_strdup_printf ("Cookie: other=1; %s\r\n", cookie);
  wrong = g_strdup_printf ("Cookie: bw-%s=x\r\n", fixture.id);

  g_assert_cmpuint (status_of (&fixture, "/s/%s/board", sent), ==, 200);
  g_assert_cmpuint (status_of (&fixture, "/s/%s/board", wrong), ==, 401);
  /* It is one session's, and no way to the stream. */
  g_assert_cmpuint (status_of (&fixture, "/board", sent), ==, 401);
  g_assert_cmpuint (status_of (&fixture, "/metrics", sent), ==, 401);
  g_clear_pointer (&head, g_free);
  g_free (expected);
  expected = g_strdup_printf ("/s/%s/ws", fixture.id);
  {
    g_autofree char *handshake = ws_handshake_text (expected, NULL, sent);

    head = ask_raw (&fixture, handshake, NULL);
  }
  g_assert_cmpuint (ws_status_of (head), ==, 401);
  g_assert_cmpuint (status_of (&fixture, "/s/%s/cookie", ""), ==, 401);
  fixture_end (&fixture);
}

#define ADD(name, function) g_test_add_func ("/server/entry/" name, function)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("a-wrong-host-or-origin-is-refused-everywhere",
       test_a_wrong_host_or_origin_is_refused_everywhere);
  ADD ("a-sessions-own-token-opens-that-session-alone",
       test_a_sessions_own_token_opens_that_session_alone);
  ADD ("a-cookie-opens-what-a-link-asks-for", test_a_cookie_opens_what_a_link_asks_for);
  return g_test_run ();
}
