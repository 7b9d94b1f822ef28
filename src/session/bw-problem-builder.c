/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "session/bw-problem-builder.h"

/* Supplies reach everywhere by planes: they should not pull all parts into a heap. */
#define POWER_NET_WEIGHT 0.3

#define N_ROTATIONS 4
#define QUARTER_TURN_CDEG (BW_FULL_TURN_CDEG / N_ROTATIONS)

/* Wishes where the board's own rules do not say. */
#define GAP_NM 250000
#define EDGE_MARGIN_NM 500000

struct _BwBoardProblem
{
  BwBoard *board;
  BwProblem problem;

  BwProblemPart *parts;
  BwProblemNet *nets;
  BwTerminal *terminals;
  gint32 (*rotations)[N_ROTATIONS];
  BwRing *shadows;       /* what through-hole parts block on the other side */
  BwPoint *shadow_points;
  BwProblemRegion *regions;
  BwProblemKeepout *keepouts;
};

static gboolean
uses_both_sides (BwBoard      *board,
                 const BwPose *start)
{
  gboolean used[BW_N_SIDES] = { FALSE, FALSE };

  for (guint i = 0; i < board->n_footprints; i++)
    used[start[i].side] = TRUE;
  return used[BW_SIDE_FRONT] && used[BW_SIDE_BACK];
}

/* The box round the drilled pads, which nothing on the other side may cover. */
static void
add_shadow (BwBoardProblem    *self,
            guint              index,
            const BwFootprint *footprint)
{
  BwPoint *corners = self->shadow_points + 4 * index;
  BwBox box = BW_BOX_EMPTY;

  for (guint i = 0; i < footprint->n_pads; i++)
    if (footprint->pads[i].drill_nm > 0)
      {
        BwBox pad_box = bw_ring_box (&footprint->pads[i].outline);

        bw_box_add_box (&box, &pad_box);
      }
  if (bw_box_is_empty (&box))
    return;

  corners[0] = (BwPoint) { box.x0_nm, box.y0_nm };
  corners[1] = (BwPoint) { box.x1_nm, box.y0_nm };
  corners[2] = (BwPoint) { box.x1_nm, box.y1_nm };
  corners[3] = (BwPoint) { box.x0_nm, box.y1_nm };
  self->shadows[index] = (BwRing) { corners, 4 };
  self->parts[index].body[BW_SIDE_BACK] = &self->shadows[index];
  self->parts[index].n_body[BW_SIDE_BACK] = 1;
}

static guint
add_terminals (const BwFootprint *footprint,
               BwTerminal        *terminals)
{
  guint n_terminals = 0;

  for (guint i = 0; i < footprint->n_pads; i++)
    if (footprint->pads[i].net >= 0)
      terminals[n_terminals++] = (BwTerminal) { footprint->pads[i].at,
                                                (guint32) footprint->pads[i].net };
  return n_terminals;
}

static void
build_parts (BwBoardProblem *self,
             const BwPose   *start,
             const gboolean *held)
{
  BwBoard *board = self->board;
  gboolean both_sides = uses_both_sides (board, start);
  BwTerminal *terminals = self->terminals;

  for (guint i = 0; i < board->n_footprints; i++)
    {
      const BwFootprint *footprint = &board->footprints[i];
      BwProblemPart *part = &self->parts[i];

      for (guint side = 0; side < BW_N_SIDES; side++)
        {
          part->body[side] = footprint->body[side];
          part->n_body[side] = footprint->n_body[side];
        }
      if (both_sides && footprint->through_hole && footprint->n_body[BW_SIDE_BACK] == 0)
        add_shadow (self, i, footprint);

      part->terminals = terminals;
      part->n_terminals = add_terminals (footprint, terminals);
      terminals += part->n_terminals;

      /* By quarter turns from where it is: a part at 45 degrees stays on its diagonals. */
      for (guint turn = 0; turn < N_ROTATIONS; turn++)
        self->rotations[i][turn] = bw_cdeg_normalize (start[i].rotation_cdeg +
                                                      (gint64) turn * QUARTER_TURN_CDEG);
      part->rotations_cdeg = self->rotations[i];
      part->n_rotations = N_ROTATIONS;
      part->start = start[i];
      part->fixed = footprint->hold != BW_HOLD_NONE || (held != NULL && held[i]);
      /* What is merely guessed may be shown, but pulls nothing together. */
      part->group = footprint->module >= 0 && !board->modules[footprint->module].inferred
                      ? footprint->module : -1;
    }
}

static void
build_room (BwBoardProblem *self)
{
  BwBoard *board = self->board;

  for (guint i = 0; i < board->n_nets; i++)
    self->nets[i].weight = board->nets[i].power ? POWER_NET_WEIGHT : 1.0;
  for (guint i = 0; i < board->n_outlines; i++)
    self->regions[i] = (BwProblemRegion) { board->outlines[i].ring, board->outlines[i].hole };
  for (guint i = 0; i < board->n_keepouts; i++)
    self->keepouts[i] = (BwProblemKeepout) { board->keepouts[i].ring, board->keepouts[i].sides };
}

BwBoardProblem *
bw_board_problem_new (BwBoard        *board,
                      const BwPose   *start,
                      const gboolean *held)
{
  BwBoardProblem *self = g_new0 (BwBoardProblem, 1);
  g_autofree BwPose *file_poses = NULL;
  guint n_pads = 0;

  if (start == NULL)
    start = file_poses = bw_board_dup_poses (board);
  for (guint i = 0; i < board->n_footprints; i++)
    n_pads += board->footprints[i].n_pads;

  self->board = bw_board_ref (board);
  self->parts = g_new0 (BwProblemPart, board->n_footprints);
  self->rotations = g_malloc0_n (board->n_footprints, sizeof *self->rotations);
  self->shadows = g_new0 (BwRing, board->n_footprints);
  self->shadow_points = g_new0 (BwPoint, 4 * (gsize) board->n_footprints);
  self->terminals = g_new0 (BwTerminal, n_pads);
  self->nets = g_new0 (BwProblemNet, board->n_nets);
  self->regions = g_new0 (BwProblemRegion, board->n_outlines);
  self->keepouts = g_new0 (BwProblemKeepout, board->n_keepouts);
  build_parts (self, start, held);
  build_room (self);

  self->problem = (BwProblem) {
    .parts = self->parts,
    .n_parts = board->n_footprints,
    .nets = self->nets,
    .n_nets = board->n_nets,
    .regions = self->regions,
    .n_regions = board->n_outlines,
    .keepouts = self->keepouts,
    .n_keepouts = board->n_keepouts,
    .gap_nm = GAP_NM,
    .edge_margin_nm = EDGE_MARGIN_NM,
  };
  return self;
}

void
bw_board_problem_free (BwBoardProblem *self)
{
  g_free (self->parts);
  g_free (self->rotations);
  g_free (self->shadows);
  g_free (self->shadow_points);
  g_free (self->terminals);
  g_free (self->nets);
  g_free (self->regions);
  g_free (self->keepouts);
  bw_board_unref (self->board);
  g_free (self);
}

const BwProblem *
bw_board_problem_get (const BwBoardProblem *self)
{
  return &self->problem;
}
