/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "session/bw-routability.h"

#include <math.h>
#include <stdlib.h>

#include "placer/bw-trees.h"
#include "session/bw-placed-body.h"

/* Pads that lie in one place are looked at once: a new board has all its parts in a heap, and so as
 * many pairs of them as the square of their number. */

/* Where the board's rules do not tell. */
#define TRACK_NM 200000
#define CLEARANCE_NM 200000
#define SEVERAL_NETS (-2)
#define N_BINS 32
#define N_LAYERS 2.0
/* Of all bins, those that congestion is told of. */
#define FULLEST 20

typedef struct
{
  BwBox box;
  gint32 net;
  guint8 sides;
} Copper;

typedef struct
{
  const BwBoard *board;
  const BwPose *poses;
  BwTransform *transforms;
  GArray *edges;   /* BwTreeEdge */
  GArray *copper;  /* Copper, by left edge */
  GArray *obstacles; /* the same, each place once */
  gint32 widest_nm;
} Study;

static BwPoint
pin_at (const Study *self,
        const BwPin *pin)
{
  const BwFootprint *footprint = &self->board->footprints[pin->footprint];

  return bw_transform_point (&self->transforms[pin->footprint], footprint->pads[pin->pad].at);
}

static void
span_nets (Study *self)
{
  for (guint i = 0; i < self->board->n_nets; i++)
    {
      const BwNet *net = &self->board->nets[i];
      g_autofree BwPoint *pins = NULL;
      g_autofree BwTreePin *scratch = NULL;
      guint first = self->edges->len;

      if (net->power || net->n_pins < 2)
        continue;
      pins = g_new (BwPoint, net->n_pins);
      for (guint k = 0; k < net->n_pins; k++)
        pins[k] = pin_at (self, &net->pins[k]);
      g_array_set_size (self->edges, first + net->n_pins - 1);
      scratch = g_new (BwTreePin, net->n_pins);
      bw_tree_grow (i, pins, net->n_pins, scratch,
                    &g_array_index (self->edges, BwTreeEdge, first));
    }
}

static gint32
track_nm (const BwBoard *board,
          gint32         net)
{
  gint32 width_nm = board->n_net_classes > 0
                      ? board->net_classes[board->nets[net].net_class].track_width_nm : -1;

  return width_nm > 0 ? width_nm : TRACK_NM;
}

static gint32
clearance_nm (const BwBoard *board,
              gint32         net)
{
  gint32 width_nm = board->n_net_classes > 0
                      ? board->net_classes[board->nets[net].net_class].clearance_nm : -1;

  return width_nm >= 0 ? width_nm : CLEARANCE_NM;
}

static guint
bin_of (double value,
        double low,
        double size)
{
  double at = floor ((value - low) / size);

  return at < 0.0 ? 0 : at >= N_BINS ? N_BINS - 1 : (guint) at;
}

/* Each edge is a track somewhere in its box: its copper is spread evenly over that. */
static void
spread_edge (const Study      *self,
             const BwTreeEdge *edge,
             const BwBox      *room,
             double           *demand_mm2)
{
  double width_mm = bw_nm_to_mm ((gint64) room->x1_nm - room->x0_nm) / N_BINS;
  double height_mm = bw_nm_to_mm ((gint64) room->y1_nm - room->y0_nm) / N_BINS;
  double x0 = bw_nm_to_mm ((gint64) edge->low_nm - room->x0_nm);
  double x1 = bw_nm_to_mm ((gint64) edge->high_nm - room->x0_nm);
  double y0 = bw_nm_to_mm ((gint64) MIN (edge->a.y_nm, edge->b.y_nm) - room->y0_nm);
  double y1 = bw_nm_to_mm ((gint64) MAX (edge->a.y_nm, edge->b.y_nm) - room->y0_nm);
  guint first_x = bin_of (x0, 0.0, width_mm), last_x = bin_of (x1, 0.0, width_mm);
  guint first_y = bin_of (y0, 0.0, height_mm), last_y = bin_of (y1, 0.0, height_mm);
  gint64 pitch_nm = (gint64) track_nm (self->board, (gint32) edge->net) +
                    clearance_nm (self->board, (gint32) edge->net);
  double share = (x1 - x0 + y1 - y0) * bw_nm_to_mm (pitch_nm) /
                 ((last_x - first_x + 1.0) * (last_y - first_y + 1.0));

  for (guint y = first_y; y <= last_y; y++)
    for (guint x = first_x; x <= last_x; x++)
      demand_mm2[y * N_BINS + x] += share;
}

