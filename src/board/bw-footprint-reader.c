/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "board/bw-footprint-reader.h"

#include "board/bw-graphic-reader.h"
#include "board/bw-pad-reader.h"
#include "board/bw-text-reader.h"
#include "board/bw-zone-reader.h"

/* What of a footprint's head decides other things about it. */
typedef struct
{
  const char *path;
  const char *sheetname;
  const char *address;
  gboolean has_at;
} Head;

static BwPoint
to_front (const BwFootprint *footprint,
          BwPoint            point)
{
  if (footprint->pose.side == BW_SIDE_BACK)
    point.y_nm = -point.y_nm;
  return point;
}

static void
read_text_position (BwReader    *self,
                    guint32      node,
                    BwFootprint *footprint)
{
  BwPoint at;

  if (bw_reader_find_point (self, node, BW_KEYWORD_AT, &at))
    footprint->label_at = to_front (footprint, at);
}

/* (fp_text reference "R1" …) up to KiCad 7, (property "Reference" "R1" …) since. */
static void
read_text (BwReader    *self,
           guint32      node,
           BwFootprint *footprint,
           Head        *head)
{
  BwSexprCursor cursor = bw_sexpr_enter (self->sexpr, node);
  BwSexprCursor value;

  if (bw_sexpr_next (&cursor) != BW_SEXPR_ATOM && cursor.kind != BW_SEXPR_STRING)
    return;
  value = cursor;
  if (bw_sexpr_next (&value) == BW_SEXPR_ATOM && bw_sexpr_is (&value, "locked"))
    {
      /* (fp_text reference locked "R1" …): the text is locked, or is called so. */
      BwSexprCursor after = value;

      if (bw_sexpr_next (&after) == BW_SEXPR_STRING)
        value = after;
    }
  if (value.kind != BW_SEXPR_ATOM && value.kind != BW_SEXPR_STRING)
    return;

  if (bw_sexpr_is (&cursor, "reference") || bw_sexpr_is (&cursor, "Reference"))
    {
      footprint->reference = bw_reader_string (self, &value);
      read_text_position (self, node, footprint);
    }
  else if (bw_sexpr_is (&cursor, "value") || bw_sexpr_is (&cursor, "Value"))
    footprint->value = bw_reader_string (self, &value);
  else if (bw_sexpr_is (&cursor, "Sheetname") && head->sheetname[0] == '\0')
    head->sheetname = bw_reader_string (self, &value);
  else if (bw_sexpr_is (&cursor, "atopile_address"))
    head->address = bw_reader_string (self, &value);
}

static const char *
first_string (BwReader *self,
              guint32   node)
{
  BwSexprCursor cursor = bw_sexpr_enter (self->sexpr, node);

  if (bw_sexpr_next (&cursor) != BW_SEXPR_ATOM && cursor.kind != BW_SEXPR_STRING)
    return "";
  return bw_reader_string (self, &cursor);
}

static void
read_side (BwReader    *self,
           guint32      node,
           BwFootprint *footprint)
{
  BwSexprCursor cursor = bw_sexpr_enter (self->sexpr, node);
  BwLayerMeaning meaning = { BW_LAYER_OTHER, 0 };

  if (bw_sexpr_next (&cursor) == BW_SEXPR_ATOM || cursor.kind == BW_SEXPR_STRING)
    meaning = bw_layer_table_find (self->layers, self->sexpr->text + cursor.offset,
                                   cursor.length);
  if (meaning.sides == 1u << BW_SIDE_BACK)
    footprint->pose.side = BW_SIDE_BACK;
  else if (meaning.sides != 1u << BW_SIDE_FRONT)
    bw_reader_note (self, cursor.offset,
                    "a footprint that is on neither side of the board is taken to be on the front");
}

static void
read_attributes (BwReader    *self,
                 guint32      node,
                 BwFootprint *footprint)
{
  static const struct { const char *word; guint flags; } words[] = {
    { "board_only", BW_FOOTPRINT_BOARD_ONLY },
    { "dnp", BW_FOOTPRINT_NOT_FITTED },
    { "exclude_from_bom", BW_FOOTPRINT_NOT_IN_BOM },
    { "exclude_from_pos_files", BW_FOOTPRINT_NOT_IN_POSITIONS },
    { "virtual", BW_FOOTPRINT_NOT_IN_BOM | BW_FOOTPRINT_NOT_IN_POSITIONS }, /* up to KiCad 5 */
  };
  BwSexprCursor cursor = bw_sexpr_enter (self->sexpr, node);

  while (bw_sexpr_next (&cursor) != BW_SEXPR_END)
    for (guint i = 0; i < G_N_ELEMENTS (words); i++)
      if (bw_sexpr_is (&cursor, words[i].word))
        footprint->flags |= (guint8) words[i].flags;
}

