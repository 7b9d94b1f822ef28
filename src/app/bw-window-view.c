/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/bw-window-private.h"

#include "app/bw-settings.h"

#define ZOOM_STEP 1.25

static void
on_fit (GSimpleAction *action,
        GVariant      *parameter,
        gpointer       user_data)
{
  bw_canvas_fit (BW_WINDOW (user_data)->canvas);
}

static void
on_zoom_in (GSimpleAction *action,
            GVariant      *parameter,
            gpointer       user_data)
{
  bw_canvas_zoom (BW_WINDOW (user_data)->canvas, ZOOM_STEP);
}

static void
on_zoom_out (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       user_data)
{
  bw_canvas_zoom (BW_WINDOW (user_data)->canvas, 1 / ZOOM_STEP);
}

static void
change_flip_view (GSimpleAction *action,
                  GVariant      *value,
                  gpointer       user_data)
{
  bw_canvas_set_flipped (BW_WINDOW (user_data)->canvas, g_variant_get_boolean (value));
  g_simple_action_set_state (action, value);
}

static void
change_inches (GSimpleAction *action,
               GVariant      *value,
               gpointer       user_data)
{
  GSettings *settings = bw_settings_get ();

  bw_canvas_set_inches (BW_WINDOW (user_data)->canvas, g_variant_get_boolean (value));
  g_simple_action_set_state (action, value);
  if (settings)
    g_settings_set_boolean (settings, BW_SETTINGS_INCHES, g_variant_get_boolean (value));
}

/* Also where another window, or another program, has chosen. */
static void
take_inches (BwWindow *self)
{
  gboolean inches = g_settings_get_boolean (bw_settings_get (), BW_SETTINGS_INCHES);
  g_autoptr (GVariant) state = g_action_group_get_action_state (G_ACTION_GROUP (self), "inches");

  if (inches != g_variant_get_boolean (state))
    g_action_group_change_action_state (G_ACTION_GROUP (self), "inches",
                                        g_variant_new_boolean (inches));
}

static void
change_show_panel (GSimpleAction *action,
                   GVariant      *value,
                   gpointer       user_data)
{
  BwWindow *self = user_data;
  gboolean shown = g_variant_get_boolean (value);

  gtk_widget_set_visible (GTK_WIDGET (self->side_panel), shown);
  g_simple_action_set_state (action, value);
  if (shown)
    bw_side_panel_focus (self->side_panel, NULL);
  else
    gtk_widget_grab_focus (GTK_WIDGET (self->canvas));
}

static void
on_panel (GSimpleAction *action,
          GVariant      *parameter,
          gpointer       user_data)
{
  BwWindow *self = user_data;

  g_action_group_change_action_state (G_ACTION_GROUP (self), "show-panel",
                                      g_variant_new_boolean (TRUE));
  bw_side_panel_focus (self->side_panel, g_variant_get_string (parameter, NULL));
}

static void
on_live (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  bw_timeline_go_live (BW_WINDOW (user_data)->timeline);
}

static void
on_play (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  bw_timeline_toggle_play (BW_WINDOW (user_data)->timeline);
}

void
bw_window_update_view (BwWindow *self)
{
  static const char *const view_actions[] = {
    "fit", "zoom-in", "zoom-out", "flip-view", "inches", "show-panel", "panel", "live",
    "play",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (view_actions); i++)
    bw_window_set_action_enabled (self, view_actions[i], self->session != NULL);
  bw_window_update_layers (self);
  gtk_widget_set_visible (self->panel_button, self->session != NULL);
}

/* A popover is a place of its own. */
static gboolean
is_beside_canvas (BwWindow *self)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));

  return self->session && focus && focus != GTK_WIDGET (self->canvas)
         && !gtk_widget_get_ancestor (focus, GTK_TYPE_POPOVER);
}

static gboolean
on_view_key (GtkWidget *widget,
             GVariant  *args,
             gpointer   user_data)
{
  return is_beside_canvas (BW_WINDOW (widget))
         && gtk_widget_activate_action (widget, g_variant_get_string (args, NULL), NULL);
}

static gboolean
on_escape (GtkWidget *widget,
           GVariant  *args,
           gpointer   user_data)
{
  BwWindow *self = BW_WINDOW (widget);

  return is_beside_canvas (self) && gtk_widget_grab_focus (GTK_WIDGET (self->canvas));
}

void
bw_window_bind_view (GtkWidgetClass *widget_class)
{
  bw_canvas_add_view_keys (widget_class, on_view_key);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, on_escape, NULL);
  gtk_widget_class_bind_template_child (widget_class, BwWindow, paned);
  gtk_widget_class_bind_template_child (widget_class, BwWindow, panel_button);
  gtk_widget_class_bind_template_child (widget_class, BwWindow, side_panel);
  gtk_widget_class_bind_template_child (widget_class, BwWindow, timeline);
}

