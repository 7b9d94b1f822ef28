/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bench/maze.h"

#include <math.h>
#include <string.h>

#include "bench/maze-copper.h"
#include "bench/maze-heap.h"

#define ROUNDS 24
/* In cells, between the middles of two tracks, a track and a via, two vias. */
#define TRACK_REACH 2.0
#define TRACK_VIA_REACH 3.5
#define VIA_REACH 5.0
/* What a via is worth in cells of track. */
#define VIA_COST 12.0f
#define FIRST_PRESSURE 0.5f
#define PRESSURE_GROWTH 1.4f
#define HISTORY_STEP 0.5f

typedef struct
{
  guint32 node;
  guint8 is_via;
} Step;

typedef struct
{
  GArray *steps;     /* Step */
  guint8 *is_lost;   /* of each pin: what does not move is all round it */
  guint n_failed;
} Route;

typedef struct
{
  const BwBoard *board;
  MazeCopper copper;
  guint width, height, n_cells; /* its own */

  /* Of each node. */
  guint16 *tracks;     /* nets that are in the way of a track there */
  guint16 *vias;       /* the same for a via */
  float *history;
  float *cost;
  guint32 *parent;
  guint32 *seen;       /* the search that reached it */
  guint32 *done;
  guint32 *marked;
  guint32 *marked_via;
  guint32 search;
  guint32 mark;

  Route *routes;       /* of each net */
  GArray *heap;        /* MazeHeapItem */
  float pressure;
  gboolean is_hard;    /* what is in use is closed */
} Maze;

static gboolean
is_ground (const BwNet *net)
{
  return net->power && (strstr (net->name, "GND") != NULL || strstr (net->name, "gnd") != NULL ||
                        strstr (net->name, "VSS") != NULL);
}

gboolean
maze_routes (const BwNet *net)
{
  return net->n_pins > 1 && !is_ground (net);
}

static gboolean
may_pass (const Maze *self,
          guint32     node,
          gint32      net)
{
  if (self->copper.net[node] == net)
    return TRUE;
  return (self->copper.near_track[node] == MAZE_FREE || self->copper.near_track[node] == net) &&
         (!self->is_hard || self->tracks[node] == 0);
}

static gboolean
may_drill (const Maze *self,
           guint32     cell,
           gint32      net)
{
  for (guint layer = 0; layer < MAZE_LAYERS; layer++)
    {
      guint32 node = layer * self->n_cells + cell;

      if (self->copper.near_via[node] != MAZE_FREE && self->copper.near_via[node] != net)
        return FALSE;
      if (self->is_hard && self->vias[node] > 0)
        return FALSE;
    }
  return TRUE;
}

static float
cost_of (const Maze *self,
         guint32     node,
         guint       n_users)
{
  return (1.0f + self->history[node]) * (1.0f + self->pressure * (float) n_users);
}

static float
distance_left (const Maze *self,
               guint32     node,
               const int  *target)
{
  int cell = (int) (node % self->n_cells);
  int x = cell % (int) self->width, y = cell / (int) self->width;
  int dx = MAX (0, MAX (target[0] - x, x - target[2]));
  int dy = MAX (0, MAX (target[1] - y, y - target[3]));

  return (float) MAX (dx, dy) + 0.4142f * (float) MIN (dx, dy);
}

static void
reach (Maze      *self,
       guint32    from,
       guint32    to,
       float      cost,
       const int *target)
{
  if (self->seen[to] == self->search && self->cost[to] <= cost)
    return;
  self->seen[to] = self->search;
  self->cost[to] = cost;
  self->parent[to] = from;
  maze_heap_push (self->heap, cost + distance_left (self, to, target), to);
}

static void
expand (Maze      *self,
        guint32    node,
        gint32     net,
        const int *target)
{
  guint32 cell = node % self->n_cells, base = node - cell;
  int x = (int) (cell % self->width), y = (int) (cell / self->width);

  for (int dy = -1; dy <= 1; dy++)
    for (int dx = -1; dx <= 1; dx++)
      {
        guint32 to;

        if ((dx == 0 && dy == 0) || x + dx < 0 || y + dy < 0 || x + dx >= (int) self->width ||
            y + dy >= (int) self->height)
          continue;
        to = base + (guint32) (y + dy) * self->width + (guint32) (x + dx);
        if (self->done[to] != self->search && may_pass (self, to, net))
          reach (self, node, to, self->cost[node] + (dx != 0 && dy != 0 ? 1.4142f : 1.0f) *
                                                    cost_of (self, to, self->tracks[to]), target);
      }
  if (may_drill (self, cell, net))
    {
      guint32 other = base == 0 ? node + self->n_cells : cell;
      guint users = (guint) self->vias[node] + self->vias[other];

      if (self->done[other] != self->search)
        reach (self, node, other, self->cost[node] + VIA_COST * cost_of (self, other, users),
               target);
    }
}

