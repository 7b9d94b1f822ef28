/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "server/bw-history.h"

struct _BwHistory
{
  gsize max_bytes;
  GPtrArray *frames;   /* (element-type BwRingFrame): every `stride`th */
  BwRingFrame *last;   /* whether it is among them or not */
  gsize n_bytes;
  guint64 n_added;
  guint64 stride;
  guint32 epoch;
};

BwHistory *
bw_history_new (gsize max_bytes)
{
  BwHistory *self = g_new0 (BwHistory, 1);

  self->max_bytes = max_bytes;
  self->frames = g_ptr_array_new_with_free_func ((GDestroyNotify) bw_ring_frame_unref);
  self->stride = 1;
  return self;
}

void
bw_history_free (BwHistory *self)
{
  g_ptr_array_unref (self->frames);
  g_clear_pointer (&self->last, bw_ring_frame_unref);
  g_free (self);
}

static void
thin_out (BwHistory *self)
{
  GPtrArray *kept = g_ptr_array_new_with_free_func ((GDestroyNotify) bw_ring_frame_unref);

  self->n_bytes = 0;
  for (guint i = 0; i < self->frames->len; i += 2)
    {
      BwRingFrame *frame = g_ptr_array_index (self->frames, i);

      g_ptr_array_add (kept, bw_ring_frame_ref (frame));
      self->n_bytes += bw_ring_frame_get_size (frame);
    }
  g_ptr_array_unref (self->frames);
  self->frames = kept;
  self->stride *= 2;
}

void
bw_history_add (BwHistory   *self,
                BwRingFrame *frame)
{
  guint32 epoch = bw_ring_frame_get_picture (frame)->epoch;

  if (epoch != self->epoch)
    {
      g_ptr_array_set_size (self->frames, 0);
      self->n_bytes = 0;
      self->n_added = 0;
      self->stride = 1;
      self->epoch = epoch;
    }

  bw_ring_frame_ref (frame);
  g_clear_pointer (&self->last, bw_ring_frame_unref);
  self->last = frame;
  if (self->n_added++ % self->stride != 0)
    return;

  g_ptr_array_add (self->frames, bw_ring_frame_ref (frame));
  self->n_bytes += bw_ring_frame_get_size (frame);
  if (self->n_bytes > self->max_bytes && self->frames->len > 2)
    thin_out (self);
}

GBytes *
bw_history_encode (BwHistory *self)
{
  GByteArray *out = g_byte_array_new ();
  BwRingFrame *base = NULL;

  for (guint i = 0; i < self->frames->len; i++)
    {
      BwRingFrame *frame = g_ptr_array_index (self->frames, i);

      bw_ring_frame_write_history (frame, base, out);
      base = frame;
    }
  if (self->last != NULL && self->last != base)
    bw_ring_frame_write_history (self->last, base, out);

  return g_byte_array_free_to_bytes (out);
}
