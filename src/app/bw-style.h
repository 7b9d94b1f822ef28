/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Light or dark: as asked, or as the desktop has it. Main thread. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* "system", "light" or "dark"; anything else is "system". May be called again at any time. */
void bw_style_set_scheme (const char *scheme);

G_END_DECLS
