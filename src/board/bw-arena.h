/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Memory that is given out piece by piece and freed as a whole. Not thread-safe while it
 * grows; what it gave out may be read from anywhere. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _BwArena BwArena;

BwArena    *bw_arena_new     (void);
void        bw_arena_free    (BwArena    *self);

/* `size` bytes, zeroed, aligned for pointers and 64-bit numbers. */
gpointer    bw_arena_alloc   (BwArena    *self,
                              gsize       size);

/* A copy of `size` bytes; NULL for none. */
gpointer    bw_arena_copy    (BwArena    *self,
                              gconstpointer bytes,
                              gsize       size);

/* A NUL-terminated copy of `length` bytes. */
char       *bw_arena_string  (BwArena    *self,
                              const char *text,
                              gsize       length);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BwArena, bw_arena_free)

G_END_DECLS
