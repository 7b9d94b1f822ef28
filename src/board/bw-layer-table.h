/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a layer's name means on one board.
 *
 * Names of technical layers are fixed. Copper layers could be renamed up to KiCad 5, so for them
 * the number in the board's table decides: 0 is the front; 31 (up to KiCad 8) or 2 (from KiCad
 * 9) the back; in files of KiCad 3 it was 15 and 0. */

#pragma once

#include "board/bw-board.h"
#include "board/bw-sexpr.h"

G_BEGIN_DECLS

typedef struct _BwLayerTable BwLayerTable;

typedef struct
{
  guint8 layer;  /* BwLayer */
  guint8 sides;  /* bit BwSide; 0: neither (inner copper, edges, drawings) */
} BwLayerMeaning;

/* `layers`: the board's (layers) list; 0: it has none. */
BwLayerTable  *bw_layer_table_new    (const BwSexpr      *sexpr,
                                      guint32             layers,
                                      gint32              version);
void           bw_layer_table_free   (BwLayerTable       *self);

/* A layer's name as in the file, without its quotes; wildcards such as *.Cu too. */
BwLayerMeaning bw_layer_table_find   (const BwLayerTable *self,
                                      const char         *name,
                                      gsize               length);

/* The name of the layer that `name` becomes on a footprint that is turned over. Returns: NULL
 * where it stays. */
const char    *bw_layer_table_flip   (const BwLayerTable *self,
                                      const char         *name,
                                      gsize               length,
                                      char                buffer[64]);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BwLayerTable, bw_layer_table_free)

G_END_DECLS
