/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a user asks of a board's placement, from the file BOARD.boardwalk.json beside it. Its format
 * is told in data/constraints.md.
 *
 * Immutable and atomically refcounted. Parts are footprint indices of the board it was read for. */

#pragma once

#include "board/bw-board.h"
#include "session/bw-weights.h"

G_BEGIN_DECLS

/* What a mm too far is worth in mm of wire, where a rule does not tell. */
#define BW_CONSTRAINT_IMPORTANCE 10.0

typedef enum
{
  BW_EDGE_NONE,
  BW_EDGE_LEFT,
  BW_EDGE_RIGHT,
  BW_EDGE_TOP,
  BW_EDGE_BOTTOM,
  BW_EDGE_ANY,    /* the nearest one */
} BwEdge;

typedef enum
{
  BW_LOCK_UNTOLD,
  BW_LOCK_HOLD,
  BW_LOCK_RELEASE,  /* it may move although it would be held by default */
} BwLock;

/* One rule of the file, for each of `parts`. Lengths are -1 where the rule does not tell. */
typedef struct
{
  char *name;             /* "" where it has none */
  guint line;
  char *text;             /* as it stands in the file: see bw-rule.h */
  guint32 *parts;         /* ascending */
  guint n_parts;
  double importance;

  BwLock lock;
  gint side;              /* BwSide; -1: either */
  gint32 *rotations_cdeg; /* in [0, 36000) */
  guint n_rotations;      /* 0: any */
  BwBox region;           /* empty: anywhere */
  BwEdge edge;
  gint32 near;            /* footprint to be close to; -1: none */
  gint32 near_nm;         /* at most so far between the bodies */
  gboolean together;
  gint32 together_nm;     /* at most so long, and so high, is the box round their bodies; or -1 */
  gint32 apart_nm;        /* at least so far between the bodies */
  guint32 *apart_from;
  guint n_apart_from;     /* 0: from one another */
} BwConstraint;

typedef struct
{
  const char *name;       /* of the file, for messages */
  const BwConstraint *rules;
  guint n_rules;
  BwWeights weights;      /* NAN where the file does not tell */
  const double *net_weights; /* of each net: see bw-net-weights.h; NULL where it tells none */
  const char *const *notes; /* FILE:LINE: what is not understood inside of rules and weights;
                               English, ends with NULL */
} BwConstraints;

/* A rule that is not kept, or by how much. */
typedef struct
{
  guint rule;
  guint32 footprint;      /* the first one that it is about */
  char *message;          /* FILE:LINE: fact; English */
} BwViolation;

/* `amp.boardwalk.json` for `amp.kicad_pcb`. (transfer full) */
GFile         *bw_constraints_file           (GFile               *board_file);

/* What the file holds. Blocking. (transfer full): NULL with a GIO error, also where it is no
 * regular file; of one that is too large the beginning, which is no JSON then. */
GBytes        *bw_constraints_load_bytes     (GFile               *file,
                                              GCancellable        *cancellable,
                                              GError             **error);

/* Reads the file beside the board. Blocking. NULL without an error: there is none; with one, a
 * BW_BOARD_ERROR whose message is `NAME:LINE: fact`, or a GIO error that names the file. */
BwConstraints *bw_constraints_load           (BwBoard             *board,
                                              GFile               *board_file,
                                              GCancellable        *cancellable,
                                              GError             **error);
BwConstraints *bw_constraints_new_from_bytes (BwBoard             *board,
                                              GBytes              *bytes,
                                              const char          *name,
                                              GError             **error);
BwConstraints *bw_constraints_ref            (BwConstraints       *self);
void           bw_constraints_unref          (BwConstraints       *self);

/* What `told` tells; of the rest what the file does, else what is usual. `self` may be NULL. */
BwWeights      bw_constraints_weights        (const BwConstraints *self,
                                              const BwWeights     *told);

/* What the optimizer leaves alone: as the board says, unless a rule says otherwise. What is locked
 * in KiCad is never released. `self` may be NULL. */
gboolean       bw_constraints_holds          (const BwConstraints *self,
                                              const BwBoard       *board,
                                              guint32              footprint);

/* Whether the rule is for that part. */
gboolean       bw_constraint_is_about        (const BwConstraint  *rule,
                                              guint32              footprint);

/* The rules that a placement does not keep, in the file's order. `self` may be NULL.
 *
 * Returns: (element-type BwViolation) (transfer full) */
GArray        *bw_constraints_check          (const BwConstraints *self,
                                              const BwBoard       *board,
                                              const BwPose        *poses);

/* Only which of them it does not keep: n_rules flags, which are all set or cleared. Cheaper, since
 * no more is looked for once a rule is found broken; what many parts are to be apart takes their
 * square. */
void           bw_constraints_judge          (const BwConstraints *self,
                                              const BwBoard       *board,
                                              const BwPose        *poses,
                                              guint8              *broken_out);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BwConstraints, bw_constraints_unref)

G_END_DECLS
