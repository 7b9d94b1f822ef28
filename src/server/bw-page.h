/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The files of the viewer page, as they are sent. What a page begins with comes as few files: see
 * bw-bundle.h. From any thread. */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* "" is the page itself. Made when it is first asked for, then kept: some milliseconds once.
 *
 * Returns: (transfer none) (nullable): NULL where there is no such file. `type_out`: its media
 *   type; `packed_out`: the same file by gzip, or NULL where that is no smaller */
GBytes *bw_page_find (const char  *name,
                      const char **type_out,
                      GBytes     **packed_out);

G_END_DECLS
