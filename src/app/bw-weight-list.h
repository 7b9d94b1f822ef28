/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the terms of the objective are worth, as sliders: they act on the run that goes on and those
 * to come, and are remembered for other boards.
 *
 * Signal `chosen` (guint weight, double before, double after): a person did that. */

#pragma once

#include <gtk/gtk.h>

#include "session/bw-session.h"

G_BEGIN_DECLS

#define BW_TYPE_WEIGHT_LIST (bw_weight_list_get_type ())
G_DECLARE_FINAL_TYPE (BwWeightList, bw_weight_list, BW, WEIGHT_LIST, GtkWidget)

/* What was remembered counts for the session from now on; NULL: there is none. */
void bw_weight_list_set_session (BwWeightList    *self,
                                 BwSession       *session);

/* Chooses one anew without telling of it, as the way back from what was chosen. */
void bw_weight_list_choose      (BwWeightList    *self,
                                 BwWeight         weight,
                                 double           value);

/* As it was told last. */
double bw_weight_list_get       (BwWeightList    *self,
                                 BwWeight         weight);

/* A command took effect, whoever sent it. */
void bw_weight_list_follow      (BwWeightList    *self,
                                 const BwCommand *command);

G_END_DECLS
