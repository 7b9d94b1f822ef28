/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "board/bw-pad-reader.h"

#include <math.h>
#include <string.h>

#include "base/bw-arc.h"
#include "base/bw-math.h"
#include "board/bw-graphic-reader.h"

typedef enum
{
  CORNER_TOP_LEFT = 1 << 0,
  CORNER_TOP_RIGHT = 1 << 1,
  CORNER_BOTTOM_RIGHT = 1 << 2,
  CORNER_BOTTOM_LEFT = 1 << 3,
} Corners;

/* A pad as the file has it. */
typedef struct
{
  BwPadShape shape;
  BwPoint at;
  gint32 angle_cdeg;
  gboolean has_at;
  guint32 primitives; /* node; 0: none */
  gboolean rect_anchor;
  char type;          /* s, t, n, c: the first letter of smd, thru_hole, np_thru_hole, connect */
} RawPad;

gint32
bw_reader_net (BwReader *self,
               guint32   node)
{
  BwSexprCursor cursor = bw_sexpr_enter (self->sexpr, node);
  gint64 micro;
  gint32 net;

  if (bw_sexpr_next (&cursor) == BW_SEXPR_ATOM &&
      bw_sexpr_parse_micro (self->sexpr->text + cursor.offset, cursor.length, &micro))
    {
      guint32 offset = cursor.offset;

      if (micro == 0)
        return -1;
      net = bw_net_table_find_number (self->nets, micro / 1000000);
      if (net >= 0)
        return net;
      if (bw_sexpr_next (&cursor) == BW_SEXPR_END)
        {
          bw_reader_note (self, offset, "net %" G_GINT64_FORMAT " is not in the board's table",
                          micro / 1000000);
          return -1;
        }
    }
  if (cursor.kind != BW_SEXPR_ATOM && cursor.kind != BW_SEXPR_STRING)
    return -1;
  return bw_net_table_find_name (self->nets, bw_reader_string (self, &cursor));
}

