/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The boards that were opened or saved last, as the desktop remembers them. Main thread. */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void       bw_recent_add  (GFile *file);

/* At most `n_max`, the newest first; those that are gone are left out.
 *
 * Returns: (element-type GFile) (transfer full) */
GPtrArray *bw_recent_list (guint  n_max);

G_END_DECLS
