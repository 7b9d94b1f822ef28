/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Popovers that point at a part. */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Pops it up at `place` in its parent. What it shows, a GtkScrolledWindow, is no higher than there
 * is room in the window above or below that. */
void bw_popover_popup_at (GtkPopover         *popover,
                          const GdkRectangle *place);

G_END_DECLS
