/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/bw-canvas-private.h"

/* How far an arrow key moves what is being moved. */
#define NUDGE_NM 500000

static guint drag_part_signal;

void
bw_canvas_add_drag_signal (BwCanvasClass *klass)
{
  drag_part_signal = g_signal_new ("drag-part", BW_TYPE_CANVAS, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 4, G_TYPE_UINT, G_TYPE_UINT, G_TYPE_INT,
                                   G_TYPE_INT);
}

static void
tell (BwCanvas    *self,
      BwCanvasDrag stage,
      BwPoint      at)
{
  g_signal_emit (self, drag_part_signal, 0, (guint) stage, (guint) self->dragged, at.x_nm, at.y_nm);
}

/* Where the part belongs with the pointer here. */
static BwPoint
place_for (BwCanvas *self,
           double    x_px,
           double    y_px)
{
  double scale = self->camera.scale_px_per_mm;

  return (BwPoint) {
    bw_nm_from_mm (bw_nm_to_mm ((gint64) self->drag_base.x_nm + self->drag_nudge.x_nm)
                   + (x_px - self->drag_x_px) / scale),
    bw_nm_from_mm (bw_nm_to_mm ((gint64) self->drag_base.y_nm + self->drag_nudge.y_nm)
                   + (y_px - self->drag_y_px) / scale),
  };
}

void
bw_canvas_to_surface (BwCanvas *self,
                      double   *x_px,
                      double   *y_px)
{
  GtkNative *native = gtk_widget_get_native (GTK_WIDGET (self));

  if (native)
    gtk_widget_translate_coordinates (GTK_WIDGET (self), GTK_WIDGET (native), *x_px, *y_px, x_px,
                                      y_px);
}

/* With the pointer at this place of the surface. */
static void
begin (BwCanvas *self,
       gint32    footprint,
       double    x_px,
       double    y_px)
{
  if (footprint < 0 || !self->drawn
      || bw_feed_get_board (self->feed)->footprints[footprint].hold == BW_HOLD_LOCKED)
    return;
  if (self->past)
    {
      tell (self, BW_CANVAS_DRAG_REFUSED, self->drawn->poses[footprint].at);
      return;
    }
  bw_canvas_cancel_move (self);
  self->dragged = footprint;
  self->drag_start = self->drawn->poses[footprint].at;
  self->drag_at = self->drag_base = self->drag_start;
  self->drag_nudge = (BwPoint) { 0, 0 };
  self->dragged_by_button = FALSE;
  self->drag_x_px = self->drag_last_x_px = x_px;
  self->drag_y_px = self->drag_last_y_px = y_px;
  if (!bw_selection_has (self->selection, (guint32) footprint))
    bw_canvas_select (self, footprint);
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), "move");
  tell (self, BW_CANVAS_DRAG_BEGIN, self->drag_start);
}

void
bw_canvas_begin_drag (BwCanvas *self,
                      gint32    footprint,
                      double    x_px,
                      double    y_px)
{
  bw_canvas_to_surface (self, &x_px, &y_px);
  begin (self, footprint, x_px, y_px);
}

static void
move (BwCanvas *self)
{
  BwPoint at = place_for (self, self->drag_last_x_px, self->drag_last_y_px);

  if (at.x_nm == self->drag_at.x_nm && at.y_nm == self->drag_at.y_nm)
    return;
  self->drag_at = at;
  tell (self, BW_CANVAS_DRAG_MOVE, at);
}

void
bw_canvas_update_drag (BwCanvas *self,
                       double    x_px,
                       double    y_px)
{
  if (self->dragged < 0)
    return;
  bw_canvas_to_surface (self, &x_px, &y_px);
  self->drag_last_x_px = x_px;
  self->drag_last_y_px = y_px;
  move (self);
}

void
bw_canvas_rebase_drag (BwCanvas *self)
{
  if (self->dragged < 0)
    return;
  self->drag_base = self->drag_at;
  self->drag_nudge = (BwPoint) { 0, 0 };
  self->drag_x_px = self->drag_last_x_px;
  self->drag_y_px = self->drag_last_y_px;
}

void
bw_canvas_nudge_drag (BwCanvas *self,
                      int       dx,
                      int       dy)
{
  self->drag_nudge.x_nm = CLAMP (self->drag_nudge.x_nm + dx * NUDGE_NM, -BW_COORD_MAX_NM / 2,
                                 BW_COORD_MAX_NM / 2);
  self->drag_nudge.y_nm = CLAMP (self->drag_nudge.y_nm + dy * NUDGE_NM, -BW_COORD_MAX_NM / 2,
                                 BW_COORD_MAX_NM / 2);
  move (self);
}

static void
finish (BwCanvas    *self,
        BwCanvasDrag stage)
{
  tell (self, stage, stage == BW_CANVAS_DRAG_CANCEL ? self->drag_start : self->drag_at);
  self->dragged = -1;
  self->dragged_by_button = FALSE;
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), NULL);
}

void
bw_canvas_set_drag_start (BwCanvas *self,
                          BwPoint   at)
{
  g_return_if_fail (BW_IS_CANVAS (self));

  self->drag_at = self->drag_base = self->drag_start = at;
}

gboolean
bw_canvas_end_move (BwCanvas *self)
{
  g_return_val_if_fail (BW_IS_CANVAS (self), FALSE);

  if (self->dragged < 0)
    return FALSE;
  finish (self, BW_CANVAS_DRAG_END);
  return TRUE;
}

gboolean
bw_canvas_cancel_move (BwCanvas *self)
{
  g_return_val_if_fail (BW_IS_CANVAS (self), FALSE);

  if (self->dragged < 0)
    return FALSE;
  finish (self, BW_CANVAS_DRAG_CANCEL);
  return TRUE;
}

/* The one that was selected last, or any that may be moved. -1: there is none. */
static gint32
find_movable (BwCanvas *self)
{
  const BwBoard *board = bw_feed_get_board (self->feed);
  gint32 last = self->selection->last;

  if (last >= 0 && board->footprints[last].hold != BW_HOLD_LOCKED)
    return last;
  for (guint32 i = 0; i < self->selection->n_parts; i++)
    if (self->selection->flags[i] && board->footprints[i].hold != BW_HOLD_LOCKED)
      return (gint32) i;
  return -1;
}

void
bw_canvas_begin_move (BwCanvas *self)
{
  g_return_if_fail (BW_IS_CANVAS (self) && self->feed);

  if (self->pointer_inside)
    begin (self, find_movable (self), self->pointer_surface_x_px, self->pointer_surface_y_px);
  else
    bw_canvas_begin_drag (self, find_movable (self), self->camera.width_px / 2,
                          self->camera.height_px / 2);
}
