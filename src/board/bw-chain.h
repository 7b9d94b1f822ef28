/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Joins loose lines, arcs and curves, drawn in any order and direction, into rings. */

#pragma once

#include <glib.h>

#include "base/bw-geometry.h"

G_BEGIN_DECLS

typedef struct _BwChain BwChain;

/* Ends that are this near are taken to meet. */
BwChain *bw_chain_new      (gint32         tolerance_nm);
void     bw_chain_free     (BwChain       *self);

/* A polyline of two points or more; shorter ones and those of no length are left out. */
void     bw_chain_add      (BwChain       *self,
                            const BwPoint *points,
                            guint          n_points,
                            gboolean       closed);

typedef void (*BwChainFunc) (const BwPoint *points,
                             guint          n_points,
                             gboolean       closed,
                             gpointer       user_data);

/* Joins what was added and calls `func` for each ring (without a double last point) and for
 * each chain that stays open. n log n in the number of polylines, whatever they are. */
void     bw_chain_join     (BwChain       *self,
                            BwChainFunc    func,
                            gpointer       user_data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BwChain, bw_chain_free)

G_END_DECLS
