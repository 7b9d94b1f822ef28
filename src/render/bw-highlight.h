/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What stands out on the board: a rim round one part, and lines from its pads to the nearest pins
 * of their nets. Drawn over a picture of the board, without a painter. */

#pragma once

#include <cairo.h>

#include "board/bw-board.h"
#include "render/bw-camera.h"
#include "render/bw-theme.h"

G_BEGIN_DECLS

typedef enum
{
  BW_HIGHLIGHT_HOVER,    /* a rim */
  BW_HIGHLIGHT_SELECTED, /* a stronger rim, and its nets but the supplies */
} BwHighlight;

/* `poses` has n_footprints elements. */
void bw_highlight_paint (cairo_t        *cr,
                         const BwBoard  *board,
                         const BwPose   *poses,
                         const BwCamera *camera,
                         const BwTheme  *theme,
                         guint32         footprint,
                         BwHighlight     highlight);

/* The rim alone, added to the path: stroked in whatever way the caller likes. */
void bw_highlight_add_rim (cairo_t        *cr,
                           const BwBoard  *board,
                           const BwPose   *poses,
                           const BwCamera *camera,
                           guint32         footprint);

/* A net: the lines that join its pads, and rims round these. */
void bw_highlight_paint_net (cairo_t        *cr,
                             const BwBoard  *board,
                             const BwPose   *poses,
                             const BwCamera *camera,
                             const BwTheme  *theme,
                             guint32         net);

G_END_DECLS
