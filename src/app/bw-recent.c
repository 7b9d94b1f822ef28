/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/bw-recent.h"

#define MIME_TYPE "application/x-kicad-pcb"

void
bw_recent_add (GFile *file)
{
  g_autofree char *uri = g_file_get_uri (file);
  GtkRecentData data = {
    .mime_type = (char *) MIME_TYPE,
    .app_name = (char *) g_get_prgname (),
    .app_exec = (char *) "boardwalk %u",
  };

  gtk_recent_manager_add_full (gtk_recent_manager_get_default (), uri, &data);
}

static int
compare_newest_first (gconstpointer a,
                      gconstpointer b)
{
  return -g_date_time_compare (gtk_recent_info_get_modified (*(GtkRecentInfo *const *) a),
                               gtk_recent_info_get_modified (*(GtkRecentInfo *const *) b));
}

GPtrArray *
bw_recent_list (guint n_max)
{
  GList *items = gtk_recent_manager_get_items (gtk_recent_manager_get_default ());
  g_autoptr (GPtrArray) known =
    g_ptr_array_new_with_free_func ((GDestroyNotify) gtk_recent_info_unref);
  GPtrArray *files = g_ptr_array_new_with_free_func (g_object_unref);

  for (GList *item = items; item; item = item->next)
    g_ptr_array_add (known, item->data);
  g_list_free (items);
  g_ptr_array_sort (known, compare_newest_first);
  for (guint i = 0; i < known->len && files->len < n_max; i++)
    {
      GtkRecentInfo *info = g_ptr_array_index (known, i);

      /* One that is far away would have to be asked for, which may take long. */
      if (g_strcmp0 (gtk_recent_info_get_mime_type (info), MIME_TYPE) == 0
          && gtk_recent_info_has_application (info, g_get_prgname ())
          && gtk_recent_info_is_local (info) && gtk_recent_info_exists (info))
        g_ptr_array_add (files, g_file_new_for_uri (gtk_recent_info_get_uri (info)));
    }
  return files;
}