static int
compare_falling (const void *a,
                 const void *b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return (x < y) - (x > y);
}

static double
estimate_congestion (const Study *self)
{
  double demand_mm2[N_BINS * N_BINS] = { 0.0 };
  BwBox room = bw_placed_body_room (self->board);
  guint n_fullest = N_BINS * N_BINS / FULLEST;
  gboolean no_outline = bw_box_is_empty (&room);
  double sum_mm2 = 0.0, bin_mm2;

  for (guint i = 0; no_outline && i < self->copper->len; i++)
    bw_box_add_box (&room, &g_array_index (self->copper, Copper, i).box);
  if (bw_box_is_empty (&room) || room.x0_nm == room.x1_nm || room.y0_nm == room.y1_nm)
    return 0.0;
  for (guint i = 0; i < self->edges->len; i++)
    spread_edge (self, &g_array_index (self->edges, BwTreeEdge, i), &room, demand_mm2);
  qsort (demand_mm2, N_BINS * N_BINS, sizeof *demand_mm2, compare_falling);
  for (guint i = 0; i < n_fullest; i++)
    sum_mm2 += demand_mm2[i];
  bin_mm2 = bw_nm_to_mm ((gint64) room.x1_nm - room.x0_nm) *
            bw_nm_to_mm ((gint64) room.y1_nm - room.y0_nm) / (N_BINS * N_BINS);
  return sum_mm2 / (n_fullest * N_LAYERS * bin_mm2);
}

/* By the left edge first; what lies in one place follows one another. */
static int
compare_copper (const void *a,
                const void *b)
{
  const Copper *one = a, *two = b;
  const gint64 differences[] = {
    (gint64) one->box.x0_nm - two->box.x0_nm, (gint64) one->box.y0_nm - two->box.y0_nm,
    (gint64) one->box.x1_nm - two->box.x1_nm, (gint64) one->box.y1_nm - two->box.y1_nm,
    one->sides - two->sides, (gint64) one->net - two->net,
  };

  for (guint i = 0; i < G_N_ELEMENTS (differences); i++)
    if (differences[i] != 0)
      return differences[i] < 0 ? -1 : 1;
  return 0;
}

static guint8
sides_at (const BwPad  *pad,
          const BwPose *pose)
{
  if (pose->side == BW_SIDE_FRONT)
    return pad->sides;
  return (guint8) ((pad->sides & 1) << 1 | (pad->sides >> 1 & 1));
}

/* Pads in one place are one; where their nets differ, it is in the way of all. */
static void
add_obstacle (Study        *self,
              const Copper *copper)
{
  Copper *last = self->obstacles->len > 0
                   ? &g_array_index (self->obstacles, Copper, self->obstacles->len - 1) : NULL;

  if (last == NULL || last->sides != copper->sides || last->box.x0_nm != copper->box.x0_nm ||
      last->box.y0_nm != copper->box.y0_nm || last->box.x1_nm != copper->box.x1_nm ||
      last->box.y1_nm != copper->box.y1_nm)
    g_array_append_val (self->obstacles, *copper);
  else if (last->net != copper->net)
    last->net = SEVERAL_NETS;
}

static void
collect_copper (Study *self)
{
  for (guint i = 0; i < self->board->n_footprints; i++)
    for (guint k = 0; k < self->board->footprints[i].n_pads; k++)
      {
        const BwPad *pad = &self->board->footprints[i].pads[k];
        Copper copper = { BW_BOX_EMPTY, pad->net, sides_at (pad, &self->poses[i]) };

        for (guint p = 0; p < pad->outline.n_points; p++)
          bw_box_add_point (&copper.box, bw_transform_point (&self->transforms[i],
                                                             pad->outline.points[p]));
        if (bw_box_is_empty (&copper.box))
          continue;
        self->widest_nm = MAX (self->widest_nm, copper.box.x1_nm - copper.box.x0_nm);
        g_array_append_val (self->copper, copper);
      }
  if (self->copper->len > 0)
    qsort (self->copper->data, self->copper->len, sizeof (Copper), compare_copper);
  for (guint i = 0; i < self->copper->len; i++)
    add_obstacle (self, &g_array_index (self->copper, Copper, i));
}

