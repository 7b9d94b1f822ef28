/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Peers that break the rules: each ends with a code or a status, and another peer goes on. */

#include "support/server-fixture.h"

static void
test_a_message_that_is_too_long_is_closed_with_1009 (void)
{
  Fixture fixture;
  g_autofree char *text = g_malloc (64 * 1024 + 1);

  memset (text, ' ', 64 * 1024 + 1);
  memcpy (text, "{\"type\":\"ping\"}", 15);
  fixture_begin_with_witness (&fixture, NULL);
  {
    g_autoptr (WsClient) just_right = fixture_join (&fixture);
    g_autofree char *pong = NULL;

    g_assert_true (ws_send_frame (just_right, 0x81, text, 64 * 1024));
    pong = ws_read_type (just_right, "pong");
  }
  {
    g_autoptr (WsClient) in_one = fixture_join (&fixture);

    ws_send_frame (in_one, 0x81, text, 64 * 1024 + 1);
    assert_closed (in_one, 1009);
  }
  {
    g_autoptr (WsClient) in_pieces = fixture_join (&fixture);

    ws_send_frame (in_pieces, 0x01, text, 60000);
    ws_send_frame (in_pieces, 0x00, text, 5000);
    ws_send_frame (in_pieces, 0x80, text, 5000);
    assert_closed (in_pieces, 1009);
  }
  fixture_end (&fixture);
}

static void
test_fragments_without_end_take_no_memory_and_slow_nobody (void)
{
  Fixture fixture;
  g_autoptr (WsClient) client = NULL;

  fixture_begin_with_witness (&fixture, NULL);
  client = fixture_join (&fixture);
  g_assert_true (ws_send_frame (client, 0x01, "", 0));
  for (guint i = 0; i < 20000; i++)
    {
      if (!ws_send_frame (client, 0x00, "", 0))
        break;
      if (i % 2000 == 0)
        assert_witness_goes_on (&fixture);
    }
  for (guint i = 0; i < 70000; i++)
    {
      if (!ws_send_frame (client, 0x00, "x", 1))
        break;
    }
  g_assert_cmpuint (ws_read_close (client), ==, 1009);
  fixture_end (&fixture);
}

static void
test_nonsense_is_answered_with_an_error_and_nothing_else_happens (void)
{
  static const char *const texts[] = { "", "{", "null", "[]", "{\"type\":7}",
                                       "{\"type\":\"start\"}",
                                       "{\"type\":[[[[[[[[[[[[[[[[[[[[[[[[[[]}" };
  Fixture fixture;
  g_autoptr (WsClient) client = NULL;
  BwCommand command;

  fixture_begin_with_witness (&fixture, NULL);
  client = fixture_join (&fixture);
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *status = NULL;

      g_assert_true (ws_send_text (client, texts[i]));
      status = ws_read_type (client, "status");
      g_assert_true (g_str_has_prefix (status, "{\"type\":\"status\",\"status\":\"error\","));
    }
  g_assert_false (bw_hub_pop_command (fixture.feed->hub, &command));
  fixture_end (&fixture);
}

static void
test_a_flood_of_messages_slows_nobody (void)
{
  static const guint8 kinds[] = { 0x81, 0x89, 0x8a };
  Fixture fixture;

  fixture_begin_with_witness (&fixture, NULL);
  for (gsize kind = 0; kind < G_N_ELEMENTS (kinds); kind++)
    {
      g_autoptr (WsClient) flood = fixture_join (&fixture);

      /* It never reads: what is to be answered piles up until it is closed. */
      for (guint i = 0; i < 20000; i++)
        {
          g_autoptr (GByteArray) frame = ws_frame (kinds[kind], "{\"type\":\"ping\"}", 15);

          if (send (flood->fd, frame->data, frame->len, MSG_NOSIGNAL | MSG_DONTWAIT) < 0)
            break;
          if (i % 1000 == 0)
            assert_witness_goes_on (&fixture);
        }
      assert_witness_goes_on (&fixture);
    }
  fixture_end (&fixture);
}

