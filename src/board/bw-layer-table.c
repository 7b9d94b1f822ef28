/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "board/bw-layer-table.h"

#include <string.h>

#define BOTH_SIDES ((1u << BW_SIDE_FRONT) | (1u << BW_SIDE_BACK))
#define MAX_COPPER 64
#define LAST_VERSION_WITH_BACK_FIRST 3

/* The copper layers from front to back, as this board names them. */
struct _BwLayerTable
{
  char *copper[MAX_COPPER];
  guint n_copper;
};

static gboolean
equals (const char *name,
        gsize       length,
        const char *word)
{
  return strlen (word) == length && memcmp (name, word, length) == 0;
}

typedef enum
{
  NUMBERS_BACK_FIRST, /* KiCad 3: 0 is the back, 15 the front */
  NUMBERS_BACK_31,
  NUMBERS_EVEN,       /* KiCad 9: 0 front, 2 back, then 4, 6, … */
} Numbering;

/* Where a layer of this number lies among the copper ones, front first; -1: it is none. */
static int
copper_order (gint64    number,
              Numbering numbering)
{
  if (numbering == NUMBERS_BACK_FIRST)
    return number >= 0 && number <= 15 ? (int) (15 - number) : -1;
  if (numbering == NUMBERS_BACK_31)
    return number >= 0 && number <= 31 ? (int) number : -1;
  if (number < 0 || number % 2 != 0 || number / 2 >= MAX_COPPER)
    return -1;
  if (number == 0)
    return 0;
  return number == 2 ? MAX_COPPER - 1 : (int) (number / 2 - 1);
}

static gboolean
read_layer (const BwSexpr *sexpr,
            guint32        node,
            gint64        *number_out,
            char         **name_out)
{
  /* The list's first atom is the number itself: step back to it. */
  BwSexprCursor cursor = bw_sexpr_enter (sexpr, node);
  gint64 micro;

  cursor.position = sexpr->nodes[node].offset + 1;
  if (bw_sexpr_next (&cursor) != BW_SEXPR_ATOM ||
      !bw_sexpr_parse_micro (sexpr->text + cursor.offset, cursor.length, &micro))
    return FALSE;
  *number_out = micro / 1000000;
  if (bw_sexpr_next (&cursor) != BW_SEXPR_ATOM && cursor.kind != BW_SEXPR_STRING)
    return FALSE;
  *name_out = g_strndup (sexpr->text + cursor.offset, cursor.length);
  return TRUE;
}

/* Told by the table itself: since copper got even numbers, its names are fixed. */
static Numbering
find_numbering (const BwSexpr *sexpr,
                guint32        layers,
                gint32         version)
{
  guint32 end = layers != 0 ? sexpr->nodes[layers].next : 0;

  if (version <= LAST_VERSION_WITH_BACK_FIRST)
    return NUMBERS_BACK_FIRST;
  for (guint32 child = layers + 1; child < end; child = sexpr->nodes[child].next)
    {
      g_autofree char *name = NULL;
      gint64 number;

      if (read_layer (sexpr, child, &number, &name) && number == 2 && g_str_equal (name, "B.Cu"))
        return NUMBERS_EVEN;
    }
  return NUMBERS_BACK_31;
}

BwLayerTable *
bw_layer_table_new (const BwSexpr *sexpr,
                    guint32        layers,
                    gint32         version)
{
  BwLayerTable *self = g_new0 (BwLayerTable, 1);
  char *by_order[MAX_COPPER] = { NULL };
  Numbering numbering = find_numbering (sexpr, layers, version);
  guint32 end = layers != 0 ? sexpr->nodes[layers].next : 0;

  for (guint32 child = layers + 1; child < end; child = sexpr->nodes[child].next)
    {
      g_autofree char *name = NULL;
      gint64 number;
      int order;

      if (!read_layer (sexpr, child, &number, &name))
        continue;
      order = copper_order (number, numbering);
      if (order >= 0 && by_order[order] == NULL)
        by_order[order] = g_steal_pointer (&name);
    }

  for (guint i = 0; i < MAX_COPPER; i++)
    if (by_order[i] != NULL)
      self->copper[self->n_copper++] = by_order[i];
  return self;
}

