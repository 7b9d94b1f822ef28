/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "render/bw-painter-private.h"

#include <math.h>
#include <string.h>

#define LABEL_FONT "sans-serif"

/* From so many lines in view on they are not smoothed. */
#define CROWD 4000

#define OVERLAP_RIM_PX 1.2
#define SMALL_OVERLAP_PX 6.0

/* Lines of the ratsnest that have one colour are stroked at once, those of the lowest first. */
enum
{
  RAT_COLOR_POWER,
  RAT_COLOR_DEFAULT,
  RAT_COLOR_CLASSES, /* from here on: of classes other than the usual one */
  N_RAT_COLORS = RAT_COLOR_CLASSES + BW_THEME_N_NET_CLASSES,
};

/* The class that most signals are in, whatever its name: what is in another one stands out. */
static guint32
find_usual_class (const BwBoard *board)
{
  g_autofree guint32 *counts = g_new0 (guint32, board->n_net_classes + 1);
  guint32 usual = 0;

  for (guint32 i = 0; i < board->n_nets; i++)
    if (!board->nets[i].power && board->nets[i].n_pins > 1
        && board->nets[i].net_class < board->n_net_classes)
      counts[board->nets[i].net_class]++;
  for (guint32 i = 1; i < board->n_net_classes; i++)
    if (counts[i] > counts[usual])
      usual = i;
  return usual;
}

static guint
rat_color_of (const BwPainter *self,
              const BwNet     *net)
{
  guint32 rank = net->net_class < self->usual_class ? net->net_class : net->net_class - 1;

  if (net->power)
    return RAT_COLOR_POWER;
  return net->net_class == self->usual_class ? RAT_COLOR_DEFAULT
                                             : RAT_COLOR_CLASSES + rank % BW_THEME_N_NET_CLASSES;
}

BwPainter *
bw_painter_new (const BwBoard *board)
{
  BwPainter *self = g_new0 (BwPainter, 1);

  self->board = board;
  self->held = g_new (guint8, board->n_footprints + 1);
  self->hidden = g_new0 (guint8, board->n_footprints + 1);
  bw_painter_set_held (self, NULL);
  self->colors = g_new (BwColor, board->n_modules + 1);
  bw_painter_set_theme (self, bw_theme_get (BW_STYLE_LIGHT));
  self->show = BW_SHOW_DEFAULT;
  self->poses = g_new (BwPose, board->n_footprints);
  self->transforms = g_new (BwTransform, board->n_footprints);
  for (guint32 i = 0; i < board->n_footprints; i++)
    {
      self->poses[i] = board->footprints[i].pose;
      self->transforms[i] = bw_pose_transform (&self->poses[i]);
    }
  self->font = cairo_toy_font_face_create (LABEL_FONT, CAIRO_FONT_SLANT_NORMAL,
                                           CAIRO_FONT_WEIGHT_NORMAL);
  self->labels = g_new0 (BwLabelPicture, board->n_footprints);
  bw_pen_init (&self->pen);
  for (guint i = 0; i < BW_PAINTER_MAX_BANDS; i++)
    bw_pen_init (&self->band_pens[i]);
  self->ratsnest = bw_ratsnest_new (board);
  self->usual_class = find_usual_class (board);
  self->gone_nets = g_new0 (gboolean, board->n_nets + 1);
  for (guint32 i = 0; i < board->n_nets; i++)
    self->rat_colors |= 1u << rat_color_of (self, &board->nets[i]);
  self->overlaps = bw_overlaps_new (board);
  self->ratsnest_stale = self->overlaps_stale = self->heat_stale = TRUE;
  self->grid_mm = BW_PAINTER_GRID_MM;
  self->trails = bw_trails_new (board->n_footprints);
  self->forces = g_array_new (FALSE, FALSE, sizeof (BwFrameForce));
  self->points = g_array_new (FALSE, FALSE, sizeof (BwPoint));
  bw_painter_measure (self);
  bw_painter_prepare_small (self);
  return self;
}

