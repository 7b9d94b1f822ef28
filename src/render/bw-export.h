/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A picture of a board as the contents of a file. */

#pragma once

#include "render/bw-painter.h"

G_BEGIN_DECLS

typedef enum
{
  BW_EXPORT_PNG, /* BW_EXPORT_PNG_SCALE pixels to each of the camera's */
  BW_EXPORT_SVG,
  BW_EXPORT_PDF, /* a point to each of the camera's pixels */
} BwExportFormat;

#define BW_EXPORT_PNG_SCALE 2

/* By the ending of a file's name, whichever its case. FALSE: it is of none. */
gboolean bw_export_find_format (const char      *name,
                                BwExportFormat  *format_out);

/* What the painter draws as seen by `camera`, in full detail. Takes as long as cairo takes for all
 * of the board: call it in a thread. NULL where cairo could not, and why. (transfer full) */
GBytes  *bw_export_render      (BwPainter       *painter,
                                const BwCamera  *camera,
                                BwShow           show,
                                BwExportFormat   format,
                                cairo_status_t  *status_out);

G_END_DECLS
