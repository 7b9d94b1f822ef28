/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/bw-canvas.h"

#include <glib/gi18n.h>
#include <math.h>

#define FIT_MARGIN_PX 32
#define WHEEL_ZOOM 1.2      /* a notch of the wheel */
#define TOUCHPAD_ZOOM 1.006 /* a pixel of a touchpad, Ctrl held */
#define ARROW_PAN_PX 60

struct _BwCanvas
{
  GtkWidget parent_instance;

  BwFeed *feed;
  BwPort *port;
  BwPainter *painter;
  BwFrame *frame;
  BwShow show;
  BwCamera camera;
  BwStyle style;
  gboolean fit_pending;     /* no size yet, or still as fitted: resizing fits again */
  guint tick_id;

  cairo_surface_t *board_surface; /* what bw_painter_paint_board() drew, … */
  BwCamera board_camera;          /* … from here, … */
  int board_scale;                /* … with so many pixels of the screen to one of ours */

  gboolean space_held;
  gboolean pointer_inside;
  double pointer_x_px;
  double pointer_y_px;
  double last_drag_x_px;
  double last_drag_y_px;
  double last_pinch;
};

G_DEFINE_FINAL_TYPE (BwCanvas, bw_canvas, GTK_TYPE_WIDGET)

enum
{
  PROP_0,
  PROP_FRAME,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

/* The camera or what is drawn below the parts changed. */
static void
invalidate_board (BwCanvas *self)
{
  g_clear_pointer (&self->board_surface, cairo_surface_destroy);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
camera_moved (BwCanvas *self)
{
  self->fit_pending = FALSE;
  invalidate_board (self);
}

static gboolean
on_tick (GtkWidget     *widget,
         GdkFrameClock *clock,
         gpointer       user_data)
{
  BwCanvas *self = BW_CANVAS (widget);
  g_autoptr (BwFrame) frame = bw_port_take_frame (self->port);

  if (!frame)
    {
      self->tick_id = 0;
      return G_SOURCE_REMOVE;
    }
  g_clear_pointer (&self->frame, bw_frame_unref);
  self->frame = g_steal_pointer (&frame);
  bw_painter_set_poses (self->painter, self->frame->poses);
  gtk_widget_queue_draw (widget);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FRAME]);
  return G_SOURCE_CONTINUE;
}

static void
on_port (BwPort  *port,
         gpointer user_data)
{
  BwCanvas *self = user_data;

  if (!self->tick_id)
    self->tick_id = gtk_widget_add_tick_callback (GTK_WIDGET (self), on_tick, NULL, NULL);
}

static void
drop_feed (BwCanvas *self)
{
  if (self->tick_id)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->tick_id);
  self->tick_id = 0;
  if (self->port)
    bw_port_close (self->port);
  g_clear_pointer (&self->port, bw_port_unref);
  g_clear_pointer (&self->painter, bw_painter_free);
  g_clear_pointer (&self->frame, bw_frame_unref);
  g_clear_object (&self->feed);
  g_clear_pointer (&self->board_surface, cairo_surface_destroy);
}

void
bw_canvas_set_feed (BwCanvas  *self,
                    BwFeed    *feed,
                    BwPainter *painter)
{
  g_return_if_fail (BW_IS_CANVAS (self));
  g_return_if_fail (BW_IS_FEED (feed));

  drop_feed (self);
  self->feed = g_object_ref (feed);
  self->painter = painter;
  bw_painter_set_theme (painter, bw_theme_get (self->style));
  bw_painter_set_show (painter, self->show);
  self->port = bw_feed_subscribe (feed, NULL, on_port, self);
  self->frame = bw_port_take_frame (self->port);
  if (self->frame)
    bw_painter_set_poses (painter, self->frame->poses);
  bw_canvas_fit (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FRAME]);
}

BwFrame *
bw_canvas_get_frame (BwCanvas *self)
{
  g_return_val_if_fail (BW_IS_CANVAS (self), NULL);

  return self->frame;
}

void
bw_canvas_set_show (BwCanvas *self,
                    BwShow    show)
{
  g_return_if_fail (BW_IS_CANVAS (self));

  self->show = show;
  if (self->painter)
    bw_painter_set_show (self->painter, show);
  invalidate_board (self);
}

BwShow
bw_canvas_get_show (BwCanvas *self)
{
  g_return_val_if_fail (BW_IS_CANVAS (self), 0);

  return self->show;
}

void
bw_canvas_fit (BwCanvas *self)
{
  BwBox extents;

  g_return_if_fail (BW_IS_CANVAS (self));

  self->fit_pending = TRUE;
  if (!self->painter || self->camera.width_px < 1)
    return;
  extents = bw_painter_get_extents (self->painter);
  bw_camera_set_bounds (&self->camera, &extents);
  bw_camera_fit (&self->camera, &extents, FIT_MARGIN_PX);
  invalidate_board (self);
}

void
bw_canvas_zoom (BwCanvas *self,
                double    factor)
{
  g_return_if_fail (BW_IS_CANVAS (self));

  if (self->pointer_inside)
    bw_camera_zoom_at (&self->camera, self->pointer_x_px, self->pointer_y_px, factor);
  else
    bw_camera_zoom_at (&self->camera, self->camera.width_px / 2, self->camera.height_px / 2,
                       factor);
  camera_moved (self);
}

