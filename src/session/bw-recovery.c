/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "session/bw-recovery.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

#include "base/bw-hash.h"
#include "board/bw-board-reader.h"
#include "board/bw-pose-table.h"

#define FIRST_LINE "boardwalk-recovery 1"
#define SUFFIX ".poses"
#define MAX_BYTES (256 * 1024 * 1024)

/* The first line, the file's URI, the hash of its bytes, and then a table of poses. */
enum
{
  LINE_KIND,
  LINE_URI,
  LINE_HASH,
  N_HEAD_LINES
};

static char *
dup_folder (void)
{
  return g_build_filename (g_get_user_state_dir (), "boardwalk", "recovery", NULL);
}

static char *
dup_path (GFile *file)
{
  g_autofree char *folder = dup_folder ();
  g_autofree char *uri = g_file_get_uri (file);
  g_autofree char *sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, uri, -1);
  g_autofree char *name = g_strconcat (sum, SUFFIX, NULL);

  return g_build_filename (folder, name, NULL);
}

static char *
hash_text (GBytes *bytes)
{
  return g_strdup_printf ("%016" G_GINT64_MODIFIER "x",
                          bw_hash_words (BW_HASH_INIT, g_bytes_get_data (bytes, NULL),
                                         g_bytes_get_size (bytes)));
}

gboolean
bw_recovery_write (GFile          *file,
                   GBytes         *file_bytes,
                   const BwBoard  *board,
                   const BwPose   *poses,
                   GError        **error)
{
  g_autofree char *folder = dup_folder ();
  g_autofree char *path = NULL;
  g_autofree char *uri = NULL;
  g_autofree char *hash = NULL;
  g_autoptr (GBytes) table = NULL;
  g_autoptr (GString) text = NULL;

  g_return_val_if_fail (G_IS_FILE (file), FALSE);
  g_return_val_if_fail (file_bytes != NULL, FALSE);
  g_return_val_if_fail (board != NULL, FALSE);

  if (g_mkdir_with_parents (folder, 0700) != 0)
    {
      int error_number = errno;

      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (error_number), "%s: %s", folder,
                   g_strerror (error_number));
      return FALSE;
    }
  path = dup_path (file);
  uri = g_file_get_uri (file);
  hash = hash_text (file_bytes);
  table = bw_pose_table_write (board, poses);
  text = g_string_new (NULL);
  g_string_append_printf (text, "%s\n%s\n%s\n", FIRST_LINE, uri, hash);
  g_string_append_len (text, g_bytes_get_data (table, NULL), (gssize) g_bytes_get_size (table));
  return g_file_set_contents_full (path, text->str, (gssize) text->len,
                                   G_FILE_SET_CONTENTS_CONSISTENT, 0600, error);
}

/* The lines of the head, and where the table begins. NULL: this is no such file. */
static GStrv
read_head (const char *path,
           GBytes    **bytes_out,
           gsize      *table_out)
{
  g_autoptr (GStrvBuilder) lines = g_strv_builder_new ();
  g_auto (GStrv) head = NULL;
  char *text;
  const char *p;
  GStatBuf status;
  gsize length;

  if (g_stat (path, &status) != 0 || !S_ISREG (status.st_mode) || status.st_size > MAX_BYTES ||
      !g_file_get_contents (path, &text, &length, NULL))
    return NULL;
  *bytes_out = g_bytes_new_take (text, length);
  p = text;
  for (guint i = 0; i < N_HEAD_LINES; i++)
    {
      const char *end = strchr (p, '\n');
      g_autofree char *line = NULL;

      if (end == NULL)
        {
          g_clear_pointer (bytes_out, g_bytes_unref);
          return NULL;
        }
      line = g_strndup (p, (gsize) (end - p));
      g_strv_builder_add (lines, line);
      p = end + 1;
    }
  *table_out = (gsize) (p - text);
  head = g_strv_builder_end (lines);
  if (g_str_equal (head[LINE_KIND], FIRST_LINE))
    return g_steal_pointer (&head);
  g_clear_pointer (bytes_out, g_bytes_unref);
  return NULL;
}

BwPose *
bw_recovery_read (GFile   *file,
                  BwBoard *board,
                  gint64  *time_out)
{
  g_autofree char *path = NULL;
  g_autofree char *uri = NULL;
  g_autofree char *hash = NULL;
  g_autofree BwPose *poses = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GBytes) table = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) head = NULL;
  GStatBuf status;
  gsize offset;

  g_return_val_if_fail (G_IS_FILE (file), NULL);
  g_return_val_if_fail (board != NULL, NULL);

  path = dup_path (file);
  uri = g_file_get_uri (file);
  hash = hash_text (bw_board_get_bytes (board));
  head = read_head (path, &bytes, &offset);
  if (head == NULL || !g_str_equal (head[LINE_URI], uri) || !g_str_equal (head[LINE_HASH], hash))
    return NULL;

  table = g_bytes_new_from_bytes (bytes, offset, g_bytes_get_size (bytes) - offset);
  poses = bw_board_dup_poses (board);
  if (!bw_pose_table_read (table, path, board, poses, &error))
    {
      g_debug ("%s", error->message);
      return NULL;
    }
  if (time_out != NULL)
    *time_out = g_stat (path, &status) == 0 ? (gint64) status.st_mtime : 0;
  return g_steal_pointer (&poses);
}

void
bw_recovery_remove (GFile *file)
{
  g_autofree char *path = NULL;

  g_return_if_fail (G_IS_FILE (file));

  path = dup_path (file);
  g_unlink (path);
}

GFile *
bw_recovery_find_any (void)
{
  g_autofree char *folder = dup_folder ();
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  g_autoptr (GFile) newest = NULL;
  gint64 newest_time = G_MININT64;
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autoptr (GBytes) bytes = NULL;
      g_auto (GStrv) head = NULL;
      g_autoptr (GFile) file = NULL;
      GStatBuf status;
      gsize offset;

      if (!g_str_has_suffix (name, SUFFIX) || g_stat (path, &status) != 0 ||
          (gint64) status.st_mtime <= newest_time)
        continue;
      head = read_head (path, &bytes, &offset);
      file = head != NULL ? g_file_new_for_uri (head[LINE_URI]) : NULL;
      if (file == NULL || !g_file_query_exists (file, NULL))
        continue;
      newest_time = status.st_mtime;
      g_set_object (&newest, file);
    }
  return g_steal_pointer (&newest);
}
