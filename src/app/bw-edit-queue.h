/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Changes of the settings beside boards that a window asks for, one after the other: each may be
 * about what the last one did. All are made, also where the window is closed meanwhile: until then
 * it and the application are kept. Main thread. */

#pragma once

#include <gio/gio.h>

#include "session/bw-constraints-edit.h"

G_BEGIN_DECLS

typedef struct _BwEditQueue BwEditQueue;

/* `edit_data` has been written, or could not be: `error` then. It is freed after this. */
typedef void (*BwEditQueueDone) (gpointer      owner,
                                 gpointer      edit_data,
                                 const GError *error);

/* `owner` is a GObject that frees the queue when it is finalized; `edit` runs in a thread of its
 * own. */
BwEditQueue *bw_edit_queue_new       (gpointer           owner,
                                      BwConstraintsEdit  edit,
                                      GDestroyNotify     free_data,
                                      BwEditQueueDone    done);
void         bw_edit_queue_free      (BwEditQueue       *self);

/* `edit_data` (transfer full) goes to `edit`. */
void         bw_edit_queue_push      (BwEditQueue       *self,
                                      GFile             *board_file,
                                      gpointer           edit_data);

/* The data of the newest edit of that board's that has not begun and may be changed; nullable. */
gpointer     bw_edit_queue_peek_last (BwEditQueue       *self,
                                      GFile             *board_file);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BwEditQueue, bw_edit_queue_free)

G_END_DECLS
