/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "board/bw-pose-edit.h"

#include "board/bw-graphic-reader.h"

#define FULL_TURN_MICRO (G_GINT64_CONSTANT (360) * 1000000)
#define MICRO_PER_CDEG 10000

static gint64
normalize (gint64 micro)
{
  gint64 turned = micro % FULL_TURN_MICRO;

  return turned < 0 ? turned + FULL_TURN_MICRO : turned;
}

/* An (at x y [angle]) list, taken apart. */
typedef struct
{
  BwSexprCursor x;
  BwSexprCursor y;
  BwSexprCursor angle;
  gboolean has_angle;
  gint64 x_micro;
  gint64 y_micro;
  gint64 angle_micro;
} At;

static gboolean
read_number (BwSexprCursor *cursor,
             gint64        *micro_out)
{
  return bw_sexpr_next (cursor) == BW_SEXPR_ATOM &&
         bw_sexpr_parse_micro (cursor->sexpr->text + cursor->offset, cursor->length, micro_out);
}

static gboolean
read_at (const BwPoseEdit *self,
         guint32           list,
         At               *at)
{
  BwSexprCursor cursor = bw_sexpr_enter (self->sexpr, list);

  *at = (At) { 0 };
  if (!read_number (&cursor, &at->x_micro))
    return FALSE;
  at->x = cursor;
  if (!read_number (&cursor, &at->y_micro))
    return FALSE;
  at->y = cursor;
  at->has_angle = read_number (&cursor, &at->angle_micro);
  at->angle = cursor;
  if (!at->has_angle)
    at->angle_micro = 0;
  return TRUE;
}

/* Writes an angle only where it changed; KiCad leaves an angle of 0 out, except in texts. */
static void
write_angle (BwPoseEdit *self,
             const At   *at,
             gint64      micro,
             gboolean    keeps_zero)
{
  if (normalize (at->angle_micro) == normalize (micro))
    return;
  if (at->has_angle && normalize (micro) == 0 && !keeps_zero)
    bw_splice_remove (self->splice, at->angle.offset, at->angle.length);
  else if (at->has_angle)
    bw_splice_number (self->splice, &at->angle, micro);
  else
    {
      char buffer[33] = " ";

      bw_splice_format_number (micro, buffer + 1);
      bw_splice_replace (self->splice, at->y.offset + at->y.length, 0, buffer);
    }
}

/* The place and angle of a pad or text: mirrored about the footprint's x axis by a flip. Angles
 * in the file are absolute, so that they turn with the footprint. */
static void
edit_local_at (BwPoseEdit *self,
               guint32     node,
               gboolean    is_text)
{
  guint32 list = bw_sexpr_find (self->sexpr, node, BW_KEYWORD_AT);
  At at;
  gint64 angle;

  if (list == 0 || !read_at (self, list, &at))
    return;
  angle = at.angle_micro;
  if (self->flip)
    {
      BwSexprCursor before_y = at.x;

      bw_flip_edit_negate (self, &before_y);
      angle = is_text ? FULL_TURN_MICRO / 2 - angle : -angle;
    }
  write_angle (self, &at, normalize (angle + self->turn_micro), is_text);
}

/* A footprint's angle is written from -180 (not included) to 180. */
static void
edit_footprint_at (BwPoseEdit *self,
                   guint32     list)
{
  gint64 angle = (gint64) self->new_pose.rotation_cdeg * MICRO_PER_CDEG;
  At at;

  if (!read_at (self, list, &at))
    return;
  if (self->new_pose.at.x_nm != self->old_pose.at.x_nm)
    bw_splice_number (self->splice, &at.x, self->new_pose.at.x_nm);
  if (self->new_pose.at.y_nm != self->old_pose.at.y_nm)
    bw_splice_number (self->splice, &at.y, self->new_pose.at.y_nm);
  if (self->new_pose.rotation_cdeg == self->old_pose.rotation_cdeg && !self->flip)
    angle = at.angle_micro;
  self->turn_micro = angle - (self->flip ? -at.angle_micro : at.angle_micro);
  write_angle (self, &at, angle > FULL_TURN_MICRO / 2 ? angle - FULL_TURN_MICRO : angle, FALSE);
}

/* A point that the file gives in the board's frame though it belongs to the footprint. */
static void
edit_absolute_point (BwPoseEdit *self,
                     guint32     list)
{
  At at;
  BwPoint point;

  if (!read_at (self, list, &at))
    return;
  point = (BwPoint) {
    (gint32) CLAMP (at.x_micro, -BW_COORD_MAX_NM, BW_COORD_MAX_NM),
    (gint32) CLAMP (at.y_micro, -BW_COORD_MAX_NM, BW_COORD_MAX_NM),
  };
  point = bw_transform_point (&self->new_transform,
                              bw_transform_point_back (&self->old_transform, point));
  bw_splice_number (self->splice, &at.x, point.x_nm);
  bw_splice_number (self->splice, &at.y, point.y_nm);
}

