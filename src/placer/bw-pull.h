/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What pulls at one part: the boxes of its nets' other terminals, and perhaps an anchor.
 *
 * The cost in mm of wire is a sum of one function of x and one of y, each convex and piecewise
 * linear for a given slot. */

#pragma once

#include <stdint.h>

#include "placer/bw-scene.h"

typedef struct
{
  int64_t key;
  double value;
} BwKey;

typedef struct
{
  BwBox rest;
  double weight;
  uint32_t first_span;
} BwPullNet;

typedef struct
{
  const BwModel *model;
  BwPullNet *nets;
  uint32_t n_nets;
  BwKey *ends;
  BwPoint anchor;
  double anchor_weight; /* cost for each mm from the anchor, along x and y */
  bool anchor_only;     /* nets do not pull */
  uint8_t *absent;      /* parts whose terminals do not pull for now */
  uint32_t n_absent;
} BwPull;

/* False when out of memory. */
bool   bw_pull_init     (BwPull        *self,
                         const BwModel *model);
void   bw_pull_clear    (BwPull        *self);

/* Looks at the nets of a part; keeps the anchor. */
void   bw_pull_gather   (BwPull        *self,
                         BwScene       *scene,
                         uint32_t       part);

double bw_pull_cost_x   (const BwPull  *self,
                         uint32_t       slot,
                         int64_t        x_nm);
double bw_pull_cost_y   (const BwPull  *self,
                         uint32_t       slot,
                         int64_t        y_nm);

/* The interval where that cost is least; false if nothing pulls. */
bool   bw_pull_median_x (BwPull        *self,
                         uint32_t       slot,
                         int64_t       *low_out,
                         int64_t       *high_out);
bool   bw_pull_median_y (BwPull        *self,
                         uint32_t       slot,
                         int64_t       *low_out,
                         int64_t       *high_out);

/* Ascending by key, then by value. */
static inline bool
bw_key_comes_before (const BwKey *a,
                     const BwKey *b)
{
  return a->key != b->key ? a->key < b->key : a->value < b->value;
}

void   bw_sort_keys     (BwKey         *keys,
                         uint32_t       n);
