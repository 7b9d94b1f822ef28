/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "board/bw-leftovers.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "board/bw-board-writer.h"

#define OLD ".boardwalk-0123abcd.tmp"
#define YOUNG ".boardwalk-0123abce.tmp"
#define BACKUP ".boardwalk-0123abcd.bak"

typedef struct
{
  char *folder;
} Place;

static char *
path_of (Place      *place,
         const char *name)
{
  return g_build_filename (place->folder, name, NULL);
}

static void
make (Place      *place,
      const char *name,
      gint64      age_s)
{
  g_autofree char *path = path_of (place, name);
  struct timespec times[2] = { { .tv_nsec = UTIME_OMIT }, { 0 } };
  struct stat status;

  g_assert_true (g_file_set_contents (path, "left", 4, NULL));
  g_assert_cmpint (g_stat (path, &status), ==, 0);
  times[1].tv_sec = (time_t) (status.st_mtim.tv_sec - age_s);
  g_assert_cmpint (utimensat (AT_FDCWD, path, times, 0), ==, 0);
}

static gboolean
is_there (Place      *place,
          const char *name)
{
  g_autofree char *path = path_of (place, name);
  struct stat status;

  return lstat (path, &status) == 0;
}

/* What time it is where the files are. */
static gint64
now_s (Place *place)
{
  g_autofree char *path = path_of (place, "now");
  struct stat status;

  make (place, "now", 0);
  g_assert_cmpint (g_stat (path, &status), ==, 0);
  return status.st_mtim.tv_sec;
}

static void
set_up (Place         *place,
        gconstpointer  data)
{
  place->folder = g_dir_make_tmp ("boardwalk-XXXXXX", NULL);
  make (place, OLD, BW_LEFTOVERS_AGE_S + 1);
  make (place, YOUNG, BW_LEFTOVERS_AGE_S - 60);
}

static void
tear_down (Place         *place,
           gconstpointer  data)
{
  g_autoptr (GDir) dir = g_dir_open (place->folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = path_of (place, name);

      g_remove (path);
    }
  g_assert_cmpint (g_rmdir (place->folder), ==, 0);
  g_free (place->folder);
}

static void
a_save_takes_old_ones_away (Place         *place,
                            gconstpointer  data)
{
  g_autofree char *path = path_of (place, "a.kicad_pcb");
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GBytes) bytes = g_bytes_new_static ("new", 3);
  g_autoptr (GError) error = NULL;

  g_assert_true (bw_board_write (file, bytes, NULL, NULL, &error));
  g_assert_no_error (error);
  g_assert_false (is_there (place, OLD));
  g_assert_true (is_there (place, YOUNG));
}

static void
what_somebody_still_writes_stays (Place         *place,
                                  gconstpointer  data)
{
  g_autofree char *path = path_of (place, OLD);
  int ready[2], done[2], status;
  char byte = 0;
  pid_t child;

  g_assert_cmpint (pipe (ready), ==, 0);
  g_assert_cmpint (pipe (done), ==, 0);
  child = fork ();
  g_assert_cmpint (child, >=, 0);
  if (child == 0)
    {
      bw_leftovers_hold (open (path, O_WRONLY));
      close (done[1]);
      _exit (write (ready[1], "!", 1) == 1 && read (done[0], &byte, 1) == 0 ? 0 : 1);
    }
  close (done[0]);
  g_assert_cmpint (read (ready[0], &byte, 1), ==, 1);
  bw_leftovers_remove (place->folder, now_s (place));
  g_assert_true (is_there (place, OLD));

  close (done[1]);
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_cmpint (status, ==, 0);
  close (ready[0]);
  close (ready[1]);
  bw_leftovers_remove (place->folder, now_s (place));
  g_assert_false (is_there (place, OLD));
}

static void
files_of_other_names_and_kinds_stay (Place         *place,
                                     gconstpointer  data)
{
  static const char *const names[] = {
    "boardwalk-0123abcd.tmp", ".boardwalk-0123abc.tmp", ".boardwalk-0123abcde.tmp",
    ".boardwalk-0123abcg.tmp", ".boardwalk-0123abcd.tmp~", ".boardwalk-0123abcd.kicad_pcb",
  };
  g_autofree char *folder = path_of (place, ".boardwalk-00000000.tmp");
  g_autofree char *link_path = path_of (place, ".boardwalk-00000001.tmp");
  g_autofree char *pipe_path = path_of (place, ".boardwalk-00000002.tmp");

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    make (place, names[i], 10 * BW_LEFTOVERS_AGE_S);
  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  g_assert_cmpint (symlink (names[0], link_path), ==, 0);
  g_assert_cmpint (mkfifo (pipe_path, 0600), ==, 0);
  bw_leftovers_remove (place->folder, now_s (place) + 100 * BW_LEFTOVERS_AGE_S);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_assert_true (is_there (place, names[i]));
  g_assert_true (is_there (place, ".boardwalk-00000000.tmp"));
  g_assert_true (is_there (place, ".boardwalk-00000001.tmp"));
  g_assert_true (is_there (place, ".boardwalk-00000002.tmp"));
}

/* The file is old; its second name is not. */
static void
a_backup_is_as_old_as_its_name (Place         *place,
                                gconstpointer  data)
{
  g_autofree char *from = path_of (place, "a.kicad_pcb");
  g_autofree char *to = path_of (place, BACKUP);

  make (place, "a.kicad_pcb", 10 * BW_LEFTOVERS_AGE_S);
  g_assert_cmpint (link (from, to), ==, 0);
  bw_leftovers_remove (place->folder, now_s (place));
  g_assert_true (is_there (place, BACKUP));
  bw_leftovers_remove (place->folder, now_s (place) + BW_LEFTOVERS_AGE_S);
  g_assert_false (is_there (place, BACKUP));
  g_assert_true (is_there (place, "a.kicad_pcb"));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add ("/leftovers/" name, Place, NULL, set_up, func, tear_down)
  ADD ("a-save-takes-old-ones-away", a_save_takes_old_ones_away);
  ADD ("what-somebody-still-writes-stays", what_somebody_still_writes_stays);
  ADD ("files-of-other-names-and-kinds-stay", files_of_other_names_and_kinds_stay);
  ADD ("a-backup-is-as-old-as-its-name", a_backup_is_as_old_as_its_name);
#undef ADD
  return g_test_run ();
}
