/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Turning a footprint over about its x axis: y changes its sign in all that is local to it. */

#include "board/bw-pose-edit.h"

#include <string.h>

static gboolean
is_inner_copper (const BwLayerMeaning *meaning)
{
  return meaning->layer == BW_LAYER_COPPER && meaning->sides == 0;
}

static BwLayerMeaning
meaning_of (const BwPoseEdit    *self,
            const BwSexprCursor *name)
{
  return bw_layer_table_find (self->layers, self->sexpr->text + name->offset, name->length);
}

void
bw_flip_edit_negate (BwPoseEdit    *self,
                     BwSexprCursor *cursor)
{
  const char *text;
  gint64 micro;

  if (bw_sexpr_next (cursor) != BW_SEXPR_ATOM ||
      !bw_sexpr_parse_micro (self->sexpr->text + cursor->offset, cursor->length, &micro) ||
      micro == 0)
    return;
  text = self->sexpr->text + cursor->offset;
  /* The digits stay as they were written. */
  if (*text == '-' || *text == '+')
    bw_splice_replace (self->splice, cursor->offset, 1, *text == '-' ? "" : "-");
  else
    bw_splice_replace (self->splice, cursor->offset, 0, "-");
}

static gboolean
fits_in_quotes (const char *name)
{
  for (; *name != '\0' && *name != '"'; name++)
    if (*name == '\\' && *++name == '\0')
      return FALSE;
  return *name == '\0';
}

static gboolean
fits_without_quotes (const char *name)
{
  return name[0] != '\0' && name[0] != '"' && strpbrk (name, " \t\r\n\f\v()") == NULL;
}

/* Layers are named with or without quotes in one file, and what the user called one may stand
 * only as it does in the board's table. */
static void
replace_name (BwPoseEdit          *self,
              const BwSexprCursor *cursor,
              const char          *name)
{
  gboolean is_quoted = cursor->kind == BW_SEXPR_STRING;
  g_autofree char *other_form = NULL;

  if (is_quoted ? fits_in_quotes (name) : fits_without_quotes (name))
    {
      bw_splice_replace (self->splice, cursor->offset, cursor->length, name);
      return;
    }
  other_form = g_strdup_printf (is_quoted ? " %s " : "\"%s\"", name);
  bw_splice_replace (self->splice, cursor->offset - is_quoted, cursor->length + 2u * is_quoted,
                     other_form);
}

/* A stack of pads is turned over as a whole; of drawings, texts and zones KiCad leaves those on
 * inner copper on the layer that they are on. */
static void
edit_layers (BwPoseEdit *self,
             guint32     list,
             gboolean    is_stack)
{
  BwSexprCursor cursor = bw_sexpr_enter (self->sexpr, list);

  while (bw_sexpr_next (&cursor) != BW_SEXPR_END)
    {
      char buffer[64];
      const char *other;

      BwLayerMeaning meaning;

      if (cursor.kind == BW_SEXPR_LIST)
        continue;
      meaning = meaning_of (self, &cursor);
      if (!is_stack && is_inner_copper (&meaning))
        continue;
      other = bw_layer_table_flip (self->layers, self->sexpr->text + cursor.offset,
                                   cursor.length, buffer);
      if (other != NULL)
        replace_name (self, &cursor, other);
    }
}

void
bw_flip_edit_layers (BwPoseEdit *self,
                     guint32     list)
{
  edit_layers (self, list, FALSE);
}

static void
negate_y (BwPoseEdit *self,
          guint32     list)
{
  BwSexprCursor cursor = bw_sexpr_enter (self->sexpr, list);

  bw_sexpr_next (&cursor);
  bw_flip_edit_negate (self, &cursor);
}

static void
negate_first (BwPoseEdit *self,
              guint32     list)
{
  BwSexprCursor cursor = bw_sexpr_enter (self->sexpr, list);

  bw_flip_edit_negate (self, &cursor);
}

