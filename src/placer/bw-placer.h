/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The optimizer: from a BwProblem to legal, short poses, one iteration at a time.
 *
 * Plain C without I/O, clock, threads or globals. The same problem, options and calls give the
 * same bits with every compiler and on every machine. One thread at a time may use a placer;
 * between any two iterations it may be read, changed, dropped or left alone for as long as one
 * likes.
 *
 * An iteration is about as many steps of inner loops as one step of global placement has, counted
 * and not timed: a fraction of a millisecond at 100 parts, some at 1,000. So what a run costs is
 * about proportional to its iterations. Where no legal layout is known when the budget is used up,
 * for lack of iterations (a hundred are enough for most boards) or after a change by hand just
 * before, the run goes on until there is one, as long again and somewhat more at most.
 *
 * Where not all can be legal, as many as can are, and the rest ends where it is least in conflict:
 * beside its region, as little over the edge or in parts that are held as can be, and only then on
 * others. bw_placer_misfits() names it. */

#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "placer/bw-problem.h"

typedef struct _BwPlacer BwPlacer;

typedef enum
{
  BW_PHASE_INITIAL,
  BW_PHASE_GLOBAL,
  BW_PHASE_ANNEALING,
  BW_PHASE_LEGALIZATION,
  BW_PHASE_REFINEMENT,
  BW_PHASE_FINAL,
} BwPhase;

typedef enum
{
  BW_PLACER_MODE_ALL,      /* from scratch; `start` is the result where nothing better is found:
                            * less conflict (BW_CONFLICT_MM), or as little and shorter wires */
  BW_PLACER_MODE_UNTANGLE, /* legalize only, with the least movement */
  BW_PLACER_MODE_REFINE,   /* from `start` on, as little moved as it takes to get better; what
                            * staying is worth is a matter of the problem's nets */
} BwPlacerMode;

/* Make one with bw_placer_options_default() and change what you like. */
typedef struct
{
  uint64_t seed;
  uint32_t iterations;     /* budget; the schedule is cut to it, see above. >= 1 */
  BwPlacerMode mode;
  uint32_t n_chains;       /* searches side by side, of which the best counts: part of what
                            * determines the result; large boards have one in any case. >= 1 */
} BwPlacerOptions;

/* All of the poses that bw_placer_poses() gives, exact, not estimated. */
typedef struct
{
  double energy;             /* weighted objective: the sum of all shares */
  double shares[BW_N_GOALS]; /* of it, by what they are about */
  double hpwl_mm;            /* unweighted, over nets with two terminals or more */
  double max_move_mm;        /* largest anchor move since the previous call of this function */
  uint32_t overlaps;         /* pairs with a movable part whose bodies overlap on one side */
  uint32_t outside;          /* movable parts not wholly in the room, or in a keepout */
  uint32_t locked_conflicts; /* pairs of fixed parts that overlap */
} BwPlacerMetrics;

typedef enum
{
  BW_FORCE_ATTRACTION,
  BW_FORCE_REPULSION,
  BW_FORCE_BOUNDARY,
  BW_FORCE_CONSTRAINT,
  BW_FORCE_ALIGNMENT,
} BwForceKind;

/* Minus the gradient of one term of the objective at one part; for display. */
typedef struct
{
  uint32_t part;
  BwForceKind kind;
  double fx;
  double fy;
} BwForce;

/* A movable part that has no legal place, all others where they are. */
typedef struct
{
  uint32_t part;
  double missing_mm;       /* by how much the widest gap for it is too narrow */
  double missing_alone_mm; /* the same if no other movable part were there; 0: it would fit */
} BwMisfit;

BwPlacerOptions bw_placer_options_default (void);

/* `problem` is kept by reference and must outlive the placer. NULL only when out of memory. */
BwPlacer       *bw_placer_new             (const BwProblem       *problem,
                                           const BwPlacerOptions *options);
void            bw_placer_free            (BwPlacer              *self);

/* One iteration. False once the run has ended (phase FINAL); further calls do nothing. */
bool            bw_placer_step            (BwPlacer              *self);

