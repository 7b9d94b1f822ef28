/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The nets of a board while it is read: a numbered table up to KiCad 9, names alone after. */

#pragma once

#include "board/bw-arena.h"
#include "board/bw-board.h"

G_BEGIN_DECLS

typedef struct _BwNetTable BwNetTable;

BwNetTable *bw_net_table_new            (BwArena           *arena);
void        bw_net_table_free           (BwNetTable        *self);

/* An entry of the numbered table. `name` belongs to the arena. Returns: FALSE where the number
 * was taken. */
gboolean    bw_net_table_add            (BwNetTable        *self,
                                         gint64             number,
                                         const char        *name);

/* Index of a net; -1 where there is none of that number. */
gint32      bw_net_table_find_number    (const BwNetTable  *self,
                                         gint64             number);
/* Index of the net of that name, which is added where it is new; -1 for "". */
gint32      bw_net_table_find_name      (BwNetTable        *self,
                                         const char        *name);

void        bw_net_table_count_track    (BwNetTable        *self,
                                         gint32             net);

/* Hands the nets out with their pins, in the arena, and empties the table. */
BwNet      *bw_net_table_finish         (BwNetTable        *self,
                                         const BwFootprint *footprints,
                                         guint32            n_footprints,
                                         guint32           *n_nets_out);

/* Whether a net of this name is a supply or ground, by its last path element. */
gboolean    bw_net_name_is_power        (const char        *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BwNetTable, bw_net_table_free)

G_END_DECLS
