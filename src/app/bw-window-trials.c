/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/bw-window-private.h"

#include <glib/gi18n.h>

#define N_SEEDS 8

gboolean
bw_window_is_trying (BwWindow *self)
{
  return self->trials && bw_trials_is_running (self->trials);
}

void
bw_window_stop_trials (BwWindow *self)
{
  if (self->trials)
    bw_trials_stop (self->trials);
}

void
bw_window_drop_trials (BwWindow *self)
{
  if (!self->trials)
    return;
  g_clear_pointer (&self->trials, bw_trials_free);
  g_clear_pointer (&self->before_trials, bw_frame_unref);
  bw_trial_strip_end (self->trial_strip);
}

static void
take (BwWindow *self,
      gint      trial,
      gboolean  best)
{
  g_autofree char *message = NULL;
  guint64 seed;

  if (trial < 0)
    {
      if (bw_window_adopt (self, self->before_trials, _("The parts lie as they did before")))
        bw_trial_strip_mark (self->trial_strip, trial);
      return;
    }
  seed = bw_trials_get_seed (self->trials, (guint) trial);
  message = g_strdup_printf (best ? _("Kept seed %u, the best of all")
                                  : _("The parts lie as seed %u has them"),
                             (guint) seed);
  if (!bw_window_adopt (self, bw_trials_get_frame (self->trials, (guint) trial), message))
    return;
  bw_trial_strip_mark (self->trial_strip, trial);
  bw_run_popover_set_seed (self->run_popover, seed);
}

static void
on_trials (BwTrials *trials,
           gpointer  user_data)
{
  BwWindow *self = user_data;

  bw_trial_strip_update (self->trial_strip, trials);
  bw_window_show_trial_progress (self);
  if (bw_trials_is_running (trials))
    return;
  bw_window_update_run (self);
  /* Who stopped them chooses, or not. */
  if (bw_trials_n_done (trials) == bw_trials_n_wanted (trials))
    take (self, bw_trials_find_best (trials), TRUE);
}

void
bw_window_begin_trials (BwWindow *self)
{
  bw_window_drop_trials (self);
  bw_timeline_go_live (self->timeline);
  self->before_trials = bw_frame_ref (bw_session_get_frame (self->session));
  bw_trial_strip_begin (self->trial_strip, self->board, self->before_trials);
  self->trials = bw_trials_new (self->session, N_SEEDS, on_trials, self);
  bw_trial_strip_update (self->trial_strip, self->trials);
  bw_window_update_run (self);
}

static void
on_take_trial (BwTrialStrip *strip,
               gint          trial,
               BwWindow     *self)
{
  take (self, trial, FALSE);
}

static void
on_trials_closed (BwTrialStrip *strip,
                  BwWindow     *self)
{
  bw_window_drop_trials (self);
  bw_window_update_run (self);
}

void
bw_window_bind_trials (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, BwWindow, trial_strip);
  gtk_widget_class_bind_template_callback (widget_class, on_take_trial);
  gtk_widget_class_bind_template_callback (widget_class, on_trials_closed);
}
