/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "render/bw-painter-private.h"

#include <math.h>

/* Below these sizes, in pixels, a detail is left out. */
#define LEAST_RIM_PX 3.0
#define LEAST_PIECE_PX 6.0 /* of a custom pad */
#define LEAST_PART_PX 4.0 /* with pads */
#define LEAST_PAD_PX 1.0
#define LEAST_TRUE_PAD_PX 5.0
#define LEAST_HOLE_PX 2.0
#define LEAST_DRAWN_PART_PX 26.0
#define LEAST_LOCK_PX 20.0

#define FAR_OPACITY 0.45

typedef struct
{
  BwPainter *painter;
  BwPen *pen;
  const BwCamera *camera;
  guint32 index;
  const BwFootprint *footprint;
  const BwPose *pose;
  BwAffine affine;
  BwPixelBox box;
  BwColor color;
} Part;

/* Whether what is `size_px` large is worth drawing. */
static gboolean
is_seen (const Part *part,
         double      size_px,
         double      least_px)
{
  return size_px >= least_px || (part->painter->show & BW_SHOW_ALL_DETAIL) != 0;
}

static double
part_size (const Part *part)
{
  return fmax (part->box.x1 - part->box.x0, part->box.y1 - part->box.y0);
}

/* Whether it lies on the side that is not seen. */
static gboolean
is_far (const Part *part)
{
  return part->pose->side != bw_camera_near_side (part->camera);
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
            const BwCamera *camera,
            guint32         index)
{
  const BwFootprint *footprint = &painter->board->footprints[index];

  const BwBox *reach = &painter->reaches[index];
  BwPixelBox seen;

  if (bw_box_is_empty (reach))
    return FALSE;
  *part = (Part) {
    .painter = painter,
    .pen = &painter->pen,
    .camera = camera,
    .index = index,
    .footprint = footprint,
    .pose = &painter->poses[index],
    .affine = bw_painter_part_affine (camera, &painter->transforms[index]),
    .color = painter->colors[footprint->module + 1],
  };
  seen = bw_painter_pixel_box (&part->affine, reach);
  part->box = bw_box_is_empty (&footprint->box)
                ? seen : bw_painter_pixel_box (&part->affine, &footprint->box);
  return bw_painter_in_view (camera, &seen);
}

static void
paint_body (const Part *part)
{
  const BwFootprint *footprint = part->footprint;
  gboolean far = is_far (part);
  gboolean held = part->painter->held[part->index];

  if (!bw_footprint_takes_room (footprint))
    return;
  for (guint32 i = 0; i < footprint->n_silhouette; i++)
    bw_painter_add_path (part->pen, &part->affine, footprint->silhouette[i].points,
                         footprint->silhouette[i].n_points, TRUE);
  bw_pen_set_color (part->pen, part->color, far ? 0.16 : BW_THEME_BODY_OPACITY);
  bw_pen_fill (part->pen);
  if (!is_seen (part, part_size (part), LEAST_RIM_PX))
    {
      bw_pen_new_path (part->pen);
      return;
    }
  if (far)
    bw_pen_set_dash (part->pen, 3, 2.5);
  if (held)
    bw_pen_set_color (part->pen, part->painter->theme->lock, far ? 0.5 : 0.8);
  else
    bw_pen_set_color (part->pen, part->color, far ? 0.7 : 1);
  bw_pen_stroke (part->pen, held ? 1.4 : 1);
  bw_pen_set_dash (part->pen, 0, 0);
}

static void
paint_drawings (const Part *part)
{
  const BwTheme *theme = part->painter->theme;
  double opacity = is_far (part) ? FAR_OPACITY : 1;

  if (!(part->painter->show & BW_SHOW_DRAWINGS)
      || !is_seen (part, part_size (part), LEAST_DRAWN_PART_PX))
    return;
  for (guint32 i = 0; i < part->footprint->n_graphics; i++)
    {
      const BwGraphic *graphic = &part->footprint->graphics[i];

      /* What is drawn on the far side of the part is not to be seen from this one. */
      if (graphic->side != BW_SIDE_FRONT && graphic->layer != BW_LAYER_EDGE)
        continue;
      if (graphic->layer == BW_LAYER_SILK)
        bw_pen_set_color (part->pen, theme->silk, opacity);
      else if (graphic->layer == BW_LAYER_FAB)
        bw_pen_set_color (part->pen, theme->fab, opacity);
      else if (graphic->layer == BW_LAYER_COPPER)
        bw_pen_set_color (part->pen, theme->pad, opacity);
      else if (graphic->layer == BW_LAYER_EDGE)
        bw_pen_set_color (part->pen, theme->edge, 1);
      else
        continue;
      bw_painter_draw_graphic (part->pen, &part->affine, part->camera->scale_px_per_mm, graphic);
    }
}

