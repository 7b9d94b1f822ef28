/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which parts of a board are in somebody's hand: who comes first has them, and nobody else may
 * move them meanwhile. The one place where that is decided. Any thread. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Parts in one hand, at most. */
#define BW_GRABS_MAX 256

typedef struct _BwGrabs BwGrabs;

BwGrabs *bw_grabs_new    (void);
BwGrabs *bw_grabs_ref    (BwGrabs       *self);
void     bw_grabs_unref  (BwGrabs       *self);

/* From now on `who` has those of `parts` that nobody else has, and no others: n = 0 lets go of
 * all. More than BW_GRABS_MAX are not taken.
 *
 * Returns: how many were; they are in `taken_out` (BW_GRABS_MAX of them; nullable) */
guint    bw_grabs_set    (BwGrabs       *self,
                          guint32        who,
                          const guint32 *parts,
                          guint          n,
                          gint64         now_us,
                          guint32       *taken_out);

/* Lets go for `who` unless it has said within `patience_us` that it still drags. TRUE where it
 * did. */
gboolean bw_grabs_expire (BwGrabs       *self,
                          guint32        who,
                          gint64         now_us,
                          gint64         patience_us);

/* What it has: writes BW_GRABS_MAX parts at most. */
guint    bw_grabs_list   (BwGrabs       *self,
                          guint32        who,
                          guint32       *parts_out);

/* Whether nobody else has it. */
gboolean bw_grabs_allow  (BwGrabs       *self,
                          guint32        who,
                          guint32        part);

/* Whether somebody else has anything. */
gboolean bw_grabs_has_others (BwGrabs    *self,
                              guint32     who);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BwGrabs, bw_grabs_unref)

G_END_DECLS
