/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "board/bw-footprint-reader.h"

#include <string.h>

static char *
without_last (const char *path,
              char        separator)
{
  const char *last = strrchr (path, separator);

  return g_strndup (path, last != NULL ? (gsize) (last - path) : 0);
}

static const char *
last_part (const char *path,
           char        separator)
{
  const char *last = strrchr (path, separator);

  return last != NULL ? last + 1 : path;
}

/* "/Power/Buck/" is shown as "Buck". */
static char *
name_of_sheet (const char *sheetname)
{
  g_autofree char *trimmed = g_strdup (sheetname);
  gsize length = strlen (trimmed);

  while (length > 0 && trimmed[length - 1] == '/')
    trimmed[--length] = '\0';
  return g_strdup (last_part (trimmed, '/'));
}

static gint32
find_or_add (BwReader   *self,
             char       *identity,
             const char *name)
{
  g_autofree char *owned = identity;
  gpointer found = g_hash_table_lookup (self->modules, owned);
  char *shown;

  if (found != NULL)
    return GPOINTER_TO_INT (found) - 1;
  shown = name[0] != '\0' ? g_strdup (name)
                          : g_strdup_printf ("Sheet %u", self->module_names->len + 1);
  g_ptr_array_add (self->module_names, bw_arena_string (self->arena, shown, strlen (shown)));
  g_free (shown);
  g_hash_table_insert (self->modules, g_steal_pointer (&owned),
                       GUINT_TO_POINTER (self->module_names->len));
  return (gint32) self->module_names->len - 1;
}

gint32
bw_reader_module (BwReader   *self,
                  const char *path,
                  const char *sheetname,
                  const char *address)
{
  g_autofree char *sheet = name_of_sheet (sheetname);
  g_autofree char *parent = without_last (address, '.');
  g_autofree char *above = NULL;

  if (parent[0] != '\0')
    return find_or_add (self, g_strconcat ("atopile ", parent, NULL), last_part (parent, '.'));

  above = without_last (path, '/');
  if (above[0] != '\0')
    return find_or_add (self, g_strconcat ("path ", above, NULL), sheet);
  if (path[0] == '\0' && sheet[0] != '\0' && !g_str_equal (sheet, "Root"))
    return find_or_add (self, g_strconcat ("sheet ", sheetname, NULL), sheet);
  return -1;
}
