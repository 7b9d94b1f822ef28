/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Names as KiCad shows them. In its files "/" and other characters that would part a name stand as
 * words in braces, "{slash}". */

#pragma once

#include "board/bw-arena.h"

G_BEGIN_DECLS

/* `name` itself where it has no such words, else a string of the arena's. */
const char *bw_shown_name (const char *name,
                           BwArena    *arena);

G_END_DECLS
