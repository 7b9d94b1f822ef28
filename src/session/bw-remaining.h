/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How long a run still takes, as people are told: by its pace since it was started or resumed, and
 * no longer than what is left of its time. Times are of one clock, in microseconds. */

#pragma once

#include "session/bw-frame.h"

G_BEGIN_DECLS

/* All 0 at first. */
typedef struct
{
  guint32 epoch;      /* of the run */
  double time_s;      /* that it has; 0: nobody knows */
  gint64 spent_us;    /* of that, before it was resumed */
  gint64 since_us;    /* when it was started or resumed; 0: it does not go on */
  gint64 paced_us;    /* when its pace is measured from; 0: from the next frame on */
  guint32 paced_at;   /* the iteration then */
  double told_s;      /* what was told last; 0: nothing since then */
  gint64 held_us;     /* since when it should have been a little more; 0: it should not */
} BwRemaining;

/* Run `epoch` begins and may take so long; 0: nobody knows. */
void   bw_remaining_begin    (BwRemaining   *self,
                              guint32        epoch,
                              double         time_s,
                              gint64         now_us);
/* It goes on, or no longer. */
void   bw_remaining_go       (BwRemaining   *self,
                              gint64         now_us);
void   bw_remaining_halt     (BwRemaining   *self,
                              gint64         now_us);

/* In seconds, from a frame that is the newest now; below 0: nobody knows. It does not go up by a
 * little: a pace that wavers would be read as a time that does. */
double bw_remaining_estimate (BwRemaining   *self,
                              const BwFrame *frame,
                              gint64         now_us);

G_END_DECLS