static void
test_a_storm_of_commands_is_closed_with_1008 (void)
{
  static const char pause[] = "{\"type\":\"pause\"}";
  Fixture fixture;

  fixture_begin_with_witness (&fixture, NULL);
  {
    g_autoptr (WsClient) storm = fixture_join (&fixture);

    for (guint i = 0; i < 1000; i++)
      ws_send_frame (storm, 0x81, pause, strlen (pause));
    assert_closed (storm, 1008);
  }
  fixture_end (&fixture);
}

static void
test_a_reset_at_any_step_of_the_handshake_hurts_nobody (void)
{
  Fixture fixture;
  g_autofree char *request = NULL;

  fixture_begin_with_witness (&fixture, NULL);
  request = ws_handshake_text (fixture.path, fixture.control, "");
  for (gsize length = 0; length <= strlen (request); length += 7)
    {
      for (guint orderly = 0; orderly < 2; orderly++)
        {
          g_autoptr (WsClient) client = ws_connect (fixture.port);
          g_autoptr (WsClient) next = NULL;

          g_assert_true (ws_send_bytes (client, request, length));
          if (!orderly)
            ws_reset (client);
          else
            shutdown (client->fd, SHUT_WR);
          next = fixture_join (&fixture);
        }
    }

  /* Right after it, while the answer is on its way. */
  for (guint i = 0; i < 50; i++)
    {
      g_autoptr (WsClient) client = ws_connect (fixture.port);

      g_assert_true (ws_send_string (client, request));
      ws_reset (client);
    }
  fixture_end (&fixture);
}

static void
test_a_handshake_that_takes_too_long_is_cut (void)
{
  BwServerLimits limits = BW_SERVER_LIMITS_DEFAULT;
  Fixture fixture;
  g_autoptr (WsClient) silent = NULL;
  g_autoptr (WsClient) half = NULL;
  g_autoptr (WsClient) body = NULL;
  g_autofree char *none = NULL;

  /* The witness has to keep to it as well. */
  limits.handshake_ms = 2000;
  fixture_begin_with_witness (&fixture, &limits);
  silent = ws_connect (fixture.port);
  half = ws_connect (fixture.port);
  body = ws_connect (fixture.port);
  g_assert_true (ws_send_string (half, "GET / HTTP/1.1\r\nHost: loc"));
  g_assert_true (ws_send_string (body, "GET / HTTP/1.1\r\nHost: localhost\r\n"
                                       "Content-Length: 1000000\r\n\r\nx"));
  g_assert_false (ws_fill (silent));
  none = ws_read_rest (half);
  while (ws_fill (body))
    ;
  fixture_end (&fixture);
}

static void
test_headers_without_end_are_refused (void)
{
  Fixture fixture;
  g_autoptr (GString) request = g_string_new ("GET / HTTP/1.1\r\nHost: localhost\r\n");
  g_autoptr (WsClient) client = NULL;
  g_autoptr (WsClient) endless = NULL;
  g_autofree char *head = NULL;
  g_autofree char *line = g_strnfill (1000, 'x');

  fixture_begin_with_witness (&fixture, NULL);
  for (guint i = 0; i < 62; i++)
    g_string_append_printf (request, "X-%u: %s\r\n", i, line);
  g_string_append (request, "\r\n");
  client = ws_connect (fixture.port);
  g_assert_true (ws_send_string (client, request->str));
  head = ws_read_head (client);
  g_assert_cmpuint (ws_status_of (head), ==, 431);

  endless = ws_connect (fixture.port);
  g_assert_true (ws_send_string (endless, "GET / HTTP/1.1\r\nHost: localhost\r\n"));
  for (guint i = 0; i < 10000; i++)
    {
      if (!ws_send_string (endless, "X: ") || !ws_send_string (endless, line)
          || !ws_send_string (endless, "\r\n"))
        break;
      if (i % 1000 == 0)
        assert_witness_goes_on (&fixture);
      g_assert_cmpuint (i, <, 9999);
    }
  fixture_end (&fixture);
}

