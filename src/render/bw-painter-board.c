/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "render/bw-painter-private.h"

#include <math.h>
#include <string.h>

#define LEAST_GRID_PX 9.0
#define LEAST_HOLE_PX 1.6
#define LEAST_AREA_NAME_PX 90.0
#define AREA_FONT_PX 11.0
#define FAR_OPACITY 0.4

static void
set_source (cairo_t *cr,
            BwColor  color,
            double   opacity)
{
  cairo_set_source_rgba (cr, color.red, color.green, color.blue, color.alpha * opacity);
}

/* Adds a path for cairo, which alone knows how to fill around holes. */
static void
add_ring (cairo_t        *cr,
          const BwAffine *affine,
          const BwRing   *ring)
{
  /* Not from where a text, or the ring before, left off. */
  cairo_new_sub_path (cr);
  for (guint32 i = 0; i < ring->n_points; i++)
    {
      double x, y;

      bw_affine_apply (affine, ring->points[i], &x, &y);
      cairo_line_to (cr, x, y);
    }
  cairo_close_path (cr);
}

static void
paint_slab (BwPainter      *self,
            cairo_t        *cr,
            const BwAffine *affine)
{
  for (guint32 i = 0; i < self->board->n_outlines; i++)
    add_ring (cr, affine, &self->board->outlines[i].ring);
  cairo_set_fill_rule (cr, CAIRO_FILL_RULE_EVEN_ODD);
  set_source (cr, self->theme->board, 1);
  cairo_fill (cr);
  cairo_set_fill_rule (cr, CAIRO_FILL_RULE_WINDING);
}

static void
paint_edge (BwPainter      *self,
            cairo_t        *cr,
            const BwAffine *affine)
{
  for (guint32 i = 0; i < self->board->n_outlines; i++)
    add_ring (cr, affine, &self->board->outlines[i].ring);
  cairo_set_line_width (cr, 1.5);
  set_source (cr, self->theme->edge, 1);
  cairo_stroke (cr);
}

/* Lines on whole pixels, as far apart as can be told apart. */
static void
paint_grid (BwPainter      *self,
            cairo_t        *cr,
            const BwCamera *camera)
{
  double step_mm = self->grid_mm;
  double x0_mm, y0_mm, x1_mm, y1_mm, x_px, y_px;

  while (step_mm * camera->scale_px_per_mm < LEAST_GRID_PX)
    step_mm *= 2;
  bw_camera_to_mm (camera, 0, 0, &x0_mm, &y0_mm);
  bw_camera_to_mm (camera, camera->width_px, camera->height_px, &x1_mm, &y1_mm);
  for (double x_mm = ceil (fmin (x0_mm, x1_mm) / step_mm) * step_mm; x_mm <= fmax (x0_mm, x1_mm);
       x_mm += step_mm)
    {
      bw_camera_to_px (camera, x_mm, 0, &x_px, &y_px);
      cairo_rectangle (cr, round (x_px), 0, 1, camera->height_px);
    }
  for (double y_mm = ceil (y0_mm / step_mm) * step_mm; y_mm <= y1_mm; y_mm += step_mm)
    {
      bw_camera_to_px (camera, 0, y_mm, &x_px, &y_px);
      cairo_rectangle (cr, 0, round (y_px), camera->width_px, 1);
    }
  set_source (cr, self->theme->grid, 1);
  cairo_fill (cr);
}

void
bw_painter_set_tracks (BwPainter *self,
                       BwTracks   tracks)
{
  if (tracks != self->tracks)
    self->copper_stale = TRUE;
  self->tracks = tracks;
}

guint
bw_painter_get_copper (BwPainter *self)
{
  const BwBoard *board = self->board;
  g_autofree gboolean *gone_nets = NULL;
  gboolean fills_gone;

  if (!self->copper_stale || (board->n_tracks == 0 && board->n_zones == 0))
    return self->copper;
  self->copper_stale = FALSE;
  gone_nets = g_new0 (gboolean, board->n_nets + 1);
  fills_gone = bw_board_find_gone_copper (board, self->poses, self->tracks, gone_nets);
  if (fills_gone != self->fills_gone
      || memcmp (gone_nets, self->gone_nets, sizeof *gone_nets * board->n_nets) != 0)
    self->copper++;
  g_free (self->gone_nets);
  self->gone_nets = g_steal_pointer (&gone_nets);
  self->fills_gone = fills_gone;
  return self->copper;
}

static gboolean
is_gone (const BwPainter *self,
         gint32           net)
{
  return net >= 0 && self->gone_nets[net];
}

