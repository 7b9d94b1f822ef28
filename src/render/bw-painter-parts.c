/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "render/bw-painter-private.h"

#include <math.h>

/* Below these sizes, in pixels, a detail is left out. */
#define LEAST_PAD_PX 1.0
#define LEAST_TRUE_PAD_PX 5.0
#define LEAST_HOLE_PX 2.0
#define LEAST_DRAWN_PART_PX 26.0
#define LEAST_LOCK_PX 20.0
#define LEAST_LABEL_PX 8.0
#define LARGEST_LABEL_PX 15.0

#define BACK_OPACITY 0.45

typedef struct
{
  BwPainter *painter;
  cairo_t *cr;
  const BwCamera *camera;
  guint32 index;
  const BwFootprint *footprint;
  const BwPose *pose;
  BwAffine affine;
  BwPixelBox box;
  BwColor color;
} Part;

static double
box_size (const BwPixelBox *box)
{
  return fmax (box->x1 - box->x0, box->y1 - box->y0);
}

/* Where copper or drawings with these sides of the front frame are now. */
static guint
sides_now (const Part *part,
           guint       sides)
{
  if (part->pose->side == BW_SIDE_FRONT)
    return sides;
  return ((sides & 1) << 1) | ((sides >> 1) & 1);
}

static gboolean
part_begin (Part           *part,
            BwPainter      *painter,
            cairo_t        *cr,
            const BwCamera *camera,
            guint32         index)
{
  const BwFootprint *footprint = &painter->board->footprints[index];

  if (bw_box_is_empty (&footprint->box))
    return FALSE;
  *part = (Part) {
    .painter = painter,
    .cr = cr,
    .camera = camera,
    .index = index,
    .footprint = footprint,
    .pose = &painter->poses[index],
    .affine = bw_painter_part_affine (camera, &painter->poses[index]),
    .color = bw_theme_module_color (painter->theme, footprint->module),
  };
  part->box = bw_painter_pixel_box (&part->affine, &footprint->box);
  return bw_painter_in_view (camera, &part->box);
}

static void
paint_body (const Part *part)
{
  const BwTheme *theme = part->painter->theme;
  const BwFootprint *footprint = part->footprint;
  gboolean back = part->pose->side == BW_SIDE_BACK;
  const double dashes[] = { 3, 2.5 };

  for (guint32 i = 0; i < footprint->n_body[BW_SIDE_FRONT]; i++)
    bw_painter_add_path (part->cr, &part->affine, footprint->body[BW_SIDE_FRONT][i].points,
                         footprint->body[BW_SIDE_FRONT][i].n_points, TRUE);
  bw_painter_set_color (part->cr, part->color, back ? 0.16 : 0.42);
  cairo_fill_preserve (part->cr);
  if (box_size (&part->box) < 3)
    {
      cairo_new_path (part->cr);
      return;
    }
  if (back)
    cairo_set_dash (part->cr, dashes, G_N_ELEMENTS (dashes), 0);
  /* With square corners cairo strokes a box as boxes, many times faster. */
  cairo_set_line_join (part->cr, CAIRO_LINE_JOIN_MITER);
  cairo_set_line_cap (part->cr, CAIRO_LINE_CAP_BUTT);
  if (footprint->locked)
    {
      bw_painter_set_color (part->cr, theme->lock, back ? 0.5 : 0.8);
      cairo_set_line_width (part->cr, 1.4);
    }
  else
    {
      bw_painter_set_color (part->cr, part->color, back ? 0.7 : 1);
      cairo_set_line_width (part->cr, 1);
    }
  cairo_stroke (part->cr);
  cairo_set_dash (part->cr, NULL, 0, 0);
  cairo_set_line_join (part->cr, CAIRO_LINE_JOIN_ROUND);
  cairo_set_line_cap (part->cr, CAIRO_LINE_CAP_ROUND);
}

