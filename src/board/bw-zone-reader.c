/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Zones: copper with what fills it, keepouts, and areas that hold certain parts. */

#include "board/bw-zone-reader.h"

#include <string.h>

#include "board/bw-copper.h"
#include "board/bw-graphic-reader.h"
#include "board/bw-group-reader.h"
#include "board/bw-pad-reader.h"
#include "board/bw-seeded-hash.h"

/* Looking a group up takes time in proportion to the file. */
#define MAX_GROUPS_OF_AREAS 100
#define MAX_SHEET_LEVELS 32
#define FIRST_VERSION_WITH_CHILDREN 20250300 /* of KiCad 10 */

/* The sides of the layers in a zone's own list, or in that of one of its fills. */
static guint8
read_sides (BwReader *self,
            guint32   node,
            guint8    otherwise)
{
  guint32 list = bw_sexpr_find (self->sexpr, node, BW_KEYWORD_LAYERS);
  BwSexprCursor cursor;
  guint8 sides = 0;

  if (list == 0)
    list = bw_sexpr_find (self->sexpr, node, BW_KEYWORD_LAYER);
  if (list == 0)
    return otherwise;
  for (cursor = bw_sexpr_enter (self->sexpr, list); bw_sexpr_next (&cursor) != BW_SEXPR_END;)
    if (cursor.kind != BW_SEXPR_LIST)
      sides |= bw_layer_table_find (self->layers, self->sexpr->text + cursor.offset,
                                    cursor.length).sides;
  return sides;
}

/* The polygon in a (polygon) or (filled_polygon) list. FALSE: it has no three points. */
static gboolean
read_ring (BwReader *self,
           guint32   node,
           BwRing   *ring_out)
{
  guint32 pts = bw_sexpr_find (self->sexpr, node, BW_KEYWORD_PTS);

  g_array_set_size (self->points, 0);
  if (pts != 0)
    bw_reader_polygon_points (self, pts);
  if (self->points->len < 3 || self->error != NULL)
    return FALSE;
  *ring_out = bw_reader_keep_ring (self);
  return TRUE;
}

static const char *
string_in (BwReader *self,
           guint32   node,
           BwKeyword keyword)
{
  guint32 list = bw_sexpr_find (self->sexpr, node, keyword);
  BwSexprCursor cursor;

  if (list == 0)
    return "";
  cursor = bw_sexpr_enter (self->sexpr, list);
  if (bw_sexpr_next (&cursor) != BW_SEXPR_ATOM && cursor.kind != BW_SEXPR_STRING)
    return "";
  return bw_reader_string (self, &cursor);
}

/* What a (keepout) list does not allow; a word that it lacks is allowed. */
static guint8
read_bars (BwReader *self,
           guint32   rules)
{
  static const struct { BwKeyword keyword; BwBars bars; } kinds[] = {
    { BW_KEYWORD_TRACKS, BW_BARS_TRACKS }, { BW_KEYWORD_VIAS, BW_BARS_VIAS },
    { BW_KEYWORD_PADS, BW_BARS_PADS }, { BW_KEYWORD_COPPERPOUR, BW_BARS_COPPER },
    { BW_KEYWORD_FOOTPRINTS, BW_BARS_FOOTPRINTS },
  };
  guint8 bars = 0;

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      guint32 list = bw_sexpr_find (self->sexpr, rules, kinds[i].keyword);
      BwSexprCursor cursor;

      if (list == 0)
        continue;
      cursor = bw_sexpr_enter (self->sexpr, list);
      bw_sexpr_next (&cursor);
      if (bw_sexpr_is (&cursor, "not_allowed"))
        bars |= (guint8) kinds[i].bars;
    }
  return bars;
}

static void
read_keepout (BwReader *self,
              guint32   node,
              guint32   rules,
              gint32    footprint)
{
  const BwSexprNode *nodes = self->sexpr->nodes;
  BwRuleArea area = {
    .name = string_in (self, node, BW_KEYWORD_NAME),
    .sides = read_sides (self, node, 0),
    .bars = read_bars (self, rules),
    .footprint = footprint,
  };

  for (guint32 child = node + 1; child < nodes[node].next && area.bars != 0;
       child = nodes[child].next)
    if (nodes[child].keyword == BW_KEYWORD_POLYGON && read_ring (self, child, &area.ring))
      {
        BwKeepout keepout = { area.ring, area.sides, footprint };

        g_array_append_val (self->rule_areas, area);
        if ((area.bars & BW_BARS_FOOTPRINTS) != 0 && area.sides != 0)
          g_array_append_val (self->keepouts, keepout);
      }
}

