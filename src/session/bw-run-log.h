/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The run log: what happened, in order and complete. Append-only; bounded by thinning out old
 * metric samples (every other one of the older half goes when there are too many), never
 * statuses, states or commands. Thread-safe. */

#pragma once

#include <glib.h>

#include "placer/bw-placer.h"
#include "session/bw-command.h"

G_BEGIN_DECLS

typedef enum
{
  BW_LOG_METRICS,
  BW_LOG_STATUS,  /* a line for people */
  BW_LOG_STATE,   /* the run started, paused, resumed, ended, … */
  BW_LOG_COMMAND, /* took effect at `iteration` */
} BwLogKind;

typedef enum
{
  BW_STATUS_INFO,     /* start, pause, resume, a new phase */
  BW_STATUS_WARNING,  /* stop, violations found */
  BW_STATUS_ERROR,    /* a failure */
  BW_STATUS_COMPLETE, /* the end of a run */
} BwStatusLevel;

typedef enum
{
  BW_RUN_IDLE,     /* no run since the board was opened */
  BW_RUN_RUNNING,
  BW_RUN_PAUSED,
  BW_RUN_STOPPED,  /* ended by hand; resume does nothing */
  BW_RUN_FINISHED, /* ended by itself */
} BwRunState;

typedef struct
{
  double energy;
  double hpwl_mm;
  double max_move_mm;
  guint32 overlaps;
  guint32 outside;
} BwLogMetrics;

/* Immutable and atomically refcounted. */
typedef struct
{
  guint64 seq;       /* from 1, growing; gaps where samples were thinned out */
  gint64 time_us;    /* UTC, since 1970 */
  guint32 epoch;
  guint32 iteration;
  BwLogKind kind;

  /* By kind. */
  BwPhase phase;            /* METRICS */
  BwLogMetrics metrics;     /* METRICS */
  BwStatusLevel level;      /* STATUS */
  const char *message;      /* STATUS: English, one line, UTF-8; NULL for the others */
  BwRunState state;         /* STATE */
  gboolean stop_requested;  /* STATE */
  BwCommand command;        /* COMMAND */
  BwPose before;            /* COMMAND about a part: as it lay, … */
  gboolean held_before;     /* … and whether it stayed there */
} BwLogEntry;

BwLogEntry *bw_log_entry_ref    (BwLogEntry       *entry);
void        bw_log_entry_unref  (BwLogEntry       *entry);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BwLogEntry, bw_log_entry_unref)

typedef struct _BwRunLog BwRunLog;

/* At most `max_metrics` samples are kept. */
BwRunLog   *bw_run_log_new      (guint             max_metrics);
void        bw_run_log_free     (BwRunLog         *self);

/* Copies `values`, gives it the next seq. */
void        bw_run_log_append   (BwRunLog         *self,
                                 const BwLogEntry *values);

/* The first entry whose seq is above `after` (0: the oldest).
 *
 * Returns: (transfer full) (nullable): NULL at the end */
BwLogEntry *bw_run_log_next     (BwRunLog         *self,
                                 guint64           after);
guint64     bw_run_log_last_seq (BwRunLog         *self);

const char *bw_status_level_name (BwStatusLevel   level);
const char *bw_run_state_name    (BwRunState      state);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BwRunLog, bw_run_log_free)

G_END_DECLS
