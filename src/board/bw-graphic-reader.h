/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Lines, arcs, circles, rectangles, polygons and curves, wherever they stand in a board. */

#pragma once

#include "board/bw-reader.h"

G_BEGIN_DECLS

/* A shape as the file has it; its points are the reader's scratch points. */
typedef struct
{
  gint32 width_nm;
  gboolean closed;
  gboolean filled;
  BwLayerMeaning meaning;
} BwShape;

gboolean bw_reader_is_graphic     (BwKeyword  keyword);

/* Reads a node that bw_reader_is_graphic(), or a track (segment or arc). FALSE: there is nothing
 * to draw. */
gboolean bw_reader_shape          (BwReader  *self,
                                   guint32    node,
                                   BwShape   *shape_out);

/* Appends the points of a (pts) list, which may mix xy and arc. */
void     bw_reader_polygon_points (BwReader  *self,
                                   guint32    pts);

/* The layer that a node names in (layer) or (layers). */
BwLayerMeaning
         bw_reader_layer          (BwReader  *self,
                                   guint32    node);

G_END_DECLS
