/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Groups: who is in a locked one is locked. */

#pragma once

#include "board/bw-reader.h"

G_BEGIN_DECLS

/* Returns: (transfer full): the lists, by index, of the footprints in locked groups and in the
 * groups inside them. */
GHashTable *bw_reader_locked_by_group (BwReader *self);

G_END_DECLS
