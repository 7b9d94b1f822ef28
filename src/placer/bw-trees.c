/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "placer/bw-trees.h"

#include <math.h>

static int32_t
smaller (int32_t a,
         int32_t b)
{
  return a < b ? a : b;
}

static int32_t
larger (int32_t a,
        int32_t b)
{
  return a > b ? a : b;
}

static int
compare_points (BwPoint a,
                BwPoint b)
{
  if (a.x_nm != b.x_nm)
    return a.x_nm < b.x_nm ? -1 : 1;
  return (a.y_nm > b.y_nm) - (a.y_nm < b.y_nm);
}

static double
square (BwPoint a,
        BwPoint b)
{
  double dx = (double) a.x_nm - b.x_nm, dy = (double) a.y_nm - b.y_nm;

  return dx * dx + dy * dy;
}

BwTreeEdge
bw_tree_edge (uint32_t net,
              BwPoint  a,
              BwPoint  b)
{
  bool is_turned = compare_points (a, b) > 0;

  return (BwTreeEdge) { is_turned ? b : a, is_turned ? a : b, net, smaller (a.x_nm, b.x_nm),
                        larger (a.x_nm, b.x_nm) };
}

double
bw_tree_edge_length_mm (const BwTreeEdge *edge)
{
  return sqrt (square (edge->a, edge->b)) / BW_NM_PER_MM;
}

void
bw_tree_grow (uint32_t       net,
              const BwPoint *pins,
              uint32_t       n,
              BwTreePin     *scratch,
              BwTreeEdge    *edges_out)
{
  uint32_t n_grown = n < BW_TREE_MOST_PINS ? n : BW_TREE_MOST_PINS;

  for (uint32_t i = 0; i < n_grown; i++)
    scratch[i] = (BwTreePin) { square (pins[0], pins[i]), 0, i == 0 };
  for (uint32_t k = 1; k < n_grown; k++)
    {
      uint32_t next = 0;

      for (uint32_t i = 1; i < n_grown; i++)
        if (!scratch[i].is_in && (next == 0 || scratch[i].away < scratch[next].away))
          next = i;
      scratch[next].is_in = true;
      edges_out[k - 1] = bw_tree_edge (net, pins[scratch[next].parent], pins[next]);
      for (uint32_t i = 1; i < n_grown; i++)
        if (!scratch[i].is_in && square (pins[next], pins[i]) < scratch[i].away)
          {
            scratch[i].away = square (pins[next], pins[i]);
            scratch[i].parent = next;
          }
    }
  for (uint32_t k = n_grown; k < n; k++)
    edges_out[k - 1] = bw_tree_edge (net, pins[k - 1], pins[k]);
}

/* By the smaller x first; those between the same points follow one another. */
static int
compare_edges (const BwTreeEdge *one,
               const BwTreeEdge *two)
{
  int by_a = compare_points (one->a, two->a), by_b = compare_points (one->b, two->b);

  if (by_a != 0 || by_b != 0)
    return by_a != 0 ? by_a : by_b;
  return (one->net > two->net) - (one->net < two->net);
}

/* Not qsort(): that may allocate. */
static void
sort_edges (BwTreeEdge *edges,
            uint32_t    n)
{
  uint32_t gap = 1;

  while (gap < n / 3)
    gap = 3 * gap + 1;
  for (; gap > 0; gap /= 3)
    for (uint32_t i = gap; i < n; i++)
      {
        BwTreeEdge edge = edges[i];
        uint32_t k = i;

        for (; k >= gap && compare_edges (&edge, &edges[k - gap]) < 0; k -= gap)
          edges[k] = edges[k - gap];
        edges[k] = edge;
      }
}

/* On which side of the line from a to b a point lies. */
static double
turn (BwPoint a,
      BwPoint b,
      BwPoint p)
{
  return ((double) b.x_nm - a.x_nm) * ((double) p.y_nm - a.y_nm) -
         ((double) b.y_nm - a.y_nm) * ((double) p.x_nm - a.x_nm);
}

static bool
edges_cross (const BwTreeEdge *a,
             const BwTreeEdge *b)
{
  if (larger (a->a.y_nm, a->b.y_nm) < smaller (b->a.y_nm, b->b.y_nm) ||
      larger (b->a.y_nm, b->b.y_nm) < smaller (a->a.y_nm, a->b.y_nm))
    return false;
  return turn (a->a, a->b, b->a) * turn (a->a, a->b, b->b) < 0.0 &&
         turn (b->a, b->b, a->a) * turn (b->a, b->b, a->b) < 0.0;
}

/* Where those that lie where the edge at `first` does end. */
static uint32_t
end_of_group (const BwTreeEdge *edges,
              uint32_t          n,
              uint32_t          first)
{
  uint32_t end = first + 1;

  while (end < n && compare_points (edges[end].a, edges[first].a) == 0 &&
         compare_points (edges[end].b, edges[first].b) == 0)
    end++;
  return end;
}

/* Pairs of an edge each of two groups, but for those of one net. */
static uint32_t
count_pairs (const BwTreeEdge *a,
             uint32_t          n_a,
             const BwTreeEdge *b,
             uint32_t          n_b)
{
  uint32_t n = n_a * n_b;

  for (uint32_t i = 0, k = 0; i < n_a && k < n_b;)
    if (a[i].net != b[k].net)
      {
        if (a[i].net < b[k].net)
          i++;
        else
          k++;
      }
    else
      {
        uint32_t net = a[i].net;
        uint32_t of_a = 0, of_b = 0;

        for (; i < n_a && a[i].net == net; i++)
          of_a++;
        for (; k < n_b && b[k].net == net; k++)
          of_b++;
        n -= of_a * of_b;
      }
  return n;
}

uint32_t
bw_tree_count_crossings (BwTreeEdge *edges,
                         uint32_t    n)
{
  uint32_t n_crossings = 0, end;

  sort_edges (edges, n);
  for (uint32_t i = 0; i < n; i = end)
    {
      const BwTreeEdge *a = &edges[i];

      end = end_of_group (edges, n, i);
      if (compare_points (a->a, a->b) == 0)
        continue;
      for (uint32_t k = end, next; k < n && edges[k].low_nm <= a->high_nm; k = next)
        {
          next = end_of_group (edges, n, k);
          if (edges_cross (a, &edges[k]))
            n_crossings += count_pairs (a, end - i, &edges[k], next - k);
        }
    }
  return n_crossings;
}