static void
read_head_list (BwReader    *self,
                guint32      node,
                BwFootprint *footprint,
                Head        *head)
{
  BwSexprCursor cursor = bw_sexpr_enter (self->sexpr, node);

  switch (self->sexpr->nodes[node].keyword)
    {
    case BW_KEYWORD_LAYER:
      read_side (self, node, footprint);
      break;
    case BW_KEYWORD_AT:
      if (head->has_at)
        break; /* of several the first counts: it is the one that is saved */
      head->has_at = TRUE;
      footprint->pose.at.x_nm = bw_reader_length (self, &cursor);
      footprint->pose.at.y_nm = bw_reader_length (self, &cursor);
      footprint->pose.rotation_cdeg = bw_cdeg_normalize (bw_reader_angle (self, &cursor));
      break;
    case BW_KEYWORD_LOCKED:
      footprint->locked = bw_reader_flag (self, node);
      break;
    case BW_KEYWORD_PATH:
      head->path = first_string (self, node);
      break;
    case BW_KEYWORD_SHEETNAME:
      head->sheetname = first_string (self, node);
      break;
    case BW_KEYWORD_ATTR:
      read_attributes (self, node, footprint);
      break;
    case BW_KEYWORD_NET_TIE_PAD_GROUPS:
      footprint->flags |= BW_FOOTPRINT_NET_TIE;
      break;
    case BW_KEYWORD_TAGS:
      if (g_str_has_prefix (first_string (self, node), "net tie"))
        footprint->flags |= BW_FOOTPRINT_NET_TIE;
      break;
    default:
      break;
    }
}

static void
read_head (BwReader    *self,
           guint32      node,
           BwFootprint *footprint,
           Head        *head)
{
  BwSexprCursor cursor = bw_sexpr_enter (self->sexpr, node);
  guint32 end = self->sexpr->nodes[node].next;
  gboolean named = FALSE;

  while (bw_sexpr_next (&cursor) != BW_SEXPR_END)
    if (cursor.kind == BW_SEXPR_LIST)
      read_head_list (self, cursor.node, footprint, head);
    else if (!named)
      {
        footprint->library_id = bw_reader_string (self, &cursor);
        named = TRUE;
      }
    else if (bw_sexpr_is (&cursor, "locked"))
      footprint->locked = TRUE;

  /* Texts after the side is known: their places are mirrored with it. */
  for (guint32 child = node + 1; child < end; child = self->sexpr->nodes[child].next)
    if (self->sexpr->nodes[child].keyword == BW_KEYWORD_FP_TEXT ||
        self->sexpr->nodes[child].keyword == BW_KEYWORD_PROPERTY)
      read_text (self, child, footprint, head);
  if (!head->has_at)
    bw_reader_fail (self, self->sexpr->nodes[node].offset, "footprint “%s” has no position",
                    footprint->reference);
}

static void
add_edge (BwReader          *self,
          const BwFootprint *footprint,
          gboolean           closed)
{
  BwTransform transform = bw_pose_transform (&footprint->pose);
  g_autofree BwPoint *points = g_new (BwPoint, self->points->len);

  for (guint i = 0; i < self->points->len; i++)
    points[i] = bw_transform_point (&transform, g_array_index (self->points, BwPoint, i));
  bw_chain_add (self->edges, points, self->points->len, closed);
}

static void
read_graphic (BwReader          *self,
              guint32            node,
              const BwFootprint *footprint)
{
  BwShape shape;
  BwGraphic graphic;
  BwRing ring;
  guint back = 1u << BW_SIDE_BACK;
  BwSide side;

  if (!bw_reader_shape (self, node, &shape))
    return;
  for (guint i = 0; i < self->points->len; i++)
    {
      BwPoint *point = &g_array_index (self->points, BwPoint, i);

      *point = to_front (footprint, *point);
    }
  if (shape.meaning.layer == BW_LAYER_EDGE)
    add_edge (self, footprint, shape.closed);

  side = shape.meaning.sides == back ? BW_SIDE_BACK : BW_SIDE_FRONT;
  if (footprint->pose.side == BW_SIDE_BACK && shape.meaning.sides != 0)
    side = side == BW_SIDE_BACK ? BW_SIDE_FRONT : BW_SIDE_BACK;
  ring = bw_reader_keep_ring (self);
  graphic = (BwGraphic) {
    .points = ring.points,
    .n_points = ring.n_points,
    .width_nm = shape.width_nm,
    .layer = shape.meaning.layer,
    .side = (guint8) side,
    .closed = (guint8) shape.closed,
    .filled = (guint8) shape.filled,
    .inner = shape.meaning.layer == BW_LAYER_COPPER && shape.meaning.sides == 0,
    .net = -1,
  };
  g_array_append_val (self->graphics, graphic);
}

