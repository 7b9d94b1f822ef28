/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bench/jumps.h"

#include <glib.h>
#include <math.h>

#include "base/bw-polygon.h"

#define FRAME_S (1.0 / 30.0)
#define N_BINS 10000
#define N_PHASES (BW_PHASE_FINAL + 1)

struct _Jumps
{
  const BwProblem *problem;
  BwPose *last;
  double diagonal_nm;
  double next_s;
  guint64 counts[N_PHASES][N_BINS + 1]; /* of jumps, by ten-thousandths of the diagonal */
};

Jumps *
jumps_new (const BwProblem *problem)
{
  Jumps *self = g_new0 (Jumps, 1);
  BwBox room = BW_BOX_EMPTY;

  for (uint32_t i = 0; i < problem->n_regions; i++)
    {
      BwBox box = bw_ring_box (&problem->regions[i].ring);

      bw_box_add_box (&room, &box);
    }
  if (bw_box_is_empty (&room))
    for (uint32_t i = 0; i < problem->n_parts; i++)
      bw_box_add_point (&room, problem->parts[i].start.at);
  self->problem = problem;
  self->last = g_new0 (BwPose, problem->n_parts + 1);
  if (!bw_box_is_empty (&room))
    self->diagonal_nm = hypot ((double) room.x1_nm - room.x0_nm, (double) room.y1_nm - room.y0_nm);
  self->next_s = -1.0;
  return self;
}

void
jumps_free (Jumps *self)
{
  g_free (self->last);
  g_free (self);
}

void
jumps_look (Jumps        *self,
            const BwPose *poses,
            BwPhase       phase,
            double        seconds)
{
  gboolean is_first = self->next_s < 0.0;

  if (seconds < self->next_s || self->diagonal_nm <= 0.0)
    return;
  self->next_s = seconds + FRAME_S;
  for (uint32_t i = 0; i < self->problem->n_parts; i++)
    {
      double way_nm = hypot ((double) poses[i].at.x_nm - self->last[i].at.x_nm,
                             (double) poses[i].at.y_nm - self->last[i].at.y_nm);
      double bin = floor (N_BINS * way_nm / self->diagonal_nm);

      if (!is_first && !self->problem->parts[i].fixed)
        self->counts[phase][bin < N_BINS ? (guint) bin : N_BINS]++;
      self->last[i] = poses[i];
    }
}

double
jumps_percentile (Jumps  *self,
                  BwPhase phase)
{
  guint64 all = 0, sum = 0;
  guint bin = 0;

  for (guint i = 0; i <= N_BINS; i++)
    all += self->counts[phase][i];
  while (bin < N_BINS && (sum += self->counts[phase][bin]) * 100 < all * 99)
    bin++;
  return (double) bin / N_BINS;
}
