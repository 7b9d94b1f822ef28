/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "painter-fixture.h"

static void
the_board_is_filled_and_its_hole_is_not (Fixture       *f,
                                         gconstpointer  data)
{
  for (int style = BW_STYLE_LIGHT; style < BW_THEME_N_STYLES; style++)
    {
      const BwTheme *theme = bw_theme_get (style);
      g_autoptr (BwPainter) painter = bw_painter_new (&f->board);
      BwCamera camera = make_camera ();
      cairo_surface_t *surface;

      bw_painter_set_theme (painter, theme);
      bw_painter_set_show (painter, BW_SHOW_LABELS);
      surface = paint (painter, &camera);
      assert_color (surface, 1, 1, theme->background);
      assert_color (surface, 39, 20, theme->background);
      assert_color (surface, 20, 20, theme->background);
      assert_color (surface, 30, 30, theme->board);
      assert_color (surface, 16, 12, theme->board);
      cairo_surface_destroy (surface);
    }
}

static void
parts_have_the_colour_of_their_module (Fixture       *f,
                                       gconstpointer  data)
{
  const BwTheme *theme = bw_theme_get (BW_STYLE_LIGHT);
  g_autoptr (BwPainter) painter = bw_painter_new (&f->board);
  BwCamera camera = make_camera ();
  cairo_surface_t *surface;

  bw_painter_set_show (painter, BW_SHOW_PADS);
  surface = paint (painter, &camera);
  assert_color (surface, 6, 9, mix (theme->modules[0], theme->board, 0.42));
  assert_color (surface, 28, 9, mix (theme->modules[1], theme->board, 0.42));
  assert_color (surface, 6, 31, mix (theme->part, theme->board, 0.42));
  assert_color (surface, 8, 8, theme->pad);
  g_assert_cmpfloat (color_distance (pixel_at (surface, 6, 9), pixel_at (surface, 28, 9)), >, 0.2);
  cairo_surface_destroy (surface);
}

static void
a_module_has_the_colour_that_is_chosen_when_the_theme_is_set (Fixture       *f,
                                                              gconstpointer  data)
{
  const BwTheme *theme = bw_theme_get (BW_STYLE_LIGHT);
  g_autoptr (BwPainter) painter = bw_painter_new (&f->board);
  BwCamera camera = make_camera ();
  cairo_surface_t *surface;

  bw_board_set_module_color (&f->board, 1, BW_COLOR_CHOSEN | 0xc061cb);
  bw_painter_set_theme (painter, theme);
  surface = paint (painter, &camera);
  assert_color (surface, 28, 9, mix (bw_theme_module_color (theme, 1, 0xc061cb), theme->board,
                                     BW_THEME_BODY_OPACITY));
  cairo_surface_destroy (surface);
}

static void
parts_are_drawn_where_their_poses_put_them (Fixture       *f,
                                            gconstpointer  data)
{
  const BwTheme *theme = bw_theme_get (BW_STYLE_LIGHT);
  g_autoptr (BwPainter) painter = bw_painter_new (&f->board);
  BwPose poses[3] = { { { MM (30), MM (30) }, 9000, BW_SIDE_FRONT },
                      f->footprints[1].pose, f->footprints[2].pose };
  BwCamera camera = make_camera ();
  cairo_surface_t *surface;

  bw_painter_set_show (painter, BW_SHOW_PADS);
  bw_painter_set_poses (painter, poses);
  surface = paint (painter, &camera);
  assert_color (surface, 8, 8, theme->board);
  assert_color (surface, 30, 30, theme->pad);
  /* Turned by 90 degrees it is 4 mm wide and 6 mm high. */
  assert_color (surface, 30, 27.5, mix (theme->modules[0], theme->board, 0.42));
  assert_color (surface, 32.5, 30, theme->board);
  cairo_surface_destroy (surface);
}

