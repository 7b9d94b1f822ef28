/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "render/bw-painter-private.h"

#include <math.h>
#include <string.h>

#define LEAST_LABEL_PX 8.0
#define LARGEST_LABEL_PX 15.0
#define FAR_OPACITY 0.6
#define HALO_PX 1
#define MARGIN_PX 3

/* Where a reference goes. */
typedef struct
{
  const char *text;
  double x, y;      /* of its middle */
  double width;
  double size;      /* of the font */
  double opacity;
  gboolean upright;
  BwPixelBox box;   /* of the part */
} Label;

void
bw_painter_free_labels (BwPainter *self)
{
  for (guint32 i = 0; i < self->board->n_footprints; i++)
    g_clear_pointer (&self->labels[i].pixels, g_free);
}

/* Whether it has one, be it in view or not: what is painted in bands is the same in each. */
static gboolean
find_label (const BwPainter *self,
            const BwCamera  *camera,
            guint32          index,
            Label           *label)
{
  const BwFootprint *footprint = &self->board->footprints[index];
  gboolean all = (self->show & BW_SHOW_ALL_DETAIL) != 0;
  BwAffine affine;
  BwPixelBox box;
  double width, height;

  /* Nobody looks for a logo by its reference. */
  if (self->label_widths[index] <= 0 || bw_box_is_empty (&footprint->box)
      || !bw_footprint_takes_room (footprint))
    return FALSE;
  affine = bw_painter_part_affine (camera, &self->transforms[index]);
  box = bw_painter_pixel_box (&affine, &footprint->box);
  width = box.x1 - box.x0;
  height = box.y1 - box.y0;
  label->size = fmin (fmin (width, height) * 0.6,
                      fmax (width, height) * 0.9 / self->label_widths[index]);
  label->size = fmin (label->size, LARGEST_LABEL_PX);
  /* Whole pixels, so that few sizes of the font are made. */
  if (!all)
    label->size = floor (label->size);
  if (!all && label->size < LEAST_LABEL_PX)
    return FALSE;
  label->box = box;
  label->text = footprint->reference;
  label->width = self->label_widths[index] * label->size;
  label->x = (box.x0 + box.x1) / 2;
  label->y = (box.y0 + box.y1) / 2;
  label->upright = height > width * 1.3;
  label->opacity = self->poses[index].side == bw_camera_near_side (camera) ? 1 : FAR_OPACITY;
  return TRUE;
}

gboolean
bw_painter_has_label (const BwPainter *self,
                      const BwCamera  *camera,
                      guint32          index)
{
  Label label;

  return find_label (self, camera, index, &label);
}

/* On copper and on a body of any colour: with a halo. */
static void
show_text (BwPainter   *self,
           cairo_t     *cr,
           const Label *label)
{
  static const double offsets[][2] = {
    { -HALO_PX, 0 }, { HALO_PX, 0 }, { 0, -HALO_PX }, { 0, HALO_PX },
  };
  double x = -label->width / 2;
  double y = label->size * 0.36;
  const BwColor *halo = &self->theme->board;
  const BwColor *color = &self->theme->label;

  cairo_save (cr);
  cairo_set_font_face (cr, self->font);
  cairo_set_font_size (cr, label->size);
  cairo_translate (cr, label->x, label->y);
  if (label->upright)
    cairo_rotate (cr, -G_PI / 2);
  cairo_set_source_rgba (cr, halo->red, halo->green, halo->blue, 0.5 * label->opacity);
  for (gsize i = 0; i < G_N_ELEMENTS (offsets); i++)
    {
      cairo_move_to (cr, x + offsets[i][0], y + offsets[i][1]);
      cairo_show_text (cr, label->text);
    }
  cairo_set_source_rgba (cr, color->red, color->green, color->blue, label->opacity);
  cairo_move_to (cr, x, y);
  cairo_show_text (cr, label->text);
  cairo_restore (cr);
}

static void
draw_picture (BwPainter      *self,
              BwLabelPicture *picture,
              const Label    *label)
{
  double scale = self->pen.scale;
  int length = (int) ceil ((label->width + 2 * MARGIN_PX) * scale);
  int height = (int) ceil ((label->size * 1.4 + 2 * MARGIN_PX) * scale);
  Label centered = *label;
  cairo_surface_t *surface;
  cairo_t *cr;

  g_free (picture->pixels);
  picture->width = label->upright ? height : length;
  picture->height = label->upright ? length : height;
  picture->pixels = g_new0 (guint32, (gsize) picture->width * (gsize) picture->height);
  picture->size = (gint16) label->size;
  picture->upright = label->upright;
  surface = cairo_image_surface_create_for_data ((guchar *) picture->pixels, CAIRO_FORMAT_ARGB32,
                                                 picture->width, picture->height,
                                                 picture->width * 4);
  cairo_surface_set_device_scale (surface, scale, scale);
  cr = cairo_create (surface);
  centered.x = picture->width / (2 * scale);
  centered.y = picture->height / (2 * scale);
  centered.opacity = 1;
  show_text (self, cr, &centered);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
}

/* Text by cairo costs more than all the rest of a part, so each is kept as a picture. */
static void
show_picture (BwPainter   *self,
              guint32      index,
              const Label *label)
{
  BwLabelPicture *picture = &self->labels[index];
  double scale = self->pen.scale;

  if (!picture->pixels || picture->size != (gint16) label->size
      || picture->upright != label->upright)
    draw_picture (self, picture, label);
  bw_raster_blit (self->pen.raster, picture->pixels, picture->width, picture->height,
                  (int) lrint (label->x * scale - picture->width / 2.0),
                  (int) lrint (label->y * scale - picture->height / 2.0), label->opacity);
}

void
bw_painter_paint_labels (BwPainter      *self,
                         const BwCamera *camera)
{
  if (self->labels_theme != self->theme || self->labels_scale != self->pen.scale)
    bw_painter_free_labels (self);
  self->labels_theme = self->theme;
  self->labels_scale = self->pen.scale;
  for (guint32 i = 0; i < self->board->n_footprints; i++)
    {
      Label label;

      if (self->hidden[i] || !find_label (self, camera, i, &label)
          || !bw_painter_in_view (camera, &label.box))
        continue;
      if (self->pen.fast)
        show_picture (self, i, &label);
      else
        show_text (self, self->pen.cr, &label);
    }
}
