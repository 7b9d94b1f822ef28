/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "board/bw-group-reader.h"

#include "board/bw-seeded-hash.h"
#include "board/bw-wildcard.h"

/* An id as it stands in the file: uuids and timestamps have nothing to unescape. */
static char *
dup_id (const BwReader      *self,
        const BwSexprCursor *cursor)
{
  return g_strndup (self->sexpr->text + cursor->offset, cursor->length);
}

static gboolean
is_locked (const BwReader *self,
           guint32         group)
{
  BwSexprCursor cursor = bw_sexpr_enter (self->sexpr, group);

  while (bw_sexpr_next (&cursor) != BW_SEXPR_END)
    if (cursor.kind == BW_SEXPR_LIST)
      {
        if (self->sexpr->nodes[cursor.node].keyword == BW_KEYWORD_LOCKED)
          return bw_reader_flag (self, cursor.node);
      }
    else if (cursor.kind == BW_SEXPR_ATOM && bw_sexpr_is (&cursor, "locked"))
      return TRUE;
  return FALSE;
}

/* id of each footprint and group → index of its list */
static GHashTable *
index_ids (const BwReader *self)
{
  const BwSexprNode *nodes = self->sexpr->nodes;
  GHashTable *ids = g_hash_table_new_full (bw_seeded_hash_string, g_str_equal, g_free, NULL);

  for (guint32 child = 1; child < nodes[0].next; child = nodes[child].next)
    {
      guint32 keyword = nodes[child].keyword;

      if (keyword != BW_KEYWORD_FOOTPRINT && keyword != BW_KEYWORD_MODULE &&
          keyword != BW_KEYWORD_GROUP)
        continue;
      for (guint32 list = child + 1; list < nodes[child].next; list = nodes[list].next)
        if (nodes[list].keyword == BW_KEYWORD_UUID || nodes[list].keyword == BW_KEYWORD_TSTAMP ||
            nodes[list].keyword == BW_KEYWORD_ID)
          {
            BwSexprCursor cursor = bw_sexpr_enter (self->sexpr, list);

            if (bw_sexpr_next (&cursor) == BW_SEXPR_ATOM || cursor.kind == BW_SEXPR_STRING)
              g_hash_table_insert (ids, dup_id (self, &cursor), GUINT_TO_POINTER (child));
          }
    }
  return ids;
}

/* Each list is taken from `ids` when it is met, so that groups in a circle come to an end. */
static void
collect_members (BwReader   *self,
                 guint32     group,
                 GHashTable *ids,
                 GHashTable *found,
                 GArray     *groups)
{
  guint32 members = bw_sexpr_find (self->sexpr, group, BW_KEYWORD_MEMBERS);
  BwSexprCursor cursor;

  if (members == 0)
    return;
  cursor = bw_sexpr_enter (self->sexpr, members);
  while (bw_sexpr_next (&cursor) != BW_SEXPR_END)
    {
      g_autofree char *id = NULL;
      guint32 node;

      if (cursor.kind == BW_SEXPR_LIST)
        continue;
      id = dup_id (self, &cursor);
      node = GPOINTER_TO_UINT (g_hash_table_lookup (ids, id));
      if (node == 0)
        continue;
      g_hash_table_remove (ids, id);
      if (self->sexpr->nodes[node].keyword == BW_KEYWORD_GROUP)
        g_array_append_val (groups, node);
      else
        g_hash_table_add (found, GUINT_TO_POINTER (node));
    }
}

GHashTable *
bw_reader_locked_by_group (BwReader *self)
{
  const BwSexprNode *nodes = self->sexpr->nodes;
  g_autoptr (GArray) groups = g_array_new (FALSE, FALSE, sizeof (guint32));
  GHashTable *locked = g_hash_table_new (bw_seeded_hash_direct, g_direct_equal);
  g_autoptr (GHashTable) ids = NULL;

  for (guint32 child = 1; child < nodes[0].next; child = nodes[child].next)
    if (nodes[child].keyword == BW_KEYWORD_GROUP && is_locked (self, child))
      g_array_append_val (groups, child);
  if (groups->len == 0)
    return locked;

  ids = index_ids (self);
  for (guint i = 0; i < groups->len; i++)
    collect_members (self, g_array_index (groups, guint32, i), ids, locked, groups);
  return locked;
}

static gboolean
is_called (BwReader   *self,
           guint32     group,
           const char *pattern,
           gint64     *work_left)
{
  BwSexprCursor cursor = bw_sexpr_enter (self->sexpr, group);
  g_autofree char *name = NULL;

  if (bw_sexpr_next (&cursor) != BW_SEXPR_STRING && cursor.kind != BW_SEXPR_ATOM)
    return FALSE;
  if (work_left == NULL)
    return bw_sexpr_is (&cursor, pattern);
  name = dup_id (self, &cursor);
  return bw_wildcard_match_folded (pattern, name, work_left);
}

guint8 *
bw_reader_group_members (BwReader   *self,
                         const char *pattern,
                         gint64     *work_left)
{
  const BwSexprNode *nodes = self->sexpr->nodes;
  guint8 *flags = g_new0 (guint8, (gsize) self->board->board.n_footprints + 1);
  g_autoptr (GArray) groups = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_autoptr (GHashTable) members = g_hash_table_new (bw_seeded_hash_direct, g_direct_equal);
  g_autoptr (GHashTable) ids = NULL;
  guint32 footprint = 0;

  for (guint32 child = 1; child < nodes[0].next; child = nodes[child].next)
    if (nodes[child].keyword == BW_KEYWORD_GROUP && is_called (self, child, pattern, work_left))
      g_array_append_val (groups, child);
  if (groups->len == 0)
    return flags;

  ids = index_ids (self);
  for (guint i = 0; i < groups->len; i++)
    collect_members (self, g_array_index (groups, guint32, i), ids, members, groups);
  for (guint32 child = 1; child < nodes[0].next; child = nodes[child].next)
    if (nodes[child].keyword == BW_KEYWORD_FOOTPRINT || nodes[child].keyword == BW_KEYWORD_MODULE)
      flags[footprint++] = g_hash_table_contains (members, GUINT_TO_POINTER (child));
  return flags;
}
