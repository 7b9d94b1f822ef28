/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "session/bw-constraints-edit.h"

#include <glib/gstdio.h>

#include "board/bw-settings-edit.h"
#include "session/bw-constraints.h"

#define N_THREADS 4
#define N_EDITS 25

typedef struct
{
  GFile *board;
  guint number;
} Writer;

static GBytes *
set_key (GBytes     *settings,
         const char *name,
         gpointer    user_data,
         GError    **error)
{
  /* Another one would come in between, if it could. */
  g_thread_yield ();
  return bw_settings_edit (settings, name, "nets", user_data, "2", error);
}

static gpointer
write_keys (gpointer user_data)
{
  const Writer *writer = user_data;

  for (guint i = 0; i < N_EDITS; i++)
    {
      g_autofree char *key = g_strdup_printf ("N%u_%u_", writer->number, i);
      g_autoptr (GError) error = NULL;

      bw_constraints_edit (writer->board, set_key, key, NULL, &error);
      g_assert_no_error (error);
    }
  return NULL;
}

static GFile *
new_board (char **folder_out)
{
  g_autofree char *path = NULL;

  *folder_out = g_dir_make_tmp ("bw-XXXXXX", NULL);
  path = g_build_filename (*folder_out, "t.kicad_pcb", NULL);
  return g_file_new_for_path (path);
}

static void
delete (GFile *board,
        char  *folder)
{
  g_autoptr (GFile) file = bw_constraints_file (board);
  g_autofree char *backup = g_strconcat (g_file_peek_path (file), "-bak", NULL);

  g_remove (backup);
  g_remove (g_file_peek_path (file));
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

static void
what_several_threads_change_is_all_there (void)
{
  g_autofree char *folder = NULL;
  g_autoptr (GFile) board = new_board (&folder);
  g_autoptr (GFile) file = bw_constraints_file (board);
  g_autoptr (GBytes) bytes = NULL;
  GThread *threads[N_THREADS];
  Writer writers[N_THREADS];

  for (guint i = 0; i < N_THREADS; i++)
    {
      writers[i] = (Writer) { board, i };
      threads[i] = g_thread_new ("writer", write_keys, &writers[i]);
    }
  for (guint i = 0; i < N_THREADS; i++)
    g_thread_join (threads[i]);
  bytes = bw_constraints_load_bytes (file, NULL, NULL);
  for (guint i = 0; i < N_THREADS * N_EDITS; i++)
    {
      g_autofree char *key = g_strdup_printf ("\"N%u_%u_\"", i / N_EDITS, i % N_EDITS);

      g_assert_nonnull (g_strstr_len (g_bytes_get_data (bytes, NULL),
                                      (gssize) g_bytes_get_size (bytes), key));
    }
  delete (board, folder);
}

static void
settings_that_are_none_stay_as_they_are (void)
{
  g_autofree char *folder = NULL;
  g_autoptr (GFile) board = new_board (&folder);
  g_autoptr (GFile) file = bw_constraints_file (board);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  g_assert_true (g_file_set_contents (g_file_peek_path (file), "[1]", -1, NULL));
  g_assert_false (bw_constraints_edit (board, set_key, (char *) "N1", NULL, &error));
  g_assert_true (g_str_has_prefix (error->message, "t.boardwalk.json:1"));
  g_assert_true (g_file_get_contents (g_file_peek_path (file), &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "[1]");
  delete (board, folder);
}

typedef struct
{
  GMainLoop *loop;
  gboolean done;
  char *key;
  char *message;
} Answer;

static void
on_edited (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  Answer *answer = user_data;
  g_autoptr (GError) error = NULL;

  answer->done = bw_constraints_edit_finish (result, &error);
  answer->key = g_strdup (bw_constraints_edit_get_data (result));
  answer->message = error != NULL ? g_strdup (error->message) : NULL;
  g_main_loop_quit (answer->loop);
}

static void
a_thread_changes_them_and_says_what_became_of_it (void)
{
  g_autofree char *folder = NULL;
  g_autoptr (GFile) board = new_board (&folder);
  g_autoptr (GFile) file = bw_constraints_file (board);
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  Answer good = { .loop = loop }, bad = { .loop = loop };

  bw_constraints_edit_async (board, set_key, g_strdup ("N1"), g_free, on_edited, &good);
  g_main_loop_run (loop);
  g_assert_true (good.done);
  g_assert_cmpstr (good.key, ==, "N1");
  g_assert_null (good.message);

  g_assert_true (g_file_set_contents (g_file_peek_path (file), "[1]", -1, NULL));
  bw_constraints_edit_async (board, set_key, g_strdup ("N2"), g_free, on_edited, &bad);
  g_main_loop_run (loop);
  g_assert_false (bad.done);
  g_assert_cmpstr (bad.key, ==, "N2");
  g_assert_true (g_str_has_prefix (bad.message, "t.boardwalk.json:1"));

  g_free (good.key);
  g_free (bad.key);
  g_free (bad.message);
  delete (board, folder);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/constraints-edit/what several threads change is all there",
                   what_several_threads_change_is_all_there);
  g_test_add_func ("/constraints-edit/settings that are none stay as they are",
                   settings_that_are_none_stay_as_they_are);
  g_test_add_func ("/constraints-edit/a thread changes them and says what became of it",
                   a_thread_changes_them_and_says_what_became_of_it);
  return g_test_run ();
}
