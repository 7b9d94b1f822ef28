/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A placement that is not saved yet, kept where a crash does not reach it: for each board file a
 * small file of poses in the user's state folder. All blocking; thread-safe for different
 * boards. */

#pragma once

#include "board/bw-board.h"

G_BEGIN_DECLS

/* Keeps `poses` (n_footprints of them) for `file`. `file_bytes`: what the file holds now; the poses
 * are for a file that still holds that. Whole or not at all, and readable by its owner alone. */
gboolean bw_recovery_write    (GFile         *file,
                               GBytes        *file_bytes,
                               const BwBoard *board,
                               const BwPose  *poses,
                               GError       **error);

/* The poses kept for `file`, which `board` was read from just now. `time_out` (nullable): when they
 * were kept, in seconds since 1970.
 *
 * Returns: (transfer full) (nullable): NULL where there are none, or the file is not the one that
 * they were kept for */
BwPose  *bw_recovery_read     (GFile         *file,
                               BwBoard       *board,
                               gint64        *time_out);

/* Forgets what is kept for `file`. */
void     bw_recovery_remove   (GFile         *file);

/* A file that something is kept for and that is there: the newest.
 *
 * Returns: (transfer full) (nullable) */
GFile   *bw_recovery_find_any (void);

G_END_DECLS
