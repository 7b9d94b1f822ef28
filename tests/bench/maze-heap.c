/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bench/maze-heap.h"

void
maze_heap_push (GArray  *heap,
                float    key,
                guint32  node)
{
  MazeHeapItem item = { key, node };
  MazeHeapItem *items;
  guint i = heap->len;

  g_array_append_val (heap, item);
  items = (MazeHeapItem *) (gpointer) heap->data;
  for (; i > 0 && items[(i - 1) / 2].key > key; i = (i - 1) / 2)
    items[i] = items[(i - 1) / 2];
  items[i] = item;
}

guint32
maze_heap_pop (GArray *heap)
{
  MazeHeapItem *items = (MazeHeapItem *) (gpointer) heap->data;
  guint32 node = items[0].node;
  MazeHeapItem last = items[heap->len - 1];
  guint i = 0, child;

  g_array_set_size (heap, heap->len - 1);
  while ((child = 2 * i + 1) < heap->len)
    {
      if (child + 1 < heap->len && items[child + 1].key < items[child].key)
        child++;
      if (items[child].key >= last.key)
        break;
      items[i] = items[child];
      i = child;
    }
  if (heap->len > 0)
    items[i] = last;
  return node;
}
