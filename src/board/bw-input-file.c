/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "board/bw-input-file.h"

static gboolean
check (GFileInfo  *info,
       guint64     max_bytes,
       GError    **error)
{
  GFileType type = g_file_info_get_file_type (info);
  guint64 size = g_file_info_get_attribute_uint64 (info, G_FILE_ATTRIBUTE_STANDARD_SIZE);

  if (type == G_FILE_TYPE_DIRECTORY)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_IS_DIRECTORY, "a directory, not a file");
  else if (type != G_FILE_TYPE_REGULAR)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_REGULAR_FILE, "not a regular file");
  else if (size > max_bytes)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE,
                 "larger than %" G_GUINT64_FORMAT " MB", max_bytes / 1000000);
  else
    return TRUE;
  return FALSE;
}

GBytes *
bw_input_file_load (GFile         *file,
                    guint64        max_bytes,
                    GCancellable  *cancellable,
                    GError       **error)
{
  g_autoptr (GFileInfo) info = NULL;

  g_return_val_if_fail (G_IS_FILE (file), NULL);

  info = g_file_query_info (file,
                            G_FILE_ATTRIBUTE_STANDARD_TYPE "," G_FILE_ATTRIBUTE_STANDARD_SIZE,
                            G_FILE_QUERY_INFO_NONE, cancellable, error);
  if (info == NULL || !check (info, max_bytes, error))
    return NULL;
  return g_file_load_bytes (file, cancellable, NULL, error);
}