void
bw_painter_free (BwPainter *self)
{
  g_free (self->poses);
  g_free (self->transforms);
  g_free (self->gone_nets);
  g_free (self->held);
  g_free (self->hidden);
  g_free (self->colors);
  g_free (self->selected);
  g_free (self->strays);
  g_free (self->reaches);
  g_free (self->text_reaches);
  g_free (self->pad_boxes);
  g_free (self->first_pad);
  g_free (self->round_pads);
  g_free (self->small_parts);
  g_free (self->small_pads);
  g_free (self->label_widths);
  bw_painter_free_labels (self);
  g_free (self->labels);
  bw_pen_clear (&self->pen);
  for (guint i = 0; i < BW_PAINTER_MAX_BANDS; i++)
    bw_pen_clear (&self->band_pens[i]);
  cairo_font_face_destroy (self->font);
  bw_ratsnest_free (self->ratsnest);
  bw_overlaps_free (self->overlaps);
  bw_trails_free (self->trails);
  g_array_unref (self->forces);
  g_array_unref (self->points);
  g_clear_pointer (&self->heat, bw_heat_free);
  g_free (self);
}

void
bw_painter_set_theme (BwPainter     *self,
                      const BwTheme *theme)
{
  self->theme = theme;
  for (guint32 i = 0; i <= self->board->n_modules; i++)
    self->colors[i] =
      bw_theme_module_color (theme, (gint32) i - 1,
                             bw_board_get_module_color (self->board, (gint32) i - 1));
}

void
bw_painter_set_show (BwPainter *self,
                     BwShow     show)
{
  if ((show ^ self->show) & BW_SHOW_POWER_NETS)
    self->ratsnest_stale = TRUE;
  self->show = show;
}

void
bw_painter_set_poses (BwPainter    *self,
                      const BwPose *poses)
{
  /* Few parts turn from one frame to the next. */
  for (guint32 i = 0; i < self->board->n_footprints; i++)
    {
      if (poses[i].rotation_cdeg == self->poses[i].rotation_cdeg
          && poses[i].side == self->poses[i].side)
        self->transforms[i].at = poses[i].at;
      else
        self->transforms[i] = bw_pose_transform (&poses[i]);
      self->poses[i] = poses[i];
    }
  self->ratsnest_stale = self->overlaps_stale = self->heat_stale = self->copper_stale = TRUE;
}

void
bw_painter_set_held (BwPainter    *self,
                     const guint8 *held)
{
  for (guint32 i = 0; i < self->board->n_footprints; i++)
    self->held[i] = held ? held[i] != 0 : self->board->footprints[i].hold != BW_HOLD_NONE;
}

void
bw_painter_set_hidden (BwPainter    *self,
                       const guint8 *hidden)
{
  if (hidden)
    memcpy (self->hidden, hidden, self->board->n_footprints);
  else
    memset (self->hidden, 0, self->board->n_footprints);
  self->ratsnest_stale = self->heat_stale = TRUE;
}

void
bw_painter_set_selected (BwPainter    *self,
                         const guint8 *selected)
{
  g_free (self->selected);
  self->selected = g_memdup2 (selected, self->board->n_footprints);
}

void
bw_painter_set_parted (BwPainter *self,
                       gboolean   parted)
{
  self->parted = parted;
}

void
bw_painter_set_strays (BwPainter    *self,
                       const guint8 *strays,
                       const guint8 *barred)
{
  guint32 n = self->board->n_footprints;

  g_free (self->strays);
  self->strays = g_memdup2 (strays != NULL ? strays : barred, n);
  for (guint32 i = 0; i < n && strays != NULL && barred != NULL; i++)
    self->strays[i] = strays[i] || barred[i];
}

void
bw_painter_set_grid (BwPainter *self,
                     double     step_mm)
{
  g_return_if_fail (step_mm > 0);

  self->grid_mm = step_mm;
}

void
bw_painter_set_heat (BwPainter *self,
                     BwHeatKind kind)
{
  if (kind != self->heat_kind)
    self->heat_stale = TRUE;
  self->heat_kind = kind;
}

void
bw_painter_set_forces (BwPainter          *self,
                       const BwFrameForce *forces,
                       guint               n_forces)
{
  g_array_set_size (self->forces, 0);
  if (n_forces > 0)
    g_array_append_vals (self->forces, forces, n_forces);
}

void
bw_painter_add_trail (BwPainter *self,
                      gboolean   anew)
{
  if (anew)
    bw_trails_clear (self->trails);
  bw_trails_add (self->trails, self->poses);
}

