/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How much a peer may cost. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  guint handshake_ms;      /* from accepting a connection to having read its request */
  guint response_ms;       /* from then to the end of the response */
  guint stall_ms;          /* without progress while bytes are owed */
  guint close_ms;          /* for the peer to end a connection that we have closed */
  guint shut_down_ms;      /* for all of that when the server ends */
  guint max_owed;          /* control messages that wait for one peer */
  guint max_in_flight;     /* frames that a peer has not acknowledged */
  double commands_per_s;   /* of one peer; more than `commands_burst` at once and it is closed */
  double commands_burst;
  guint max_peers;         /* WebSockets at a time */
  guint max_pending;       /* connections at a time that are none (yet) */
  guint max_per_address;   /* of either, from one address */
  gboolean count_loopback; /* this computer's own as well */
  double guesses_per_s;    /* wrong tokens from one address */
  double guesses_burst;
  guint max_header_bytes;  /* of a request; libsoup itself cuts one off at 64 KiB, without a word */
  gint send_buffer_bytes;  /* of a peer's socket; 0: the system's */
} BwServerLimits;

#define BW_SERVER_LIMITS_DEFAULT \
  ((BwServerLimits) { \
    .handshake_ms = 5000, \
    .response_ms = 30000, \
    .stall_ms = 5000, \
    .close_ms = 1000, \
    .shut_down_ms = 800, \
    .max_owed = 256, \
    .max_in_flight = 2, \
    .commands_per_s = 20.0, \
    .commands_burst = 40.0, \
    .max_peers = 256, \
    .max_pending = 512, \
    .max_per_address = 64, \
    .guesses_per_s = 0.2, \
    .guesses_burst = 10.0, \
    .max_header_bytes = 60 * 1024, \
    .send_buffer_bytes = 256 * 1024, \
  })

G_END_DECLS
