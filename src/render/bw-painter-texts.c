/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "render/bw-painter-private.h"

#include <math.h>
#include <string.h>

#define LEAST_TEXT_PX 4.5
#define LARGEST_TEXT_PX 4000.0 /* of which no letter would be known */
#define FONT_UNITS 20.0
#define CAPITAL (FONT_UNITS * 0.72)
#define LINE (CAPITAL * 1.62)
#define FAR_OPACITY 0.4

/* From the text's own frame, where `at` is the origin and a capital CAPITAL units tall. */
static cairo_matrix_t
text_matrix (const BwAffine *affine,
             const BwText   *text)
{
  double angle = bw_cdeg_normalize (text->rotation_cdeg) * G_PI / 18000;
  double y_scale = text->height_nm / CAPITAL;
  double x_scale = (text->mirrored ? -1 : 1) * (text->width_nm / CAPITAL);
  cairo_matrix_t matrix;
  double x, y;

  bw_affine_apply (affine, text->at, &x, &y);
  cairo_matrix_init (&matrix,
                     x_scale * (affine->xx * cos (angle) - affine->xy * sin (angle)),
                     x_scale * (affine->yx * cos (angle) - affine->yy * sin (angle)),
                     y_scale * (affine->xx * sin (angle) + affine->xy * cos (angle)),
                     y_scale * (affine->yx * sin (angle) + affine->yy * cos (angle)), x, y);
  return matrix;
}

static gboolean
is_in_view (const BwAffine *affine,
            const BwCamera *camera,
            const BwText   *text)
{
  double em_px = bw_nm_to_mm (MAX (text->height_nm, text->width_nm)) * camera->scale_px_per_mm;
  double reach_px = (strlen (text->text) + 2) * 1.7 * em_px;
  double x, y;

  bw_affine_apply (affine, text->at, &x, &y);
  return em_px <= LARGEST_TEXT_PX && x > -reach_px && y > -reach_px
         && x < camera->width_px + reach_px && y < camera->height_px + reach_px;
}

static void
show_lines (cairo_t      *cr,
            const BwText *text)
{
  g_auto (GStrv) lines = g_strsplit (text->text, "\n", -1);
  double height = CAPITAL + (g_strv_length (lines) - 1) * LINE;
  double y = CAPITAL - (1 + text->align_y) / 2.0 * height;

  for (guint i = 0; lines[i]; i++)
    {
      cairo_text_extents_t extents;

      cairo_text_extents (cr, lines[i], &extents);
      cairo_move_to (cr, -(1 + text->align_x) / 2.0 * extents.x_advance, y + i * LINE);
      cairo_show_text (cr, lines[i]);
    }
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
      double height_px = bw_nm_to_mm (text->height_nm) * camera->scale_px_per_mm;
      BwColor color = text->layer == BW_LAYER_FAB ? theme->fab : theme->silk;
      cairo_matrix_t matrix;

      if (text->side != side || text->height_nm <= 0 || text->width_nm <= 0
          || (text->layer != BW_LAYER_SILK && text->layer != BW_LAYER_FAB
              && text->layer != BW_LAYER_COPPER)
          || (height_px < LEAST_TEXT_PX && !(self->show & BW_SHOW_ALL_DETAIL))
          || !is_in_view (&affine, camera, text)
          || !g_utf8_validate (text->text, -1, NULL))
        continue;
      if (text->layer == BW_LAYER_COPPER)
        color = side == BW_SIDE_FRONT ? theme->track_front : theme->track_back;
      cairo_save (cr);
      matrix = text_matrix (&affine, text);
      cairo_transform (cr, &matrix);
      cairo_set_font_face (cr, self->font);
      cairo_set_font_size (cr, FONT_UNITS);
      cairo_set_source_rgba (cr, color.red, color.green, color.blue, color.alpha * opacity);
      show_lines (cr, text);
      cairo_restore (cr);
    }
}
