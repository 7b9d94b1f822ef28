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
  const BwLayout *home; /* to stay close to, instead of short wires; or NULL */
  double missing_mm;    /* what a part that is not in costs */
  double cost_mm;       /* of the scene now */
  BwTaken set[BW_REFINER_MAX_SET];
  uint32_t n_set;
  uint32_t next;        /* of the set, to put back */
  double before_mm;     /* what the set's nets cost before the try */
  double temperature_mm;
  bool is_trying;
} BwRefiner;

/* False when out of memory. */
bool bw_refiner_init  (BwRefiner *self,
                       BwFinder  *finder,
                       BwRandom  *random);
void bw_refiner_clear (BwRefiner *self);

/* Takes the scene as it is; a try that is under way is forgotten. With a `home`, which is kept,
 * parts stay as close to it as they can; else (NULL) wires get as short as they can. */
void bw_refiner_start (BwRefiner      *self,
                       const BwLayout *home);

/* Begins a try at a temperature, or looks for a place for one part of the try under way. True if
 * a try has ended with the scene changed; between tries all parts are in that have a place. */
bool bw_refiner_step  (BwRefiner *self,
                       double     temperature_mm);

/* Takes back a try that is under way. */
void bw_refiner_stop  (BwRefiner *self);
