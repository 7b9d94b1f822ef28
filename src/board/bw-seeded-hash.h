/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Hash functions for tables whose keys come from a file: keyed anew in each process, so that
 * nobody can write a file whose keys all fall into one slot. What they give differs from run to
 * run: nothing that lasts, and no order, may depend on it. Thread-safe. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* SipHash-1-3 of `length` bytes under the process's key. */
guint64 bw_seeded_hash_bytes  (gconstpointer bytes,
                               gsize         length);

/* GHashFunc for NUL-terminated strings, with g_str_equal(). */
guint   bw_seeded_hash_string (gconstpointer string);

/* GHashFunc for pointers to gint64, with g_int64_equal(). */
guint   bw_seeded_hash_int64  (gconstpointer number);

/* GHashFunc for numbers in pointers, with g_direct_equal(). */
guint   bw_seeded_hash_direct (gconstpointer number);

G_END_DECLS
