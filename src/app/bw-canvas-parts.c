/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/bw-canvas-private.h"

#include <math.h>

#include "app/bw-part-text.h"
#include "render/bw-highlight.h"
#include "render/bw-pick.h"

/* Of the canvas that a part is kept away from its rim when it is brought into view. */
#define REVEAL_MARGIN_PX 60

BwPoint
bw_canvas_get_point (BwCanvas *self,
                     double    x_px,
                     double    y_px)
{
  double x_mm, y_mm;

  bw_camera_to_mm (&self->camera, x_px, y_px, &x_mm, &y_mm);
  return (BwPoint) { bw_nm_from_mm (x_mm), bw_nm_from_mm (y_mm) };
}

gint32
bw_canvas_pick (BwCanvas *self,
                double    x_px,
                double    y_px)
{
  if (!self->frame)
    return -1;
  return bw_pick_footprint (bw_feed_get_board (self->feed), self->frame->poses,
                            self->hidden ? g_bytes_get_data (self->hidden, NULL) : NULL,
                            bw_camera_near_side (&self->camera),
                            bw_canvas_get_point (self, x_px, y_px));
}

/* The pointer moved, or the parts below it did. */
void
bw_canvas_hover (BwCanvas *self)
{
  gint32 hovered = self->pointer_inside
                     ? bw_canvas_pick (self, self->pointer_x_px, self->pointer_y_px) : -1;

  if (hovered == self->hovered)
    return;
  self->hovered = hovered;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static gboolean
on_query_tooltip (GtkWidget  *widget,
                  int         x,
                  int         y,
                  gboolean    by_keyboard,
                  GtkTooltip *tooltip,
                  gpointer    user_data)
{
  BwCanvas *self = BW_CANVAS (widget);
  gint32 footprint = by_keyboard ? self->selected : bw_canvas_pick (self, x, y);
  g_autofree char *markup = NULL;
  GdkRectangle place;

  if (footprint < 0 || !bw_canvas_get_place (self, footprint, &place))
    return FALSE;
  markup = bw_part_text_describe (bw_feed_get_board (self->feed), (guint32) footprint);
  gtk_tooltip_set_markup (tooltip, markup);
  gtk_tooltip_set_tip_area (tooltip, &place);
  return TRUE;
}

static void
on_pressed (GtkGestureClick *gesture,
            int              n_press,
            double           x,
            double           y,
            gpointer         user_data)
{
  BwCanvas *self = user_data;

  gtk_widget_grab_focus (GTK_WIDGET (self));
  if (self->space_held || bw_canvas_end_move (self))
    return;
  bw_canvas_select (self, bw_canvas_pick (self, x, y));
  if (n_press == 2 && self->selected >= 0)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.properties", NULL);
}

void
bw_canvas_add_part_input (BwCanvas *self)
{
  GtkGesture *click = gtk_gesture_click_new ();

  g_signal_connect (click, "pressed", G_CALLBACK (on_pressed), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  g_signal_connect (self, "query-tooltip", G_CALLBACK (on_query_tooltip), NULL);
}

void
bw_canvas_append_highlights (BwCanvas    *self,
                             GtkSnapshot *snapshot)
{
  const BwTheme *theme = bw_theme_get (self->style);
  const BwBoard *board;
  cairo_t *cr;

  if (!self->picture_frame || (self->selected < 0 && self->hovered < 0 && self->net < 0))
    return;
  board = bw_feed_get_board (self->feed);
  cr = gtk_snapshot_append_cairo (snapshot,
                                  &GRAPHENE_RECT_INIT (0, 0, (float) self->camera.width_px,
                                                       (float) self->camera.height_px));
  if (self->net >= 0)
    bw_highlight_paint_net (cr, board, self->picture_frame->poses, &self->camera, theme,
                            (guint32) self->net);
  if (self->hovered >= 0 && self->hovered != self->selected)
    bw_highlight_paint (cr, board, self->picture_frame->poses, &self->camera, theme,
                        (guint32) self->hovered, BW_HIGHLIGHT_HOVER);
  if (self->selected >= 0)
    bw_highlight_paint (cr, board, self->picture_frame->poses, &self->camera, theme,
                        (guint32) self->selected, BW_HIGHLIGHT_SELECTED);
  cairo_destroy (cr);
}

void
bw_canvas_set_net (BwCanvas *self,
                   gint32    net)
{
  g_return_if_fail (BW_IS_CANVAS (self));

  self->net = net;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
bw_canvas_set_hidden (BwCanvas *self,
                      GBytes   *hidden)
{
  g_return_if_fail (BW_IS_CANVAS (self));

  if (hidden)
    g_bytes_ref (hidden);
  g_clear_pointer (&self->hidden, g_bytes_unref);
  self->hidden = hidden;
  bw_canvas_request_picture (self);
  bw_canvas_hover (self);
}

gboolean
bw_canvas_get_place (BwCanvas     *self,
                     gint32        footprint,
                     GdkRectangle *place_out)
{
  const BwFootprint *part;
  BwTransform transform;
  BwBox box = BW_BOX_EMPTY;
  double x0, y0, x1, y1;

  g_return_val_if_fail (BW_IS_CANVAS (self), FALSE);

  if (!self->frame || footprint < 0)
    return FALSE;
  part = &bw_feed_get_board (self->feed)->footprints[footprint];
  transform = bw_pose_transform (&self->frame->poses[footprint]);
  bw_box_add_point (&box, self->frame->poses[footprint].at);
  if (!bw_box_is_empty (&part->box))
    for (int corner = 0; corner < 4; corner++)
      bw_box_add_point (&box, bw_transform_point (
        &transform, (BwPoint) { corner & 1 ? part->box.x1_nm : part->box.x0_nm,
                                corner & 2 ? part->box.y1_nm : part->box.y0_nm }));
  bw_camera_to_px (&self->camera, bw_nm_to_mm (box.x0_nm), bw_nm_to_mm (box.y0_nm), &x0, &y0);
  bw_camera_to_px (&self->camera, bw_nm_to_mm (box.x1_nm), bw_nm_to_mm (box.y1_nm), &x1, &y1);
  *place_out = (GdkRectangle) { (int) floor (x0), (int) floor (y0), (int) ceil (x1 - x0),
                                (int) ceil (y1 - y0) };
  return TRUE;
}

void
bw_canvas_reveal (BwCanvas *self,
                  gint32    footprint)
{
  GdkRectangle place;
  double dx = 0, dy = 0;

  g_return_if_fail (BW_IS_CANVAS (self));

  if (!bw_canvas_get_place (self, footprint, &place))
    return;
  if (place.x < REVEAL_MARGIN_PX)
    dx = REVEAL_MARGIN_PX - place.x;
  else if (place.x + place.width > self->camera.width_px - REVEAL_MARGIN_PX)
    dx = self->camera.width_px - REVEAL_MARGIN_PX - place.x - place.width;
  if (place.y < REVEAL_MARGIN_PX)
    dy = REVEAL_MARGIN_PX - place.y;
  else if (place.y + place.height > self->camera.height_px - REVEAL_MARGIN_PX)
    dy = self->camera.height_px - REVEAL_MARGIN_PX - place.y - place.height;
  if (dx == 0 && dy == 0)
    return;
  bw_camera_pan (&self->camera, dx, dy);
  bw_canvas_camera_moved (self);
}
