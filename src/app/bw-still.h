/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A picture of a board as one frame has it, as large as the widget is, painted off the main
 * thread. */

#pragma once

#include <gtk/gtk.h>

#include "render/bw-painter.h"

G_BEGIN_DECLS

#define BW_TYPE_STILL (bw_still_get_type ())
G_DECLARE_FINAL_TYPE (BwStill, bw_still, BW, STILL, GtkWidget)

/* `ghost` (nullable): the parts as they lie there are drawn over it, see BwThumbnail. `name` is
 * what a screen reader says. */
void bw_still_show (BwStill    *self,
                    BwBoard    *board,
                    BwFrame    *frame,
                    BwFrame    *ghost,
                    BwShow      show,
                    const char *name);

G_END_DECLS
