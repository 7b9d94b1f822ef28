/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A window is as large as the one that was resized last; and maximized where that was, unless it
 * would lie over another. */

#include "app/bw-window-private.h"

#include "app/bw-settings.h"

/* While it is drawn larger, its size is none to remember. */
#define SETTLE_MS 300

static void
remember (BwWindow *self)
{
  GSettings *settings = bw_settings_get ();
  gboolean maximized = gtk_window_is_maximized (GTK_WINDOW (self));
  int width, height;

  gtk_window_get_default_size (GTK_WINDOW (self), &width, &height);
  g_settings_set_boolean (settings, BW_SETTINGS_MAXIMIZED, maximized);
  if (maximized)
    return;
  g_settings_set_int (settings, BW_SETTINGS_WIDTH, width);
  g_settings_set_int (settings, BW_SETTINGS_HEIGHT, height);
}

static gboolean
on_settled (gpointer user_data)
{
  BwWindow *self = user_data;

  self->resized_id = 0;
  remember (self);
  return G_SOURCE_REMOVE;
}

/* One that is not on show yet, or not any more, was resized by nobody. */
static void
on_resized (BwWindow *self)
{
  if (!gtk_widget_get_mapped (GTK_WIDGET (self)) || self->closing)
    return;
  g_clear_handle_id (&self->resized_id, g_source_remove);
  self->resized_id = g_timeout_add (SETTLE_MS, on_settled, self);
}

void
bw_window_settle_size (BwWindow *self)
{
  if (self->resized_id == 0)
    return;
  g_clear_handle_id (&self->resized_id, g_source_remove);
  remember (self);
}

/* The size of each other one counts by now. TRUE: there is none. */
static gboolean
settle_others (BwWindow *self)
{
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (self));
  GList *windows = application ? gtk_application_get_windows (application) : NULL;
  gboolean alone = TRUE;

  for (GList *item = windows; item; item = item->next)
    if (item->data != self && BW_IS_WINDOW (item->data))
      {
        bw_window_settle_size (item->data);
        alone = FALSE;
      }
  return alone;
}

/* GTK's window of the keys is as large as large letters make it. This one scrolls where it would be
 * larger than the screen. */
static void
limit_help_overlay (BwWindow *self)
{
  GtkApplicationWindow *window = GTK_APPLICATION_WINDOW (self);
  GtkWindow *overlay = GTK_WINDOW (gtk_application_window_get_help_overlay (window));
  GtkWidget *scroller = gtk_scrolled_window_new ();
  g_autoptr (GtkWidget) content = g_object_ref (gtk_window_get_child (overlay));

  gtk_window_set_child (overlay, scroller);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), content);
  gtk_scrolled_window_set_propagate_natural_width (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
}

void
bw_window_init_size (BwWindow *self)
{
  GSettings *settings = bw_settings_get ();
  gboolean alone = settle_others (self);

  limit_help_overlay (self);
  gtk_window_set_default_size (GTK_WINDOW (self),
                               settings ? g_settings_get_int (settings, BW_SETTINGS_WIDTH) : 1200,
                               settings ? g_settings_get_int (settings, BW_SETTINGS_HEIGHT) : 800);
  if (!settings)
    return;
  if (g_settings_get_boolean (settings, BW_SETTINGS_MAXIMIZED) && alone)
    gtk_window_maximize (GTK_WINDOW (self));
  g_signal_connect (self, "notify::default-width", G_CALLBACK (on_resized), NULL);
  g_signal_connect (self, "notify::default-height", G_CALLBACK (on_resized), NULL);
  g_signal_connect (self, "notify::maximized", G_CALLBACK (on_resized), NULL);
}
