/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/bw-canvas-private.h"

#include <math.h>

#define DRAG_THRESHOLD_PX 4

static gboolean
on_scroll (GtkEventControllerScroll *controller,
           double                    dx,
           double                    dy,
           gpointer                  user_data)
{
  BwCanvas *self = user_data;
  GdkModifierType state =
    gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (controller));
  const BwScroll scroll = {
    .dx = dx, .dy = dy,
    .is_wheel = gtk_event_controller_scroll_get_unit (controller) == GDK_SCROLL_UNIT_WHEEL,
    .is_zoom = (state & GDK_CONTROL_MASK) != 0,
    .is_pan = (state & GDK_SHIFT_MASK) != 0,
  };

  if (!self->painting)
    return GDK_EVENT_PROPAGATE;
  bw_gesture_scroll (&self->camera, self->pointer_x_px, self->pointer_y_px, &scroll);
  bw_canvas_camera_moved (self);
  return GDK_EVENT_STOP;
}

static void
on_motion (GtkEventControllerMotion *controller,
           double                    x,
           double                    y,
           gpointer                  user_data)
{
  BwCanvas *self = user_data;

  self->pointer_inside = TRUE;
  self->pointer_x_px = x;
  self->pointer_y_px = y;
  self->pointer_surface_x_px = x;
  self->pointer_surface_y_px = y;
  bw_canvas_to_surface (self, &self->pointer_surface_x_px, &self->pointer_surface_y_px);
  bw_canvas_update_drag (self, x, y);
  bw_canvas_hover (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
on_leave (GtkEventControllerMotion *controller,
          gpointer                  user_data)
{
  BwCanvas *self = user_data;

  self->pointer_inside = FALSE;
  bw_canvas_hover (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
on_drag_begin (GtkGestureDrag *gesture,
               double          x,
               double          y,
               gpointer        user_data)
{
  BwCanvas *self = user_data;
  guint button = gtk_gesture_single_get_current_button (GTK_GESTURE_SINGLE (gesture));

  gtk_widget_grab_focus (GTK_WIDGET (self));
  self->last_drag_x_px = self->last_drag_y_px = 0;
  self->overview_dragged = button == GDK_BUTTON_PRIMARY && bw_canvas_overview_holds (self, x, y);
  if (self->overview_dragged)
    {
      gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
      bw_canvas_overview_go_to (self, x, y);
      return;
    }
  /* A part is taken along from the first pixels on: until then this may be a click. */
  if (self->painting && button == GDK_BUTTON_PRIMARY && !self->space_held && self->dragged < 0)
    return;
  if (!self->painting || (button != GDK_BUTTON_MIDDLE
                         && !(button == GDK_BUTTON_PRIMARY && self->space_held)))
    {
      gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_DENIED);
      return;
    }
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), "grabbing");
}

static gboolean
is_shift_held (gpointer gesture)
{
  GdkModifierType state = gtk_event_controller_get_current_event_state (gesture);

  return (state & GDK_SHIFT_MASK) != 0;
}

/* Of the primary button: the part that the drag began on, or else a box. */
static void
drag_part (BwCanvas       *self,
           GtkGestureDrag *gesture,
           double          x,
           double          y)
{
  double start_x, start_y;

  gtk_gesture_drag_get_start_point (gesture, &start_x, &start_y);
  if (self->dragged < 0 && !self->banding)
    {
      gint32 footprint = is_shift_held (gesture) || self->region_wanted
                           ? -1
                           : bw_canvas_pick (self, start_x, start_y);

      if (hypot (x, y) < DRAG_THRESHOLD_PX)
        return;
      if (footprint >= 0)
        bw_canvas_begin_drag (self, footprint, start_x, start_y);
      else
        bw_canvas_begin_band (self, start_x, start_y);
      self->dragged_by_button = self->dragged >= 0;
      gtk_gesture_set_state (GTK_GESTURE (gesture), self->dragged >= 0 || self->banding
                                                      ? GTK_EVENT_SEQUENCE_CLAIMED
                                                      : GTK_EVENT_SEQUENCE_DENIED);
    }
  bw_canvas_update_drag (self, start_x + x, start_y + y);
}

static void
on_drag_update (GtkGestureDrag *gesture,
                double          x,
                double          y,
                gpointer        user_data)
{
  BwCanvas *self = user_data;
  double start_x, start_y;

  if (self->overview_dragged)
    {
      gtk_gesture_drag_get_start_point (gesture, &start_x, &start_y);
      bw_canvas_overview_go_to (self, start_x + x, start_y + y);
      return;
    }
  if (gtk_gesture_single_get_current_button (GTK_GESTURE_SINGLE (gesture)) == GDK_BUTTON_PRIMARY
      && !self->space_held)
    {
      drag_part (self, gesture, x, y);
      return;
    }
  bw_camera_pan (&self->camera, x - self->last_drag_x_px, y - self->last_drag_y_px);
  self->last_drag_x_px = x;
  self->last_drag_y_px = y;
  bw_canvas_camera_moved (self);
}

static void
on_drag_end (GtkGestureDrag *gesture,
             double          x,
             double          y,
             gpointer        user_data)
{
  BwCanvas *self = user_data;

  /* What follows the pointer without a button is put down by a press, not by the release of one
   * that panned. */
  if (self->dragged_by_button)
    bw_canvas_end_move (self);
  bw_canvas_end_band (self, is_shift_held (gesture));
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), self->space_held ? "grab" : NULL);
}

