/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/bw-canvas-private.h"

#include <glib/gi18n.h>

#include "render/bw-pick.h"

/* More names are not listened to. */
#define N_NAMES_MAX 8

#define BAND_OPACITY 0.12

/* What a screen reader says of the canvas. */
static char *
describe (BwCanvas *self)
{
  guint n = self->selection->n_selected;
  GString *names;
  g_autofree char *listed = NULL;
  guint n_listed = 0;

  if (n == 0)
    return g_strdup ("");
  names = g_string_new (NULL);
  for (guint32 i = 0; i < self->selection->n_parts && n_listed < N_NAMES_MAX; i++)
    if (self->selection->flags[i])
      g_string_append_printf (names, "%s%s", n_listed++ > 0 ? ", " : "",
                              bw_feed_get_board (self->feed)->footprints[i].key);
  listed = g_string_free (names, FALSE);
  if (n > n_listed)
    /* Translators: "12 parts selected: R1, R2, R3 and others". */
    return g_strdup_printf (ngettext ("%u part selected: %s and others",
                                      "%u parts selected: %s and others", n), n, listed);
  /* Translators: "2 parts selected: R1, R2". */
  return g_strdup_printf (ngettext ("%u part selected: %s", "%u parts selected: %s", n), n,
                          listed);
}

static void
selection_changed (BwCanvas *self)
{
  g_autofree char *text = describe (self);

  g_clear_pointer (&self->selected, g_bytes_unref);
  if (self->selection->n_selected > 1)
    self->selected = g_bytes_new (self->selection->flags, self->selection->n_parts);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text,
                                  -1);
  bw_canvas_request_picture (self);
  bw_canvas_notify_selected (self);
}

void
bw_canvas_reset_selection (BwCanvas *self,
                           guint     n_parts)
{
  bw_canvas_select (self, -1);
  bw_canvas_cancel_band (self);
  self->pressed = -1;
  bw_selection_free (self->selection);
  self->selection = bw_selection_new (n_parts);
}

const BwSelection *
bw_canvas_get_selection (BwCanvas *self)
{
  g_return_val_if_fail (BW_IS_CANVAS (self), NULL);

  return self->selection;
}

gint32
bw_canvas_get_selected (BwCanvas *self)
{
  g_return_val_if_fail (BW_IS_CANVAS (self), -1);

  return self->selection->last;
}

void
bw_canvas_select (BwCanvas *self,
                  gint32    footprint)
{
  g_return_if_fail (BW_IS_CANVAS (self));

  if (bw_selection_only (self->selection, footprint))
    selection_changed (self);
}

void
bw_canvas_toggle (BwCanvas *self,
                  guint32   footprint)
{
  g_return_if_fail (BW_IS_CANVAS (self));

  if (bw_selection_set (self->selection, footprint,
                        !bw_selection_has (self->selection, footprint)))
    selection_changed (self);
}

void
bw_canvas_select_parts (BwCanvas     *self,
                        const guint8 *flags,
                        gboolean      added)
{
  g_return_if_fail (BW_IS_CANVAS (self));

  if (bw_selection_assign (self->selection, flags, added))
    selection_changed (self);
}

static void
on_pressed (GtkGestureClick *gesture,
            int              n_press,
            double           x,
            double           y,
            BwCanvas        *self)
{
  GdkModifierType state =
    gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (gesture));
  gint32 footprint;

  gtk_widget_grab_focus (GTK_WIDGET (self));
  self->pressed = -1;
  if (self->region_wanted || self->space_held || bw_canvas_overview_holds (self, x, y)
      || bw_canvas_end_move (self))
    return;
  footprint = bw_canvas_pick (self, x, y);
  if (state & GDK_SHIFT_MASK)
    {
      if (footprint >= 0)
        bw_canvas_toggle (self, (guint32) footprint);
      return;
    }
  /* One of several may be about to be dragged with the others. */
  if (footprint >= 0 && bw_selection_has (self->selection, (guint32) footprint))
    self->pressed = footprint;
  else
    bw_canvas_select (self, footprint);
  if (n_press == 2 && self->selection->last >= 0)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.properties", NULL);
}

