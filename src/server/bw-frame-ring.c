/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "server/bw-frame-ring.h"

#include "server/bw-ws-frame.h"
#include "wire/bw-binary-dialect.h"
#include "wire/bw-le.h"

struct _BwRingFrame
{
  grefcount ref_count;
  BwPicture *picture;
  BwFrame *frame;       /* for its forces */
  /* One message each; empty: there is none. */
  GByteArray *copper;
  GByteArray *clashes;
  GByteArray *barred;
  GByteArray *strays;
  guint8 *held;         /* nullable */
  guint64 position;     /* among all frames of the ring, since the stream began */
  guint64 metrics_end;  /* samples before it, likewise */
};

/* One packet of the newest frame. */
typedef struct
{
  guint32 base_seq;
  guint64 metrics_from;
  gboolean with_forces;
  GBytes *packet;
} BwCachedPacket;

struct _BwFrameRing
{
  BwBoard *board;
  BwCounters *counters;
  BwRingFrame *frames[BW_FRAME_RING_SIZE]; /* by position modulo the size */
  guint64 n_added;
  BwRingFrame *newest;
  GArray *cache;        /* (element-type BwCachedPacket) */
  GPtrArray *metrics;   /* (element-type BwLogEntry) */
  guint64 n_forgotten;  /* samples that were in front of them */
  GByteArray *message;  /* room to encode in */
  GByteArray *packet;
};

BwRingFrame *
bw_ring_frame_ref (BwRingFrame *self)
{
  g_ref_count_inc (&self->ref_count);
  return self;
}

void
bw_ring_frame_unref (BwRingFrame *self)
{
  if (!g_ref_count_dec (&self->ref_count))
    return;

  bw_picture_unref (self->picture);
  g_clear_pointer (&self->frame, bw_frame_unref);
  g_byte_array_unref (self->copper);
  g_byte_array_unref (self->clashes);
  g_byte_array_unref (self->barred);
  g_byte_array_unref (self->strays);
  g_free (self->held);
  g_free (self);
}

gsize
bw_ring_frame_get_size (BwRingFrame *self)
{
  return sizeof *self + sizeof *self->picture
         + self->picture->n_parts * (sizeof *self->picture->poses + (self->held != NULL))
         + self->copper->len + self->clashes->len + self->barred->len + self->strays->len;
}

/* In the form of a history; nothing for an empty one. */
static void
append_to_history (GByteArray *message,
                   GByteArray *out)
{
  if (message->len > 0)
    {
      bw_le_u32 (out, message->len);
      g_byte_array_append (out, message->data, message->len);
    }
  g_byte_array_set_size (message, 0);
}

void
bw_ring_frame_write_history (BwRingFrame *self,
                             BwRingFrame *base,
                             GByteArray  *out)
{
  g_autoptr (GByteArray) message = g_byte_array_new ();
  GByteArray *before[] = { self->copper, self->clashes, self->barred };

  if (self->held != NULL)
    bw_binary_state (self->held, base != NULL ? base->held : NULL, self->picture->n_parts,
                     message);
  append_to_history (message, out);
  for (guint i = 0; i < G_N_ELEMENTS (before); i++)
    {
      g_byte_array_append (message, before[i]->data, before[i]->len);
      append_to_history (message, out);
    }
  if (base != NULL)
    bw_picture_write_delta (self->picture, base->picture, BW_FLAG_REPLAY, message);
  else
    bw_picture_write_key (self->picture, BW_FLAG_REPLAY, message);
  append_to_history (message, out);
  g_byte_array_append (message, self->strays->data, self->strays->len);
  append_to_history (message, out);
}

BwPicture *
bw_ring_frame_get_picture (BwRingFrame *self)
{
  return self->picture;
}

static void
clear_cached (gpointer data)
{
  BwCachedPacket *cached = data;

  g_bytes_unref (cached->packet);
}

BwFrameRing *
bw_frame_ring_new (BwBoard    *board,
                   BwCounters *counters)
{
  BwFrameRing *self = g_new0 (BwFrameRing, 1);

  self->board = bw_board_ref (board);
  self->counters = counters;
  self->cache = g_array_new (FALSE, FALSE, sizeof (BwCachedPacket));
  g_array_set_clear_func (self->cache, clear_cached);
  self->metrics = g_ptr_array_new_with_free_func ((GDestroyNotify) bw_log_entry_unref);
  self->message = g_byte_array_new ();
  self->packet = g_byte_array_new ();
  return self;
}

void
bw_frame_ring_free (BwFrameRing *self)
{
  for (guint i = 0; i < BW_FRAME_RING_SIZE; i++)
    g_clear_pointer (&self->frames[i], bw_ring_frame_unref);
  g_clear_pointer (&self->newest, bw_ring_frame_unref);
  g_array_unref (self->cache);
  g_ptr_array_unref (self->metrics);
  bw_board_unref (self->board);
  g_byte_array_unref (self->message);
  g_byte_array_unref (self->packet);
  g_free (self);
}

