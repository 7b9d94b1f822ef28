/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Groups: who is in a locked one is locked; rules and areas may ask for one by its name. */

#pragma once

#include "board/bw-reader.h"

G_BEGIN_DECLS

/* Returns: (transfer full): the lists, by index, of the footprints in locked groups and in the
 * groups inside them. */
GHashTable *bw_reader_locked_by_group (BwReader   *self);

/* By footprint, whether it is in a group of this name or in one inside it. With `work_left` the
 * name may have wildcards, which take their steps from there; NULL: it is meant as it is. Takes
 * time in proportion to the file. Returns: (transfer full) */
guint8     *bw_reader_group_members   (BwReader   *self,
                                       const char *pattern,
                                       gint64     *work_left);

G_END_DECLS
