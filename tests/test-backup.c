/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A save, with its backup, that is killed before each of its system calls, or fails in each. The
 * calls are counted by functions of the names that the C library gives them: those in the
 * program come first. */

#include "board/bw-board-writer.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

/* More than a save makes. */
#define N_CALLS 40

typedef enum
{
  HARM_NONE,
  HARM_KILL,      /* the process, before the call */
  HARM_KILL_HALF, /* the same; a write has written half */
  HARM_FULL,      /* the call fails: no space left on the device */
} Harm;

static Harm harm;
static guint calls_until_harm;
static guint n_calls;

/* Whether this call is to fail. */
static gboolean
is_harmed (void)
{
  if (harm == HARM_NONE || n_calls++ != calls_until_harm)
    return FALSE;
  if (harm == HARM_FULL)
    {
      errno = ENOSPC;
      return TRUE;
    }
  if (harm == HARM_KILL)
    kill (getpid (), SIGKILL);
  return FALSE;
}

ssize_t
write (int         fd,
       const void *data,
       size_t      length)
{
  if (harm == HARM_KILL_HALF && n_calls == calls_until_harm)
    {
      syscall (SYS_write, fd, data, length / 2);
      kill (getpid (), SIGKILL);
    }
  return is_harmed () ? -1 : syscall (SYS_write, fd, data, length);
}

int
fsync (int fd)
{
  return is_harmed () ? -1 : (int) syscall (SYS_fsync, fd);
}

int
fchmod (int    fd,
        mode_t mode)
{
  return is_harmed () ? -1 : (int) syscall (SYS_fchmod, fd, mode);
}

int
link (const char *from,
      const char *to)
{
  return is_harmed () ? -1 : (int) syscall (SYS_linkat, AT_FDCWD, from, AT_FDCWD, to, 0);
}

int
rename (const char *from,
        const char *to)
{
  return is_harmed () ? -1 : (int) syscall (SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0);
}

typedef struct
{
  char *folder;
  char *path;
  char *backup;
  GFile *file;
  GBytes *old_bytes;
  GBytes *new_bytes;
} Fixture;

static void
write_old (Fixture *fixture)
{
  g_assert_true (g_file_set_contents (fixture->path,
                                      g_bytes_get_data (fixture->old_bytes, NULL),
                                      (gssize) g_bytes_get_size (fixture->old_bytes), NULL));
  g_unlink (fixture->backup);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  char *old_text = g_strnfill (3000000, 'o');
  char *new_text = g_strnfill (3500000, 'n');

  fixture->folder = g_dir_make_tmp ("boardwalk-XXXXXX", NULL);
  fixture->path = g_build_filename (fixture->folder, "a.kicad_pcb", NULL);
  fixture->backup = g_build_filename (fixture->folder, "a.kicad_pcb-bak", NULL);
  fixture->file = g_file_new_for_path (fixture->path);
  fixture->old_bytes = g_bytes_new_take (old_text, strlen (old_text));
  fixture->new_bytes = g_bytes_new_take (new_text, strlen (new_text));
  write_old (fixture);
}

