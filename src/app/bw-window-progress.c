/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/bw-window-private.h"

#include <glib/gi18n.h>
#include <math.h>

static char *
describe_remaining (double remaining_s)
{
  int seconds = (int) fmin (ceil (remaining_s), 1e6);

  if (remaining_s < 0)
    return g_strdup ("");
  if (seconds < 60)
    /* Translators: what remains of a run, in seconds. */
    return g_strdup_printf (ngettext ("about %d s left", "about %d s left", seconds), seconds);
  /* Translators: what remains of a run, in minutes. */
  return g_strdup_printf (ngettext ("about %d min left", "about %d min left",
                                    (seconds + 30) / 60), (seconds + 30) / 60);
}

gboolean
bw_window_show_trial_progress (BwWindow *self)
{
  g_autofree char *remaining = NULL;
  g_autofree char *text = NULL;

  if (!bw_window_is_trying (self))
    return FALSE;
  gtk_widget_set_visible (self->progress_box, TRUE);
  gtk_widget_set_visible (GTK_WIDGET (self->folder_label), FALSE);
  gtk_progress_bar_set_fraction (self->progress_bar, bw_trials_get_progress (self->trials));
  remaining = describe_remaining (bw_trials_get_remaining (self->trials));
  /* Translators: how many of all are done, and what remains ("about 20 s left"), if known. */
  text = g_strdup_printf (remaining[0] == '\0' ? _("%u of %u") : _("%u of %u, %s"),
                          bw_trials_n_done (self->trials), bw_trials_n_wanted (self->trials),
                          remaining);
  if (g_strcmp0 (text, gtk_label_get_text (self->remaining_label)) != 0)
    gtk_label_set_text (self->remaining_label, text);
  return TRUE;
}

void
bw_window_show_progress (BwWindow      *self,
                         BwRunState     state,
                         const BwFrame *frame)
{
  gboolean active = state == BW_RUN_RUNNING || state == BW_RUN_PAUSED;
  g_autofree char *remaining = NULL;

  if (bw_window_show_trial_progress (self))
    return;
  gtk_widget_set_visible (self->progress_box, active);
  gtk_widget_set_visible (GTK_WIDGET (self->folder_label),
                          !active && gtk_label_get_text (self->folder_label)[0] != '\0');
  if (!active)
    return;
  /* The last frame of the run before may still be on show: its epoch ended with it. */
  gtk_progress_bar_set_fraction (self->progress_bar,
                                 frame->budget > 0 && !frame->final
                                   ? MIN ((double) frame->iteration / frame->budget, 1) : 0);
  if (state == BW_RUN_PAUSED)
    return;
  remaining = describe_remaining (bw_remaining_estimate (&self->remaining, frame,
                                                         g_get_monotonic_time ()));
  if (g_strcmp0 (remaining, gtk_label_get_text (self->remaining_label)) != 0)
    gtk_label_set_text (self->remaining_label, remaining);
}

static char *
dup_notification_id (BwWindow *self)
{
  return g_strdup_printf ("run-%u",
                          gtk_application_window_get_id (GTK_APPLICATION_WINDOW (self)));
}

static void
tell_desktop (BwWindow *self)
{
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (self));
  g_autoptr (GNotification) notification = g_notification_new (_("Run Finished"));
  g_autofree char *id = dup_notification_id (self);
  g_autofree char *name = bw_window_dup_name (self);
  g_autofree char *shown = g_filename_display_name (name);
  BwFrame *frame = bw_session_get_frame (self->session);
  g_autofree char *body = NULL;
  const char *format = !bw_frame_is_legal (frame) ? _("%s: not legal, %.1f mm of wire")
                       : frame->clashing
                           ? _("%s: legal, but held parts are in conflict, %.1f mm of wire")
                           : _("%s: legal, %.1f mm of wire");

  if (!application)
    return;
  /* Translators: the name of a board, and its wire length. */
  body = g_strdup_printf (format, shown, frame->hpwl_mm);
  g_notification_set_body (notification, body);
  g_notification_set_default_action_and_target (
    notification, "app.show-window", "u",
    gtk_application_window_get_id (GTK_APPLICATION_WINDOW (self)));
  g_application_send_notification (G_APPLICATION (application), id, notification);
}

void
bw_window_note_begin (BwWindow         *self,
                      const BwLogEntry *entry)
{
  const BwRunOptions *options = bw_session_get_options (self->session);
  double asked_s = entry->command.asked.time_s;
  double time_s = asked_s > 0.0 ? asked_s : options->iterations == 0 ? options->time_s : 0.0;

  if (entry->epoch != self->remaining.epoch)
    bw_remaining_begin (&self->remaining, entry->epoch, time_s, g_get_monotonic_time ());
}

void
bw_window_note_state (BwWindow *self)
{
  BwRunState state = bw_session_get_state (self->session);

  if (state == BW_RUN_RUNNING)
    bw_remaining_go (&self->remaining, g_get_monotonic_time ());
  else
    bw_remaining_halt (&self->remaining, g_get_monotonic_time ());
  if (state == BW_RUN_FINISHED && self->last_state == BW_RUN_RUNNING
      && !gtk_window_is_active (GTK_WINDOW (self)))
    tell_desktop (self);
  self->last_state = state;
}

static void
on_active (BwWindow *self)
{
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (self));
  g_autofree char *id = NULL;

  if (!application || !gtk_window_is_active (GTK_WINDOW (self)))
    return;
  id = dup_notification_id (self);
  g_application_withdraw_notification (G_APPLICATION (application), id);
}

void
bw_window_init_progress (BwWindow *self)
{
  g_signal_connect (self, "notify::is-active", G_CALLBACK (on_active), NULL);
}

void
bw_window_bind_progress (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, BwWindow, progress_box);
  gtk_widget_class_bind_template_child (widget_class, BwWindow, progress_bar);
  gtk_widget_class_bind_template_child (widget_class, BwWindow, remaining_label);
}
