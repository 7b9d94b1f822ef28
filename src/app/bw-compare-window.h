/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Two placements of one board, side by side or one over the other, with what differs between them.
 * It shows what it was given, and does not follow a run. */

#pragma once

#include <gtk/gtk.h>

#include "board/bw-board.h"
#include "session/bw-frame.h"

G_BEGIN_DECLS

#define BW_TYPE_COMPARE_WINDOW (bw_compare_window_get_type ())
G_DECLARE_FINAL_TYPE (BwCompareWindow, bw_compare_window, BW, COMPARE_WINDOW, GtkWindow)

/* `frames` (element-type BwFrame), two at least, are named by `names` in the same order; `first`
 * and `second` are those that are compared as it opens. */
BwCompareWindow *bw_compare_window_new (GtkWindow         *parent,
                                        BwBoard           *board,
                                        GPtrArray         *frames,
                                        const char *const *names,
                                        guint              first,
                                        guint              second);

G_END_DECLS
