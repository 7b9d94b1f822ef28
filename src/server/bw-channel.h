/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The bytes of one connection, without blocking: of a plain socket by the shared poller, of
 * anything else (TLS) by its stream. Belongs to the thread that made it. */

#pragma once

#include <gio/gio.h>

#include "server/bw-poller.h"

G_BEGIN_DECLS

typedef struct _BwChannel BwChannel;

/* `condition`: G_IO_IN: read on; G_IO_OUT: the channel takes bytes again. The channel may be
 * closed from within, not freed. */
typedef void (*BwChannelFunc) (GIOCondition condition,
                               gpointer     user_data);

typedef enum
{
  BW_CHANNEL_DONE,
  BW_CHANNEL_WAIT, /* nothing moves now; `func` will be called */
  BW_CHANNEL_OVER, /* the peer has ended it, or it broke */
} BwChannelResult;

/* `stream` is a connection over which HTTP was spoken; what its input side has buffered comes
 * first. `send_buffer_bytes` 0: the system's. `poller` outlives the channel. */
BwChannel      *bw_channel_new         (GIOStream    *stream,
                                        BwPoller     *poller,
                                        gint          send_buffer_bytes,
                                        BwChannelFunc func,
                                        gpointer      user_data);
void            bw_channel_free        (BwChannel    *self);

BwChannelResult bw_channel_read        (BwChannel    *self,
                                        guint8       *buffer,
                                        gsize         length,
                                        gsize        *n_out);
BwChannelResult bw_channel_write       (BwChannel    *self,
                                        const guint8 *data,
                                        gsize         length,
                                        gsize        *n_out);

/* Half a close: what is on the way to us would otherwise reset the connection, and with it what
 * is still on the way to the peer. */
void            bw_channel_end_writing (BwChannel    *self);
/* Whether the peer's computer has all that was written; FALSE where that cannot be known. */
gboolean        bw_channel_is_received (BwChannel    *self);
/* `func` is called no more. */
void            bw_channel_close       (BwChannel    *self);

G_END_DECLS