/* From what the search began with to a node of the target, or G_MAXUINT32. */
static guint32
find_way (Maze      *self,
          gint32     net,
          guint32    goal,
          const int *target)
{
  while (self->heap->len > 0)
    {
      guint32 node = maze_heap_pop (self->heap);

      if (self->done[node] == self->search)
        continue;
      self->done[node] = self->search;
      if (self->marked[node] == goal)
        return node;
      expand (self, node, net, target);
    }
  return G_MAXUINT32;
}

/* The nodes that a pad's copper covers: marks them, adds them to `nodes`, and gives their box. */
static void
list_pad (Maze        *self,
          const BwPin *pin,
          guint32      mark,
          GArray      *nodes,
          int         *box)
{
  const BwPad *pad = &self->board->footprints[pin->footprint].pads[pin->pad];
  BwPoint at = bw_transform_point (&self->copper.transforms[pin->footprint], pad->at);
  BwBox around = BW_BOX_EMPTY;
  int x0, y0, x1, y1;

  for (guint i = 0; i < pad->outline.n_points; i++)
    bw_box_add_point (&around, bw_transform_point (&self->copper.transforms[pin->footprint],
                                                   pad->outline.points[i]));
  bw_box_add_point (&around, at);
  x0 = (int) floor ((bw_nm_to_mm (around.x0_nm) - self->copper.x0_mm) / MAZE_PITCH_MM);
  y0 = (int) floor ((bw_nm_to_mm (around.y0_nm) - self->copper.y0_mm) / MAZE_PITCH_MM);
  x1 = (int) ceil ((bw_nm_to_mm (around.x1_nm) - self->copper.x0_mm) / MAZE_PITCH_MM);
  y1 = (int) ceil ((bw_nm_to_mm (around.y1_nm) - self->copper.y0_mm) / MAZE_PITCH_MM);
  box[0] = box[1] = G_MAXINT;
  box[2] = box[3] = -1;
  for (int y = MAX (0, y0); y <= MIN (y1, (int) self->height - 1); y++)
    for (int x = MAX (0, x0); x <= MIN (x1, (int) self->width - 1); x++)
      for (guint layer = 0; layer < MAZE_LAYERS; layer++)
        {
          guint32 node = layer * self->n_cells + (guint32) y * self->width + (guint32) x;

          if (self->copper.net[node] != pad->net)
            continue;
          self->marked[node] = mark;
          g_array_append_val (nodes, node);
          box[0] = MIN (box[0], x), box[1] = MIN (box[1], y);
          box[2] = MAX (box[2], x), box[3] = MAX (box[3], y);
        }
}

/* The order in which the shortest tree grows. */
static guint *
order_pins (const Maze  *self,
            const BwNet *net)
{
  guint *order = g_new (guint, net->n_pins);
  g_autofree double *away = g_new (double, net->n_pins);
  g_autofree BwPoint *at = g_new (BwPoint, net->n_pins);

  for (guint i = 0; i < net->n_pins; i++)
    {
      const BwPin *pin = &net->pins[i];

      at[i] = bw_transform_point (&self->copper.transforms[pin->footprint],
                                  self->board->footprints[pin->footprint].pads[pin->pad].at);
      away[i] = INFINITY;
    }
  for (guint n = 0, last = 0; n < net->n_pins; n++)
    {
      order[n] = last;
      away[last] = -1.0;
      for (guint i = 0; i < net->n_pins; i++)
        if (away[i] >= 0.0)
          away[i] = MIN (away[i], hypot ((double) at[i].x_nm - at[last].x_nm,
                                         (double) at[i].y_nm - at[last].y_nm));
      for (guint i = 0; i < net->n_pins; i++)
        if (away[i] >= 0.0 && (away[last] < 0.0 || away[i] < away[last]))
          last = i;
    }
  return order;
}

