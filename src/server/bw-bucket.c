/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "server/bw-bucket.h"

BwBucket
bw_bucket_new (double burst,
               gint64 now_us)
{
  return (BwBucket) { burst, now_us };
}

gboolean
bw_bucket_take (BwBucket *self,
                double    rate,
                double    burst,
                gint64    now_us)
{
  double elapsed_s = (double) MAX (now_us - self->filled_us, 0) / G_USEC_PER_SEC;

  self->tokens = MIN (self->tokens + rate * elapsed_s, burst);
  self->filled_us = MAX (now_us, self->filled_us);
  if (self->tokens < 1.0)
    return FALSE;
  self->tokens -= 1.0;
  return TRUE;
}
