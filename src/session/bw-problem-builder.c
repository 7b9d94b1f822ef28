/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "session/bw-problem-builder.h"

#include "session/bw-board-rules.h"
#include "session/bw-channels.h"
#include "session/bw-part-keepouts.h"
#include "session/bw-part-pads.h"
#include "session/bw-tidy.h"
#include "session/bw-wishes.h"

#define N_ROTATIONS 4
#define QUARTER_TURN_CDEG (BW_FULL_TURN_CDEG / N_ROTATIONS)

/* Signals that leave a part, from which on tracks need more room about it than parts do. */
#define MANY_SIGNALS 5

/* From this length on a part is large, and its grid so much wider. */
#define LARGE_NM 10000000
#define LARGE_GRIDS 5

struct _BwBoardProblem
{
  BwBoard *board;
  BwConstraints *constraints;
  BwProblem problem;
  gboolean is_weighed;
  BwPose *start;
  gboolean *fixed;
  const BwConstraint **turned;  /* the rule that tells a part's rotations, or NULL */
  const BwConstraint **bounded; /* the same for its region */

  BwProblemPart *parts;
  BwProblemNet *nets;
  GArray *wish_nets;     /* BwWishNet: those after the board's */
  BwTerminal *terminals;
  gint32 (*rotations)[N_ROTATIONS];
  gboolean *many_signals; /* of each part */
  BwBox *boxes;          /* of regions */
  BwProblemApart *aparts;
  GArray *channels;      /* BwChannel, that the problem's ones point to; or NULL */
  BwProblemChannel *problem_channels;
  BwRing *shadows;       /* what through-hole parts block on the other side */
  BwPoint *shadow_points;
  BwProblemRegion *regions;
  BwProblemKeepout *keepouts; /* the board's own; those of footprints are with the parts */
  guint n_keepouts;
  BwPartKeepouts part_keepouts;
  BwPartPads part_pads;
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

static gint32
turn_between_cdeg (gint32 a_cdeg,
                   gint32 b_cdeg)
{
  gint32 turn_cdeg = bw_cdeg_normalize ((gint64) a_cdeg - b_cdeg);

  return MIN (turn_cdeg, BW_FULL_TURN_CDEG - turn_cdeg);
}

/* The nearest pose that the rules allow: on its side, turned as it may be. */
static void
obey_rule (BwPose             *pose,
           const BwConstraint *rule)
{
  gint32 nearest_cdeg = pose->rotation_cdeg;

  if (rule->side >= 0)
    pose->side = (BwSide) rule->side;
  for (guint i = 0; i < rule->n_rotations; i++)
    if (i == 0 || turn_between_cdeg (rule->rotations_cdeg[i], pose->rotation_cdeg) <
                  turn_between_cdeg (nearest_cdeg, pose->rotation_cdeg))
      nearest_cdeg = rule->rotations_cdeg[i];
  pose->rotation_cdeg = nearest_cdeg;
}

/* Of rules that tell the same of one part the last one counts. */
static void
apply_limits (BwBoardProblem         *self,
              const BwProblemOptions *options)
{
  const BwConstraints *constraints = options->constraints;

  for (guint i = 0; constraints != NULL && i < constraints->n_rules; i++)
    for (guint k = 0; k < constraints->rules[i].n_parts; k++)
      {
        const BwConstraint *rule = &constraints->rules[i];
        guint32 part = rule->parts[k];

        if (rule->n_rotations > 0)
          self->turned[part] = rule;
        if (!bw_box_is_empty (&rule->region))
          self->bounded[part] = rule;
        if (!self->fixed[part] && !options->as_is)
          obey_rule (&self->start[part], rule);
      }
}

static void
hold_parts (BwBoardProblem         *self,
            const BwProblemOptions *options)
{
  for (guint i = 0; i < self->board->n_footprints; i++)
    {
      BwLock lock = options->by_hand != NULL ? (BwLock) options->by_hand[i] : BW_LOCK_UNTOLD;

      self->fixed[i] = bw_constraints_holds (options->constraints, self->board, i) ||
                       (options->only != NULL && !options->only[i]);
      if (lock != BW_LOCK_UNTOLD)
        self->fixed[i] = lock == BW_LOCK_HOLD ||
                         self->board->footprints[i].hold == BW_HOLD_LOCKED;
      if (options->held != NULL && options->held[i])
        self->fixed[i] = TRUE;
    }
}

/* By quarter turns from where it is, unless a rule says otherwise: a part at 45 degrees stays on
 * its diagonals. */
static void
set_rotations (BwBoardProblem *self,
               guint           index)
{
  BwProblemPart *part = &self->parts[index];
  const BwConstraint *rule = self->turned[index];

  for (guint turn = 0; turn < N_ROTATIONS; turn++)
    self->rotations[index][turn] = bw_cdeg_normalize (self->start[index].rotation_cdeg +
                                                      (gint64) turn * QUARTER_TURN_CDEG);
  part->rotations_cdeg = rule != NULL ? rule->rotations_cdeg : self->rotations[index];
  part->n_rotations = rule != NULL ? rule->n_rotations : N_ROTATIONS;
}

static void
number_likes (BwBoardProblem *self)
{
  g_autofree guint32 *equals = bw_tidy_number_equals (self->board);
  g_autofree guint32 *rows = bw_tidy_number_rows (self->board);

  for (guint i = 0; i < self->board->n_footprints; i++)
    {
      self->parts[i].like = (gint32) equals[i];
      self->parts[i].row = (gint32) rows[i];
    }
}

static guint
count_signals (const BwBoard     *board,
               const BwFootprint *footprint)
{
  guint n = 0;

  for (guint i = 0; i < footprint->n_pads; i++)
    {
      const BwNet *net = footprint->pads[i].net >= 0 ? &board->nets[footprint->pads[i].net] : NULL;

      n += net != NULL && !net->power && net->n_pins > 1;
    }
  return n;
}

static void
build_parts (BwBoardProblem  *self,
             const BwWeights *weights)
{
  BwBoard *board = self->board;
  gboolean both_sides = uses_both_sides (board, self->start);

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
      set_rotations (self, i);
      if (self->bounded[i] != NULL)
        {
          self->boxes[i] = self->bounded[i]->region;
          part->region = &self->boxes[i];
        }
      part->start = self->start[i];
      part->fixed = self->fixed[i];
      part->gap_nm = bw_board_rules_gap_nm (board, footprint);
      self->many_signals[i] = count_signals (board, footprint) >= MANY_SIGNALS;
      if (weights != NULL && self->many_signals[i])
        part->room_nm = bw_nm_from_mm (weights->escape_mm);
      part->edge_margin_nm = bw_board_rules_edge_margin_nm (board, footprint);
      /* What is merely guessed may be shown, but pulls nothing together. */
      part->group = footprint->module >= 0 && !board->modules[footprint->module].inferred
                      ? footprint->module : -1;
    }
}

