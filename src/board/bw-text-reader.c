/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "board/bw-text-reader.h"

#include <math.h>
#include <string.h>

#include "base/bw-arc.h"
#include "board/bw-graphic-reader.h"

#define DEFAULT_HEIGHT_NM 1000000
/* A text does not grow beyond this by what its names stand for: a few bytes could else stand for
 * megabytes. */
#define MAX_RESOLVED_BYTES 1000
/* KiCad's own where a text names no pen: an eighth of its height. */
#define HEIGHTS_PER_PEN 8

gboolean
bw_reader_is_text (BwKeyword keyword)
{
  switch (keyword)
    {
    case BW_KEYWORD_FP_TEXT:
    case BW_KEYWORD_FP_TEXT_BOX:
    case BW_KEYWORD_PROPERTY:
    case BW_KEYWORD_GR_TEXT:
    case BW_KEYWORD_GR_TEXT_BOX:
    case BW_KEYWORD_TABLE:
    case BW_KEYWORD_DIMENSION:
      return TRUE;
    default:
      return FALSE;
    }
}

static void
read_justify (BwReader *self,
              guint32   node,
              BwText   *text)
{
  BwSexprCursor cursor = bw_sexpr_enter (self->sexpr, node);

  while (bw_sexpr_next (&cursor) != BW_SEXPR_END)
    if (bw_sexpr_is (&cursor, "left"))
      text->align_x = -1;
    else if (bw_sexpr_is (&cursor, "right"))
      text->align_x = 1;
    else if (bw_sexpr_is (&cursor, "top"))
      text->align_y = -1;
    else if (bw_sexpr_is (&cursor, "bottom"))
      text->align_y = 1;
    else if (bw_sexpr_is (&cursor, "mirror"))
      text->mirrored = TRUE;
}

static void
read_font (BwReader *self,
           guint32   node,
           BwText   *text)
{
  const BwSexprNode *nodes = self->sexpr->nodes;

  for (guint32 child = node + 1; child < nodes[node].next; child = nodes[child].next)
    if (nodes[child].keyword == BW_KEYWORD_SIZE)
      {
        BwPoint size = bw_reader_point (self, child); /* height first, as KiCad has it */

        text->height_nm = ABS (size.x_nm);
        text->width_nm = ABS (size.y_nm);
      }
    else if (nodes[child].keyword == BW_KEYWORD_THICKNESS)
      {
        BwSexprCursor cursor = bw_sexpr_enter (self->sexpr, child);

        text->stroke_nm = bw_reader_length (self, &cursor);
        text->stroke_nm = MAX (text->stroke_nm, 0);
      }
}

/* Returns whether it is shown. */
static gboolean
read_effects (BwReader *self,
              guint32   node,
              BwText   *text)
{
  BwSexprCursor cursor = bw_sexpr_enter (self->sexpr, node);

  while (bw_sexpr_next (&cursor) != BW_SEXPR_END)
    if (bw_sexpr_is (&cursor, "hide"))
      return FALSE;
    else if (cursor.kind == BW_SEXPR_LIST)
      switch (self->sexpr->nodes[cursor.node].keyword)
        {
        case BW_KEYWORD_FONT:
          read_font (self, cursor.node, text);
          break;
        case BW_KEYWORD_JUSTIFY:
          read_justify (self, cursor.node, text);
          break;
        case BW_KEYWORD_HIDE:
          if (bw_reader_flag (self, cursor.node))
            return FALSE;
          break;
        default:
          break;
        }
  return TRUE;
}

static void
read_at (BwReader *self,
         guint32   node,
         BwText   *text)
{
  BwSexprCursor cursor = bw_sexpr_enter (self->sexpr, node);

  text->at.x_nm = bw_reader_length (self, &cursor);
  text->at.y_nm = bw_reader_length (self, &cursor);
  text->rotation_cdeg = bw_reader_angle (self, &cursor);
  while (bw_sexpr_next (&cursor) != BW_SEXPR_END)
    if (bw_sexpr_is (&cursor, "unlocked"))
      text->upright = FALSE;
}

