/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "render/bw-painter-private.h"

#include <math.h>
#include <string.h>

#define LEAST_TEXT_PX 4.5
#define LEAST_NOTE_PX 9.0 /* on the fabrication layer: it is not on the board */
#define LARGEST_TEXT_PX 4000.0 /* of which no letter would be known */
#define FONT_UNITS 20.0
#define CAPITAL (FONT_UNITS * 0.72)
#define LINE (CAPITAL * 1.62)
#define FAR_OPACITY 0.4
#define FAR_PART_OPACITY 0.45

/* How a text stands: from its own frame, where `at` is the origin and a capital CAPITAL units
 * tall, to pixels; and whether it is turned by half a circle so as not to stand on its head. */
typedef struct
{
  cairo_matrix_t matrix;
  int turned;     /* 1, or -1: what was its left is its right */
} Stand;

static Stand
find_stand (const BwAffine *affine,
            const BwText   *text)
{
  double angle = bw_cdeg_normalize (text->rotation_cdeg) * G_PI / 18000;
  double y_scale = text->height_nm / CAPITAL;
  double x_scale = (text->mirrored ? -1 : 1) * (text->width_nm / CAPITAL);
  Stand stand = { .turned = 1 };
  double x, y;

  if (text->upright)
    {
      /* Where the tops of its letters point to. */
      double up_x = -affine->xx * sin (angle) - affine->xy * cos (angle);
      double up_y = -affine->yx * sin (angle) - affine->yy * cos (angle);
      double slack = 1e-6 * hypot (up_x, up_y);

      if (up_y > slack || (up_y > -slack && up_x > 0))
        {
          angle += G_PI;
          stand.turned = -1;
        }
    }
  bw_affine_apply (affine, text->at, &x, &y);
  cairo_matrix_init (&stand.matrix,
                     x_scale * (affine->xx * cos (angle) - affine->xy * sin (angle)),
                     x_scale * (affine->yx * cos (angle) - affine->yy * sin (angle)),
                     y_scale * (affine->xx * sin (angle) + affine->xy * cos (angle)),
                     y_scale * (affine->yx * sin (angle) + affine->yy * cos (angle)), x, y);
  return stand;
}

/* From where it is placed, at most. */
static double
reach_nm (const BwText *text)
{
  return (strlen (text->text) + 2) * 1.7 * MAX (text->height_nm, text->width_nm);
}

static gint32
saturate_nm (double value_nm)
{
  return (gint32) CLAMP (value_nm, G_MININT32, G_MAXINT32);
}

BwBox
bw_painter_text_reach (const BwText *text)
{
  double reach = reach_nm (text);

  return (BwBox) {
    saturate_nm (text->at.x_nm - reach), saturate_nm (text->at.y_nm - reach),
    saturate_nm (text->at.x_nm + reach), saturate_nm (text->at.y_nm + reach),
  };
}

static gboolean
is_in_view (const BwAffine *affine,
            const BwCamera *camera,
            const BwText   *text)
{
  double em_px = bw_nm_to_mm (MAX (text->height_nm, text->width_nm)) * camera->scale_px_per_mm;
  double reach_px = reach_nm (text) / BW_NM_PER_MM * camera->scale_px_per_mm;
  double x, y;

  bw_affine_apply (affine, text->at, &x, &y);
  return em_px <= LARGEST_TEXT_PX && x > -reach_px && y > -reach_px
         && x < camera->width_px + reach_px && y < camera->height_px + reach_px;
}

/* Whether it can be read, and is on a layer that is shown. */
static gboolean
is_shown (const BwPainter *self,
          const BwCamera  *camera,
          const BwText    *text)
{
  double height_px = bw_nm_to_mm (text->height_nm) * camera->scale_px_per_mm;

  if (text->height_nm <= 0 || text->width_nm <= 0
      || (text->layer != BW_LAYER_SILK && text->layer != BW_LAYER_FAB
          && text->layer != BW_LAYER_COPPER))
    return FALSE;
  return (self->show & BW_SHOW_ALL_DETAIL) != 0
         || height_px >= (text->layer == BW_LAYER_FAB ? LEAST_NOTE_PX : LEAST_TEXT_PX);
}