static void
parts_on_the_back_are_fainter_and_their_pads_are_not_copper (Fixture       *f,
                                                             gconstpointer  data)
{
  const BwTheme *theme = bw_theme_get (BW_STYLE_LIGHT);
  g_autoptr (BwPainter) painter = NULL;
  BwCamera camera = make_camera ();
  cairo_surface_t *surface;

  f->footprints[0].pose.side = BW_SIDE_BACK;
  painter = bw_painter_new (&f->board);
  bw_painter_set_show (painter, BW_SHOW_PADS);
  surface = paint (painter, &camera);
  assert_color (surface, 6, 9, mix (theme->modules[0], theme->board, 0.16));
  g_assert_cmpfloat (color_distance (pixel_at (surface, 8, 8), theme->pad), >, 0.1);
  cairo_surface_destroy (surface);
}

static void
what_is_held_by_hand_has_a_dark_rim_and_a_padlock (Fixture       *f,
                                                   gconstpointer  data)
{
  const BwTheme *theme = bw_theme_get (BW_STYLE_LIGHT);
  const guint8 held[] = { TRUE, FALSE, FALSE };
  g_autoptr (BwPainter) painter = bw_painter_new (&f->board);
  BwPoint at = f->footprints[0].pose.at;
  double left_mm = bw_nm_to_mm (at.x_nm) - 3;
  double middle_mm = bw_nm_to_mm (at.y_nm);
  BwCamera camera = make_camera ();
  cairo_surface_t *free_surface, *held_surface;
  BwColor lock = mix (theme->lock, theme->board, 0.8);

  bw_painter_set_show (painter, BW_SHOW_PADS);
  free_surface = paint (painter, &camera);
  bw_painter_set_held (painter, held);
  held_surface = paint (painter, &camera);
  g_assert_cmpfloat (color_distance (pixel_at (held_surface, left_mm, middle_mm), lock) + 0.1, <,
                     color_distance (pixel_at (free_surface, left_mm, middle_mm), lock));
  bw_painter_set_held (painter, NULL);
  cairo_surface_destroy (held_surface);
  held_surface = paint (painter, &camera);
  g_assert_true (memcmp (cairo_image_surface_get_data (held_surface),
                         cairo_image_surface_get_data (free_surface),
                         (gsize) cairo_image_surface_get_stride (free_surface) * SIZE) == 0);
  cairo_surface_destroy (held_surface);
  cairo_surface_destroy (free_surface);
}

static void
what_is_hidden_is_not_drawn (Fixture       *f,
                             gconstpointer  data)
{
  const BwTheme *theme = bw_theme_get (BW_STYLE_LIGHT);
  const guint8 hidden[] = { 0, 1, 0 };
  g_autoptr (BwPainter) painter = bw_painter_new (&f->board);
  BwCamera camera = make_camera ();
  cairo_surface_t *surface;

  bw_painter_set_show (painter, BW_SHOW_LABELS);
  bw_painter_set_hidden (painter, hidden);
  surface = paint (painter, &camera);
  for (double x_mm = 27.5; x_mm < 32.5; x_mm += 0.25)
    assert_color (surface, x_mm, 8, theme->board);
  g_assert_cmpfloat (color_distance (pixel_at (surface, 8, 8), theme->board), >, 0.05);
  cairo_surface_destroy (surface);

  bw_painter_set_hidden (painter, NULL);
  surface = paint (painter, &camera);
  g_assert_cmpfloat (color_distance (pixel_at (surface, 30, 8), theme->board), >, 0.05);
  cairo_surface_destroy (surface);
}

/* What is painted fast looks like what cairo paints of the same. */
static void
full_detail_looks_the_same_where_all_is_large (Fixture       *f,
                                               gconstpointer  data)
{
  BwPose poses[3] = { { { MM (10), MM (11) }, 3000, BW_SIDE_FRONT },
                      { { MM (13), MM (10) }, 0, BW_SIDE_FRONT },
                      { { MM (28), MM (30) }, 4500, BW_SIDE_BACK } };
  BwCamera camera = make_camera ();
  cairo_surface_t *surfaces[2];
  double sum = 0;

  for (int exact = 0; exact < 2; exact++)
    {
      g_autoptr (BwPainter) painter = bw_painter_new (&f->board);

      bw_painter_set_poses (painter, poses);
      bw_painter_set_show (painter, (BW_SHOW_DEFAULT & ~BW_SHOW_LABELS)
                                    | (exact ? BW_SHOW_ALL_DETAIL : 0));
      surfaces[exact] = paint (painter, &camera);
    }
  for (int y = 0; y < SIZE; y++)
    for (int x = 0; x < SIZE; x++)
      sum += color_distance (pixel_at (surfaces[0], (x + 0.5) / SCALE, (y + 0.5) / SCALE),
                             pixel_at (surfaces[1], (x + 0.5) / SCALE, (y + 0.5) / SCALE));
  g_assert_cmpfloat (sum / (SIZE * SIZE), <, 0.005);
  g_assert_cmpfloat (sum, >, 0);
  cairo_surface_destroy (surfaces[0]);
  cairo_surface_destroy (surfaces[1]);
}

