/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A line of the list of weights: what a term of the objective is worth, and a way back to what it
 * is worth by default. Signal `changed`: a person chose another value. */

#pragma once

#include <gtk/gtk.h>

#include "session/bw-weights.h"

G_BEGIN_DECLS

#define BW_TYPE_WEIGHT_ROW (bw_weight_row_get_type ())
G_DECLARE_FINAL_TYPE (BwWeightRow, bw_weight_row, BW, WEIGHT_ROW, GtkListBoxRow)

BwWeightRow *bw_weight_row_new       (BwWeight     weight);

BwWeight     bw_weight_row_get_weight (BwWeightRow *self);
double       bw_weight_row_get_value (BwWeightRow *self);

/* Nobody chose it: `changed` is not told. */
void         bw_weight_row_set_value (BwWeightRow *self,
                                      double       value);

/* What the way back leads to. */
void         bw_weight_row_set_default (BwWeightRow *self,
                                        double       value);
gboolean     bw_weight_row_is_default (BwWeightRow *self);

/* As if a person had gone that way. */
void         bw_weight_row_reset     (BwWeightRow *self);

G_END_DECLS