/* Pads first, then the pins of wishes: the pads' order is what results depended on before. */
static void
build_terminals (BwBoardProblem *self,
                 const BwWishes *wishes,
                 guint           n_parts)
{
  BwBoard *board = self->board;
  g_autofree guint *n_pins = g_new0 (guint, n_parts + 1);
  gsize n_terminals = wishes->pins->len;
  BwTerminal *terminals;

  for (guint i = 0; i < wishes->pins->len; i++)
    n_pins[g_array_index (wishes->pins, BwWishPin, i).part]++;
  for (guint i = 0; i < board->n_footprints; i++)
    n_terminals += board->footprints[i].n_pads;
  terminals = self->terminals = g_new0 (BwTerminal, n_terminals + 1);
  for (guint i = 0; i < n_parts; i++)
    {
      self->parts[i].terminals = terminals;
      if (i < board->n_footprints)
        self->parts[i].n_terminals = add_terminals (&board->footprints[i], terminals);
      terminals += self->parts[i].n_terminals + n_pins[i];
    }
  for (guint i = 0; i < wishes->pins->len; i++)
    {
      const BwWishPin *pin = &g_array_index (wishes->pins, BwWishPin, i);
      BwProblemPart *part = &self->parts[pin->part];

      ((BwTerminal *) part->terminals)[part->n_terminals++] = pin->terminal;
    }
}

static void
build_anchor (BwBoardProblem *self,
              const BwWishes *wishes)
{
  static const gint32 upright_cdeg = 0;

  self->parts[self->board->n_footprints] = (BwProblemPart) {
    .rotations_cdeg = &upright_cdeg,
    .n_rotations = 1,
    .start = { .at = wishes->anchor_at },
    .fixed = true,
    .group = -1,
    .like = -1,
  };
}

