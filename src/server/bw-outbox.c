/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "server/bw-outbox.h"

#include <string.h>

/* More are not remembered; a peer that answers has at most max_in_flight, and one last frame. */
#define MAX_REMEMBERED 10

typedef struct
{
  GBytes *bytes;  /* of a frame, only once it is being sent */
  gpointer frame; /* NULL: a message */
  guint64 number;
  gint64 offered_us;
  gboolean is_close;
} BwOutgoing;

typedef struct
{
  guint64 number;
  gint64 offered_us;
  gint64 sent_us;
} BwInFlight;

struct _BwOutbox
{
  const BwOutboxFrames *frames;
  gpointer user_data;
  gpointer base;         /* the frame sent last; NULL with plain frames */

  GQueue owed;           /* (element-type BwOutgoing) */
  BwOutgoing newest;     /* the frame that waits */
  BwOutgoing current;    /* being sent */
  gsize current_offset;
  gboolean closed;

  /* Credit. */
  guint max_in_flight;
  guint64 next_number;   /* frames below it were offered before */
  BwInFlight in_flight[MAX_REMEMBERED];
  guint n_in_flight;
  guint64 n_frames;
  gboolean answers;      /* it has acknowledged a frame: from then on it must */
};

static GBytes *
encode_bytes (gpointer frame,
              gpointer base,
              gpointer user_data)
{
  return g_bytes_ref (frame);
}

static const BwOutboxFrames plain_frames = {
  .encode = encode_bytes,
  .ref = (gpointer (*) (gpointer)) g_bytes_ref,
  .unref = (void (*) (gpointer)) g_bytes_unref,
};

static gboolean
outgoing_is_set (const BwOutgoing *outgoing)
{
  return outgoing->bytes != NULL || outgoing->frame != NULL;
}

static void
outgoing_clear (BwOutbox   *self,
                BwOutgoing *outgoing)
{
  g_clear_pointer (&outgoing->bytes, g_bytes_unref);
  g_clear_pointer (&outgoing->frame, self->frames->unref);
}

BwOutbox *
bw_outbox_new (guint max_in_flight)
{
  BwOutbox *self = g_new0 (BwOutbox, 1);

  self->frames = &plain_frames;
  self->max_in_flight = max_in_flight;
  g_queue_init (&self->owed);
  return self;
}

void
bw_outbox_set_frames (BwOutbox             *self,
                      const BwOutboxFrames *frames,
                      gpointer              user_data)
{
  self->frames = frames;
  self->user_data = user_data;
  self->answers = TRUE;
}

void
bw_outbox_set_base (BwOutbox *self,
                    gpointer  base,
                    guint64   number)
{
  g_clear_pointer (&self->base, self->frames->unref);
  self->base = self->frames->ref (base);
  self->next_number = number + 1;
}

void
bw_outbox_set_max_in_flight (BwOutbox *self,
                             guint     max_in_flight)
{
  self->max_in_flight = MIN (max_in_flight, MAX_REMEMBERED - 2);
}

void
bw_outbox_free (BwOutbox *self)
{
  if (self == NULL)
    return;

  bw_outbox_drop_owed (self);
  outgoing_clear (self, &self->newest);
  outgoing_clear (self, &self->current);
  g_clear_pointer (&self->base, self->frames->unref);
  g_free (self);
}

/* Takes over the reference to the bytes. */
static void
push (BwOutbox  *self,
      BwOutgoing outgoing)
{
  g_queue_push_tail (&self->owed, g_memdup2 (&outgoing, sizeof outgoing));
}

void
bw_outbox_owe (BwOutbox *self,
               GBytes   *message)
{
  if (!self->closed)
    push (self, (BwOutgoing) { .bytes = g_bytes_ref (message) });
}

gboolean
bw_outbox_offer_frame (BwOutbox *self,
                       gpointer  frame,
                       guint64   number,
                       gboolean  last)
{
  BwOutgoing outgoing = { .number = number, .offered_us = g_get_monotonic_time () };
  gboolean replaced;

  if (self->closed || number < self->next_number)
    return FALSE;

  self->next_number = number + 1;
  replaced = outgoing_is_set (&self->newest);
  outgoing_clear (self, &self->newest);
  outgoing.frame = self->frames->ref (frame);
  if (last)
    push (self, outgoing);
  else
    self->newest = outgoing;
  return replaced;
}

void
bw_outbox_drop_frame (BwOutbox *self)
{
  outgoing_clear (self, &self->newest);
}

