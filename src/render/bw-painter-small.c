/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "render/bw-painter-private.h"

#include <math.h>

/* Parts up to this size are upright boxes: body, rim and pads. */
#define LARGEST_PX 12.0
#define LEAST_RIM_PX 3.0
#define LEAST_PADS_PX 4.0 /* of their part */
#define LEAST_PAD_PX 1.0
#define LEAST_HOLE_PX 2.0

/* So near to a multiple of a right angle nobody sees that a small box is askew. */
#define UPRIGHT 0.05

/* Bodies that fill less of their box, or are not one, keep their shape: round ones do. */
#define LEAST_SHARE 0.8

/* Among so many parts boxes end on whole pixels: nobody sees how smoothly one of them moves. */
#define CROWD 3000

/* What is left of a rim that is dashed on larger ones. */
#define FAR_RIM 0.55

/* Flat, since all of them are looked up for each picture. */
struct _BwSmallPart
{
  BwBox box;
  gint32 module;
  float size_mm;     /* infinite: never small */
  float hole_mm;     /* the largest; 0: none */
  float round_mm;    /* the largest round pad; 0: none */
  guint32 first_pad;
  guint32 n_pads;
};

struct _BwSmallPad
{
  BwBox box;
  float size_mm;
  guint8 sides;
};

static double
box_size (const BwBox *box)
{
  return bw_nm_to_mm (MAX ((gint64) box->x1_nm - box->x0_nm, (gint64) box->y1_nm - box->y0_nm));
}

static gboolean
is_box_like (const BwFootprint *footprint)
{
  const BwRing *ring = footprint->body[BW_SIDE_FRONT];
  double width = (double) footprint->box.x1_nm - footprint->box.x0_nm;
  double height = (double) footprint->box.y1_nm - footprint->box.y0_nm;
  double area = 0;

  if (footprint->n_body[BW_SIDE_FRONT] != 1)
    return FALSE;
  for (guint32 i = 0; i < ring->n_points; i++)
    {
      const BwPoint *a = &ring->points[i], *b = &ring->points[(i + 1) % ring->n_points];

      area += ((double) a->x_nm * b->y_nm - (double) b->x_nm * a->y_nm) / 2;
    }
  return fabs (area) >= LEAST_SHARE * width * height;
}

void
bw_painter_prepare_small (BwPainter *self)
{
  const BwBoard *board = self->board;
  guint32 n_pads = 0;

  self->small_parts = g_new0 (BwSmallPart, board->n_footprints);
  self->small_pads = g_new0 (BwSmallPad, self->first_pad[board->n_footprints]);
  for (guint32 i = 0; i < board->n_footprints; i++)
    {
      const BwFootprint *footprint = &board->footprints[i];
      BwSmallPart *part = &self->small_parts[i];

      part->box = footprint->box;
      part->module = footprint->module;
      part->size_mm = is_box_like (footprint) ? (float) box_size (&part->box) : INFINITY;
      part->first_pad = n_pads;
      part->n_pads = footprint->n_pads;
      for (guint32 p = 0; p < footprint->n_pads; p++)
        {
          const BwPad *pad = &footprint->pads[p];
          BwSmallPad *small = &self->small_pads[n_pads];

          small->box = self->pad_boxes[n_pads++];
          small->size_mm = (float) box_size (&small->box);
          small->sides = pad->sides;
          if (self->round_pads[part->first_pad + p])
            part->round_mm = MAX (part->round_mm, small->size_mm);
          part->hole_mm = MAX (part->hole_mm, (float) bw_nm_to_mm (pad->drill_nm));
        }
    }
}