static void
references_are_written_on_parts_that_are_large_enough (Fixture       *f,
                                                       gconstpointer  data)
{
  g_autoptr (BwPainter) painter = bw_painter_new (&f->board);
  BwCamera camera = make_camera ();
  cairo_surface_t *with, *without;
  double sum = 0;

  bw_painter_set_show (painter, BW_SHOW_PADS);
  without = paint (painter, &camera);
  bw_painter_set_show (painter, BW_SHOW_LABELS);
  with = paint (painter, &camera);
  for (double y = 6; y < 10; y += 0.1)
    for (double x = 5; x < 11; x += 0.1)
      sum += color_distance (pixel_at (with, x, y), pixel_at (without, x, y));
  g_assert_cmpfloat (sum, >, 10);
  cairo_surface_destroy (with);
  cairo_surface_destroy (without);
}

static void
a_view_far_away_or_very_close_is_painted_too (Fixture       *f,
                                              gconstpointer  data)
{
  const BwTheme *theme = bw_theme_get (BW_STYLE_LIGHT);
  g_autoptr (BwPainter) painter = bw_painter_new (&f->board);
  BwCamera camera = make_camera ();
  cairo_surface_t *surface;

  camera.scale_px_per_mm = BW_CAMERA_MIN_SCALE;
  surface = paint (painter, &camera);
  assert_color (surface, 1, 1, theme->background);
  cairo_surface_destroy (surface);

  camera.scale_px_per_mm = BW_CAMERA_MAX_SCALE;
  camera.center_x_mm = camera.center_y_mm = 8.2;
  bw_painter_set_show (painter, BW_SHOW_PADS);
  surface = paint (painter, &camera);
  assert_color (surface, 20, 20, theme->pad);
  cairo_surface_destroy (surface);
}

static void
a_board_without_anything_is_painted (Fixture       *f,
                                     gconstpointer  data)
{
  static const char *const no_notes[] = { NULL };
  BwBoard board = { .name = "empty", .box = BW_BOX_EMPTY, .notes = no_notes };
  g_autoptr (BwPainter) painter = bw_painter_new (&board);
  BwBox extents = bw_painter_get_extents (painter);
  BwCamera camera = make_camera ();
  cairo_surface_t *surface = paint (painter, &camera);

  assert_color (surface, 20, 20, bw_theme_get (BW_STYLE_LIGHT)->background);
  g_assert_true (bw_box_is_empty (&extents));
  cairo_surface_destroy (surface);
}

static void
extents_take_in_parts_that_lie_off_the_board (Fixture       *f,
                                              gconstpointer  data)
{
  g_autoptr (BwPainter) painter = bw_painter_new (&f->board);
  BwPose poses[3] = { { { MM (-20), MM (10) }, 9000, BW_SIDE_BACK },
                      f->footprints[1].pose, f->footprints[2].pose };
  BwBox extents;

  bw_painter_set_poses (painter, poses);
  extents = bw_painter_get_extents (painter);
  g_assert_cmpint (extents.x0_nm, ==, MM (-22));
  g_assert_cmpint (extents.x1_nm, ==, MM (38));
  g_assert_cmpint (extents.y0_nm, ==, MM (2));
}

/* What a pixel is with one more thing shown, and without. */
static double
difference_at (BwPainter *painter,
               BwShow     flag,
               double     x_mm,
               double     y_mm)
{
  BwCamera camera = make_camera ();
  cairo_surface_t *with, *without;
  double difference;

  bw_painter_set_show (painter, flag);
  with = paint (painter, &camera);
  bw_painter_set_show (painter, BW_SHOW_PADS);
  without = paint (painter, &camera);
  difference = color_distance (pixel_at (with, x_mm, y_mm), pixel_at (without, x_mm, y_mm));
  cairo_surface_destroy (with);
  cairo_surface_destroy (without);
  return difference;
}

