/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bench/crossings.h"

#include <glib.h>
#include <math.h>

typedef struct
{
  BwPoint at;
  guint32 net;
  guint8 sides;
} Pin;

typedef struct
{
  BwPoint a;
  BwPoint b;
  guint32 net;
  guint8 sides;  /* 0: it goes from one to the other */
} Wire;

static guint8
sides_of (const BwProblemPart *part,
          const BwPose        *pose)
{
  if (part->n_body[BW_SIDE_FRONT] > 0 && part->n_body[BW_SIDE_BACK] > 0)
    return 3;
  return (guint8) (1u << pose->side);
}

static gint
compare_pins (gconstpointer a,
              gconstpointer b)
{
  const Pin *p = a, *q = b;

  return (p->net > q->net) - (p->net < q->net);
}

static GArray *
collect_pins (const BwProblem *problem,
              const BwPose    *poses)
{
  GArray *pins = g_array_new (FALSE, FALSE, sizeof (Pin));

  for (guint32 i = 0; i < problem->n_parts; i++)
    {
      BwTransform transform = bw_pose_transform (&poses[i]);
      const BwProblemPart *part = &problem->parts[i];

      for (guint32 t = 0; t < part->n_terminals; t++)
        {
          const BwTerminal *terminal = &part->terminals[t];
          Pin pin = { bw_transform_point (&transform, terminal->at), terminal->net,
                      sides_of (part, &poses[i]) };

          if (terminal->net < problem->n_nets &&
              !bw_goal_is_wish (problem->nets[terminal->net].goal))
            g_array_append_val (pins, pin);
        }
    }
  g_array_sort (pins, compare_pins);
  return pins;
}

static double
distance (const Pin *a,
          const Pin *b)
{
  return hypot ((double) a->at.x_nm - b->at.x_nm, (double) a->at.y_nm - b->at.y_nm);
}

/* Prim's algorithm. */
static void
add_tree (GArray    *wires,
          const Pin *pins,
          guint      n)
{
  g_autofree double *away = g_new (double, n);
  g_autofree guint *from = g_new0 (guint, n);
  guint last = 0;

  for (guint i = 0; i < n; i++)
    away[i] = HUGE_VAL;
  for (guint left = n; left > 1; left--)
    {
      guint next = last;
      Wire wire;

      away[last] = -1.0;
      for (guint i = 0; i < n; i++)
        {
          double way = distance (&pins[last], &pins[i]);

          if (away[i] >= 0.0 && way < away[i])
            {
              away[i] = way;
              from[i] = last;
            }
          if (away[i] >= 0.0 && (next == last || away[i] < away[next]))
            next = i;
        }
      wire = (Wire) { pins[from[next]].at, pins[next].at, pins[next].net,
                      pins[from[next]].sides & pins[next].sides };
      if (wire.a.x_nm > wire.b.x_nm)
        {
          BwPoint a = wire.a;

          wire.a = wire.b;
          wire.b = a;
        }
      g_array_append_val (wires, wire);
      last = next;
    }
}

static gint
compare_wires (gconstpointer a,
               gconstpointer b)
{
  const Wire *p = a, *q = b;

  return (p->a.x_nm > q->a.x_nm) - (p->a.x_nm < q->a.x_nm);
}

/* On which side of the line from a to b a point is: the sign. */
static double
turn (BwPoint a,
      BwPoint b,
      BwPoint point)
{
  return ((double) b.x_nm - a.x_nm) * ((double) point.y_nm - a.y_nm) -
         ((double) b.y_nm - a.y_nm) * ((double) point.x_nm - a.x_nm);
}

static gboolean
do_cross (const Wire *p,
          const Wire *q)
{
  if (p->net == q->net || (p->sides != 0 && q->sides != 0 && (p->sides & q->sides) == 0))
    return FALSE;
  return turn (p->a, p->b, q->a) * turn (p->a, p->b, q->b) < 0.0 &&
         turn (q->a, q->b, p->a) * turn (q->a, q->b, p->b) < 0.0;
}

uint32_t
crossings_count (const BwProblem *problem,
                 const BwPose    *poses)
{
  g_autoptr (GArray) pins = collect_pins (problem, poses);
  g_autoptr (GArray) wires = g_array_new (FALSE, FALSE, sizeof (Wire));
  const Pin *all = (const Pin *) (gpointer) pins->data;
  guint32 n = 0;

  for (guint first = 0, end; first < pins->len; first = end)
    {
      for (end = first + 1; end < pins->len && all[end].net == all[first].net; end++)
        ;
      add_tree (wires, all + first, end - first);
    }
  g_array_sort (wires, compare_wires);
  for (guint i = 0; i < wires->len; i++)
    for (guint k = i + 1; k < wires->len; k++)
      {
        const Wire *p = &g_array_index (wires, Wire, i), *q = &g_array_index (wires, Wire, k);

        if (q->a.x_nm > p->b.x_nm)
          break;
        n += do_cross (p, q);
      }
  return n;
}