/* Zones, dimensions and images inside a footprint: all their points are absolute. */
static void
edit_absolute (BwPoseEdit *self,
               guint32     node)
{
  const BwSexprNode *nodes = self->sexpr->nodes;

  for (guint32 list = node + 1; list < nodes[node].next; list++)
    switch (nodes[list].keyword)
      {
      case BW_KEYWORD_XY:
      case BW_KEYWORD_AT:
      case BW_KEYWORD_START:
      case BW_KEYWORD_MID:
      case BW_KEYWORD_END:
        edit_absolute_point (self, list);
        break;
      case BW_KEYWORD_LAYER:
      case BW_KEYWORD_LAYERS:
        /* KiCad mirrors an image, which has no sign for that in the file, where it is. */
        if (self->flip && nodes[node].keyword != BW_KEYWORD_IMAGE)
          bw_flip_edit_layers (self, list);
        break;
      case BW_KEYWORD_HEIGHT:
        if (self->flip && nodes[node].keyword == BW_KEYWORD_DIMENSION)
          {
            BwSexprCursor cursor = bw_sexpr_enter (self->sexpr, list);

            bw_flip_edit_negate (self, &cursor);
          }
        break;
      default:
        break;
      }
}

/* Glyphs that KiCad keeps as polygons where they were drawn; it makes them again. */
static void
drop_render_cache (BwPoseEdit *self,
                   guint32     node)
{
  guint32 cache = bw_sexpr_find (self->sexpr, node, BW_KEYWORD_RENDER_CACHE);

  if (cache != 0)
    bw_splice_remove (self->splice, self->sexpr->nodes[cache].offset,
                      self->sexpr->nodes[cache].length);
}

/* Its corners and its angle are the footprint's own: both turn with it as they are. */
static void
edit_text_box (BwPoseEdit *self,
               guint32     node)
{
  drop_render_cache (self, node);
  if (!self->flip)
    return;
  bw_flip_edit_drawing (self, node);
  bw_flip_edit_mirror (self, node);
}

/* A reference point (KiCad 10) has a place, and no angle. */
static void
edit_point (BwPoseEdit *self,
            guint32     node)
{
  guint32 list = bw_sexpr_find (self->sexpr, node, BW_KEYWORD_AT);
  guint32 layer = bw_sexpr_find (self->sexpr, node, BW_KEYWORD_LAYER);
  BwSexprCursor cursor;

  if (!self->flip)
    return;
  if (list != 0)
    {
      cursor = bw_sexpr_enter (self->sexpr, list);
      bw_sexpr_next (&cursor);
      bw_flip_edit_negate (self, &cursor);
    }
  if (layer != 0)
    bw_flip_edit_layers (self, layer);
}

static void
edit_part (BwPoseEdit *self,
           guint32     node)
{
  switch (self->sexpr->nodes[node].keyword)
    {
    case BW_KEYWORD_FP_TEXT:
    case BW_KEYWORD_PROPERTY:
      edit_local_at (self, node, TRUE);
      drop_render_cache (self, node);
      if (self->flip)
        bw_flip_edit_text (self, node);
      break;
    case BW_KEYWORD_PAD:
      edit_local_at (self, node, FALSE);
      if (self->flip)
        bw_flip_edit_pad (self, node);
      break;
    case BW_KEYWORD_ZONE:
    case BW_KEYWORD_DIMENSION:
    case BW_KEYWORD_IMAGE:
    case BW_KEYWORD_TARGET:
      edit_absolute (self, node);
      break;
    case BW_KEYWORD_BARCODE:
      edit_local_at (self, node, FALSE);
      if (self->flip)
        bw_flip_edit_text (self, node);
      break;
    case BW_KEYWORD_POINT:
      edit_point (self, node);
      break;
    case BW_KEYWORD_FP_TEXT_BOX:
      edit_text_box (self, node);
      break;
    case BW_KEYWORD_LAYER:
      if (self->flip)
        bw_flip_edit_layers (self, node);
      break;
    default:
      if (self->flip && bw_reader_is_graphic (self->sexpr->nodes[node].keyword))
        bw_flip_edit_drawing (self, node);
    }
}

void
bw_pose_edit_footprint (BwPoseEdit *self,
                        guint32     node)
{
  guint32 at = bw_sexpr_find (self->sexpr, node, BW_KEYWORD_AT);

  if (at == 0)
    return;
  self->old_transform = bw_pose_transform (&self->old_pose);
  self->new_transform = bw_pose_transform (&self->new_pose);
  self->flip = self->old_pose.side != self->new_pose.side;
  edit_footprint_at (self, at);
  for (guint32 child = node + 1; child < self->sexpr->nodes[node].next;
       child = self->sexpr->nodes[child].next)
    edit_part (self, child);
}
