/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Files of any origin, looked at before they are read. */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What `file` holds. Refuses, before it reads a byte, what is no regular file, as a pipe would be
 * waited for and a device read without end, and what is larger than `max_bytes`. Messages of these
 * do not name the file. Blocking; thread-safe.
 *
 * Returns: (transfer full) (nullable): the bytes; NULL with a GIO error */
GBytes *bw_input_file_load (GFile         *file,
                            guint64        max_bytes,
                            GCancellable  *cancellable,
                            GError       **error);

G_END_DECLS
