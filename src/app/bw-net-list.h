/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The board's nets: those selected stand out on the canvas while the list is on show, and how much
 * they count can be told (action win.weigh-net). Main thread. */

#pragma once

#include "app/bw-canvas.h"

G_BEGIN_DECLS

#define BW_TYPE_NET_LIST (bw_net_list_get_type ())
G_DECLARE_FINAL_TYPE (BwNetList, bw_net_list, BW, NET_LIST, GtkWidget)

/* Once. */
void bw_net_list_set_canvas  (BwNetList    *self,
                              BwCanvas     *canvas);

/* NULL: none. Lengths are not known then, and weights 1. */
void bw_net_list_set_board   (BwNetList    *self,
                              BwBoard      *board);

/* n_nets of them, kept by pointer until they are set again; NULL: not known. */
void bw_net_list_set_lengths (BwNetList    *self,
                              const double *lengths_mm);

/* See session/bw-net-weights.h. */
double bw_net_list_get_weight (BwNetList   *self,
                              guint32       net);
void bw_net_list_set_weight  (BwNetList    *self,
                              guint32       net,
                              double        weight);

G_END_DECLS
