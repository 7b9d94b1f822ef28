/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/bw-file-dialog.h"

#include <glib/gi18n.h>

static void
on_response (GtkNativeDialog *dialog,
             int              response,
             gpointer         user_data)
{
  g_autoptr (GTask) task = user_data;
  GFile *file = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  g_task_return_pointer (task, file, g_object_unref);
  g_object_unref (dialog);
}

static void
add_filter (GtkFileChooser    *chooser,
            const char        *name,
            const char *const *patterns)
{
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

  gtk_file_filter_set_name (filter, name);
  for (gsize i = 0; patterns[i]; i++)
    gtk_file_filter_add_pattern (filter, patterns[i]);
  gtk_file_chooser_add_filter (chooser, filter);
}

static void
add_filters (GtkFileChooser  *chooser,
             BwFileDialogKind kind)
{
  static const char *const boards[] = { "*.kicad_pcb", NULL };
  static const char *const pictures[] = { "*.png", "*.svg", "*.pdf", NULL };
  static const char *const all[] = { "*", NULL };

  if (kind == BW_FILE_DIALOG_EXPORT)
    add_filter (chooser, _("Pictures"), pictures);
  else
    add_filter (chooser, _("KiCad Boards"), boards);
  add_filter (chooser, _("All Files"), all);
}

void
bw_file_dialog_choose_async (GtkWindow           *parent,
                             BwFileDialogKind     kind,
                             GFile               *initial,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  GTask *task = g_task_new (parent, NULL, callback, user_data);
  gboolean save = kind != BW_FILE_DIALOG_OPEN;
  const char *title = kind == BW_FILE_DIALOG_EXPORT ? _("Export Picture")
                      : save                        ? _("Save Board As")
                                                    : _("Open Board");
  GtkFileChooserNative *dialog =
    gtk_file_chooser_native_new (title, parent,
                                 save ? GTK_FILE_CHOOSER_ACTION_SAVE
                                      : GTK_FILE_CHOOSER_ACTION_OPEN,
                                 save ? _("_Save") : _("_Open"), _("_Cancel"));

  g_task_set_name (task, "bw_file_dialog_choose_async");
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  add_filters (GTK_FILE_CHOOSER (dialog), kind);
  if (initial)
    {
      g_autoptr (GFile) folder = g_file_get_parent (initial);
      g_autofree char *name = g_file_get_basename (initial);

      if (folder)
        gtk_file_chooser_set_current_folder (GTK_FILE_CHOOSER (dialog), folder, NULL);
      if (save)
        gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), name);
    }
  g_signal_connect (dialog, "response", G_CALLBACK (on_response), task);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

GFile *
bw_file_dialog_choose_finish (GAsyncResult *result)
{
  return g_task_propagate_pointer (G_TASK (result), NULL);
}