/* The same in several threads, all of which end with the same bits: each steps chains of its own
 * until they wait, and one of them, when all do, joins them. The first chain counts the iterations,
 * and all other functions are about it: they may be called between two of its steps by the thread
 * that makes them, those that change something only while no thread steps another chain. */
uint32_t        bw_placer_n_chains        (const BwPlacer        *self);

/* One iteration. False where the chain waits. */
bool            bw_placer_step_chain      (BwPlacer              *self,
                                           uint32_t               chain);

/* False once the run has ended. */
bool            bw_placer_join            (BwPlacer              *self);

/* Right after a join, which first happens when up to 3/8 of the budget is used up: another
 * budget, for a caller who knows by now how long iterations take. It will be the same run as one
 * that had it from the start, which bounds it to those of the same plan; and the end may have begun
 * already. Returns the one that it is now. */
uint32_t        bw_placer_plan            (BwPlacer              *self,
                                           uint32_t               iterations);

/* The budget that the lengths of all stages are made for: the power of two below `iterations`, or
 * half of it where that is odd. So there are budgets close to any number for either. */
uint32_t        bw_placer_plan_of         (uint32_t               iterations);

uint32_t        bw_placer_iteration       (const BwPlacer        *self);
BwPhase         bw_placer_phase           (const BwPlacer        *self);

/* The state now: n_parts poses, valid until the next call that is not const. A true state, the
 * current one or the best legal one, by phase; in phase FINAL the best. */
const BwPose   *bw_placer_poses           (const BwPlacer        *self);
void            bw_placer_metrics         (BwPlacer              *self,
                                           BwPlacerMetrics       *metrics_out);

/* Of each part whether it is one of those that bw_placer_metrics() counted as outside when it was
 * called last; valid until it is called again. */
const uint8_t  *bw_placer_outside         (const BwPlacer        *self);

/* The same of one part, though it be fixed. */
bool            bw_placer_is_outside      (BwPlacer              *self,
                                           uint32_t               part);

/* The same for fixed parts that overlap such, whose pairs it counted as locked_conflicts. */
const uint8_t  *bw_placer_clashing        (const BwPlacer        *self);

/* The same (not 0) for parts whose conflict with another one is not to be seen by their bodies: of
 * one a pad or the body lies where the other lets none be. A fixed part is one of them only where
 * the other is fixed as well. NULL: none. */
const uint8_t  *bw_placer_barred          (const BwPlacer        *self);

/* The forces on movable parts now, at most `n_max`; returns how many. Never changes the run. */
uint32_t        bw_placer_forces          (BwPlacer              *self,
                                           BwForce               *forces_out,
                                           uint32_t               n_max);

/* In phase FINAL, where that is not legal: parts that lack room, at most `n_max`; returns how many.
 * Takes some searches for a place each. Never changes the run. */
uint32_t        bw_placer_misfits         (BwPlacer              *self,
                                           BwMisfit              *misfits_out,
                                           uint32_t               n_max);

/* A movable part put somewhere by hand, or a part held (and its movement forbidden) from now
 * on. Takes effect with the next iteration; part of what determines the result. */
void            bw_placer_set_pose        (BwPlacer              *self,
                                           uint32_t               part,
                                           const BwPose          *pose);
void            bw_placer_set_fixed       (BwPlacer              *self,
                                           uint32_t               part,
                                           bool                   fixed);

/* The weights of the problem have changed, which are alone to change in it: those of nets, gaps,
 * margins and the parts' room, grids, and what alignment and channels are worth. Takes effect with
 * the next iteration; part of what determines the result. In phase FINAL it is too late. */
void            bw_placer_reweigh         (BwPlacer              *self);

/* Order-dependent hash of all poses: equal results, equal hashes. */
uint64_t        bw_poses_hash             (const BwPose          *poses,
                                           uint32_t               n_poses);

/* Stable lower-case English name of a phase, a force or a goal: "global", "attraction", "wires". */
const char     *bw_phase_name             (BwPhase                phase);
const char     *bw_force_kind_name        (BwForceKind            kind);
const char     *bw_goal_name              (BwGoal                 goal);
