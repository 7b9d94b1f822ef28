/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/bw-canvas-private.h"

#include "session/bw-constraints.h"

#define LINE_PX 1.6
#define EDGE_PX 5.0
#define OPACITY 0.08

struct _BwCanvasRules
{
  GArray *regions; /* BwBox */
  guint edges;     /* flags `1 << BwEdge` */
};

static guint region_drawn_signal;

void
bw_canvas_rules_free (BwCanvasRules *rules)
{
  g_array_unref (rules->regions);
  g_free (rules);
}

void
bw_canvas_set_rules (BwCanvas    *self,
                     const BwBox *regions,
                     guint        n_regions,
                     guint        edges)
{
  g_return_if_fail (BW_IS_CANVAS (self));

  g_clear_pointer (&self->rules, bw_canvas_rules_free);
  if (n_regions > 0 || edges != 0)
    {
      self->rules = g_new0 (BwCanvasRules, 1);
      self->rules->regions = g_array_new (FALSE, FALSE, sizeof (BwBox));
      self->rules->edges = edges;
      g_array_append_vals (self->rules->regions, regions, n_regions);
    }
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
add_box (BwCanvas    *self,
         cairo_t     *cr,
         const BwBox *box)
{
  double x, y, width, height;

  bw_camera_box_to_px (&self->camera, box, &x, &y, &width, &height);
  cairo_rectangle (cr, x, y, width, height);
}

static void
draw_regions (BwCanvas *self,
              cairo_t  *cr)
{
  const BwColor *color = &bw_theme_get (self->style)->selection;
  GArray *regions = self->rules->regions;

  for (guint i = 0; i < regions->len; i++)
    add_box (self, cr, &g_array_index (regions, BwBox, i));
  cairo_set_source_rgba (cr, color->red, color->green, color->blue, OPACITY);
  cairo_fill_preserve (cr);
  cairo_set_source_rgb (cr, color->red, color->green, color->blue);
  cairo_set_line_width (cr, LINE_PX);
  cairo_set_dash (cr, (const double[]) { 8, 4 }, 2, 0);
  cairo_stroke (cr);
}

/* Along the edge, in full. */
static void
draw_edges (BwCanvas *self,
            cairo_t  *cr)
{
  const BwColor *color = &bw_theme_get (self->style)->selection;
  const BwBox *box = &bw_feed_get_board (self->feed)->box;
  const BwBox sides[] = {
    [BW_EDGE_LEFT] = { box->x0_nm, box->y0_nm, box->x0_nm, box->y1_nm },
    [BW_EDGE_RIGHT] = { box->x1_nm, box->y0_nm, box->x1_nm, box->y1_nm },
    [BW_EDGE_TOP] = { box->x0_nm, box->y0_nm, box->x1_nm, box->y0_nm },
    [BW_EDGE_BOTTOM] = { box->x0_nm, box->y1_nm, box->x1_nm, box->y1_nm },
  };

  for (guint edge = BW_EDGE_LEFT; edge < G_N_ELEMENTS (sides); edge++)
    if (self->rules->edges & (1u << edge | 1u << BW_EDGE_ANY))
      add_box (self, cr, &sides[edge]);
  cairo_set_dash (cr, NULL, 0, 0);
  cairo_set_line_width (cr, EDGE_PX);
  cairo_set_source_rgba (cr, color->red, color->green, color->blue, 0.7);
  cairo_stroke (cr);
}

void
bw_canvas_append_rules (BwCanvas    *self,
                        GtkSnapshot *snapshot)
{
  cairo_t *cr;

  if (!self->rules || !self->frame)
    return;
  cr = gtk_snapshot_append_cairo (snapshot,
                                  &GRAPHENE_RECT_INIT (0, 0, (float) self->camera.width_px,
                                                       (float) self->camera.height_px));
  draw_regions (self, cr);
  draw_edges (self, cr);
  cairo_destroy (cr);
}

void
bw_canvas_begin_region (BwCanvas *self)
{
  g_return_if_fail (BW_IS_CANVAS (self));

  bw_canvas_end_move (self);
  bw_canvas_want_region (self, TRUE);
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), "crosshair");
  gtk_widget_grab_focus (GTK_WIDGET (self));
}

void
bw_canvas_tell_region (BwCanvas    *self,
                       const BwBox *box)
{
  g_signal_emit (self, region_drawn_signal, 0, box->x0_nm, box->y0_nm, box->x1_nm, box->y1_nm);
}

void
bw_canvas_add_region_signal (BwCanvasClass *klass)
{
  region_drawn_signal = g_signal_new ("region-drawn", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                      0, NULL, NULL, NULL, G_TYPE_NONE, 4, G_TYPE_INT, G_TYPE_INT,
                                      G_TYPE_INT, G_TYPE_INT);
}