void
bw_outbox_close (BwOutbox *self,
                 GBytes   *close)
{
  if (self->closed)
    return;

  if (outgoing_is_set (&self->newest))
    {
      push (self, self->newest);
      self->newest = (BwOutgoing) { 0 };
    }
  self->closed = TRUE;
  push (self, (BwOutgoing) { .bytes = g_bytes_ref (close), .is_close = TRUE });
}

gboolean
bw_outbox_is_closed (BwOutbox *self)
{
  return self->closed;
}

void
bw_outbox_drop_owed (BwOutbox *self)
{
  BwOutgoing *outgoing;

  while ((outgoing = g_queue_pop_head (&self->owed)) != NULL)
    {
      outgoing_clear (self, outgoing);
      g_free (outgoing);
    }
}

guint
bw_outbox_get_n_owed (BwOutbox *self)
{
  return self->owed.length;
}

gboolean
bw_outbox_owes_bytes (BwOutbox *self)
{
  return outgoing_is_set (&self->current) || self->owed.length > 0;
}

static gboolean
has_credit (BwOutbox *self)
{
  /* One that has never answered a ping may be a client that cannot: it is paced by its socket
   * alone. */
  return !self->answers || self->n_in_flight < self->max_in_flight;
}

/* The frame that is the current one now is made ready to be sent. */
static void
begin_frame (BwOutbox *self)
{
  BwOutgoing *current = &self->current;

  current->bytes = self->frames->encode (current->frame, self->base, self->user_data);
  if (self->frames != &plain_frames)
    {
      g_clear_pointer (&self->base, self->frames->unref);
      self->base = self->frames->ref (current->frame);
    }

  self->n_frames++;
  if (self->n_in_flight == MAX_REMEMBERED)
    memmove (self->in_flight, self->in_flight + 1, sizeof *self->in_flight * --self->n_in_flight);
  self->in_flight[self->n_in_flight++] = (BwInFlight) {
    .number = current->number,
    .offered_us = current->offered_us,
    .sent_us = g_get_monotonic_time (),
  };
}

/* The next one to send becomes the current one. */
static gboolean
take_next (BwOutbox *self)
{
  if (self->owed.length > 0)
    {
      g_autofree BwOutgoing *next = g_queue_pop_head (&self->owed);

      self->current = *next;
    }
  else if (outgoing_is_set (&self->newest) && has_credit (self))
    {
      self->current = self->newest;
      self->newest = (BwOutgoing) { 0 };
    }
  else
    {
      return FALSE;
    }

  self->current_offset = 0;
  if (self->current.frame != NULL)
    begin_frame (self);
  return TRUE;
}

const guint8 *
bw_outbox_peek (BwOutbox *self,
                gsize    *length_out)
{
  const guint8 *data;
  gsize size;

  *length_out = 0;
  if (!outgoing_is_set (&self->current) && !take_next (self))
    return NULL;

  data = g_bytes_get_data (self->current.bytes, &size);
  *length_out = size - self->current_offset;
  return data + self->current_offset;
}

gboolean
bw_outbox_sent (BwOutbox *self,
                gsize     length)
{
  g_return_val_if_fail (self->current.bytes != NULL, FALSE);

  self->current_offset += length;
  if (self->current_offset < g_bytes_get_size (self->current.bytes))
    return FALSE;

  outgoing_clear (self, &self->current);
  return self->current.is_close;
}

guint64
bw_outbox_get_n_frames (BwOutbox *self)
{
  return self->n_frames;
}

gboolean
bw_outbox_lacks_credit (BwOutbox *self)
{
  return outgoing_is_set (&self->newest) && !has_credit (self);
}

gboolean
bw_outbox_acknowledge (BwOutbox    *self,
                       guint64      number,
                       BwOutboxAge *age_out)
{
  gint64 now_us = g_get_monotonic_time ();

  for (guint i = 0; i < self->n_in_flight; i++)
    {
      if (self->in_flight[i].number != number)
        continue;

      if (age_out != NULL)
        *age_out = (BwOutboxAge) {
          .offered_us = now_us - self->in_flight[i].offered_us,
          .sent_us = now_us - self->in_flight[i].sent_us,
        };

      self->answers = TRUE;
      self->n_in_flight -= i + 1;
      memmove (self->in_flight, self->in_flight + i + 1,
               sizeof *self->in_flight * self->n_in_flight);
      return TRUE;
    }
  return FALSE;
}