/* Everything but the words: TRUE where there is something to show. */
static gboolean
read_lists (BwReader      *self,
            BwSexprCursor  cursor,
            BwText        *text,
            gboolean      *has_at)
{
  gboolean shown = TRUE;

  while (bw_sexpr_next (&cursor) != BW_SEXPR_END)
    if (cursor.kind == BW_SEXPR_ATOM && bw_sexpr_is (&cursor, "hide"))
      shown = FALSE;
    else if (cursor.kind == BW_SEXPR_LIST)
      switch (self->sexpr->nodes[cursor.node].keyword)
        {
        case BW_KEYWORD_AT:
          read_at (self, cursor.node, text);
          *has_at = TRUE;
          break;
        case BW_KEYWORD_ANGLE:
          {
            BwSexprCursor angle = bw_sexpr_enter (self->sexpr, cursor.node);

            text->rotation_cdeg = bw_reader_angle (self, &angle);
          }
          break;
        case BW_KEYWORD_UNLOCKED:
          text->upright = !bw_reader_flag (self, cursor.node);
          break;
        case BW_KEYWORD_HIDE:
          shown = shown && !bw_reader_flag (self, cursor.node);
          break;
        case BW_KEYWORD_EFFECTS:
          shown = read_effects (self, cursor.node, text) && shown;
          break;
        default:
          break;
        }
  return shown && text->height_nm > 0;
}

/* The places of names such as ${REFERENCE}, or %R up to KiCad 5, are taken by what they stand
 * for; of those of the board and the project KiCad alone knows. */
static const char *
resolve (BwReader          *self,
         const char        *words,
         const BwFootprint *footprint)
{
  const struct { const char *name; const char *meaning; } names[] = {
    { "${REFERENCE}", footprint->reference }, { "${VALUE}", footprint->value },
    { "%R", footprint->reference }, { "%V", footprint->value },
  };
  gsize n_names = self->board->board.version < 20200000 ? 4 : 2;
  gsize lengths[G_N_ELEMENTS (names)];
  g_autoptr (GString) resolved = NULL;

  if (strpbrk (words, "$%") == NULL)
    return words;
  for (gsize i = 0; i < n_names; i++)
    lengths[i] = strnlen (names[i].meaning, MAX_RESOLVED_BYTES + 1);
  resolved = g_string_new (NULL);
  while (*words != '\0')
    {
      gsize i = 0;

      while (i < n_names && !(g_str_has_prefix (words, names[i].name) &&
                              resolved->len + lengths[i] <= MAX_RESOLVED_BYTES))
        i++;
      if (i == n_names)
        g_string_append_c (resolved, *words++);
      else
        {
          g_string_append (resolved, names[i].meaning);
          words += strlen (names[i].name);
        }
    }
  return bw_arena_string (self->arena, resolved->str, resolved->len);
}

static BwText
new_text (BwReader *self,
          guint32   node)
{
  BwLayerMeaning meaning = bw_reader_layer (self, node);

  return (BwText) {
    .height_nm = DEFAULT_HEIGHT_NM,
    .width_nm = DEFAULT_HEIGHT_NM,
    .layer = meaning.layer,
    .side = meaning.sides == 1u << BW_SIDE_BACK ? BW_SIDE_BACK : BW_SIDE_FRONT,
    .role = BW_TEXT_OTHER,
    .inner = meaning.layer == BW_LAYER_COPPER && meaning.sides == 0,
  };
}

/* From what the file has, where places are the footprint's own but angles the board's, to the
 * front frame. A mirror turns the reading direction a into 180° - a. */
static void
to_front_frame (BwText            *text,
                const BwFootprint *footprint)
{
  gint64 rotation_cdeg = (gint64) text->rotation_cdeg - footprint->pose.rotation_cdeg;

  if (footprint->pose.side == BW_SIDE_BACK)
    {
      text->at.y_nm = -text->at.y_nm;
      text->side = text->side == BW_SIDE_BACK ? BW_SIDE_FRONT : BW_SIDE_BACK;
      text->mirrored = !text->mirrored;
      rotation_cdeg = BW_FULL_TURN_CDEG / 2 - rotation_cdeg;
    }
  text->rotation_cdeg = bw_cdeg_normalize (rotation_cdeg);
}

