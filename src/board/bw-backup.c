/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "board/bw-backup.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <unistd.h>

#define MAX_NAMES 100

/* A second name for the same bytes: a save gives the first name to others. FALSE where the file
 * system cannot do that. */
static gboolean
link_file (const char *path,
           const char *temporary)
{
  return link (path, temporary) == 0;
}

static gboolean
copy_file (const char    *path,
           const char    *temporary,
           GCancellable  *cancellable,
           GError       **error)
{
  g_autoptr (GFile) from = g_file_new_for_path (path);
  g_autoptr (GFile) to = g_file_new_for_path (temporary);

  return g_file_copy (from, to, G_FILE_COPY_ALL_METADATA, cancellable, NULL, NULL, error);
}

static char *
free_name (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);

  for (guint i = 0; i < MAX_NAMES; i++)
    {
      g_autofree char *name = g_strdup_printf (".boardwalk-%08x.bak", g_random_int ());
      char *free_path = g_build_filename (folder, name, NULL);

      if (g_access (free_path, F_OK) != 0)
        return free_path;
      g_free (free_path);
    }
  return NULL;
}

gboolean
bw_backup_make (GFile         *file,
                GCancellable  *cancellable,
                GError       **error)
{
  g_autofree char *given = NULL;
  g_autofree char *path = NULL;
  g_autofree char *temporary = NULL;
  g_autofree char *backup = NULL;

  g_return_val_if_fail (G_IS_FILE (file), FALSE);

  given = g_file_get_path (file);
  path = given != NULL ? realpath (given, NULL) : NULL;
  if (path == NULL || !g_file_test (path, G_FILE_TEST_IS_REGULAR))
    return TRUE;

  temporary = free_name (path);
  backup = g_strconcat (path, "-bak", NULL);
  if (temporary == NULL ||
      (!link_file (path, temporary) && !copy_file (path, temporary, cancellable, error)))
    {
      if (temporary != NULL)
        g_unlink (temporary);
      g_prefix_error (error, "%s: ", backup);
      return FALSE;
    }
  if (g_rename (temporary, backup) != 0)
    {
      int error_number = errno;

      g_unlink (temporary);
      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (error_number),
                   "%s: the backup cannot be written: %s", backup, g_strerror (error_number));
      return FALSE;
    }
  /* Where the backup was this very file, the call above did nothing and left both names. */
  g_unlink (temporary);
  return TRUE;
}