BwBox
bw_painter_find_extents (const BwBoard *board,
                         const BwPose  *poses)
{
  BwBox extents = board->box;

  for (guint32 i = 0; i < board->n_footprints; i++)
    {
      const BwBox *box = &board->footprints[i].box;
      BwTransform transform = bw_pose_transform (&poses[i]);
      BwPoint corners[4] = { { box->x0_nm, box->y0_nm }, { box->x1_nm, box->y0_nm },
                             { box->x0_nm, box->y1_nm }, { box->x1_nm, box->y1_nm } };

      if (bw_box_is_empty (box))
        continue;
      for (int c = 0; c < 4; c++)
        bw_box_add_point (&extents, bw_transform_point (&transform, corners[c]));
    }
  return extents;
}

BwBox
bw_painter_get_extents (const BwPainter *self)
{
  return bw_painter_find_extents (self->board, self->poses);
}

BwAffine
bw_painter_board_affine (const BwCamera *camera)
{
  const BwTransform none = { .cos_a = 1, .mirror = 1 };

  return bw_painter_part_affine (camera, &none);
}

BwAffine
bw_painter_part_affine (const BwCamera    *camera,
                        const BwTransform *transform)
{
  double scale = camera->scale_px_per_mm / BW_NM_PER_MM;
  double x_scale = camera->flipped ? -scale : scale;
  BwAffine affine = {
    .xx = transform->cos_a * x_scale,
    .xy = transform->sin_a * x_scale * transform->mirror,
    .yx = -transform->sin_a * scale,
    .yy = transform->cos_a * scale * transform->mirror,
  };

  bw_camera_to_px (camera, bw_nm_to_mm (transform->at.x_nm), bw_nm_to_mm (transform->at.y_nm),
                   &affine.x0, &affine.y0);
  return affine;
}

BwPixelBox
bw_painter_pixel_box (const BwAffine *affine,
                      const BwBox    *box)
{
  BwPoint corners[4] = { { box->x0_nm, box->y0_nm }, { box->x1_nm, box->y0_nm },
                         { box->x0_nm, box->y1_nm }, { box->x1_nm, box->y1_nm } };
  BwPixelBox pixels = { INFINITY, INFINITY, -INFINITY, -INFINITY };

  for (int i = 0; i < 4; i++)
    {
      double x, y;

      bw_affine_apply (affine, corners[i], &x, &y);
      pixels.x0 = MIN (pixels.x0, x);
      pixels.y0 = MIN (pixels.y0, y);
      pixels.x1 = MAX (pixels.x1, x);
      pixels.y1 = MAX (pixels.y1, y);
    }
  return pixels;
}

gboolean
bw_painter_in_view (const BwCamera   *camera,
                    const BwPixelBox *box)
{
  return box->x1 >= 0 && box->y1 >= 0 && box->x0 <= camera->width_px
         && box->y0 <= camera->height_px;
}

void
bw_painter_add_path (BwPen          *pen,
                     const BwAffine *affine,
                     const BwPoint  *points,
                     guint32         n_points,
                     gboolean        closed)
{
  const double least_px = 0.4;
  double last_x = 0, last_y = 0;

  for (guint32 i = 0; i < n_points; i++)
    {
      double x, y;

      bw_affine_apply (affine, points[i], &x, &y);
      if (i == 0)
        bw_pen_move_to (pen, x, y);
      else if (i + 1 == n_points || fabs (x - last_x) + fabs (y - last_y) >= least_px)
        bw_pen_line_to (pen, x, y);
      else
        continue;
      last_x = x;
      last_y = y;
    }
  if (closed && n_points > 0)
    bw_pen_close (pen);
}

void
bw_painter_draw_graphic (BwPen           *pen,
                         const BwAffine  *affine,
                         double           scale_px_per_mm,
                         const BwGraphic *graphic)
{
  const double thinnest_px = 0.7;

  if (graphic->n_points == 0)
    return;
  bw_painter_add_path (pen, affine, graphic->points, graphic->n_points,
                       graphic->closed || graphic->n_points == 1);
  if (graphic->filled)
    bw_pen_fill (pen);
  if (graphic->width_nm > 0 || !graphic->filled)
    bw_pen_stroke (pen, fmax (bw_nm_to_mm (graphic->width_nm) * scale_px_per_mm, thinnest_px));
  bw_pen_new_path (pen);
}

