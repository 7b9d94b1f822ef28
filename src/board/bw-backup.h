/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The board as it was before it was last saved over: FILE-bak, beside FILE. Private to
 * bw-board-file.c. */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A backup that has been made, and what it took the place of. */
typedef struct
{
  char *path;    /* of the backup */
  char *older;   /* where the one before it is for now; NULL: there was none */
} BwBackup;

/* Makes what the file at `path` holds now its backup, with the same mode: whole or not at all. To
 * be called once the new file is written and needs but its name, so that no save that fails costs
 * a backup. Blocking. */
gboolean bw_backup_make (BwBackup      *self,
                         const char    *path,
                         GCancellable  *cancellable,
                         GError       **error);

/* The file was not replaced after all: brings the older backup back. */
void     bw_backup_undo (BwBackup      *self);

/* The file was replaced: lets go of the older backup. */
void     bw_backup_end  (BwBackup      *self);

G_END_DECLS