/* Each node once for the net, by `by`. */
static void
count_halo (Maze    *self,
            guint32  node,
            double   reach,
            guint16 *counts,
            guint32 *marked,
            int      by)
{
  int cell = (int) (node % self->n_cells), most = (int) reach;
  int base = (int) node - cell;
  int x = cell % (int) self->width, y = cell / (int) self->width;

  for (int dy = -most; dy <= most; dy++)
    for (int dx = -most; dx <= most; dx++)
      {
        int to = base + (y + dy) * (int) self->width + x + dx;

        if (dx * dx + dy * dy >= reach * reach || x + dx < 0 || y + dy < 0 ||
            x + dx >= (int) self->width || y + dy >= (int) self->height ||
            marked[to] == self->mark)
          continue;
        marked[to] = self->mark;
        counts[to] = (guint16) (counts[to] + by);
      }
}

static void
count_route (Maze *self,
             guint net,
             int   by)
{
  const Route *route = &self->routes[net];

  self->mark++;
  for (guint i = 0; i < route->steps->len; i++)
    {
      const Step *step = &g_array_index (route->steps, Step, i);

      count_halo (self, step->node, step->is_via ? TRACK_VIA_REACH : TRACK_REACH, self->tracks,
                  self->marked, by);
      count_halo (self, step->node, step->is_via ? VIA_REACH : TRACK_VIA_REACH, self->vias,
                  self->marked_via, by);
    }
}

static gboolean
is_in_conflict (const Maze *self,
                guint       net)
{
  const Route *route = &self->routes[net];

  for (guint i = 0; i < route->steps->len; i++)
    {
      const Step *step = &g_array_index (route->steps, Step, i);

      if (self->copper.net[step->node] == (gint32) net && !step->is_via)
        continue;
      if (step->is_via ? self->vias[step->node] > 1 : self->tracks[step->node] > 1)
        return TRUE;
    }
  return FALSE;
}

static void
add_way (Maze    *self,
         Route   *route,
         guint32  node,
         GArray  *tree)
{
  for (;;)
    {
      guint32 from = self->parent[node];
      gboolean is_via = from != G_MAXUINT32 &&
                        node / self->n_cells != from / self->n_cells;
      Step step = { node, is_via };

      g_array_append_val (tree, node);
      g_array_append_val (route->steps, step);
      if (from == G_MAXUINT32)
        return;
      if (is_via)
        {
          step.node = from;
          g_array_append_val (route->steps, step);
        }
      node = from;
    }
}

static guint32
search_way (Maze      *self,
            guint      net,
            GArray    *tree,
            const int *target)
{
  self->search++;
  g_array_set_size (self->heap, 0);
  for (guint i = 0; i < tree->len && target[0] <= target[2]; i++)
    reach (self, G_MAXUINT32, g_array_index (tree, guint32, i), 0.0f, target);
  return find_way (self, (gint32) net, self->mark, target);
}

static void
route_net (Maze *self,
           guint index)
{
  const BwNet *net = &self->board->nets[index];
  Route *route = &self->routes[index];
  g_autofree guint *order = order_pins (self, net);
  g_autoptr (GArray) tree = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_autoptr (GArray) pad = g_array_new (FALSE, FALSE, sizeof (guint32));
  int box[4];

  g_array_set_size (route->steps, 0);
  route->n_failed = 0;
  list_pad (self, &net->pins[order[0]], ++self->mark, tree, box);
  for (guint i = 1; i < net->n_pins; i++)
    {
      guint32 end = G_MAXUINT32;

      g_array_set_size (pad, 0);
      list_pad (self, &net->pins[order[i]], ++self->mark, pad, box);
      if (!route->is_lost[order[i]])
        end = search_way (self, index, tree, box);
      if (end != G_MAXUINT32)
        add_way (self, route, end, tree);
      else
        route->n_failed++;
      /* Not so where others' tracks may be what is in the way. */
      if (end == G_MAXUINT32 && !self->is_hard)
        route->is_lost[order[i]] = TRUE;
      /* Without a way to it, others may still go from there. */
      g_array_append_vals (tree, pad->data, pad->len);
    }
}

static void
raise_history (Maze *self,
               guint net)
{
  const Route *route = &self->routes[net];

  for (guint i = 0; i < route->steps->len; i++)
    {
      const Step *step = &g_array_index (route->steps, Step, i);

      if (step->is_via ? self->vias[step->node] > 1 : self->tracks[step->node] > 1)
        self->history[step->node] += HISTORY_STEP;
    }
}

