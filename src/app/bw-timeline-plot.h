/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Draws the curves of a run: energy, wire length, overlaps and crossings, each against its own
 * greatest value, over bands for the phases. */

#pragma once

#include <cairo.h>

#include "render/bw-theme.h"
#include "session/bw-frame.h"

G_BEGIN_DECLS

typedef enum
{
  BW_CURVE_ENERGY,
  BW_CURVE_LENGTH,
  BW_CURVE_OVERLAPS,
  BW_CURVE_CROSSINGS,
  BW_N_CURVES,
} BwCurve;

BwColor bw_timeline_plot_color (const BwTheme *theme,
                                BwCurve        curve);

/* `frames` (element-type BwFrame), at least one; `position` is the one that is looked at, -1: the
 * newest. */
void    bw_timeline_plot_draw  (cairo_t       *cr,
                                const BwTheme *theme,
                                GPtrArray     *frames,
                                gint           position,
                                double         width_px,
                                double         height_px);

G_END_DECLS
