/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "server/bw-page.h"

#include "server/bw-bundle.h"
#include "viewer/bw-viewer-resources.h"

#include <string.h>

/* Below this the head of an answer is the larger part. */
#define LEAST_COMPRESSED 512

#define RESOURCE_PREFIX "/io/github/boardwalk_pcb/Boardwalk/viewer/"

typedef struct
{
  const char *type;
  GBytes *plain;
  GBytes *packed; /* nullable */
} PageFile;

static void
page_file_free (gpointer data)
{
  PageFile *self = data;

  g_bytes_unref (self->plain);
  g_clear_pointer (&self->packed, g_bytes_unref);
  g_free (self);
}

static const char *
type_of_name (const char *name)
{
  static const struct
  {
    const char *suffix;
    const char *type;
  } types[] = {
    { ".html", "text/html; charset=utf-8" },
    { ".js", "text/javascript; charset=utf-8" },
    { ".css", "text/css; charset=utf-8" },
    { ".svg", "image/svg+xml" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (types); i++)
    {
      if (g_str_has_suffix (name, types[i].suffix))
        return types[i].type;
    }

  return "application/octet-stream";
}

static GBytes *
look_up (const char *name)
{
  g_autofree char *path = g_strconcat (RESOURCE_PREFIX, name, NULL);

  return g_resource_lookup_data (bw_viewer_get_resource (), path, G_RESOURCE_LOOKUP_FLAGS_NONE,
                                 NULL);
}

/* A BwBundleRead. */
static char *
read_module (const char *name,
             gpointer    data)
{
  g_autoptr (GBytes) bytes = look_up (name);

  return bytes != NULL ? g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes))
                       : NULL;
}

/* The modules that the page itself names, and so has before all others. */
static GStrv
named_by_page (void)
{
  g_autofree char *html = read_module ("index.html", NULL);
  g_autoptr (GRegex) regex = g_regex_new ("(?:src|href)=\"([^\"]+\\.js)\"", 0, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();

  for (g_regex_match (regex, html, 0, &match); g_match_info_matches (match);
       g_match_info_next (match, NULL))
    {
      g_autofree char *name = g_match_info_fetch (match, 1);

      g_strv_builder_add (names, name);
    }
  return g_strv_builder_end (names);
}

/* The worker has all that it needs. The rest of the page shares with its opening what that holds:
 * the session and its picture. */
static GBytes *
read_page_file (const char *name)
{
  static const char *const nothing[] = { NULL };
  g_auto (GStrv) named = named_by_page ();
  char *text = NULL;

  if (g_str_equal (name, "ui/worker.js"))
    text = bw_bundle_write (name, nothing, read_module, NULL);
  else if (g_str_equal (name, "ui/main.js"))
    text = bw_bundle_write (name, (const char *const *) named, read_module, NULL);
  return text != NULL ? g_bytes_new_take (text, strlen (text)) : look_up (name);
}

/* NULL where it cannot be done. */
static GBytes *
compress (GBytes *body)
{
  g_autoptr (GZlibCompressor) gzip = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, 9);
  g_autoptr (GOutputStream) memory = g_memory_output_stream_new_resizable ();
  g_autoptr (GOutputStream) stream = g_converter_output_stream_new (memory, G_CONVERTER (gzip));
  gsize size;
  gconstpointer data = g_bytes_get_data (body, &size);

  if (!g_output_stream_write_all (stream, data, size, NULL, NULL, NULL)
      || !g_output_stream_close (stream, NULL, NULL))
    return NULL;
  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (memory));
}

static PageFile *
page_file_new (const char *name)
{
  GBytes *plain = read_page_file (name);
  PageFile *self;

  if (plain == NULL)
    return NULL;

  self = g_new0 (PageFile, 1);
  self->type = type_of_name (name);
  self->plain = plain;
  if (g_bytes_get_size (plain) >= LEAST_COMPRESSED)
    self->packed = compress (plain);
  return self;
}

/* NULL where there is no such file. */
static const PageFile *
find_file (const char *name)
{
  static GHashTable *files;
  PageFile *file;

  if (files == NULL)
    files = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, page_file_free);
  file = g_hash_table_lookup (files, name);
  if (file == NULL)
    {
      file = page_file_new (name);
      if (file != NULL)
        g_hash_table_insert (files, g_strdup (name), file);
    }
  return file;
}

GBytes *
bw_page_find (const char  *name,
              const char **type_out,
              GBytes     **packed_out)
{
  static GMutex mutex;
  const PageFile *file;

  g_mutex_lock (&mutex);
  file = find_file (*name == '\0' ? "index.html"
                    : g_str_equal (name, "compare") ? "compare.html" : name);
  g_mutex_unlock (&mutex);
  if (file == NULL)
    return NULL;

  *type_out = file->type;
  *packed_out = file->packed;
  return file->plain;
}
