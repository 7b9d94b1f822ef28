/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A small picture of a board with its parts where a frame has them, painted off the main thread. */

#pragma once

#include <gtk/gtk.h>

#include "render/bw-painter.h"

G_BEGIN_DECLS

/* What is painted; `ghost` may be NULL: parts as they lie there are drawn faintly over the others,
 * with a line from where each was. */
typedef struct
{
  BwBoard *board;
  BwFrame *frame;
  BwFrame *ghost;
  BwStyle style;
  BwShow show;
  int width_px;
  int height_px;
  int scale;
} BwThumbnail;

void        bw_thumbnail_paint_async  (const BwThumbnail  *thumbnail,
                                       GCancellable       *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer            user_data);

/* (transfer full) (nullable): NULL: it was cancelled */
GdkTexture *bw_thumbnail_paint_finish (GAsyncResult       *result);

G_END_DECLS