static void
zones_areas_and_rules_are_drawn_when_they_are_asked_for (Fixture       *f,
                                                         gconstpointer  data)
{
  BwPoint square[4], other[4];
  const BwRing ring = { square, 4 };
  const BwZoneFill fills[] = { { ring, 1 }, { { other, 4 }, 2 } };
  const BwZone zones[] = {
    { .net = 0, .footprint = -1, .sides = 3, .outlines = &ring, .n_outlines = 1, .fills = fills,
      .n_fills = 2 },
    { .net = 0, .footprint = 0, .sides = 1, .outlines = &ring, .n_outlines = 1, .fills = fills,
      .n_fills = 1 },
  };
  const BwArea areas[] = { { .name = "", .source = "radio", .ring = { other, 4 }, .sides = 1 } };
  const BwKeepout keepouts[] = { { .ring = { other, 4 }, .sides = 1, .footprint = -1 } };
  g_autoptr (BwPainter) painter = bw_painter_new (&f->board);

  set_box (square, 24, 24, 36, 30);
  set_box (other, 24, 32, 36, 36);
  f->board.zones = zones;
  f->board.n_zones = 1;
  g_assert_cmpfloat (difference_at (painter, BW_SHOW_ZONES, 30, 27), >, 0.02);
  g_assert_cmpfloat (difference_at (painter, BW_SHOW_ZONES, 30, 34), >, 0.02);
  g_assert_cmpfloat (difference_at (painter, BW_SHOW_ZONES, 30, 31), ==, 0);
  g_assert_cmpfloat (difference_at (painter, BW_SHOW_AREAS, 30, 34), ==, 0);

  /* What moves with a part is not the board's. */
  f->board.zones = zones + 1;
  g_assert_cmpfloat (difference_at (painter, BW_SHOW_ZONES, 30, 27), ==, 0);

  f->board.areas = areas;
  f->board.n_areas = 1;
  g_assert_cmpfloat (difference_at (painter, BW_SHOW_AREAS, 24.2, 32.04), >, 0.02);
  f->board.keepouts = keepouts;
  f->board.n_keepouts = 1;
  g_assert_cmpfloat (difference_at (painter, BW_SHOW_AREAS, 30, 34), >, 0.02);
}

static void
texts_and_vias_and_the_grid_are_drawn (Fixture       *f,
                                       gconstpointer  data)
{
  const BwPoint at = { MM (30), MM (28) };
  const BwText texts[] = {
    { .text = "\xe2\x96\x88\xe2\x96\x88\xe2\x96\x88", .at = at, .height_nm = MM (8),
      .width_nm = MM (8), .stroke_nm = MM (0.2), .layer = BW_LAYER_SILK },
    { .text = "broken \xff", .at = at, .height_nm = MM (8), .width_nm = MM (8),
      .layer = BW_LAYER_SILK },
    { .text = "huge", .at = at, .height_nm = 2000000000, .width_nm = 2000000000,
      .layer = BW_LAYER_SILK },
  };
  const BwTrack via = {
    .points = &at, .n_points = 1, .width_nm = MM (4), .drill_nm = MM (2), .net = 0, .sides = 3,
  };
  g_autoptr (BwPainter) painter = bw_painter_new (&f->board);
  BwCamera camera = make_camera ();
  cairo_surface_t *surface;

  f->board.texts = texts;
  f->board.n_texts = G_N_ELEMENTS (texts);
  g_assert_cmpfloat (difference_at (painter, BW_SHOW_DRAWINGS, 30, 28), >, 0.02);
  g_assert_cmpfloat (difference_at (painter, BW_SHOW_DRAWINGS, 30, 36), ==, 0);
  f->board.n_texts = 0;

  f->board.tracks = &via;
  f->board.n_tracks = 1;
  bw_painter_set_show (painter, BW_SHOW_TRACKS);
  surface = paint (painter, &camera);
  g_assert_cmpfloat (color_distance (pixel_at (surface, 30, 28),
                                     bw_theme_get (BW_STYLE_LIGHT)->hole), <, 0.02);
  g_assert_cmpfloat (color_distance (pixel_at (surface, 31.5, 28),
                                     bw_theme_get (BW_STYLE_LIGHT)->board), >, 0.05);
  cairo_surface_destroy (surface);

  /* A line goes through the middle of the view only where the camera has it. */
  g_assert_cmpfloat (difference_at (painter, BW_SHOW_GRID, 10 * BW_PAINTER_GRID_MM + 0.05, 5.5),
                     >, 0.005);
  g_assert_cmpfloat (difference_at (painter, BW_SHOW_GRID, 10.5 * BW_PAINTER_GRID_MM, 5.5), ==, 0);
}