void
bw_painter_prepare (cairo_t *cr)
{
  cairo_save (cr);
  /* Four steps of coverage a row instead of fifteen: a third of the time, and no eye sees it. */
  cairo_set_antialias (cr, CAIRO_ANTIALIAS_FAST);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
}

static gboolean
place_line (const BwAffine  *affine,
            const BwCamera  *camera,
            const BwRatLine *line,
            BwRasterPoint    ends[2])
{
  BwPixelBox box;

  bw_affine_apply (affine, line->from, &ends[0].x, &ends[0].y);
  bw_affine_apply (affine, line->to, &ends[1].x, &ends[1].y);
  box = (BwPixelBox) { MIN (ends[0].x, ends[1].x), MIN (ends[0].y, ends[1].y),
                       MAX (ends[0].x, ends[1].x), MAX (ends[0].y, ends[1].y) };
  return bw_painter_in_view (camera, &box);
}

static void
paint_lines (BwPainter      *self,
             const BwCamera *camera,
             guint           color)
{
  BwAffine affine = bw_painter_board_affine (camera);
  guint n_lines;
  const BwRatLine *lines = bw_ratsnest_get_lines (self->ratsnest, &n_lines);

  for (guint i = 0; i < n_lines; i++)
    {
      BwRasterPoint ends[2];

      if (rat_color_of (self, &self->board->nets[lines[i].net]) != color
          || !place_line (&affine, camera, &lines[i], ends))
        continue;
      bw_pen_move_to (&self->pen, ends[0].x, ends[0].y);
      bw_pen_line_to (&self->pen, ends[1].x, ends[1].y);
    }
  bw_pen_set_color (&self->pen,
                    color == RAT_COLOR_POWER ? self->theme->ratsnest_power
                    : color == RAT_COLOR_DEFAULT ? self->theme->ratsnest
                    : self->theme->net_classes[color - RAT_COLOR_CLASSES], 1);
  if (self->crowded)
    bw_pen_stroke_crowd (&self->pen);
  else
    bw_pen_stroke (&self->pen, 1);
}

static void
update_ratsnest (gpointer data)
{
  BwPainter *self = data;
  guint n_lines;

  bw_ratsnest_update (self->ratsnest, self->transforms, self->hidden,
                      (self->show & BW_SHOW_POWER_NETS) != 0, &n_lines);
  self->ratsnest_stale = FALSE;
}

static void
update_overlaps (gpointer data)
{
  BwPainter *self = data;

  bw_overlaps_update (self->overlaps, self->transforms);
  self->overlaps_stale = FALSE;
}

/* What is shown of the poses and not known yet. */
static void
update (BwPainter *self)
{
  BwJob jobs[2];
  guint n = 0;

  if (self->show & BW_SHOW_OVERLAPS && self->overlaps_stale)
    jobs[n++] = (BwJob) { update_overlaps, self };
  if (self->show & BW_SHOW_RATSNEST && self->ratsnest_stale)
    jobs[n++] = (BwJob) { update_ratsnest, self };
  if (n > 0)
    bw_painter_run_jobs (jobs, n);
}

static void
count_lines (BwPainter      *self,
             const BwCamera *camera)
{
  BwAffine affine = bw_painter_board_affine (camera);
  guint n_lines, n_seen = 0;
  const BwRatLine *lines = bw_ratsnest_get_lines (self->ratsnest, &n_lines);

  for (guint i = 0; i < n_lines && n_seen < CROWD; i++)
    {
      BwRasterPoint ends[2];

      n_seen += place_line (&affine, camera, &lines[i], ends) ? 1 : 0;
    }
  self->crowded = n_seen >= CROWD;
}

static void
paint_ratsnest (BwPainter      *self,
                const BwCamera *camera)
{
  gboolean with_power = (self->show & BW_SHOW_POWER_NETS) != 0;

  for (guint color = with_power ? RAT_COLOR_POWER : RAT_COLOR_DEFAULT; color < N_RAT_COLORS;
       color++)
    if (self->rat_colors & (1u << color))
      paint_lines (self, camera, color);
}

