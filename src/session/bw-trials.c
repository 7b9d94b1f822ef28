/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "session/bw-trials.h"

#include "session/bw-session-private.h"

/* With less of them done a pace tells nothing. */
#define LEAST_PROGRESS 0.02

struct _BwTrials
{
  guint ref_count;      /* its owner's, and that of the trial under way */
  BwTrialsFunc func;    /* NULL: freed by its owner */
  gpointer user_data;

  BwBoard *board;
  BwConstraints *constraints;
  BwHand *hand;
  double *net_weights;
  gboolean *only;
  BwPose *start;
  BwRunOptions options;
  BwPlacerMode mode;
  double crossing_mm;   /* what the crossing of two nets counts where the best is chosen */
  guint64 first_seed;
  guint n_wanted;
  gint64 begun_us;

  gboolean stopped;
  BwPort *port;         /* of the trial under way; NULL: none */
  BwFrame *newest;      /* of that; NULL: none yet */
  GPtrArray *frames;    /* (element-type BwFrame): how those ended that did */
};

static void begin (BwTrials *self);

static void
trials_unref (BwTrials *self)
{
  if (--self->ref_count > 0)
    return;
  bw_board_unref (self->board);
  g_clear_pointer (&self->constraints, bw_constraints_unref);
  bw_hand_free (self->hand);
  g_free (self->only);
  g_free (self->net_weights);
  g_free (self->start);
  g_clear_pointer (&self->newest, bw_frame_unref);
  g_ptr_array_unref (self->frames);
  g_free (self);
}

static void
tell (BwTrials *self)
{
  if (self->func != NULL)
    self->func (self, self->user_data);
}

/* What the chains of a run are chosen by, see placer/bw-estimate.h. */
static double
effort_mm (const BwTrials *self,
           const BwFrame  *frame)
{
  return frame->energy + self->crossing_mm * frame->routability.crossings;
}

static gboolean
is_better (const BwTrials *self,
           const BwFrame  *frame,
           const BwFrame  *other)
{
  guint wrong = frame->overlaps + frame->outside;
  guint other_wrong = other->overlaps + other->outside;

  return wrong != other_wrong ? wrong < other_wrong
                              : effort_mm (self, frame) < effort_mm (self, other);
}

static void
take_frame (BwTrials *self)
{
  BwFrame *frame = bw_port_take_frame (self->port);

  if (frame == NULL)
    return;
  g_clear_pointer (&self->newest, bw_frame_unref);
  self->newest = frame;
}

static void
on_news (BwPort  *port,
         gpointer user_data)
{
  take_frame (user_data);
  tell (user_data);
}

static void
on_ended (GObject      *source_object,
          GAsyncResult *result,
          gpointer      user_data)
{
  BwTrials *self = user_data;
  BwStretchEnd end = (BwStretchEnd) g_task_propagate_int (G_TASK (result), NULL);
  g_autoptr (BwFrame) frame = NULL;

  take_frame (self);
  bw_port_close (self->port);
  g_clear_pointer (&self->port, bw_port_unref);
  frame = g_steal_pointer (&self->newest);
  if (end == BW_STRETCH_FINISHED)
    {
      /* The time for one was turned into iterations: those to come take as many. */
      self->options.iterations = frame->budget;
      g_ptr_array_add (self->frames, g_steal_pointer (&frame));
      if (!self->stopped && self->frames->len < self->n_wanted)
        begin (self);
    }
  tell (self);
  trials_unref (self);
}

static void
run_stretch (GTask        *task,
             gpointer      source_object,
             gpointer      task_data,
             GCancellable *cancellable)
{
  g_task_return_int (task, bw_run_stretch (task_data));
}