void
bw_window_init_view (BwWindow *self)
{
  GSettings *settings = bw_settings_get ();

  bw_side_panel_set_canvas (self->side_panel, self->canvas);
  bw_timeline_set_canvas (self->timeline, self->canvas);
  bw_window_init_layers (self);
  g_signal_connect_object (self->canvas, "notify::past", G_CALLBACK (bw_window_update_hand), self,
                           G_CONNECT_SWAPPED);
  if (!settings)
    return;
  take_inches (self);
  g_signal_connect_object (settings, "changed::" BW_SETTINGS_INCHES, G_CALLBACK (take_inches), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (settings, "changed::" BW_SETTINGS_KEEP_UNSAVED,
                           G_CALLBACK (bw_window_update_recovery), self, G_CONNECT_SWAPPED);
  if (g_settings_get_boolean (settings, BW_SETTINGS_PANEL_VISIBLE))
    g_action_group_change_action_state (G_ACTION_GROUP (self), "show-panel",
                                        g_variant_new_boolean (TRUE));
}

BwViewState *
bw_window_dup_view (BwWindow *self)
{
  const BwCamera *camera = bw_canvas_get_camera (self->canvas);
  BwViewState *view = g_new0 (BwViewState, 1);

  view->whole = bw_canvas_is_fit (self->canvas);
  view->center_x_mm = camera->center_x_mm;
  view->center_y_mm = camera->center_y_mm;
  view->scale_px_per_mm = camera->scale_px_per_mm;
  view->flipped = camera->flipped;
  view->layers = bw_window_dup_layers (self);
  return view;
}

void
bw_window_restore_view (BwWindow          *self,
                        const BwViewState *view)
{
  if (!view)
    return;
  g_action_group_change_action_state (G_ACTION_GROUP (self), "flip-view",
                                      g_variant_new_boolean (view->flipped));
  if (view->layers)
    bw_window_set_layers (self, (const char *const *) view->layers);
  if (view->whole)
    bw_canvas_fit (self->canvas);
  else
    bw_canvas_look_at (self->canvas, view->center_x_mm, view->center_y_mm,
                       view->scale_px_per_mm);
}

/* What a task that remembers a view needs. */
typedef struct
{
  GApplication *application; /* must not end before this has */
  GFile *file;
  BwViewState *view;
} Remembering;

static void
remembering_free (Remembering *remembering)
{
  g_object_unref (remembering->file);
  bw_view_state_free (remembering->view);
  g_free (remembering);
}

static void
remember_in_thread (GTask        *task,
                    gpointer      source,
                    gpointer      task_data,
                    GCancellable *cancellable)
{
  const Remembering *remembering = task_data;
  g_autoptr (GError) error = NULL;

  if (!bw_view_state_write (remembering->file, remembering->view, &error))
    g_message ("%s", error->message);
  g_task_return_boolean (task, TRUE);
}

static void
on_remembered (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  const Remembering *remembering = g_task_get_task_data (G_TASK (result));

  g_application_release (remembering->application);
}

static void
remember_board_view (BwWindow *self)
{
  Remembering *remembering = g_new0 (Remembering, 1);
  g_autoptr (GTask) task = g_task_new (NULL, NULL, on_remembered, NULL);

  remembering->application = G_APPLICATION (gtk_window_get_application (GTK_WINDOW (self)));
  g_application_hold (remembering->application);
  remembering->file = g_object_ref (self->file);
  remembering->view = bw_window_dup_view (self);
  g_task_set_name (task, "remember_board_view");
  g_task_set_task_data (task, remembering, (GDestroyNotify) remembering_free);
  g_task_run_in_thread (task, remember_in_thread);
}

void
bw_window_remember_view (BwWindow *self)
{
  GSettings *settings = bw_settings_get ();

  if (self->session)
    remember_board_view (self);
  if (!settings)
    return;
  g_settings_set_boolean (settings, BW_SETTINGS_PANEL_VISIBLE,
                          gtk_widget_get_visible (GTK_WIDGET (self->side_panel)));
}

const GActionEntry bw_window_view_actions[] = {
  { .name = "fit", .activate = on_fit },
  { .name = "zoom-in", .activate = on_zoom_in },
  { .name = "zoom-out", .activate = on_zoom_out },
  { .name = "flip-view", .state = "false", .change_state = change_flip_view },
  { .name = "inches", .state = "false", .change_state = change_inches },
  { .name = "live", .activate = on_live },
  { .name = "play", .activate = on_play },
  { .name = "panel", .activate = on_panel, .parameter_type = "s" },
  { .name = "show-panel", .state = "false", .change_state = change_show_panel },
};
const guint bw_window_n_view_actions = G_N_ELEMENTS (bw_window_view_actions);
