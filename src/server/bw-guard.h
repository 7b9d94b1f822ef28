/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How much one address may ask for: connections at a time, and tokens to try. One thread. */

#pragma once

#include <gio/gio.h>

#include "server/bw-server-limits.h"

G_BEGIN_DECLS

typedef struct _BwGuard BwGuard;

BwGuard *bw_guard_new             (const BwServerLimits *limits);
void     bw_guard_free            (BwGuard              *self);

/* Counts a connection of `address` as long as `connection` lives. FALSE, and it is not counted,
 * where it is one too many. Whoever is on this computer may be a proxy or a tunnel, for any
 * number of people, and is not counted unless the limits say so. */
gboolean bw_guard_let_in          (BwGuard              *self,
                                   GInetAddress         *address,
                                   GObject              *connection);

/* A wrong token came from there. FALSE where that is one too many for now. */
gboolean bw_guard_count_guess     (BwGuard              *self,
                                   GInetAddress         *address,
                                   gint64                now_us);

G_END_DECLS
