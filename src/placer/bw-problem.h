/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the placer is asked: parts, nets, room and rules.
 *
 * Plain values that the caller owns and keeps, unchanged, for as long as a placer uses them.
 * Built from a board by session/bw-problem-builder.h; benchmarks and tests build their own.
 * Coordinates as in base/bw-geometry.h: what decides legality is integer nanometres. */

#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/bw-geometry.h"

/* Where a net touches a part. */
typedef struct
{
  BwPoint at;   /* in the part's front frame */
  uint32_t net;
} BwTerminal;

/* Copper layers that a pad reaches; a hole reaches all. */
typedef enum
{
  BW_COPPER_FRONT = 1 << BW_SIDE_FRONT,
  BW_COPPER_BACK = 1 << BW_SIDE_BACK,
  BW_COPPER_INNER = 1 << BW_N_SIDES,
} BwCopperLayers;

static inline uint8_t
bw_copper_flip (uint8_t layers)
{
  return (uint8_t) ((layers & BW_COPPER_INNER) | (layers & BW_COPPER_FRONT) << 1 |
                    (layers & BW_COPPER_BACK) >> 1);
}

/* A pad, or where pads may not be. */
typedef struct
{
  BwRing ring;
  uint8_t layers;  /* BwCopperLayers */
  int32_t net;     /* a pad may be where it may not be if both are of this net; -1: none */
} BwProblemPad;

typedef struct
{
  /* What it takes up on each side of the board while it lies on the front, as simple rings in
   * its front frame (on the back the two change places). The rings of one side may overlap one
   * another. No rings on either side: it takes no room. */
  const BwRing *body[BW_N_SIDES];
  uint32_t n_body[BW_N_SIDES];

  /* Where it lets no other body be, in the same way; moves with it, and bars nothing else. */
  const BwRing *keepout[BW_N_SIDES];
  uint32_t n_keepout[BW_N_SIDES];

  /* Its pads, and where it lets no pad of another be, in its front frame; layers while it lies on
   * the front. They count against one another alone: without any such place no pads are needed. */
  const BwProblemPad *pads;
  uint32_t n_pads;
  const BwProblemPad *pad_keepouts;
  uint32_t n_pad_keepouts;

  const BwTerminal *terminals;
  uint32_t n_terminals;

  /* Rotations it may take, in [0, 36000); n_rotations >= 1 unless fixed. */
  const int32_t *rotations_cdeg;
  uint32_t n_rotations;

  BwPose start;    /* where it is at first */
  bool fixed;      /* never moves; still an obstacle, and its terminals pull */
  int32_t group;   /* parts with the same group belong together; -1: none */
  int32_t like;    /* parts with the same number >= 0 are equal; counts where align_mm does */
  int32_t row;     /* so do parts with the same number > 0, which belong in rows */
  const BwBox *region; /* all of its body has to be in this, absolute; NULL: anywhere in the room */

  /* Wished, at least what the problem's own gap and margin are now; like the gaps of pairs they do
   * not shrink while there is hope for a placement that keeps them. */
  int32_t gap_nm;         /* from other bodies on its side */
  int32_t edge_margin_nm; /* from the edge */
  int32_t room_nm;        /* from other bodies on its side; the first to be given up */
} BwProblemPart;

/* What a run is after, and a share of its energy is about. */
typedef enum
{
  BW_GOAL_WIRES,
  BW_GOAL_ROOM,          /* overlaps, and what is outside */
  BW_GOAL_CONSTRAINTS,   /* what the user, or the board's own rules, ask for */
  BW_GOAL_DECOUPLING,    /* capacitors at the pins that they serve */
  BW_GOAL_CRYSTALS,
  BW_GOAL_EDGES,         /* connectors at theirs */
  BW_GOAL_MODULES,       /* parts of one sheet together */
  BW_GOAL_CHANNELS,
  BW_GOAL_STAY,
  BW_N_GOALS,
} BwGoal;

typedef struct
{
  double weight;   /* >= 0; 1 is a signal, less for supplies */
  uint8_t goal;    /* BwGoal. All but wires are wishes: such a net pulls as a wire does, but counts
                    * in the energy alone, and there only by what it is longer than it has to be */
} BwProblemNet;

static inline bool
bw_goal_is_wish (uint8_t goal)
{
  return goal != BW_GOAL_WIRES;
}

/* Two parts whose bodies are to be further apart than others are. */
typedef struct
{
  uint32_t a;
  uint32_t b;
  int32_t gap_nm;  /* wished, on whatever side they lie; legality asks for 0 */
  bool one_side;   /* wished only where they lie on the same side */
} BwProblemApart;

/* One of several that consist of the same parts, wired in the same way. */
typedef struct
{
  const uint32_t *parts; /* those of one place in it have the same one in all of its kind; none is
                          * fixed at first */
  uint32_t n_parts;      /* the same in all of its kind */
  uint32_t kind;
} BwProblemChannel;

typedef struct
{
  BwRing ring;     /* absolute */
  bool hole;       /* room not to be used, inside another ring */
} BwProblemRegion;

typedef struct
{
  BwRing ring;     /* absolute */
  uint8_t sides;   /* bit BwSide */
} BwProblemKeepout;

typedef struct
{
  const BwProblemPart *parts;
  uint32_t n_parts;
  const BwProblemNet *nets;
  uint32_t n_nets;

  /* The room: inside one ring that is no hole, outside all that are. None: no bounds. */
  const BwProblemRegion *regions;
  uint32_t n_regions;
  const BwProblemKeepout *keepouts;
  uint32_t n_keepouts;
  const BwProblemPad *pad_keepouts; /* absolute */
  uint32_t n_pad_keepouts;
  const BwProblemApart *aparts;
  uint32_t n_aparts;

  /* Where parts end in BW_PLACER_MODE_ALL; 0: anywhere. */
  int32_t grid_nm;       /* wished for anchors */
  int32_t large_grid_nm; /* the same for parts that are this long or longer */
  int32_t large_nm;
  const BwProblemChannel *channels; /* those of a kind one after another */
  uint32_t n_channels;
  double channel_mm;     /* what each part is worth of a channel that is as another of its kind */
  double crossing_mm;    /* of the best of several searches: what a crossing of two nets' spanning
                          * trees costs; 0: wires alone do */
  double align_mm;       /* what it is worth that a part is in line with its nearest equal one, and
                          * with its nearest one that belongs in a row with it */

  int32_t gap_nm;         /* wished between bodies; legality asks for 0 */
  int32_t edge_margin_nm; /* wished between bodies and the edge; legality asks for 0 */
} BwProblem;
