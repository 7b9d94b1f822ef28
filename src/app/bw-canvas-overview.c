/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The whole board in a corner while it is not all in view, with a frame round what is: a press or
 * drag there brings that place into view. */

#include "app/bw-canvas-private.h"

#include "render/bw-overview.h"

#define LONGEST_PX 170
#define MARGIN_PX 12
#define RIM_PX 1.5
#define OUTSIDE_OPACITY 0.35

/* Smaller than a part of a large board moves in less, and nobody looks there first. */
#define INTERVAL_US (G_USEC_PER_SEC / 5)

struct _BwCanvasOverview
{
  cairo_surface_t *surface;
  BwCamera camera;
  BwFrame *frame;      /* what it shows, … */
  GBytes *hidden;      /* … without these, … */
  GBytes *selected;    /* … with these standing out, … */
  gint32 last;         /* … or this alone, … */
  BwStyle style;       /* … in these colours */
  gint64 painted_us;
  guint timeout_id;
};

static void
forget (BwCanvasOverview *overview)
{
  g_clear_pointer (&overview->surface, cairo_surface_destroy);
  g_clear_pointer (&overview->frame, bw_frame_unref);
  g_clear_pointer (&overview->hidden, g_bytes_unref);
  g_clear_pointer (&overview->selected, g_bytes_unref);
}

void
bw_canvas_overview_free (BwCanvasOverview *overview)
{
  g_clear_handle_id (&overview->timeout_id, g_source_remove);
  forget (overview);
  g_free (overview);
}

/* All of what a fit shows, as large as there is room for. */
static BwCamera
find_camera (BwCanvas *self)
{
  const BwBox *box = &self->camera.bounds;
  double width = MAX ((double) box->x1_nm - box->x0_nm, 1);
  double height = MAX ((double) box->y1_nm - box->y0_nm, 1);
  double scale = LONGEST_PX / MAX (width, height);
  BwCamera camera = bw_camera_new (MAX (width * scale, 24), MAX (height * scale, 24));

  camera.flipped = self->camera.flipped;
  bw_camera_fit (&camera, box, 2);
  return camera;
}

static gboolean
is_all_in_view (BwCanvas *self)
{
  double x, y, width, height;

  bw_camera_box_to_px (&self->camera, &self->camera.bounds, &x, &y, &width, &height);
  return x >= 0 && x + width <= self->camera.width_px && y >= 0
         && y + height <= self->camera.height_px;
}

static gboolean
is_shown (BwCanvas *self)
{
  return self->frame && (self->show & BW_SHOW_MINIMAP) && !bw_box_is_empty (&self->camera.bounds)
         && !is_all_in_view (self)
         /* No more than a third of a small window. */
         && self->camera.width_px > 3 * LONGEST_PX && self->camera.height_px > 2 * LONGEST_PX;
}

static gboolean
on_timeout (gpointer user_data)
{
  BwCanvas *self = user_data;

  self->overview->timeout_id = 0;
  gtk_widget_queue_draw (GTK_WIDGET (self));
  return G_SOURCE_REMOVE;
}

static void
paint (BwCanvas *self)
{
  BwCanvasOverview *overview = self->overview;
  BwOverview picture = {
    .board = bw_feed_get_board (self->feed),
    .poses = self->frame->poses,
    .hidden = self->hidden ? g_bytes_get_data (self->hidden, NULL) : NULL,
    .selected = self->selection->n_selected > 0 ? self->selection->flags : NULL,
    .theme = bw_theme_get (self->style),
    .camera = find_camera (self),
  };

  forget (overview);
  overview->surface = bw_overview_paint (&picture);
  overview->camera = picture.camera;
  overview->frame = bw_frame_ref (self->frame);
  overview->hidden = self->hidden ? g_bytes_ref (self->hidden) : NULL;
  overview->selected = self->selected ? g_bytes_ref (self->selected) : NULL;
  overview->last = self->selection->last;
  overview->style = self->style;
  overview->painted_us = g_get_monotonic_time ();
}

