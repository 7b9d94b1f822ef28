/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The way of a connection from the listener to libsoup: whether it may come in, TLS, and how long
 * it may take. The server's thread alone. */

#pragma once

#include <libsoup/soup.h>

#include "server/bw-service.h"

G_BEGIN_DECLS

typedef struct _BwGate BwGate;

/* `soup` outlives the gate. */
BwGate            *bw_gate_new           (BwService         *service,
                                          SoupServer        *soup);
/* Ends all connections that were not let go. */
void               bw_gate_free          (BwGate            *self);

/* A BwListenerFunc; the gate is its data. */
void               bw_gate_take          (GSocketConnection *connection,
                                          gpointer           gate);

/* What a message came by; NULL where it is gone. */
GSocketConnection *bw_gate_connection_of (SoupServerMessage *message);

/* Its answer is to be done by then. */
void               bw_gate_begin_answer  (BwGate            *self,
                                          GSocketConnection *connection);

/* The connection is a WebSocket's now. */
void               bw_gate_let_go        (BwGate            *self,
                                          GSocketConnection *connection);

/* Counts the connection for who really asks, behind a proxy. FALSE where that is one too many. */
gboolean           bw_gate_count_client  (BwGate            *self,
                                          GSocketConnection *connection,
                                          GInetAddress      *client);

/* A wrong token came from there. FALSE where that is one too many for now. */
gboolean           bw_gate_count_guess   (BwGate            *self,
                                          GInetAddress      *client);

G_END_DECLS