static void
on_pinch_begin (GtkGesture       *gesture,
                GdkEventSequence *sequence,
                gpointer          user_data)
{
  BwCanvas *self = user_data;

  self->pinch = (BwPinch) { 0 };
}

static void
on_pinch (GtkGestureZoom *gesture,
          double          scale,
          gpointer        user_data)
{
  BwCanvas *self = user_data;
  double x, y;

  if (!self->painting)
    return;
  if (!gtk_gesture_get_bounding_box_center (GTK_GESTURE (gesture), &x, &y))
    x = self->pointer_x_px, y = self->pointer_y_px;
  bw_gesture_pinch (&self->camera, &self->pinch, scale, x, y);
  bw_canvas_camera_moved (self);
}

static gboolean
on_key_pressed (GtkEventControllerKey *controller,
                guint                  keyval,
                guint                  keycode,
                GdkModifierType        state,
                gpointer               user_data)
{
  BwCanvas *self = user_data;

  if (keyval != GDK_KEY_space)
    return GDK_EVENT_PROPAGATE;
  if (!self->space_held)
    gtk_widget_set_cursor_from_name (GTK_WIDGET (self), "grab");
  self->space_held = TRUE;
  return GDK_EVENT_STOP;
}

static void
on_key_released (GtkEventControllerKey *controller,
                 guint                  keyval,
                 guint                  keycode,
                 GdkModifierType        state,
                 gpointer               user_data)
{
  BwCanvas *self = user_data;

  if (keyval != GDK_KEY_space)
    return;
  self->space_held = FALSE;
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), NULL);
}

/* The release of the key goes to whoever has the focus then. */
static void
on_focus_lost (GtkEventControllerFocus *controller,
               gpointer                 user_data)
{
  BwCanvas *self = user_data;

  self->space_held = FALSE;
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), NULL);
}

static gboolean
pan_by_key (GtkWidget *widget,
            GVariant  *args,
            gpointer   user_data)
{
  BwCanvas *self = BW_CANVAS (widget);
  int dx, dy;

  g_variant_get (args, "(ii)", &dx, &dy);
  if (self->dragged >= 0)
    {
      bw_canvas_nudge_drag (self, -dx, -dy);
      return TRUE;
    }
  bw_camera_pan (&self->camera, dx * BW_GESTURE_STEP_PX, dy * BW_GESTURE_STEP_PX);
  bw_canvas_camera_moved (self);
  return TRUE;
}

static gboolean
drop_by_key (GtkWidget *widget,
             GVariant  *args,
             gpointer   user_data)
{
  return bw_canvas_end_move (BW_CANVAS (widget));
}

