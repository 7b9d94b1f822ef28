/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The last touch by an engineer's hand: parts on a grid, and in line with those that are equal.
 *
 * Each part in turn goes to the best of a few places about its own that are free: places on the
 * grid, in a row or column with parts nearby that are equal or of about one size, or right beside
 * them, in even steps with two of them, and turned as they are. */

#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "placer/bw-scene.h"

#define BW_TIDIER_NEIGHBOURS 8

typedef struct
{
  BwScene *scene;
  uint32_t pass;
  uint32_t next;    /* part */
  bool has_moved;   /* any, in this pass */
  uint32_t likes[BW_TIDIER_NEIGHBOURS];  /* parts that belong in line with the one that is looked
                                          * at, near ones first */
  int64_t away_nm[BW_TIDIER_NEIGHBOURS];
  uint32_t n_likes;
  int32_t grid_nm;  /* of that one */
  BwPlace best;
  double best_mm;
} BwTidier;

/* The problem asks for it. */
bool bw_tidier_is_wanted (const BwProblem *problem);

/* The scene's parts are all in. The gap and margin that its model asks for become smaller by about
 * what a part moves to the grid. */
void bw_tidier_start     (BwTidier        *self,
                          BwScene         *scene);

/* The next part. False when done. */
bool bw_tidier_step      (BwTidier        *self);