/* Upright, so two corners will do. */
static BwPixelBox
place_box (const BwPainter *self,
           const BwAffine  *affine,
           const BwBox     *box)
{
  double scale = self->pen.scale;
  BwPixelBox placed;
  double ax, ay, bx, by;

  bw_affine_apply (affine, (BwPoint) { box->x0_nm, box->y0_nm }, &ax, &ay);
  bw_affine_apply (affine, (BwPoint) { box->x1_nm, box->y1_nm }, &bx, &by);
  placed = (BwPixelBox) { MIN (ax, bx), MIN (ay, by), MAX (ax, bx), MAX (ay, by) };
  if (self->board->n_footprints < CROWD)
    return placed;
  placed.x0 = rint (placed.x0 * scale) / scale;
  placed.y0 = rint (placed.y0 * scale) / scale;
  placed.x1 = fmax (rint (placed.x1 * scale), placed.x0 * scale + 1) / scale;
  placed.y1 = fmax (rint (placed.y1 * scale), placed.y0 * scale + 1) / scale;
  return placed;
}

static void
paint_pads (BwPainter         *self,
            const BwSmallPart *part,
            const BwAffine    *affine,
            double             scale_px_per_mm,
            guint              near_bit,
            gboolean           near)
{
  bw_pen_set_color (&self->pen, near ? self->theme->pad : self->theme->pad_back, 1);
  for (guint32 i = part->first_pad; i < part->first_pad + part->n_pads; i++)
    {
      const BwSmallPad *pad = &self->small_pads[i];
      BwPixelBox box;

      if (pad->sides == 0 || near != ((pad->sides & near_bit) != 0)
          || (double) pad->size_mm * scale_px_per_mm < LEAST_PAD_PX)
        continue;
      box = place_box (self, affine, &pad->box);
      bw_pen_fill_box (&self->pen, box.x0, box.y0, box.x1, box.y1);
    }
}

/* Within the box, so that it is of whole pixels where the box is. */
static void
paint_rim (BwPainter        *self,
           guint32           index,
           const BwPixelBox *box,
           BwColor           color,
           gboolean          far)
{
  double half = 0.5 / self->pen.scale;

  if (self->held[index])
    bw_pen_set_color (&self->pen, self->theme->lock, far ? FAR_RIM * 0.5 : 0.8);
  else
    bw_pen_set_color (&self->pen, color, far ? FAR_RIM * 0.7 : 1);
  bw_pen_stroke_box (&self->pen, box->x0 + half, box->y0 + half, box->x1 - half, box->y1 - half,
                     2 * half);
}

gboolean
bw_painter_paint_small (BwPainter      *self,
                        const BwCamera *camera,
                        guint32         index)
{
  const BwSmallPart *part = &self->small_parts[index];
  const BwTransform *transform = &self->transforms[index];
  BwSide side = transform->mirror < 0 ? BW_SIDE_BACK : BW_SIDE_FRONT;
  gboolean far = side != bw_camera_near_side (camera);
  double scale = camera->scale_px_per_mm;
  double size_px = (double) part->size_mm * scale;
  guint near_bit;
  BwAffine affine;
  BwPixelBox box;
  BwColor color;

  if (size_px > LARGEST_PX || (double) part->hole_mm * scale >= LEAST_HOLE_PX
      || (double) part->round_mm * scale >= BW_PAINTER_LEAST_ROUND_PX || !self->pen.fast
      || MIN (fabs (transform->cos_a), fabs (transform->sin_a)) > UPRIGHT)
    return FALSE;
  affine = bw_painter_part_affine (camera, transform);
  box = place_box (self, &affine, &part->box);
  if (!bw_painter_in_view (camera, &box))
    return TRUE;
  color = self->colors[part->module + 1];
  bw_pen_set_color (&self->pen, color, far ? 0.16 : BW_THEME_BODY_OPACITY);
  bw_pen_fill_box (&self->pen, box.x0, box.y0, box.x1, box.y1);
  if (size_px >= LEAST_RIM_PX)
    paint_rim (self, index, &box, color, far);
  if (size_px < LEAST_PADS_PX || !(self->show & BW_SHOW_PADS))
    return TRUE;
  /* On the back a part's own two sides change places. */
  near_bit = far ? 2 : 1;
  paint_pads (self, part, &affine, scale, near_bit, FALSE);
  paint_pads (self, part, &affine, scale, near_bit, TRUE);
  return TRUE;
}
