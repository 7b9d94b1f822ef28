/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Sockets that listen on one port, and the loop that accepts from them. */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _BwListener BwListener;

typedef void (*BwListenerFunc) (GSocketConnection *connection,
                                gpointer           user_data);

/* Binds and listens. `host` NULL or "localhost": 127.0.0.1 and, where there is IPv6, ::1, on
 * the same port. A name is looked up, which may block. `port` 0: any free one.
 *
 * Returns: NULL with a BW_SERVER_ERROR */
BwListener *bw_listener_new            (const char      *host,
                                        guint16          port,
                                        GError         **error);
void        bw_listener_free           (BwListener      *self);
guint16     bw_listener_get_port       (BwListener      *self);

/* From now on `func` gets each connection, in the calling thread's default context. */
void        bw_listener_accept         (BwListener      *self,
                                        BwListenerFunc   func,
                                        gpointer         user_data);

/* The port is free for others and nobody is let in any more; bw_listener_free() is still to be
 * called. Any thread. */
void        bw_listener_shut_down      (BwListener      *self);

/* The first port above `port` that could be listened on now; 0: none of the next hundred. */
guint16     bw_listener_find_free_port (const char      *host,
                                        guint16          port);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BwListener, bw_listener_free)

G_END_DECLS
