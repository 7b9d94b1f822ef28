/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A small board made by hand, and a look at single pixels of a picture of it. */

#pragma once

#include <glib.h>
#include <math.h>
#include <string.h>

#include "render/bw-painter.h"

#define MM(value) ((int32_t) ((value) * 1000000))
#define SIZE 400 /* px */
#define SCALE 10 /* px per mm: the board of 40 mm fills the picture */

/* A board of 36 by 36 mm with a hole in the middle and three parts of 6 by 4 mm: A and B in
 * different modules on the front, C without one. Each has a pad of 1 mm in its middle. */
typedef struct
{
  BwPoint outline[4];
  BwPoint hole[4];
  BwOutline outlines[2];
  BwPoint body[4];
  BwRing ring;
  BwPoint pad_points[4];
  BwPad pads[3];
  BwFootprint footprints[3];
  BwPin pins[5];
  BwNet nets[2];
  BwModule modules[2];
  BwBoard board;
} Fixture;

/* How the fixture's parts lie by `poses`. */
static inline void
get_transforms (const BwPose *poses,
                BwTransform   transforms[3])
{
  for (int i = 0; i < 3; i++)
    transforms[i] = bw_pose_transform (&poses[i]);
}

static void
set_box (BwPoint points[4],
         double  x0_mm,
         double  y0_mm,
         double  x1_mm,
         double  y1_mm)
{
  points[0] = (BwPoint) { MM (x0_mm), MM (y0_mm) };
  points[1] = (BwPoint) { MM (x1_mm), MM (y0_mm) };
  points[2] = (BwPoint) { MM (x1_mm), MM (y1_mm) };
  points[3] = (BwPoint) { MM (x0_mm), MM (y1_mm) };
}

static void
set_parts (Fixture *f)
{
  static const char *const names[] = { "A", "B", "C" };
  static const BwPoint places[] = { { MM (8), MM (8) }, { MM (30), MM (8) }, { MM (8), MM (30) } };

  for (int i = 0; i < 3; i++)
    {
      f->pads[i] = (BwPad) {
        .number = "1", .net = 0, .outline = { f->pad_points, 4 }, .sides = 1,
      };
      f->footprints[i] = (BwFootprint) {
        .key = names[i], .reference = names[i], .value = "", .library_id = "",
        .pose = { places[i], 0, BW_SIDE_FRONT },
        .module = i < 2 ? i : -1,
        .pads = &f->pads[i], .n_pads = 1,
        .body = { &f->ring, NULL }, .n_body = { 1, 0 }, .silhouette = &f->ring, .n_silhouette = 1,
        .box = bw_ring_box (&f->ring),
      };
      f->pins[i] = (BwPin) { (guint32) i, 0 };
    }
}

static void
fixture_set_up (Fixture       *f,
                gconstpointer  data)
{
  static const char *const no_notes[] = { NULL };

  memset (f, 0, sizeof *f);
  set_box (f->outline, 2, 2, 38, 38);
  set_box (f->hole, 17, 17, 23, 23);
  set_box (f->body, -3, -2, 3, 2);
  set_box (f->pad_points, -0.5, -0.5, 0.5, 0.5);
  f->ring = (BwRing) { f->body, 4 };
  f->outlines[0] = (BwOutline) { { f->outline, 4 }, FALSE };
  f->outlines[1] = (BwOutline) { { f->hole, 4 }, TRUE };
  set_parts (f);
  f->pins[3] = (BwPin) { 0, 0 };
  f->pins[4] = (BwPin) { 2, 0 };
  f->nets[0] = (BwNet) { .name = "SDA", .pins = f->pins, .n_pins = 3 };
  f->nets[1] = (BwNet) { .name = "GND", .pins = f->pins + 3, .n_pins = 2, .power = TRUE };
  f->modules[0].name = "radio";
  f->modules[1].name = "power";
  f->board = (BwBoard) {
    .name = "made.kicad_pcb",
    .footprints = f->footprints, .n_footprints = 3,
    .nets = f->nets, .n_nets = 2,
    .modules = f->modules, .n_modules = 2,
    .outlines = f->outlines, .n_outlines = 2,
    .box = { MM (2), MM (2), MM (38), MM (38) },
    .notes = no_notes,
  };
}

static void
fixture_tear_down (Fixture       *f,
                   gconstpointer  data)
{
}

G_GNUC_UNUSED static BwCamera
make_camera (void)
{
  BwCamera camera = bw_camera_new (SIZE, SIZE);

  camera.center_x_mm = camera.center_y_mm = 20;
  camera.scale_px_per_mm = SCALE;
  return camera;
}

G_GNUC_UNUSED static cairo_surface_t *
paint (BwPainter      *painter,
       const BwCamera *camera)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, SIZE, SIZE);
  cairo_t *cr = cairo_create (surface);

  bw_painter_paint_board (painter, cr, camera);
  bw_painter_paint_parts (painter, cr, camera);
  g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  return surface;
}

G_GNUC_UNUSED static BwColor
pixel_at (cairo_surface_t *surface,
          double           x_mm,
          double           y_mm)
{
  const guchar *row = cairo_image_surface_get_data (surface)
                      + (int) (y_mm * SCALE) * cairo_image_surface_get_stride (surface);
  guint32 pixel;

  memcpy (&pixel, row + 4 * (int) (x_mm * SCALE), sizeof pixel);
  return (BwColor) {
    ((pixel >> 16) & 0xff) / 255.0, ((pixel >> 8) & 0xff) / 255.0, (pixel & 0xff) / 255.0, 1,
  };
}

G_GNUC_UNUSED static double
color_distance (BwColor a,
                BwColor b)
{
  return fabs (a.red - b.red) + fabs (a.green - b.green) + fabs (a.blue - b.blue);
}

G_GNUC_UNUSED static BwColor
mix (BwColor over,
     BwColor under,
     double  opacity)
{
  return (BwColor) { over.red * opacity + under.red * (1 - opacity),
                     over.green * opacity + under.green * (1 - opacity),
                     over.blue * opacity + under.blue * (1 - opacity), 1 };
}

#define assert_color(surface, x_mm, y_mm, color)                                                   \
  g_assert_cmpfloat (color_distance (pixel_at (surface, x_mm, y_mm), color), <, 0.02)

#define ADD(path, func) g_test_add (path, Fixture, NULL, fixture_set_up, func, fixture_tear_down)
