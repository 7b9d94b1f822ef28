/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "session/bw-run-log.h"

#include <string.h>

typedef struct
{
  BwLogEntry entry;
  gatomicrefcount ref_count;
} BwLogBlock;

struct _BwRunLog
{
  GMutex mutex;
  GPtrArray *entries; /* (element-type BwLogEntry), by seq; guarded by mutex */
  guint64 last_seq;   /* guarded by mutex */
  guint n_metrics;    /* guarded by mutex */
  guint max_metrics;
};

static BwLogEntry *
log_entry_new (const BwLogEntry *values,
               guint64           seq)
{
  gsize length = values->message != NULL ? strlen (values->message) + 1 : 0;
  BwLogBlock *block = g_malloc (sizeof *block + length);

  block->entry = *values;
  block->entry.seq = seq;
  g_atomic_ref_count_init (&block->ref_count);
  if (length > 0)
    block->entry.message = memcpy (block + 1, values->message, length);
  return &block->entry;
}

BwLogEntry *
bw_log_entry_ref (BwLogEntry *entry)
{
  g_atomic_ref_count_inc (&((BwLogBlock *) entry)->ref_count);
  return entry;
}

void
bw_log_entry_unref (BwLogEntry *entry)
{
  BwLogBlock *block = (BwLogBlock *) entry;

  if (g_atomic_ref_count_dec (&block->ref_count))
    g_free (block);
}

BwRunLog *
bw_run_log_new (guint max_metrics)
{
  BwRunLog *self = g_new0 (BwRunLog, 1);

  g_mutex_init (&self->mutex);
  self->entries = g_ptr_array_new_with_free_func ((GDestroyNotify) bw_log_entry_unref);
  self->max_metrics = MAX (max_metrics, 4);
  return self;
}

void
bw_run_log_free (BwRunLog *self)
{
  g_mutex_clear (&self->mutex);
  g_ptr_array_unref (self->entries);
  g_free (self);
}

/* Every other sample of the older half goes, so that old curves get coarser instead of cut off. */
static void
thin_out (BwRunLog *self)
{
  guint older_half = self->n_metrics / 2;
  guint seen = 0;
  guint kept = 0;

  for (guint i = 0; i < self->entries->len; i++)
    {
      BwLogEntry *entry = g_ptr_array_index (self->entries, i);

      if (entry->kind == BW_LOG_METRICS && seen++ < older_half && seen % 2 == 0)
        {
          bw_log_entry_unref (entry);
          self->n_metrics--;
          continue;
        }
      self->entries->pdata[kept++] = entry;
    }
  /* The tail now holds pointers that live on further down or are gone. */
  for (guint i = kept; i < self->entries->len; i++)
    self->entries->pdata[i] = NULL;
  g_ptr_array_set_free_func (self->entries, NULL);
  g_ptr_array_set_size (self->entries, (int) kept);
  g_ptr_array_set_free_func (self->entries, (GDestroyNotify) bw_log_entry_unref);
}

void
bw_run_log_append (BwRunLog         *self,
                   const BwLogEntry *values)
{
  g_mutex_lock (&self->mutex);
  g_ptr_array_add (self->entries, log_entry_new (values, ++self->last_seq));
  if (values->kind == BW_LOG_METRICS && ++self->n_metrics > self->max_metrics)
    thin_out (self);
  g_mutex_unlock (&self->mutex);
}

BwLogEntry *
bw_run_log_next (BwRunLog *self,
                 guint64   after)
{
  BwLogEntry *found = NULL;
  guint low = 0;
  guint high;

  g_mutex_lock (&self->mutex);
  high = self->entries->len;
  while (low < high)
    {
      guint middle = low + (high - low) / 2;
      BwLogEntry *entry = g_ptr_array_index (self->entries, middle);

      if (entry->seq > after)
        high = middle;
      else
        low = middle + 1;
    }
  if (low < self->entries->len)
    found = bw_log_entry_ref (g_ptr_array_index (self->entries, low));
  g_mutex_unlock (&self->mutex);
  return found;
}

guint64
bw_run_log_last_seq (BwRunLog *self)
{
  guint64 seq;

  g_mutex_lock (&self->mutex);
  seq = self->last_seq;
  g_mutex_unlock (&self->mutex);
  return seq;
}

const char *
bw_status_level_name (BwStatusLevel level)
{
  switch (level)
    {
    case BW_STATUS_INFO:
      return "info";
    case BW_STATUS_WARNING:
      return "warning";
    case BW_STATUS_ERROR:
      return "error";
    case BW_STATUS_COMPLETE:
      return "complete";
    default:
      g_return_val_if_reached ("");
    }
}

const char *
bw_run_state_name (BwRunState state)
{
  switch (state)
    {
    case BW_RUN_IDLE:
      return "idle";
    case BW_RUN_RUNNING:
      return "running";
    case BW_RUN_PAUSED:
      return "paused";
    case BW_RUN_STOPPED:
      return "stopped";
    case BW_RUN_FINISHED:
      return "finished";
    default:
      g_return_val_if_reached ("");
    }
}
