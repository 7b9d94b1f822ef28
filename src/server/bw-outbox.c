/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "server/bw-outbox.h"

#include <string.h>

/* More are not remembered; a peer that answers has at most max_in_flight, and one last frame. */
#define MAX_REMEMBERED 8

typedef struct
{
  GBytes *bytes; /* NULL: none */
  guint64 number;
  gboolean is_frame;
  gboolean is_close;
} BwOutgoing;

struct _BwOutbox
{
  GQueue owed;           /* (element-type BwOutgoing) */
  BwOutgoing newest;     /* the frame that waits */
  BwOutgoing current;    /* being sent */
  gsize current_offset;
  gboolean closed;

  /* Credit. */
  guint max_in_flight;
  guint64 next_number;   /* frames below it were offered before */
  guint64 in_flight[MAX_REMEMBERED];
  guint n_in_flight;
  gboolean answers;      /* it has acknowledged a frame: from then on it must */
};

static void
outgoing_clear (BwOutgoing *outgoing)
{
  g_clear_pointer (&outgoing->bytes, g_bytes_unref);
}

static void
outgoing_free (gpointer data)
{
  BwOutgoing *outgoing = data;

  outgoing_clear (outgoing);
  g_free (outgoing);
}

BwOutbox *
bw_outbox_new (guint max_in_flight)
{
  BwOutbox *self = g_new0 (BwOutbox, 1);

  self->max_in_flight = max_in_flight;
  g_queue_init (&self->owed);
  return self;
}

void
bw_outbox_free (BwOutbox *self)
{
  if (self == NULL)
    return;

  bw_outbox_drop_owed (self);
  outgoing_clear (&self->newest);
  outgoing_clear (&self->current);
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

void
bw_outbox_offer_frame (BwOutbox *self,
                       GBytes   *frame,
                       guint64   number,
                       gboolean  last)
{
  BwOutgoing outgoing = { .number = number, .is_frame = TRUE };

  if (self->closed || number < self->next_number)
    return;

  self->next_number = number + 1;
  outgoing_clear (&self->newest);
  outgoing.bytes = g_bytes_ref (frame);
  if (last)
    push (self, outgoing);
  else
    self->newest = outgoing;
}

void
bw_outbox_close (BwOutbox *self,
                 GBytes   *close)
{
  if (self->closed)
    return;

  if (self->newest.bytes != NULL)
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
  g_queue_clear_full (&self->owed, outgoing_free);
}

guint
bw_outbox_get_n_owed (BwOutbox *self)
{
  return self->owed.length;
}

gboolean
bw_outbox_owes_bytes (BwOutbox *self)
{
  return self->current.bytes != NULL || self->owed.length > 0;
}

static gboolean
has_credit (BwOutbox *self)
{
  /* One that has never answered a ping may be a client that cannot: it is paced by its socket
   * alone. */
  return !self->answers || self->n_in_flight < self->max_in_flight;
}

static void
remember_in_flight (BwOutbox *self,
                    guint64   number)
{
  if (self->n_in_flight == MAX_REMEMBERED)
    memmove (self->in_flight, self->in_flight + 1, sizeof *self->in_flight * --self->n_in_flight);

  self->in_flight[self->n_in_flight++] = number;
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
  else if (self->newest.bytes != NULL && has_credit (self))
    {
      self->current = self->newest;
      self->newest = (BwOutgoing) { 0 };
    }
  else
    {
      return FALSE;
    }

  self->current_offset = 0;
  if (self->current.is_frame)
    remember_in_flight (self, self->current.number);
  return TRUE;
}

const guint8 *
bw_outbox_peek (BwOutbox *self,
                gsize    *length_out)
{
  const guint8 *data;
  gsize size;

  *length_out = 0;
  if (self->current.bytes == NULL && !take_next (self))
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

  outgoing_clear (&self->current);
  return self->current.is_close;
}

void
bw_outbox_acknowledge (BwOutbox *self,
                       guint64   number)
{
  for (guint i = 0; i < self->n_in_flight; i++)
    {
      if (self->in_flight[i] != number)
        continue;

      self->answers = TRUE;
      self->n_in_flight -= i + 1;
      memmove (self->in_flight, self->in_flight + i + 1,
               sizeof *self->in_flight * self->n_in_flight);
      return;
    }
}