static void
bw_canvas_size_allocate (GtkWidget *widget,
                         int        width,
                         int        height,
                         int        baseline)
{
  BwCanvas *self = BW_CANVAS (widget);

  bw_camera_resize (&self->camera, width, height);
  if (self->fit_pending)
    bw_canvas_fit (self);
  else
    invalidate_board (self);
}

/* A surface of the canvas's size in the pixels of its screen. */
static cairo_surface_t *
create_surface (BwCanvas *self)
{
  int scale = gtk_widget_get_scale_factor (GTK_WIDGET (self));
  cairo_surface_t *surface =
    cairo_image_surface_create (CAIRO_FORMAT_ARGB32,
                                gtk_widget_get_width (GTK_WIDGET (self)) * scale,
                                gtk_widget_get_height (GTK_WIDGET (self)) * scale);

  cairo_surface_set_device_scale (surface, scale, scale);
  return surface;
}

static void
update_board_surface (BwCanvas *self)
{
  cairo_t *cr;

  if (self->board_surface && bw_camera_equal (&self->camera, &self->board_camera)
      && self->board_scale == gtk_widget_get_scale_factor (GTK_WIDGET (self)))
    return;
  g_clear_pointer (&self->board_surface, cairo_surface_destroy);
  self->board_surface = create_surface (self);
  self->board_camera = self->camera;
  self->board_scale = gtk_widget_get_scale_factor (GTK_WIDGET (self));
  cr = cairo_create (self->board_surface);
  bw_painter_paint_board (self->painter, cr, &self->camera);
  cairo_destroy (cr);
}

static GdkTexture *
paint_texture (BwCanvas *self)
{
  cairo_surface_t *surface = create_surface (self);
  int stride = cairo_image_surface_get_stride (surface);
  int height = cairo_image_surface_get_height (surface);
  g_autoptr (GBytes) bytes = NULL;
  cairo_t *cr = cairo_create (surface);

  cairo_set_operator (cr, CAIRO_OPERATOR_SOURCE);
  cairo_set_source_surface (cr, self->board_surface, 0, 0);
  cairo_paint (cr);
  cairo_set_operator (cr, CAIRO_OPERATOR_OVER);
  bw_painter_paint_parts (self->painter, cr, &self->camera);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  bytes = g_bytes_new_with_free_func (cairo_image_surface_get_data (surface),
                                      (gsize) stride * (gsize) height,
                                      (GDestroyNotify) cairo_surface_destroy, surface);
  return gdk_memory_texture_new (cairo_image_surface_get_width (surface), height,
                                 GDK_MEMORY_DEFAULT, bytes, (gsize) stride);
}

/* Into a texture of our own: GTK's cairo nodes record all that is drawn and play it back, which
 * takes three times as long for a board. */
static void
bw_canvas_snapshot (GtkWidget   *widget,
                    GtkSnapshot *snapshot)
{
  BwCanvas *self = BW_CANVAS (widget);
  graphene_rect_t bounds = GRAPHENE_RECT_INIT (0, 0, (float) gtk_widget_get_width (widget),
                                               (float) gtk_widget_get_height (widget));
  gint64 start_us = g_get_monotonic_time ();
  g_autoptr (GdkTexture) texture = NULL;

  if (!self->painter || bounds.size.width < 1 || bounds.size.height < 1)
    return;
  update_board_surface (self);
  texture = paint_texture (self);
  gtk_snapshot_append_texture (snapshot, texture, &bounds);
  g_debug ("painted in %.2f ms", (double) (g_get_monotonic_time () - start_us) / 1000.0);
}

/* The text's colour tells whether the style is a dark one, whoever chose it. */
static void
bw_canvas_css_changed (GtkWidget         *widget,
                       GtkCssStyleChange *change)
{
  BwCanvas *self = BW_CANVAS (widget);
  GdkRGBA color;
  BwStyle style;

  GTK_WIDGET_CLASS (bw_canvas_parent_class)->css_changed (widget, change);
  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &color);
  style = color.red + color.green + color.blue > 1.5f ? BW_STYLE_DARK : BW_STYLE_LIGHT;
  if (style == self->style)
    return;
  self->style = style;
  if (self->painter)
    bw_painter_set_theme (self->painter, bw_theme_get (style));
  invalidate_board (self);
}

static gboolean
on_scroll (GtkEventControllerScroll *controller,
           double                    dx,
           double                    dy,
           gpointer                  user_data)
{
  BwCanvas *self = user_data;
  GdkModifierType state =
    gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (controller));
  gboolean wheel = gtk_event_controller_scroll_get_unit (controller) == GDK_SCROLL_UNIT_WHEEL;

  if (!self->painter)
    return GDK_EVENT_PROPAGATE;
  if (wheel && (state & GDK_SHIFT_MASK))
    bw_camera_pan (&self->camera, -(dx + dy) * ARROW_PAN_PX, 0);
  else if (wheel)
    bw_camera_zoom_at (&self->camera, self->pointer_x_px, self->pointer_y_px,
                       pow (WHEEL_ZOOM, -dy));
  else if (state & GDK_CONTROL_MASK)
    bw_camera_zoom_at (&self->camera, self->pointer_x_px, self->pointer_y_px,
                       pow (TOUCHPAD_ZOOM, -dy));
  else
    bw_camera_pan (&self->camera, -dx, -dy);
  camera_moved (self);
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
}

