/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "session/bw-run-history.h"

struct _BwRunHistory
{
  gatomicrefcount ref_count;
  guint max_frames;
  gsize max_bytes;

  GMutex mutex;      /* guards what follows */
  GPtrArray *frames; /* every `stride`th of this run */
  gsize n_bytes;     /* of those: some have forces, some have not */
  BwFrame *last;     /* whether it is among them or not */
  GPtrArray *ends;
  guint64 n_added;   /* in this run */
  guint64 stride;
  guint64 version;
};

BwRunHistory *
bw_run_history_new (guint max_frames,
                    gsize max_bytes)
{
  BwRunHistory *self = g_new0 (BwRunHistory, 1);

  g_atomic_ref_count_init (&self->ref_count);
  g_mutex_init (&self->mutex);
  self->max_frames = max_frames;
  self->max_bytes = max_bytes;
  self->frames = g_ptr_array_new_with_free_func ((GDestroyNotify) bw_frame_unref);
  self->ends = g_ptr_array_new_with_free_func ((GDestroyNotify) bw_frame_unref);
  self->stride = 1;
  return self;
}

BwRunHistory *
bw_run_history_ref (BwRunHistory *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
bw_run_history_unref (BwRunHistory *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_ptr_array_unref (self->frames);
  g_ptr_array_unref (self->ends);
  g_clear_pointer (&self->last, bw_frame_unref);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

static void
begin_run (BwRunHistory *self)
{
  if (self->ends->len == BW_RUN_HISTORY_MAX_ENDS)
    g_ptr_array_remove_index (self->ends, 0);
  g_ptr_array_add (self->ends, g_steal_pointer (&self->last));
  g_ptr_array_set_size (self->frames, 0);
  self->n_bytes = 0;
  self->n_added = 0;
  self->stride = 1;
}

static gsize
size_of (const BwFrame *frame)
{
  gsize n_flags = (frame->held != NULL) + (frame->strays != NULL) + (frame->clashing != NULL)
                  + (frame->barred != NULL);

  return sizeof *frame + frame->n_footprints * (sizeof *frame->poses + n_flags)
         + frame->n_forces * sizeof *frame->forces;
}

static void
keep (BwRunHistory *self,
      BwFrame      *frame)
{
  g_ptr_array_add (self->frames, bw_frame_ref (frame));
  self->n_bytes += size_of (frame);
}

/* Every other one goes. */
static void
thin_out (BwRunHistory *self)
{
  g_autoptr (GPtrArray) all = g_steal_pointer (&self->frames);

  self->frames = g_ptr_array_new_with_free_func ((GDestroyNotify) bw_frame_unref);
  self->n_bytes = 0;
  for (guint i = 0; i < all->len; i += 2)
    keep (self, all->pdata[i]);
  self->stride *= 2;
}

void
bw_run_history_add (BwRunHistory *self,
                    BwFrame      *frame)
{
  g_mutex_lock (&self->mutex);
  if (self->last && self->last->epoch != frame->epoch)
    begin_run (self);
  bw_frame_ref (frame);
  g_clear_pointer (&self->last, bw_frame_unref);
  self->last = frame;
  self->version++;
  if (self->n_added++ % self->stride == 0)
    {
      keep (self, frame);
      if (self->frames->len > 2
          && (self->frames->len > self->max_frames || self->n_bytes > self->max_bytes))
        thin_out (self);
    }
  g_mutex_unlock (&self->mutex);
}

static GPtrArray *
dup_frames (GPtrArray *frames)
{
  GPtrArray *copy = g_ptr_array_new_full (frames->len + 1, (GDestroyNotify) bw_frame_unref);

  for (guint i = 0; i < frames->len; i++)
    g_ptr_array_add (copy, bw_frame_ref (frames->pdata[i]));
  return copy;
}

GPtrArray *
bw_run_history_dup (BwRunHistory *self,
                    guint64      *version_out)
{
  GPtrArray *frames;

  g_mutex_lock (&self->mutex);
  frames = dup_frames (self->frames);
  if (self->last && (frames->len == 0 || frames->pdata[frames->len - 1] != self->last))
    g_ptr_array_add (frames, bw_frame_ref (self->last));
  if (version_out)
    *version_out = self->version;
  g_mutex_unlock (&self->mutex);
  return frames;
}

guint64
bw_run_history_version (BwRunHistory *self)
{
  guint64 version;

  g_mutex_lock (&self->mutex);
  version = self->version;
  g_mutex_unlock (&self->mutex);
  return version;
}

GPtrArray *
bw_run_history_dup_ends (BwRunHistory *self)
{
  GPtrArray *ends;

  g_mutex_lock (&self->mutex);
  ends = dup_frames (self->ends);
  g_mutex_unlock (&self->mutex);
  return ends;
}

BwFrame *
bw_run_history_dup_before (BwRunHistory *self,
                           guint32       epoch)
{
  BwFrame *before = NULL;

  g_mutex_lock (&self->mutex);
  if (self->last && self->last->epoch < epoch)
    before = self->last;
  for (guint i = self->ends->len; i-- > 0 && !before;)
    if (((BwFrame *) self->ends->pdata[i])->epoch < epoch)
      before = self->ends->pdata[i];
  if (before)
    bw_frame_ref (before);
  g_mutex_unlock (&self->mutex);
  return before;
}