/* Frames come faster than anybody could see here. */
static void
ensure_picture (BwCanvas *self)
{
  BwCanvasOverview *overview = self->overview;
  gint64 age_us = g_get_monotonic_time () - overview->painted_us;
  gboolean other = !overview->surface || overview->hidden != self->hidden
                   || overview->selected != self->selected
                   || overview->last != self->selection->last || overview->style != self->style
                   || overview->camera.flipped != self->camera.flipped;

  if (other || (overview->frame != self->frame && age_us >= INTERVAL_US))
    paint (self);
  else if (overview->frame != self->frame && !overview->timeout_id)
    overview->timeout_id =
      g_timeout_add ((guint) ((INTERVAL_US - age_us) / 1000 + 1), on_timeout, self);
}

static double
left_of (BwCanvas *self)
{
  return self->camera.width_px - MARGIN_PX - self->overview->camera.width_px;
}

gboolean
bw_canvas_overview_holds (BwCanvas *self,
                          double    x_px,
                          double    y_px)
{
  double x, y;

  if (!self->overview || !self->overview->surface)
    return FALSE;
  x = x_px - left_of (self);
  y = y_px - MARGIN_PX;
  return is_shown (self) && x >= 0 && y >= 0
         && x <= self->overview->camera.width_px && y <= self->overview->camera.height_px;
}

void
bw_canvas_overview_go_to (BwCanvas *self,
                          double    x_px,
                          double    y_px)
{
  double x_mm, y_mm, from_x, from_y;

  bw_camera_to_mm (&self->overview->camera, x_px - left_of (self), y_px - MARGIN_PX, &x_mm, &y_mm);
  bw_camera_to_px (&self->camera, x_mm, y_mm, &from_x, &from_y);
  bw_camera_pan (&self->camera, self->camera.width_px / 2 - from_x,
                 self->camera.height_px / 2 - from_y);
  bw_canvas_camera_moved (self);
}

static void
paint_view (BwCanvas *self,
            cairo_t  *cr)
{
  const BwTheme *theme = bw_theme_get (self->style);
  const BwCamera *camera = &self->overview->camera;
  double x_mm, y_mm, x0, y0, x1, y1;

  bw_camera_to_mm (&self->camera, 0, 0, &x_mm, &y_mm);
  bw_camera_to_px (camera, x_mm, y_mm, &x0, &y0);
  bw_camera_to_mm (&self->camera, self->camera.width_px, self->camera.height_px, &x_mm, &y_mm);
  bw_camera_to_px (camera, x_mm, y_mm, &x1, &y1);
  cairo_rectangle (cr, 0, 0, camera->width_px, camera->height_px);
  cairo_clip (cr);
  cairo_rectangle (cr, 0, 0, camera->width_px, camera->height_px);
  cairo_rectangle (cr, x0, y0, x1 - x0, y1 - y0);
  cairo_set_fill_rule (cr, CAIRO_FILL_RULE_EVEN_ODD);
  cairo_set_source_rgba (cr, theme->background.red, theme->background.green,
                         theme->background.blue, OUTSIDE_OPACITY);
  cairo_fill (cr);
  cairo_rectangle (cr, x0, y0, x1 - x0, y1 - y0);
  cairo_rectangle (cr, 0, 0, camera->width_px, camera->height_px);
  cairo_set_source_rgb (cr, theme->selection.red, theme->selection.green, theme->selection.blue);
  cairo_set_line_width (cr, RIM_PX);
  cairo_stroke (cr);
}

void
bw_canvas_append_overview (BwCanvas    *self,
                           GtkSnapshot *snapshot)
{
  cairo_t *cr;

  if (!self->overview)
    self->overview = g_new0 (BwCanvasOverview, 1);
  if (!is_shown (self))
    return;
  ensure_picture (self);
  cr = gtk_snapshot_append_cairo (
    snapshot, &GRAPHENE_RECT_INIT ((float) left_of (self), MARGIN_PX,
                                   (float) self->overview->camera.width_px,
                                   (float) self->overview->camera.height_px));
  cairo_translate (cr, left_of (self), MARGIN_PX);
  cairo_set_source_surface (cr, self->overview->surface, 0, 0);
  cairo_paint (cr);
  paint_view (self, cr);
  cairo_destroy (cr);
}