static void
read_area (BwReader *self,
           guint32   node,
           guint32   placement)
{
  const BwSexprNode *nodes = self->sexpr->nodes;
  guint32 enabled = bw_sexpr_find (self->sexpr, placement, BW_KEYWORD_ENABLED);
  BwArea area = { .sides = read_sides (self, node, 0) };

  if (enabled == 0 || !bw_reader_flag (self, enabled) || area.sides == 0)
    return;
  area.source = string_in (self, placement, BW_KEYWORD_SHEETNAME);
  if (area.source[0] == '\0')
    {
      area.source = string_in (self, placement, BW_KEYWORD_COMPONENT_CLASS);
      area.by_class = area.source[0] != '\0';
    }
  if (area.source[0] == '\0')
    {
      area.source = string_in (self, placement, BW_KEYWORD_GROUP);
      area.by_group = area.source[0] != '\0';
    }
  if (area.source[0] == '\0')
    {
      bw_reader_note (self, nodes[placement].offset,
                      "an area that holds neither a sheet's parts nor a component class nor a "
                      "group is not followed");
      return;
    }
  area.name = string_in (self, node, BW_KEYWORD_NAME);
  for (guint32 child = node + 1; child < nodes[node].next; child = nodes[child].next)
    if (nodes[child].keyword == BW_KEYWORD_POLYGON && read_ring (self, child, &area.ring))
      g_array_append_val (self->areas, area);
}

static void
read_copper (BwReader *self,
             guint32   node,
             gint32    footprint)
{
  const BwSexprNode *nodes = self->sexpr->nodes;
  g_autoptr (GArray) outlines = g_array_new (FALSE, FALSE, sizeof (BwRing));
  g_autoptr (GArray) fills = g_array_new (FALSE, FALSE, sizeof (BwZoneFill));
  guint32 net = bw_sexpr_find (self->sexpr, node, BW_KEYWORD_NET);
  BwZone zone = {
    .net = -1,
    .footprint = footprint,
    .sides = read_sides (self, node, 0),
    .teardrop = bw_copper_is_teardrop (self->sexpr, node),
  };
  BwZoneFill fill;
  BwRing ring;

  for (guint32 child = node + 1; child < nodes[node].next; child = nodes[child].next)
    if (nodes[child].keyword == BW_KEYWORD_POLYGON)
      {
        if (read_ring (self, child, &ring))
          g_array_append_val (outlines, ring);
      }
    else if (nodes[child].keyword == BW_KEYWORD_FILLED_POLYGON)
      {
        fill.sides = read_sides (self, child, zone.sides);
        if (fill.sides != 0 && read_ring (self, child, &fill.ring))
          g_array_append_val (fills, fill);
      }
  if (outlines->len == 0)
    return;
  if (net != 0)
    zone.net = bw_reader_net (self, net);
  zone.n_outlines = outlines->len;
  zone.outlines = bw_arena_copy (self->arena, outlines->data, outlines->len * sizeof (BwRing));
  zone.n_fills = fills->len;
  zone.fills = bw_arena_copy (self->arena, fills->data, fills->len * sizeof (BwZoneFill));
  g_array_append_val (self->zones, zone);
}

static void
keep_named_zone (BwReader *self,
                 guint32   node)
{
  const BwSexprNode *nodes = self->sexpr->nodes;
  BwNamedZone zone = {
    .name = string_in (self, node, BW_KEYWORD_NAME),
    .sides = read_sides (self, node, 0),
  };

  for (guint32 child = node + 1; child < nodes[node].next && zone.name[0] != '\0';
       child = nodes[child].next)
    if (nodes[child].keyword == BW_KEYWORD_POLYGON && read_ring (self, child, &zone.ring))
      g_array_append_val (self->named_zones, zone);
}

void
bw_reader_zone (BwReader *self,
                guint32   node,
                gint32    footprint)
{
  guint32 rules = bw_sexpr_find (self->sexpr, node, BW_KEYWORD_KEEPOUT);
  guint32 placement = bw_sexpr_find (self->sexpr, node, BW_KEYWORD_PLACEMENT);

  if (self->rules != NULL && footprint < 0)
    keep_named_zone (self, node);
  if (placement != 0 && footprint < 0)
    read_area (self, node, placement);
  if (rules != 0)
    read_keepout (self, node, rules, footprint);
  else
    read_copper (self, node, footprint);
}

/* The footprints of one sheet, class or group, in file order. */
typedef struct
{
  GArray *list;
  const guint32 *kept; /* in the arena, once an area needs them; all its areas share them */
} Members;

static void
members_free (Members *self)
{
  g_array_unref (self->list);
  g_free (self);
}

static Members *
members_new (void)
{
  Members *self = g_new0 (Members, 1);

  self->list = g_array_new (FALSE, FALSE, sizeof (guint32));
  return self;
}

static GHashTable *
new_members (void)
{
  return g_hash_table_new_full (bw_seeded_hash_string, g_str_equal, g_free,
                                (GDestroyNotify) members_free);
}

