/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Convex hulls of points in an array. */

#pragma once

#include <glib.h>

#include "base/bw-geometry.h"

G_BEGIN_DECLS

/* Replaces what is in `points` (of BwPoint) from index `first` on by its convex hull. n log n. */
void bw_hull_take      (GArray        *points,
                        guint          first);

/* Appends points whose hull holds all that a round pen of this width draws along `from`. */
void bw_hull_add_thick (GArray        *points,
                        const BwPoint *from,
                        guint          n_from,
                        gint32         width_nm);

G_END_DECLS
