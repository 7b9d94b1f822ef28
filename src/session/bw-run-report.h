/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is wrong with the result of a run, in words. */

#pragma once

#include "board/bw-board.h"
#include "placer/bw-placer.h"
#include "session/bw-constraints.h"
#include "session/bw-frame.h"

G_BEGIN_DECLS

typedef void (*BwRunReportLine) (const char *message,
                                 gpointer    user_data);

/* A line for each fact: parts that overlap or lie outside, which of them lack room and how much,
 * parts that are held on top of each other, rules that are not kept. None for a good result. The
 * frame is what the placer has now. */
void bw_run_report (BwBoard         *board,
                    BwConstraints   *constraints,
                    BwPlacer        *placer,
                    const BwFrame   *frame,
                    BwRunReportLine  line,
                    gpointer         user_data);

G_END_DECLS