/* KiCad makes pixels and cells anew then, which takes more than to change what the file says. */
static void
note_unflippable (BwReader *self,
                  guint32   node)
{
  const BwSexprNode *nodes = self->sexpr->nodes;

  if (nodes[node].keyword == BW_KEYWORD_IMAGE || nodes[node].keyword == BW_KEYWORD_TABLE)
    bw_reader_note (self, nodes[node].offset,
                    "this %s moves with its footprint, but is left as it is when that is flipped",
                    nodes[node].keyword == BW_KEYWORD_IMAGE ? "image" : "table");
}

static void
read_parts (BwReader    *self,
            guint32      node,
            guint32      index,
            BwFootprint *footprint)
{
  const BwSexprNode *nodes = self->sexpr->nodes;
  guint32 end = nodes[node].next;
  guint32 n_pads = 0;
  BwPad *pads;

  for (guint32 child = node + 1; child < end; child = nodes[child].next)
    n_pads += nodes[child].keyword == BW_KEYWORD_PAD;
  pads = bw_arena_alloc (self->arena, n_pads * sizeof (BwPad));
  footprint->pads = pads;
  g_array_set_size (self->graphics, 0);
  g_array_set_size (self->texts, 0);

  for (guint32 child = node + 1; child < end && self->error == NULL; child = nodes[child].next)
    {
      note_unflippable (self, child);
      if (nodes[child].keyword == BW_KEYWORD_PAD)
        {
          BwPad *pad = &pads[footprint->n_pads++];

          *pad = bw_reader_pad (self, child, &footprint->pose, footprint->reference);
          footprint->through_hole |= pad->drill_nm > 0;
        }
      else if (bw_reader_is_graphic (nodes[child].keyword))
        read_graphic (self, child, footprint);
      else if (bw_reader_is_text (nodes[child].keyword))
        bw_reader_text (self, child, footprint);
      else if (nodes[child].keyword == BW_KEYWORD_ZONE)
        bw_reader_zone (self, child, (gint32) index);
      else if (nodes[child].keyword == BW_KEYWORD_UNKNOWN)
        bw_reader_note_unknown (self, child);
    }

  footprint->n_graphics = self->graphics->len;
  footprint->graphics = bw_arena_copy (self->arena, self->graphics->data,
                                       self->graphics->len * sizeof (BwGraphic));
  footprint->n_texts = self->texts->len;
  footprint->texts = bw_arena_copy (self->arena, self->texts->data,
                                    self->texts->len * sizeof (BwText));
}

static gboolean
has_net (const BwFootprint *footprint)
{
  for (guint32 i = 0; i < footprint->n_pads; i++)
    if (footprint->pads[i].net >= 0)
      return TRUE;
  return FALSE;
}

/* By its name or its reference, and connected to nothing but one net. */
static gboolean
is_mounting_hole (const BwFootprint *footprint)
{
  static const char *const prefixes[] = { "H", "MH", "MTG", "HOLE", "MOUNT" };
  const char *name = strrchr (footprint->library_id, ':');
  gsize n_letters = strspn (footprint->reference,
                            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_");
  gint32 net = -1;

  for (guint32 i = 0; i < footprint->n_pads; i++)
    {
      if (net >= 0 && footprint->pads[i].net >= 0 && footprint->pads[i].net != net)
        return FALSE;
      net = MAX (net, footprint->pads[i].net);
    }
  name = name != NULL ? name + 1 : footprint->library_id;
  if (g_ascii_strncasecmp (name, "MountingHole", strlen ("MountingHole")) == 0)
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (prefixes) && footprint->through_hole; i++)
    if (strlen (prefixes[i]) == n_letters &&
        g_ascii_strncasecmp (footprint->reference, prefixes[i], n_letters) == 0)
      return TRUE;
  return FALSE;
}

void
bw_reader_footprint (BwReader    *self,
                     guint32      node,
                     guint32      index,
                     BwFootprint *footprint)
{
  Head head = { .path = "", .sheetname = "", .address = "" };

  footprint->reference = footprint->value = footprint->library_id = "";
  footprint->courtyard_clearance_nm = footprint->edge_clearance_nm = -1;
  footprint->line = (gint32) bw_sexpr_line (self->sexpr, self->sexpr->nodes[node].offset);
  read_head (self, node, footprint, &head);
  footprint->locked |= g_hash_table_contains (self->locked, GUINT_TO_POINTER (node));
  read_parts (self, node, index, footprint);
  footprint->module = bw_reader_module (self, head.path, head.sheetname);
  g_ptr_array_add (self->addresses, (gpointer) head.address);
  bw_reader_body (self, node, footprint);

  if (footprint->locked)
    footprint->hold = BW_HOLD_LOCKED;
  else if (!has_net (footprint))
    footprint->hold = BW_HOLD_NO_NETS;
  else if ((footprint->flags & BW_FOOTPRINT_BOARD_ONLY) != 0)
    footprint->hold = BW_HOLD_BOARD_ONLY;
  else if (is_mounting_hole (footprint))
    footprint->hold = BW_HOLD_MOUNTING_HOLE;
}
