/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Neighbourhood search among legal layouts: takes a few parts out and puts each back at its best
 * free place, or drops a part somewhere and finds new places for those below it.
 *
 * Parts of the scene that are not in (for lack of a free place) cost so much that to get them in
 * comes first. */

#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/bw-random.h"
#include "placer/bw-finder.h"

#define BW_REFINER_MAX_SET 48

/* A part that was taken out, and where it was. */
typedef struct
{
  BwPlace place;
  uint32_t part;
  bool was_in;
} BwTaken;

typedef struct
{
  BwFinder *finder;
  BwRandom *random;
  uint32_t *movable;
  uint32_t n_movable;
  double missing_mm;    /* what a part that is not in costs */
  double cost_mm;       /* of the scene now */
  BwTaken set[BW_REFINER_MAX_SET];
  uint32_t n_set;
} BwRefiner;

/* False when out of memory. */
bool bw_refiner_init  (BwRefiner *self,
                       BwFinder  *finder,
                       BwRandom  *random);
void bw_refiner_clear (BwRefiner *self);

/* Takes the scene as it is. */
void bw_refiner_start (BwRefiner *self);

/* One try at a temperature; true if the scene has changed. */
bool bw_refiner_try   (BwRefiner *self,
                       double     temperature_mm);