static void
on_released (GtkGestureClick *gesture,
             int              n_press,
             double           x,
             double           y,
             BwCanvas        *self)
{
  if (n_press == 1 && self->pressed >= 0)
    bw_canvas_select (self, self->pressed);
}

void
bw_canvas_add_select_input (BwCanvas *self)
{
  GtkGesture *click = gtk_gesture_click_new ();

  g_signal_connect (click, "pressed", G_CALLBACK (on_pressed), self);
  g_signal_connect (click, "released", G_CALLBACK (on_released), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
}

void
bw_canvas_begin_band (BwCanvas *self,
                      double    x_px,
                      double    y_px)
{
  if (!self->frame)
    return;
  self->banding = TRUE;
  bw_camera_to_mm (&self->camera, x_px, y_px, &self->band_x_mm, &self->band_y_mm);
}

gboolean
bw_canvas_cancel_band (BwCanvas *self)
{
  gboolean banding = self->banding || self->region_wanted;

  self->banding = FALSE;
  bw_canvas_want_region (self, FALSE);
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), NULL);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  return banding;
}

/* In pixels, where it began. */
static void
find_band_start (BwCanvas *self,
                 double   *x_px,
                 double   *y_px)
{
  bw_camera_to_px (&self->camera, self->band_x_mm, self->band_y_mm, x_px, y_px);
}

gboolean
bw_canvas_end_band (BwCanvas *self,
                    gboolean  added)
{
  g_autofree guint8 *flags = NULL;
  BwBox box = BW_BOX_EMPTY;
  double x_px, y_px;
  gboolean is_region = self->region_wanted;

  if (!self->banding || !bw_canvas_cancel_band (self))
    return FALSE;
  find_band_start (self, &x_px, &y_px);
  bw_box_add_point (&box, bw_canvas_get_point (self, x_px, y_px));
  bw_box_add_point (&box, bw_canvas_get_point (self, self->pointer_x_px, self->pointer_y_px));
  if (is_region)
    {
      bw_canvas_tell_region (self, &box);
      return TRUE;
    }
  flags = g_new0 (guint8, self->selection->n_parts + 1);
  bw_pick_box (bw_feed_get_board (self->feed), self->drawn->poses,
               self->hidden ? g_bytes_get_data (self->hidden, NULL) : NULL, &box,
               self->pointer_x_px < x_px, flags);
  bw_canvas_select_parts (self, flags, added);
  return TRUE;
}

void
bw_canvas_append_band (BwCanvas    *self,
                       GtkSnapshot *snapshot)
{
  const BwColor *color = &bw_theme_get (self->style)->selection;
  gboolean touching;
  double x_px, y_px;
  cairo_t *cr;

  if (!self->banding)
    return;
  find_band_start (self, &x_px, &y_px);
  touching = self->pointer_x_px < x_px && !self->region_wanted;
  cr = gtk_snapshot_append_cairo (snapshot,
                                  &GRAPHENE_RECT_INIT (0, 0, (float) self->camera.width_px,
                                                       (float) self->camera.height_px));
  cairo_rectangle (cr, x_px, y_px, self->pointer_x_px - x_px, self->pointer_y_px - y_px);
  cairo_set_source_rgba (cr, color->red, color->green, color->blue, BAND_OPACITY);
  cairo_fill_preserve (cr);
  cairo_set_source_rgba (cr, color->red, color->green, color->blue, 1);
  /* What it only touches is taken as well: a broken line. */
  cairo_set_dash (cr, (const double[]) { 5, 3 }, touching ? 2 : 0, 0);
  cairo_set_line_width (cr, 1.2);
  cairo_stroke (cr);
  cairo_destroy (cr);
}
