/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Changes of the settings beside a board (BOARD.boardwalk.json) on disk. */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The settings (nullable: none yet) with something changed; see board/bw-settings-edit.h. (transfer
 * full): NULL with an error where they cannot be changed. `name` is the file's, for messages. */
typedef GBytes *(*BwConstraintsEdit) (GBytes     *settings,
                                      const char *name,
                                      gpointer    user_data,
                                      GError    **error);

/* Reads the file beside the board, has it changed and writes it. Blocking; any thread: one after
 * the other, so that none takes back what another has changed. FALSE with an error of the edit or
 * GIO's, and the file as it was. */
gboolean bw_constraints_edit          (GFile               *board_file,
                                       BwConstraintsEdit    edit,
                                       gpointer             user_data,
                                       GCancellable        *cancellable,
                                       GError             **error);

/* The same in a thread. `edit_data` is the edit's until its end, and is freed after `callback`, in
 * the caller's main context. */
void     bw_constraints_edit_async    (GFile               *board_file,
                                       BwConstraintsEdit    edit,
                                       gpointer             edit_data,
                                       GDestroyNotify       free_data,
                                       GAsyncReadyCallback  callback,
                                       gpointer             user_data);
gpointer bw_constraints_edit_get_data (GAsyncResult        *result);
gboolean bw_constraints_edit_finish   (GAsyncResult        *result,
                                       GError             **error);

G_END_DECLS
