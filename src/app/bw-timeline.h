/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Below the board: how its run went, as curves over the frames that are kept, with the phases as
 * bands. A click, a drag or arrow keys show the board as it was then, at the left end before the
 * run; Space plays from there on.
 *
 * It follows the canvas, and has it show what was looked for. Visible where there is a run. */

#pragma once

#include "app/bw-canvas.h"
#include "session/bw-run-history.h"

G_BEGIN_DECLS

#define BW_TYPE_TIMELINE (bw_timeline_get_type ())
G_DECLARE_FINAL_TYPE (BwTimeline, bw_timeline, BW, TIMELINE, GtkWidget)

/* Once. `canvas` is kept by pointer, and outlives the timeline's use of it. */
void bw_timeline_set_canvas  (BwTimeline   *self,
                              BwCanvas     *canvas);

/* What is shown from now on, back at the newest frame; NULL: nothing. */
void bw_timeline_set_history (BwTimeline   *self,
                              BwRunHistory *history);

/* Shows the newest frame, and those that come. */
void bw_timeline_go_live     (BwTimeline   *self);

/* Plays what is kept from where one looks, or holds still. */
void bw_timeline_toggle_play (BwTimeline   *self);

G_END_DECLS