/* Cairo's current point is where a text ends. */
static void
a_text_is_no_corner_of_the_keepout_after_it (Fixture       *f,
                                             gconstpointer  data)
{
  const BwPoint corners[] = {
    { MM (4), MM (32) }, { MM (8), MM (32) }, { MM (8), MM (36) }, { MM (4), MM (36) },
  };
  const BwKeepout keepout = { .ring = { corners, G_N_ELEMENTS (corners) }, .footprint = -1,
                              .sides = 3 };
  const BwText text = { .text = "A", .at = { MM (34), MM (34) }, .height_nm = MM (4),
                        .width_nm = MM (4), .stroke_nm = MM (0.2), .layer = BW_LAYER_SILK };
  g_autoptr (BwPainter) painter = bw_painter_new (&f->board);
  BwCamera camera = make_camera ();
  cairo_surface_t *with, *without;

  f->board.texts = &text;
  f->board.n_texts = 1;
  bw_painter_set_show (painter, BW_SHOW_DRAWINGS | BW_SHOW_AREAS);
  without = paint (painter, &camera);
  f->board.keepouts = &keepout;
  f->board.n_keepouts = 1;
  with = paint (painter, &camera);
  g_assert_cmpfloat (color_distance (pixel_at (with, 6, 34), pixel_at (without, 6, 34)), >, 0.02);
  for (double x_mm = 9; x_mm < 38; x_mm += 0.5)
    for (double y_mm = 3; y_mm < 38; y_mm += 0.5)
      assert_color (with, x_mm, y_mm, pixel_at (without, x_mm, y_mm));
  cairo_surface_destroy (with);
  cairo_surface_destroy (without);
}

static void
from_the_back_the_board_is_mirrored_and_the_back_is_near (Fixture       *f,
                                                          gconstpointer  data)
{
  const BwColor copper = bw_theme_get (BW_STYLE_LIGHT)->pad;
  g_autoptr (BwPainter) painter = bw_painter_new (&f->board);
  BwPose poses[3];
  BwCamera camera = make_camera ();
  cairo_surface_t *front, *back;

  for (int i = 0; i < 3; i++)
    poses[i] = f->footprints[i].pose;
  poses[1].side = BW_SIDE_BACK;
  bw_painter_set_poses (painter, poses);
  bw_painter_set_show (painter, BW_SHOW_PADS);
  front = paint (painter, &camera);
  camera.flipped = true;
  back = paint (painter, &camera);

  /* Part A on the front, B on the back: each one's pad is copper from its own side. */
  g_assert_cmpfloat (color_distance (pixel_at (front, 8, 8), copper), <, 0.02);
  g_assert_cmpfloat (color_distance (pixel_at (front, 30, 8), copper), >, 0.05);
  g_assert_cmpfloat (color_distance (pixel_at (back, 40 - 30, 8), copper), <, 0.02);
  g_assert_cmpfloat (color_distance (pixel_at (back, 40 - 8, 8), copper), >, 0.05);
  cairo_surface_destroy (front);
  cairo_surface_destroy (back);
}

/* In the middle of the line from A to B, and beside it: one pixel wide, it lies on a border. */
static BwColor
line_color (Fixture       *f,
            const BwTheme *theme,
            BwShow         show)
{
  g_autoptr (BwPainter) painter = bw_painter_new (&f->board);
  BwCamera camera = make_camera ();
  cairo_surface_t *surface;
  BwColor color;

  bw_painter_set_theme (painter, theme);
  bw_painter_set_show (painter, show);
  surface = paint (painter, &camera);
  color = mix (pixel_at (surface, 19, 7.95), pixel_at (surface, 19, 8.05), 0.5);
  cairo_surface_destroy (surface);
  return color;
}

