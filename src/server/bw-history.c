/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "server/bw-history.h"

#include "wire/bw-binary-dialect.h"
#include "wire/bw-le.h"

struct _BwHistory
{
  gsize max_bytes;
  GPtrArray *pictures; /* (element-type BwPicture): every `stride`th */
  BwPicture *last;     /* whether it is among them or not */
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
  self->pictures = g_ptr_array_new_with_free_func ((GDestroyNotify) bw_picture_unref);
  self->stride = 1;
  return self;
}

void
bw_history_free (BwHistory *self)
{
  g_ptr_array_unref (self->pictures);
  g_clear_pointer (&self->last, bw_picture_unref);
  g_free (self);
}

static gsize
size_of (const BwPicture *picture)
{
  return sizeof *picture + picture->n_parts * sizeof *picture->poses;
}

static void
thin_out (BwHistory *self)
{
  GPtrArray *kept = g_ptr_array_new_with_free_func ((GDestroyNotify) bw_picture_unref);

  self->n_bytes = 0;
  for (guint i = 0; i < self->pictures->len; i += 2)
    {
      BwPicture *picture = g_ptr_array_index (self->pictures, i);

      g_ptr_array_add (kept, bw_picture_ref (picture));
      self->n_bytes += size_of (picture);
    }
  g_ptr_array_unref (self->pictures);
  self->pictures = kept;
  self->stride *= 2;
}

void
bw_history_add (BwHistory *self,
                BwPicture *picture)
{
  if (picture->epoch != self->epoch)
    {
      g_ptr_array_set_size (self->pictures, 0);
      self->n_bytes = 0;
      self->n_added = 0;
      self->stride = 1;
      self->epoch = picture->epoch;
    }

  bw_picture_ref (picture);
  g_clear_pointer (&self->last, bw_picture_unref);
  self->last = picture;
  if (self->n_added++ % self->stride != 0)
    return;

  g_ptr_array_add (self->pictures, bw_picture_ref (picture));
  self->n_bytes += size_of (picture);
  if (self->n_bytes > self->max_bytes && self->pictures->len > 2)
    thin_out (self);
}

static void
append (GByteArray      *out,
        const BwPicture *picture,
        const BwPicture *base)
{
  guint start = out->len;
  guint32 length;

  bw_le_u32 (out, 0);
  if (base != NULL)
    bw_picture_write_delta (picture, base, BW_FLAG_REPLAY, out);
  else
    bw_picture_write_key (picture, BW_FLAG_REPLAY, out);
  length = GUINT32_TO_LE (out->len - start - (guint32) sizeof length);
  memcpy (out->data + start, &length, sizeof length);
}

GBytes *
bw_history_encode (BwHistory *self)
{
  GByteArray *out = g_byte_array_new ();
  const BwPicture *base = NULL;

  for (guint i = 0; i < self->pictures->len; i++)
    {
      const BwPicture *picture = g_ptr_array_index (self->pictures, i);

      append (out, picture, base);
      base = picture;
    }
  if (self->last != NULL && self->last != base)
    append (out, self->last, base);

  return g_byte_array_free_to_bytes (out);
}
