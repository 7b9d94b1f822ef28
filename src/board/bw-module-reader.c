/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "board/bw-footprint-reader.h"

#include <string.h>

#include "board/bw-seeded-hash.h"

/* How far down an address names modules; bounds the work on one that is all dots. */
#define MAX_ADDRESS_DEPTH 16

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

/* The path of a part on no sheet has its own id alone, or, from atopile, the same id twice. */
static char *
sheet_of_path (const char *path)
{
  char *above = without_last (path, '/');
  gsize length = strlen (above);

  if (g_str_equal (last_part (above, '/'), path + length + (path[length] == '/')))
    above[0] = '\0';
  return above;
}

gint32
bw_reader_module (BwReader   *self,
                  const char *path,
                  const char *sheetname)
{
  g_autofree char *sheet = name_of_sheet (sheetname);
  g_autofree char *above = sheet_of_path (path);

  if (above[0] != '\0')
    return find_or_add (self, g_strconcat ("path ", above, NULL), sheet);
  if (path[0] == '\0' && sheet[0] != '\0' && !g_str_equal (sheet, "Root"))
    return find_or_add (self, g_strconcat ("sheet ", sheetname, NULL), sheet);
  return -1;
}

/* The lengths of the modules that an address lies in, outermost first. */
static guint
find_ancestors (const char *address,
                gsize       lengths[MAX_ADDRESS_DEPTH])
{
  guint n = 0;

  for (const char *dot = strchr (address, '.'); dot != NULL && n < MAX_ADDRESS_DEPTH;
       dot = strchr (dot + 1, '.'))
    lengths[n++] = (gsize) (dot - address);
  return n;
}

void
bw_reader_modules_of_addresses (BwReader    *self,
                                BwFootprint *footprints)
{
  g_autoptr (GHashTable) counts =
    g_hash_table_new_full (bw_seeded_hash_string, g_str_equal, g_free, NULL);
  gsize lengths[MAX_ADDRESS_DEPTH];

  for (guint i = 0; i < self->addresses->len; i++)
    {
      const char *address = g_ptr_array_index (self->addresses, i);

      for (guint k = find_ancestors (address, lengths); k-- > 0;)
        {
          char *module = g_strndup (address, lengths[k]);
          gsize count = GPOINTER_TO_SIZE (g_hash_table_lookup (counts, module));

          g_hash_table_insert (counts, module, GSIZE_TO_POINTER (count + 1));
        }
    }
  for (guint i = 0; i < self->addresses->len; i++)
    {
      const char *address = g_ptr_array_index (self->addresses, i);

      for (guint k = find_ancestors (address, lengths); k-- > 0;)
        {
          g_autofree char *module = g_strndup (address, lengths[k]);

          if (GPOINTER_TO_SIZE (g_hash_table_lookup (counts, module)) < 2)
            continue;
          footprints[i].module = find_or_add (self, g_strconcat ("atopile ", module, NULL), module);
          break;
        }
    }
}
