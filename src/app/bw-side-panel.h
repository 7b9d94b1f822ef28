/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What lies beside the board: its parts, nets, modules and rules as lists, in step with the
 * canvas. */

#pragma once

#include "app/bw-canvas.h"
#include "app/bw-rule-list.h"
#include "app/bw-weight-list.h"
#include "session/bw-session.h"

G_BEGIN_DECLS

#define BW_TYPE_SIDE_PANEL (bw_side_panel_get_type ())
G_DECLARE_FINAL_TYPE (BwSidePanel, bw_side_panel, BW, SIDE_PANEL, GtkWidget)

/* Once, before any board. `canvas` is kept by pointer and outlives the panel's use of it. */
void bw_side_panel_set_canvas (BwSidePanel *self,
                               BwCanvas    *canvas);

/* What is listed from now on; NULL: nothing. */
void bw_side_panel_set_board  (BwSidePanel *self,
                               BwBoard     *board);

/* The page of weights, which needs a session. (transfer none) */
BwWeightList *bw_side_panel_get_weights (BwSidePanel *self);

/* The page of rules, which needs somebody who edits them. (transfer none) */
BwRuleList *bw_side_panel_get_rules (BwSidePanel *self);

/* Those of the board's modules have changed. */
void          bw_side_panel_update_colors (BwSidePanel *self);

/* See session/bw-net-weights.h. */
double bw_side_panel_get_net_weight
                              (BwSidePanel *self,
                               guint32      net);
void bw_side_panel_set_net_weight
                              (BwSidePanel *self,
                               guint32      net,
                               double       weight);

/* The keyboard's way in: to "parts", "nets", "modules", "rules", "layers" or "weights"; NULL: to
 * what is on show. */
void bw_side_panel_focus      (BwSidePanel *self,
                               const char  *page);

G_END_DECLS
