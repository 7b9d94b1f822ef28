/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is still to be sent to one peer, and in which order: messages that must arrive, one
 * behind the other, and the newest frame as far as the peer has credit. Holds references only;
 * no sockets. One thread at a time. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _BwOutbox BwOutbox;

/* What a frame is, where it is not its bytes alone. */
typedef struct
{
  /* `base`: the frame that the peer was sent before; nullable.
   *
   * Returns: (transfer full): what to send of `frame` */
  GBytes  *(*encode) (gpointer frame,
                      gpointer base,
                      gpointer user_data);
  gpointer (*ref)    (gpointer frame);
  void     (*unref)  (gpointer frame);
} BwOutboxFrames;

/* `max_in_flight`: frames that a peer which acknowledges any may have unacknowledged. */
BwOutbox     *bw_outbox_new         (guint         max_in_flight);

/* From the start on, frames are not GBytes but these, encoded as late as can be, and a peer has
 * to acknowledge them. `base` (nullable) is what the peer has already. */
void          bw_outbox_set_frames  (BwOutbox             *self,
                                     const BwOutboxFrames *frames,
                                     gpointer              user_data);
void          bw_outbox_set_base    (BwOutbox     *self,
                                     gpointer      base,
                                     guint64       number);
void          bw_outbox_set_max_in_flight
                                    (BwOutbox     *self,
                                     guint         max_in_flight);
void          bw_outbox_free        (BwOutbox     *self);

/* Must arrive, in order with the others of its kind. */
void          bw_outbox_owe         (BwOutbox     *self,
                                     GBytes       *message);

/* Replaces a frame that waits. One whose number is not above all before it is ignored. With
 * `last`, it is owed like a message.
 *
 * Returns: whether a frame that waited for credit or room was replaced */
gboolean      bw_outbox_offer_frame (BwOutbox     *self,
                                     gpointer      frame,
                                     guint64       number,
                                     gboolean      last);
/* Forgets the frame that waits, unless it is a last one. */
void          bw_outbox_drop_frame  (BwOutbox     *self);

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

/* Frames that were sent so far. */
guint64       bw_outbox_get_n_frames
                                    (BwOutbox     *self);
/* Whether a frame waits for an acknowledgement alone. */
gboolean      bw_outbox_lacks_credit
                                    (BwOutbox     *self);

/* Microseconds since a frame was offered, and since it began to be sent. */
typedef struct
{
  gint64 offered_us;
  gint64 sent_us;
} BwOutboxAge;

/* The peer has all frames up to this one, which must be one that it was sent; anything else is
 * ignored, and FALSE. `age_out` (nullable) is about that frame. */
gboolean      bw_outbox_acknowledge (BwOutbox     *self,
                                     guint64       number,
                                     BwOutboxAge  *age_out);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BwOutbox, bw_outbox_free)

G_END_DECLS
