/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Nodes to go on from, the one with the least key first. */

#pragma once

#include <glib.h>

typedef struct
{
  float key;
  guint32 node;
} MazeHeapItem;

/* `heap` is an array of items that only these functions change. */
void    maze_heap_push (GArray  *heap,
                        float    key,
                        guint32  node);
guint32 maze_heap_pop  (GArray  *heap);