void
bw_frame_ring_add (BwFrameRing *self,
                   BwFrame     *frame)
{
  BwRingFrame *added = g_new0 (BwRingFrame, 1);
  BwRingFrame **place;

  g_ref_count_init (&added->ref_count);
  added->picture = bw_picture_new (frame);
  added->frame = frame->n_forces > 0 ? bw_frame_ref (frame) : NULL;
  added->copper = g_byte_array_new ();
  bw_binary_copper (self->board, frame, added->picture->seq, added->copper);
  added->clashes = g_byte_array_new ();
  bw_binary_clashes (frame, added->picture->seq, added->clashes);
  added->barred = g_byte_array_new ();
  bw_binary_barred (frame, added->picture->seq, added->barred);
  added->strays = g_byte_array_new ();
  bw_binary_strays (frame, added->picture->seq, added->strays);
  added->held = g_memdup2 (frame->held, frame->held != NULL ? frame->n_footprints : 0);
  added->metrics_end = self->n_forgotten + self->metrics->len;

  /* Forces are sent with the newest alone. */
  if (self->newest != NULL)
    g_clear_pointer (&self->newest->frame, bw_frame_unref);
  g_clear_pointer (&self->newest, bw_ring_frame_unref);
  self->newest = bw_ring_frame_ref (added);
  g_array_set_size (self->cache, 0);

  added->position = self->n_added++;
  place = &self->frames[added->position % BW_FRAME_RING_SIZE];
  g_clear_pointer (place, bw_ring_frame_unref);
  *place = added;
}

void
bw_frame_ring_add_metrics (BwFrameRing *self,
                           BwLogEntry  *entry)
{
  if (self->metrics->len == BW_FRAME_RING_MAX_METRICS)
    {
      g_ptr_array_remove_range (self->metrics, 0, BW_FRAME_RING_MAX_METRICS / 2);
      self->n_forgotten += BW_FRAME_RING_MAX_METRICS / 2;
    }
  g_ptr_array_add (self->metrics, bw_log_entry_ref (entry));
}

BwRingFrame *
bw_frame_ring_get_newest (BwFrameRing *self)
{
  return self->newest;
}

BwRingFrame *
bw_frame_ring_find (BwFrameRing *self,
                    guint32      seq)
{
  for (guint i = 0; i < BW_FRAME_RING_SIZE; i++)
    {
      BwRingFrame *frame = self->frames[i];

      if (frame != NULL && frame->picture->seq == seq)
        return frame;
    }
  return NULL;
}

static gboolean
is_near (BwFrameRing *self,
         BwRingFrame *frame,
         BwRingFrame *base)
{
  return base != NULL && base->picture->n_parts == frame->picture->n_parts
         && base->position + BW_FRAME_RING_SIZE >= self->n_added;
}

static void
append_bytes (BwFrameRing      *self,
              const GByteArray *message)
{
  if (message->len > 0)
    bw_ws_append (self->packet, BW_WS_BINARY, message->data, message->len);
}

static void
append_message (BwFrameRing *self)
{
  append_bytes (self, self->message);
  g_byte_array_set_size (self->message, 0);
}

static void
append_metrics (BwFrameRing *self,
                guint64      from,
                guint64      end)
{
  from = MAX (from, self->n_forgotten);
  if (from >= end)
    return;

  bw_binary_metrics ((BwLogEntry *const *) self->metrics->pdata + (from - self->n_forgotten),
                     (guint) (end - from), self->message);
  append_message (self);
}

static GBytes *
encode (BwFrameRing *self,
        BwRingFrame *frame,
        BwRingFrame *base,
        guint64      metrics_from,
        gboolean     with_forces)
{
  gint64 begin_us = g_get_monotonic_time ();
  GBytes *packet;

  g_byte_array_set_size (self->packet, 0);
  append_metrics (self, metrics_from, frame->metrics_end);

  append_bytes (self, frame->copper);
  append_bytes (self, frame->clashes);
  append_bytes (self, frame->barred);

  if (base != NULL)
    bw_picture_write_delta (frame->picture, base->picture, BW_FLAG_ACK_WANTED, self->message);
  else
    bw_picture_write_key (frame->picture, BW_FLAG_ACK_WANTED, self->message);
  append_message (self);

  append_bytes (self, frame->strays);

  if (with_forces && frame->frame != NULL)
    bw_binary_forces (frame->frame, frame->picture->seq, self->message);
  append_message (self);

  packet = g_bytes_new (self->packet->data, self->packet->len);
  self->counters->frames_encoded++;
  self->counters->encode_us += (guint64) (g_get_monotonic_time () - begin_us);
  return packet;
}

GBytes *
bw_frame_ring_encode (BwFrameRing *self,
                      BwRingFrame *frame,
                      BwRingFrame *base,
                      gboolean     with_forces)
{
  BwRingFrame *near = is_near (self, frame, base) ? base : NULL;
  /* What a newcomer has missed is in the history. */
  BwCachedPacket wanted = {
    .base_seq = near != NULL ? near->picture->seq : 0,
    .metrics_from = base != NULL ? base->metrics_end : frame->metrics_end,
    .with_forces = with_forces && frame->frame != NULL,
  };

  for (guint i = 0; frame == self->newest && i < self->cache->len; i++)
    {
      const BwCachedPacket *cached = &g_array_index (self->cache, BwCachedPacket, i);

      if (cached->base_seq == wanted.base_seq && cached->metrics_from == wanted.metrics_from
          && cached->with_forces == wanted.with_forces)
        return g_bytes_ref (cached->packet);
    }

  wanted.packet = encode (self, frame, near, wanted.metrics_from, wanted.with_forces);
  if (frame == self->newest)
    {
      g_array_append_val (self->cache, wanted);
      g_bytes_ref (wanted.packet);
    }
  return wanted.packet;
}