static char *
dup_mirrored (const BwPoseEdit *self,
              BwSexprCursor    *cursor)
{
  const char *text;
  gint64 micro = 0;

  bw_sexpr_next (cursor);
  text = self->sexpr->text + cursor->offset;
  bw_sexpr_parse_micro (text, cursor->length, &micro);
  if (micro == 0)
    return g_strndup (text, cursor->length);
  if (*text == '-')
    return g_strndup (text + 1, cursor->length - 1);
  return g_strdup_printf ("-%.*s", (int) cursor->length, text);
}

/* Writes the point of list `from`, mirrored, into list `to`. */
static void
put_mirrored (BwPoseEdit *self,
              guint32     from,
              guint32     to)
{
  BwSexprCursor source = bw_sexpr_enter (self->sexpr, from);
  BwSexprCursor target = bw_sexpr_enter (self->sexpr, to);
  g_autofree char *x = NULL;
  g_autofree char *y = NULL;

  bw_sexpr_next (&source);
  x = g_strndup (self->sexpr->text + source.offset, source.length);
  y = dup_mirrored (self, &source);
  bw_sexpr_next (&target);
  bw_splice_replace (self->splice, target.offset, target.length, x);
  bw_sexpr_next (&target);
  bw_splice_replace (self->splice, target.offset, target.length, y);
}

/* An arc given by three points runs the other way once mirrored: its ends change places. */
static gboolean
edit_arc_ends (BwPoseEdit *self,
               guint32     node)
{
  guint32 start = bw_sexpr_find (self->sexpr, node, BW_KEYWORD_START);
  guint32 end = bw_sexpr_find (self->sexpr, node, BW_KEYWORD_END);
  guint32 keyword = self->sexpr->nodes[node].keyword;

  if ((keyword != BW_KEYWORD_FP_ARC && keyword != BW_KEYWORD_GR_ARC) || start == 0 || end == 0 ||
      bw_sexpr_find (self->sexpr, node, BW_KEYWORD_MID) == 0)
    return FALSE;
  put_mirrored (self, end, start);
  put_mirrored (self, start, end);
  return TRUE;
}

void
bw_flip_edit_drawing (BwPoseEdit *self,
                      guint32     node)
{
  const BwSexprNode *nodes = self->sexpr->nodes;
  gboolean ends_done = edit_arc_ends (self, node);

  for (guint32 list = node + 1; list < nodes[node].next; list++)
    switch (nodes[list].keyword)
      {
      case BW_KEYWORD_START:
      case BW_KEYWORD_END:
        if (!ends_done)
          negate_y (self, list);
        break;
      case BW_KEYWORD_XY:
      case BW_KEYWORD_MID:
      case BW_KEYWORD_CENTER:
        negate_y (self, list);
        break;
      case BW_KEYWORD_ANGLE:
        negate_first (self, list);
        break;
      case BW_KEYWORD_LAYER:
      case BW_KEYWORD_LAYERS:
        bw_flip_edit_layers (self, list);
        break;
      case BW_KEYWORD_RENDER_CACHE:
        list = nodes[list].next - 1;
        break;
      default:
        break;
      }
}

static void
swap_chamfers (BwPoseEdit *self,
               guint32     list)
{
  BwSexprCursor cursor = bw_sexpr_enter (self->sexpr, list);

  while (bw_sexpr_next (&cursor) != BW_SEXPR_END)
    if (bw_sexpr_is (&cursor, "top_left"))
      bw_splice_replace (self->splice, cursor.offset, cursor.length, "bottom_left");
    else if (bw_sexpr_is (&cursor, "top_right"))
      bw_splice_replace (self->splice, cursor.offset, cursor.length, "bottom_right");
    else if (bw_sexpr_is (&cursor, "bottom_left"))
      bw_splice_replace (self->splice, cursor.offset, cursor.length, "top_left");
    else if (bw_sexpr_is (&cursor, "bottom_right"))
      bw_splice_replace (self->splice, cursor.offset, cursor.length, "top_right");
}

