/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The shortest spanning trees of nets, and how often they cross: what makes boards hard to
 * route. */

#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/bw-geometry.h"

typedef struct
{
  BwPoint a;
  BwPoint b;
  uint32_t net;
  int32_t low_nm;   /* the smaller and the larger x */
  int32_t high_nm;
} BwTreeEdge;

#define BW_TREE_MOST_PINS 2000

/* Of a tree that grows: for each pin. */
typedef struct
{
  double away;      /* from the tree, squared */
  uint32_t parent;
  bool is_in;
} BwTreePin;

BwTreeEdge bw_tree_edge            (uint32_t          net,
                                    BwPoint           a,
                                    BwPoint           b);
double     bw_tree_edge_length_mm  (const BwTreeEdge *edge);

/* The n - 1 edges of the shortest tree on n >= 1 pins. That takes the square of n; so pins beyond
 * BW_TREE_MOST_PINS are chained as they come. */
void       bw_tree_grow            (uint32_t          net,
                                    const BwPoint    *pins,
                                    uint32_t          n,
                                    BwTreePin        *scratch,
                                    BwTreeEdge       *edges_out);

/* Pairs of edges of different nets that cross. Sorts the edges by their first ends; those that lie
 * in one place are looked at once: a new board has all its parts in a heap. */
uint32_t   bw_tree_count_crossings (BwTreeEdge       *edges,
                                    uint32_t          n);