static void
paint_drawings (const Part *part)
{
  const BwTheme *theme = part->painter->theme;
  double opacity = part->pose->side == BW_SIDE_FRONT ? 1 : BACK_OPACITY;

  if (box_size (&part->box) < LEAST_DRAWN_PART_PX)
    return;
  for (guint32 i = 0; i < part->footprint->n_graphics; i++)
    {
      const BwGraphic *graphic = &part->footprint->graphics[i];

      /* What is drawn on the far side of the part is not to be seen from this one. */
      if (graphic->side != BW_SIDE_FRONT && graphic->layer != BW_LAYER_EDGE)
        continue;
      if (graphic->layer == BW_LAYER_SILK)
        bw_painter_set_color (part->cr, theme->silk, opacity);
      else if (graphic->layer == BW_LAYER_FAB)
        bw_painter_set_color (part->cr, theme->fab, opacity);
      else if (graphic->layer == BW_LAYER_COPPER)
        bw_painter_set_color (part->cr, theme->pad, opacity);
      else if (graphic->layer == BW_LAYER_EDGE)
        bw_painter_set_color (part->cr, theme->edge, 1);
      else
        continue;
      bw_painter_draw_graphic (part->cr, &part->affine, part->camera->scale_px_per_mm, graphic);
    }
}

static void
add_pad (const Part  *part,
         const BwPad *pad,
         double       size_px,
         const BwBox *box)
{
  if (size_px >= LEAST_TRUE_PAD_PX)
    bw_painter_add_path (part->cr, &part->affine, pad->outline.points, pad->outline.n_points,
                         TRUE);
  else
    {
      const BwPoint corners[4] = { { box->x0_nm, box->y0_nm }, { box->x1_nm, box->y0_nm },
                                   { box->x1_nm, box->y1_nm }, { box->x0_nm, box->y1_nm } };

      bw_painter_add_path (part->cr, &part->affine, corners, 4, TRUE);
    }
}

/* Pads of the part whose copper on show is `front`, or on the back alone. All are one path. */
static void
paint_pads (const Part *part,
            gboolean    front)
{
  const BwFootprint *footprint = part->footprint;
  const BwBox *boxes = &part->painter->pad_boxes[part->painter->first_pad[part->index]];
  double scale = part->camera->scale_px_per_mm;

  for (guint32 i = 0; i < footprint->n_pads; i++)
    {
      const BwPad *pad = &footprint->pads[i];
      guint sides = sides_now (part, pad->sides);
      double size_px = scale * bw_nm_to_mm (MAX ((gint64) boxes[i].x1_nm - boxes[i].x0_nm,
                                                 (gint64) boxes[i].y1_nm - boxes[i].y0_nm));

      if (sides == 0 || front != ((sides & 1) != 0) || size_px < LEAST_PAD_PX)
        continue;
      add_pad (part, pad, size_px, &boxes[i]);
    }
  bw_painter_set_color (part->cr, front ? part->painter->theme->pad
                                        : part->painter->theme->pad_back, 1);
  cairo_fill (part->cr);
}

static void
paint_holes (const Part *part)
{
  const BwFootprint *footprint = part->footprint;
  const BwTheme *theme = part->painter->theme;
  double scale = part->camera->scale_px_per_mm;

  /* Plated ones are round, in copper; bare ones have a shape and show their rim. */
  for (guint32 i = 0; i < footprint->n_pads; i++)
    {
      const BwPad *pad = &footprint->pads[i];
      double diameter_px = bw_nm_to_mm (pad->drill_nm) * scale;
      double x, y;

      if (diameter_px < LEAST_HOLE_PX || pad->sides == 0)
        continue;
      bw_affine_apply (&part->affine, pad->at, &x, &y);
      cairo_new_sub_path (part->cr);
      cairo_arc (part->cr, x, y, diameter_px / 2, 0, 2 * G_PI);
    }
  bw_painter_set_color (part->cr, theme->hole, 1);
  cairo_fill (part->cr);

  for (guint32 i = 0; i < footprint->n_pads; i++)
    {
      const BwPad *pad = &footprint->pads[i];

      if (pad->sides != 0 || bw_nm_to_mm (pad->drill_nm) * scale < LEAST_HOLE_PX)
        continue;
      bw_painter_add_path (part->cr, &part->affine, pad->outline.points, pad->outline.n_points,
                           TRUE);
      bw_painter_set_color (part->cr, theme->hole, 1);
      cairo_fill_preserve (part->cr);
      bw_painter_set_color (part->cr, theme->edge, 0.9);
      cairo_set_line_width (part->cr, 1);
      cairo_stroke (part->cr);
    }
}

