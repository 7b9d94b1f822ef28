/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A token bucket: how often something may be done. A plain value; knows no clock. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  double tokens;
  gint64 filled_us; /* when `tokens` was right */
} BwBucket;

/* A full one. `now_us` is of any clock that only goes forward. */
BwBucket bw_bucket_new  (double    burst,
                         gint64    now_us);

/* Takes a token; FALSE where none is left. `rate` tokens come back each second, up to `burst`. */
gboolean bw_bucket_take (BwBucket *self,
                         double    rate,
                         double    burst,
                         gint64    now_us);

G_END_DECLS
