/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "board/bw-module-edits.h"

#include <string.h>

#include "board/bw-json.h"
#include "board/bw-seeded-hash.h"

#define SUFFIX ".boardwalk.json"
#define MAX_KEY_SHOWN 40

typedef struct
{
  BwReader *reader;
  BwBoard *board;
  GArray *modules;     /* BwModule */
  GHashTable *by_name; /* name → index + 1 */
} Edits;

static gint32
find_or_add (Edits      *self,
             const char *name)
{
  gpointer found = g_hash_table_lookup (self->by_name, name);
  BwModule module = { 0 };

  if (name[0] == '\0')
    return -1;
  if (found == NULL)
    {
      module.name = bw_arena_string (self->reader->arena, name, strlen (name));
      g_array_append_val (self->modules, module);
      found = GUINT_TO_POINTER (self->modules->len);
      g_hash_table_insert (self->by_name, (gpointer) module.name, found);
    }
  return (gint32) (GPOINTER_TO_UINT (found) - 1);
}

static void
apply (Edits        *self,
       const BwJson *json,
       guint32       member)
{
  g_autofree char *key = bw_json_dup (json, member);
  g_autofree char *module = bw_json_dup (json, member + 1);
  gint32 index = bw_board_find (self->board, key);

  if (index < 0 || module == NULL)
    {
      g_autofree char *name = bw_reader_name_beside (self->reader, SUFFIX);

      bw_reader_note_text (self->reader,
                           g_strdup_printf (module == NULL
                                              ? "%s: the module of “%s” is not a name"
                                              : "%s: modules are told of a part “%s” that is not "
                                                "on the board", name, key));
      return;
    }
  ((BwFootprint *) self->board->footprints)[index].module = find_or_add (self, module);
}

/* Keys of the whole: what is wrong with the others' values tells who reads them. */
static void
note_unknown (BwReader     *self,
              const BwJson *json)
{
  static const char *const known[] = { "version", "rules", "tidy", "nets",
                                       BW_SETTINGS_MODULES, BW_SETTINGS_COLORS, NULL };

  if (bw_json_token (json, 0)->kind != BW_JSON_OBJECT)
    return;
  for (guint32 member = 1; member < bw_json_token (json, 0)->next;
       member = bw_json_token (json, member + 1)->next)
    {
      g_autofree char *key = bw_json_dup (json, member);
      g_autofree char *shown = NULL;

      if (g_strv_contains (known, key))
        continue;
      shown = g_utf8_substring (key, 0, MIN (g_utf8_strlen (key, -1), MAX_KEY_SHOWN));
      bw_reader_note_beside (self, SUFFIX, json->text, bw_json_token (json, member)->offset,
                             "“%s” is not understood and left as it is", shown);
    }
}

/* 0: there is no such member, or what it is is noted. */
static guint32
find_object (BwReader     *self,
             const BwJson *json,
             const char   *key)
{
  guint32 object = bw_json_find (json, 0, key);

  if (object == 0 || bw_json_token (json, object)->kind == BW_JSON_OBJECT)
    return object;
  bw_reader_note_beside (self, SUFFIX, json->text, bw_json_token (json, object)->offset,
                         "“%s” is not an object, and is left out", key);
  return 0;
}

static void
read_modules (BwReader     *self,
              const BwJson *json,
              guint32       object)
{
  BwBoard *board = &self->board->board;
  g_autoptr (GArray) modules = g_array_new (FALSE, FALSE, sizeof (BwModule));
  g_autoptr (GHashTable) by_name = g_hash_table_new (bw_seeded_hash_string, g_str_equal);
  Edits edits = { self, board, modules, by_name };

  g_array_append_vals (modules, board->modules, board->n_modules);
  /* Of two modules of one name the first: the sheets' names need not differ. */
  for (guint32 i = board->n_modules; i-- > 0;)
    g_hash_table_insert (by_name, (gpointer) board->modules[i].name, GUINT_TO_POINTER (i + 1));
  for (guint32 member = object + 1; member < bw_json_token (json, object)->next;
       member = bw_json_token (json, member + 1)->next)
    apply (&edits, json, member);
  board->n_modules = modules->len;
  board->modules = bw_arena_copy (self->arena, modules->data, modules->len * sizeof (BwModule));
}

/* Those of modules that the board has not, or not any more, wait. */
static void
read_colors (BwReader     *self,
             const BwJson *json,
             guint32       object)
{
  BwBoard *board = &self->board->board;
  g_autoptr (GHashTable) by_name = g_hash_table_new_full (bw_seeded_hash_string, g_str_equal,
                                                          g_free, NULL);

  for (guint32 member = object + 1; member < bw_json_token (json, object)->next;
       member = bw_json_token (json, member + 1)->next)
    {
      g_autofree char *text = bw_json_dup (json, member + 1);
      guint32 color = text != NULL ? bw_module_color_parse (text) : 0;

      if (color != 0)
        g_hash_table_insert (by_name, bw_json_dup (json, member), GUINT_TO_POINTER (color));
      else
        bw_reader_note_beside (self, SUFFIX, json->text, bw_json_token (json, member)->offset,
                               "a module's colour is not one of the form “#rrggbb”");
    }
  for (guint32 i = 0; i < board->n_modules; i++)
    bw_board_set_module_color (board, i, GPOINTER_TO_UINT (
      g_hash_table_lookup (by_name, board->modules[i].name)));
}

void
bw_reader_module_edits (BwReader *self,
                        GBytes   *settings)
{
  gsize length;
  const char *text = g_bytes_get_data (settings, &length);
  guint line = 1;
  g_autoptr (BwJson) json = bw_json_new (length > 0 ? text : "", length, &line);
  guint32 object;

  if (json == NULL)
    return;
  note_unknown (self, json);
  object = find_object (self, json, BW_SETTINGS_MODULES);
  if (object != 0)
    read_modules (self, json, object);
  object = find_object (self, json, BW_SETTINGS_COLORS);
  if (object != 0)
    read_colors (self, json, object);
}

guint32
bw_module_color_parse (const char *text)
{
  guint32 color = 0;

  if (strlen (text) != 7 || text[0] != '#')
    return 0;
  for (int i = 1; i < 7; i++)
    {
      if (!g_ascii_isxdigit (text[i]))
        return 0;
      color = color << 4 | (guint32) g_ascii_xdigit_value (text[i]);
    }
  return color | BW_COLOR_CHOSEN;
}

char *
bw_module_color_print (guint32 color)
{
  return g_strdup_printf ("#%06x", color & 0xffffff);
}