static void
test_what_is_no_http_is_refused (void)
{
  static const char *const requests[] = {
    "\r\n\r\n\r\n", "\x16\x03\x01\x02", "GET\r\n\r\n", "GET / HTTP/9.9\r\nHost: localhost\r\n\r\n",
    "GET  HTTP/1.1\r\nHost: localhost\r\n\r\n", "HELLO\n\n",
    "CONNECT a:1 HTTP/1.1\r\nHost: localhost\r\n\r\n",
    "GET http://evil.example/board HTTP/1.1\r\nHost: evil.example\r\n\r\n",
    "GET / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    "OPTIONS * HTTP/1.1\r\nHost: localhost\r\n\r\n",
  };
  Fixture fixture;

  fixture_begin_with_witness (&fixture, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (requests); i++)
    {
      g_autoptr (WsClient) client = ws_connect (fixture.port);
      g_autofree char *answer = NULL;

      g_assert_true (ws_send_string (client, requests[i]));
      shutdown (client->fd, SHUT_WR);
      answer = ws_read_rest (client);
      g_test_message ("%" G_GSIZE_FORMAT ": %.40s", i, answer);
      g_assert_true (g_str_has_prefix (answer, "HTTP/1."));
      g_assert_cmpint (answer[strlen ("HTTP/1.1 ")], >=, '4');
    }
  fixture_end (&fixture);
}

static void
test_a_handshake_that_is_none_is_refused (void)
{
  static const char *const broken[] = {
    "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 12\r\n"
    "Sec-WebSocket-Key: " WS_KEY "\r\n",
    "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n",
    "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
    "Sec-WebSocket-Key: short\r\n",
    "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: " WS_KEY "\r\n",
    "Upgrade: h2c\r\nConnection: Upgrade\r\n",
  };
  Fixture fixture;

  fixture_begin_with_witness (&fixture, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (broken); i++)
    {
      g_autoptr (WsClient) client = ws_connect (fixture.port);
      g_autofree char *request
        = g_strdup_printf ("GET %s HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\n"
                           "%s\r\n", fixture.path, fixture.control, broken[i]);
      g_autofree char *head = NULL;

      g_assert_true (ws_send_string (client, request));
      head = ws_read_head (client);
      g_test_message ("%" G_GSIZE_FORMAT ": %u", i, ws_status_of (head));
      g_assert_cmpuint (ws_status_of (head), >=, 400);
      g_assert_cmpuint (ws_status_of (head), <, 500);
    }
  fixture_end (&fixture);
}

#define ADD(name, function) g_test_add_func ("/server/hostile/" name, function)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("a-message-that-is-too-long-is-closed-with-1009",
       test_a_message_that_is_too_long_is_closed_with_1009);
  ADD ("fragments-without-end-take-no-memory-and-slow-nobody",
       test_fragments_without_end_take_no_memory_and_slow_nobody);
  ADD ("nonsense-is-answered-with-an-error-and-nothing-else-happens",
       test_nonsense_is_answered_with_an_error_and_nothing_else_happens);
  ADD ("a-flood-of-messages-slows-nobody", test_a_flood_of_messages_slows_nobody);
  ADD ("a-storm-of-commands-is-closed-with-1008", test_a_storm_of_commands_is_closed_with_1008);
  ADD ("a-reset-at-any-step-of-the-handshake-hurts-nobody",
       test_a_reset_at_any_step_of_the_handshake_hurts_nobody);
  ADD ("a-handshake-that-takes-too-long-is-cut", test_a_handshake_that_takes_too_long_is_cut);
  ADD ("headers-without-end-are-refused", test_headers_without_end_are_refused);
  ADD ("what-is-no-http-is-refused", test_what_is_no_http_is_refused);
  ADD ("a-handshake-that-is-none-is-refused", test_a_handshake_that_is_none_is_refused);
  return g_test_run ();
}
