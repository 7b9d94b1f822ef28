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

/* A hidden name beside `path` for the same bytes. */
static char *
second_name (const char    *path,
             const char    *backup,
             GCancellable  *cancellable,
             GError       **error)
{
  g_autofree char *temporary = free_name (path);

  if (temporary != NULL &&
      (link_file (path, temporary) || copy_file (path, temporary, cancellable, error)))
    return g_steal_pointer (&temporary);
  if (temporary != NULL)
    g_unlink (temporary);
  g_prefix_error (error, "%s: ", backup);
  return NULL;
}

static void
clear (BwBackup *self)
{
  g_clear_pointer (&self->path, g_free);
  g_clear_pointer (&self->older, g_free);
}

gboolean
bw_backup_make (BwBackup      *self,
                const char    *path,
                GCancellable  *cancellable,
                GError       **error)
{
  g_autofree char *backup = g_strconcat (path, "-bak", NULL);
  g_autofree char *temporary = second_name (path, backup, cancellable, error);
  g_autofree char *older = NULL;

  if (temporary == NULL)
    return FALSE;
  if (g_file_test (backup, G_FILE_TEST_IS_REGULAR) &&
      (older = second_name (backup, backup, cancellable, error)) == NULL)
    {
      g_unlink (temporary);
      return FALSE;
    }
  if (g_rename (temporary, backup) != 0)
    {
      int error_number = errno;

      g_unlink (temporary);
      if (older != NULL)
        g_unlink (older);
      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (error_number),
                   "%s: the backup cannot be written: %s", backup, g_strerror (error_number));
      return FALSE;
    }
  /* Where the backup was this very file, the call above did nothing and left both names. */
  g_unlink (temporary);
  *self = (BwBackup) { g_steal_pointer (&backup), g_steal_pointer (&older) };
  return TRUE;
}

void
bw_backup_undo (BwBackup *self)
{
  if (self->older == NULL)
    g_unlink (self->path);
  else if (g_rename (self->older, self->path) == 0)
    g_unlink (self->older); /* as above */
  else
    g_debug ("%s: the older backup stays as %s: %s", self->path, self->older, g_strerror (errno));
  clear (self);
}

void
bw_backup_end (BwBackup *self)
{
  if (self->older != NULL)
    g_unlink (self->older);
  clear (self);
}