static void
on_leave (GtkEventControllerMotion *controller,
          gpointer                  user_data)
{
  BwCanvas *self = user_data;

  self->pointer_inside = FALSE;
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
  if (!self->painter || (button != GDK_BUTTON_MIDDLE
                         && !(button == GDK_BUTTON_PRIMARY && self->space_held)))
    {
      gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_DENIED);
      return;
    }
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  self->last_drag_x_px = self->last_drag_y_px = 0;
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), "grabbing");
}

static void
on_drag_update (GtkGestureDrag *gesture,
                double          x,
                double          y,
                gpointer        user_data)
{
  BwCanvas *self = user_data;

  bw_camera_pan (&self->camera, x - self->last_drag_x_px, y - self->last_drag_y_px);
  self->last_drag_x_px = x;
  self->last_drag_y_px = y;
  camera_moved (self);
}

static void
on_drag_end (GtkGestureDrag *gesture,
             double          x,
             double          y,
             gpointer        user_data)
{
  BwCanvas *self = user_data;

  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), self->space_held ? "grab" : NULL);
}

static void
on_pinch_begin (GtkGesture       *gesture,
                GdkEventSequence *sequence,
                gpointer          user_data)
{
  BwCanvas *self = user_data;

  self->last_pinch = 1;
}

static void
on_pinch (GtkGestureZoom *gesture,
          double          scale,
          gpointer        user_data)
{
  BwCanvas *self = user_data;
  double x, y;

  if (!self->painter || scale <= 0)
    return;
  if (!gtk_gesture_get_bounding_box_center (GTK_GESTURE (gesture), &x, &y))
    x = self->pointer_x_px, y = self->pointer_y_px;
  bw_camera_zoom_at (&self->camera, x, y, scale / self->last_pinch);
  self->last_pinch = scale;
  camera_moved (self);
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
  bw_camera_pan (&self->camera, dx * ARROW_PAN_PX, dy * ARROW_PAN_PX);
  camera_moved (self);
  return TRUE;
}

static void
bw_canvas_get_property (GObject    *object,
                        guint       property_id,
                        GValue     *value,
                        GParamSpec *pspec)
{
  BwCanvas *self = BW_CANVAS (object);

  switch (property_id)
    {
    case PROP_FRAME:
      g_value_set_pointer (value, self->frame);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
bw_canvas_dispose (GObject *object)
{
  drop_feed (BW_CANVAS (object));
  G_OBJECT_CLASS (bw_canvas_parent_class)->dispose (object);
}

static void
add_keys (GtkWidgetClass *widget_class)
{
  static const struct
  {
    guint key;
    const char *action;
  } actions[] = {
    { GDK_KEY_plus, "win.zoom-in" },   { GDK_KEY_KP_Add, "win.zoom-in" },
    { GDK_KEY_equal, "win.zoom-in" },  { GDK_KEY_minus, "win.zoom-out" },
    { GDK_KEY_KP_Subtract, "win.zoom-out" }, { GDK_KEY_0, "win.fit" },
    { GDK_KEY_KP_0, "win.fit" },       { GDK_KEY_Home, "win.fit" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_add_binding_action (widget_class, actions[i].key, 0, actions[i].action, NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_plus, GDK_SHIFT_MASK, "win.zoom-in",
                                       NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Left, 0, pan_by_key, "(ii)", 1, 0);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Right, 0, pan_by_key, "(ii)", -1, 0);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Up, 0, pan_by_key, "(ii)", 0, 1);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Down, 0, pan_by_key, "(ii)", 0, -1);
}

static void
bw_canvas_class_init (BwCanvasClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = bw_canvas_dispose;
  object_class->get_property = bw_canvas_get_property;
  widget_class->size_allocate = bw_canvas_size_allocate;
  widget_class->snapshot = bw_canvas_snapshot;
  widget_class->css_changed = bw_canvas_css_changed;

  properties[PROP_FRAME] =
    g_param_spec_pointer ("frame", NULL, NULL,
                          G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  add_keys (widget_class);
  gtk_widget_class_set_css_name (widget_class, "canvas");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
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

static void
bw_canvas_init (BwCanvas *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();

  self->camera = bw_camera_new (0, 0);
  self->show = BW_SHOW_DEFAULT;
  self->last_pinch = 1;
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Board"),
                                  -1);
  add_pointer_controllers (self);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key_pressed), self);
  g_signal_connect (keys, "key-released", G_CALLBACK (on_key_released), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  g_signal_connect (focus, "leave", G_CALLBACK (on_focus_lost), self);
  gtk_widget_add_controller (GTK_WIDGET (self), focus);
}
