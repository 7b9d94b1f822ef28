/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A problem made ready for the search: bodies as boxes, terminals as one box for each
 * (part, net, rotation), nets and parts linked both ways.
 *
 * Everything is in integer nanometres. A *slot* is one way for a part to lie: a rotation on its
 * side. Slot n_choices of a part is a spare one for a rotation that is not in its set (where it
 * was put by hand, or held). A *layout* gives each part its anchor and its slot. */

#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "placer/bw-cover.h"
#include "placer/bw-problem.h"

/* The bits of a piece: BwSide for bodies, above them BwCopperLayers for pads. */
#define BW_PIECE_BODY ((1u << BW_N_SIDES) - 1)
#define BW_PIECE_PADS_SHIFT BW_N_SIDES

/* A box of a body or pads, of a keepout or of what is outside of the room. */
typedef struct
{
  BwBox box;
  uint8_t sides;         /* where it is a body, or pads are in it */
  uint8_t bars;          /* where none of another may be: a body's own sides, and keepouts */
} BwPiece;

typedef struct
{
  int32_t rotation_cdeg;
  BwBox box;             /* round the body, about the anchor; the anchor alone without any */
  BwBox hull;            /* round all pieces: pads and the part's own keepouts as well */
  uint32_t first_piece;
  uint16_t n_pieces;
  bool is_exact;         /* the pieces are the body, not only a cover of it */
} BwSlot;

typedef struct
{
  uint32_t part;
  uint32_t net;
  uint32_t first_span;   /* one span for each slot of the part */
} BwTerm;

/* The other part of a pair that is to be further apart than bodies are. */
typedef struct
{
  uint32_t other;
  int32_t gap_nm;
  bool any_side;         /* also where they lie on different sides */
} BwApart;

/* What a part may ignore, so far. With all but the first its own region does not count. */
typedef enum
{
  BW_LEEWAY_REGION,      /* the bounds of its own region */
  BW_LEEWAY_EDGES,       /* edges and keepouts */
  BW_LEEWAY_FIXED,       /* parts that do not move */
} BwLeewayKind;

typedef struct
{
  uint32_t first_slot;
  uint32_t n_choices;    /* slots that may be chosen; one spare follows them */
  uint32_t first_term;
  uint32_t n_terms;
  uint32_t n_weighed;    /* terms on nets with a weight */
  uint32_t max_others;   /* pieces of each slot besides those of its body: keepouts and pads */
  uint32_t first_apart;
  uint32_t n_aparts;
  int32_t apart_nm;      /* the largest gap of these */
  int32_t gap_nm;        /* its own, from all on its side */
  int32_t room_nm;       /* the same where there is room for it */
  int32_t margin_nm;     /* its own, from the edge */
  int32_t leeway_nm;     /* how far it may be where it must not be, as it has no place else */
  uint8_t leeway_kind;   /* BwLeewayKind: where that is */
  uint8_t side;          /* BwSide */
  bool fixed;
  bool has_spare_room;   /* the spare slot has room for a body at any angle */
  bool is_pulled;        /* by a net that counts, with somebody else on it */
  double push;           /* how much an overlap with it costs for each mm */
  double area_mm2;
} BwModelPart;

typedef struct
{
  uint32_t first_term;   /* into net_terms */
  uint32_t n_terms;
  double weight;         /* 0 too where there are too many parts on it to be told apart */
  uint8_t goal;          /* BwGoal */
} BwModelNet;

typedef struct
{
  BwPoint *at;
  uint16_t *slot;
} BwLayout;