static void
begin (BwTrials *self)
{
  g_autoptr (BwHub) hub = bw_hub_new ();
  g_autoptr (GTask) task = g_task_new (NULL, NULL, on_ended, self);
  BwRunOptions options = self->options;
  BwRun *run;

  options.seed = bw_trials_get_seed (self, self->frames->len);
  run = bw_run_new (self->board, hub, 1, self->mode, &options,
                    &(BwProblemOptions) { .start = self->start, .only = self->only,
                                          .constraints = self->constraints,
                                          .net_weights = self->net_weights }, self->hand);
  self->ref_count++;
  self->port = bw_hub_subscribe (hub, NULL, on_news, self);
  bw_run_begin_stretch (run, FALSE);
  g_task_set_name (task, "bw_trials");
  g_task_set_task_data (task, run, (GDestroyNotify) bw_run_unref);
  g_task_run_in_thread (task, run_stretch);
}

BwTrials *
bw_trials_new (BwSession   *session,
               guint        n,
               BwTrialsFunc func,
               gpointer     user_data)
{
  gsize n_footprints;
  BwTrials *self;

  g_return_val_if_fail (BW_IS_SESSION (session), NULL);
  g_return_val_if_fail (n > 0, NULL);

  n_footprints = session->board->n_footprints;
  self = g_new0 (BwTrials, 1);
  self->ref_count = 1;
  self->func = func;
  self->user_data = user_data;
  self->board = bw_board_ref (session->board);
  self->constraints = session->constraints ? bw_constraints_ref (session->constraints) : NULL;
  self->net_weights = g_memdup2 (session->net_weights, sizeof (double) * session->board->n_nets);
  self->hand = bw_hand_copy (session->hand);
  if (session->only != NULL)
    self->only = g_memdup2 (session->only, sizeof (gboolean) * n_footprints);
  self->start = g_memdup2 (bw_session_newest_frame (session)->poses,
                           sizeof (BwPose) * n_footprints);
  self->options = session->options;
  self->mode = self->options.stay > 0.0 ? BW_PLACER_MODE_REFINE : BW_PLACER_MODE_ALL;
  self->crossing_mm = bw_constraints_weights (self->constraints, &self->options.weights).crossings;
  self->first_seed = self->options.seed;
  self->n_wanted = n;
  self->begun_us = g_get_monotonic_time ();
  self->frames = g_ptr_array_new_with_free_func ((GDestroyNotify) bw_frame_unref);
  begin (self);
  return self;
}

void
bw_trials_stop (BwTrials *self)
{
  self->stopped = TRUE;
  if (self->port != NULL)
    bw_port_submit (self->port, &(BwCommand) { BW_COMMAND_STOP, BW_ORIGIN_PROGRAM });
}

void
bw_trials_free (BwTrials *self)
{
  bw_trials_stop (self);
  self->func = NULL;
  trials_unref (self);
}

gboolean
bw_trials_is_running (BwTrials *self)
{
  return self->port != NULL;
}

guint
bw_trials_n_wanted (BwTrials *self)
{
  return self->n_wanted;
}

guint
bw_trials_n_done (BwTrials *self)
{
  return self->frames->len;
}

BwFrame *
bw_trials_get_frame (BwTrials *self,
                     guint     i)
{
  g_return_val_if_fail (i < self->frames->len, NULL);

  return self->frames->pdata[i];
}

guint64
bw_trials_get_seed (BwTrials *self,
                    guint     i)
{
  return self->first_seed + i;
}

gint
bw_trials_find_best (BwTrials *self)
{
  gint best = -1;

  for (guint i = 0; i < self->frames->len; i++)
    if (best < 0 || is_better (self, self->frames->pdata[i], self->frames->pdata[best]))
      best = (gint) i;
  return best;
}

double
bw_trials_get_progress (BwTrials *self)
{
  double fraction = 0.0;

  if (self->newest != NULL && self->newest->budget > 0)
    fraction = MIN ((double) self->newest->iteration / self->newest->budget, 1.0);
  return (self->frames->len + fraction) / self->n_wanted;
}

double
bw_trials_get_remaining (BwTrials *self)
{
  double spent_s = (double) (g_get_monotonic_time () - self->begun_us) / G_USEC_PER_SEC;
  double progress = bw_trials_get_progress (self);

  return progress >= LEAST_PROGRESS ? spent_s * (1.0 - progress) / progress : -1.0;
}