static void
show_lines (cairo_t      *cr,
            const BwText *text,
            const char   *words,
            int           turned)
{
  g_auto (GStrv) lines = g_strsplit (words, "\n", -1);
  double height = CAPITAL + (g_strv_length (lines) - 1) * LINE;
  double y = CAPITAL - (1 + turned * text->align_y) / 2.0 * height;

  for (guint i = 0; lines[i]; i++)
    {
      cairo_text_extents_t extents;

      cairo_text_extents (cr, lines[i], &extents);
      cairo_move_to (cr, -(1 + turned * text->align_x) / 2.0 * extents.x_advance, y + i * LINE);
      cairo_show_text (cr, lines[i]);
    }
}

static void
draw_text (const BwPainter *self,
           cairo_t         *cr,
           const BwAffine  *affine,
           const BwText    *text,
           const char      *words,
           BwColor          color,
           double           opacity)
{
  Stand stand = find_stand (affine, text);

  if (!g_utf8_validate (words, -1, NULL))
    return;
  cairo_save (cr);
  cairo_transform (cr, &stand.matrix);
  cairo_set_font_face (cr, self->font);
  cairo_set_font_size (cr, FONT_UNITS);
  cairo_set_source_rgba (cr, color.red, color.green, color.blue, color.alpha * opacity);
  show_lines (cr, text, words, stand.turned);
  cairo_restore (cr);
}

void
bw_painter_paint_texts (BwPainter      *self,
                        cairo_t        *cr,
                        const BwCamera *camera,
                        BwSide          side)
{
  BwAffine affine = bw_painter_board_affine (camera);
  const BwTheme *theme = self->theme;
  double opacity = side == bw_camera_near_side (camera) ? 1 : FAR_OPACITY;

  for (guint32 i = 0; i < self->board->n_texts; i++)
    {
      const BwText *text = &self->board->texts[i];
      BwColor color = text->layer == BW_LAYER_FAB ? theme->fab : theme->silk;

      if (text->side != side || !is_shown (self, camera, text)
          || !is_in_view (&affine, camera, text))
        continue;
      if (text->layer == BW_LAYER_COPPER)
        color = side == BW_SIDE_FRONT ? theme->track_front : theme->track_back;
      draw_text (self, cr, &affine, text, text->text, color, opacity);
    }
}

/* What KiCad writes for it. */
static const char *
find_words (const BwFootprint *footprint,
            const BwText      *text)
{
  if (g_str_equal (text->text, "${REFERENCE}"))
    return footprint->reference;
  return g_str_equal (text->text, "${VALUE}") ? footprint->value : text->text;
}

/* Its reference stands for what is noted, which is larger than the part more often than not, and
 * for itself, where it is shown. */
static gboolean
is_labelled (const BwPainter *self,
             const BwCamera  *camera,
             guint32          index,
             const BwText    *text)
{
  const BwFootprint *footprint = &self->board->footprints[index];

  return (self->show & BW_SHOW_LABELS)
         && (text->layer == BW_LAYER_FAB
             || (g_str_equal (find_words (footprint, text), footprint->reference)
                 && bw_painter_has_label (self, camera, index)));
}

void
bw_painter_paint_part_texts (BwPainter      *self,
                             const BwCamera *camera,
                             BwSide          side)
{
  const BwTheme *theme = self->theme;
  gboolean near = side == bw_camera_near_side (camera);

  if (!(self->show & BW_SHOW_DRAWINGS)
      || (!(self->show & BW_SHOW_ALL_DETAIL)
          && self->largest_text_mm * camera->scale_px_per_mm < LEAST_TEXT_PX))
    return;
  for (guint32 i = 0; i < self->board->n_footprints; i++)
    {
      const BwFootprint *footprint = &self->board->footprints[i];
      BwAffine affine;
      BwPixelBox reach;

      if (self->hidden[i] || bw_box_is_empty (&self->text_reaches[i]))
        continue;
      affine = bw_painter_part_affine (camera, &self->transforms[i]);
      reach = bw_painter_pixel_box (&affine, &self->text_reaches[i]);
      if (!bw_painter_in_view (camera, &reach))
        continue;
      for (guint32 k = 0; k < footprint->n_texts; k++)
        {
          const BwText *text = &footprint->texts[k];
          BwColor color = text->layer == BW_LAYER_FAB ? theme->fab : theme->silk;

          if ((text->side ^ (guint) self->poses[i].side) != side || !is_shown (self, camera, text)
              || !is_in_view (&affine, camera, text) || is_labelled (self, camera, i, text))
            continue;
          if (text->layer == BW_LAYER_COPPER)
            color = near ? theme->pad : theme->pad_back;
          draw_text (self, self->pen.cr, &affine, text, find_words (footprint, text), color,
                     near ? 1 : FAR_PART_OPACITY);
        }
    }
}
