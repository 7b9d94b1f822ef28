/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How much room a part lacks: the least leeway with which it has a place.
 *
 * What has none with all that moves off the board is given that leeway as its own (BwModelPart):
 * then it lies where it is least in the way of what stands still, and the search keeps all others
 * clear of it. */

#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "placer/bw-finder.h"

/* What the part may ignore while it is asked, besides BwLeewayKind. */
#define BW_LEEWAY_BODIES (BW_LEEWAY_FIXED + 1) /* all bodies */
#define BW_LEEWAY_ALL (BW_LEEWAY_FIXED + 2)    /* and edges and keepouts, and as far its region */

typedef struct
{
  BwFinder *finder;
  uint32_t part;
  uint8_t kind;
  int32_t low_nm;        /* has no place with this, */
  int32_t high_nm;       /* but with this, once one is found */
  int32_t asked_nm;
  bool is_found;
  bool is_running;
  BwPlace place;         /* with high_nm */
  int32_t gap_nm;        /* what the model asked for before */
  int32_t margin_nm;
  bool is_apart;
} BwLeeway;

/* Begins to look for the part's leeway; it is out of the scene, which must not change until the
 * end. Until then no gaps and margins are asked for, unless `spaced`: those that are asked for now,
 * so that the part has a place where they are. */
void bw_leeway_start (BwLeeway     *self,
                      BwFinder     *finder,
                      uint32_t      part,
                      uint8_t       kind,
                      bool          spaced);

/* A bounded step. False at the end: a part that a place is found for keeps a leeway of
 * BwLeewayKind. */
bool bw_leeway_step  (BwLeeway     *self);

/* Drops it: the part has no leeway then. */
void bw_leeway_stop  (BwLeeway     *self);

/* All at once; INT32_MAX where even the most is not enough. */
int32_t bw_leeway_find (BwLeeway     *self,
                        BwFinder     *finder,
                        uint32_t      part,
                        uint8_t       kind);
