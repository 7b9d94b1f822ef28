/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/bw-timeline-plot.h"

#include <math.h>

/* Of the height, above the highest point. */
#define HEADROOM 0.08
#define CURVE_WIDTH_PX 1.5

BwColor
bw_timeline_plot_color (const BwTheme *theme,
                        BwCurve        curve)
{
  switch (curve)
    {
    case BW_CURVE_LENGTH:
      return theme->modules[0];
    case BW_CURVE_OVERLAPS:
      return theme->overlap;
    case BW_CURVE_CROSSINGS:
      return theme->modules[2];
    case BW_CURVE_ENERGY:
    case BW_N_CURVES:
    default:
      return theme->modules[1];
    }
}

static double
value_of (const BwFrame *frame,
          BwCurve        curve)
{
  switch (curve)
    {
    case BW_CURVE_LENGTH:
      return frame->hpwl_mm;
    case BW_CURVE_OVERLAPS:
      return frame->overlaps;
    case BW_CURVE_CROSSINGS:
      return frame->routability.crossings;
    case BW_CURVE_ENERGY:
    case BW_N_CURVES:
    default:
      return frame->energy;
    }
}

/* Of the height. All but the length fall by orders of magnitude, most of it in the first moments:
 * the root leaves the rest to be seen, and nothing at nothing. */
static double
height_of (BwCurve curve,
           double  share)
{
  return curve == BW_CURVE_LENGTH ? share : sqrt (share);
}

static double
x_of (GPtrArray *frames,
      guint      index,
      double     width_px)
{
  return frames->len > 1 ? index * width_px / (frames->len - 1) : 0;
}

static void
draw_phases (cairo_t       *cr,
             const BwTheme *theme,
             GPtrArray     *frames,
             double         width_px,
             double         height_px)
{
  guint begin = 0;

  for (guint i = 1; i <= frames->len; i++)
    {
      const BwFrame *first = frames->pdata[begin];
      double x0 = x_of (frames, begin, width_px);
      double x1 = i < frames->len ? x_of (frames, i, width_px) : width_px;

      if (i < frames->len && ((BwFrame *) frames->pdata[i])->phase == first->phase)
        continue;
      /* Neighbours differ; which one is which is told in words where one looks. */
      cairo_set_source_rgba (cr, theme->label.red, theme->label.green, theme->label.blue,
                             first->phase % 2 ? 0.09 : 0.03);
      cairo_rectangle (cr, x0, 0, x1 - x0, height_px);
      cairo_fill (cr);
      begin = i;
    }
}

static void
draw_curve (cairo_t       *cr,
            const BwTheme *theme,
            GPtrArray     *frames,
            BwCurve        curve,
            double         width_px,
            double         height_px)
{
  BwColor color = bw_timeline_plot_color (theme, curve);
  double greatest = 0;

  for (guint i = 0; i < frames->len; i++)
    {
      double value = value_of (frames->pdata[i], curve);

      if (isfinite (value))
        greatest = fmax (greatest, value);
    }
  if (greatest <= 0)
    return;
  for (guint i = 0; i < frames->len; i++)
    {
      double value = value_of (frames->pdata[i], curve);
      double share = isfinite (value) ? fmax (value, 0) / greatest : 1;
      double x = x_of (frames, i, width_px);
      double y = height_px - 1
                 - height_of (curve, share) * (height_px - 2) * (1 - HEADROOM);

      if (i == 0)
        cairo_move_to (cr, x, y);
      else
        cairo_line_to (cr, x, y);
    }
  cairo_set_source_rgb (cr, color.red, color.green, color.blue);
  cairo_set_line_width (cr, CURVE_WIDTH_PX);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_stroke (cr);
}

void
bw_timeline_plot_draw (cairo_t       *cr,
                       const BwTheme *theme,
                       GPtrArray     *frames,
                       gint           position,
                       double         width_px,
                       double         height_px)
{
  double x = position < 0 ? width_px - 1 : x_of (frames, (guint) position, width_px);

  draw_phases (cr, theme, frames, width_px, height_px);
  for (guint curve = 0; curve < BW_N_CURVES; curve++)
    draw_curve (cr, theme, frames, (BwCurve) curve, width_px, height_px);
  cairo_set_source_rgba (cr, theme->label.red, theme->label.green, theme->label.blue,
                         position < 0 ? 0.35 : 0.9);
  cairo_set_line_width (cr, position < 0 ? 1 : 2);
  cairo_move_to (cr, x, 0);
  cairo_line_to (cr, x, height_px);
  cairo_stroke (cr);
}