/* As it was last poured; those of a footprint are not the board's, and move. */
static void
paint_zones (BwPainter      *self,
             const BwAffine *affine,
             BwSide          side)
{
  const BwTheme *theme = self->theme;

  bw_pen_set_color (&self->pen, side == BW_SIDE_FRONT ? theme->zone_front : theme->zone_back, 1);
  for (guint32 i = 0; i < self->board->n_zones; i++)
    for (guint32 k = 0; k < self->board->zones[i].n_fills; k++)
      {
        const BwZone *zone = &self->board->zones[i];
        const BwZoneFill *fill = &zone->fills[k];

        if (zone->footprint >= 0 || !(fill->sides & (1 << side))
            || (zone->teardrop ? is_gone (self, zone->net) : self->fills_gone))
          continue;
        bw_painter_add_path (&self->pen, affine, fill->ring.points, fill->ring.n_points, TRUE);
        bw_pen_fill (&self->pen);
        bw_pen_new_path (&self->pen);
      }
}

/* Tracks of one width make one path: a board has tens of thousands of them. */
static void
paint_tracks (BwPainter      *self,
              const BwAffine *affine,
              const BwCamera *camera,
              BwSide          side)
{
  const double least_px = 0.6;
  gint32 width_nm = -1;

  bw_pen_set_color (&self->pen, side == BW_SIDE_FRONT ? self->theme->track_front
                                                      : self->theme->track_back, 1);
  for (guint32 i = 0; i <= self->board->n_tracks; i++)
    {
      const BwTrack *track = i < self->board->n_tracks ? &self->board->tracks[i] : NULL;

      if (track && (!(track->sides & (1 << side)) || is_gone (self, track->net)))
        continue;
      if (!track || track->width_nm != width_nm)
        bw_pen_stroke (&self->pen,
                       fmax (bw_nm_to_mm (width_nm) * camera->scale_px_per_mm, least_px));
      if (!track)
        break;
      width_nm = track->width_nm;
      bw_painter_add_path (&self->pen, affine, track->points, track->n_points,
                           track->n_points == 1);
    }
}

static void
paint_via_holes (BwPainter      *self,
                 const BwAffine *affine,
                 const BwCamera *camera)
{
  for (guint32 i = 0; i < self->board->n_tracks; i++)
    {
      const BwTrack *via = &self->board->tracks[i];
      double diameter_px = bw_nm_to_mm (via->drill_nm) * camera->scale_px_per_mm;
      double x, y;

      if (via->n_points != 1 || via->sides == 0 || is_gone (self, via->net)
          || (diameter_px < LEAST_HOLE_PX && !(self->show & BW_SHOW_ALL_DETAIL)))
        continue;
      bw_affine_apply (affine, via->points[0], &x, &y);
      if (x > -diameter_px && y > -diameter_px && x < camera->width_px + diameter_px
          && y < camera->height_px + diameter_px)
        bw_pen_add_circle (&self->pen, x, y, diameter_px / 2);
    }
  bw_pen_set_color (&self->pen, self->theme->hole, 1);
  bw_pen_fill (&self->pen);
  bw_pen_new_path (&self->pen);
}

static void
paint_copper (BwPainter      *self,
              const BwAffine *affine,
              const BwCamera *camera)
{
  BwSide near = bw_camera_near_side (camera);
  const BwSide sides[2] = { near == BW_SIDE_FRONT ? BW_SIDE_BACK : BW_SIDE_FRONT, near };

  for (gsize i = 0; i < G_N_ELEMENTS (sides); i++)
    {
      if (self->show & BW_SHOW_ZONES)
        paint_zones (self, affine, sides[i]);
      if (self->show & BW_SHOW_TRACKS)
        paint_tracks (self, affine, camera, sides[i]);
    }
  if (self->show & BW_SHOW_TRACKS)
    paint_via_holes (self, affine, camera);
}

static void
paint_keepouts (BwPainter      *self,
                cairo_t        *cr,
                const BwAffine *affine)
{
  const double dashes[] = { 5, 4 };

  for (guint32 i = 0; i < self->board->n_keepouts; i++)
    if (self->board->keepouts[i].footprint < 0)
      add_ring (cr, affine, &self->board->keepouts[i].ring);
  set_source (cr, self->theme->keepout, 0.2);
  cairo_fill_preserve (cr);
  set_source (cr, self->theme->keepout, 1);
  cairo_set_line_width (cr, 1);
  cairo_set_dash (cr, dashes, G_N_ELEMENTS (dashes), 0);
  cairo_stroke (cr);
  cairo_set_dash (cr, NULL, 0, 0);
}

/* What bars copper alone. */
static void
paint_rule_areas (BwPainter      *self,
                  cairo_t        *cr,
                  const BwAffine *affine)
{
  const double dashes[] = { 1.5, 3 };

  for (guint32 i = 0; i < self->board->n_rule_areas; i++)
    {
      const BwRuleArea *area = &self->board->rule_areas[i];

      if (area->footprint < 0 && area->sides != 0 && !(area->bars & BW_BARS_FOOTPRINTS))
        add_ring (cr, affine, &area->ring);
    }
  set_source (cr, self->theme->keepout, 1);
  cairo_set_line_width (cr, 1);
  cairo_set_dash (cr, dashes, G_N_ELEMENTS (dashes), 0);
  cairo_stroke (cr);
  cairo_set_dash (cr, NULL, 0, 0);
}