/* A padlock in the upper left corner. */
static void
paint_lock (const Part *part)
{
  const BwTheme *theme = part->painter->theme;
  cairo_t *cr = part->cr;
  double size = 8;
  double x = part->box.x0 + 4;
  double y = part->box.y0 + 4;

  if (!part->footprint->locked
      || fmin (part->box.x1 - part->box.x0, part->box.y1 - part->box.y0) < LEAST_LOCK_PX)
    return;
  cairo_rectangle (cr, x, y + size * 0.45, size, size * 0.6);
  bw_painter_set_color (cr, theme->lock, 0.9);
  cairo_fill (cr);
  cairo_new_sub_path (cr);
  cairo_arc (cr, x + size / 2, y + size * 0.4, size * 0.3, G_PI, 0);
  cairo_line_to (cr, x + size * 0.8, y + size * 0.5);
  cairo_move_to (cr, x + size * 0.2, y + size * 0.4);
  cairo_line_to (cr, x + size * 0.2, y + size * 0.5);
  cairo_set_line_width (cr, 1.3);
  cairo_stroke (cr);
}

void
bw_painter_paint_side (BwPainter      *self,
                       cairo_t        *cr,
                       const BwCamera *camera,
                       BwSide          side)
{
  for (guint32 i = 0; i < self->board->n_footprints; i++)
    {
      Part part;

      if (self->poses[i].side != side || !part_begin (&part, self, cr, camera, i))
        continue;
      paint_body (&part);
      if (box_size (&part.box) < 4)
        continue;
      paint_pads (&part, FALSE);
      if (side == BW_SIDE_BACK)
        paint_drawings (&part);
      paint_pads (&part, TRUE);
      paint_holes (&part);
      if (side == BW_SIDE_FRONT)
        paint_drawings (&part);
      paint_lock (&part);
    }
}

/* On copper and on a body of any colour: with a halo. Shown five times, since glyphs come out of a
 * cache and the stroke of a path does not. */
static void
paint_text (BwPainter  *self,
            cairo_t    *cr,
            const char *text,
            double      x,
            double      y,
            double      opacity)
{
  static const double offsets[][2] = { { -1, 0 }, { 1, 0 }, { 0, -1 }, { 0, 1 } };

  bw_painter_set_color (cr, self->theme->board, 0.5 * opacity);
  for (gsize i = 0; i < G_N_ELEMENTS (offsets); i++)
    {
      cairo_move_to (cr, x + offsets[i][0], y + offsets[i][1]);
      cairo_show_text (cr, text);
    }
  bw_painter_set_color (cr, self->theme->label, opacity);
  cairo_move_to (cr, x, y);
  cairo_show_text (cr, text);
}

void
bw_painter_paint_labels (BwPainter      *self,
                         cairo_t        *cr,
                         const BwCamera *camera)
{
  cairo_set_font_face (cr, self->font);
  for (guint32 i = 0; i < self->board->n_footprints; i++)
    {
      Part part;
      double width, height, size, x, y;
      gboolean upright;

      if (self->label_widths[i] <= 0 || !part_begin (&part, self, cr, camera, i))
        continue;
      width = part.box.x1 - part.box.x0;
      height = part.box.y1 - part.box.y0;
      upright = height > width * 1.3;
      size = fmin (fmin (width, height) * 0.6, fmax (width, height) * 0.9 / self->label_widths[i]);
      /* Whole pixels, so that few sizes of the font are made. */
      size = floor (fmin (size, LARGEST_LABEL_PX));
      if (size < LEAST_LABEL_PX)
        continue;
      x = (part.box.x0 + part.box.x1) / 2;
      y = (part.box.y0 + part.box.y1) / 2;
      cairo_save (cr);
      cairo_translate (cr, x, y);
      if (upright)
        cairo_rotate (cr, -G_PI / 2);
      cairo_set_font_size (cr, size);
      paint_text (self, cr, part.footprint->reference, -self->label_widths[i] * size / 2,
                  size * 0.36, part.pose->side == BW_SIDE_FRONT ? 1 : BACK_OPACITY + 0.15);
      cairo_restore (cr);
    }
}
