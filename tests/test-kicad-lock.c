/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "board/bw-kicad-lock.h"

#include <glib/gstdio.h>
#include <string.h>

static void
assert_owner (const char *lock,
              gssize      length,
              const char *owner)
{
  g_autofree char *folder = g_dir_make_tmp ("boardwalk-XXXXXX", NULL);
  g_autofree char *board = g_build_filename (folder, "a.kicad_pcb", NULL);
  g_autofree char *path = g_build_filename (folder, "~a.kicad_pcb.lck", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (board);
  g_autofree char *found = NULL;

  if (lock != NULL)
    g_assert_true (g_file_set_contents (path, lock, length, NULL));
  found = bw_kicad_lock_dup_owner (file);
  g_assert_cmpstr (found, ==, owner);
  g_unlink (path);
  g_rmdir (folder);
}

static void
test_none (void)
{
  assert_owner (NULL, 0, NULL);
}

static void
test_owner (void)
{
  assert_owner ("{\n  \"hostname\": \"bench\",\n  \"username\": \"ada\"\n}\n", -1, "ada on bench");
  assert_owner ("{\"username\":\"ada\"}", -1, "ada");
  assert_owner ("{\"hostname\":\"bench\",\"username\":\"\"}", -1, "bench");
}

static void
test_odd (void)
{
  g_autofree char *huge = g_strnfill (1000000, '"');

  assert_owner ("", -1, "");
  assert_owner ("{\"username\": 7}", -1, "");
  assert_owner (huge, -1, "");
  assert_owner ("{\"username\":\"a\nb\"}", -1, "a b");
  assert_owner ("{\"username\":\"\xff\"}", -1, "\xef\xbf\xbd");
  assert_owner ("\0{\"username\":\"ada\"}", 18, "");
}

static void
test_folder (void)
{
  g_autofree char *folder = g_dir_make_tmp ("boardwalk-XXXXXX", NULL);
  g_autofree char *board = g_build_filename (folder, "a.kicad_pcb", NULL);
  g_autofree char *path = g_build_filename (folder, "~a.kicad_pcb.lck", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (board);

  g_mkdir (path, 0700);
  g_assert_null (bw_kicad_lock_dup_owner (file));
  g_rmdir (path);
  g_rmdir (folder);
}

int
main (int   argc,
      char *argv[])
{
  g_setenv ("GIO_USE_VFS", "local", TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/kicad-lock/without a lock nobody has the board open", test_none);
  g_test_add_func ("/kicad-lock/the lock tells who has it open", test_owner);
  g_test_add_func ("/kicad-lock/what is in a lock is not trusted", test_odd);
  g_test_add_func ("/kicad-lock/a folder of that name is no lock", test_folder);
  return g_test_run ();
}
