/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/bw-canvas-private.h"

#include <glib/gi18n.h>

#include "app/bw-style.h"

#define FIT_MARGIN_PX 32
/* More of it is above, where a bar of one line may come: it covers none of the board then. */
#define FIT_ABOVE_PX 20

/* What is wider and comes beside the canvas would lie over much of a fitted board: it is fitted. */
#define WIDEST_PX 120

G_DEFINE_FINAL_TYPE (BwCanvas, bw_canvas, GTK_TYPE_WIDGET)

enum
{
  PROP_0,
  PROP_FRAME,
  PROP_PAST,
  PROP_SELECTED,
  PROP_REGION_WANTED,
  N_PROPS
};


static GParamSpec *properties[N_PROPS];
static guint live_frame_signal;

static BwPaintRequest
describe_picture (BwCanvas *self)
{
  return (BwPaintRequest) {
    .camera = self->camera,
    .scale = gtk_widget_get_scale_factor (GTK_WIDGET (self)),
    .style = self->style,
    .show = self->show,
    .grid_mm = self->grid_mm,
    .heat = self->heat,
    .past = self->past,
    .frame = self->drawn,
    .hidden = self->hidden,
    .selected = self->selected,
  };
}

void
bw_canvas_fill_request (BwCanvas       *self,
                        BwPaintRequest *request)
{
  g_return_if_fail (BW_IS_CANVAS (self));

  *request = describe_picture (self);
  request->frame = self->frame;
  /* What is selected is of the one who looks, not of the board. */
  request->selected = NULL;
  if (request->frame)
    bw_frame_ref (request->frame);
  if (request->hidden)
    g_bytes_ref (request->hidden);
}

/* The old picture is shown until the new one is there: moved and scaled where the camera moved. */
void
bw_canvas_request_picture (BwCanvas *self)
{
  BwPaintRequest request = describe_picture (self);

  if (self->painting && self->camera.width_px >= 1 && self->camera.height_px >= 1)
    bw_paint_thread_request (self->painting, &request);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
on_picture (cairo_surface_t      *surface,
            const BwPaintRequest *request,
            gpointer              user_data)
{
  BwCanvas *self = user_data;

  g_clear_pointer (&self->picture, bw_canvas_picture_free);
  self->picture = bw_canvas_picture_new (surface, &request->camera);
  g_clear_pointer (&self->picture_frame, bw_frame_unref);
  self->picture_frame = request->frame ? bw_frame_ref (request->frame) : NULL;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
bw_canvas_camera_moved (BwCanvas *self)
{
  self->fit_pending = FALSE;
  bw_canvas_rebase_drag (self);
  bw_canvas_request_picture (self);
}

static void
show_frame (BwCanvas *self,
            BwFrame  *frame,
            gboolean  at_once)
{
  bw_frame_ref (frame);
  g_clear_pointer (&self->frame, bw_frame_unref);
  self->frame = frame;
  bw_canvas_set_out (self, at_once);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FRAME]);
}

void
bw_canvas_show_past (BwCanvas *self,
                     BwFrame  *frame)
{
  gboolean past = frame != NULL;

  g_return_if_fail (BW_IS_CANVAS (self));

  if (!self->live || (!past && !self->past))
    return;
  if (past != self->past)
    {
      bw_canvas_end_move (self);
      self->past = past;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PAST]);
    }
  show_frame (self, past ? frame : self->live, TRUE);
}

gboolean
bw_canvas_get_past (BwCanvas *self)
{
  g_return_val_if_fail (BW_IS_CANVAS (self), FALSE);

  return self->past;
}

/* Nothing else follows the end of a run, nor is there anything else before the first. */
static gboolean
is_by_hand (const BwFrame *frame,
            const BwFrame *before)
{
  return frame->epoch == before->epoch && (before->final || frame->epoch == 0);
}

