/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "board/bw-pad-reader.h"

#include <math.h>
#include <string.h>

#include "base/bw-arc.h"
#include "base/bw-math.h"
#include "base/bw-polygon.h"
#include "board/bw-graphic-reader.h"
#include "board/bw-hull.h"

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
  gint32 drill_nm[2]; /* along x and along y */
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

static void
keep_piece (BwReader *self,
            gint32    width_nm,
            gboolean  closed,
            gboolean  filled)
{
  BwPadPiece piece = { self->pad_points->len, self->points->len, width_nm, closed, filled };

  g_array_append_val (self->pad_pieces, piece);
  g_array_append_vals (self->pad_points, self->points->data, self->points->len);
}

static void
keep_primitives (BwReader     *self,
                 const RawPad *raw)
{
  guint32 end = self->sexpr->nodes[raw->primitives].next;
  BwShape shape;

  for (guint32 child = raw->primitives + 1; child < end; child = self->sexpr->nodes[child].next)
    if (!bw_reader_is_graphic (self->sexpr->nodes[child].keyword))
      {
        if (self->sexpr->nodes[child].keyword != BW_KEYWORD_WIDTH)
          bw_reader_note_unknown (self, child);
      }
    else if (bw_reader_shape (self, child, &shape))
      /* Up to KiCad 5 a circle without a pen is a disc. */
      keep_piece (self, shape.width_nm, shape.closed,
                  shape.filled || (shape.closed && shape.width_nm == 0));
}

/* One area around the anchor, without a pen. */
static gboolean
is_single (const BwReader *self)
{
  const BwPadPiece *piece = (const BwPadPiece *) (gconstpointer) self->pad_pieces->data;
  const BwRing points = { (const BwPoint *) (gconstpointer) self->pad_points->data,
                          self->pad_points->len };

  return self->pad_pieces->len == 1 && piece->filled && piece->width_nm == 0 &&
         points.n_points > 2 && bw_ring_locate_point (&points, (BwPoint) { 0, 0 }) > 0;
}

/* A pad of the user's own: its anchor and its primitives. One polygon around the anchor is
 * taken as it is; anything else piece by piece, with the hull of all around it. */
