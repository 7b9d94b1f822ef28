/* SPDX-License-Identifier: GPL-3.0-or-later */

/* From overlapping to legal, part by part, the large ones first: a part that is free where it is
 * stays there, another one goes to the best free place. */

#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/bw-random.h"
#include "placer/bw-finder.h"

typedef enum
{
  BW_LEGALIZE_SHORT,  /* short wires, little movement */
  BW_LEGALIZE_STAY,   /* as little movement as can be; a part turns only if it must */
  BW_LEGALIZE_PACK,   /* from a corner of the room on, whatever that does to wires */
} BwLegalizeGoal;

typedef struct
{
  BwFinder *finder;
  uint32_t *order;
  uint32_t n_order;
  uint32_t next;
  const uint32_t *first;
  const uint8_t *only;
  bool may_turn;        /* in the search that is under way */
  bool is_rest;         /* what had no place before has been placed */
  uint32_t n_failed;    /* parts without a free place: left out of the scene */
  bool leaves_out;      /* what has its place only by a leeway, and does not count it as failed */
  BwLegalizeGoal goal;
  BwPoint corner;       /* to pack into */
} BwLegalizer;

/* False when out of memory. */
bool bw_legalizer_init  (BwLegalizer *self,
                         BwFinder    *finder);
void bw_legalizer_clear (BwLegalizer *self);

/* Takes movable parts of the scene out, and orders them. `first` (or NULL): how often a part had
 * no place before; such parts come before all others. `only` (or NULL): the rest stays in. Both
 * are kept, and used by bw_legalizer_step(). */
void bw_legalizer_start (BwLegalizer    *self,
                         BwLegalizeGoal  goal,
                         const uint32_t *first,
                         const uint8_t  *only);

/* Which corner of the room BW_LEGALIZE_PACK packs into: 0 to 3. */
void bw_legalizer_pack  (BwLegalizer    *self,
                         uint32_t        corner);

/* Puts in the next part, or goes on looking for its place. False when all are done. */
bool bw_legalizer_step  (BwLegalizer *self);

/* Puts a part that is not in where it is in the least conflict, of `hint` (NULL: its own place) and
 * some tried at random. */
void bw_legalizer_sink  (BwLegalizer   *self,
                         uint32_t       part,
                         const BwPlace *hint,
                         BwRandom      *random,
                         uint32_t       n_tries);