/* The areas of a custom pad; its strokes have a pen of their own. */
static void
add_areas (const Part  *part,
           const BwPad *pad)
{
  for (guint32 i = 0; i < pad->n_copper; i++)
    if (pad->copper[i].filled)
      bw_painter_add_path (part->pen, &part->affine, pad->copper[i].points,
                           pad->copper[i].n_points, TRUE);
}

static void
add_pad (const Part  *part,
         const BwPad *pad,
         double       size_px,
         guint32      index)
{
  const BwPainter *painter = part->painter;
  const BwBox *box = &painter->pad_boxes[index];
  double least_px = painter->round_pads[index] ? BW_PAINTER_LEAST_ROUND_PX : LEAST_TRUE_PAD_PX;

  if (pad->n_copper > 0 && is_seen (part, size_px, LEAST_PIECE_PX))
    add_areas (part, pad);
  else if (is_seen (part, size_px, least_px))
    bw_painter_add_path (part->pen, &part->affine, pad->outline.points, pad->outline.n_points,
                         TRUE);
  else
    {
      const BwPoint corners[4] = { { box->x0_nm, box->y0_nm }, { box->x1_nm, box->y0_nm },
                                   { box->x1_nm, box->y1_nm }, { box->x0_nm, box->y1_nm } };

      bw_painter_add_path (part->pen, &part->affine, corners, 4, TRUE);
    }
}

static double
pad_size_px (const Part  *part,
             const BwBox *box)
{
  return part->camera->scale_px_per_mm * bw_nm_to_mm (MAX ((gint64) box->x1_nm - box->x0_nm,
                                                           (gint64) box->y1_nm - box->y0_nm));
}

/* It has copper on the near side, or on the far one alone, as asked for. */
static gboolean
is_shown (const Part  *part,
          const BwPad *pad,
          gboolean     near,
          double       size_px)
{
  guint sides = sides_now (part, pad->sides);
  guint near_bit = 1u << bw_camera_near_side (part->camera);

  return sides != 0 && near == ((sides & near_bit) != 0) && is_seen (part, size_px, LEAST_PAD_PX);
}

static gboolean
is_stroked (const Part  *part,
            const BwPad *pad,
            double       size_px)
{
  for (guint32 i = 0; i < pad->n_copper; i++)
    if (pad->copper[i].width_nm > 0)
      return is_seen (part, size_px, LEAST_PIECE_PX);
  return FALSE;
}

/* In the colour of pads that is set. */
static void
stroke_pad (const Part  *part,
            const BwPad *pad)
{
  double scale = part->camera->scale_px_per_mm;

  for (guint32 i = 0; i < pad->n_copper; i++)
    {
      const BwGraphic *piece = &pad->copper[i];

      if (piece->width_nm <= 0)
        continue;
      bw_painter_add_path (part->pen, &part->affine, piece->points, piece->n_points,
                           piece->closed || piece->n_points == 1);
      bw_pen_stroke (part->pen, bw_nm_to_mm (piece->width_nm) * scale);
    }
}

/* Pads of the part that have copper on the near side, or on the far one alone. But for strokes of
 * custom ones, all are one path. */
static void
paint_pads (const Part *part,
            gboolean    near)
{
  const BwFootprint *footprint = part->footprint;
  const BwBox *boxes = &part->painter->pad_boxes[part->painter->first_pad[part->index]];
  gboolean any_stroke = FALSE;

  for (guint32 i = 0; i < footprint->n_pads; i++)
    {
      const BwPad *pad = &footprint->pads[i];
      double size_px = pad_size_px (part, &boxes[i]);

      if (!is_shown (part, pad, near, size_px))
        continue;
      add_pad (part, pad, size_px, part->painter->first_pad[part->index] + i);
      any_stroke |= is_stroked (part, pad, size_px);
    }
  bw_pen_set_color (part->pen, near ? part->painter->theme->pad
                                    : part->painter->theme->pad_back, 1);
  bw_pen_fill (part->pen);
  bw_pen_new_path (part->pen);
  for (guint32 i = 0; any_stroke && i < footprint->n_pads; i++)
    {
      double size_px = pad_size_px (part, &boxes[i]);

      if (is_shown (part, &footprint->pads[i], near, size_px) &&
          is_stroked (part, &footprint->pads[i], size_px))
        stroke_pad (part, &footprint->pads[i]);
    }
}