static void
keep (BwReader          *self,
      BwText             text,
      const BwFootprint *footprint)
{
  if (text.text[0] == '\0')
    return;
  if (text.stroke_nm == 0)
    text.stroke_nm = text.height_nm / HEIGHTS_PER_PEN;
  if (footprint != NULL)
    {
      text.text = resolve (self, text.text, footprint);
      to_front_frame (&text, footprint);
    }
  else
    text.rotation_cdeg = bw_cdeg_normalize (text.rotation_cdeg);
  g_array_append_val (self->texts, text);
}

/* (fp_text KIND "words" …) and (property "Name" "words" …) have a word before the words. */
static void
read_plain (BwReader          *self,
            guint32            node,
            const BwFootprint *footprint)
{
  BwKeyword keyword = self->sexpr->nodes[node].keyword;
  BwSexprCursor cursor = bw_sexpr_enter (self->sexpr, node);
  BwText text = new_text (self, node);
  gboolean has_at = FALSE;

  if (keyword != BW_KEYWORD_GR_TEXT)
    {
      bw_sexpr_next (&cursor);
      if (bw_sexpr_is (&cursor, "reference") || bw_sexpr_is (&cursor, "Reference"))
        text.role = BW_TEXT_REFERENCE;
      else if (bw_sexpr_is (&cursor, "value") || bw_sexpr_is (&cursor, "Value"))
        text.role = BW_TEXT_VALUE;
      text.upright = TRUE;
    }
  if (bw_sexpr_next (&cursor) == BW_SEXPR_ATOM && bw_sexpr_is (&cursor, "locked"))
    {
      /* (fp_text reference locked "R1" …): it is locked, or is called so. */
      BwSexprCursor after = cursor;

      if (bw_sexpr_next (&after) == BW_SEXPR_STRING)
        cursor = after;
    }
  if ((cursor.kind != BW_SEXPR_ATOM && cursor.kind != BW_SEXPR_STRING) ||
      !read_lists (self, cursor, &text, &has_at) || !has_at)
    return;
  text.text = bw_reader_string (self, &cursor);
  keep (self, text, footprint);
}

/* The corners in the order in which the words see them: top left, top right, bottom left. */
static gboolean
read_corners (BwReader *self,
              guint32   node,
              gint32    rotation_cdeg,
              BwPoint   corners[3])
{
  guint32 pts = bw_sexpr_find (self->sexpr, node, BW_KEYWORD_PTS);
  guint quarter = (guint) ((bw_cdeg_normalize (rotation_cdeg) + 4500) / 9000) % 4;
  BwPoint start, end, drawn[4];

  if (pts != 0)
    {
      g_array_set_size (self->points, 0);
      bw_reader_polygon_points (self, pts);
      if (self->points->len != 4)
        return FALSE;
      corners[0] = g_array_index (self->points, BwPoint, 0);
      corners[1] = g_array_index (self->points, BwPoint, 1);
      corners[2] = g_array_index (self->points, BwPoint, 3);
      return TRUE;
    }
  if (!bw_reader_find_point (self, node, BW_KEYWORD_START, &start) ||
      !bw_reader_find_point (self, node, BW_KEYWORD_END, &end))
    return FALSE;
  drawn[0] = start;
  drawn[1] = (BwPoint) { end.x_nm, start.y_nm };
  drawn[2] = end;
  drawn[3] = (BwPoint) { start.x_nm, end.y_nm };
  corners[0] = drawn[(4 - quarter) % 4];
  corners[1] = drawn[(5 - quarter) % 4];
  corners[2] = drawn[(7 - quarter) % 4];
  return TRUE;
}

