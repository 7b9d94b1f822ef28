/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Putting bytes in the place of a file so that at any moment the old or the new one is whole. */

#include "board/bw-board-writer.h"

#include "board/bw-backup.h"
#include "board/bw-leftovers.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define MAX_LINKS 40
#define MAX_NAMES 100
#define WRITE_STEP_BYTES (1024 * 1024)

static gboolean
fail (GError     **error,
      const char  *path,
      const char  *doing,
      int          error_number)
{
  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (error_number), "%s: %s: %s", path, doing,
               g_strerror (error_number));
  return FALSE;
}

static gboolean
fail_changed (GError     **error,
              const char  *path)
{
  g_set_error (error, BW_BOARD_ERROR, BW_BOARD_ERROR_CHANGED,
               "%s: the file was changed by someone else since it was read", path);
  return FALSE;
}

/* Where a chain of symbolic links ends, be there a file or not. */
static char *
follow_links (const char  *path,
              GError     **error)
{
  g_autofree char *at = g_strdup (path);

  for (guint i = 0; i < MAX_LINKS; i++)
    {
      g_autofree char *target = g_file_read_link (at, NULL);
      g_autofree char *folder = NULL;

      if (target == NULL)
        return g_steal_pointer (&at);
      folder = g_path_get_dirname (at);
      g_free (at);
      at = g_path_is_absolute (target) ? g_steal_pointer (&target)
                                       : g_build_filename (folder, target, NULL);
    }
  fail (error, path, "cannot be followed", ELOOP);
  return NULL;
}

static gboolean
check_target (const char   *path,
              GBytes       *unchanged_since,
              struct stat  *status,
              gboolean     *exists_out,
              GError      **error)
{
  g_autofree char *held = NULL;
  gsize length;

  *exists_out = stat (path, status) == 0;
  if (!*exists_out && errno != ENOENT)
    return fail (error, path, "cannot be written", errno);
  if (*exists_out && S_ISDIR (status->st_mode))
    return fail (error, path, "cannot be written", EISDIR);
  if (*exists_out && !S_ISREG (status->st_mode))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_REGULAR_FILE,
                   "%s: cannot be written: not a regular file", path);
      return FALSE;
    }
  if (*exists_out && access (path, W_OK) != 0)
    return fail (error, path, "cannot be written", errno);
  if (unchanged_since == NULL)
    return TRUE;

  if (!*exists_out)
    {
      g_set_error (error, BW_BOARD_ERROR, BW_BOARD_ERROR_GONE,
                   "%s: the file is gone since it was read", path);
      return FALSE;
    }
  if (!g_file_get_contents (path, &held, &length, error))
    return FALSE;
  if (length != g_bytes_get_size (unchanged_since) ||
      (length > 0 && memcmp (held, g_bytes_get_data (unchanged_since, NULL), length) != 0))
    return fail_changed (error, path);
  return TRUE;
}

/* A new file beside the target. Its name does not grow with the target's. */
static int
open_temporary (const char  *path,
                char       **temporary_out,
                GError     **error)
{
  g_autofree char *folder = g_path_get_dirname (path);

  for (guint i = 0; i < MAX_NAMES; i++)
    {
      g_autofree char *name = g_strdup_printf (".boardwalk-%08x.tmp", g_random_int ());
      g_autofree char *temporary = g_build_filename (folder, name, NULL);
      int fd = open (temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0666);

      if (fd >= 0)
        {
          bw_leftovers_hold (fd);
          *temporary_out = g_steal_pointer (&temporary);
          return fd;
        }
      if (errno != EEXIST)
        break;
    }
  fail (error, path, "cannot be written", errno);
  return -1;
}

static gboolean
write_all (int            fd,
           GBytes        *bytes,
           const char    *path,
           GCancellable  *cancellable,
           GError       **error)
{
  gsize length;
  const char *p = g_bytes_get_data (bytes, &length);

  while (length > 0)
    {
      gssize n;

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      n = write (fd, p, MIN (length, WRITE_STEP_BYTES));
      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return fail (error, path, "cannot be written", errno);
      p += n;
      length -= (gsize) n;
    }
  if (fsync (fd) != 0)
    return fail (error, path, "cannot be written", errno);
  return TRUE;
}

/* The owner stays where the system lets us; the mode always. */
static gboolean
keep_owner_and_mode (int                 fd,
                     const struct stat  *status,
                     const char         *path,
                     GError            **error)
{
  struct stat made;

  if (fstat (fd, &made) != 0)
    return fail (error, path, "cannot be written", errno);
  if ((made.st_uid != status->st_uid || made.st_gid != status->st_gid) &&
      fchown (fd, status->st_uid, status->st_gid) != 0)
    g_debug ("%s: the owner could not be kept: %s", path, g_strerror (errno));
  if (fchmod (fd, status->st_mode & 07777) != 0)
    return fail (error, path, "cannot keep its mode", errno);
  return TRUE;
}

/* Without this a crash of the machine could bring the old name back; nothing is lost then. */
static void
sync_folder (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  int fd = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

  if (fd < 0)
    return;
  if (fsync (fd) != 0)
    g_debug ("%s: cannot be synced: %s", folder, g_strerror (errno));
  close (fd);
}

/* Once a save is done, those that were killed before it are tidied up after. */
static void
remove_leftovers (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  struct stat status;

  if (stat (path, &status) == 0)
    bw_leftovers_remove (folder, status.st_mtim.tv_sec);
}

