/* SPDX-License-Identifier: GPL-3.0-or-later */

/* HTTP: the routes of viewer/PROTOCOL.md, and the handshake of a WebSocket. The server's thread
 * alone. */

#pragma once

#include <gio/gio.h>

#include "server/bw-service.h"

G_BEGIN_DECLS

typedef struct _BwWeb BwWeb;

BwWeb *bw_web_new             (BwService         *service);

/* Ends all connections that are not WebSockets yet. */
void   bw_web_free            (BwWeb             *self);

/* A BwListenerFunc; the web is its data. */
void   bw_web_take_connection (GSocketConnection *connection,
                               gpointer           web);

G_END_DECLS
