/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "session/bw-recovery.h"

#include <glib/gstdio.h>
#include <string.h>

#include "bw-test-board.h"
#include "board/bw-pose-scatter.h"

typedef struct
{
  char *folder;
  GFile *file;
  BwBoard *board;
  BwPose *poses;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autofree char *path = NULL;
  GBytes *bytes;

  fixture->folder = g_dir_make_tmp ("boardwalk-XXXXXX", NULL);
  path = g_build_filename (fixture->folder, "ä b.kicad_pcb", NULL);
  fixture->file = g_file_new_for_path (path);
  fixture->board = bw_test_board_new (5, FALSE);
  fixture->poses = bw_board_dup_poses (fixture->board);
  bw_pose_scatter (fixture->board, 1, 0.5, fixture->poses);
  bytes = bw_board_get_bytes (fixture->board);
  g_assert_true (g_file_set_contents (path, g_bytes_get_data (bytes, NULL),
                                      (gssize) g_bytes_get_size (bytes), NULL));
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  bw_recovery_remove (fixture->file);
  g_file_delete (fixture->file, NULL, NULL);
  g_rmdir (fixture->folder);
  g_object_unref (fixture->file);
  bw_board_unref (fixture->board);
  g_free (fixture->poses);
  g_free (fixture->folder);
}

static void
keep (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (bw_recovery_write (fixture->file, bw_board_get_bytes (fixture->board),
                                    fixture->board, fixture->poses, &error));
  g_assert_no_error (error);
}

/* The only file in the folder of what is kept. */
static char *
kept_path (void)
{
  g_autofree char *folder = g_build_filename (g_get_user_state_dir (), "boardwalk", "recovery",
                                              NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);

  return g_build_filename (folder, g_dir_read_name (dir), NULL);
}

static void
comes_back (Fixture       *fixture,
            gconstpointer  data)
{
  g_autofree BwPose *found = bw_recovery_read (fixture->file, fixture->board, NULL);
  g_autoptr (GFile) any = NULL;
  g_autofree char *path = NULL;
  gint64 time_s = 0;
  GStatBuf status;

  g_assert_null (found);
  keep (fixture);
  found = bw_recovery_read (fixture->file, fixture->board, &time_s);
  g_assert_nonnull (found);
  for (guint i = 0; i < fixture->board->n_footprints; i++)
    g_assert_true (bw_pose_equal (&found[i], &fixture->poses[i]));
  g_assert_cmpint (time_s, >, 0);
  any = bw_recovery_find_any ();
  g_assert_true (g_file_equal (any, fixture->file));

  path = kept_path ();
  g_assert_cmpint (g_stat (path, &status), ==, 0);
  g_assert_cmpuint (status.st_mode & 0777, ==, 0600);
}

static void
is_forgotten (Fixture       *fixture,
              gconstpointer  data)
{
  keep (fixture);
  bw_recovery_remove (fixture->file);
  g_assert_null (bw_recovery_read (fixture->file, fixture->board, NULL));
  g_assert_null (bw_recovery_find_any ());
  bw_recovery_remove (fixture->file);
}

static void
is_for_the_same_file (Fixture       *fixture,
                      gconstpointer  data)
{
  g_autoptr (BwBoard) other = bw_test_board_new (6, FALSE);
  g_autoptr (GFile) elsewhere = g_file_new_for_path ("/elsewhere.kicad_pcb");

  keep (fixture);
  g_assert_null (bw_recovery_read (fixture->file, other, NULL));
  g_assert_null (bw_recovery_read (elsewhere, fixture->board, NULL));
  g_file_delete (fixture->file, NULL, NULL);
  g_assert_null (bw_recovery_find_any ());
}

static void
what_is_broken_is_nothing (Fixture       *fixture,
                           gconstpointer  data)
{
  g_autofree char *path = NULL;
  g_autofree char *text = NULL;
  gsize length;

  keep (fixture);
  path = kept_path ();
  g_assert_true (g_file_get_contents (path, &text, &length, NULL));
  /* Cut anywhere it is poses or nothing; the last one's line, cut short, is nothing. */
  for (gsize cut = 0; cut < length; cut++)
    {
      g_autofree BwPose *found = NULL;

      g_assert_true (g_file_set_contents (path, text, (gssize) cut, NULL));
      found = bw_recovery_read (fixture->file, fixture->board, NULL);
      if (cut + strlen ("front") > length && cut + 1 < length)
        g_assert_null (found);
    }
  g_assert_true (g_file_set_contents (path, text, (gssize) length - 3, NULL));
  g_assert_null (bw_recovery_read (fixture->file, fixture->board, NULL));
}

int
main (int   argc,
      char *argv[])
{
  g_autofree char *state = g_dir_make_tmp ("boardwalk-XXXXXX", NULL);
  g_autofree char *folder = g_build_filename (state, "boardwalk", NULL);
  g_autofree char *inner = g_build_filename (folder, "recovery", NULL);
  int status;

  g_setenv ("XDG_STATE_HOME", state, TRUE);
  g_setenv ("GIO_USE_VFS", "local", TRUE);
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add ("/recovery/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("what was kept comes back for its owner alone", comes_back);
  ADD ("what was saved is forgotten", is_forgotten);
  ADD ("it comes back for the file that it was kept for", is_for_the_same_file);
  ADD ("what is broken is nothing", what_is_broken_is_nothing);
#undef ADD
  status = g_test_run ();
  g_rmdir (inner);
  g_rmdir (folder);
  g_rmdir (state);
  return status;
}
