/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/bw-window-private.h"

#include <glib/gi18n.h>

/* FALSE: a run moves them, which is told. */
static gboolean
put (BwWindow *self,
     BwFrame  *frame)
{
  g_autoptr (BwFrame) before = bw_frame_ref (bw_session_get_frame (self->session));

  bw_timeline_go_live (self->timeline);
  bw_canvas_end_move (self->canvas);
  if (bw_session_adopt (self->session, frame))
    {
      bw_window_remember_placement (self, before);
      return TRUE;
    }
  bw_window_show_error (self, _("Stop the run first: it moves the parts."), NULL, NULL);
  return FALSE;
}

gboolean
bw_window_adopt (BwWindow   *self,
                 BwFrame    *frame,
                 const char *message)
{
  g_autoptr (BwFrame) before = bw_frame_ref (bw_session_get_frame (self->session));

  if (!put (self, frame))
    return FALSE;
  bw_window_offer_frame (self, before, message);
  return TRUE;
}

void
bw_window_offer_frame (BwWindow   *self,
                       BwFrame    *frame,
                       const char *message)
{
  g_clear_pointer (&self->left_frame, bw_frame_unref);
  self->left_frame = frame ? bw_frame_ref (frame) : NULL;
  bw_toast_show (self->toast, message, frame ? _("Undo") : NULL,
                 frame ? "win.undo-adopt" : NULL);
}

void
bw_window_hide_toast (BwWindow *self)
{
  g_clear_pointer (&self->left_frame, bw_frame_unref);
  bw_toast_hide (self->toast);
}

static void
on_undo_adopt (GSimpleAction *action,
               GVariant      *parameter,
               gpointer       user_data)
{
  BwWindow *self = user_data;
  g_autoptr (BwFrame) frame = g_steal_pointer (&self->left_frame);

  if (!self->session || !frame)
    return;
  /* As long as nothing was done since. */
  if (bw_window_is_before (self, frame))
    g_action_group_activate_action (G_ACTION_GROUP (self), "undo", NULL);
  else
    put (self, frame);
}

/* The board goes on from how it was then, which is what is on show. */
static void
on_keep_moment (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       user_data)
{
  BwWindow *self = user_data;
  g_autoptr (BwFrame) frame = bw_frame_ref (bw_canvas_get_frame (self->canvas));

  bw_window_adopt (self, frame, _("The parts lie as they did then"));
}

void
bw_window_bind_toast (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, BwWindow, toast);
}

const GActionEntry bw_window_toast_actions[] = {
  { .name = "undo-adopt", .activate = on_undo_adopt },
  { .name = "keep-moment", .activate = on_keep_moment },
};
const guint bw_window_n_toast_actions = G_N_ELEMENTS (bw_window_toast_actions);
