/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What somebody asks of a run: a value, the same whoever sends it. */

#pragma once

#include <glib.h>

#include "base/bw-geometry.h"

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
} BwCommandKind;

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
} BwCommand;

/* Stable lower-case English name, as on the wire: "pause". */
const char *bw_command_kind_name (BwCommandKind kind);

G_END_DECLS
