/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How parts are drawn on their way to where a frame has them. Frames are true states, and a run
 * may throw a part across the board from one to the next; what is drawn follows them so that the
 * eye can follow it: each part goes a share of its way, and no part faster than across the board
 * in three quarters of a second. viewer/core/glide.js is the same for the page. */

#pragma once

#include <glib.h>

#include "base/bw-geometry.h"

G_BEGIN_DECLS

/* Brings `n` poses of `drawn` so much nearer to `target`; FALSE once all are there. Those that are
 * `held` (nullable; flags) are there at once, because a hand has put them there, and so are turns
 * and sides. `diagonal_nm` is that of the board. */
gboolean bw_glide_step (BwPose       *drawn,
                        const BwPose *target,
                        const guint8 *held,
                        guint32       n,
                        double        diagonal_nm,
                        double        passed_ms);

G_END_DECLS
