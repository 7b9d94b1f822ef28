/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "session/bw-crew.h"

/* A command is to be obeyed before anybody notices that it waits. */
#define PATIENCE_US (5 * G_TIME_SPAN_MILLISECOND)

struct _BwCrew
{
  BwPlacer *placer;
  guint n_threads;       /* that of the caller among them */
  GThread **threads;
  gboolean is_set_off;   /* since the chains were joined, or rested */

  gint stopped;          /* atomic */
  GMutex mutex;
  GCond changed;
  guint turn;            /* raised to set the threads off; guarded by mutex, as all below */
  guint n_busy;
  gboolean is_ending;
};

typedef struct
{
  BwCrew *crew;
  guint first_chain;
} Share;

static gboolean
is_stopped (BwCrew *self)
{
  return g_atomic_int_get (&self->stopped) != 0;
}

static void
work (const Share *share)
{
  BwCrew *self = share->crew;

  for (guint i = share->first_chain; i < bw_placer_n_chains (self->placer); i += self->n_threads)
    while (!is_stopped (self) && bw_placer_step_chain (self->placer, i))
      ;
}

static gpointer
run (gpointer data)
{
  g_autofree Share *share = data;
  BwCrew *self = share->crew;
  guint turn = 0;

  g_mutex_lock (&self->mutex);
  for (;;)
    {
      while (self->turn == turn && !self->is_ending)
        g_cond_wait (&self->changed, &self->mutex);
      if (self->is_ending)
        break;
      turn = self->turn;
      g_mutex_unlock (&self->mutex);
      work (share);
      g_mutex_lock (&self->mutex);
      if (--self->n_busy == 0)
        g_cond_broadcast (&self->changed);
    }
  g_mutex_unlock (&self->mutex);
  return NULL;
}

BwCrew *
bw_crew_new (BwPlacer *placer,
             guint     n_threads)
{
  BwCrew *self = g_new0 (BwCrew, 1);

  self->placer = placer;
  self->n_threads = MIN (n_threads > 0 ? n_threads : g_get_num_processors (),
                         bw_placer_n_chains (placer));
  g_mutex_init (&self->mutex);
  g_cond_init (&self->changed);
  self->threads = g_new0 (GThread *, self->n_threads);
  for (guint i = 1; i < self->n_threads; i++)
    {
      Share *share = g_new (Share, 1);

      *share = (Share) { self, i };
      self->threads[i] = g_thread_new ("placer-chain", run, share);
    }
  return self;
}

void
bw_crew_free (BwCrew *self)
{
  bw_crew_rest (self);
  g_mutex_lock (&self->mutex);
  self->is_ending = TRUE;
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->mutex);
  for (guint i = 1; i < self->n_threads; i++)
    g_thread_join (self->threads[i]);
  g_free (self->threads);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->changed);
  g_free (self);
}

static void
set_off (BwCrew *self)
{
  g_mutex_lock (&self->mutex);
  g_atomic_int_set (&self->stopped, 0);
  self->turn++;
  self->n_busy = self->n_threads - 1;
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->mutex);
}

/* TRUE where no thread is at work any more. */
static gboolean
wait_for_all (BwCrew *self)
{
  gint64 until_us = g_get_monotonic_time () + PATIENCE_US;
  gboolean all;

  g_mutex_lock (&self->mutex);
  while (self->n_busy > 0 && g_cond_wait_until (&self->changed, &self->mutex, until_us))
    ;
  all = self->n_busy == 0;
  g_mutex_unlock (&self->mutex);
  return all;
}

/* The chains of the caller's own share but the first; TRUE where one moved. */
static gboolean
step_others (BwCrew *self)
{
  gboolean moved = FALSE;

  for (guint i = self->n_threads; i < bw_placer_n_chains (self->placer); i += self->n_threads)
    moved |= bw_placer_step_chain (self->placer, i);
  return moved;
}

BwCrewStep
bw_crew_step (BwCrew *self)
{
  gboolean moved;

  if (!self->is_set_off)
    set_off (self);
  self->is_set_off = TRUE;
  moved = step_others (self);
  if (bw_placer_step_chain (self->placer, 0))
    return BW_CREW_MOVED;
  if (moved || !wait_for_all (self))
    return BW_CREW_WAITED;
  self->is_set_off = FALSE;
  return bw_placer_join (self->placer) ? BW_CREW_JOINED : BW_CREW_ENDED;
}

void
bw_crew_rest (BwCrew *self)
{
  g_atomic_int_set (&self->stopped, 1);
  while (!wait_for_all (self))
    ;
  self->is_set_off = FALSE;
}
