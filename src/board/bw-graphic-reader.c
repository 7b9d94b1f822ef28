/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "board/bw-graphic-reader.h"

#include <math.h>

#include "base/bw-arc.h"
#include "base/bw-math.h"

gboolean
bw_reader_is_graphic (BwKeyword keyword)
{
  switch (keyword)
    {
    case BW_KEYWORD_FP_LINE:
    case BW_KEYWORD_FP_ARC:
    case BW_KEYWORD_FP_CIRCLE:
    case BW_KEYWORD_FP_RECT:
    case BW_KEYWORD_FP_POLY:
    case BW_KEYWORD_FP_CURVE:
    case BW_KEYWORD_GR_LINE:
    case BW_KEYWORD_GR_VECTOR:
    case BW_KEYWORD_GR_ARC:
    case BW_KEYWORD_GR_CIRCLE:
    case BW_KEYWORD_GR_RECT:
    case BW_KEYWORD_GR_BBOX:
    case BW_KEYWORD_GR_POLY:
    case BW_KEYWORD_GR_CURVE:
      return TRUE;
    default:
      return FALSE;
    }
}

static void
add_arc (BwReader    *self,
         const BwArc *arc)
{
  guint32 n_steps = bw_arc_n_steps (arc, bw_reader_chord_error (self));

  for (guint32 i = 0; i <= n_steps; i++)
    bw_reader_add_point (self, bw_arc_point (arc, i, n_steps));
}

/* From KiCad 6.99 on: where it starts, a point it passes, where it ends; the ends are kept
 * exact, so that they still meet their neighbours. */
static void
add_arc_by_points (BwReader *self,
                   BwPoint   start,
                   BwPoint   mid,
                   BwPoint   end)
{
  BwArc arc;

  if (!bw_arc_from_points (start, mid, end, &arc))
    {
      bw_reader_add_point (self, start);
      bw_reader_add_point (self, end);
      return;
    }
  add_arc (self, &arc);
  g_array_index (self->points, BwPoint, self->points->len - 1) = end;
}

static gboolean
read_arc (BwReader *self,
          guint32   node)
{
  BwPoint start, mid, end;
  guint32 angle_node = bw_sexpr_find (self->sexpr, node, BW_KEYWORD_ANGLE);

  if (!bw_reader_find_point (self, node, BW_KEYWORD_START, &start) ||
      !bw_reader_find_point (self, node, BW_KEYWORD_END, &end))
    {
      bw_reader_fail (self, self->sexpr->nodes[node].offset, "an arc without start or end");
      return FALSE;
    }
  if (angle_node != 0)
    {
      /* Up to KiCad 5 `start` is the centre, and `end` where the arc starts. */
      BwSexprCursor cursor = bw_sexpr_enter (self->sexpr, angle_node);
      double degrees = (double) bw_reader_micro (self, &cursor) / 1e6;
      BwArc arc = bw_arc_from_center (start, end, degrees * (BW_PI / 180.0));

      add_arc (self, &arc);
      return TRUE;
    }
  if (!bw_reader_find_point (self, node, BW_KEYWORD_MID, &mid))
    {
      bw_reader_fail (self, self->sexpr->nodes[node].offset, "an arc without mid or angle");
      return FALSE;
    }
  add_arc_by_points (self, start, mid, end);
  return TRUE;
}

/* A courtyard's circle is flattened from outside, so that what keeps clear of the polygon keeps
 * clear of the circle. */
static gboolean
read_circle (BwReader *self,
             guint32   node,
             gboolean  from_outside)
{
  BwPoint center, end;
  BwArc circle;

  if (!bw_reader_find_point (self, node, BW_KEYWORD_CENTER, &center) ||
      !bw_reader_find_point (self, node, BW_KEYWORD_END, &end))
    {
      bw_reader_fail (self, self->sexpr->nodes[node].offset, "a circle without center or end");
      return FALSE;
    }
  circle = bw_arc_from_center (center, end, 2.0 * BW_PI);
  if (circle.radius_nm < 1.0)
    return FALSE;
  if (from_outside)
    circle.radius_nm /= bw_cos (BW_PI / bw_arc_n_steps (&circle, bw_reader_chord_error (self)));
  add_arc (self, &circle);
  g_array_set_size (self->points, self->points->len - 1);
  return TRUE;
}