static void
paint_area_name (BwPainter        *self,
                 cairo_t          *cr,
                 const BwPixelBox *box,
                 const BwArea     *area)
{
  const char *name = area->name[0] != '\0' ? area->name : area->source;

  if (box->x1 - box->x0 < LEAST_AREA_NAME_PX || !g_utf8_validate (name, -1, NULL))
    return;
  cairo_save (cr);
  cairo_rectangle (cr, box->x0, box->y0, box->x1 - box->x0, box->y1 - box->y0);
  cairo_clip (cr);
  cairo_set_font_face (cr, self->font);
  cairo_set_font_size (cr, AREA_FONT_PX);
  cairo_move_to (cr, box->x0 + 5, box->y0 + 4 + AREA_FONT_PX);
  cairo_show_text (cr, name);
  cairo_restore (cr);
}

/* Where the parts of a sheet or class belong. */
static void
paint_areas (BwPainter      *self,
             cairo_t        *cr,
             const BwAffine *affine)
{
  const double dashes[] = { 6, 4 };

  for (guint32 i = 0; i < self->board->n_areas; i++)
    add_ring (cr, affine, &self->board->areas[i].ring);
  set_source (cr, self->theme->area, 1);
  cairo_set_line_width (cr, 1.5);
  cairo_set_dash (cr, dashes, G_N_ELEMENTS (dashes), 0);
  cairo_stroke (cr);
  cairo_set_dash (cr, NULL, 0, 0);
  for (guint32 i = 0; i < self->board->n_areas; i++)
    {
      BwBox box = bw_ring_box (&self->board->areas[i].ring);
      BwPixelBox pixels = bw_painter_pixel_box (affine, &box);

      paint_area_name (self, cr, &pixels, &self->board->areas[i]);
    }
}

static void
paint_drawings (BwPainter      *self,
                const BwAffine *affine,
                const BwCamera *camera,
                BwSide          side)
{
  const BwTheme *theme = self->theme;
  double opacity = side == bw_camera_near_side (camera) ? 1 : FAR_OPACITY;

  for (guint32 i = 0; i < self->board->n_graphics; i++)
    {
      const BwGraphic *graphic = &self->board->graphics[i];
      gboolean drawing = graphic->layer == BW_LAYER_SILK || graphic->layer == BW_LAYER_FAB;

      if (graphic->side != side || (drawing && !(self->show & BW_SHOW_DRAWINGS)))
        continue;
      if (graphic->layer == BW_LAYER_SILK)
        bw_pen_set_color (&self->pen, theme->silk, opacity);
      else if (graphic->layer == BW_LAYER_FAB)
        bw_pen_set_color (&self->pen, theme->fab, opacity * 0.6);
      else if (graphic->layer == BW_LAYER_COPPER)
        bw_pen_set_color (&self->pen, side == BW_SIDE_FRONT ? theme->track_front
                                                            : theme->track_back, 1);
      else if (graphic->layer == BW_LAYER_EDGE && self->board->n_outlines == 0)
        bw_pen_set_color (&self->pen, theme->edge, 1);
      else
        continue;
      bw_painter_draw_graphic (&self->pen, affine, camera->scale_px_per_mm, graphic);
    }
}

void
bw_painter_paint_board (BwPainter      *self,
                        cairo_t        *cr,
                        const BwCamera *camera)
{
  BwAffine affine = bw_painter_board_affine (camera);
  gboolean exact = (self->show & BW_SHOW_ALL_DETAIL) != 0;
  BwSide near = bw_camera_near_side (camera);
  BwSide far = near == BW_SIDE_FRONT ? BW_SIDE_BACK : BW_SIDE_FRONT;

  bw_painter_get_copper (self);
  bw_painter_prepare (cr);
  set_source (cr, self->theme->background, 1);
  cairo_paint (cr);
  paint_slab (self, cr, &affine);
  if (self->show & BW_SHOW_GRID)
    paint_grid (self, cr, camera);
  bw_pen_begin (&self->pen, cr, exact);
  paint_copper (self, &affine, camera);
  paint_drawings (self, &affine, camera, far);
  paint_drawings (self, &affine, camera, near);
  bw_pen_end (&self->pen);
  if (self->show & BW_SHOW_DRAWINGS)
    {
      bw_painter_paint_texts (self, cr, camera, far);
      bw_painter_paint_texts (self, cr, camera, near);
    }
  if (self->show & BW_SHOW_AREAS)
    {
      paint_keepouts (self, cr, &affine);
      paint_rule_areas (self, cr, &affine);
      paint_areas (self, cr, &affine);
    }
  paint_edge (self, cr, &affine);
  cairo_restore (cr);
}
