/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a try of the refiner begins with: which parts it takes out, where it drops one. For
 * bw-refiner.c alone. */

#pragma once

#include "placer/bw-refiner.h"

/* Any part; often one that has no place, where there are such. */
uint32_t bw_refiner_choose_part    (BwRefiner     *self);

/* The set becomes `part` and others on its nets or near it, `n_wanted` in all if there are. */
void     bw_refiner_choose_related (BwRefiner     *self,
                                    uint32_t       part,
                                    uint32_t       n_wanted);

/* Large parts are dropped more often: they are what is hard to find a place for. */
uint32_t bw_refiner_choose_dropped (BwRefiner     *self,
                                    uint32_t       part);
BwPlace  bw_refiner_choose_drop    (BwRefiner     *self,
                                    uint32_t       part);

/* The set becomes the part and all that is where it is to be dropped. False if something there
 * does not yield. */
bool     bw_refiner_choose_below   (BwRefiner     *self,
                                    uint32_t       part,
                                    const BwPlace *place);

/* What pulls at a part that is to stay where it was; and that nothing does any more. */
void     bw_refiner_anchor_home    (BwRefiner     *self,
                                    uint32_t       part);
void     bw_refiner_clear_anchor   (BwRefiner     *self);
