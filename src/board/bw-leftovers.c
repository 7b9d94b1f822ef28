/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "board/bw-leftovers.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define PREFIX ".boardwalk-"
#define N_DIGITS 8

void
bw_leftovers_hold (int fd)
{
  if (flock (fd, LOCK_EX | LOCK_NB) != 0)
    g_debug ("a temporary file cannot be locked: %s", g_strerror (errno));
}

/* `.boardwalk-`, eight hexadecimal digits, and one of the two ends. */
static gboolean
is_name_of_ours (const char *name)
{
  if (!g_str_has_prefix (name, PREFIX))
    return FALSE;
  name += strlen (PREFIX);
  for (guint i = 0; i < N_DIGITS; i++)
    if (!g_ascii_isxdigit (*name++))
      return FALSE;
  return g_str_equal (name, ".tmp") || g_str_equal (name, ".bak");
}

/* A .bak is a second name of a file that may be old: its own age is that of the name. */
static gint64
time_of (const struct stat *status,
         const char        *name)
{
  return g_str_has_suffix (name, ".bak") ? status->st_ctim.tv_sec : status->st_mtim.tv_sec;
}

static void
remove_if_left (const char *path,
                const char *name,
                gint64      now_s)
{
  struct stat status;
  int fd = open (path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);

  if (fd < 0)
    return;
  if (fstat (fd, &status) == 0 && S_ISREG (status.st_mode) && status.st_uid == geteuid () &&
      now_s - time_of (&status, name) >= BW_LEFTOVERS_AGE_S &&
      flock (fd, LOCK_EX | LOCK_NB) == 0)
    {
      if (unlink (path) == 0)
        g_debug ("%s: left behind by a save that was killed; removed", path);
    }
  close (fd);
}

void
bw_leftovers_remove (const char *folder,
                     gint64      now_s)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (is_name_of_ours (name))
      {
        g_autofree char *path = g_build_filename (folder, name, NULL);

        remove_if_left (path, name, now_s);
      }
}
