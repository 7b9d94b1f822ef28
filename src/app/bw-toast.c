/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/bw-toast.h"

/* Long enough to read a line and reach its button. */
#define SHOWN_MS 7000

struct _BwToast
{
  GtkWidget parent_instance;

  GtkRevealer *revealer;
  GtkLabel *label;
  GtkButton *button;
  GtkEventController *motion;
  GtkEventController *focus;
  guint timeout_id;
};

G_DEFINE_FINAL_TYPE (BwToast, bw_toast, GTK_TYPE_WIDGET)

static gboolean
on_timeout (gpointer user_data)
{
  BwToast *self = user_data;

  if (gtk_event_controller_motion_contains_pointer (GTK_EVENT_CONTROLLER_MOTION (self->motion))
      || gtk_event_controller_focus_contains_focus (GTK_EVENT_CONTROLLER_FOCUS (self->focus)))
    return G_SOURCE_CONTINUE;
  self->timeout_id = 0;
  bw_toast_hide (self);
  return G_SOURCE_REMOVE;
}

void
bw_toast_show (BwToast    *self,
               const char *text,
               const char *label,
               const char *action)
{
  g_return_if_fail (BW_IS_TOAST (self));

  gtk_label_set_text (self->label, text);
  gtk_widget_set_visible (GTK_WIDGET (self->button), action != NULL);
  gtk_button_set_label (self->button, label ? label : "");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->button), action);
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
  gtk_revealer_set_reveal_child (self->revealer, TRUE);
  g_clear_handle_id (&self->timeout_id, g_source_remove);
  self->timeout_id = g_timeout_add (SHOWN_MS, on_timeout, self);
}

void
bw_toast_hide (BwToast *self)
{
  g_return_if_fail (BW_IS_TOAST (self));

  g_clear_handle_id (&self->timeout_id, g_source_remove);
  gtk_revealer_set_reveal_child (self->revealer, FALSE);
}

/* What is not there takes no clicks from what lies below. */
static void
on_revealed (BwToast *self)
{
  if (!gtk_revealer_get_reveal_child (self->revealer)
      && !gtk_revealer_get_child_revealed (self->revealer))
    gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

static void
bw_toast_dispose (GObject *object)
{
  BwToast *self = BW_TOAST (object);
  GtkWidget *child;

  g_clear_handle_id (&self->timeout_id, g_source_remove);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))))
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (bw_toast_parent_class)->dispose (object);
}

static void
bw_toast_class_init (BwToastClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = bw_toast_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/boardwalk_pcb/Boardwalk/toast.ui");
  gtk_widget_class_bind_template_child (widget_class, BwToast, revealer);
  gtk_widget_class_bind_template_child (widget_class, BwToast, label);
  gtk_widget_class_bind_template_child (widget_class, BwToast, button);
  gtk_widget_class_bind_template_child (widget_class, BwToast, motion);
  gtk_widget_class_bind_template_child (widget_class, BwToast, focus);
  gtk_widget_class_bind_template_callback (widget_class, bw_toast_hide);
  gtk_widget_class_bind_template_callback (widget_class, on_revealed);
}

static void
bw_toast_init (BwToast *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
