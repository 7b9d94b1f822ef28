/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The best layout so far: all parts at free places, or as many as had one. */

#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "placer/bw-scene.h"

typedef struct
{
  BwLayout layout;
  uint8_t *in;      /* 0: the part has no free place */
  double cost_mm;
  bool is_known;
} BwBest;

/* False when out of memory. */
bool bw_best_init  (BwBest        *self,
                    const BwModel *model);
void bw_best_clear (BwBest        *self);

/* Takes over the scene where it costs less than what is known. */
void bw_best_offer (BwBest        *self,
                    const BwScene *scene,
                    double         cost_mm);

/* That of another run on the same parts. */
void bw_best_copy  (BwBest        *self,
                    const BwBest  *other,
                    uint32_t       n_parts);

/* Puts the scene into this state. */
void bw_best_load  (const BwBest  *self,
                    BwScene       *scene);