typedef struct
{
  const BwProblem *problem;
  uint32_t n_parts;
  uint32_t n_nets;
  BwModelPart *parts;
  BwSlot *slots;
  BwPiece *pieces;
  uint32_t n_pieces;
  BwTerm *terms;
  uint32_t *net_terms;
  BwBox *spans;
  BwModelNet *nets;

  BwPiece *obstacles;    /* what is never free: outside of the outline, holes, keepouts */
  uint32_t n_obstacles;
  uint32_t n_edges;      /* the first ones, which the edge margin counts from */
  BwApart *aparts;       /* by part; each pair twice */
  BwBox room;            /* that all bodies have to be in, or a box to gather in if not bounded */
  bool bounded;

  int32_t gap_nm;        /* asked for now; from the problem's wish down to 0. Less only to see
                          * how much room a part lacks. */
  int32_t margin_nm;
  bool is_apart;         /* gaps of pairs, and gaps and margins of parts, are asked for now */
  bool is_roomy;         /* so is the parts' room */
  bool has_apart;        /* there are any of these */
  bool has_leeways;      /* some part may be in others that do not move */
  int32_t wished_gap_nm; /* the problem's, as last seen */
  int32_t wished_margin_nm;
  int32_t widest_gap_nm; /* of the parts' own, room included */

  BwCover *cover;
  BwPoint *scratch_points;
  BwRing *scratch_rings;
  BwBox *scratch_boxes;
  uint32_t *scratch_terms; /* by net: the term of the part that is looked at */
} BwModel;

static inline int32_t
bw_saturate_nm (int64_t value_nm)
{
  return value_nm < INT32_MIN ? INT32_MIN : value_nm > INT32_MAX ? INT32_MAX : (int32_t) value_nm;
}

static inline BwBox
bw_box_moved (const BwBox *box,
              BwPoint      by)
{
  return (BwBox) {
    bw_saturate_nm ((int64_t) box->x0_nm + by.x_nm),
    bw_saturate_nm ((int64_t) box->y0_nm + by.y_nm),
    bw_saturate_nm ((int64_t) box->x1_nm + by.x_nm),
    bw_saturate_nm ((int64_t) box->y1_nm + by.y_nm),
  };
}

/* On which layers of the board a pad of the part's, or a keepout for pads, is now. */
static inline uint8_t
bw_model_layers (const BwModelPart  *part,
                 const BwProblemPad *pad)
{
  return part->side == BW_SIDE_BACK ? bw_copper_flip (pad->layers) : pad->layers;
}

/* One of them is a body where the other bars bodies. */
static inline bool
bw_pieces_meet (const BwPiece *a,
                const BwPiece *b)
{
  return ((a->sides & b->bars) | (a->bars & b->sides)) != 0;
}

/* The part may not be everywhere: there is a room, or a region of its own. */
static inline bool
bw_model_is_bounded (const BwModel *self,
                     uint32_t       part)
{
  return self->bounded || self->problem->parts[part].region != NULL;
}

/* NULL when out of memory. */
BwModel *bw_model_new          (const BwProblem *problem);
void     bw_model_free         (BwModel         *self);

/* Takes over the problem's weights. True where what is to be between bodies has changed: that is
 * asked for in full again. */
bool     bw_model_weigh        (BwModel         *self);

/* Two arrays; false when out of memory. */
bool     bw_layout_init        (BwLayout        *layout,
                                uint32_t         n_parts);
void     bw_layout_clear       (BwLayout        *layout);
void     bw_layout_copy        (BwLayout        *to,
                                const BwLayout  *from,
                                uint32_t         n_parts);

/* Makes `pose` one that the part can take (its side, its spare slot), and puts it there. */
void     bw_model_set_pose     (BwModel         *self,
                                BwLayout        *layout,
                                uint32_t         part,
                                const BwPose    *pose);
BwPose   bw_model_pose         (const BwModel   *self,
                                const BwLayout  *layout,
                                uint32_t         part);

/* Where the anchor may be for the body to be in the part's region, and in the room with the margin
 * of now; where that is empty, the one place that sticks out alike at both ends. False if it is
 * empty. */
bool     bw_model_reach        (const BwModel   *self,
                                uint32_t         part,
                                uint32_t         slot,
                                BwBox           *reach_out);

/* Of all bodies together, each lying the way that takes the most, and of what is never free. */
uint64_t bw_model_count_boxes  (const BwModel   *self);
