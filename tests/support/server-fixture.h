/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A server on loopback that shares a feed which the test drives. Included by one test each. */

#pragma once

#include "server/bw-server-private.h"
#include "support/feed-fixture.h"
#include "support/ws-client.h"

typedef struct
{
  FakeFeed *feed;
  BwServer *server;
  char *path;
  guint16 port;
  const char *watch;
  const char *control;
  WsClient *witness; /* where there is one: it must not notice anything */
  guint iteration;   /* of the frame that the witness saw last */
} Fixture;

/* `limits` is nullable. */
static inline void
fixture_begin_with (Fixture              *self,
                    BwBoard              *board,
                    double                fps,
                    const BwServerLimits *limits)
{
  BwServerOptions options = bw_server_options_default ();
  g_autoptr (GError) error = NULL;

  options.port = 0;
  options.fps = fps;
  *self = (Fixture) { .feed = fake_feed_new (board), .server = bw_server_new (&options) };
  if (limits != NULL)
    {
      *bw_server_get_limits (self->server) = *limits;
    }
  else
    {
      /* Where a test is not about it, a busy machine may take its time. */
      bw_server_get_limits (self->server)->handshake_ms = WS_PATIENCE_S * 1000;
      bw_server_get_limits (self->server)->stall_ms = WS_PATIENCE_S * 1000;
    }
  bw_server_start (self->server, &error);
  g_assert_no_error (error);
  self->port = bw_server_get_port (self->server);
  self->path
    = g_strdup_printf ("/s/%s/ws", bw_server_add_feed (self->server, BW_FEED (self->feed), "Tiny"));
  self->watch = bw_server_get_token (self->server, NULL, BW_ROLE_VIEWER);
  self->control = bw_server_get_token (self->server, NULL, BW_ROLE_CONTROLLER);
}

static inline void
fixture_begin (Fixture *self)
{
  fixture_begin_with (self, fixture_parse_board (TINY_BOARD), 60.0, NULL);
}

/* With somebody who watches what others do to the server. */
static inline void
fixture_begin_with_witness (Fixture              *self,
                            const BwServerLimits *limits)
{
  fixture_begin_with (self, fixture_parse_board (TINY_BOARD), 60.0, limits);
  self->witness = ws_open (self->port, self->path, self->control);
  g_free (ws_read_type (self->witness, "welcome"));
}

static inline void
assert_witness_goes_on (Fixture *self)
{
  g_autofree char *frame = NULL;

  fake_feed_publish (self->feed, ++self->iteration, FALSE, NULL, 0);
  frame = ws_read_type (self->witness, "frame");
  g_assert_cmpuint (ws_iteration_of (frame), ==, self->iteration);
}

static inline void
fixture_end (Fixture *self)
{
  if (self->witness != NULL)
    {
      assert_witness_goes_on (self);
      ws_free (self->witness);
    }
  bw_server_stop (self->server);
  g_assert_finalize_object (self->server);
  g_assert_finalize_object (self->feed);
  g_free (self->path);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static inline WsClient *
fixture_watch (Fixture *self)
{
  return ws_open (self->port, self->path, self->watch);
}

static inline void
fixture_wait_for_n_clients (Fixture *self,
                            guint    n)
{
  while (bw_server_get_n_clients (self->server) != n)
    g_main_context_iteration (NULL, TRUE);
}

static inline WsClient *
fixture_join (Fixture *self)
{
  return ws_open (self->port, self->path, self->control);
}

/* The peer is closed with `code`, and then the connection ends. */
static inline void
assert_closed (WsClient *client,
               guint     code)
{
  g_assert_cmpuint (ws_read_close (client), ==, code);
  g_assert_null (ws_read_frame (client, NULL));
}
