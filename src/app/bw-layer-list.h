/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The layers of the picture, each with a switch (actions win.show-…, win.heat), and how the grid
 * and the heat map are drawn. The spacing of the grid is remembered here. */

#pragma once

#include "app/bw-canvas.h"

G_BEGIN_DECLS

#define BW_TYPE_LAYER_LIST (bw_layer_list_get_type ())
G_DECLARE_FINAL_TYPE (BwLayerList, bw_layer_list, BW, LAYER_LIST, GtkWidget)

/* Once; `canvas` goes with the window as this does. */
void bw_layer_list_set_canvas (BwLayerList *self,
                               BwCanvas    *canvas);

G_END_DECLS
