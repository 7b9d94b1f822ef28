/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "session/bw-remaining.h"

#include <math.h>

/* Until then the pace is a guess. */
#define PACE_KNOWN_US (G_USEC_PER_SEC / 2)

/* A run that is over its time ends soon. */
#define LEAST_S 1.0

/* A rise that is smaller is not told until it lasts longer. */
#define WAVER_S 3.0
#define WAVER_SHARE 0.1

void
bw_remaining_begin (BwRemaining *self,
                    guint32      epoch,
                    double       time_s,
                    gint64       now_us)
{
  *self = (BwRemaining) {
    .epoch = epoch,
    .time_s = time_s,
    /* Its state may have been told before it. */
    .since_us = self->since_us != 0 ? now_us : 0,
  };
}

void
bw_remaining_go (BwRemaining *self,
                 gint64       now_us)
{
  bw_remaining_halt (self, now_us);
  self->since_us = now_us;
}

void
bw_remaining_halt (BwRemaining *self,
                   gint64       now_us)
{
  if (self->since_us != 0)
    self->spent_us += now_us - self->since_us;
  self->since_us = self->paced_us = self->held_us = 0;
  self->told_s = 0.0;
}

static double
smooth (BwRemaining *self,
        double       remaining_s,
        gint64       now_us)
{
  double waver_s = fmax (WAVER_S, self->told_s * WAVER_SHARE);
  gboolean up = self->told_s > 0.0 && remaining_s > self->told_s;

  if (up && self->held_us == 0)
    self->held_us = now_us;
  if (up && remaining_s <= self->told_s + waver_s
      && now_us - self->held_us <= waver_s * G_USEC_PER_SEC)
    return self->told_s;
  self->held_us = 0;
  self->told_s = remaining_s;
  return remaining_s;
}

double
bw_remaining_estimate (BwRemaining   *self,
                       const BwFrame *frame,
                       gint64         now_us)
{
  double pace, remaining_s, left_s;

  if (frame->epoch != self->epoch || self->since_us == 0 || frame->final)
    return -1.0;
  if (self->paced_us == 0)
    {
      self->paced_us = now_us;
      self->paced_at = frame->iteration;
    }
  if (now_us - self->paced_us < PACE_KNOWN_US || frame->iteration <= self->paced_at ||
      frame->iteration >= frame->budget)
    return -1.0;
  pace = (double) (frame->iteration - self->paced_at) / (double) (now_us - self->paced_us);
  remaining_s = (frame->budget - frame->iteration) / pace / G_USEC_PER_SEC;
  if (self->time_s > 0.0)
    {
      left_s = self->time_s - (double) (self->spent_us + now_us - self->since_us) / G_USEC_PER_SEC;
      remaining_s = fmin (remaining_s, fmax (left_s, LEAST_S));
    }
  return smooth (self, remaining_s, now_us);
}