void
bw_layer_table_free (BwLayerTable *self)
{
  for (guint i = 0; i < self->n_copper; i++)
    g_free (self->copper[i]);
  g_free (self);
}

static int
find_copper (const BwLayerTable *self,
             const char         *name,
             gsize               length)
{
  for (guint i = 0; i < self->n_copper; i++)
    if (equals (name, length, self->copper[i]))
      return (int) i;
  return -1;
}

static guint8
technical_layer (const char *name,
                 gsize       length)
{
  if (equals (name, length, "SilkS") || equals (name, length, "Silkscreen"))
    return BW_LAYER_SILK;
  if (equals (name, length, "Fab"))
    return BW_LAYER_FAB;
  if (equals (name, length, "CrtYd") || equals (name, length, "Courtyard"))
    return BW_LAYER_COURTYARD;
  if (equals (name, length, "Cu"))
    return BW_LAYER_COPPER;
  return BW_LAYER_OTHER;
}

BwLayerMeaning
bw_layer_table_find (const BwLayerTable *self,
                     const char         *name,
                     gsize               length)
{
  int copper;

  if (length > 2 && name[1] == '.')
    {
      guint8 layer = technical_layer (name + 2, length - 2);

      if (layer != BW_LAYER_OTHER && name[0] == 'F')
        return (BwLayerMeaning) { layer, 1u << BW_SIDE_FRONT };
      if (layer != BW_LAYER_OTHER && name[0] == 'B')
        return (BwLayerMeaning) { layer, 1u << BW_SIDE_BACK };
      if (layer != BW_LAYER_OTHER && name[0] == '*')
        return (BwLayerMeaning) { layer, BOTH_SIDES };
    }
  if (equals (name, length, "Edge.Cuts"))
    return (BwLayerMeaning) { BW_LAYER_EDGE, 0 };
  if (equals (name, length, "F&B.Cu"))
    return (BwLayerMeaning) { BW_LAYER_COPPER, BOTH_SIDES };

  copper = find_copper (self, name, length);
  if (copper == 0)
    return (BwLayerMeaning) { BW_LAYER_COPPER, 1u << BW_SIDE_FRONT };
  if (copper > 0)
    return (BwLayerMeaning) { BW_LAYER_COPPER,
                              (guint) copper + 1 == self->n_copper ? 1u << BW_SIDE_BACK : 0 };
  if (length > 2 && name[1] == '.' && (name[0] == 'F' || name[0] == 'B'))
    return (BwLayerMeaning) { BW_LAYER_OTHER,
                              1u << (name[0] == 'F' ? BW_SIDE_FRONT : BW_SIDE_BACK) };
  if (length > 3 && memcmp (name + length - 3, ".Cu", 3) == 0)
    return (BwLayerMeaning) { BW_LAYER_COPPER, 0 };
  return (BwLayerMeaning) { BW_LAYER_OTHER, 0 };
}

const char *
bw_layer_table_flip (const BwLayerTable *self,
                     const char         *name,
                     gsize               length,
                     char                buffer[64])
{
  int copper;

  if (length > 2 && length < 64 && name[1] == '.' && (name[0] == 'F' || name[0] == 'B') &&
      find_copper (self, name, length) < 0)
    {
      memcpy (buffer, name, length);
      buffer[0] = name[0] == 'F' ? 'B' : 'F';
      buffer[length] = '\0';
      return buffer;
    }
  copper = find_copper (self, name, length);
  if (copper < 0 || self->n_copper < 2 || self->n_copper == 2 * (guint) copper + 1)
    return NULL;
  return self->copper[self->n_copper - 1 - (guint) copper];
}
