/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The modules of a board: their colours, and of each whether it is shown and whether its parts stay
 * where they are.
 *
 * Whoever has the run holds the parts: action win.hold-module, (ub): index and whether. */

#pragma once

#include "app/bw-canvas.h"

G_BEGIN_DECLS

#define BW_TYPE_MODULE_LIST (bw_module_list_get_type ())
G_DECLARE_FINAL_TYPE (BwModuleList, bw_module_list, BW, MODULE_LIST, GtkWidget)

/* All of them shown. `canvas` is kept by pointer until the next call; `board` NULL: none. */
void bw_module_list_set_board (BwModuleList *self,
                               BwCanvas     *canvas,
                               BwBoard      *board);

/* The modules' colours have changed. */
void bw_module_list_update_colors (BwModuleList *self);

G_END_DECLS