static void
keep_border (BwReader          *self,
             guint32            node,
             const BwText      *text,
             const BwPoint      corners[3],
             const BwFootprint *footprint)
{
  guint32 border = bw_sexpr_find (self->sexpr, node, BW_KEYWORD_BORDER);
  guint32 stroke = bw_sexpr_find (self->sexpr, node, BW_KEYWORD_STROKE);
  gboolean is_back = footprint != NULL && footprint->pose.side == BW_SIDE_BACK;
  BwGraphic graphic = { .n_points = 4, .layer = text->layer, .inner = text->inner, .closed = TRUE,
                        .net = -1 };
  BwPoint *points;

  if (border != 0 && !bw_reader_flag (self, border))
    return;
  points = bw_arena_alloc (self->arena, 4 * sizeof *points);
  points[0] = corners[0];
  points[1] = corners[1];
  points[3] = corners[2];
  points[2] = bw_point_round ((double) corners[1].x_nm + corners[2].x_nm - corners[0].x_nm,
                              (double) corners[1].y_nm + corners[2].y_nm - corners[0].y_nm);
  for (guint i = 0; i < 4 && is_back; i++)
    points[i].y_nm = -points[i].y_nm;
  graphic.points = points;
  graphic.side = (guint8) (is_back ? !text->side : text->side);
  if (stroke != 0)
    graphic.width_nm = bw_reader_find_length (self, stroke, BW_KEYWORD_WIDTH, 0);
  graphic.width_nm = MAX (graphic.width_nm, 0);
  g_array_append_val (self->graphics, graphic);
}

/* A text in a box or in the cell of a table. */
static void
read_box (BwReader          *self,
          guint32            node,
          const BwFootprint *footprint)
{
  BwSexprCursor cursor = bw_sexpr_enter (self->sexpr, node);
  BwText text = new_text (self, node);
  BwPoint corners[3];
  gboolean has_at = FALSE;
  double right, down;

  while (bw_sexpr_next (&cursor) == BW_SEXPR_ATOM && bw_sexpr_is (&cursor, "locked"))
    ;
  if ((cursor.kind != BW_SEXPR_ATOM && cursor.kind != BW_SEXPR_STRING) ||
      !read_lists (self, cursor, &text, &has_at) ||
      !read_corners (self, node, text.rotation_cdeg, corners))
    return;
  text.text = bw_reader_string (self, &cursor);
  right = (1 + text.align_x) / 2.0;
  down = (1 + text.align_y) / 2.0;
  text.at = bw_point_round (
    corners[0].x_nm + right * ((double) corners[1].x_nm - corners[0].x_nm) +
    down * ((double) corners[2].x_nm - corners[0].x_nm),
    corners[0].y_nm + right * ((double) corners[1].y_nm - corners[0].y_nm) +
    down * ((double) corners[2].y_nm - corners[0].y_nm));
  keep_border (self, node, &text, corners, footprint);
  keep (self, text, footprint);
}

static void
read_table (BwReader          *self,
            guint32            node,
            const BwFootprint *footprint)
{
  const BwSexprNode *nodes = self->sexpr->nodes;
  guint32 cells = bw_sexpr_find (self->sexpr, node, BW_KEYWORD_TABLE_CELLS);

  if (cells == 0)
    return;
  for (guint32 child = cells + 1; child < nodes[cells].next; child = nodes[child].next)
    if (nodes[child].keyword == BW_KEYWORD_TABLE_CELL)
      read_box (self, child, footprint);
}

static void
keep_line (BwReader     *self,
           const BwText *text,
           gint32        width_nm,
           BwPoint       from,
           BwPoint       to)
{
  BwPoint points[] = { from, to };
  BwGraphic graphic = {
    .points = bw_arena_copy (self->arena, points, sizeof points),
    .n_points = 2,
    .width_nm = width_nm,
    .layer = text->layer,
    .side = text->side,
    .inner = text->inner,
    .net = -1,
  };

  g_array_append_val (self->graphics, graphic);
}

/* The line that is measured, moved aside by the dimension's height, and the two that lead to it;
 * other kinds get the line between their points. */
