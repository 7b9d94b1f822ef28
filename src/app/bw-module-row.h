/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One module in the list of them. Signal `show-changed`: a person wants its parts shown or not;
 * actions: win.hold-module (ub) asks to hold them; win.try-module-color (uu) to be seen in a colour
 * (0xRRGGBB with BW_COLOR_CHOSEN, or 0: the theme's), and win.color-module to have it. */

#pragma once

#include <gtk/gtk.h>

#include "board/bw-board.h"

G_BEGIN_DECLS

#define BW_TYPE_MODULE_ROW (bw_module_row_get_type ())
G_DECLARE_FINAL_TYPE (BwModuleRow, bw_module_row, BW, MODULE_ROW, GtkListBoxRow)

/* `n_free` of its parts are not locked in the board. */
BwModuleRow *bw_module_row_new       (BwBoard       *board,
                                      guint32        module,
                                      guint          n_parts,
                                      guint          n_free);

gboolean     bw_module_row_get_shown (BwModuleRow   *self);

/* All of its parts stay where they are. */
void         bw_module_row_set_held  (BwModuleRow   *self,
                                      gboolean       held);

/* The choice of its colour has the focus. */
gboolean     bw_module_row_is_choosing (BwModuleRow *self);

/* Has the focus on the button that is like the one of `other` that has it. */
void         bw_module_row_focus_like (BwModuleRow  *self,
                                       BwModuleRow  *other);

/* The module's colour has changed. */
void         bw_module_row_update_color (BwModuleRow *self);

G_END_DECLS