static void
add_corner (BwReader *self,
            double    x_nm,
            double    y_nm,
            double    radius_nm,
            double    start_rad)
{
  BwArc arc = { x_nm - radius_nm * (bw_cos (start_rad) + bw_cos (start_rad + BW_PI / 2.0)),
                y_nm - radius_nm * (bw_sin (start_rad) + bw_sin (start_rad + BW_PI / 2.0)),
                radius_nm, start_rad, BW_PI / 2.0 };

  if (radius_nm < 1.0)
    bw_reader_add_point (self, bw_point_round (x_nm, y_nm));
  else
    add_arc (self, &arc);
}

static gboolean
read_rect (BwReader *self,
           guint32   node)
{
  BwPoint start, end;
  double x0, y0, x1, y1, radius;

  if (!bw_reader_find_point (self, node, BW_KEYWORD_START, &start) ||
      !bw_reader_find_point (self, node, BW_KEYWORD_END, &end))
    {
      bw_reader_fail (self, self->sexpr->nodes[node].offset, "a rectangle without start or end");
      return FALSE;
    }
  x0 = MIN (start.x_nm, end.x_nm);
  x1 = MAX (start.x_nm, end.x_nm);
  y0 = MIN (start.y_nm, end.y_nm);
  y1 = MAX (start.y_nm, end.y_nm);
  radius = bw_reader_find_length (self, node, BW_KEYWORD_RADIUS, 0);
  radius = MIN (MAX (radius, 0.0), MIN (x1 - x0, y1 - y0) / 2.0);
  add_corner (self, x0, y0, radius, BW_PI);
  add_corner (self, x1, y0, radius, -BW_PI / 2.0);
  add_corner (self, x1, y1, radius, 0.0);
  add_corner (self, x0, y1, radius, BW_PI / 2.0);
  return TRUE;
}

void
bw_reader_polygon_points (BwReader *self,
                          guint32   pts)
{
  guint32 end = self->sexpr->nodes[pts].next;

  for (guint32 child = pts + 1; child < end; child = self->sexpr->nodes[child].next)
    if (self->sexpr->nodes[child].keyword == BW_KEYWORD_XY)
      bw_reader_add_point (self, bw_reader_point (self, child));
    else if (self->sexpr->nodes[child].keyword == BW_KEYWORD_ARC)
      read_arc (self, child);
    else
      bw_reader_note_unknown (self, child);
}

static gboolean
read_polygon (BwReader *self,
              guint32   node)
{
  guint32 pts = bw_sexpr_find (self->sexpr, node, BW_KEYWORD_PTS);

  if (pts != 0)
    bw_reader_polygon_points (self, pts);
  return self->points->len > 0;
}

static gboolean
read_curve (BwReader *self,
            guint32   node)
{
  BwPoint controls[4];
  guint32 n_steps;

  if (!read_polygon (self, node) || self->points->len != 4)
    {
      bw_reader_note (self, self->sexpr->nodes[node].offset,
                      "a curve that does not have four points is left out");
      return FALSE;
    }
  for (guint i = 0; i < 4; i++)
    controls[i] = g_array_index (self->points, BwPoint, i);
  g_array_set_size (self->points, 0);
  n_steps = bw_curve_n_steps (controls, bw_reader_chord_error (self));
  for (guint32 i = 0; i <= n_steps; i++)
    bw_reader_add_point (self, bw_curve_point (controls, i, n_steps));
  return TRUE;
}

static gboolean
read_line (BwReader *self,
           guint32   node)
{
  BwPoint start, end;

  if (!bw_reader_find_point (self, node, BW_KEYWORD_START, &start) ||
      !bw_reader_find_point (self, node, BW_KEYWORD_END, &end))
    {
      bw_reader_fail (self, self->sexpr->nodes[node].offset, "a line without start or end");
      return FALSE;
    }
  bw_reader_add_point (self, start);
  bw_reader_add_point (self, end);
  return TRUE;
}