static BwColor
expected_line (const BwTheme *theme,
               BwColor        color)
{
  return mix (color, theme->board, color.alpha / 2);
}

static void
nets_are_joined_in_the_colour_of_their_class (Fixture       *f,
                                              gconstpointer  data)
{
  /* What a reader would never give is drawn as well. */
  const guint32 classes[] = { 1, 2, BW_THEME_N_NET_CLASSES, BW_THEME_N_NET_CLASSES + 1,
                              1000000, G_MAXUINT32 };

  for (int style = BW_STYLE_LIGHT; style < BW_THEME_N_STYLES; style++)
    {
      const BwTheme *theme = bw_theme_get (style);

      f->nets[0].net_class = 0;
      g_assert_cmpfloat (color_distance (line_color (f, theme, BW_SHOW_RATSNEST),
                                         expected_line (theme, theme->ratsnest)), <, 0.04);
      for (guint i = 0; i < G_N_ELEMENTS (classes); i++)
        {
          BwColor color = theme->net_classes[(classes[i] - 1) % BW_THEME_N_NET_CLASSES];

          f->nets[0].net_class = classes[i];
          g_assert_cmpfloat (color_distance (line_color (f, theme, BW_SHOW_RATSNEST),
                                             expected_line (theme, color)), <, 0.04);
        }
    }
}

static void
the_class_of_most_nets_is_the_usual_one (Fixture       *f,
                                         gconstpointer  data)
{
  const BwTheme *theme = bw_theme_get (BW_STYLE_LIGHT);
  BwNet nets[4] = { f->nets[0], f->nets[0], f->nets[0], f->nets[0] };

  f->board.nets = nets;
  f->board.n_nets = 4;
  f->board.n_net_classes = 3;
  /* Supplies and what joins nothing do not count. */
  nets[1].n_pins = nets[2].n_pins = 1;
  nets[3].power = TRUE;
  nets[0].net_class = 1;
  g_assert_cmpfloat (color_distance (line_color (f, theme, BW_SHOW_RATSNEST),
                                     expected_line (theme, theme->ratsnest)), <, 0.04);
  nets[0].net_class = 0;
  nets[1].net_class = nets[2].net_class = 1;
  /* Of two pads of one part, which need no line. */
  nets[1].pins = nets[2].pins = (BwPin[2]) { { 2, 0 }, { 2, 0 } };
  nets[1].n_pins = nets[2].n_pins = 2;
  g_assert_cmpfloat (color_distance (line_color (f, theme, BW_SHOW_RATSNEST),
                                     expected_line (theme, theme->net_classes[0])), <, 0.04);
}

static void
supplies_are_joined_as_supplies_whatever_their_class (Fixture       *f,
                                                      gconstpointer  data)
{
  const BwTheme *theme = bw_theme_get (BW_STYLE_LIGHT);
  const BwShow show = BW_SHOW_RATSNEST | BW_SHOW_POWER_NETS;

  f->nets[0].power = TRUE;
  f->nets[0].net_class = 1;
  g_assert_cmpfloat (color_distance (line_color (f, theme, show),
                                     expected_line (theme, theme->ratsnest_power)), <, 0.04);
  g_assert_cmpfloat (color_distance (line_color (f, theme, BW_SHOW_RATSNEST), theme->board),
                     <, 0.02);
}

static void
contrast_goes_with_dark_and_with_safe_colours (void)
{
  for (int style = BW_STYLE_LIGHT; style < BW_STYLE_MORE; style++)
    {
      const BwTheme *usual = bw_theme_get (style);
      const BwTheme *more = bw_theme_get (style | BW_STYLE_MORE);

      for (int kind = 0; kind < BW_THEME_N_MODULES; kind++)
        g_assert_cmpfloat (color_distance (more->modules[kind], usual->modules[kind]), ==, 0);
      g_assert_cmpfloat (color_distance (more->board, usual->board), ==, 0);
      g_assert_cmpfloat (color_distance (more->overlap, usual->overlap), ==, 0);
      g_assert_cmpfloat (more->ratsnest.alpha, >, usual->ratsnest.alpha);
      for (int i = 0; i < BW_THEME_N_NET_CLASSES; i++)
        g_assert_cmpfloat (more->net_classes[i].alpha, >, usual->net_classes[i].alpha);
    }
}

