/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How much of the heap is in use, to the byte: what the kernel tells of a process is rounded to
 * some 256 KiB, more than a small board is long. Takes the place of malloc() and its kin in the
 * program that it is linked into. Any thread; one count for all. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Begins to count from 0. */
void   bw_heap_watch (void);

/* Ends it. Returns: the most bytes that were in use at once of what was taken since, the
 * allocator's own needs apart. */
gint64 bw_heap_peak  (void);

G_END_DECLS
