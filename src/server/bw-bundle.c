/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "server/bw-bundle.h"

#include <string.h>

#define IMPORT "^import\\s+(?:\\{([^}]*)\\}\\s+from\\s+)?'([^'\\n]+)';"
#define EXPORT "^export (async function|function|class|const) (\\w+)"
#define LAZY_IMPORT "\\bimport\\('([^'\\n]+)'\\)"
#define NOT_UNDERSTOOD "^(?:import|export)\\b|\\bimport\\.meta\\b"

typedef struct
{
  const char *entry;
  const char *const *apart;
  BwBundleRead read;
  gpointer data;

  GHashTable *begun;   /* names of modules */
  GHashTable *written; /* those of them that the text has: to need another is to be in a circle */
  GString *imports;
  GString *text;
  gboolean failed;
} Bundle;

typedef struct
{
  Bundle *bundle;
  const char *name;
  GString *exports;
} Module;

static void write_module (Bundle     *self,
                          const char *name);

/* What `address` names where the module `from` has it. */
static char *
resolve (const char *from,
         const char *address)
{
  g_autofree char *folder = g_path_get_dirname (from);
  g_autofree char *root = g_build_filename ("/", folder, NULL);
  g_autofree char *path = g_canonicalize_filename (address, root);

  return g_strdup (path + 1);
}

/* How the bundle, which stands where its entry stood, names a module. */
static char *
address_of (const Bundle *self,
            const char   *name)
{
  GString *address = g_string_new (NULL);

  for (const char *at = self->entry; *at != '\0'; at++)
    {
      if (*at == '/')
        g_string_append (address, "../");
    }
  if (address->len == 0)
    g_string_append (address, "./");
  return g_string_free (g_string_append (address, name), FALSE);
}

/* Sees to it that __modules['name'] is there. */
static void
need (Bundle     *self,
      const char *name)
{
  if (g_hash_table_contains (self->begun, name))
    {
      self->failed = self->failed || !g_hash_table_contains (self->written, name);
    }
  else if (g_strv_contains (self->apart, name))
    {
      g_autofree char *address = address_of (self, name);
      guint n = g_hash_table_size (self->begun);

      g_hash_table_add (self->begun, g_strdup (name));
      g_hash_table_add (self->written, g_strdup (name));
      g_string_append_printf (self->imports, "import * as apart%u from '%s';\n", n, address);
      g_string_append_printf (self->text, "__modules['%s'] = apart%u;\n", name, n);
    }
  else
    {
      write_module (self, name);
    }
}

static gboolean
on_import (const GMatchInfo *match,
           GString          *result,
           gpointer          user_data)
{
  Module *module = user_data;
  g_autofree char *names = g_match_info_fetch (match, 1);
  g_autofree char *address = g_match_info_fetch (match, 2);
  g_autofree char *name = resolve (module->name, address);

  need (module->bundle, name);
  if (*names != '\0')
    {
      g_auto (GStrv) words = g_strsplit (names, " as ", -1);
      g_autofree char *pattern = g_strjoinv (": ", words);

      g_string_append_printf (result, "const {%s} = __modules['%s'];", pattern, name);
    }
  return FALSE;
}

static gboolean
on_export (const GMatchInfo *match,
           GString          *result,
           gpointer          user_data)
{
  Module *module = user_data;
  g_autofree char *kind = g_match_info_fetch (match, 1);
  g_autofree char *name = g_match_info_fetch (match, 2);

  g_string_append_printf (module->exports, "%s%s", module->exports->len > 0 ? ", " : "", name);
  g_string_append_printf (result, "%s %s", kind, name);
  return FALSE;
}

static gboolean
on_lazy_import (const GMatchInfo *match,
                GString          *result,
                gpointer          user_data)
{
  Module *module = user_data;
  g_autofree char *from = g_match_info_fetch (match, 1);
  g_autofree char *name = resolve (module->name, from);
  g_autofree char *address = address_of (module->bundle, name);

  g_string_append_printf (result, "import('%s')", address);
  return FALSE;
}

static char *
replace (const char         *text,
         const char         *pattern,
         GRegexEvalCallback  callback,
         Module             *module)
{
  g_autoptr (GRegex) regex = g_regex_new (pattern, G_REGEX_MULTILINE | G_REGEX_OPTIMIZE, 0, NULL);

  return g_regex_replace_eval (regex, text, -1, 0, 0, callback, module, NULL);
}

/* As a function of its own, behind those of all that it needs: names that are in several modules
 * stay apart, and each is evaluated once, in the same order as by the browser. */
static void
write_module (Bundle     *self,
              const char *name)
{
  g_autoptr (GString) exports = g_string_new (NULL);
  Module module = { .bundle = self, .name = name, .exports = exports };
  g_autofree char *source = self->read (name, self->data);
  g_autofree char *imported = NULL;
  g_autofree char *exported = NULL;
  g_autofree char *text = NULL;

  g_hash_table_add (self->begun, g_strdup (name));
  if (source == NULL || !g_utf8_validate (source, -1, NULL))
    {
      self->failed = TRUE;
      return;
    }

  imported = replace (source, IMPORT, on_import, &module);
  exported = replace (imported, EXPORT, on_export, &module);
  text = replace (exported, LAZY_IMPORT, on_lazy_import, &module);
  self->failed = self->failed
                 || g_regex_match_simple (NOT_UNDERSTOOD, text, G_REGEX_MULTILINE, 0);

  g_string_append_printf (self->text,
                          "__modules['%s'] = (() => {\n%s\nreturn { %s };\n})();\n", name, text,
                          exports->str);
  if (g_str_equal (name, self->entry) && exports->len > 0)
    g_string_append_printf (self->text, "export const { %s } = __modules['%s'];\n", exports->str,
                            name);
  g_hash_table_add (self->written, g_strdup (name));
}

char *
bw_bundle_write (const char         *entry,
                 const char *const  *apart,
                 BwBundleRead        read,
                 gpointer            data)
{
  g_autoptr (GHashTable) begun = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) written = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GString) imports = g_string_new (NULL);
  g_autoptr (GString) text = g_string_new (NULL);
  Bundle self = {
    .entry = entry, .apart = apart, .read = read, .data = data,
    .begun = begun, .written = written, .imports = imports, .text = text,
  };

  g_return_val_if_fail (entry != NULL && apart != NULL && read != NULL, NULL);

  write_module (&self, entry);
  if (self.failed)
    return NULL;
  return g_strdup_printf ("%sconst __modules = {};\n%s", imports->str, text->str);
}
