/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "board/bw-input-file.h"

#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct
{
  char *folder;
  char *path;
  GFile *file;
} Place;

static void
set_up (Place         *place,
        gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  place->folder = g_dir_make_tmp ("boardwalk-XXXXXX", &error);
  g_assert_no_error (error);
  place->path = g_build_filename (place->folder, "input", NULL);
  place->file = g_file_new_for_path (place->path);
}

static void
tear_down (Place         *place,
           gconstpointer  data)
{
  g_unlink (place->path);
  g_assert_cmpint (g_rmdir (place->folder), ==, 0);
  g_object_unref (place->file);
  g_free (place->path);
  g_free (place->folder);
}

static void
assert_refused (GFile *file,
                int    code)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (bw_input_file_load (file, 10, NULL, &error));
  g_assert_error (error, G_IO_ERROR, code);
}

static void
a_file_is_read_up_to_its_limit (Place         *place,
                                gconstpointer  data)
{
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;

  assert_refused (place->file, G_IO_ERROR_NOT_FOUND);
  g_assert_true (g_file_set_contents (place->path, "0123456789", 10, NULL));
  bytes = bw_input_file_load (place->file, 10, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), "0123456789", 10);
  g_assert_true (g_file_set_contents (place->path, "0123456789+", 11, NULL));
  assert_refused (place->file, G_IO_ERROR_MESSAGE_TOO_LARGE);
  g_assert_cmpint (truncate (place->path, 3000000000), ==, 0);
  assert_refused (place->file, G_IO_ERROR_MESSAGE_TOO_LARGE);
}

static void
what_is_no_regular_file_is_refused_unread (Place         *place,
                                           gconstpointer  data)
{
  g_autoptr (GFile) folder = g_file_new_for_path (place->folder);
  g_autoptr (GFile) device = g_file_new_for_path ("/dev/zero");

  g_assert_cmpint (mkfifo (place->path, 0600), ==, 0);
  assert_refused (place->file, G_IO_ERROR_NOT_REGULAR_FILE);
  assert_refused (device, G_IO_ERROR_NOT_REGULAR_FILE);
  assert_refused (folder, G_IO_ERROR_IS_DIRECTORY);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add ("/input-file/" name, Place, NULL, set_up, func, tear_down)
  ADD ("a-file-is-read-up-to-its-limit", a_file_is_read_up_to_its_limit);
  ADD ("what-is-no-regular-file-is-refused-unread", what_is_no_regular_file_is_refused_unread);
#undef ADD
  return g_test_run ();
}
