/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "board/bw-kicad-lock.h"

#include <string.h>

#define MAX_LOCK_BYTES 4096
#define MAX_NAME_CHARS 64

/* The value of a member of the only object in the lock, which KiCad writes flat. */
static char *
dup_member (const char *text,
            const char *member)
{
  g_autofree char *pattern = g_strdup_printf ("\"%s\"\\s*:\\s*\"([^\"\\\\]*)\"", member);
  g_autoptr (GRegex) regex = g_regex_new (pattern, 0, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  g_autofree char *value = NULL;

  if (!g_regex_match (regex, text, 0, &match))
    return NULL;
  value = g_match_info_fetch (match, 1);
  if (value[0] == '\0')
    return NULL;
  for (char *p = value; *p != '\0'; p++)
    if (g_ascii_iscntrl (*p))
      *p = ' ';
  return g_utf8_substring (value, 0, MIN (g_utf8_strlen (value, -1), MAX_NAME_CHARS));
}

char *
bw_kicad_lock_dup_owner (GFile *file)
{
  g_autofree char *path = NULL;
  g_autofree char *folder = NULL;
  g_autofree char *base = NULL;
  g_autofree char *name = NULL;
  g_autoptr (GFile) lock = NULL;
  g_autoptr (GFileInputStream) stream = NULL;
  g_autofree char *text = g_malloc0 (MAX_LOCK_BYTES + 1);
  g_autofree char *valid = NULL;
  g_autofree char *user = NULL;
  g_autofree char *host = NULL;
  gsize length = 0;

  g_return_val_if_fail (G_IS_FILE (file), NULL);

  path = g_file_get_path (file);
  if (path == NULL)
    return NULL;
  folder = g_path_get_dirname (path);
  base = g_path_get_basename (path);
  name = g_strdup_printf ("~%s.lck", base);
  lock = g_file_new_build_filename (folder, name, NULL);
  if (g_file_query_file_type (lock, G_FILE_QUERY_INFO_NONE, NULL) != G_FILE_TYPE_REGULAR)
    return NULL;

  stream = g_file_read (lock, NULL, NULL);
  if (stream == NULL ||
      !g_input_stream_read_all (G_INPUT_STREAM (stream), text, MAX_LOCK_BYTES, &length, NULL,
                                NULL))
    return g_strdup ("");
  valid = g_utf8_make_valid (text, (gssize) strnlen (text, length));
  user = dup_member (valid, "username");
  host = dup_member (valid, "hostname");
  if (user != NULL && host != NULL)
    return g_strdup_printf ("%s on %s", user, host);
  return g_strdup (user != NULL ? user : host != NULL ? host : "");
}
