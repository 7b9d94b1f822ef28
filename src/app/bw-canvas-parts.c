/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/bw-canvas-private.h"

#include <math.h>

#include "app/bw-part-text.h"
#include "render/bw-highlight.h"
#include "render/bw-pick.h"

/* More cannot be told apart. */
#define N_NETS_MAX 32

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
  if (!self->drawn)
    return -1;
  return bw_pick_footprint (bw_feed_get_board (self->feed), self->drawn->poses,
                            self->hidden ? g_bytes_get_data (self->hidden, NULL) : NULL,
                            bw_camera_near_side (&self->camera),
                            bw_canvas_get_point (self, x_px, y_px));
}

/* The pointer moved, or the parts below it did. */
void
bw_canvas_hover (BwCanvas *self)
{
  gint32 hovered = -1, pad = -1;

  if (self->pointer_inside)
    hovered = bw_canvas_pick (self, self->pointer_x_px, self->pointer_y_px);
  if (hovered >= 0)
    pad = bw_pick_pad (&bw_feed_get_board (self->feed)->footprints[hovered],
                       &self->drawn->poses[hovered],
                       bw_canvas_get_point (self, self->pointer_x_px, self->pointer_y_px));
  if (hovered == self->hovered && pad == self->hovered_pad)
    return;
  self->hovered = hovered;
  self->hovered_pad = pad;
  bw_canvas_wish_forces (self);
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
  gint32 footprint = by_keyboard ? self->selection->last : bw_canvas_pick (self, x, y);
  const BwBoard *board;
  gint32 pad;
  g_autofree char *markup = NULL;
  GdkRectangle place;

  if (footprint < 0 || !bw_canvas_get_place (self, footprint, &place))
    return FALSE;
  board = bw_feed_get_board (self->feed);
  pad = by_keyboard ? -1
                    : bw_pick_pad (&board->footprints[footprint], &self->drawn->poses[footprint],
                                   bw_canvas_get_point (self, x, y));
  markup = bw_part_text_describe (board, (guint32) footprint, pad, self->frame);
  gtk_tooltip_set_markup (tooltip, markup);
  gtk_tooltip_set_tip_area (tooltip, &place);
  return TRUE;
}

void
bw_canvas_add_part_input (BwCanvas *self)
{
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  g_signal_connect (self, "query-tooltip", G_CALLBACK (on_query_tooltip), NULL);
}

/* Supplies join everything: it says nothing that they do. */
static gint32
find_hovered_net (BwCanvas *self)
{
  const BwBoard *board = bw_feed_get_board (self->feed);
  gint32 net = self->hovered_pad < 0
                 ? -1 : board->footprints[self->hovered].pads[self->hovered_pad].net;

  return net >= 0 && !board->nets[net].power ? net : -1;
}

static void
paint_nets (BwCanvas *self,
            cairo_t  *cr)
{
  const BwBoard *board = bw_feed_get_board (self->feed);
  const BwTheme *theme = bw_theme_get (self->style);
  gint32 hovered = find_hovered_net (self);

  for (guint i = 0; i < MIN (self->nets->len, N_NETS_MAX); i++)
    bw_highlight_paint_net (cr, board, self->picture_frame->poses, &self->camera, theme,
                            g_array_index (self->nets, guint32, i));
  if (hovered >= 0)
    bw_highlight_paint_net (cr, board, self->picture_frame->poses, &self->camera, theme,
                            (guint32) hovered);
}

void
bw_canvas_append_highlights (BwCanvas    *self,
                             GtkSnapshot *snapshot)
{
  const BwTheme *theme = bw_theme_get (self->style);
  const BwBoard *board;
  /* More than one are in the picture. */
  gint32 selected = self->selection->n_selected == 1 ? self->selection->last : -1;
  cairo_t *cr;

  if (!self->picture_frame || (selected < 0 && self->hovered < 0 && self->nets->len == 0))
    return;
  board = bw_feed_get_board (self->feed);
  cr = gtk_snapshot_append_cairo (snapshot,
                                  &GRAPHENE_RECT_INIT (0, 0, (float) self->camera.width_px,
                                                       (float) self->camera.height_px));
  paint_nets (self, cr);
  if (self->hovered >= 0 && self->hovered != selected)
    bw_highlight_paint (cr, board, self->picture_frame->poses, &self->camera, theme,
                        (guint32) self->hovered, BW_HIGHLIGHT_HOVER);
  if (selected >= 0)
    bw_highlight_paint (cr, board, self->picture_frame->poses, &self->camera, theme,
                        (guint32) selected, BW_HIGHLIGHT_SELECTED);
  cairo_destroy (cr);
}

void
bw_canvas_set_nets (BwCanvas      *self,
                    const guint32 *nets,
                    guint          n)
{
  g_return_if_fail (BW_IS_CANVAS (self));

  g_array_set_size (self->nets, 0);
  if (n > 0)
    g_array_append_vals (self->nets, nets, n);
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

void
bw_canvas_update_colors (BwCanvas *self)
{
  g_return_if_fail (BW_IS_CANVAS (self));

  g_clear_pointer (&self->overview, bw_canvas_overview_free);
  bw_canvas_request_picture (self);
}

gboolean
bw_canvas_get_place (BwCanvas     *self,
                     gint32        footprint,
                     GdkRectangle *place_out)
{
  const BwFootprint *part;
  BwTransform transform;
  BwBox box = BW_BOX_EMPTY;
  double x, y, width, height;

  g_return_val_if_fail (BW_IS_CANVAS (self), FALSE);

  if (!self->drawn || footprint < 0)
    return FALSE;
  part = &bw_feed_get_board (self->feed)->footprints[footprint];
  transform = bw_pose_transform (&self->drawn->poses[footprint]);
  bw_box_add_point (&box, self->drawn->poses[footprint].at);
  if (!bw_box_is_empty (&part->box))
    for (int corner = 0; corner < 4; corner++)
      bw_box_add_point (&box, bw_transform_point (
        &transform, (BwPoint) { corner & 1 ? part->box.x1_nm : part->box.x0_nm,
                                corner & 2 ? part->box.y1_nm : part->box.y0_nm }));
  bw_camera_box_to_px (&self->camera, &box, &x, &y, &width, &height);
  *place_out = (GdkRectangle) { (int) floor (x), (int) floor (y), (int) ceil (width),
                                (int) ceil (height) };
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