static void
weigh_nets (BwBoardProblem  *self,
            const BwWeights *weights,
            const double    *net_weights)
{
  BwBoard *board = self->board;

  if (net_weights == NULL && self->constraints != NULL)
    net_weights = self->constraints->net_weights;
  for (guint i = 0; i < board->n_nets; i++)
    self->nets[i].weight = (board->nets[i].power ? weights->supplies : 1.0)
                           * (net_weights != NULL ? net_weights[i] : 1.0);
  for (guint i = 0; i < self->wish_nets->len; i++)
    {
      const BwWishNet *wish = &g_array_index (self->wish_nets, BwWishNet, i);
      double weight = bw_weights_of_goal (weights, wish->goal);

      self->nets[board->n_nets + i] = (BwProblemNet) {
        .weight = wish->weight * (isnan (weight) ? 1.0 : weight), .goal = (uint8_t) wish->goal
      };
    }
}

static void
build_nets (BwBoardProblem  *self,
            const BwWishes  *wishes,
            const BwWeights *weights,
            const double    *net_weights)
{
  self->wish_nets = g_array_ref (wishes->nets);
  self->nets = g_new0 (BwProblemNet, (gsize) self->board->n_nets + wishes->nets->len + 1);
  weigh_nets (self, weights, net_weights);
}

static void
build_room (BwBoardProblem *self)
{
  BwBoard *board = self->board;

  for (guint i = 0; i < board->n_outlines; i++)
    self->regions[i] = (BwProblemRegion) { board->outlines[i].ring, board->outlines[i].hole };
  for (guint i = 0; i < board->n_keepouts; i++)
    if (board->keepouts[i].footprint < 0)
      self->keepouts[self->n_keepouts++] = (BwProblemKeepout) { board->keepouts[i].ring,
                                                                board->keepouts[i].sides };
}

static void
allocate (BwBoardProblem *self)
{
  gsize n = self->board->n_footprints;

  self->fixed = g_new0 (gboolean, n + 1);
  self->turned = g_new0 (const BwConstraint *, n + 1);
  self->bounded = g_new0 (const BwConstraint *, n + 1);
  self->parts = g_new0 (BwProblemPart, n + 1);
  self->rotations = g_malloc0_n (n + 1, sizeof *self->rotations);
  self->many_signals = g_new0 (gboolean, n + 1);
  self->boxes = g_new0 (BwBox, n + 1);
  self->shadows = g_new0 (BwRing, n + 1);
  self->shadow_points = g_new0 (BwPoint, 4 * n + 1);
  self->regions = g_new0 (BwProblemRegion, self->board->n_outlines + 1);
  self->keepouts = g_new0 (BwProblemKeepout, self->board->n_keepouts + 1);
}

static gint32
clamp_grid_nm (gint64 grid_nm)
{
  return (gint32) MIN (grid_nm, BW_COORD_MAX_NM);
}

static void
build_channels (BwBoardProblem *self)
{
  self->problem_channels = g_new0 (BwProblemChannel, self->channels->len + 1);
  for (guint i = 0; i < self->channels->len; i++)
    {
      const BwChannel *channel = &g_array_index (self->channels, BwChannel, i);

      self->problem_channels[i] = (BwProblemChannel) { channel->parts, channel->n_parts,
                                                       channel->kind };
    }
  self->problem.channels = self->problem_channels;
  self->problem.n_channels = self->channels->len;
}

static void
set_spacing (BwBoardProblem  *self,
             const BwWeights *weights)
{
  self->problem.gap_nm = MAX (bw_nm_from_mm (weights->gap_mm),
                              self->board->rules.physical_clearance_nm);
  self->problem.edge_margin_nm = bw_nm_from_mm (weights->margin_mm);
}

/* What counts where layouts are chosen, or at the end of a run. */
static void
set_order (BwBoardProblem  *self,
           const BwWeights *weights)
{
  gboolean on = weights->grid_mm > 0.0;

  self->problem.grid_nm = on ? MAX (bw_nm_from_mm (weights->grid_mm), 1) : 0;
  self->problem.large_grid_nm = clamp_grid_nm (LARGE_GRIDS * (gint64) self->problem.grid_nm);
  self->problem.large_nm = LARGE_NM;
  self->problem.crossing_mm = weights->crossings;
  self->problem.align_mm = on ? weights->alignment : 0.0;
  self->problem.channel_mm = on ? weights->channels : 0.0;
}