static void
keep_measure (BwReader     *self,
              guint32       node,
              const BwText *text,
              gint32        width_nm)
{
  guint32 pts = bw_sexpr_find (self->sexpr, node, BW_KEYWORD_PTS);
  double height_nm = bw_reader_find_length (self, node, BW_KEYWORD_HEIGHT, 0);
  guint32 orientation = bw_sexpr_find (self->sexpr, node, BW_KEYWORD_ORIENTATION);
  BwPoint from, to, near, far;
  double dx, dy, length;

  g_array_set_size (self->points, 0);
  if (pts != 0)
    bw_reader_polygon_points (self, pts);
  if (self->points->len < 2)
    return;
  from = g_array_index (self->points, BwPoint, 0);
  to = g_array_index (self->points, BwPoint, self->points->len - 1);
  dx = (double) to.x_nm - from.x_nm;
  dy = (double) to.y_nm - from.y_nm;
  if (orientation != 0)
    {
      BwSexprCursor cursor = bw_sexpr_enter (self->sexpr, orientation);
      gboolean upright = bw_reader_micro (self, &cursor) != 0;

      near = upright ? bw_point_round (from.x_nm + height_nm, from.y_nm)
                     : bw_point_round (from.x_nm, from.y_nm + height_nm);
      far = upright ? (BwPoint) { near.x_nm, to.y_nm } : (BwPoint) { to.x_nm, near.y_nm };
    }
  else
    {
      length = MAX (sqrt (dx * dx + dy * dy), 1.0);
      near = bw_point_round (from.x_nm - dy / length * height_nm,
                             from.y_nm + dx / length * height_nm);
      far = bw_point_round (to.x_nm - dy / length * height_nm,
                            to.y_nm + dx / length * height_nm);
    }
  keep_line (self, text, width_nm, near, far);
  if (height_nm != 0.0)
    {
      keep_line (self, text, width_nm, from, near);
      keep_line (self, text, width_nm, to, far);
    }
}

static void
read_dimension (BwReader *self,
                guint32   node)
{
  const BwSexprNode *nodes = self->sexpr->nodes;
  BwText text = new_text (self, node);
  guint32 style = bw_sexpr_find (self->sexpr, node, BW_KEYWORD_STYLE);
  gint32 width_nm = bw_reader_find_length (self, style != 0 ? style : node,
                                           style != 0 ? BW_KEYWORD_THICKNESS : BW_KEYWORD_WIDTH,
                                           0);

  if (style != 0)
    keep_measure (self, node, &text, MAX (width_nm, 0));
  for (guint32 child = node + 1; child < nodes[node].next; child = nodes[child].next)
    {
      guint32 pts;

      if (nodes[child].keyword == BW_KEYWORD_GR_TEXT)
        read_plain (self, child, NULL);
      if (style != 0 || nodes[child].keyword == BW_KEYWORD_PTS)
        continue;
      /* Up to KiCad 5 each line is a list of its own: (crossbar (pts …)), … */
      pts = bw_sexpr_find (self->sexpr, child, BW_KEYWORD_PTS);
      g_array_set_size (self->points, 0);
      if (pts != 0)
        bw_reader_polygon_points (self, pts);
      for (guint i = 1; i < self->points->len; i++)
        keep_line (self, &text, MAX (width_nm, 0), g_array_index (self->points, BwPoint, i - 1),
                   g_array_index (self->points, BwPoint, i));
    }
}

void
bw_reader_text (BwReader          *self,
                guint32            node,
                const BwFootprint *footprint)
{
  switch (self->sexpr->nodes[node].keyword)
    {
    case BW_KEYWORD_FP_TEXT_BOX:
    case BW_KEYWORD_GR_TEXT_BOX:
      read_box (self, node, footprint);
      break;
    case BW_KEYWORD_TABLE:
      read_table (self, node, footprint);
      break;
    case BW_KEYWORD_DIMENSION:
      if (footprint == NULL)
        read_dimension (self, node);
      break;
    default:
      read_plain (self, node, footprint);
    }
}
