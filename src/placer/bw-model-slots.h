/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The ways for a part to lie, as boxes; for bw-model.c alone. */

#pragma once

#include "placer/bw-model.h"

/* How many boxes a slot has for its body. */
uint32_t bw_model_body_room  (const BwModel       *self,
                              uint32_t             part,
                              uint32_t             slot);

/* The same for all that is not its body. */
uint32_t bw_model_max_others (const BwProblemPart *part);

/* Sets all that depends on how the part lies, in its spare slot. */
void     bw_model_set_spare  (BwModel             *self,
                              uint32_t             part,
                              int32_t              rotation_cdeg);

/* The same for all slots of the part; the spare one gets `spare_cdeg`. */
void     bw_model_set_slots  (BwModel             *self,
                              uint32_t             part,
                              int32_t              spare_cdeg);
