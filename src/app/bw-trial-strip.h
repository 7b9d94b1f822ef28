/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Small pictures of what trials with several seeds ended with, beside the board as it was: a click
 * takes one. Signal `take` (int): the trial's number, -1 for the board as it was. Signal `closed`:
 * nobody wants them any more. Stopping is action win.stop. */

#pragma once

#include <gtk/gtk.h>

#include "session/bw-trials.h"

G_BEGIN_DECLS

#define BW_TYPE_TRIAL_STRIP (bw_trial_strip_get_type ())
G_DECLARE_FINAL_TYPE (BwTrialStrip, bw_trial_strip, BW, TRIAL_STRIP, GtkWidget)

/* Shows it with the board as it was, and nothing else so far. */
void bw_trial_strip_begin  (BwTrialStrip *self,
                            BwBoard      *board,
                            BwFrame      *before);

/* Adds those of the trials that ended, and tells how far they are. */
void bw_trial_strip_update (BwTrialStrip *self,
                            BwTrials     *trials);

/* The one that the board lies like now; -1: as it was. */
void bw_trial_strip_mark   (BwTrialStrip *self,
                            gint          trial);

/* Hides it, and lets go of the board. */
void bw_trial_strip_end    (BwTrialStrip *self);

G_END_DECLS
