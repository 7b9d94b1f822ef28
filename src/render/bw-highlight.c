/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "render/bw-highlight.h"

#include <math.h>

#include "render/bw-ratsnest.h"

#define HOVER_WIDTH_PX 1.5
#define SELECTED_WIDTH_PX 2.5
#define NET_WIDTH_PX 1.2
#define CHOSEN_NET_WIDTH_PX 2.0

/* The tree of a net costs the square of its pads: this many are joined in a millisecond. */
#define N_JOINED_MAX 700

typedef struct
{
  cairo_t *cr;
  const BwBoard *board;
  const BwPose *poses;
  const BwCamera *camera;
} Drawing;

static void
to_px (const Drawing *drawing,
       BwPoint        point,
       double        *x_out,
       double        *y_out)
{
  bw_camera_to_px (drawing->camera, bw_nm_to_mm (point.x_nm), bw_nm_to_mm (point.y_nm), x_out,
                   y_out);
}

static void
add_ring (const Drawing     *drawing,
          const BwTransform *transform,
          const BwRing      *ring)
{
  for (guint32 i = 0; i < ring->n_points; i++)
    {
      double x, y;

      to_px (drawing, bw_transform_point (transform, ring->points[i]), &x, &y);
      if (i == 0)
        cairo_move_to (drawing->cr, x, y);
      else
        cairo_line_to (drawing->cr, x, y);
    }
  cairo_close_path (drawing->cr);
}

static BwPoint
pad_place (const Drawing *drawing,
           guint32        footprint,
           guint32        pad)
{
  BwTransform transform = bw_pose_transform (&drawing->poses[footprint]);

  return bw_transform_point (&transform, drawing->board->footprints[footprint].pads[pad].at);
}

/* To the nearest pin of another part. */
static void
add_net_line (const Drawing *drawing,
              guint32        footprint,
              guint32        pad)
{
  gint32 index = drawing->board->footprints[footprint].pads[pad].net;
  const BwNet *net = index < 0 ? NULL : &drawing->board->nets[index];
  BwPoint from = pad_place (drawing, footprint, pad);
  BwPoint nearest = from;
  double least = INFINITY;
  double x, y;

  if (!net || net->power)
    return;
  for (guint32 i = 0; i < net->n_pins; i++)
    {
      BwPoint to;
      double distance;

      if (net->pins[i].footprint == footprint)
        continue;
      to = pad_place (drawing, net->pins[i].footprint, net->pins[i].pad);
      distance = hypot ((double) to.x_nm - from.x_nm, (double) to.y_nm - from.y_nm);
      if (distance < least)
        {
          least = distance;
          nearest = to;
        }
    }
  if (!isfinite (least))
    return;
  to_px (drawing, from, &x, &y);
  cairo_move_to (drawing->cr, x, y);
  to_px (drawing, nearest, &x, &y);
  cairo_line_to (drawing->cr, x, y);
}

static void
set_color (cairo_t *cr,
           BwColor  color)
{
  cairo_set_source_rgba (cr, color.red, color.green, color.blue, color.alpha);
}

void
bw_highlight_add_rim (cairo_t        *cr,
                      const BwBoard  *board,
                      const BwPose   *poses,
                      const BwCamera *camera,
                      guint32         footprint)
{
  const Drawing drawing = { cr, board, poses, camera };
  const BwFootprint *part = &board->footprints[footprint];
  BwTransform transform = bw_pose_transform (&poses[footprint]);

  for (guint32 i = 0; i < part->n_silhouette; i++)
    add_ring (&drawing, &transform, &part->silhouette[i]);
}

void
bw_highlight_paint (cairo_t        *cr,
                    const BwBoard  *board,
                    const BwPose   *poses,
                    const BwCamera *camera,
                    const BwTheme  *theme,
                    guint32         footprint,
                    BwHighlight     highlight)
{
  const Drawing drawing = { cr, board, poses, camera };
  const BwFootprint *part = &board->footprints[footprint];

  set_color (cr, theme->selection);
  if (highlight == BW_HIGHLIGHT_SELECTED)
    {
      for (guint32 i = 0; i < part->n_pads; i++)
        add_net_line (&drawing, footprint, i);
      cairo_set_line_width (cr, NET_WIDTH_PX);
      cairo_stroke (cr);
    }
  bw_highlight_add_rim (cr, board, poses, camera, footprint);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_set_line_width (cr, highlight == BW_HIGHLIGHT_SELECTED ? SELECTED_WIDTH_PX
                                                               : HOVER_WIDTH_PX);
  cairo_stroke (cr);
}

static void
add_net_tree (const Drawing *drawing,
              guint32        net)
{
  g_autoptr (GArray) lines = g_array_new (FALSE, FALSE, sizeof (BwRatLine));

  bw_ratsnest_compute_net (drawing->board, drawing->poses, net, lines);
  for (guint i = 0; i < lines->len; i++)
    {
      const BwRatLine *line = &g_array_index (lines, BwRatLine, i);
      double x, y;

      to_px (drawing, line->from, &x, &y);
      cairo_move_to (drawing->cr, x, y);
      to_px (drawing, line->to, &x, &y);
      cairo_line_to (drawing->cr, x, y);
    }
}

void
bw_highlight_paint_net (cairo_t        *cr,
                        const BwBoard  *board,
                        const BwPose   *poses,
                        const BwCamera *camera,
                        const BwTheme  *theme,
                        guint32         net)
{
  const Drawing drawing = { cr, board, poses, camera };
  const BwNet *chosen = &board->nets[net];

  set_color (cr, theme->selection);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_set_line_width (cr, CHOSEN_NET_WIDTH_PX);
  if (chosen->n_pins <= N_JOINED_MAX)
    add_net_tree (&drawing, net);
  for (guint32 i = 0; i < chosen->n_pins; i++)
    {
      BwTransform transform = bw_pose_transform (&poses[chosen->pins[i].footprint]);

      add_ring (&drawing, &transform,
                &board->footprints[chosen->pins[i].footprint].pads[chosen->pins[i].pad].outline);
    }
  cairo_stroke (cr);
}
