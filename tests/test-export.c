/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "painter-fixture.h"

#include "render/bw-export.h"

static void
the_format_follows_from_the_name (void)
{
  const struct
  {
    const char *name;
    BwExportFormat format;
  } known[] = {
    { "board.png", BW_EXPORT_PNG }, { "BOARD.SVG", BW_EXPORT_SVG }, { "a.b.pdf", BW_EXPORT_PDF },
  };
  const char *const unknown[] = { "board", "png", "board.png.bak", "board.jpg", "" };
  BwExportFormat format;

  for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
    {
      g_assert_true (bw_export_find_format (known[i].name, &format));
      g_assert_cmpint (format, ==, known[i].format);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (unknown); i++)
    g_assert_false (bw_export_find_format (unknown[i], &format));
}

typedef struct
{
  const guchar *data;
  gsize size;
} Rest;

static cairo_status_t
take (void          *closure,
      unsigned char *data,
      unsigned int   length)
{
  Rest *rest = closure;

  if (length > rest->size)
    return CAIRO_STATUS_READ_ERROR;
  memcpy (data, rest->data, length);
  rest->data += length;
  rest->size -= length;
  return CAIRO_STATUS_SUCCESS;
}

static void
a_png_shows_the_board_as_it_is_seen (Fixture       *f,
                                     gconstpointer  data)
{
  const BwTheme *theme = bw_theme_get (BW_STYLE_LIGHT);
  g_autoptr (BwPainter) painter = bw_painter_new (&f->board);
  g_autoptr (GBytes) bytes = NULL;
  BwCamera camera = make_camera ();
  cairo_status_t status;
  cairo_surface_t *surface;
  Rest rest;

  bytes = bw_export_render (painter, &camera, BW_SHOW_PADS, BW_EXPORT_PNG, &status);
  g_assert_cmpint (status, ==, CAIRO_STATUS_SUCCESS);
  rest.data = g_bytes_get_data (bytes, &rest.size);
  surface = cairo_image_surface_create_from_png_stream (take, &rest);
  g_assert_cmpint (cairo_image_surface_get_width (surface), ==, BW_EXPORT_PNG_SCALE * SIZE);
  g_assert_cmpint (cairo_image_surface_get_height (surface), ==, BW_EXPORT_PNG_SCALE * SIZE);
  assert_color (surface, BW_EXPORT_PNG_SCALE * 1, BW_EXPORT_PNG_SCALE * 1, theme->background);
  assert_color (surface, BW_EXPORT_PNG_SCALE * 30, BW_EXPORT_PNG_SCALE * 30, theme->board);
  assert_color (surface, BW_EXPORT_PNG_SCALE * 8, BW_EXPORT_PNG_SCALE * 8, theme->pad);
  cairo_surface_destroy (surface);
}

/* That of the first part would fill it with letters of 24 pixels. */
static void
references_are_no_larger_than_in_the_window (Fixture       *f,
                                             gconstpointer  data)
{
  const BwTheme *theme = bw_theme_get (BW_STYLE_LIGHT);
  g_autoptr (BwPainter) painter = bw_painter_new (&f->board);
  g_autoptr (GBytes) bytes = NULL;
  BwCamera camera = make_camera ();
  cairo_status_t status;
  cairo_surface_t *surface;
  guint n_rows = 0;
  Rest rest;

  bytes = bw_export_render (painter, &camera, BW_SHOW_LABELS, BW_EXPORT_PNG, &status);
  rest.data = g_bytes_get_data (bytes, &rest.size);
  surface = cairo_image_surface_create_from_png_stream (take, &rest);
  for (int y = 110; y < 210; y++)
    {
      gboolean any = FALSE;

      for (int x = 130; x < 190 && !any; x++)
        any = color_distance (pixel_at (surface, (x + 0.5) / SCALE, (y + 0.5) / SCALE),
                              theme->label) < 0.1;
      n_rows += any ? 1 : 0;
    }
  g_assert_cmpuint (n_rows, >, 10);
  g_assert_cmpuint (n_rows, <, 2 * 15);
  cairo_surface_destroy (surface);
}

static void
an_svg_and_a_pdf_are_drawings (Fixture       *f,
                               gconstpointer  data)
{
  g_autoptr (BwPainter) painter = bw_painter_new (&f->board);
  BwCamera camera = make_camera ();
  const struct
  {
    BwExportFormat format;
    const char *start;
  } formats[] = { { BW_EXPORT_SVG, "<?xml" }, { BW_EXPORT_PDF, "%PDF-" } };

  for (gsize i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      cairo_status_t status;
      g_autoptr (GBytes) bytes = bw_export_render (painter, &camera, BW_SHOW_DEFAULT,
                                                   formats[i].format, &status);
      g_autofree char *text = NULL;

      g_assert_cmpint (status, ==, CAIRO_STATUS_SUCCESS);
      text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
      g_assert_true (g_str_has_prefix (text, formats[i].start));
      /* Shapes, not an image of them. */
      g_assert_null (strstr (text, "<image"));
      g_assert_null (strstr (text, "/Image"));
    }
}

static void
a_picture_larger_than_can_be_is_refused (Fixture       *f,
                                         gconstpointer  data)
{
  g_autoptr (BwPainter) painter = bw_painter_new (&f->board);
  BwCamera camera = bw_camera_new (40000, 40000);
  cairo_status_t status;

  g_assert_null (bw_export_render (painter, &camera, 0, BW_EXPORT_PNG, &status));
  g_assert_cmpint (status, !=, CAIRO_STATUS_SUCCESS);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/export/the-format-follows-from-the-name", the_format_follows_from_the_name);
  ADD ("/export/a-png-shows-the-board-as-it-is-seen", a_png_shows_the_board_as_it_is_seen);
  ADD ("/export/references-are-no-larger-than-in-the-window",
       references_are_no_larger_than_in_the_window);
  ADD ("/export/an-svg-and-a-pdf-are-drawings", an_svg_and_a_pdf_are_drawings);
  ADD ("/export/a-picture-larger-than-can-be-is-refused", a_picture_larger_than_can_be_is_refused);
  return g_test_run ();
}
