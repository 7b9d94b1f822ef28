/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "render/bw-export.h"

#include <cairo-pdf.h>
#include <cairo-svg.h>

gboolean
bw_export_find_format (const char     *name,
                       BwExportFormat *format_out)
{
  static const char *const endings[] = { ".png", ".svg", ".pdf" };
  g_autofree char *lower = g_ascii_strdown (name, -1);

  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    if (g_str_has_suffix (lower, endings[i]))
      {
        *format_out = (BwExportFormat) i;
        return TRUE;
      }
  return FALSE;
}

static cairo_status_t
append (void                *closure,
        const unsigned char *data,
        unsigned int         length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

static cairo_surface_t *
create_surface (const BwCamera *camera,
                BwExportFormat  format,
                GByteArray     *bytes)
{
  cairo_surface_t *surface;

  switch (format)
    {
    case BW_EXPORT_SVG:
      return cairo_svg_surface_create_for_stream (append, bytes, camera->width_px,
                                                  camera->height_px);
    case BW_EXPORT_PDF:
      return cairo_pdf_surface_create_for_stream (append, bytes, camera->width_px,
                                                  camera->height_px);
    case BW_EXPORT_PNG:
    default:
      surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24,
                                            (int) (camera->width_px * BW_EXPORT_PNG_SCALE),
                                            (int) (camera->height_px * BW_EXPORT_PNG_SCALE));
      cairo_surface_set_device_scale (surface, BW_EXPORT_PNG_SCALE, BW_EXPORT_PNG_SCALE);
      return surface;
    }
}

GBytes *
bw_export_render (BwPainter      *painter,
                  const BwCamera *camera,
                  BwShow          show,
                  BwExportFormat  format,
                  cairo_status_t *status_out)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  cairo_surface_t *surface = create_surface (camera, format, bytes);
  cairo_t *cr = cairo_create (surface);
  cairo_status_t status;

  bw_painter_set_show (painter, show | BW_SHOW_ALL_DETAIL);
  bw_painter_paint_board (painter, cr, camera);
  bw_painter_paint_parts (painter, cr, camera);
  status = cairo_status (cr);
  cairo_destroy (cr);
  if (status == CAIRO_STATUS_SUCCESS && format == BW_EXPORT_PNG)
    status = cairo_surface_write_to_png_stream (surface, append, bytes);
  cairo_surface_finish (surface);
  if (status == CAIRO_STATUS_SUCCESS)
    status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);
  *status_out = status;
  if (status != CAIRO_STATUS_SUCCESS)
    return NULL;
  return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}