/* Plated holes that are longer than wide: strokes with round ends. */
static void
paint_slots (const Part *part)
{
  const BwFootprint *footprint = part->footprint;
  double scale = part->camera->scale_px_per_mm;

  for (guint32 i = 0; i < footprint->n_pads; i++)
    {
      const BwPad *pad = &footprint->pads[i];
      double diameter_px = bw_nm_to_mm (pad->drill_nm) * scale;
      const BwPoint ends[2] = {
        { pad->at.x_nm - pad->slot.x_nm, pad->at.y_nm - pad->slot.y_nm },
        { pad->at.x_nm + pad->slot.x_nm, pad->at.y_nm + pad->slot.y_nm },
      };

      if ((pad->slot.x_nm == 0 && pad->slot.y_nm == 0) || pad->sides == 0 ||
          !is_seen (part, diameter_px, LEAST_HOLE_PX))
        continue;
      bw_painter_add_path (part->pen, &part->affine, ends, 2, FALSE);
      bw_pen_stroke (part->pen, diameter_px);
    }
}

static void
paint_holes (const Part *part)
{
  const BwFootprint *footprint = part->footprint;
  const BwTheme *theme = part->painter->theme;
  double scale = part->camera->scale_px_per_mm;

  /* Plated ones lie in copper; bare ones are their own shape and show their rim. */
  for (guint32 i = 0; i < footprint->n_pads; i++)
    {
      const BwPad *pad = &footprint->pads[i];
      double diameter_px = bw_nm_to_mm (pad->drill_nm) * scale;
      double x, y;

      if (pad->drill_nm <= 0 || pad->sides == 0 || pad->slot.x_nm != 0 || pad->slot.y_nm != 0 ||
          !is_seen (part, diameter_px, LEAST_HOLE_PX))
        continue;
      bw_affine_apply (&part->affine, pad->at, &x, &y);
      bw_pen_add_circle (part->pen, x, y, diameter_px / 2);
    }
  bw_pen_set_color (part->pen, theme->hole, 1);
  bw_pen_fill (part->pen);
  bw_pen_new_path (part->pen);
  paint_slots (part);

  for (guint32 i = 0; i < footprint->n_pads; i++)
    {
      const BwPad *pad = &footprint->pads[i];

      if (pad->sides != 0
          || !is_seen (part, bw_nm_to_mm (pad->drill_nm) * scale, LEAST_HOLE_PX))
        continue;
      bw_painter_add_path (part->pen, &part->affine, pad->outline.points, pad->outline.n_points,
                           TRUE);
      bw_pen_set_color (part->pen, theme->hole, 1);
      bw_pen_fill (part->pen);
      bw_pen_set_color (part->pen, theme->edge, 0.9);
      bw_pen_stroke (part->pen, 1);
    }
}

/* A padlock in the upper left corner, of what a person locked. */
static void
paint_lock (const Part *part)
{
  BwPen *pen = part->pen;
  const double size = 8;
  double x = part->box.x0 + 4;
  double y = part->box.y0 + 4;

  gboolean by_hand = part->painter->held[part->index] && part->footprint->hold == BW_HOLD_NONE;

  if ((!part->footprint->locked && !by_hand)
      || fmin (part->box.x1 - part->box.x0, part->box.y1 - part->box.y0) < LEAST_LOCK_PX)
    return;
  bw_pen_set_color (pen, part->painter->theme->lock, 0.9);
  bw_pen_move_to (pen, x, y + size * 0.45);
  bw_pen_line_to (pen, x + size, y + size * 0.45);
  bw_pen_line_to (pen, x + size, y + size * 1.05);
  bw_pen_line_to (pen, x, y + size * 1.05);
  bw_pen_close (pen);
  bw_pen_fill (pen);
  bw_pen_new_path (pen);
  for (int i = 0; i <= 8; i++)
    {
      double px = x + size * (0.5 - 0.3 * cos (G_PI * i / 8));
      double py = y + size * (0.4 - 0.3 * sin (G_PI * i / 8));

      if (i == 0)
        bw_pen_move_to (pen, px, py + size * 0.1);
      bw_pen_line_to (pen, px, py);
      if (i == 8)
        bw_pen_line_to (pen, px, py + size * 0.1);
    }
  bw_pen_stroke (pen, 1.3);
}

void
bw_painter_paint_side (BwPainter      *self,
                       const BwCamera *camera,
                       BwSide          side)
{
  for (guint32 i = 0; i < self->board->n_footprints; i++)
    {
      Part part;

      if (self->poses[i].side != side || self->hidden[i]
          || bw_painter_paint_small (self, camera, i) || !part_begin (&part, self, camera, i))
        continue;
      paint_body (&part);
      if (!is_seen (&part, part_size (&part), LEAST_PART_PX))
        continue;
      if (self->show & BW_SHOW_PADS)
        paint_pads (&part, FALSE);
      if (is_far (&part))
        paint_drawings (&part);
      if (self->show & BW_SHOW_PADS)
        {
          paint_pads (&part, TRUE);
          paint_holes (&part);
        }
      if (!is_far (&part))
        paint_drawings (&part);
      paint_lock (&part);
    }
}