static gboolean
on_tick (GtkWidget     *widget,
         GdkFrameClock *clock,
         gpointer       user_data)
{
  BwCanvas *self = BW_CANVAS (widget);
  g_autoptr (BwFrame) frame = bw_port_take_frame (self->port);
  gboolean is_new = frame != NULL;

  if (is_new)
    {
      g_autoptr (BwFrame) before = g_steal_pointer (&self->live);
      gboolean by_hand = is_by_hand (frame, before);

      self->live = g_steal_pointer (&frame);
      if (!self->past)
        show_frame (self, self->live, by_hand);
      if (!self->past && !by_hand)
        bw_canvas_follow (self);
    }
  if (!bw_canvas_glide (self, clock) && !is_new)
    {
      self->tick_id = 0;
      return G_SOURCE_REMOVE;
    }
  if (is_new)
    g_signal_emit (self, live_frame_signal, 0);
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
  g_clear_pointer (&self->painting, bw_paint_thread_close);
  g_clear_pointer (&self->live, bw_frame_unref);
  g_clear_pointer (&self->frame, bw_frame_unref);
  g_clear_pointer (&self->drawn, bw_frame_unref);
  self->glided_us = 0;
  self->past = self->seen = FALSE;
  g_clear_pointer (&self->picture_frame, bw_frame_unref);
  g_clear_object (&self->feed);
  g_clear_pointer (&self->hidden, g_bytes_unref);
  g_clear_pointer (&self->people, g_ptr_array_unref);
  g_array_set_size (self->nets, 0);
  g_clear_pointer (&self->picture, bw_canvas_picture_free);
  g_clear_pointer (&self->overview, bw_canvas_overview_free);
}

void
bw_canvas_set_feed (BwCanvas  *self,
                    BwFeed    *feed,
                    BwPainter *painter)
{
  g_return_if_fail (BW_IS_CANVAS (self));
  g_return_if_fail (BW_IS_FEED (feed));

  drop_feed (self);
  bw_canvas_reset_selection (self, bw_feed_get_board (feed)->n_footprints);
  self->hovered = self->hovered_pad = self->dragged = -1;
  self->feed = g_object_ref (feed);
  self->painting = bw_paint_thread_new (bw_feed_get_board (feed), painter, on_picture, self);
  self->port = bw_feed_subscribe (feed, NULL, on_port, self);
  bw_canvas_wish_forces (self);
  self->live = bw_port_take_frame (self->port);
  self->frame = bw_frame_ref (self->live);
  self->drawn = bw_frame_ref (self->live);
  bw_canvas_fit (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FRAME]);
}

BwFrame *
bw_canvas_get_frame (BwCanvas *self)
{
  g_return_val_if_fail (BW_IS_CANVAS (self), NULL);

  return self->frame;
}

BwFrame *
bw_canvas_get_drawn (BwCanvas *self)
{
  g_return_val_if_fail (BW_IS_CANVAS (self), NULL);

  return self->drawn;
}

void
bw_canvas_notify_selected (BwCanvas *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SELECTED]);
}

void
bw_canvas_want_region (BwCanvas *self,
                       gboolean  wanted)
{
  if (wanted == self->region_wanted)
    return;
  self->region_wanted = wanted;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_REGION_WANTED]);
}

/* For arrows on all parts, or to tell what pulls at the one below the pointer. */
void
bw_canvas_wish_forces (BwCanvas *self)
{
  if (self->port)
    bw_port_set_forces (self->port, (self->show & BW_SHOW_FORCES) != 0 || self->hovered >= 0);
}

void
bw_canvas_set_show (BwCanvas *self,
                    BwShow    show)
{
  g_return_if_fail (BW_IS_CANVAS (self));

  self->show = show;
  bw_canvas_wish_forces (self);
  bw_canvas_request_picture (self);
}

void
bw_canvas_set_grid (BwCanvas *self,
                    double    step_mm)
{
  g_return_if_fail (BW_IS_CANVAS (self) && step_mm > 0);

  self->grid_mm = step_mm;
  bw_canvas_request_picture (self);
}

void
bw_canvas_set_heat (BwCanvas  *self,
                    BwHeatKind kind)
{
  g_return_if_fail (BW_IS_CANVAS (self));

  self->heat = kind;
  bw_canvas_request_picture (self);
}

BwShow
bw_canvas_get_show (BwCanvas *self)
{
  g_return_val_if_fail (BW_IS_CANVAS (self), 0);

  return self->show;
}

void
bw_canvas_set_flipped (BwCanvas *self,
                       gboolean  flipped)
{
  g_return_if_fail (BW_IS_CANVAS (self));

  self->camera.flipped = flipped != FALSE;
  bw_canvas_camera_moved (self);
}

