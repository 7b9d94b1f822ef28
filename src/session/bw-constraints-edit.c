/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "session/bw-constraints-edit.h"

#include "board/bw-board-writer.h"
#include "session/bw-constraints.h"

gboolean
bw_constraints_edit (GFile              *board_file,
                     BwConstraintsEdit   edit,
                     gpointer            user_data,
                     GCancellable       *cancellable,
                     GError            **error)
{
  static GMutex mutex;
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&mutex);
  g_autoptr (GFile) file = bw_constraints_file (board_file);
  g_autofree char *name = g_file_get_basename (file);
  g_autoptr (GError) problem = NULL;
  g_autoptr (GBytes) old = bw_constraints_load_bytes (file, cancellable, &problem);
  g_autoptr (GBytes) bytes = NULL;

  if (old == NULL && !g_error_matches (problem, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  bytes = edit (old, name, user_data, error);
  return bytes != NULL && bw_board_write (file, bytes, old, cancellable, error);
}
