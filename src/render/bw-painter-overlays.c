/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "render/bw-painter-private.h"

#include <math.h>

#include "board/bw-hull.h"

#define HEAT_OPACITY 0.75
#define HULL_OPACITY 0.14
#define HULL_RIM_OPACITY 0.65
#define TRAIL_PX 1.0
#define FORCE_PX 1.6
#define STANDING_OUT_PX 2.0
#define SELECTION_OPACITY 0.22
#define STRAY_OPACITY 0.25
#define LEAST_STRAY_PX 4.0
#define SHORTEST_FORCE_PX 4.0
#define LONGEST_FORCE_PX 44.0
#define LEAST_FORCED_PART_PX 3.0

/* Premultiplied, as cairo has it. */
static guint32
heat_pixel (const BwTheme *theme,
            double         share)
{
  double place = CLAMP (share / 2, 0, 1) * (BW_THEME_N_HEAT - 1);
  int low = MIN ((int) place, BW_THEME_N_HEAT - 2);
  const BwColor *a = &theme->heat[low], *b = &theme->heat[low + 1];
  double t = place - low;
  double alpha = a->alpha + (b->alpha - a->alpha) * t;
  double red = a->red + (b->red - a->red) * t;
  double green = a->green + (b->green - a->green) * t;
  double blue = a->blue + (b->blue - a->blue) * t;

  return (guint32) lround (alpha * 255) << 24 | (guint32) lround (red * alpha * 255) << 16
         | (guint32) lround (green * alpha * 255) << 8 | (guint32) lround (blue * alpha * 255);
}

static cairo_surface_t *
create_heat_surface (const BwTheme *theme,
                     const float   *shares,
                     guint          columns,
                     guint          rows)
{
  cairo_surface_t *surface =
    cairo_image_surface_create (CAIRO_FORMAT_ARGB32, (int) columns, (int) rows);
  guchar *data = cairo_image_surface_get_data (surface);
  int stride = cairo_image_surface_get_stride (surface);

  for (guint row = 0; data && row < rows; row++)
    {
      guint32 *pixels = (guint32 *) (void *) (data + (gsize) row * (gsize) stride);

      for (guint column = 0; column < columns; column++)
        pixels[column] = heat_pixel (theme, (double) shares[row * columns + column]);
    }
  cairo_surface_mark_dirty (surface);
  return surface;
}

void
bw_painter_paint_heat (BwPainter      *self,
                       cairo_t        *cr,
                       const BwCamera *camera)
{
  const BwBox *box = &self->board->box;
  const float *shares;
  cairo_surface_t *surface;
  double x0, y0, x1, y1;
  guint columns, rows;

  if (!self->heat)
    self->heat = bw_heat_new (self->board);
  if (self->heat_stale)
    bw_heat_measure (self->heat, self->heat_kind, self->poses, self->hidden);
  self->heat_stale = FALSE;
  shares = bw_heat_get_shares (self->heat, &columns, &rows);
  if (columns == 0)
    return;
  surface = create_heat_surface (self->theme, shares, columns, rows);
  bw_camera_to_px (camera, bw_nm_to_mm (box->x0_nm), bw_nm_to_mm (box->y0_nm), &x0, &y0);
  bw_camera_to_px (camera, bw_nm_to_mm (box->x1_nm), bw_nm_to_mm (box->y1_nm), &x1, &y1);
  cairo_save (cr);
  /* Seen from the back x goes to the left, and so do the cells. */
  cairo_translate (cr, x0, y0);
  cairo_scale (cr, (x1 - x0) / columns, (y1 - y0) / rows);
  cairo_set_source_surface (cr, surface, 0, 0);
  cairo_pattern_set_extend (cairo_get_source (cr), CAIRO_EXTEND_PAD);
  cairo_pattern_set_filter (cairo_get_source (cr), CAIRO_FILTER_BILINEAR);
  cairo_rectangle (cr, 0, 0, columns, rows);
  cairo_clip (cr);
  cairo_paint_with_alpha (cr, HEAT_OPACITY);
  cairo_restore (cr);
  cairo_surface_destroy (surface);
}

/* The corners of what is shown of a module. */
static void
collect_corners (BwPainter *self,
                 gint32     module)
{
  g_array_set_size (self->points, 0);
  for (guint32 i = 0; i < self->board->n_footprints; i++)
    {
      const BwFootprint *footprint = &self->board->footprints[i];
      BwTransform transform;

      if (footprint->module != module || self->hidden[i] || bw_box_is_empty (&footprint->box))
        continue;
      transform = bw_pose_transform (&self->poses[i]);
      for (int corner = 0; corner < 4; corner++)
        {
          BwPoint point = bw_transform_point (
            &transform,
            (BwPoint) { corner & 1 ? footprint->box.x1_nm : footprint->box.x0_nm,
                        corner & 2 ? footprint->box.y1_nm : footprint->box.y0_nm });

          g_array_append_val (self->points, point);
        }
    }
}

void
bw_painter_paint_hulls (BwPainter      *self,
                        const BwCamera *camera)
{
  BwAffine affine = bw_painter_board_affine (camera);

  for (guint32 i = 0; i < self->board->n_modules; i++)
    {
      BwColor color = self->colors[i + 1];

      collect_corners (self, (gint32) i);
      /* One part alone is its own hull. */
      if (self->points->len <= 4)
        continue;
      bw_hull_take (self->points, 0);
      bw_painter_add_path (&self->pen, &affine, (const BwPoint *) (void *) self->points->data,
                           self->points->len, TRUE);
      bw_pen_set_color (&self->pen, color, HULL_OPACITY);
      bw_pen_fill (&self->pen);
      bw_pen_set_color (&self->pen, color, HULL_RIM_OPACITY);
      bw_pen_stroke (&self->pen, 1.2);
    }
}

