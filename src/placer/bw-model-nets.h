/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Parts and nets linked both ways, for bw_model_new() alone. */

#pragma once

#include "placer/bw-model.h"

/* The terms of each part; its slots are known. False when out of memory. */
bool bw_model_make_terms (BwModel *self);

/* The terms of each net, and which parts something pulls at. */
void bw_model_link_nets  (BwModel *self);

/* Takes over the weights of the problem's nets; called by bw_model_link_nets(). */
void bw_model_weigh_nets (BwModel *self);
