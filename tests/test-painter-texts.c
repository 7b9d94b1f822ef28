/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is printed on parts: texts, and logos that are nothing else. */

#include "painter-fixture.h"

#define LETTERS 6 /* mm high */

/* How many pixels of a box differ from one picture to the other. */
static guint
count_changes (cairo_surface_t *a,
               cairo_surface_t *b,
               double           x0_mm,
               double           y0_mm,
               double           x1_mm,
               double           y1_mm)
{
  guint n = 0;

  for (double y = y0_mm; y < y1_mm; y += 1.0 / SCALE)
    for (double x = x0_mm; x < x1_mm; x += 1.0 / SCALE)
      n += color_distance (pixel_at (a, x, y), pixel_at (b, x, y)) > 0.05;
  return n;
}

static BwText
make_text (const char *words,
           BwLayer     layer)
{
  return (BwText) {
    .text = words, .height_nm = MM (LETTERS), .width_nm = MM (LETTERS), .stroke_nm = MM (0.2),
    .layer = (guint8) layer, .role = BW_TEXT_OTHER,
  };
}

/* A picture of the fixture where part A has that text and lies in `pose`; without it if NULL. */
static cairo_surface_t *
paint_text (Fixture      *f,
            const BwText *text,
            BwPose        pose,
            BwShow        show)
{
  g_autoptr (BwPainter) painter = NULL;
  BwPose poses[3] = { pose, f->footprints[1].pose, f->footprints[2].pose };
  BwCamera camera = make_camera ();

  f->footprints[0].texts = text;
  f->footprints[0].n_texts = text ? 1 : 0;
  painter = bw_painter_new (&f->board);
  bw_painter_set_poses (painter, poses);
  bw_painter_set_show (painter, show);
  return paint (painter, &camera);
}

/* How many pixels the text changes in a box of the picture. */
static guint
count_drawn (Fixture      *f,
             const BwText *text,
             BwPose        pose,
             BwShow        show,
             const double  box_mm[4])
{
  cairo_surface_t *with = paint_text (f, text, pose, show);
  cairo_surface_t *without = paint_text (f, NULL, pose, show);
  guint n = count_changes (with, without, box_mm[0], box_mm[1], box_mm[2], box_mm[3]);

  cairo_surface_destroy (with);
  cairo_surface_destroy (without);
  return n;
}

static const double everywhere[] = { 0, 0, 40, 40 };

static void
a_text_goes_where_its_part_goes (Fixture       *f,
                                 gconstpointer  data)
{
  BwText text = make_text ("MI", BW_LAYER_SILK);
  BwPose pose = { { MM (12), MM (28) }, 0, BW_SIDE_FRONT };
  const double there[] = { 4, 23, 20, 33 };

  g_assert_cmpuint (count_drawn (f, &text, pose, BW_SHOW_DRAWINGS, there), >, 300);
  g_assert_cmpuint (count_drawn (f, &text, pose, BW_SHOW_DRAWINGS, there), ==,
                    count_drawn (f, &text, pose, BW_SHOW_DRAWINGS, everywhere));
  /* Past its body's rim, where its part lies out of the picture. */
  text.at.x_nm = MM (20);
  pose.at.x_nm = MM (-8);
  g_assert_cmpuint (count_drawn (f, &text, pose, BW_SHOW_DRAWINGS, there), >, 300);
}

static void
it_is_left_out_with_the_drawings_or_where_nobody_could_read_it (Fixture       *f,
                                                                gconstpointer  data)
{
  BwText text = make_text ("MI", BW_LAYER_SILK);
  BwPose pose = f->footprints[0].pose;

  g_assert_cmpuint (count_drawn (f, &text, pose, BW_SHOW_PADS, everywhere), ==, 0);
  text.height_nm = text.width_nm = MM (0.4);
  g_assert_cmpuint (count_drawn (f, &text, pose, BW_SHOW_DRAWINGS, everywhere), ==, 0);
  g_assert_cmpuint (count_drawn (f, &text, pose, BW_SHOW_DRAWINGS | BW_SHOW_ALL_DETAIL,
                                 everywhere), >, 0);
}

static void
a_reference_stands_for_notes_of_the_fabrication_layer (Fixture       *f,
                                                       gconstpointer  data)
{
  BwText text = make_text ("MI", BW_LAYER_FAB);
  BwPose pose = f->footprints[0].pose;

  g_assert_cmpuint (count_drawn (f, &text, pose, BW_SHOW_DRAWINGS, everywhere), >, 300);
  g_assert_cmpuint (count_drawn (f, &text, pose, BW_SHOW_DRAWINGS | BW_SHOW_LABELS, everywhere),
                    ==, 0);
}

static void
a_reference_stands_for_itself_where_it_is_shown (Fixture       *f,
                                                 gconstpointer  data)
{
  BwText text = make_text ("${REFERENCE}", BW_LAYER_SILK);
  BwPose pose = f->footprints[0].pose;
  BwShow show = BW_SHOW_DRAWINGS | BW_SHOW_LABELS;

  text.at.y_nm = MM (8);
  g_assert_cmpuint (count_drawn (f, &text, pose, show, everywhere), ==, 0);
  /* Its body has no room for it. */
  set_box (f->body, -0.3, -0.2, 0.3, 0.2);
  for (guint i = 0; i < 3; i++)
    f->footprints[i].box = bw_ring_box (&f->ring);
  g_assert_cmpuint (count_drawn (f, &text, pose, show, everywhere), >, 100);
}

