/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "render/bw-ratsnest.h"

typedef struct
{
  BwPoint at;
  guint32 footprint;
  double distance; /* squared, to the tree so far; negative: in the tree */
  guint32 nearest;
} Node;

static double
squared_distance (BwPoint a,
                  BwPoint b)
{
  double dx = (double) a.x_nm - b.x_nm;
  double dy = (double) a.y_nm - b.y_nm;

  return dx * dx + dy * dy;
}

static void
collect_nodes (const BwBoard     *board,
               const BwTransform *transforms,
               const BwNet       *net,
               const guint8      *hidden,
               GArray            *nodes)
{
  g_array_set_size (nodes, 0);
  for (guint32 i = 0; i < net->n_pins; i++)
    {
      const BwPin *pin = &net->pins[i];
      const BwFootprint *footprint = &board->footprints[pin->footprint];
      Node node = {
        .at = bw_transform_point (&transforms[pin->footprint], footprint->pads[pin->pad].at),
        .footprint = pin->footprint,
        .distance = G_MAXDOUBLE,
      };

      if (!hidden || !hidden[pin->footprint])
        g_array_append_val (nodes, node);
    }
}

/* Prim's algorithm; without a heap, since the graph is complete. */
static void
span_net (GArray *nodes_array,
          guint32 net,
          GArray *lines)
{
  Node *nodes = (Node *) (void *) nodes_array->data;
  guint n = nodes_array->len;
  guint added = 0;

  if (n == 0)
    return;
  nodes[0].distance = -1;
  for (guint round = 1; round < n; round++)
    {
      guint next = 0;
      double best = G_MAXDOUBLE;

      for (guint i = 1; i < n; i++)
        {
          double distance;

          if (nodes[i].distance < 0)
            continue;
          distance = squared_distance (nodes[added].at, nodes[i].at);
          if (distance < nodes[i].distance)
            {
              nodes[i].distance = distance;
              nodes[i].nearest = added;
            }
          if (nodes[i].distance < best)
            {
              best = nodes[i].distance;
              next = i;
            }
        }
      nodes[next].distance = -1;
      if (nodes[next].footprint != nodes[nodes[next].nearest].footprint)
        {
          BwRatLine line = { nodes[nodes[next].nearest].at, nodes[next].at, net };

          g_array_append_val (lines, line);
        }
      added = next;
    }
}

static BwTransform *
dup_transforms (const BwBoard *board,
                const BwPose  *poses)
{
  BwTransform *transforms = g_new (BwTransform, board->n_footprints);

  for (guint32 i = 0; i < board->n_footprints; i++)
    transforms[i] = bw_pose_transform (&poses[i]);
  return transforms;
}

void
bw_ratsnest_compute (const BwBoard *board,
                     const BwPose  *poses,
                     const guint8  *hidden,
                     gboolean       with_power,
                     GArray        *lines)
{
  g_autofree BwTransform *transforms = dup_transforms (board, poses);
  g_autoptr (GArray) nodes = g_array_new (FALSE, FALSE, sizeof (Node));

  g_array_set_size (lines, 0);

  for (guint32 i = 0; i < board->n_nets; i++)
    {
      const BwNet *net = &board->nets[i];

      if (net->n_pins < 2 || (net->power && !with_power))
        continue;
      collect_nodes (board, transforms, net, hidden, nodes);
      span_net (nodes, i, lines);
    }
}

void
bw_ratsnest_compute_net (const BwBoard *board,
                         const BwPose  *poses,
                         guint32        net,
                         GArray        *lines)
{
  g_autofree BwTransform *transforms = dup_transforms (board, poses);
  g_autoptr (GArray) nodes = g_array_new (FALSE, FALSE, sizeof (Node));

  g_array_set_size (lines, 0);
  collect_nodes (board, transforms, &board->nets[net], NULL, nodes);
  span_net (nodes, net, lines);
}
