/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The board as it was before it was first saved over: FILE-bak, beside FILE. */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Makes what `file` holds now its backup, in the place of an older one, with the same mode; where
 * `file` is a symbolic link, beside what it leads to. Nothing to do, and TRUE, where there is no
 * such file yet or it is not of this computer. The backup is there whole or not at all. To be
 * called before a save by bw_board_write(), which leaves the old file's bytes to the backup
 * instead of copying them. Blocking. */
gboolean bw_backup_make (GFile         *file,
                         GCancellable  *cancellable,
                         GError       **error);

G_END_DECLS
