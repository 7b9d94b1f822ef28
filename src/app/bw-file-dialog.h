/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Asking for a file to open or to save as: the one place that knows which of GTK's dialogs
 * does it. Main thread. */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef enum
{
  BW_FILE_DIALOG_OPEN,
  BW_FILE_DIALOG_SAVE,
  BW_FILE_DIALOG_EXPORT, /* a picture */
} BwFileDialogKind;

/* `initial` (nullable): the file whose folder and, for saving, whose name is proposed. */
void   bw_file_dialog_choose_async  (GtkWindow           *parent,
                                     BwFileDialogKind     kind,
                                     GFile               *initial,
                                     GAsyncReadyCallback  callback,
                                     gpointer             user_data);

/* Returns: (transfer full) (nullable): NULL where the dialog was dismissed */
GFile *bw_file_dialog_choose_finish (GAsyncResult        *result);

G_END_DECLS