/* TRUE once no two nets are in each other's way. */
static gboolean
negotiate (Maze *self,
           guint round)
{
  gboolean settled = TRUE;

  for (guint i = 0; i < self->board->n_nets; i++)
    {
      if (!maze_routes (&self->board->nets[i]) || (round > 0 && !is_in_conflict (self, i)))
        continue;
      if (round > 0)
        count_route (self, i, -1);
      route_net (self, i);
      count_route (self, i, 1);
    }
  for (guint i = 0; i < self->board->n_nets; i++)
    if (maze_routes (&self->board->nets[i]) && is_in_conflict (self, i))
      {
        raise_history (self, i);
        settled = FALSE;
      }
  self->pressure *= PRESSURE_GROWTH;
  return settled;
}

/* What is in the way of others is taken up, then routed through what is left. */
static void
route_rest (Maze *self)
{
  g_autoptr (GArray) taken = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < self->board->n_nets; i++)
    if (maze_routes (&self->board->nets[i]) && is_in_conflict (self, i))
      {
        count_route (self, i, -1);
        g_array_append_val (taken, i);
      }
  self->is_hard = TRUE;
  for (guint i = 0; i < taken->len; i++)
    {
      guint net = g_array_index (taken, guint, i);

      route_net (self, net);
      count_route (self, net, 1);
    }
}

static void
init (Maze          *self,
      const BwBoard *board,
      const BwPose  *poses)
{
  gsize n;

  *self = (Maze) { .board = board, .pressure = FIRST_PRESSURE };
  maze_copper_init (&self->copper, board, poses);
  self->width = self->copper.width;
  self->height = self->copper.height;
  self->n_cells = self->copper.n_cells;
  n = (gsize) MAZE_LAYERS * self->n_cells;
  self->tracks = g_new0 (guint16, n);
  self->vias = g_new0 (guint16, n);
  self->history = g_new0 (float, n);
  self->cost = g_new0 (float, n);
  self->parent = g_new0 (guint32, n);
  self->seen = g_new0 (guint32, n);
  self->done = g_new0 (guint32, n);
  self->marked = g_new0 (guint32, n);
  self->marked_via = g_new0 (guint32, n);
  self->heap = g_array_new (FALSE, FALSE, sizeof (MazeHeapItem));
  self->routes = g_new0 (Route, board->n_nets + 1);
  for (guint i = 0; i < board->n_nets; i++)
    {
      self->routes[i].steps = g_array_new (FALSE, FALSE, sizeof (Step));
      self->routes[i].is_lost = g_new0 (guint8, board->nets[i].n_pins + 1);
    }
}

static void
clear (Maze *self)
{
  for (guint i = 0; i < self->board->n_nets; i++)
    {
      g_array_unref (self->routes[i].steps);
      g_free (self->routes[i].is_lost);
    }
  g_array_unref (self->heap);
  g_free (self->routes);
  maze_copper_clear (&self->copper);
  g_free (self->tracks);
  g_free (self->vias);
  g_free (self->history);
  g_free (self->cost);
  g_free (self->parent);
  g_free (self->seen);
  g_free (self->done);
  g_free (self->marked);
  g_free (self->marked_via);
}

static void
sum_up (const Maze *self,
        MazeResult *result)
{
  for (guint i = 0; i < self->board->n_nets; i++)
    {
      const Route *route = &self->routes[i];

      if (!maze_routes (&self->board->nets[i]))
        continue;
      result->n_connections += self->board->nets[i].n_pins - 1;
      result->n_unrouted += route->n_failed;
      for (guint k = 0; k < route->steps->len; k++)
        result->n_vias += g_array_index (route->steps, Step, k).is_via;
      for (guint k = 1; k < route->steps->len; k++)
        {
          guint32 a = g_array_index (route->steps, Step, k - 1).node;
          guint32 b = g_array_index (route->steps, Step, k).node;
          int dx = (int) (a % self->n_cells % self->width) -
                   (int) (b % self->n_cells % self->width);
          int dy = (int) (a % self->n_cells / self->width) -
                   (int) (b % self->n_cells / self->width);

          /* Two that do not touch are of two connections. */
          if (ABS (dx) <= 1 && ABS (dy) <= 1)
            result->length_mm += MAZE_PITCH_MM * hypot (dx, dy);
        }
    }
  result->n_vias /= 2;
}

void
maze_route (const BwBoard *board,
            const BwPose  *poses,
            MazeResult    *result_out)
{
  Maze self;

  *result_out = (MazeResult) { 0 };
  init (&self, board, poses);
  while (result_out->n_rounds < ROUNDS)
    if (negotiate (&self, result_out->n_rounds++))
      break;
  route_rest (&self);
  sum_up (&self, result_out);
  clear (&self);
}
