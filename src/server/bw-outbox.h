/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is still to be sent to one peer, and in which order: messages that must arrive, one
 * behind the other, and the newest frame as far as the peer has credit. Holds references only;
 * no sockets. One thread at a time. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _BwOutbox BwOutbox;

/* `max_in_flight`: frames that a peer which acknowledges any may have unacknowledged. */
BwOutbox     *bw_outbox_new         (guint         max_in_flight);
void          bw_outbox_free        (BwOutbox     *self);

/* Must arrive, in order with the others of its kind. */
void          bw_outbox_owe         (BwOutbox     *self,
                                     GBytes       *message);

/* Replaces a frame that waits. One whose number is not above all before it is ignored. With
 * `last`, it is owed like a message. */
void          bw_outbox_offer_frame (BwOutbox     *self,
                                     GBytes       *frame,
                                     guint64       number,
                                     gboolean      last);

/* The last of all, behind what is owed and a frame that waits; from now on nothing more is
 * taken. */
void          bw_outbox_close       (BwOutbox     *self,
                                     GBytes       *close);
gboolean      bw_outbox_is_closed   (BwOutbox     *self);

/* Forgets what is owed, apart from what has begun to be sent. */
void          bw_outbox_drop_owed   (BwOutbox     *self);
guint         bw_outbox_get_n_owed  (BwOutbox     *self);

/* Whether bytes are to be sent, whatever the credit. */
gboolean      bw_outbox_owes_bytes  (BwOutbox     *self);

/* The bytes to send now; NULL: none, until something is added or acknowledged. */
const guint8 *bw_outbox_peek        (BwOutbox     *self,
                                     gsize        *length_out);

/* So many of them were sent; TRUE once the close is. */
gboolean      bw_outbox_sent        (BwOutbox     *self,
                                     gsize         length);

/* The peer has all frames up to this one, which must be one that it was sent; anything else is
 * ignored. */
void          bw_outbox_acknowledge (BwOutbox     *self,
                                     guint64       number);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BwOutbox, bw_outbox_free)

G_END_DECLS
