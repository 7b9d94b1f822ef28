/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the runs to come are asked for: how long, which seed, from scratch or from what is there.
 * The time is remembered from one start to the next. Signal `changed`. */

#pragma once

#include <gtk/gtk.h>

#include "session/bw-session.h"

G_BEGIN_DECLS

#define BW_TYPE_RUN_POPOVER (bw_run_popover_get_type ())
G_DECLARE_FINAL_TYPE (BwRunPopover, bw_run_popover, BW, RUN_POPOVER, GtkPopover)

/* Sets the fields that a person chooses here, and leaves the others. */
void bw_run_popover_fill (BwRunPopover *self,
                          BwRunOptions *options);

/* As if a person had chosen it. */
void bw_run_popover_set_seed (BwRunPopover *self,
                              guint64       seed);

G_END_DECLS
