/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/bw-examples.h"

#include "config.h"

#include <string.h>

#define SUFFIX ".kicad_pcb"

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  g_autofree char *left = g_file_get_basename (*(GFile *const *) a);
  g_autofree char *right = g_file_get_basename (*(GFile *const *) b);

  return g_strcmp0 (left, right);
}

static void
find_in_thread (GTask        *task,
                gpointer      source,
                gpointer      task_data,
                GCancellable *cancellable)
{
  const char *path = g_getenv ("BW_EXAMPLES");
  g_autoptr (GFile) folder = g_file_new_for_path (path ? path : BW_EXAMPLESDIR);
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GFileEnumerator) children =
    g_file_enumerate_children (folder, G_FILE_ATTRIBUTE_STANDARD_NAME, G_FILE_QUERY_INFO_NONE,
                               cancellable, NULL);
  GFile *file;

  /* No folder, no examples: the program may be run before it is installed. */
  while (children && g_file_enumerator_iterate (children, NULL, &file, cancellable, NULL) && file)
    {
      g_autofree char *name = g_file_get_basename (file);

      if (g_str_has_suffix (name, SUFFIX))
        g_ptr_array_add (files, g_object_ref (file));
    }
  g_ptr_array_sort (files, compare_names);
  g_task_return_pointer (task, g_steal_pointer (&files), (GDestroyNotify) g_ptr_array_unref);
}

void
bw_examples_find_async (GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_name (task, "bw_examples_find_async");
  g_task_run_in_thread (task, find_in_thread);
}

GPtrArray *
bw_examples_find_finish (GAsyncResult *result)
{
  return g_task_propagate_pointer (G_TASK (result), NULL);
}

char *
bw_examples_dup_title (GFile *file)
{
  char *title = g_file_get_basename (file);
  gboolean first = TRUE;

  if (g_str_has_suffix (title, SUFFIX))
    title[strlen (title) - strlen (SUFFIX)] = '\0';
  for (char *c = title; *c; c++)
    {
      if (*c == '-' || *c == '_')
        *c = ' ';
      else if (first)
        *c = g_ascii_toupper (*c);
      first = *c == ' ';
    }
  return title;
}