static void
build (BwBoardProblem         *self,
       const BwProblemOptions *options)
{
  BwBoard *board = self->board;
  BwWeights weights = options->weights != NULL ? *options->weights : bw_weights_default ();
  guint n_parts = board->n_footprints;
  BwWishes wishes;

  self->is_weighed = options->weights != NULL;
  hold_parts (self, options);
  apply_limits (self, options);
  bw_wishes_init (&wishes, board, self->start, self->fixed);
  if (options->constraints != NULL)
    bw_wishes_add_constraints (&wishes, options->constraints);
  bw_wishes_add_board (&wishes, self->fixed);
  if (self->is_weighed)
    {
      self->channels = bw_channels_find (board, self->fixed);
      bw_wishes_add_tidy (&wishes, self->channels, self->fixed);
    }
  if (options->stay > 0.0)
    bw_wishes_add_stay (&wishes, self->fixed, options->stay);
  build_parts (self, options->weights);
  bw_part_keepouts_init (&self->part_keepouts, board, self->parts);
  bw_part_pads_init (&self->part_pads, board, self->parts);
  number_likes (self);
  if (wishes.needs_anchor)
    {
      build_anchor (self, &wishes);
      n_parts++;
    }
  build_terminals (self, &wishes, n_parts);
  build_nets (self, &wishes, &weights, options->net_weights);
  build_room (self);

  self->problem = (BwProblem) {
    .parts = self->parts,
    .n_parts = n_parts,
    .nets = self->nets,
    .n_nets = board->n_nets + wishes.nets->len,
    .regions = self->regions,
    .n_regions = board->n_outlines,
    .keepouts = self->keepouts,
    .n_keepouts = self->n_keepouts,
    .pad_keepouts = self->part_pads.keepouts,
    .n_pad_keepouts = self->part_pads.n_keepouts,
    .n_aparts = wishes.aparts->len,
  };
  self->aparts = (BwProblemApart *) (gpointer) g_array_free (g_steal_pointer (&wishes.aparts),
                                                             FALSE);
  self->problem.aparts = self->aparts;
  set_spacing (self, &weights);
  if (self->is_weighed)
    {
      set_order (self, &weights);
      build_channels (self);
    }
  bw_wishes_clear (&wishes);
}

gboolean
bw_board_problem_weigh (BwBoardProblem  *self,
                        const BwWeights *weights,
                        const double    *net_weights)
{
  if (!self->is_weighed)
    return FALSE;
  weigh_nets (self, weights, net_weights);
  for (guint i = 0; i < self->board->n_footprints; i++)
    if (self->many_signals[i])
      self->parts[i].room_nm = bw_nm_from_mm (weights->escape_mm);
  set_spacing (self, weights);
  set_order (self, weights);
  return TRUE;
}

BwBoardProblem *
bw_board_problem_new (BwBoard                *board,
                      const BwProblemOptions *options)
{
  const BwProblemOptions none = { 0 };
  BwBoardProblem *self = g_new0 (BwBoardProblem, 1);

  if (options == NULL)
    options = &none;
  self->board = bw_board_ref (board);
  self->start = options->start != NULL
                  ? g_memdup2 (options->start, sizeof (BwPose) * board->n_footprints)
                  : bw_board_dup_poses (board);
  self->constraints = options->constraints != NULL ? bw_constraints_ref (options->constraints)
                                                   : NULL;
  allocate (self);
  build (self, options);
  return self;
}

void
bw_board_problem_free (BwBoardProblem *self)
{
  g_free (self->start);
  g_free (self->fixed);
  g_free (self->turned);
  g_free (self->bounded);
  g_free (self->parts);
  g_free (self->rotations);
  g_free (self->many_signals);
  g_free (self->boxes);
  g_free (self->shadows);
  g_free (self->shadow_points);
  g_free (self->terminals);
  g_free (self->nets);
  g_array_unref (self->wish_nets);
  g_free (self->regions);
  g_free (self->keepouts);
  bw_part_keepouts_clear (&self->part_keepouts);
  bw_part_pads_clear (&self->part_pads);
  g_free (self->aparts);
  g_clear_pointer (&self->channels, g_array_unref);
  g_free (self->problem_channels);
  g_clear_pointer (&self->constraints, bw_constraints_unref);
  bw_board_unref (self->board);
  g_free (self);
}

const BwProblem *
bw_board_problem_get (const BwBoardProblem *self)
{
  return &self->problem;
}
