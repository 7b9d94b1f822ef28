/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What somebody asks of a run: a value, the same whoever sends it. */

#pragma once

#include <glib.h>

#include "base/bw-geometry.h"
#include "board/bw-board-writer.h"
#include "session/bw-weights.h"

G_BEGIN_DECLS

typedef enum
{
  BW_COMMAND_START,   /* a run from the poses as they are; no-op while one is under way */
  BW_COMMAND_PAUSE,
  BW_COMMAND_RESUME,
  BW_COMMAND_STEP,    /* one iteration, then paused; starts a run where there is none */
  BW_COMMAND_STOP,    /* ends the run where it is */
  BW_COMMAND_RESTART, /* back to the file's poses, then START */
  BW_COMMAND_UNTANGLE,/* a run that only legalizes, from the poses as they are */

  /* About one part, in a run between two iterations, or without one. What is moved, turned or
   * flipped by hand stays so, and the rest flows around it, until it is unlocked. RESTART forgets
   * all that was done by hand. */
  BW_COMMAND_MOVE,    /* its anchor to pose.at */
  BW_COMMAND_ROTATE,  /* to pose.rotation_cdeg */
  BW_COMMAND_FLIP,    /* to pose.side */
  BW_COMMAND_LOCK,    /* it stays where it is */
  BW_COMMAND_UNLOCK,  /* it may move, unless it is locked in the board */

  BW_COMMAND_SET,     /* a weight, for the run under way, between two iterations, and those to
                       * come */
  BW_COMMAND_WEIGH,   /* the same with how much a net's wires count: see bw-net-weights.h */

  BW_COMMAND_CHOOSE,  /* the START that follows moves this part alone, with others that were
                       * chosen before it; heard while no run is under way. It leaves no trace in
                       * the log. */
} BwCommandKind;

typedef enum
{
  BW_MANNER_AS_SET,   /* as the session's options have it */
  BW_MANNER_PLACE,    /* from scratch */
  BW_MANNER_REFINE,   /* parts stay close to where they are */
} BwManner;

/* How a run is to be done; 0 in all: as the session's options have it. */
typedef struct
{
  gboolean has_seed;
  guint32 seed;
  double time_s;      /* 0, or from BW_ASKED_TIME_LEAST_S to BW_ASKED_TIME_MOST_S */
  BwManner manner;    /* START */
  BwTracks tracks;    /* what becomes of them, from now on; REFUSE: as the session's options have
                       * it */
} BwAsked;

#define BW_ASKED_TIME_LEAST_S 1.0
#define BW_ASKED_TIME_MOST_S 3600.0
#define BW_ASKED_SEED_MOST G_MAXINT32

/* Who sent a command or did a thing. */
typedef enum
{
  BW_ORIGIN_WINDOW,
  BW_ORIGIN_REMOTE,
  BW_ORIGIN_PROGRAM,  /* the command line, a script, a signal */
} BwOrigin;

typedef struct
{
  BwCommandKind kind;
  BwOrigin origin;
  guint32 footprint;  /* of the commands about one part: its index */
  BwPose pose;        /* what of it counts is told with the kinds */
  BwWeight weight;    /* SET */
  double value;       /* SET, WEIGH: from 0 to BW_WEIGHT_MOST; what is not is not obeyed */
  guint32 net;        /* WEIGH: its index */
  BwAsked asked;      /* START, RESTART and UNTANGLE, of the run that they begin */
  guint32 actor;      /* who of a server's viewers sent it; 0: nobody of them */
} BwCommand;

/* Stable lower-case English name, as on the wire: "pause". */
const char *bw_command_kind_name     (BwCommandKind kind);

/* Whether it is about one part. */
gboolean    bw_command_kind_has_part (BwCommandKind kind);

G_END_DECLS
