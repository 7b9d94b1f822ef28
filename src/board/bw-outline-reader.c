/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "board/bw-outline-reader.h"

#include <stdlib.h>

#define GAP_NOTED_NM 1000
/* A gap this small in a drawing is a slip, and no way out of the board. */
#define GAP_CLOSED_NM 500000
/* Bounds the work on nesting: no board comes near, a hostile file would. */
#define MAX_NESTING_WORK G_GUINT64_CONSTANT (400000000)

typedef struct
{
  BwOutline outline;
  BwBox box;
  double area; /* of the box: a ring lies only in rings of larger boxes */
} Ring;

typedef struct
{
  BwReader *reader;
  GArray *rings;
} Outlines;

static double
mm (gint32 nm)
{
  return bw_nm_to_mm (nm);
}

static void
note_gap (BwReader *self,
          BwPoint   from,
          BwPoint   to,
          gboolean  closed)
{
  bw_reader_note (self, 0, "the board's outline has a gap from (%.3f, %.3f) to (%.3f, %.3f)%s",
                  mm (from.x_nm), mm (from.y_nm), mm (to.x_nm), mm (to.y_nm),
                  closed ? "; it is taken to be closed" : "; it is left open");
}

static void
take_ring (const BwPoint *points,
           guint          n_points,
           gboolean       closed,
           gpointer       user_data)
{
  Outlines *outlines = user_data;
  BwReader *self = outlines->reader;
  Ring ring = { 0 };

  if (!closed)
    {
      BwPoint from = points[n_points - 1], to = points[0];
      gboolean small = n_points > 2 &&
                       ABS ((gint64) from.x_nm - to.x_nm) <= GAP_CLOSED_NM &&
                       ABS ((gint64) from.y_nm - to.y_nm) <= GAP_CLOSED_NM;

      note_gap (self, from, to, small);
      if (!small)
        return;
    }
  ring.outline.ring.points = bw_arena_copy (self->arena, points, n_points * sizeof (BwPoint));
  ring.outline.ring.n_points = n_points;
  ring.box = bw_ring_box (&ring.outline.ring);
  ring.area = ((double) ring.box.x1_nm - ring.box.x0_nm) *
              ((double) ring.box.y1_nm - ring.box.y0_nm);
  if (ring.area > 0.0)
    g_array_append_val (outlines->rings, ring);
}

static int
compare_rings (gconstpointer a,
               gconstpointer b)
{
  const Ring *p = a, *q = b;

  return p->area > q->area ? -1 : p->area < q->area;
}

static gboolean
point_in_ring (const BwRing *ring,
               BwPoint       point)
{
  gboolean inside = FALSE;

  for (guint32 i = 0, j = ring->n_points - 1; i < ring->n_points; j = i++)
    {
      BwPoint a = ring->points[i], b = ring->points[j];

      if ((a.y_nm > point.y_nm) != (b.y_nm > point.y_nm) &&
          point.x_nm < a.x_nm + ((double) b.x_nm - a.x_nm) * ((double) point.y_nm - a.y_nm) /
                                  ((double) b.y_nm - a.y_nm))
        inside = !inside;
    }
  return inside;
}

/* A ring in an odd number of others is a hole. */
static void
find_holes (BwReader *self,
            GArray   *rings)
{
  guint64 work = 0;

  for (guint i = 0; i < rings->len; i++)
    {
      Ring *inner = &g_array_index (rings, Ring, i);
      BwPoint point = inner->outline.ring.points[0];
      gboolean hole = FALSE;

      for (guint j = 0; j < i && work < MAX_NESTING_WORK; j++, work++)
        {
          const Ring *outer = &g_array_index (rings, Ring, j);

          if (point.x_nm < outer->box.x0_nm || point.x_nm > outer->box.x1_nm ||
              point.y_nm < outer->box.y0_nm || point.y_nm > outer->box.y1_nm)
            continue;
          hole ^= point_in_ring (&outer->outline.ring, point);
          work += outer->outline.ring.n_points;
        }
      inner->outline.hole = (guint8) (work < MAX_NESTING_WORK ? hole : i > 0);
    }
  if (work >= MAX_NESTING_WORK)
    bw_reader_note (self, 0, "so many outlines that the smaller ones are taken to be holes");
}

void
bw_reader_outlines (BwReader *self)
{
  g_autoptr (GArray) rings = g_array_new (FALSE, FALSE, sizeof (Ring));
  Outlines outlines = { self, rings };
  BwBoard *board = &self->board->board;
  BwOutline *kept;

  bw_chain_join (self->edges, take_ring, &outlines);
  if (rings->len > 0)
    qsort (rings->data, rings->len, sizeof (Ring), compare_rings);
  find_holes (self, rings);

  kept = bw_arena_alloc (self->arena, rings->len * sizeof (BwOutline));
  for (guint i = 0; i < rings->len; i++)
    {
      kept[i] = g_array_index (rings, Ring, i).outline;
      bw_box_add_box (&board->box, &g_array_index (rings, Ring, i).box);
    }
  board->outlines = kept;
  board->n_outlines = rings->len;
}
