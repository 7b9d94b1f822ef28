/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A server on loopback, and requests to it. Included by one test each. */

#pragma once

#include "server/bw-server-private.h"
#include "support/feed-fixture.h"
#include "support/ws-client.h"

typedef struct
{
  FakeFeed *feed;
  BwServer *server;
  char *id;
  guint16 port;
} Fixture;

static inline void
fixture_begin_with (Fixture               *self,
                    const BwServerOptions *options)
{
  g_autoptr (GError) error = NULL;

  self->feed = fake_feed_new (fixture_parse_board (TINY_BOARD));
  self->server = bw_server_new (options);
  bw_server_start (self->server, &error);
  g_assert_no_error (error);
  self->port = bw_server_get_port (self->server);
  self->id = g_strdup (bw_server_add_feed (self->server, BW_FEED (self->feed), "tiny \"1\""));
}

static inline void
fixture_begin (Fixture *self)
{
  BwServerOptions options = bw_server_options_default ();

  options.port = 0;
  fixture_begin_with (self, &options);
}

static inline void
fixture_end (Fixture *self)
{
  bw_server_stop (self->server);
  g_assert_finalize_object (self->server);
  g_assert_finalize_object (self->feed);
  g_free (self->id);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

/* The whole request as given; the body of the answer is in `*body_out` (nullable). */
static inline char *
ask_raw (Fixture    *self,
         const char *request,
         char      **body_out)
{
  g_autoptr (WsClient) client = ws_connect (self->port);
  char *head;
  g_autofree char *body = NULL;

  g_assert_true (ws_send_string (client, request));
  head = ws_read_head (client);
  if (head != NULL)
    body = ws_read_rest (client);
  if (body_out != NULL)
    *body_out = g_steal_pointer (&body);
  return head;
}

/* `%s` in `path` is the session's id. `headers` are whole lines, or "". */
static inline char *
ask (Fixture    *self,
     const char *path,
     const char *headers,
     char      **body_out)
{
  g_autoptr (GString) whole_path = g_string_new (path);
  g_autofree char *request = NULL;

  g_string_replace (whole_path, "%s", self->id, 0);
  request = g_strdup_printf ("GET %s HTTP/1.1\r\nHost: localhost\r\n%s\r\n", whole_path->str,
                             headers);
  return ask_raw (self, request, body_out);
}

static inline guint
status_of (Fixture    *self,
           const char *path,
           const char *headers)
{
  g_autofree char *head = ask (self, path, headers, NULL);

  return ws_status_of (head);
}

static inline char *
bearer (Fixture *self,
        BwRole   role)
{
  return g_strdup_printf ("Authorization: Bearer %s\r\n",
                          bw_server_get_token (self->server, NULL, role));
}

static inline void
assert_header (const char *head,
               const char *name,
               const char *expected)
{
  g_autofree char *value = ws_header_of (head, name);

  g_assert_cmpstr (value, ==, expected);
}
