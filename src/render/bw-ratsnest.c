/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "render/bw-ratsnest.h"

/* A pin as a tree needs it: flat, since thousands are looked up for each picture. */
typedef struct
{
  BwPoint at; /* front frame */
  guint32 footprint;
} Pin;

typedef struct
{
  BwPoint at;
  guint32 footprint;
  double distance; /* squared, to the tree so far; negative: in the tree */
  guint32 nearest;
} Node;

struct _BwRatsnest
{
  const BwBoard *board;
  Pin *pins;
  guint32 *first_pin; /* of each net */
  Node *nodes;        /* as many as the largest net has pins */
  GArray *lines;      /* BwRatLine */
};

BwRatsnest *
bw_ratsnest_new (const BwBoard *board)
{
  BwRatsnest *self = g_new0 (BwRatsnest, 1);
  guint32 n_pins = 0, largest = 0;

  self->board = board;
  self->first_pin = g_new (guint32, board->n_nets + 1);
  for (guint32 i = 0; i < board->n_nets; i++)
    {
      self->first_pin[i] = n_pins;
      n_pins += board->nets[i].n_pins;
      largest = MAX (largest, board->nets[i].n_pins);
    }
  self->first_pin[board->n_nets] = n_pins;
  self->pins = g_new (Pin, n_pins);
  for (guint32 i = 0; i < board->n_nets; i++)
    for (guint32 p = 0; p < board->nets[i].n_pins; p++)
      {
        const BwPin *pin = &board->nets[i].pins[p];

        self->pins[self->first_pin[i] + p] = (Pin) {
          .at = board->footprints[pin->footprint].pads[pin->pad].at,
          .footprint = pin->footprint,
        };
      }
  self->nodes = g_new (Node, largest);
  self->lines = g_array_new (FALSE, FALSE, sizeof (BwRatLine));
  return self;
}

void
bw_ratsnest_free (BwRatsnest *self)
{
  g_free (self->pins);
  g_free (self->first_pin);
  g_free (self->nodes);
  g_array_unref (self->lines);
  g_free (self);
}

static double
squared_distance (BwPoint a,
                  BwPoint b)
{
  double dx = (double) a.x_nm - b.x_nm;
  double dy = (double) a.y_nm - b.y_nm;

  return dx * dx + dy * dy;
}

static Node
make_node (const BwTransform *transform,
           BwPoint            at,
           guint32            footprint)
{
  return (Node) {
    .at = bw_transform_point (transform, at),
    .footprint = footprint,
    .distance = G_MAXDOUBLE,
  };
}

/* Prim's algorithm; without a heap, since the graph is complete. */
static void
span_net (Node   *nodes,
          guint   n,
          guint32 net,
          GArray *lines)
{
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

const BwRatLine *
bw_ratsnest_update (BwRatsnest        *self,
                    const BwTransform *transforms,
                    const guint8      *hidden,
                    gboolean           with_power,
                    guint             *n_lines_out)
{
  g_array_set_size (self->lines, 0);
  for (guint32 i = 0; i < self->board->n_nets; i++)
    {
      const BwNet *net = &self->board->nets[i];
      guint n = 0;

      if (net->n_pins < 2 || (net->power && !with_power))
        continue;
      for (guint32 p = self->first_pin[i]; p < self->first_pin[i + 1]; p++)
        {
          const Pin *pin = &self->pins[p];

          if (!hidden || !hidden[pin->footprint])
            self->nodes[n++] = make_node (&transforms[pin->footprint], pin->at, pin->footprint);
        }
      span_net (self->nodes, n, i, self->lines);
    }
  return bw_ratsnest_get_lines (self, n_lines_out);
}

const BwRatLine *
bw_ratsnest_get_lines (const BwRatsnest *self,
                       guint            *n_lines_out)
{
  *n_lines_out = self->lines->len;
  return (const BwRatLine *) (const void *) self->lines->data;
}

void
bw_ratsnest_compute_net (const BwBoard *board,
                         const BwPose  *poses,
                         guint32        net,
                         GArray        *lines)
{
  guint32 n_pins = board->nets[net].n_pins;
  g_autofree Node *nodes = g_new (Node, n_pins);

  g_array_set_size (lines, 0);
  for (guint32 i = 0; i < n_pins; i++)
    {
      const BwPin *pin = &board->nets[net].pins[i];
      BwTransform transform = bw_pose_transform (&poses[pin->footprint]);

      nodes[i] = make_node (&transform, board->footprints[pin->footprint].pads[pin->pad].at,
                            pin->footprint);
    }
  span_net (nodes, n_pins, net, lines);
}