/* Polygons without a word about their fill are filled: so KiCad 5 wrote them. */
static gboolean
read_fill (BwReader *self,
           guint32   node,
           gboolean  otherwise)
{
  guint32 fill = bw_sexpr_find (self->sexpr, node, BW_KEYWORD_FILL);
  BwSexprCursor cursor;

  if (fill == 0)
    return otherwise;
  cursor = bw_sexpr_enter (self->sexpr, fill);
  if (bw_sexpr_next (&cursor) == BW_SEXPR_LIST)
    {
      cursor = bw_sexpr_enter (self->sexpr, cursor.node); /* (fill (type none)) */
      bw_sexpr_next (&cursor);
    }
  return !bw_sexpr_is (&cursor, "none") && !bw_sexpr_is (&cursor, "no");
}

static gint32
read_width (BwReader *self,
            guint32   node)
{
  guint32 stroke = bw_sexpr_find (self->sexpr, node, BW_KEYWORD_STROKE);
  gint32 width_nm = bw_reader_find_length (self, stroke != 0 ? stroke : node,
                                           BW_KEYWORD_WIDTH, 0);

  return MAX (width_nm, 0);
}

BwLayerMeaning
bw_reader_layer (BwReader *self,
                 guint32   node)
{
  BwLayerMeaning meaning = { BW_LAYER_OTHER, 0 };
  guint32 list = bw_sexpr_find (self->sexpr, node, BW_KEYWORD_LAYER);
  BwSexprCursor cursor;

  if (list == 0)
    list = bw_sexpr_find (self->sexpr, node, BW_KEYWORD_LAYERS);
  if (list == 0)
    return meaning;
  cursor = bw_sexpr_enter (self->sexpr, list);
  /* Of several, such as copper and the mask over it, the first is the shape's own. */
  if (bw_sexpr_next (&cursor) == BW_SEXPR_ATOM || cursor.kind == BW_SEXPR_STRING)
    meaning = bw_layer_table_find (self->layers, self->sexpr->text + cursor.offset,
                                   cursor.length);
  return meaning;
}

gboolean
bw_reader_shape (BwReader *self,
                 guint32   node,
                 BwShape  *shape_out)
{
  BwKeyword keyword = self->sexpr->nodes[node].keyword;
  gboolean is_drawn;

  *shape_out = (BwShape) {
    .width_nm = read_width (self, node),
    .meaning = bw_reader_layer (self, node),
  };
  g_array_set_size (self->points, 0);
  switch (keyword)
    {
    case BW_KEYWORD_ARC:
    case BW_KEYWORD_FP_ARC:
    case BW_KEYWORD_GR_ARC:
      is_drawn = read_arc (self, node);
      break;
    case BW_KEYWORD_FP_CIRCLE:
    case BW_KEYWORD_GR_CIRCLE:
      shape_out->closed = TRUE;
      is_drawn = read_circle (self, node, shape_out->meaning.layer == BW_LAYER_COURTYARD);
      break;
    case BW_KEYWORD_FP_RECT:
    case BW_KEYWORD_GR_RECT:
    case BW_KEYWORD_GR_BBOX:
      shape_out->closed = TRUE;
      is_drawn = read_rect (self, node);
      break;
    case BW_KEYWORD_FP_POLY:
    case BW_KEYWORD_GR_POLY:
      shape_out->closed = TRUE;
      is_drawn = read_polygon (self, node);
      break;
    case BW_KEYWORD_FP_CURVE:
    case BW_KEYWORD_GR_CURVE:
      is_drawn = read_curve (self, node);
      break;
    default:
      is_drawn = read_line (self, node);
    }
  shape_out->filled = shape_out->closed &&
    read_fill (self, node, keyword == BW_KEYWORD_FP_POLY || keyword == BW_KEYWORD_GR_POLY);
  return is_drawn && self->error == NULL;
}