/* Gives the written temporary file the name, and the old file that of its backup. */
static gboolean
put_in_place (const char    *temporary,
              const char    *target,
              gboolean       back_up,
              GCancellable  *cancellable,
              GError       **error)
{
  BwBackup backup;

  if (back_up && !bw_backup_make (&backup, target, cancellable, error))
    return FALSE;
  if (g_rename (temporary, target) != 0)
    {
      fail (error, target, "cannot be put in place", errno);
      if (back_up)
        bw_backup_undo (&backup);
      return FALSE;
    }
  if (back_up)
    bw_backup_end (&backup);
  return TRUE;
}

static gboolean
write_local (const char    *path,
             GBytes        *bytes,
             GBytes        *unchanged_since,
             gboolean       back_up,
             GCancellable  *cancellable,
             GError       **error)
{
  g_autofree char *target = follow_links (path, error);
  g_autofree char *temporary = NULL;
  struct stat status;
  gboolean exists, done;
  int fd;

  if (target == NULL || !check_target (target, unchanged_since, &status, &exists, error))
    return FALSE;
  fd = open_temporary (target, &temporary, error);
  if (fd < 0)
    return FALSE;

  done = (!exists || keep_owner_and_mode (fd, &status, target, error)) &&
         write_all (fd, bytes, target, cancellable, error);
  if (close (fd) != 0 && done)
    done = fail (error, target, "cannot be written", errno);
  done = done && put_in_place (temporary, target, back_up && exists, cancellable, error);
  if (!done)
    {
      g_unlink (temporary);
      return FALSE;
    }
  sync_folder (target);
  remove_leftovers (target);
  return TRUE;
}

gboolean
bw_board_may_write (GFile   *file,
                    GError **error)
{
  g_autofree char *path = NULL;
  g_autofree char *target = NULL;
  g_autofree char *temporary = NULL;
  struct stat status;
  gboolean exists;
  int fd;

  g_return_val_if_fail (G_IS_FILE (file), FALSE);

  path = g_file_get_path (file);
  if (path == NULL)
    return TRUE;
  target = follow_links (path, error);
  if (target == NULL || !check_target (target, NULL, &status, &exists, error))
    return FALSE;
  fd = open_temporary (target, &temporary, error);
  if (fd < 0)
    return FALSE;
  close (fd);
  g_unlink (temporary);
  return TRUE;
}

static gboolean
write_remote (GFile         *file,
              GBytes        *bytes,
              GBytes        *unchanged_since,
              GCancellable  *cancellable,
              GError       **error)
{
  g_autofree char *name = g_file_get_parse_name (file);
  g_autofree char *etag = NULL;

  if (unchanged_since != NULL)
    {
      g_autoptr (GBytes) held = g_file_load_bytes (file, cancellable, &etag, error);

      if (held == NULL)
        {
          g_prefix_error (error, "%s: ", name);
          return FALSE;
        }
      if (!g_bytes_equal (held, unchanged_since))
        return fail_changed (error, name);
    }
  if (g_file_replace_contents (file, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes),
                               etag, FALSE, G_FILE_CREATE_NONE, NULL, cancellable, error))
    return TRUE;
  g_prefix_error (error, "%s: ", name);
  return FALSE;
}

static gboolean
write_file (GFile         *file,
            GBytes        *bytes,
            GBytes        *unchanged_since,
            gboolean       back_up,
            GCancellable  *cancellable,
            GError       **error)
{
  g_autofree char *path = g_file_get_path (file);

  if (path == NULL)
    return write_remote (file, bytes, unchanged_since, cancellable, error);
  return write_local (path, bytes, unchanged_since, back_up, cancellable, error);
}

/* Of the file itself, where symbolic links end. NULL: it cannot be told. */
static char *
dup_id (GFile *file)
{
  g_autoptr (GFileInfo) info = g_file_query_info (file, G_FILE_ATTRIBUTE_ID_FILE,
                                                  G_FILE_QUERY_INFO_NONE, NULL, NULL);

  if (info == NULL)
    return NULL;
  return g_strdup (g_file_info_get_attribute_string (info, G_FILE_ATTRIBUTE_ID_FILE));
}

gboolean
bw_board_is_same_file (GFile *a,
                       GFile *b)
{
  g_autofree char *id_a = NULL;
  g_autofree char *id_b = NULL;

  g_return_val_if_fail (G_IS_FILE (a), FALSE);
  g_return_val_if_fail (G_IS_FILE (b), FALSE);

  if (g_file_equal (a, b))
    return TRUE;
  id_a = dup_id (a);
  id_b = dup_id (b);
  return id_a != NULL && g_strcmp0 (id_a, id_b) == 0;
}

gboolean
bw_board_write (GFile         *file,
                GBytes        *bytes,
                GBytes        *unchanged_since,
                GCancellable  *cancellable,
                GError       **error)
{
  g_return_val_if_fail (G_IS_FILE (file), FALSE);
  g_return_val_if_fail (bytes != NULL, FALSE);

  return write_file (file, bytes, unchanged_since, FALSE, cancellable, error);
}

gboolean
bw_board_write_with_backup (GFile         *file,
                            GBytes        *bytes,
                            GBytes        *unchanged_since,
                            GCancellable  *cancellable,
                            GError       **error)
{
  g_return_val_if_fail (G_IS_FILE (file), FALSE);
  g_return_val_if_fail (bytes != NULL, FALSE);

  return write_file (file, bytes, unchanged_since, TRUE, cancellable, error);
}
