/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is found out about a board once, before anything is painted. */

#include "render/bw-painter-private.h"

#include <math.h>

#include "base/bw-polygon.h"

#define MEASURE_SIZE 100.0

/* A circle fills 0.79 of its box, a rectangle with round corners or an oval of common size more. */
#define LEAST_SHARE 0.85

static void
measure_labels (BwPainter *self)
{
  cairo_matrix_t matrix, identity;
  cairo_font_options_t *options = cairo_font_options_create ();
  cairo_scaled_font_t *font;

  self->label_widths = g_new0 (double, self->board->n_footprints);
  cairo_matrix_init_scale (&matrix, MEASURE_SIZE, MEASURE_SIZE);
  cairo_matrix_init_identity (&identity);
  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  font = cairo_scaled_font_create (self->font, &matrix, &identity, options);
  for (guint32 i = 0; i < self->board->n_footprints; i++)
    {
      const char *text = self->board->footprints[i].reference;
      cairo_text_extents_t extents;

      if (!g_utf8_validate (text, -1, NULL))
        continue;
      cairo_scaled_font_text_extents (font, text, &extents);
      self->label_widths[i] = extents.x_advance / MEASURE_SIZE;
    }
  cairo_scaled_font_destroy (font);
  cairo_font_options_destroy (options);
}

static gboolean
is_round (const BwRing *ring,
          const BwBox  *box)
{
  double width = (double) box->x1_nm - box->x0_nm, height = (double) box->y1_nm - box->y0_nm;

  return fabs (bw_ring_area_twice_nm2 (ring)) < 2 * LEAST_SHARE * width * height;
}

static void
measure_pads (BwPainter *self)
{
  const BwBoard *board = self->board;
  guint32 n_pads = 0;

  self->first_pad = g_new (guint32, board->n_footprints + 1);
  for (guint32 i = 0; i < board->n_footprints; i++)
    {
      self->first_pad[i] = n_pads;
      n_pads += board->footprints[i].n_pads;
    }
  self->first_pad[board->n_footprints] = n_pads;
  self->pad_boxes = g_new (BwBox, n_pads);
  self->round_pads = g_new (gboolean, n_pads);
  for (guint32 i = 0; i < board->n_footprints; i++)
    for (guint32 p = 0; p < board->footprints[i].n_pads; p++)
      {
        const BwRing *outline = &board->footprints[i].pads[p].outline;
        guint32 k = self->first_pad[i] + p;

        self->pad_boxes[k] = bw_ring_box (outline);
        self->round_pads[k] = is_round (outline, &self->pad_boxes[k]);
      }
}

static void
measure_parts (BwPainter *self)
{
  self->reaches = g_new (BwBox, self->board->n_footprints + 1);
  self->text_reaches = g_new (BwBox, self->board->n_footprints + 1);
  for (guint32 i = 0; i < self->board->n_footprints; i++)
    {
      const BwFootprint *footprint = &self->board->footprints[i];

      self->reaches[i] = footprint->box;
      for (guint32 k = 0; k < footprint->n_graphics; k++)
        for (guint32 p = 0; p < footprint->graphics[k].n_points; p++)
          bw_box_add_point (&self->reaches[i], footprint->graphics[k].points[p]);
      self->text_reaches[i] = BW_BOX_EMPTY;
      for (guint32 k = 0; k < footprint->n_texts; k++)
        {
          BwBox reach = bw_painter_text_reach (&footprint->texts[k]);

          bw_box_add_box (&self->text_reaches[i], &reach);
          self->largest_text_mm = fmax (self->largest_text_mm,
                                        bw_nm_to_mm (footprint->texts[k].height_nm));
        }
    }
}

void
bw_painter_measure (BwPainter *self)
{
  measure_labels (self);
  measure_pads (self);
  measure_parts (self);
}