/* The first pad that may reach to the right of x. */
static guint
first_from (const Study *self,
            gint64       x_nm)
{
  guint low = 0, high = self->obstacles->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;
      const Copper *copper = &g_array_index (self->obstacles, Copper, middle);

      if ((gint64) copper->box.x0_nm + self->widest_nm < x_nm)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

static gboolean
is_blocked (const Study  *self,
            const Copper *pad,
            const BwBox  *way,
            guint8        side)
{
  for (guint i = first_from (self, way->x0_nm); i < self->obstacles->len; i++)
    {
      const Copper *other = &g_array_index (self->obstacles, Copper, i);

      if (other->box.x0_nm > way->x1_nm)
        return FALSE;
      if (other->net != pad->net && (other->sides & side) != 0 &&
          bw_box_overlaps (&other->box, way))
        return TRUE;
    }
  return FALSE;
}

static gint32
clamp_nm (gint64 value_nm)
{
  return (gint32) CLAMP (value_nm, -BW_COORD_MAX_NM, BW_COORD_MAX_NM);
}

/* Whether a track may leave the pad straight to one of four directions. */
static gboolean
may_leave (const Study  *self,
           const Copper *pad,
           guint         direction,
           const BwBox  *room)
{
  gint64 clearance = clearance_nm (self->board, pad->net), track = track_nm (self->board, pad->net);
  gint64 half = track / 2 + clearance, reach = track + 2 * clearance;
  gint64 x = ((gint64) pad->box.x0_nm + pad->box.x1_nm) / 2;
  gint64 y = ((gint64) pad->box.y0_nm + pad->box.y1_nm) / 2;
  gint64 x0 = direction == 0 ? pad->box.x1_nm : direction == 1 ? pad->box.x0_nm - reach : x - half;
  gint64 x1 = direction == 0 ? pad->box.x1_nm + reach : direction == 1 ? pad->box.x0_nm : x + half;
  gint64 y0 = direction == 2 ? pad->box.y1_nm : direction == 3 ? pad->box.y0_nm - reach : y - half;
  gint64 y1 = direction == 2 ? pad->box.y1_nm + reach : direction == 3 ? pad->box.y0_nm : y + half;
  BwBox way = { clamp_nm (x0), clamp_nm (y0), clamp_nm (x1), clamp_nm (y1) };

  if (!bw_box_is_empty (room) && (x0 < room->x0_nm || y0 < room->y0_nm || x1 > room->x1_nm ||
                                  y1 > room->y1_nm))
    return FALSE;
  for (guint side = 0; side < BW_N_SIDES; side++)
    if ((pad->sides >> side & 1) && !is_blocked (self, pad, &way, (guint8) (1 << side)))
      return TRUE;
  return FALSE;
}

static guint32
count_unroutable (const Study *self)
{
  BwBox room = bw_placed_body_room (self->board);
  guint32 n = 0;

  for (guint i = 0; i < self->copper->len; i++)
    {
      const Copper *pad = &g_array_index (self->copper, Copper, i);
      gboolean free = pad->net < 0 || pad->sides == 0 || self->board->nets[pad->net].power ||
                      self->board->nets[pad->net].n_pins < 2;

      for (guint direction = 0; direction < 4 && !free; direction++)
        free = may_leave (self, pad, direction, &room);
      n += !free;
    }
  return n;
}

void
bw_routability_measure (const BwBoard *board,
                        const BwPose  *poses,
                        BwRoutability *result_out)
{
  g_autofree BwTransform *transforms = g_new (BwTransform, board->n_footprints + 1);
  g_autoptr (GArray) edges = g_array_new (FALSE, FALSE, sizeof (BwTreeEdge));
  g_autoptr (GArray) copper = g_array_new (FALSE, FALSE, sizeof (Copper));
  g_autoptr (GArray) obstacles = g_array_new (FALSE, FALSE, sizeof (Copper));
  Study self = { .board = board, .poses = poses, .transforms = transforms, .edges = edges,
                 .copper = copper, .obstacles = obstacles };

  *result_out = (BwRoutability) { 0 };
  for (guint i = 0; i < board->n_footprints; i++)
    transforms[i] = bw_pose_transform (&poses[i]);
  span_nets (&self);
  collect_copper (&self);
  for (guint i = 0; i < edges->len; i++)
    result_out->tree_mm += bw_tree_edge_length_mm (&g_array_index (edges, BwTreeEdge, i));
  result_out->crossings = bw_tree_count_crossings ((BwTreeEdge *) (gpointer) edges->data,
                                                   edges->len);
  result_out->congestion = estimate_congestion (&self);
  result_out->unroutable_pins = count_unroutable (&self);
}