/* Where the camera may go. */
static BwBox
update_bounds (BwCanvas *self)
{
  BwBox extents = bw_painter_find_extents (bw_feed_get_board (self->feed), self->frame->poses);

  bw_camera_set_bounds (&self->camera, &extents);
  return extents;
}

void
bw_canvas_fit (BwCanvas *self)
{
  BwBox extents;
  double width_px = self->camera.width_px, height_px = self->camera.height_px;

  g_return_if_fail (BW_IS_CANVAS (self));

  self->fit_pending = TRUE;
  if (!self->frame || self->camera.width_px < 1)
    return;
  extents = self->fitted = update_bounds (self);
  bw_camera_resize (&self->camera, width_px,
                    MAX (height_px - self->room_px - FIT_ABOVE_PX, height_px / 2));
  bw_camera_fit (&self->camera, &extents, FIT_MARGIN_PX);
  bw_camera_reframe (&self->camera, 0, -FIT_ABOVE_PX, width_px, height_px);
  bw_canvas_rebase_drag (self);
  bw_canvas_request_picture (self);
}

void
bw_canvas_set_room (BwCanvas *self,
                    int       room_px)
{
  g_return_if_fail (BW_IS_CANVAS (self) && room_px >= 0);

  self->room_px = room_px;
}

gboolean
bw_canvas_is_fit (BwCanvas *self)
{
  g_return_val_if_fail (BW_IS_CANVAS (self), FALSE);

  return self->fit_pending;
}

const BwCamera *
bw_canvas_get_camera (BwCanvas *self)
{
  g_return_val_if_fail (BW_IS_CANVAS (self), NULL);

  return &self->camera;
}

void
bw_canvas_look_at (BwCanvas *self,
                   double    x_mm,
                   double    y_mm,
                   double    scale_px_per_mm)
{
  g_return_if_fail (BW_IS_CANVAS (self) && self->frame);

  /* There may be no room to fit anything into yet. */
  update_bounds (self);
  self->camera.center_x_mm = x_mm;
  self->camera.center_y_mm = y_mm;
  self->camera.scale_px_per_mm = CLAMP (scale_px_per_mm, BW_CAMERA_MIN_SCALE,
                                        BW_CAMERA_MAX_SCALE);
  bw_camera_pan (&self->camera, 0, 0);
  bw_canvas_camera_moved (self);
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
  bw_canvas_camera_moved (self);
}

/* TRUE: it has another size than before. */
static gboolean
note_window (BwCanvas *self)
{
  GtkWidget *root = GTK_WIDGET (gtk_widget_get_root (GTK_WIDGET (self)));
  int width_px = gtk_widget_get_width (root), height_px = gtk_widget_get_height (root);
  gboolean resized = width_px != self->root_width_px || height_px != self->root_height_px;

  self->root_width_px = width_px;
  self->root_height_px = height_px;
  return resized;
}

/* Some of a fitted board is, by what came above the canvas. */
static gboolean
is_covered (BwCanvas *self)
{
  double x_px, y_px;

  bw_camera_to_px (&self->camera, 0, bw_nm_to_mm (self->fitted.y0_nm), &x_px, &y_px);
  return y_px < 0;
}

static void
bw_canvas_size_allocate (GtkWidget *widget,
                         int        width,
                         int        height,
                         int        baseline)
{
  BwCanvas *self = BW_CANVAS (widget);
  gboolean anew = note_window (self) || !self->seen;
  double x_px = 0, y_px = 0;

  if (self->fit_pending && ABS (width - self->camera.width_px) > WIDEST_PX)
    anew = TRUE;
  bw_canvas_to_surface (self, &x_px, &y_px);
  if (anew)
    bw_camera_resize (&self->camera, width, height);
  else
    bw_camera_reframe (&self->camera, x_px - self->corner_x_px, y_px - self->corner_y_px, width,
                       height);
  self->corner_x_px = x_px;
  self->corner_y_px = y_px;
  if (self->fit_pending && (anew || is_covered (self)))
    bw_canvas_fit (self);
  else
    bw_canvas_request_picture (self);
}

