/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The line below the board: how far the run is, its numbers, and a button that lists what was
 * noticed about the board. It follows nothing by itself: the window tells it. */

#pragma once

#include <gtk/gtk.h>

#include "session/bw-frame.h"
#include "session/bw-run-log.h"

G_BEGIN_DECLS

#define BW_TYPE_STATUS_BAR (bw_status_bar_get_type ())
G_DECLARE_FINAL_TYPE (BwStatusBar, bw_status_bar, BW, STATUS_BAR, GtkWidget)

/* Another board, whose wire length began as this: forgets what was shown of the one before. */
void bw_status_bar_reset         (BwStatusBar *self,
                                  double       start_hpwl_mm);

void bw_status_bar_show          (BwStatusBar *self,
                                  BwRunState   state,
                                  BwFrame     *frame,
                                  BwBoard     *board);

/* What somebody else did, for a few seconds. */
void bw_status_bar_tell          (BwStatusBar *self,
                                  const char  *text);

/* One more for the list. `of_run`: it goes when the next run begins. */
void bw_status_bar_add_notice    (BwStatusBar *self,
                                  const char  *message,
                                  gboolean     of_run);
void bw_status_bar_forget_run (BwStatusBar *self);

G_END_DECLS