void
bw_flip_edit_pad (BwPoseEdit *self,
                  guint32     node)
{
  const BwSexprNode *nodes = self->sexpr->nodes;

  for (guint32 list = node + 1; list < nodes[node].next; list++)
    switch (nodes[list].keyword)
      {
      case BW_KEYWORD_OFFSET:
      case BW_KEYWORD_RECT_DELTA:
        negate_y (self, list);
        break;
      case BW_KEYWORD_CHAMFER:
        swap_chamfers (self, list);
        break;
      case BW_KEYWORD_LAYER:
      case BW_KEYWORD_LAYERS:
        edit_layers (self, list, TRUE);
        break;
      case BW_KEYWORD_PRIMITIVES:
        bw_flip_edit_drawing (self, list);
        list = nodes[list].next - 1;
        break;
      default:
        break;
      }
}

/* On a layer that has two sides or lies between them, a text is read from one of them. */
static gboolean
has_reading_side (const BwPoseEdit *self,
                  guint32           node)
{
  guint32 list = bw_sexpr_find (self->sexpr, node, BW_KEYWORD_LAYER);
  BwSexprCursor cursor;
  BwLayerMeaning meaning;

  if (list == 0)
    return FALSE;
  cursor = bw_sexpr_enter (self->sexpr, list);
  bw_sexpr_next (&cursor);
  meaning = meaning_of (self, &cursor);
  return meaning.sides == 1u << BW_SIDE_FRONT || meaning.sides == 1u << BW_SIDE_BACK ||
         is_inner_copper (&meaning);
}

static void
add_mirror (BwPoseEdit *self,
            guint32     effects,
            guint32     justify)
{
  const BwSexprNode *nodes = self->sexpr->nodes;
  const char *text = self->sexpr->text;

  if (justify != 0)
    bw_splice_replace (self->splice, nodes[justify].offset + nodes[justify].length - 1, 0,
                       " mirror");
  else if (effects != 0 && effects + 1 < nodes[effects].next)
    {
      /* After the last list, on a line of its own where that one has its own. */
      guint32 last = effects + 1, from;
      g_autofree char *space = NULL;
      g_autofree char *added = NULL;

      while (nodes[last].next < nodes[effects].next)
        last = nodes[last].next;
      for (from = nodes[last].offset; strchr (" \t\r\n", text[from - 1]) != NULL; from--)
        ;
      space = g_strndup (text + from, nodes[last].offset - from);
      added = g_strconcat (space, "(justify mirror)", NULL);
      bw_splice_replace (self->splice, nodes[last].offset + nodes[last].length, 0, added);
    }
  else if (effects != 0)
    bw_splice_replace (self->splice, nodes[effects].offset + nodes[effects].length - 1, 0,
                       " (justify mirror)");
}

static void
remove_mirror (BwPoseEdit          *self,
               guint32              justify,
               const BwSexprCursor *mirror,
               guint                n_words)
{
  if (n_words == 1)
    bw_splice_remove (self->splice, self->sexpr->nodes[justify].offset,
                      self->sexpr->nodes[justify].length);
  else
    bw_splice_remove (self->splice, mirror->offset, mirror->length);
}

void
bw_flip_edit_mirror (BwPoseEdit *self,
                     guint32     node)
{
  guint32 effects = bw_sexpr_find (self->sexpr, node, BW_KEYWORD_EFFECTS);
  guint32 justify = effects != 0 ? bw_sexpr_find (self->sexpr, effects, BW_KEYWORD_JUSTIFY) : 0;
  BwSexprCursor mirror = { 0 };
  gboolean was_mirrored = FALSE;
  guint n_words = 0;

  if (!has_reading_side (self, node))
    return;
  if (justify != 0)
    for (BwSexprCursor cursor = bw_sexpr_enter (self->sexpr, justify);
         bw_sexpr_next (&cursor) != BW_SEXPR_END; n_words++)
      if (bw_sexpr_is (&cursor, "mirror"))
        {
          was_mirrored = TRUE;
          mirror = cursor;
        }

  if (was_mirrored)
    remove_mirror (self, justify, &mirror, n_words);
  else
    add_mirror (self, effects, justify);
}

void
bw_flip_edit_text (BwPoseEdit *self,
                   guint32     node)
{
  guint32 list = bw_sexpr_find (self->sexpr, node, BW_KEYWORD_LAYER);

  if (list != 0)
    bw_flip_edit_layers (self, list);
  bw_flip_edit_mirror (self, node);
}
