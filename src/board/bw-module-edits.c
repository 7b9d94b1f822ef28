/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "board/bw-module-edits.h"

#include <string.h>

#include "board/bw-json.h"
#include "board/bw-seeded-hash.h"

#define SUFFIX ".boardwalk.json"
#define KEY "modules"
#define MAX_KEY_SHOWN 40
#define EMPTY "{\n  \"version\": 1\n}\n"

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
  static const char *const known[] = { "version", "rules", "tidy", KEY, NULL };

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

void
bw_reader_module_edits (BwReader *self,
                        GBytes   *settings)
{
  BwBoard *board = &self->board->board;
  gsize length;
  const char *text = g_bytes_get_data (settings, &length);
  guint line = 1;
  g_autoptr (BwJson) json = bw_json_new (length > 0 ? text : "", length, &line);
  g_autoptr (GArray) modules = g_array_new (FALSE, FALSE, sizeof (BwModule));
  g_autoptr (GHashTable) by_name = g_hash_table_new (bw_seeded_hash_string, g_str_equal);
  Edits edits = { self, board, modules, by_name };
  guint32 object;

  if (json == NULL)
    return;
  note_unknown (self, json);
  object = bw_json_find (json, 0, KEY);
  if (object == 0)
    return;
  if (bw_json_token (json, object)->kind != BW_JSON_OBJECT)
    {
      bw_reader_note_beside (self, SUFFIX, json->text, bw_json_token (json, object)->offset,
                             "“" KEY "” is not an object, and is left out");
      return;
    }
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

static void
append_string (GString    *text,
               const char *string)
{
  g_string_append_c (text, '"');
  for (const char *p = string; *p != '\0'; p++)
    if (*p == '"' || *p == '\\')
      g_string_append_printf (text, "\\%c", *p);
    else if ((guchar) *p < 0x20)
      g_string_append_printf (text, "\\u%04x", (guint) *p);
    else
      g_string_append_c (text, *p);
  g_string_append_c (text, '"');
}

/* The object, with the member of that key left out, changed or added. Other members may hold any
 * byte. */
static GString *
write_object (const BwJson *json,
              guint32       object,
              const char   *key,
              const char   *module)
{
  GString *text = g_string_new ("{");
  const char *separator = "\n    ";

  for (guint32 member = object + 1;
       object != 0 && member < bw_json_token (json, object)->next;
       member = bw_json_token (json, member + 1)->next)
    {
      g_autofree char *other = bw_json_dup (json, member);
      const BwJsonToken *name = bw_json_token (json, member);
      const BwJsonToken *value = bw_json_token (json, member + 1);
      /* A string's token is what is between its quotes. */
      guint32 end = value->offset + value->length + (value->kind == BW_JSON_STRING);

      if (g_str_equal (other, key))
        continue;
      g_string_append (text, separator);
      g_string_append_len (text, json->text + name->offset - 1, end - name->offset + 1);
      separator = ",\n    ";
    }
  if (module != NULL)
    {
      g_string_append (text, separator);
      append_string (text, key);
      g_string_append (text, ": ");
      append_string (text, module);
    }
  return g_string_append (text, text->len > 1 ? "\n  }" : "}");
}

GBytes *
bw_module_edits_set (GBytes      *settings,
                     const char  *name,
                     const char  *key,
                     const char  *module,
                     GError     **error)
{
  gsize length = strlen (EMPTY);
  const char *text = settings != NULL ? g_bytes_get_data (settings, &length) : EMPTY;
  guint line = 1;
  g_autoptr (BwJson) json = bw_json_new (length > 0 ? text : "", length, &line);
  g_autoptr (GString) object = NULL;
  const BwJsonToken *token;
  guint32 index, begin, end;
  GString *result;

  if (json == NULL || bw_json_token (json, 0)->kind != BW_JSON_OBJECT)
    {
      g_set_error (error, BW_BOARD_ERROR, BW_BOARD_ERROR_CONTENT, "%s:%u: not a JSON object", name,
                   line);
      return NULL;
    }
  index = bw_json_find (json, 0, KEY);
  if (index != 0 && bw_json_token (json, index)->kind != BW_JSON_OBJECT)
    {
      g_set_error (error, BW_BOARD_ERROR, BW_BOARD_ERROR_CONTENT,
                   "%s:1: “" KEY "” is not an object", name);
      return NULL;
    }
  object = write_object (json, index, key, module);
  token = bw_json_token (json, index);
  /* In the place of the old one, or right behind the brace of the whole. */
  begin = index != 0 ? token->offset : token->offset + 1;
  end = index != 0 ? token->offset + token->length : begin;
  result = g_string_new_len (text, begin);
  if (index == 0)
    g_string_append (result, "\n  \"" KEY "\": ");
  g_string_append_len (result, object->str, (gssize) object->len);
  if (index == 0)
    g_string_append (result, token->next > 1 ? "," : "\n");
  g_string_append_len (result, text + end, (gssize) (length - end));
  return g_string_free_to_bytes (result);
}