static void
module_colours_repeat_and_differ_from_red (void)
{
  for (int style = BW_STYLE_LIGHT; style <= BW_STYLE_DARK; style++)
    {
      const BwTheme *theme = bw_theme_get (style);

      g_assert_cmpfloat (color_distance (bw_theme_module_color (theme, 3, 0),
                                         bw_theme_module_color (theme, 3 + BW_THEME_N_MODULES,
                                                                0)),
                         ==, 0);
      g_assert_cmpfloat (color_distance (bw_theme_module_color (theme, -1, 0), theme->part), ==, 0);
      for (int i = 0; i < BW_THEME_N_MODULES; i++)
        {
          g_assert_cmpfloat (color_distance (theme->modules[i], theme->overlap), >, 0.4);
          for (int j = 0; j < i; j++)
            g_assert_cmpfloat (color_distance (theme->modules[i], theme->modules[j]), >, 0.15);
        }
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/painter/nets-are-joined-in-the-colour-of-their-class",
       nets_are_joined_in_the_colour_of_their_class);
  ADD ("/painter/the-class-of-most-nets-is-the-usual-one",
       the_class_of_most_nets_is_the_usual_one);
  ADD ("/painter/supplies-are-joined-as-supplies-whatever-their-class",
       supplies_are_joined_as_supplies_whatever_their_class);
  ADD ("/painter/the-board-is-filled-and-its-hole-is-not",
       the_board_is_filled_and_its_hole_is_not);
  ADD ("/painter/parts-have-the-colour-of-their-module", parts_have_the_colour_of_their_module);
  ADD ("/painter/a-module-has-the-colour-that-is-chosen-when-the-theme-is-set",
       a_module_has_the_colour_that_is_chosen_when_the_theme_is_set);
  ADD ("/painter/parts-are-drawn-where-their-poses-put-them",
       parts_are_drawn_where_their_poses_put_them);
  ADD ("/painter/parts-on-the-back-are-fainter-and-their-pads-are-not-copper",
       parts_on_the_back_are_fainter_and_their_pads_are_not_copper);
  ADD ("/painter/what-is-held-by-hand-has-a-dark-rim-and-a-padlock",
       what_is_held_by_hand_has_a_dark_rim_and_a_padlock);
  ADD ("/painter/what-is-hidden-is-not-drawn", what_is_hidden_is_not_drawn);
  ADD ("/painter/full-detail-looks-the-same-where-all-is-large",
       full_detail_looks_the_same_where_all_is_large);
  ADD ("/painter/references-are-written-on-parts-that-are-large-enough",
       references_are_written_on_parts_that_are_large_enough);
  ADD ("/painter/a-view-far-away-or-very-close-is-painted-too",
       a_view_far_away_or_very_close_is_painted_too);
  ADD ("/painter/a-board-without-anything-is-painted", a_board_without_anything_is_painted);
  ADD ("/painter/extents-take-in-parts-that-lie-off-the-board",
       extents_take_in_parts_that_lie_off_the_board);
  ADD ("/painter/zones-areas-and-rules-are-drawn-when-they-are-asked-for",
       zones_areas_and_rules_are_drawn_when_they_are_asked_for);
  ADD ("/painter/texts-and-vias-and-the-grid-are-drawn", texts_and_vias_and_the_grid_are_drawn);
  ADD ("/painter/a-text-is-no-corner-of-the-keepout-after-it",
       a_text_is_no_corner_of_the_keepout_after_it);
  ADD ("/painter/from-the-back-the-board-is-mirrored-and-the-back-is-near",
       from_the_back_the_board_is_mirrored_and_the_back_is_near);
  g_test_add_func ("/painter/contrast-goes-with-dark-and-with-safe-colours",
                   contrast_goes_with_dark_and_with_safe_colours);
  g_test_add_func ("/painter/module-colours-repeat-and-differ-from-red",
                   module_colours_repeat_and_differ_from_red);
  return g_test_run ();
}