/* A small one stands out as a box that nobody could tell from its shape. */
static gboolean
paint_small_overlap (BwPainter            *self,
                     const BwCamera       *camera,
                     const BwOverlapPoint *points,
                     guint                 n_points)
{
  BwPixelBox box = { INFINITY, INFINITY, -INFINITY, -INFINITY };

  for (guint i = 0; i < n_points; i++)
    {
      double x, y;

      bw_camera_to_px (camera, points[i].x_mm, points[i].y_mm, &x, &y);
      box = (BwPixelBox) { MIN (box.x0, x), MIN (box.y0, y), MAX (box.x1, x), MAX (box.y1, y) };
    }
  if (MAX (box.x1 - box.x0, box.y1 - box.y0) > SMALL_OVERLAP_PX)
    return FALSE;
  bw_pen_fill_box (&self->pen, box.x0 - OVERLAP_RIM_PX / 2, box.y0 - OVERLAP_RIM_PX / 2,
                   box.x1 + OVERLAP_RIM_PX / 2, box.y1 + OVERLAP_RIM_PX / 2);
  return TRUE;
}

static void
paint_overlaps (BwPainter      *self,
                const BwCamera *camera)
{
  const BwOverlapPoint *points = bw_overlaps_get_points (self->overlaps);
  guint n_overlaps;
  const BwOverlap *overlaps = bw_overlaps_get (self->overlaps, &n_overlaps);

  bw_pen_set_color (&self->pen, self->theme->overlap, 1);
  for (guint i = 0; i < n_overlaps; i++)
    {
      if (self->parted && !(self->held[overlaps[i].a] && self->held[overlaps[i].b]))
        continue;
      if (paint_small_overlap (self, camera, &points[overlaps[i].first_point],
                               overlaps[i].n_points))
        continue;
      for (guint p = 0; p < overlaps[i].n_points; p++)
        {
          const BwOverlapPoint *point = &points[overlaps[i].first_point + p];
          double x, y;

          bw_camera_to_px (camera, point->x_mm, point->y_mm, &x, &y);
          if (p == 0)
            bw_pen_move_to (&self->pen, x, y);
          else
            bw_pen_line_to (&self->pen, x, y);
        }
      bw_pen_close (&self->pen);
    }
  bw_pen_set_color (&self->pen, self->theme->overlap, 0.55);
  bw_pen_fill (&self->pen);
  /* A sliver is thinner than a pixel, and still wrong: its rim makes it seen. */
  bw_pen_set_color (&self->pen, self->theme->overlap, 1);
  bw_pen_stroke (&self->pen, OVERLAP_RIM_PX);
}

void
bw_painter_paint_moving (BwPainter      *self,
                         const BwCamera *camera)
{
  BwSide near = bw_camera_near_side (camera);
  BwSide far = near == BW_SIDE_FRONT ? BW_SIDE_BACK : BW_SIDE_FRONT;

  bw_painter_paint_side (self, camera, far);
  bw_painter_paint_part_texts (self, camera, far);
  bw_painter_paint_side (self, camera, near);
  bw_painter_paint_part_texts (self, camera, near);
  if (self->show & BW_SHOW_RATSNEST)
    paint_ratsnest (self, camera);
  if (self->show & BW_SHOW_OVERLAPS)
    paint_overlaps (self, camera);
}

void
bw_painter_paint_parts (BwPainter      *self,
                        cairo_t        *cr,
                        const BwCamera *camera)
{
  update (self);
  if (self->show & BW_SHOW_RATSNEST)
    count_lines (self, camera);
  bw_painter_prepare (cr);
  if (self->show & BW_SHOW_HEAT)
    bw_painter_paint_heat (self, cr, camera);
  bw_pen_begin (&self->pen, cr, (self->show & BW_SHOW_ALL_DETAIL) != 0);
  if (self->show & BW_SHOW_MODULES)
    bw_painter_paint_hulls (self, camera);
  if (self->show & BW_SHOW_TRAILS)
    bw_painter_paint_trails (self, camera);
  bw_painter_paint_bands (self, cr, camera);
  if (self->show & BW_SHOW_OVERLAPS && self->strays)
    bw_painter_paint_strays (self, camera);
  if (self->selected)
    bw_painter_paint_selection (self, camera);
  if (self->show & BW_SHOW_FORCES)
    bw_painter_paint_forces (self, camera);
  if (self->show & BW_SHOW_LABELS)
    bw_painter_paint_labels (self, camera);
  bw_pen_end (&self->pen);
  cairo_restore (cr);
}
