/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "board/bw-outline-reader.h"

#include <stdlib.h>

#include "base/bw-polygon.h"
#include "board/bw-seeded-hash.h"

#define GAP_NOTED_NM 1000
/* A gap this small in a drawing is a slip, and no way out of the board. */
#define GAP_CLOSED_NM 500000
/* Bounds the work on nesting, in steps and more of them for each point: no board comes near, a
 * hostile file would. */
#define NESTING_STEPS 1000000
#define NESTING_STEPS_PER_POINT 500

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

/* Rings by place. A ring is in the cells, no smaller than itself, that its box touches: four at
 * most. Cells of one level have one size, 2^level nanometres. */
#define FIRST_LEVEL 8
#define N_LEVELS 33

typedef struct
{
  gint64 cell;
  guint32 ring;
  guint32 next; /* index + 1 of the next entry of this cell; 0: none */
} Entry;

typedef struct
{
  GHashTable *cells; /* cell → index + 1 of its first entry */
  GArray *entries;
  gboolean used[N_LEVELS];
} Places;

static gint64
cell_index (gint64 value_nm,
            guint  level)
{
  return (value_nm + 2 * (gint64) BW_COORD_MAX_NM) >> level;
}

static gint64
cell_number (guint  level,
             gint64 column,
             gint64 row)
{
  /* Indices are below 2^33 where a cell is a nanometre, and so below 2^25 on the first level. */
  return ((gint64) level << 50) | column << 25 | row;
}

static void
add_place (Places  *self,
           guint32  ring,
           gint64   cell)
{
  Entry entry = { cell, ring, 0 };
  gpointer first = g_hash_table_lookup (self->cells, &cell);

  entry.next = GPOINTER_TO_UINT (first);
  g_array_append_val (self->entries, entry);
  g_hash_table_insert (self->cells, g_memdup2 (&cell, sizeof cell),
                       GUINT_TO_POINTER (self->entries->len));
}

static void
add_ring (Places    *self,
          guint32    index,
          const Ring *ring)
{
  gint64 width = (gint64) ring->box.x1_nm - ring->box.x0_nm;
  gint64 height = (gint64) ring->box.y1_nm - ring->box.y0_nm;
  guint level = g_bit_storage ((gulong) MAX (width, height));

  level = CLAMP (level, FIRST_LEVEL, N_LEVELS - 1);
  self->used[level] = TRUE;
  for (gint64 row = cell_index (ring->box.y0_nm, level);
       row <= cell_index (ring->box.y1_nm, level); row++)
    for (gint64 column = cell_index (ring->box.x0_nm, level);
         column <= cell_index (ring->box.x1_nm, level); column++)
      add_place (self, index, cell_number (level, column, row));
}

/* Whether ring `index` is in an odd number of larger ones. */
static gboolean
is_hole (const Places *self,
         GArray       *rings,
         guint32       index,
         gint64       *work_left)
{
  BwPoint point = g_array_index (rings, Ring, index).outline.ring.points[0];
  gboolean hole = FALSE;

  for (guint level = FIRST_LEVEL; level < N_LEVELS && *work_left > 0; level++)
    {
      gint64 cell = cell_number (level, cell_index (point.x_nm, level),
                                 cell_index (point.y_nm, level));
      guint32 at = self->used[level]
                     ? GPOINTER_TO_UINT (g_hash_table_lookup (self->cells, &cell)) : 0;

      for (; at != 0 && *work_left > 0; at = g_array_index (self->entries, Entry, at - 1).next)
        {
          guint32 other = g_array_index (self->entries, Entry, at - 1).ring;
          const Ring *outer = &g_array_index (rings, Ring, other);

          (*work_left)--;
          /* The larger come first in the list. */
          if (other >= index ||
              point.x_nm < outer->box.x0_nm || point.x_nm > outer->box.x1_nm ||
              point.y_nm < outer->box.y0_nm || point.y_nm > outer->box.y1_nm)
            continue;
          hole ^= bw_ring_locate_point (&outer->outline.ring, point) > 0;
          *work_left -= outer->outline.ring.n_points;
        }
    }
  return hole;
}

/* A ring in an odd number of others is a hole. */
static void
find_holes (BwReader *self,
            GArray   *rings)
{
  g_autoptr (GHashTable) cells = g_hash_table_new_full (bw_seeded_hash_int64, g_int64_equal,
                                                        g_free, NULL);
  g_autoptr (GArray) entries = g_array_new (FALSE, FALSE, sizeof (Entry));
  Places places = { .cells = cells, .entries = entries };
  gint64 work_left = NESTING_STEPS;

  for (guint i = 0; i < rings->len; i++)
    {
      const Ring *ring = &g_array_index (rings, Ring, i);

      add_ring (&places, i, ring);
      work_left += NESTING_STEPS_PER_POINT * (gint64) ring->outline.ring.n_points;
    }
  for (guint i = 1; i < rings->len; i++)
    {
      gboolean hole = is_hole (&places, rings, i, &work_left);

      g_array_index (rings, Ring, i).outline.hole = (guint8) (work_left > 0 ? hole : TRUE);
    }
  if (work_left <= 0)
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