/* Adds a rectangle about the origin with rounded or cut corners. */
static void
add_box (BwReader *self,
         double    width_nm,
         double    height_nm,
         double    radius_nm,
         double    chamfer_nm,
         guint     chamfers)
{
  /* Signs of the corner, and the angle at which its arc starts; clockwise as seen. */
  static const struct { int x, y; Corners corner; double start_rad; } corners[] = {
    { -1, -1, CORNER_TOP_LEFT, BW_PI }, { 1, -1, CORNER_TOP_RIGHT, -BW_PI / 2.0 },
    { 1, 1, CORNER_BOTTOM_RIGHT, 0.0 }, { -1, 1, CORNER_BOTTOM_LEFT, BW_PI / 2.0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (corners); i++)
    {
      double x = corners[i].x * width_nm / 2.0;
      double y = corners[i].y * height_nm / 2.0;
      BwArc arc = { x - corners[i].x * radius_nm, y - corners[i].y * radius_nm, radius_nm,
                    corners[i].start_rad, BW_PI / 2.0 };
      guint32 n_steps;

      if ((chamfers & corners[i].corner) != 0)
        {
          /* Clockwise, a corner is come to along x where its two signs differ from these. */
          gboolean along_y = corners[i].x == corners[i].y;
          double dx = corners[i].x * chamfer_nm;
          double dy = corners[i].y * chamfer_nm;

          bw_reader_add_point (self, along_y ? bw_point_round (x, y - dy)
                                             : bw_point_round (x - dx, y));
          bw_reader_add_point (self, along_y ? bw_point_round (x - dx, y)
                                             : bw_point_round (x, y - dy));
          continue;
        }
      if (radius_nm < 1.0)
        {
          bw_reader_add_point (self, bw_point_round (x, y));
          continue;
        }
      n_steps = bw_arc_n_steps (&arc, bw_reader_chord_error (self));
      for (guint32 k = 0; k <= n_steps; k++)
        bw_reader_add_point (self, bw_arc_point (&arc, k, n_steps));
    }
}

static void
add_circle (BwReader *self,
            double    diameter_nm)
{
  BwArc circle = { 0.0, 0.0, diameter_nm / 2.0, 0.0, 2.0 * BW_PI };
  guint32 n_steps = bw_arc_n_steps (&circle, bw_reader_chord_error (self));

  for (guint32 i = 0; i < n_steps; i++)
    bw_reader_add_point (self, bw_arc_point (&circle, i, n_steps));
}

static void
add_trapezoid (BwReader     *self,
               const RawPad *raw)
{
  double x = raw->shape.width_nm / 2.0, y = raw->shape.height_nm / 2.0;
  double dx = raw->shape.delta_x_nm / 2.0, dy = raw->shape.delta_y_nm / 2.0;

  bw_reader_add_point (self, bw_point_round (-x - dy, y + dx));
  bw_reader_add_point (self, bw_point_round (-x + dy, -y - dx));
  bw_reader_add_point (self, bw_point_round (x - dy, -y + dx));
  bw_reader_add_point (self, bw_point_round (x + dy, y - dx));
}

static int
compare_points (gconstpointer a,
                gconstpointer b)
{
  const BwPoint *p = a, *q = b;

  if (p->x_nm != q->x_nm)
    return p->x_nm < q->x_nm ? -1 : 1;
  return p->y_nm < q->y_nm ? -1 : p->y_nm > q->y_nm;
}

static gboolean
turns_outward (const BwPoint *a,
               const BwPoint *b,
               const BwPoint *c)
{
  double abx = (double) b->x_nm - a->x_nm, aby = (double) b->y_nm - a->y_nm;
  double acx = (double) c->x_nm - a->x_nm, acy = (double) c->y_nm - a->y_nm;

  return abx * acy - aby * acx <= 0.0;
}

/* Replaces the scratch points from `first` on by their convex hull (Andrew's monotone chain). */
static void
take_hull (BwReader *self,
           guint     first)
{
  guint n = self->points->len - first;
  BwPoint *points = &g_array_index (self->points, BwPoint, first);
  g_autofree BwPoint *hull = g_new (BwPoint, 2 * (gsize) n + 1);
  guint k = 0;

  if (n < 3)
    return;
  qsort (points, n, sizeof *points, compare_points);
  for (guint i = 0; i < n; i++)
    {
      while (k >= 2 && turns_outward (&hull[k - 2], &hull[k - 1], &points[i]))
        k--;
      hull[k++] = points[i];
    }
  for (guint i = n - 1, lower = k + 1; i-- > 0;)
    {
      while (k >= lower && turns_outward (&hull[k - 2], &hull[k - 1], &points[i]))
        k--;
      hull[k++] = points[i];
    }
  g_array_set_size (self->points, first);
  g_array_append_vals (self->points, hull, MAX (k - 1, 1));
}

/* Widens what is in the scratch points from `first` on by a round pen: each point becomes the
 * polygon around the pen, which is never less than it. */
static void
thicken (BwReader *self,
         guint     first,
         gint32    width_nm)
{
  const guint n_sides = 16;
  double radius_nm = width_nm / 2.0 / bw_cos (BW_PI / n_sides);
  guint n = self->points->len - first;
  g_autofree BwPoint *points = NULL;

  if (width_nm <= 0 || n == 0)
    return;
  points = g_memdup2 (&g_array_index (self->points, BwPoint, first), n * sizeof (BwPoint));
  g_array_set_size (self->points, first);
  for (guint i = 0; i < n; i++)
    for (guint k = 0; k < n_sides; k++)
      {
        double angle = (2 * k + 1) * BW_PI / n_sides;

        bw_reader_add_point (self, bw_point_round (points[i].x_nm + radius_nm * bw_cos (angle),
                                                   points[i].y_nm + radius_nm * bw_sin (angle)));
      }
}

static gboolean
ring_holds (const BwPoint *ring,
            guint          n,
            BwPoint        point)
{
  gboolean inside = FALSE;

  for (guint i = 0, j = n - 1; i < n; j = i++)
    if ((ring[i].y_nm > point.y_nm) != (ring[j].y_nm > point.y_nm))
      {
        double slope = ((double) ring[j].x_nm - ring[i].x_nm) /
                       ((double) ring[j].y_nm - ring[i].y_nm);

        if (point.x_nm < ring[i].x_nm + slope * ((double) point.y_nm - ring[i].y_nm))
          inside = !inside;
      }
  return inside;
}

/* A pad of the user's own: its anchor and its primitives. One polygon around the anchor is
 * taken as it is; anything else as the hull of all, which is never less than the copper. */
static void
add_custom (BwReader     *self,
            const RawPad *raw)
{
  g_autoptr (GArray) all = g_array_new (FALSE, FALSE, sizeof (BwPoint));
  guint32 end = self->sexpr->nodes[raw->primitives].next;
  guint n_shapes = 0;
  gboolean single = FALSE;

  for (guint32 child = raw->primitives + 1; child < end; child = self->sexpr->nodes[child].next)
    {
      BwShape shape;

      if (!bw_reader_is_graphic (self->sexpr->nodes[child].keyword))
        {
          if (self->sexpr->nodes[child].keyword != BW_KEYWORD_WIDTH)
            bw_reader_note_unknown (self, child);
          continue;
        }
      if (!bw_reader_shape (self, child, &shape))
        continue;
      n_shapes++;
      single = n_shapes == 1 && shape.closed && shape.width_nm == 0 && self->points->len > 2 &&
               ring_holds ((const BwPoint *) (gpointer) self->points->data, self->points->len,
                           (BwPoint) { 0, 0 });
      thicken (self, 0, shape.width_nm);
      g_array_append_vals (all, self->points->data, self->points->len);
    }

  g_array_set_size (self->points, 0);
  if (!single)
    {
      if (raw->rect_anchor)
        add_box (self, raw->shape.width_nm, raw->shape.height_nm, 0.0, 0.0, 0);
      else
        add_circle (self, raw->shape.width_nm);
    }
  g_array_append_vals (self->points, all->data, all->len);
  if (!single)
    take_hull (self, 0);
}

static void
add_shape (BwReader     *self,
           const RawPad *raw)
{
  double shorter = MIN (raw->shape.width_nm, raw->shape.height_nm);

  g_array_set_size (self->points, 0);
  if (g_str_equal (raw->shape.kind, "circle"))
    add_circle (self, raw->shape.width_nm);
  else if (g_str_equal (raw->shape.kind, "oval"))
    add_box (self, raw->shape.width_nm, raw->shape.height_nm, shorter / 2.0, 0.0, 0);
  else if (g_str_equal (raw->shape.kind, "trapezoid"))
    add_trapezoid (self, raw);
  else if (g_str_equal (raw->shape.kind, "custom") && raw->primitives != 0)
    add_custom (self, raw);
  else
    add_box (self, raw->shape.width_nm, raw->shape.height_nm, shorter * raw->shape.round_ratio,
             shorter * raw->shape.chamfer_ratio, raw->shape.chamfers);
}

/* Makes the pad's outline about its position, in the footprint's frame as it is in the file. */
static void
turn_shape (BwReader     *self,
            const RawPad *raw)
{
  BwPose local = { .rotation_cdeg = raw->shape.turn_cdeg };
  BwTransform turn = bw_pose_transform (&local);
  BwPoint *points;

  add_shape (self, raw);
  points = (BwPoint *) (gpointer) self->points->data;
  for (guint i = 0; i < self->points->len; i++)
    {
      BwPoint shifted = bw_point_round ((double) points[i].x_nm + raw->shape.offset.x_nm,
                                        (double) points[i].y_nm + raw->shape.offset.y_nm);

      points[i] = bw_transform_point (&turn, shifted);
    }
}

static inline gint32
clamped (gint64 nm)
{
  return (gint32) CLAMP (nm, -BW_COORD_MAX_NM, BW_COORD_MAX_NM);
}

/* The pad's outline in its footprint's front frame. */
static BwRing
place_shape (BwReader     *self,
             RawPad       *raw,
             const BwPose *pose)
{
  gint32 mirror = pose->side == BW_SIDE_BACK ? -1 : 1;
  GArray *outline = self->pad_outline;
  BwPoint *points;

  raw->shape.turn_cdeg = bw_cdeg_normalize ((gint64) raw->angle_cdeg - pose->rotation_cdeg);
  if (raw->primitives != 0 || outline->len == 0 ||
      memcmp (&raw->shape, &self->pad_shape, sizeof raw->shape) != 0)
    {
      turn_shape (self, raw);
      self->pad_shape = raw->shape;
      g_array_set_size (outline, 0);
      if (raw->primitives == 0)
        g_array_append_vals (outline, self->points->data, self->points->len);
    }
  else
    {
      g_array_set_size (self->points, 0);
      g_array_append_vals (self->points, outline->data, outline->len);
      self->n_points += outline->len;
    }

  points = (BwPoint *) (gpointer) self->points->data;
  for (guint i = 0; i < self->points->len; i++)
    points[i] = (BwPoint) {
      clamped ((gint64) points[i].x_nm + raw->at.x_nm),
      clamped (((gint64) points[i].y_nm + raw->at.y_nm) * mirror),
    };
  return bw_reader_keep_ring (self);
}

static double
read_ratio (BwReader *self,
            guint32   node)
{
  BwSexprCursor cursor = bw_sexpr_enter (self->sexpr, node);
  double ratio = (double) bw_reader_micro (self, &cursor) / 1e6;

  return CLAMP (ratio, 0.0, 0.5);
}

static gint32
read_drill (BwReader *self,
            guint32   node,
            RawPad   *raw)
{
  BwSexprCursor cursor = bw_sexpr_enter (self->sexpr, node);
  gint32 drill_nm = 0;

  bw_reader_find_point (self, node, BW_KEYWORD_OFFSET, &raw->shape.offset);
  for (BwSexprCursor ahead = cursor; bw_sexpr_next (&ahead) != BW_SEXPR_END; cursor = ahead)
    if (ahead.kind == BW_SEXPR_ATOM && !bw_sexpr_is (&ahead, "oval"))
      {
        gint32 length_nm = bw_reader_length (self, &cursor);

        drill_nm = drill_nm == 0 ? length_nm : MIN (drill_nm, length_nm);
      }
  return MAX (drill_nm, 0);
}

static guint8
read_copper_sides (BwReader *self,
                   guint32   node)
{
  BwSexprCursor cursor = bw_sexpr_enter (self->sexpr, node);
  guint8 sides = 0;

  while (bw_sexpr_next (&cursor) != BW_SEXPR_END)
    if (cursor.kind != BW_SEXPR_LIST)
      {
        BwLayerMeaning meaning =
          bw_layer_table_find (self->layers, self->sexpr->text + cursor.offset, cursor.length);

        if (meaning.layer == BW_LAYER_COPPER)
          sides |= meaning.sides;
      }
  return sides;
}

static void
read_chamfers (BwReader *self,
               guint32   node,
               RawPad   *raw)
{
  BwSexprCursor cursor = bw_sexpr_enter (self->sexpr, node);

  while (bw_sexpr_next (&cursor) != BW_SEXPR_END)
    if (bw_sexpr_is (&cursor, "top_left"))
      raw->shape.chamfers |= CORNER_TOP_LEFT;
    else if (bw_sexpr_is (&cursor, "top_right"))
      raw->shape.chamfers |= CORNER_TOP_RIGHT;
    else if (bw_sexpr_is (&cursor, "bottom_right"))
      raw->shape.chamfers |= CORNER_BOTTOM_RIGHT;
    else if (bw_sexpr_is (&cursor, "bottom_left"))
      raw->shape.chamfers |= CORNER_BOTTOM_LEFT;
}

static void
read_pad_list (BwReader *self,
               guint32   node,
               RawPad   *raw,
               BwPad    *pad)
{
  BwSexprCursor cursor = bw_sexpr_enter (self->sexpr, node);

  switch (self->sexpr->nodes[node].keyword)
    {
    case BW_KEYWORD_AT:
      if (raw->has_at)
        break; /* of several the first counts: it is the one that is saved */
      raw->has_at = TRUE;
      raw->at.x_nm = bw_reader_length (self, &cursor);
      raw->at.y_nm = bw_reader_length (self, &cursor);
      raw->angle_cdeg = bw_reader_angle (self, &cursor);
      break;
    case BW_KEYWORD_SIZE:
      raw->shape.width_nm = bw_reader_length (self, &cursor);
      raw->shape.height_nm = bw_reader_length (self, &cursor);
      raw->shape.width_nm = ABS (raw->shape.width_nm);
      raw->shape.height_nm = ABS (raw->shape.height_nm);
      break;
    case BW_KEYWORD_RECT_DELTA:
      raw->shape.delta_x_nm = bw_reader_length (self, &cursor);
      raw->shape.delta_y_nm = bw_reader_length (self, &cursor);
      break;
    case BW_KEYWORD_DRILL:
      pad->drill_nm = read_drill (self, node, raw);
      break;
    case BW_KEYWORD_LAYERS:
    case BW_KEYWORD_LAYER:
      pad->sides = read_copper_sides (self, node);
      break;
    case BW_KEYWORD_NET:
      pad->net = bw_reader_net (self, node);
      break;
    case BW_KEYWORD_ROUNDRECT_RRATIO:
      raw->shape.round_ratio = read_ratio (self, node);
      break;
    case BW_KEYWORD_CHAMFER_RATIO:
      raw->shape.chamfer_ratio = read_ratio (self, node);
      break;
    case BW_KEYWORD_CHAMFER:
      read_chamfers (self, node, raw);
      break;
    case BW_KEYWORD_PRIMITIVES:
      raw->primitives = node;
      break;
    case BW_KEYWORD_OPTIONS:
      {
        guint32 anchor = bw_sexpr_find (self->sexpr, node, BW_KEYWORD_ANCHOR);

        if (anchor != 0)
          {
            cursor = bw_sexpr_enter (self->sexpr, anchor);
            bw_sexpr_next (&cursor);
            raw->rect_anchor = bw_sexpr_is (&cursor, "rect");
          }
      }
      break;
    default:
      break;
    }
}

/* The number, the type and the shape: the first three words of a pad. */
static void
read_pad_words (BwReader      *self,
                BwSexprCursor *cursor,
                RawPad        *raw,
                BwPad         *pad)
{
  if (bw_sexpr_next (cursor) == BW_SEXPR_ATOM || cursor->kind == BW_SEXPR_STRING)
    pad->number = bw_reader_string (self, cursor);
  if (bw_sexpr_next (cursor) != BW_SEXPR_ATOM)
    {
      bw_reader_fail (self, cursor->offset, "a pad without a type");
      return;
    }
  raw->type = self->sexpr->text[cursor->offset];
  if (bw_sexpr_next (cursor) != BW_SEXPR_ATOM)
    {
      bw_reader_fail (self, cursor->offset, "a pad without a shape");
      return;
    }
  memcpy (raw->shape.kind, self->sexpr->text + cursor->offset,
          MIN (cursor->length, sizeof raw->shape.kind - 1));
}

BwPad
bw_reader_pad (BwReader     *self,
               guint32       node,
               const BwPose *pose,
               const char   *reference)
{
  RawPad raw = { 0 };
  BwPad pad = { .number = "", .net = -1 };
  BwSexprCursor cursor = bw_sexpr_enter (self->sexpr, node);

  read_pad_words (self, &cursor, &raw, &pad);
  while (bw_sexpr_next (&cursor) != BW_SEXPR_END)
    if (cursor.kind == BW_SEXPR_LIST)
      read_pad_list (self, cursor.node, &raw, &pad);
  if (!raw.has_at)
    bw_reader_fail (self, self->sexpr->nodes[node].offset, "pad “%s” of %s has no position",
                    pad.number, reference);

  pad.plated = raw.type == 't' || (pad.drill_nm > 0 && raw.type == 'c');
  if (pad.plated && pad.drill_nm > 0)
    pad.sides = (1u << BW_SIDE_FRONT) | (1u << BW_SIDE_BACK);
  else if (raw.type == 'n' && MAX (raw.shape.width_nm, raw.shape.height_nm) <= pad.drill_nm)
    pad.sides = 0;
  else if (pose->side == BW_SIDE_BACK)
    pad.sides = (guint8) ((pad.sides >> 1) | ((pad.sides & 1u) << 1));
  pad.at = (BwPoint) { raw.at.x_nm, pose->side == BW_SIDE_BACK ? -raw.at.y_nm : raw.at.y_nm };
  add_shape (self, &raw);
  pad.outline = place_shape (self, &raw, pose);
  return pad;
}
