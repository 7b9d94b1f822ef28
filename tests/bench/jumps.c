/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bench/jumps.h"

#include <glib.h>
#include <math.h>

#include "base/bw-polygon.h"
#include "render/bw-glide.h"

/* Drawn as often as on most displays; looked at every second time. */
#define REFRESH_MS (1000.0 / 60.0)
#define REFRESHES_A_FRAME 2
#define N_BINS 10000
#define N_PHASES (BW_PHASE_FINAL + 1)

/* Of jumps, by ten-thousandths of the diagonal. */
typedef guint64 Counts[N_PHASES][N_BINS + 1];

struct _Jumps
{
  const BwProblem *problem;
  double diagonal_nm;
  double next_refresh_s;
  guint64 n_refreshes;
  BwPose *drawn;
  BwPose *last;          /* frame, */
  BwPose *last_drawn;    /* and what was drawn then */
  Counts counts;
  Counts drawn_counts;
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
  self->drawn = g_new0 (BwPose, problem->n_parts + 1);
  self->last = g_new0 (BwPose, problem->n_parts + 1);
  self->last_drawn = g_new0 (BwPose, problem->n_parts + 1);
  for (uint32_t i = 0; i < problem->n_parts; i++)
    self->drawn[i] = self->last[i] = self->last_drawn[i] = problem->parts[i].start;
  if (!bw_box_is_empty (&room))
    self->diagonal_nm = hypot ((double) room.x1_nm - room.x0_nm, (double) room.y1_nm - room.y0_nm);
  return self;
}

void
jumps_free (Jumps *self)
{
  g_free (self->drawn);
  g_free (self->last);
  g_free (self->last_drawn);
  g_free (self);
}

/* How far parts are from where they were, which they are then no more. */
static void
count (Jumps        *self,
       const BwPose *poses,
       BwPose       *last,
       guint64      *counts)
{
  for (uint32_t i = 0; i < self->problem->n_parts; i++)
    {
      double way_nm = hypot ((double) poses[i].at.x_nm - last[i].at.x_nm,
                             (double) poses[i].at.y_nm - last[i].at.y_nm);
      double bin = floor (N_BINS * way_nm / self->diagonal_nm);

      if (!self->problem->parts[i].fixed)
        counts[bin < N_BINS ? (guint) bin : N_BINS]++;
      last[i] = poses[i];
    }
}

void
jumps_look (Jumps        *self,
            const BwPose *poses,
            BwPhase       phase,
            double        seconds)
{
  for (; seconds >= self->next_refresh_s && self->diagonal_nm > 0.0; self->n_refreshes++)
    {
      self->next_refresh_s += REFRESH_MS / 1000.0;
      bw_glide_step (self->drawn, poses, NULL, self->problem->n_parts, self->diagonal_nm,
                     REFRESH_MS);
      if (self->n_refreshes % REFRESHES_A_FRAME != 0)
        continue;
      count (self, poses, self->last, self->counts[phase]);
      count (self, self->drawn, self->last_drawn, self->drawn_counts[phase]);
    }
}

static double
percentile (const guint64 *counts)
{
  guint64 all = 0, sum = 0;
  guint bin = 0;

  for (guint i = 0; i <= N_BINS; i++)
    all += counts[i];
  while (bin < N_BINS && (sum += counts[bin]) * 100 < all * 99)
    bin++;
  return (double) bin / N_BINS;
}

double
jumps_percentile (Jumps  *self,
                  BwPhase phase)
{
  return percentile (self->counts[phase]);
}

double
jumps_drawn_percentile (Jumps  *self,
                        BwPhase phase)
{
  return percentile (self->drawn_counts[phase]);
}