/* Where an area asks for this source. */
static void
add_member (GHashTable *table,
            const char *source,
            guint32     footprint)
{
  Members *members = g_hash_table_lookup (table, source);

  if (members != NULL &&
      (members->list->len == 0 ||
       g_array_index (members->list, guint32, members->list->len - 1) != footprint))
    g_array_append_val (members->list, footprint);
}

static void
add_classes (BwReader   *self,
             guint32     node,
             guint32     footprint,
             GHashTable *table)
{
  const BwSexprNode *nodes = self->sexpr->nodes;
  guint32 list = bw_sexpr_find (self->sexpr, node, BW_KEYWORD_COMPONENT_CLASSES);

  if (list == 0)
    return;
  for (guint32 child = list + 1; child < nodes[list].next; child = nodes[child].next)
    {
      BwSexprCursor cursor = bw_sexpr_enter (self->sexpr, child);

      if (bw_sexpr_next (&cursor) == BW_SEXPR_STRING || cursor.kind == BW_SEXPR_ATOM)
        add_member (table, bw_reader_string (self, &cursor), footprint);
    }
}

static void
add_group (BwReader   *self,
           GHashTable *table,
           const char *name)
{
  g_autofree guint8 *flags = NULL;

  if (g_hash_table_contains (table, name) || g_hash_table_size (table) == MAX_GROUPS_OF_AREAS)
    return;
  g_hash_table_insert (table, g_strdup (name), members_new ());
  flags = bw_reader_group_members (self, name, NULL);
  for (guint32 i = 0; i < self->board->board.n_footprints; i++)
    if (flags[i])
      add_member (table, name, i);
}

/* What tells an area's members apart from those of others. */
static char *
dup_source (const BwArea *area)
{
  char *source = g_strdup (area->source);

  if (!area->by_class && !area->by_group)
    bw_reader_trim_sheet (source);
  return source;
}

static GHashTable *
table_of (const BwArea *area,
          GHashTable   *of_sheet,
          GHashTable   *of_class,
          GHashTable   *of_group)
{
  return area->by_class ? of_class : area->by_group ? of_group : of_sheet;
}

/* To its sheet, if that has an area; since KiCad 10 also to those around it. */
static void
add_to_sheets (BwReader   *self,
               GHashTable *of_sheet,
               guint32     node,
               guint32     footprint)
{
  gboolean children = self->board->board.version >= FIRST_VERSION_WITH_CHILDREN;
  g_autofree char *sheet = g_strdup (string_in (self, node, BW_KEYWORD_SHEETNAME));

  bw_reader_trim_sheet (sheet);
  for (guint level = 0; level < MAX_SHEET_LEVELS; level++)
    {
      char *slash = strrchr (sheet, '/');

      add_member (of_sheet, sheet, footprint);
      if (!children || slash == NULL)
        break;
      *slash = '\0';
    }
}

void
bw_reader_areas (BwReader *self)
{
  const BwSexprNode *nodes = self->sexpr->nodes;
  BwBoard *board = &self->board->board;
  g_autoptr (GHashTable) of_sheet = new_members ();
  g_autoptr (GHashTable) of_class = new_members ();
  g_autoptr (GHashTable) of_group = new_members ();
  guint32 footprint = 0;

  for (guint i = 0; i < self->areas->len; i++)
    {
      const BwArea *area = &g_array_index (self->areas, BwArea, i);

      if (area->by_group)
        add_group (self, of_group, area->source);
      else
        g_hash_table_insert (table_of (area, of_sheet, of_class, of_group), dup_source (area),
                             members_new ());
    }
  if (g_hash_table_size (of_sheet) + g_hash_table_size (of_class) > 0)
    for (guint32 child = 1; child < nodes[0].next; child = nodes[child].next)
      if (nodes[child].keyword == BW_KEYWORD_FOOTPRINT ||
          nodes[child].keyword == BW_KEYWORD_MODULE)
        {
          add_to_sheets (self, of_sheet, child, footprint);
          add_classes (self, child, footprint++, of_class);
        }
  for (guint i = 0; i < self->areas->len; i++)
    {
      BwArea *area = &g_array_index (self->areas, BwArea, i);
      g_autofree char *source = dup_source (area);
      Members *members = g_hash_table_lookup (table_of (area, of_sheet, of_class, of_group),
                                              source);

      if (members == NULL || members->list->len == 0)
        continue;
      if (members->kept == NULL)
        members->kept = bw_arena_copy (self->arena, members->list->data,
                                       members->list->len * sizeof (guint32));
      area->footprints = members->kept;
      area->n_footprints = members->list->len;
    }
  board->n_areas = self->areas->len;
  board->areas = bw_arena_copy (self->arena, self->areas->data,
                                self->areas->len * sizeof (BwArea));
}