/* What is in the folder, and nothing but files that a killed save may leave. */
static guint
empty_folder (Fixture *fixture)
{
  g_autoptr (GDir) folder = g_dir_open (fixture->folder, 0, NULL);
  const char *name;
  guint n_left = 0;

  while ((name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

      if (g_str_has_prefix (name, ".boardwalk-"))
        n_left++;
      else
        g_assert_true (g_str_equal (path, fixture->path) || g_str_equal (path, fixture->backup));
      g_unlink (path);
    }
  return n_left;
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  empty_folder (fixture);
  g_rmdir (fixture->folder);
  g_object_unref (fixture->file);
  g_bytes_unref (fixture->old_bytes);
  g_bytes_unref (fixture->new_bytes);
  g_free (fixture->folder);
  g_free (fixture->path);
  g_free (fixture->backup);
}

static gboolean
holds (const char *path,
       GBytes     *bytes)
{
  g_autofree char *text = NULL;
  g_autoptr (GBytes) held = NULL;
  gsize length;

  if (!g_file_get_contents (path, &text, &length, NULL))
    return FALSE;
  held = g_bytes_new_take (g_steal_pointer (&text), length);
  return g_bytes_equal (held, bytes);
}

static gboolean
save (Fixture  *fixture,
      GError  **error)
{
  return bw_board_write_with_backup (fixture->file, fixture->new_bytes, fixture->old_bytes, NULL,
                                     error);
}

/* Forks a child that saves and is killed before its call number `k`. FALSE: it made fewer. */
static gboolean
save_and_kill (Fixture *fixture,
               Harm     with,
               guint    k)
{
  int status;
  pid_t child = fork ();

  g_assert_cmpint (child, >=, 0);
  if (child == 0)
    {
      calls_until_harm = k;
      n_calls = 0;
      harm = with;
      _exit (save (fixture, NULL) ? 0 : 1);
    }
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  if (WIFSIGNALED (status))
    g_assert_cmpint (WTERMSIG (status), ==, SIGKILL);
  else
    g_assert_cmpint (WEXITSTATUS (status), ==, 0);
  return WIFSIGNALED (status);
}

static void
try_to_kill (Fixture *fixture,
             Harm     with,
             guint    least)
{
  guint n_old = 0, n_killed = 0;

  for (guint k = 0; k < N_CALLS; k++)
    {
      gboolean killed;

      write_old (fixture);
      killed = save_and_kill (fixture, with, k);
      n_killed += killed;
      if (holds (fixture->path, fixture->old_bytes))
        n_old++;
      else
        g_assert_true (holds (fixture->path, fixture->new_bytes));
      if (g_file_test (fixture->backup, G_FILE_TEST_EXISTS))
        g_assert_true (holds (fixture->backup, fixture->old_bytes));
      if (!holds (fixture->path, fixture->old_bytes))
        g_assert_true (holds (fixture->backup, fixture->old_bytes));
      empty_folder (fixture);
    }
  g_assert_cmpuint (n_killed, >=, least);
  /* Some were killed before the new file stood, and some after. */
  g_assert_cmpuint (n_old, >, 0);
  g_assert_cmpuint (n_old, <, N_CALLS);
}

static void
killed_before_each_call (Fixture       *fixture,
                         gconstpointer  data)
{
  /* mode, four writes, sync; link, rename; rename, sync of the folder */
  try_to_kill (fixture, HARM_KILL, 9);
}

static void
killed_within_each_write (Fixture       *fixture,
                          gconstpointer  data)
{
  try_to_kill (fixture, HARM_KILL_HALF, 4);
}

static void
no_space_for_each_call (Fixture       *fixture,
                        gconstpointer  data)
{
  g_autoptr (GBytes) older = g_bytes_new_static ("older", strlen ("older"));
  guint n_failed = 0;

  /* Every second time, so each call twice. */
  for (guint k = 0; k < 50; k++)
    {
      g_autoptr (GError) error = NULL;
      gboolean has_older = k % 2 == 0, saved;

      write_old (fixture);
      if (has_older)
        g_assert_true (g_file_set_contents (fixture->backup, "older", -1, NULL));
      calls_until_harm = k / 2;
      n_calls = 0;
      harm = HARM_FULL;
      saved = save (fixture, &error);
      harm = HARM_NONE;

      g_assert_true (saved == (error == NULL));
      n_failed += !saved;
      g_assert_true (holds (fixture->path, saved ? fixture->new_bytes : fixture->old_bytes));
      if (saved)
        g_assert_true (holds (fixture->backup, fixture->old_bytes));
      else if (has_older)
        g_assert_true (holds (fixture->backup, older));
      else
        g_assert_false (g_file_test (fixture->backup, G_FILE_TEST_EXISTS));
      if (error != NULL)
        g_assert_nonnull (strstr (error->message, "a.kicad_pcb"));
      g_assert_cmpuint (empty_folder (fixture), ==, 0);
    }
  g_assert_cmpuint (n_failed, >=, 7);
}

static void
backs_up_what_was_there (Fixture       *fixture,
                         gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  struct stat status;

  g_chmod (fixture->path, 0600);
  g_assert_true (g_file_set_contents (fixture->backup, "older", -1, NULL));
  g_assert_true (save (fixture, &error));
  g_assert_no_error (error);
  g_assert_true (holds (fixture->backup, fixture->old_bytes));
  g_assert_true (holds (fixture->path, fixture->new_bytes));
  g_assert_cmpint (g_stat (fixture->backup, &status), ==, 0);
  g_assert_cmpuint (status.st_mode & 0777, ==, 0600);
  g_assert_cmpuint (empty_folder (fixture), ==, 0);
}

static void
may_be_the_file_itself (Fixture       *fixture,
                        gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (link (fixture->path, fixture->backup), ==, 0);
  g_assert_true (save (fixture, &error));
  g_assert_no_error (error);
  g_assert_true (holds (fixture->backup, fixture->old_bytes));
  g_assert_true (holds (fixture->path, fixture->new_bytes));
  g_assert_cmpuint (empty_folder (fixture), ==, 0);
}

static void
cannot_be_a_folder (Fixture       *fixture,
                    gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir (fixture->backup, 0700), ==, 0);
  g_assert_false (save (fixture, &error));
  g_assert_nonnull (strstr (error->message, "a.kicad_pcb-bak: the backup cannot be written"));
  g_assert_true (holds (fixture->path, fixture->old_bytes));
  g_assert_cmpint (g_rmdir (fixture->backup), ==, 0);
  g_assert_cmpuint (empty_folder (fixture), ==, 0);
}

static void
follows_links (Fixture       *fixture,
               gconstpointer  data)
{
  g_autofree char *elsewhere = g_dir_make_tmp ("boardwalk-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (elsewhere, "link.kicad_pcb", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);

  g_assert_cmpint (symlink (fixture->path, path), ==, 0);
  g_assert_true (bw_board_write_with_backup (file, fixture->new_bytes, NULL, NULL, NULL));
  g_assert_true (holds (fixture->path, fixture->new_bytes));
  g_assert_true (holds (fixture->backup, fixture->old_bytes));
  g_unlink (path);
  g_assert_cmpint (g_rmdir (elsewhere), ==, 0);
}

static void
new_files_have_none (Fixture       *fixture,
                     gconstpointer  data)
{
  g_unlink (fixture->path);
  g_assert_true (bw_board_write_with_backup (fixture->file, fixture->new_bytes, NULL, NULL, NULL));
  g_assert_true (holds (fixture->path, fixture->new_bytes));
  g_assert_false (g_file_test (fixture->backup, G_FILE_TEST_EXISTS));
}

int
main (int   argc,
      char *argv[])
{
  g_setenv ("GIO_USE_VFS", "local", TRUE);
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add ("/backup/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("a save leaves the old file under another name", backs_up_what_was_there);
  ADD ("the backup may be the file itself by another name", may_be_the_file_itself);
  ADD ("where the backup cannot be there is no save", cannot_be_a_folder);
  ADD ("the backup lies where the file does", follows_links);
  ADD ("a file that is new has no backup", new_files_have_none);
  ADD ("killed before any call a save leaves the old or the new file", killed_before_each_call);
  ADD ("killed within any write a save leaves the old or the new file",
       killed_within_each_write);
  ADD ("on a full disk a save leaves the old file and its backup and no other",
       no_space_for_each_call);
#undef ADD
  return g_test_run ();
}
