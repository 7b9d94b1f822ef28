/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Repeated channels laid out alike: one of each kind is the pattern, the others are tried as copies
 * of it about where they are, and become one where that is worth it. */

#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "placer/bw-scene.h"

typedef struct
{
  BwScene *scene;
  BwLayout *before;    /* room for where the parts were before the channel was looked at */
  uint32_t channel;    /* that is looked at */
  uint32_t pattern;    /* of its kind */
  uint32_t row;        /* of the places that it is tried at; 0: not begun */
  BwPoint offset;      /* from the pattern, in the middle of these places */
  BwPoint best;        /* offset */
  double before_mm;
  double best_mm;      /* longer by this than before */
} BwStamper;

/* The scene's parts are all in. `before` is overwritten. */
void bw_stamper_start (BwStamper *self,
                       BwScene   *scene,
                       BwLayout  *before);

/* Some places for one channel. False when done. */
bool bw_stamper_step  (BwStamper *self);