void
bw_canvas_add_view_keys (GtkWidgetClass  *widget_class,
                         GtkShortcutFunc  func)
{
  static const struct
  {
    guint key;
    const char *action;
  } actions[] = {
    { GDK_KEY_plus, "win.zoom-in" },   { GDK_KEY_KP_Add, "win.zoom-in" },
    { GDK_KEY_equal, "win.zoom-in" },  { GDK_KEY_minus, "win.zoom-out" },
    { GDK_KEY_KP_Subtract, "win.zoom-out" }, { GDK_KEY_0, "win.fit" },
    { GDK_KEY_KP_0, "win.fit" },
    { GDK_KEY_1, "win.show-grid" },    { GDK_KEY_KP_1, "win.show-grid" },
    { GDK_KEY_2, "win.show-ratsnest" }, { GDK_KEY_KP_2, "win.show-ratsnest" },
    { GDK_KEY_3, "win.show-trails" },  { GDK_KEY_KP_3, "win.show-trails" },
    { GDK_KEY_4, "win.show-forces" },  { GDK_KEY_KP_4, "win.show-forces" },
    { GDK_KEY_5, "win.show-pads" },    { GDK_KEY_KP_5, "win.show-pads" },
    { GDK_KEY_6, "win.show-references" }, { GDK_KEY_KP_6, "win.show-references" },
    { GDK_KEY_7, "win.show-modules" }, { GDK_KEY_KP_7, "win.show-modules" },
    { GDK_KEY_8, "win.show-heat" },    { GDK_KEY_KP_8, "win.show-heat" },
    { GDK_KEY_9, "win.show-tracks" },  { GDK_KEY_KP_9, "win.show-tracks" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_add_binding (widget_class, actions[i].key, 0, func, "s", actions[i].action);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_plus, GDK_SHIFT_MASK, func, "s",
                                "win.zoom-in");
}

static gboolean
activate_by_key (GtkWidget *widget,
                 GVariant  *args,
                 gpointer   user_data)
{
  return gtk_widget_activate_action (widget, g_variant_get_string (args, NULL), NULL);
}

void
bw_canvas_add_keys (GtkWidgetClass *widget_class)
{
  static const struct
  {
    guint key;
    const char *action;
  } actions[] = {
    { GDK_KEY_Home, "win.fit" },       { GDK_KEY_n, "win.show-minimap" },
    { GDK_KEY_e, "win.properties" },   { GDK_KEY_Escape, "win.deselect" },
    { GDK_KEY_m, "win.move" },         { GDK_KEY_r, "win.rotate" },
    { GDK_KEY_f, "win.flip" },         { GDK_KEY_l, "win.lock" },
    { GDK_KEY_u, "win.select-connected" }, { GDK_KEY_g, "win.select-same-module" },
  };

  bw_canvas_add_view_keys (widget_class, activate_by_key);
  for (gsize i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_add_binding_action (widget_class, actions[i].key, 0, actions[i].action, NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_a, GDK_CONTROL_MASK, "win.select-all",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_p, GDK_SHIFT_MASK,
                                       "win.place-selection", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_u, GDK_SHIFT_MASK,
                                       "win.untangle-selection", NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Return, 0, drop_by_key, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_KP_Enter, 0, drop_by_key, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Left, 0, pan_by_key, "(ii)", 1, 0);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Right, 0, pan_by_key, "(ii)", -1, 0);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Up, 0, pan_by_key, "(ii)", 0, 1);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Down, 0, pan_by_key, "(ii)", 0, -1);
}

static void
add_pointer_controllers (BwCanvas *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  GtkEventController *scroll =
    gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_BOTH_AXES);
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkGesture *drag = gtk_gesture_drag_new ();
  GtkGesture *pinch = gtk_gesture_zoom_new ();

  g_signal_connect (scroll, "scroll", G_CALLBACK (on_scroll), self);
  gtk_widget_add_controller (widget, scroll);
  g_signal_connect (motion, "enter", G_CALLBACK (on_motion), self);
  g_signal_connect (motion, "motion", G_CALLBACK (on_motion), self);
  g_signal_connect (motion, "leave", G_CALLBACK (on_leave), self);
  gtk_widget_add_controller (widget, motion);
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (drag), 0);
  g_signal_connect (drag, "drag-begin", G_CALLBACK (on_drag_begin), self);
  g_signal_connect (drag, "drag-update", G_CALLBACK (on_drag_update), self);
  g_signal_connect (drag, "drag-end", G_CALLBACK (on_drag_end), self);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (drag));
  g_signal_connect (pinch, "begin", G_CALLBACK (on_pinch_begin), self);
  g_signal_connect (pinch, "scale-changed", G_CALLBACK (on_pinch), self);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (pinch));
}

void
bw_canvas_add_controllers (BwCanvas *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();

  add_pointer_controllers (self);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key_pressed), self);
  g_signal_connect (keys, "key-released", G_CALLBACK (on_key_released), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  g_signal_connect (focus, "leave", G_CALLBACK (on_focus_lost), self);
  gtk_widget_add_controller (GTK_WIDGET (self), focus);
}