/* The picture is painted in bands, of rows 0 to 199 and 200 to 399 on two processors. */
static void
a_reference_beside_its_part_is_left_out_whole (Fixture       *f,
                                               gconstpointer  data)
{
  BwText text = make_text ("${REFERENCE}", BW_LAYER_SILK);
  BwPose pose = { { MM (12), MM (24) }, 0, BW_SIDE_FRONT };

  text.at.y_nm = MM (-4);
  g_assert_cmpuint (count_drawn (f, &text, pose, BW_SHOW_DRAWINGS, everywhere), >, 300);
  g_assert_cmpuint (count_drawn (f, &text, pose, BW_SHOW_DRAWINGS | BW_SHOW_LABELS, everywhere),
                    ==, 0);
}

static void
what_is_to_stand_upright_is_turned_with_its_anchor (Fixture       *f,
                                                    gconstpointer  data)
{
  BwText text = make_text ("MI", BW_LAYER_SILK);
  BwPose straight = { { MM (20), MM (12) }, 0, BW_SIDE_FRONT };
  BwPose over = { { MM (20), MM (12) }, 18000, BW_SIDE_FRONT };
  BwPoint at = { MM (4), 0 };
  const double left[] = { 0, 0, 20, 40 }, right[] = { 20, 0, 40, 40 };

  text.at = at;
  text.align_x = -1;
  text.upright = TRUE;
  /* It begins at its anchor, and goes away from the part on whichever side that is. */
  g_assert_cmpuint (count_drawn (f, &text, straight, BW_SHOW_DRAWINGS, left), ==, 0);
  g_assert_cmpuint (count_drawn (f, &text, straight, BW_SHOW_DRAWINGS, right), >, 300);
  g_assert_cmpuint (count_drawn (f, &text, over, BW_SHOW_DRAWINGS, right), ==, 0);
  g_assert_cmpuint (count_drawn (f, &text, over, BW_SHOW_DRAWINGS, left), >, 300);
}

static void
reference_and_value_are_put_in (Fixture       *f,
                                gconstpointer  data)
{
  BwText meant = make_text ("${VALUE}", BW_LAYER_SILK), plain = make_text ("WM", BW_LAYER_SILK);
  cairo_surface_t *a, *b;

  f->footprints[0].value = "WM";
  a = paint_text (f, &meant, f->footprints[0].pose, BW_SHOW_DRAWINGS);
  b = paint_text (f, &plain, f->footprints[0].pose, BW_SHOW_DRAWINGS);
  g_assert_cmpuint (count_changes (a, b, 0, 0, 40, 40), ==, 0);
  cairo_surface_destroy (a);
  cairo_surface_destroy (b);
}

static void
a_logo_is_its_drawing_alone (Fixture       *f,
                             gconstpointer  data)
{
  const BwTheme *theme = bw_theme_get (BW_STYLE_LIGHT);
  const BwPoint bar[] = {
    { MM (-3), 0 }, { MM (-1), 0 }, { MM (-1), MM (2) }, { MM (-3), MM (2) },
  };
  const BwGraphic graphic = { .points = bar, .n_points = 4, .closed = TRUE, .filled = TRUE,
                              .layer = BW_LAYER_SILK };
  BwPose pose = f->footprints[0].pose;
  cairo_surface_t *surface;

  f->footprints[0].n_body[BW_SIDE_FRONT] = 0;
  f->footprints[0].n_pads = 0;
  f->footprints[0].hold = BW_HOLD_NO_NETS;
  f->footprints[0].graphics = &graphic;
  f->footprints[0].n_graphics = 1;
  f->nets[0].n_pins = f->nets[1].n_pins = 0;
  surface = paint_text (f, NULL, pose, BW_SHOW_DRAWINGS | BW_SHOW_LABELS);
  assert_color (surface, 6, 9, mix (theme->silk, theme->board, theme->silk.alpha));
  /* No body, no rim and no name beside it. */
  for (double x = 7.2; x < 14; x += 0.1)
    assert_color (surface, x, 8, theme->board);
  cairo_surface_destroy (surface);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/painter-texts/a-text-goes-where-its-part-goes", a_text_goes_where_its_part_goes);
  ADD ("/painter-texts/it-is-left-out-with-the-drawings-or-where-nobody-could-read-it",
       it_is_left_out_with_the_drawings_or_where_nobody_could_read_it);
  ADD ("/painter-texts/a-reference-stands-for-notes-of-the-fabrication-layer",
       a_reference_stands_for_notes_of_the_fabrication_layer);
  ADD ("/painter-texts/a-reference-stands-for-itself-where-it-is-shown",
       a_reference_stands_for_itself_where_it_is_shown);
  ADD ("/painter-texts/what-is-to-stand-upright-is-turned-with-its-anchor",
       what_is_to_stand_upright_is_turned_with_its_anchor);
  ADD ("/painter-texts/a-reference-beside-its-part-is-left-out-whole",
       a_reference_beside_its_part_is_left_out_whole);
  ADD ("/painter-texts/reference-and-value-are-put-in", reference_and_value_are_put_in);
  ADD ("/painter-texts/a-logo-is-its-drawing-alone", a_logo_is_its_drawing_alone);
  return g_test_run ();
}