void
bw_painter_paint_trails (BwPainter      *self,
                         const BwCamera *camera)
{
  BwAffine affine = bw_painter_board_affine (camera);
  guint count = bw_trails_get_count (self->trails);
  BwPoint places[BW_TRAILS_LENGTH];

  for (guint32 i = 0; i < self->board->n_footprints; i++)
    {
      gboolean moved = FALSE;

      if (self->hidden[i])
        continue;
      for (guint k = 0; k < count; k++)
        {
          places[k] = bw_trails_get (self->trails, i, k);
          moved |= places[k].x_nm != places[0].x_nm || places[k].y_nm != places[0].y_nm;
        }
      if (moved)
        bw_painter_add_path (&self->pen, &affine, places, count, FALSE);
    }
  bw_pen_set_color (&self->pen, self->theme->trail, 1);
  bw_pen_stroke (&self->pen, TRAIL_PX);
}

/* Bodies of the flagged parts in view, as boxes of `least_px` at least: none is overlooked. */
static void
paint_bodies (BwPainter      *self,
              const BwCamera *camera,
              const guint8   *flags,
              BwColor         color,
              double          opacity,
              double          least_px)
{
  for (guint32 i = 0; i < self->board->n_footprints; i++)
    {
      const BwFootprint *footprint = &self->board->footprints[i];
      BwAffine affine;
      BwPixelBox box;

      if (!flags[i] || self->hidden[i] || bw_box_is_empty (&footprint->box))
        continue;
      affine = bw_painter_part_affine (camera, &self->transforms[i]);
      box = bw_painter_pixel_box (&affine, &footprint->box);
      if (!bw_painter_in_view (camera, &box))
        continue;
      bw_pen_set_color (&self->pen, color, 1);
      if (MAX (box.x1 - box.x0, box.y1 - box.y0) < least_px)
        {
          double x = (box.x0 + box.x1) / 2, y = (box.y0 + box.y1) / 2;

          bw_pen_fill_box (&self->pen, x - least_px / 2, y - least_px / 2, x + least_px / 2,
                           y + least_px / 2);
          continue;
        }
      for (guint32 k = 0; k < footprint->n_silhouette; k++)
        bw_painter_add_path (&self->pen, &affine, footprint->silhouette[k].points,
                             footprint->silhouette[k].n_points, TRUE);
      bw_pen_set_color (&self->pen, color, opacity);
      bw_pen_fill (&self->pen);
      bw_pen_set_color (&self->pen, color, 1);
      bw_pen_stroke (&self->pen, STANDING_OUT_PX);
    }
}

void
bw_painter_paint_strays (BwPainter      *self,
                         const BwCamera *camera)
{
  paint_bodies (self, camera, self->strays, self->theme->overlap, STRAY_OPACITY, LEAST_STRAY_PX);
}

void
bw_painter_paint_selection (BwPainter      *self,
                            const BwCamera *camera)
{
  paint_bodies (self, camera, self->selected, self->theme->selection, SELECTION_OPACITY, 0);
}

static void
add_arrow (BwPen *pen,
           double x,
           double y,
           double dx,
           double dy,
           double length)
{
  double tip_x = x + dx * length;
  double tip_y = y + dy * length;
  double head = fmin (6, length * 0.4);

  bw_pen_move_to (pen, x, y);
  bw_pen_line_to (pen, tip_x, tip_y);
  bw_pen_move_to (pen, tip_x - (dx + dy * 0.6) * head, tip_y - (dy - dx * 0.6) * head);
  bw_pen_line_to (pen, tip_x, tip_y);
  bw_pen_line_to (pen, tip_x - (dx - dy * 0.6) * head, tip_y - (dy + dx * 0.6) * head);
}

static void
paint_forces_of_kind (BwPainter      *self,
                      const BwCamera *camera,
                      guint8          kind,
                      double          largest)
{
  for (guint i = 0; i < self->forces->len; i++)
    {
      const BwFrameForce *force = &g_array_index (self->forces, BwFrameForce, i);
      double fx = (double) force->fx, fy = (double) force->fy;
      double length = hypot (fx, fy);
      BwAffine affine;
      BwPixelBox box;

      if (force->kind != kind || length <= 0 || self->hidden[force->footprint])
        continue;
      affine = bw_painter_part_affine (camera, &self->transforms[force->footprint]);
      box = bw_painter_pixel_box (&affine, &self->board->footprints[force->footprint].box);
      if (!bw_painter_in_view (camera, &box)
          || fmax (box.x1 - box.x0, box.y1 - box.y0) < LEAST_FORCED_PART_PX)
        continue;
      add_arrow (&self->pen, affine.x0, affine.y0, (camera->flipped ? -fx : fx) / length,
                 fy / length, SHORTEST_FORCE_PX + (LONGEST_FORCE_PX - SHORTEST_FORCE_PX)
                                                    * sqrt (length / largest));
    }
  bw_pen_set_color (&self->pen, self->theme->forces[kind], 1);
  bw_pen_stroke (&self->pen, FORCE_PX);
}

void
bw_painter_paint_forces (BwPainter      *self,
                         const BwCamera *camera)
{
  double largest = 0;

  for (guint i = 0; i < self->forces->len; i++)
    {
      const BwFrameForce *force = &g_array_index (self->forces, BwFrameForce, i);

      largest = fmax (largest, hypot ((double) force->fx, (double) force->fy));
    }
  if (largest <= 0)
    return;
  for (guint8 kind = 0; kind < BW_THEME_N_FORCES; kind++)
    paint_forces_of_kind (self, camera, kind, largest);
}
