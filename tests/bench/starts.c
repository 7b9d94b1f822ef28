/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bench/starts.h"

#include "base/bw-polygon.h"
#include "base/bw-random.h"
#include "session/bw-weights.h"

/* How far outside of the outline the heap is. */
#define AWAY_NM 20000000

const char *
start_name (Start start)
{
  static const char *const names[N_STARTS] = { "hand", "random", "pile" };

  return names[start];
}

static BwBox
room_of (const BwProblem *problem)
{
  BwBox room = BW_BOX_EMPTY;

  for (uint32_t i = 0; i < problem->n_regions; i++)
    {
      BwBox box = bw_ring_box (&problem->regions[i].ring);

      bw_box_add_box (&room, &box);
    }
  for (uint32_t i = 0; i < problem->n_parts && problem->n_regions == 0; i++)
    bw_box_add_point (&room, problem->parts[i].start.at);
  return room;
}

static int32_t
between (BwRandom *random,
         int32_t   low,
         int32_t   high)
{
  return low + (int32_t) (bw_random_double (random) * ((double) high - low));
}

BwBoardProblem *
start_problem (BwBoard *board,
               Start    start,
               guint64  seed)
{
  BwWeights weights = bw_weights_default ();
  g_autoptr (BwBoardProblem) by_hand =
    bw_board_problem_new (board, &(BwProblemOptions) { .weights = &weights });
  const BwProblem *problem = bw_board_problem_get (by_hand);
  g_autofree BwPose *poses = bw_board_dup_poses (board);
  g_autofree gboolean *held = g_new0 (gboolean, board->n_footprints + 1);
  BwRandom random = bw_random_new (seed);
  BwBox room = room_of (problem);

  for (guint i = 0; i < board->n_footprints; i++)
    {
      held[i] = problem->parts[i].fixed;
      if (held[i] || start == START_HAND)
        continue;
      if (start == START_PILE)
        {
          poses[i].at = (BwPoint) { room.x1_nm + AWAY_NM, room.y1_nm };
          continue;
        }
      poses[i].at.x_nm = between (&random, room.x0_nm, room.x1_nm);
      poses[i].at.y_nm = between (&random, room.y0_nm, room.y1_nm);
      poses[i].rotation_cdeg = bw_cdeg_normalize (poses[i].rotation_cdeg +
                                                  9000 * (int32_t) bw_random_below (&random, 4));
    }
  return bw_board_problem_new (board, &(BwProblemOptions) { .start = poses, .held = held,
                                                            .weights = &weights });
}
