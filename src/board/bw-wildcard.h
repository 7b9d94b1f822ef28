/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Names with * for any characters and ? for one, as projects and rule files have them. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Whether all of `name` is `pattern`. Takes its steps from `work_left`; FALSE when that is used up,
 * which may be long: the product of both lengths. */
gboolean bw_wildcard_match        (const char *pattern,
                                   const char *name,
                                   gint64     *work_left);

/* The same, where ASCII letters may be small or capital. */
gboolean bw_wildcard_match_folded (const char *pattern,
                                   const char *name,
                                   gint64     *work_left);

G_END_DECLS