static void
bw_canvas_snapshot (GtkWidget   *widget,
                    GtkSnapshot *snapshot)
{
  BwCanvas *self = BW_CANVAS (widget);
  const BwColor *background = &bw_theme_get (self->style)->background;
  graphene_rect_t bounds = GRAPHENE_RECT_INIT (0, 0, (float) gtk_widget_get_width (widget),
                                               (float) gtk_widget_get_height (widget));

  gtk_snapshot_append_color (snapshot,
                             &(GdkRGBA) { (float) background->red, (float) background->green,
                                          (float) background->blue, 1 },
                             &bounds);
  self->seen = self->picture != NULL;
  if (self->picture)
    bw_canvas_picture_append (self->picture, snapshot, widget, &self->camera);
  bw_canvas_append_highlights (self, snapshot);
  bw_canvas_append_rules (self, snapshot);
  bw_canvas_append_people (self, snapshot);
  bw_canvas_append_band (self, snapshot);
  bw_canvas_append_overview (self, snapshot);
  if (self->frame)
    bw_canvas_append_furniture (self, snapshot);
}

static void
follow_style (BwCanvas *self)
{
  BwStyle style = bw_style_of_widget (GTK_WIDGET (self));

  if (style == self->style)
    return;
  self->style = style;
  bw_canvas_request_picture (self);
}

static void
bw_canvas_css_changed (GtkWidget         *widget,
                       GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (bw_canvas_parent_class)->css_changed (widget, change);
  follow_style (BW_CANVAS (widget));
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
    case PROP_PAST:
      g_value_set_boolean (value, self->past);
      break;
    case PROP_SELECTED:
      g_value_set_int (value, self->selection->last);
      break;
    case PROP_REGION_WANTED:
      g_value_set_boolean (value, self->region_wanted);
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
bw_canvas_finalize (GObject *object)
{
  BwCanvas *self = BW_CANVAS (object);

  bw_selection_free (self->selection);
  g_clear_pointer (&self->rules, bw_canvas_rules_free);
  g_array_unref (self->nets);
  g_clear_pointer (&self->selected, g_bytes_unref);
  G_OBJECT_CLASS (bw_canvas_parent_class)->finalize (object);
}

static void
bw_canvas_class_init (BwCanvasClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = bw_canvas_dispose;
  object_class->finalize = bw_canvas_finalize;
  object_class->get_property = bw_canvas_get_property;
  widget_class->size_allocate = bw_canvas_size_allocate;
  widget_class->snapshot = bw_canvas_snapshot;
  widget_class->css_changed = bw_canvas_css_changed;

  properties[PROP_FRAME] =
    g_param_spec_pointer ("frame", NULL, NULL,
                          G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_PAST] =
    g_param_spec_boolean ("past", NULL, NULL, FALSE,
                          G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_SELECTED] =
    g_param_spec_int ("selected", NULL, NULL, -1, G_MAXINT, -1,
                      G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_REGION_WANTED] =
    g_param_spec_boolean ("region-wanted", NULL, NULL, FALSE,
                          G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  live_frame_signal = g_signal_new ("live-frame", BW_TYPE_CANVAS, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                    NULL, G_TYPE_NONE, 0);
  bw_canvas_add_drag_signal (klass);
  bw_canvas_add_region_signal (klass);
  bw_canvas_add_keys (widget_class);
  gtk_widget_class_set_css_name (widget_class, "canvas");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
bw_canvas_init (BwCanvas *self)
{
  self->camera = bw_camera_new (0, 0);
  self->show = BW_SHOW_DEFAULT;
  self->grid_mm = BW_PAINTER_GRID_MM;
  self->hovered = self->hovered_pad = self->pressed = self->dragged = -1;
  self->nets = g_array_new (FALSE, FALSE, sizeof (guint32));
  self->selection = bw_selection_new (0);
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Board"),
                                  -1);
  bw_style_watch_colors (GTK_WIDGET (self), G_CALLBACK (follow_style));
  bw_canvas_add_controllers (self);
  bw_canvas_add_part_input (self);
  bw_canvas_add_select_input (self);
  g_signal_connect (self, "notify::scale-factor", G_CALLBACK (bw_canvas_request_picture), NULL);
}
