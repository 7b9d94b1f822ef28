/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where the parts of a KiCad board are when a run begins: its result is not to depend on it. */

#pragma once

#include "session/bw-problem-builder.h"

typedef enum
{
  START_HAND,    /* as in the file */
  START_RANDOM,  /* anywhere within the outline, turned by any quarters */
  START_PILE,    /* all on one heap outside of it */
  N_STARTS,
} Start;

const char     *start_name    (Start            start);

/* With the defaults of a user; the same parts are held as with the file's placement. */
BwBoardProblem *start_problem (BwBoard         *board,
                               Start            start,
                               guint64          seed);
