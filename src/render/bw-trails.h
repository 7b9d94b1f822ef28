/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where parts have been: the last places of each. */

#pragma once

#include <glib.h>

#include "base/bw-geometry.h"

G_BEGIN_DECLS

/* Places of each part, the present one among them. */
#define BW_TRAILS_LENGTH 40

typedef struct _BwTrails BwTrails;

BwTrails *bw_trails_new       (guint32         n_parts);
void      bw_trails_free      (BwTrails       *self);

void      bw_trails_clear     (BwTrails       *self);

/* Takes the places of n_parts poses, and forgets the oldest. Nothing where no part moved: a pause
 * leaves trails as long as they are. */
void      bw_trails_add       (BwTrails       *self,
                               const BwPose   *poses);

/* How many places of each part are known: BW_TRAILS_LENGTH at most. */
guint     bw_trails_get_count (const BwTrails *self);

/* The `index`th place of a part, the oldest first. */
BwPoint   bw_trails_get       (const BwTrails *self,
                               guint32         part,
                               guint           index);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BwTrails, bw_trails_free)

G_END_DECLS