static void
add_custom (BwReader     *self,
            const RawPad *raw)
{
  g_array_set_size (self->pad_pieces, 0);
  g_array_set_size (self->pad_points, 0);
  keep_primitives (self, raw);
  if (is_single (self))
    {
      g_array_set_size (self->points, 0);
      g_array_append_vals (self->points, self->pad_points->data, self->pad_points->len);
      g_array_set_size (self->pad_pieces, 0);
      return;
    }

  g_array_set_size (self->points, 0);
  if (raw->rect_anchor)
    add_box (self, raw->shape.width_nm, raw->shape.height_nm, 0.0, 0.0, 0);
  else
    add_circle (self, raw->shape.width_nm);
  keep_piece (self, 0, TRUE, TRUE);
  g_array_set_size (self->points, 0);
  for (guint i = 0; i < self->pad_pieces->len; i++)
    {
      const BwPadPiece *piece = &g_array_index (self->pad_pieces, BwPadPiece, i);

      bw_hull_add_thick (self->points,
                         &g_array_index (self->pad_points, BwPoint, piece->first_point),
                         piece->n_points, piece->width_nm);
    }
  self->n_points += self->points->len;
  bw_hull_take (self->points, 0);
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

/* Turns the pad's shape about its position, in the footprint's frame as it is in the file. */
static void
turn_points (const RawPad *raw,
             GArray       *array)
{
  BwPose local = { .rotation_cdeg = raw->shape.turn_cdeg };
  BwTransform turn = bw_pose_transform (&local);
  BwPoint *points = (BwPoint *) (gpointer) array->data;

  for (guint i = 0; i < array->len; i++)
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

/* From about the pad's position to its footprint's front frame. */
static void
place_points (const RawPad *raw,
              const BwPose *pose,
              GArray       *array)
{
  gint32 mirror = pose->side == BW_SIDE_BACK ? -1 : 1;
  BwPoint *points = (BwPoint *) (gpointer) array->data;

  for (guint i = 0; i < array->len; i++)
    points[i] = (BwPoint) {
      clamped ((gint64) points[i].x_nm + raw->at.x_nm),
      clamped (((gint64) points[i].y_nm + raw->at.y_nm) * mirror),
    };
}

/* The pieces of a custom pad, in its footprint's front frame. */
static void
place_pieces (BwReader     *self,
              const RawPad *raw,
              const BwPose *pose,
              BwPad        *pad)
{
  BwGraphic *copper = bw_arena_alloc (self->arena, self->pad_pieces->len * sizeof (BwGraphic));
  const BwPoint *points;

  turn_points (raw, self->pad_points);
  place_points (raw, pose, self->pad_points);
  points = bw_arena_copy (self->arena, self->pad_points->data,
                          self->pad_points->len * sizeof (BwPoint));
  for (guint i = 0; i < self->pad_pieces->len; i++)
    {
      const BwPadPiece *piece = &g_array_index (self->pad_pieces, BwPadPiece, i);

      copper[i] = (BwGraphic) {
        .points = points + piece->first_point,
        .n_points = piece->n_points,
        .width_nm = piece->width_nm,
        .layer = BW_LAYER_COPPER,
        .side = (pad->sides & 1u << BW_SIDE_FRONT) != 0 ? BW_SIDE_FRONT : BW_SIDE_BACK,
        .closed = (guint8) piece->closed,
        .filled = (guint8) piece->filled,
        .net = -1,
      };
    }
  pad->copper = copper;
  pad->n_copper = self->pad_pieces->len;
}

/* The hole and what it makes of the pad. */
static void
place_drill (const RawPad *raw,
             const BwPose *pose,
             BwPad        *pad)
{
  gint32 longer_nm = MAX (raw->drill_nm[0], raw->drill_nm[1]);
  BwPose local = { .rotation_cdeg = bw_cdeg_normalize ((gint64) raw->angle_cdeg -
                                                       pose->rotation_cdeg) };
  BwTransform turn = bw_pose_transform (&local);
  gint32 half_nm;

  pad->drill_nm = MIN (raw->drill_nm[0], raw->drill_nm[1]);
  half_nm = (longer_nm - pad->drill_nm) / 2;
  if (pad->drill_nm > 0 && half_nm > 0)
    pad->slot = bw_transform_point (&turn, raw->drill_nm[0] == longer_nm
                                             ? (BwPoint) { half_nm, 0 } : (BwPoint) { 0, half_nm });
  if (pose->side == BW_SIDE_BACK)
    pad->slot.y_nm = -pad->slot.y_nm;

  pad->plated = raw->type == 't' || (pad->drill_nm > 0 && raw->type == 'c');
  if (pad->plated && pad->drill_nm > 0)
    pad->sides = (1u << BW_SIDE_FRONT) | (1u << BW_SIDE_BACK);
  else if (raw->type == 'n' && raw->shape.width_nm <= raw->drill_nm[0] &&
           raw->shape.height_nm <= raw->drill_nm[1])
    pad->sides = 0;
  else if (pose->side == BW_SIDE_BACK)
    pad->sides = (guint8) ((pad->sides >> 1) | ((pad->sides & 1u) << 1));
}

/* The pad's outline in its footprint's front frame. */
static BwRing
place_shape (BwReader     *self,
             RawPad       *raw,
             const BwPose *pose)
{
  GArray *outline = self->pad_outline;

  raw->shape.turn_cdeg = bw_cdeg_normalize ((gint64) raw->angle_cdeg - pose->rotation_cdeg);
  /* Of pads beyond counting none keeps the fine outline of those before. */
  raw->shape.chord_error_nm = bw_reader_chord_error (self);
  if (raw->primitives != 0 || outline->len == 0 ||
      memcmp (&raw->shape, &self->pad_shape, sizeof raw->shape) != 0)
    {
      add_shape (self, raw);
      turn_points (raw, self->points);
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

  place_points (raw, pose, self->points);
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

static void
read_drill (BwReader *self,
            guint32   node,
            RawPad   *raw)
{
  BwSexprCursor cursor = bw_sexpr_enter (self->sexpr, node);
  guint n = 0;

  bw_reader_find_point (self, node, BW_KEYWORD_OFFSET, &raw->shape.offset);
  for (BwSexprCursor ahead = cursor; bw_sexpr_next (&ahead) != BW_SEXPR_END; cursor = ahead)
    if (ahead.kind == BW_SEXPR_ATOM && !bw_sexpr_is (&ahead, "oval") && n < 2)
      {
        gint32 length_nm = bw_reader_length (self, &cursor);

        raw->drill_nm[n++] = MAX (length_nm, 0);
      }
  if (n == 1)
    raw->drill_nm[1] = raw->drill_nm[0];
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
      read_drill (self, node, raw);
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

  place_drill (&raw, pose, &pad);
  pad.at = (BwPoint) { raw.at.x_nm, pose->side == BW_SIDE_BACK ? -raw.at.y_nm : raw.at.y_nm };
  g_array_set_size (self->pad_pieces, 0);
  pad.outline = place_shape (self, &raw, pose);
  if (self->pad_pieces->len > 0)
    place_pieces (self, &raw, pose, &pad);
  return pad;
}
