/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A client that speaks boardwalk.1. Included by one test each. */

#pragma once

#include "support/binary-reader.h"
#include "support/server-fixture.h"
#include "wire/bw-binary-dialect.h"

#define HELLO "{\"type\":\"hello\"}"

/* A client, and what it has been told so far. */
typedef struct
{
  WsClient *ws;
  BinaryState state;
  guint8 *message; /* the newest, of `length` bytes; a text one is terminated */
  gsize length;
  gboolean lazy;   /* acknowledges nothing */
} Viewer;

static inline void
viewer_free (Viewer *self)
{
  ws_free (self->ws);
  g_free (self->state.poses);
  g_free (self->message);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Viewer, viewer_free)

static inline Viewer *
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

static inline void
viewer_say (Viewer     *self,
            const char *text)
{
  g_assert_true (ws_send_text (self->ws, text));
}

static inline void
viewer_acknowledge (Viewer *self,
                    guint32 seq)
{
  guint8 ack[5] = { 129, (guint8) seq, (guint8) (seq >> 8), (guint8) (seq >> 16),
                    (guint8) (seq >> 24) };

  g_assert_true (ws_send_frame (self->ws, 0x82, ack, sizeof ack));
}

/* The next message; its op, or 0 for a text. */
static inline guint8
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
static inline void
viewer_await (Viewer *self,
              guint8  op)
{
  while (viewer_read (self) != op)
    ;
}

static inline void
viewer_await_text (Viewer     *self,
                   const char *expected)
{
  viewer_await (self, 0);
  g_assert_cmpstr ((const char *) self->message, ==, expected);
}

static inline void
viewer_await_frame (Viewer *self)
{
  guint8 op;

  do
    op = viewer_read (self);
  while (op != BW_OP_KEY && op != BW_OP_DELTA);
}

static inline Viewer *
viewer_join (Fixture    *fixture,
             const char *token,
             const char *hello)
{
  Viewer *self = viewer_connect (fixture, token);

  viewer_say (self, hello);
  viewer_await (self, BW_OP_HELLO);
  return self;
}

/* Reads on to the close, and gives its code. */
static inline guint
viewer_read_close (Viewer *self)
{
  return ws_read_close (self->ws);
}
