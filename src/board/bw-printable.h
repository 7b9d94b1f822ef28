/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Text from a file or the network, made fit for a message. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The text with a space for each control character (C0, DEL and C1), so that it stays on its line
 * and tells a terminal nothing, and in UTF-8, whatever it was in. (transfer full) */
char *bw_dup_printable (const char *text);

G_END_DECLS
