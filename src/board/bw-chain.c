/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "board/bw-chain.h"

#include "board/bw-seeded-hash.h"

/* How many ends of a crowded place are compared: keeps a file full of ends at one point from
 * taking quadratic time. */
#define MAX_CANDIDATES 32

typedef struct
{
  guint32 first;    /* into points */
  guint32 n_points;
  gboolean closed;
  gboolean used;
} Piece;

/* One end of a piece, linked to the next in the same cell of a grid. */
typedef struct
{
  BwPoint at;
  guint32 piece;
  guint32 next; /* index + 1; 0: none */
  guint8 at_end;
} End;

/* A cell of the grid that some end lies in; in a table with open addressing. */
typedef struct
{
  gint64 cell;
  guint32 first; /* index + 1 of its first end; 0: all of them are used up */
  guint32 taken;
} Slot;

struct _BwChain
{
  gint32 tolerance_nm;
  GArray *points;
  GArray *pieces;
  End *ends;
  Slot *slots;
  guint32 slot_mask;
  GArray *chain;
};

BwChain *
bw_chain_new (gint32 tolerance_nm)
{
  BwChain *self = g_new0 (BwChain, 1);

  self->tolerance_nm = MAX (tolerance_nm, 1);
  self->points = g_array_new (FALSE, FALSE, sizeof (BwPoint));
  self->pieces = g_array_new (FALSE, FALSE, sizeof (Piece));
  return self;
}

void
bw_chain_free (BwChain *self)
{
  g_array_unref (self->points);
  g_array_unref (self->pieces);
  g_clear_pointer (&self->chain, g_array_unref);
  g_free (self->slots);
  g_free (self->ends);
  g_free (self);
}

static gboolean
same_point (BwPoint a,
            BwPoint b)
{
  return a.x_nm == b.x_nm && a.y_nm == b.y_nm;
}

void
bw_chain_add (BwChain       *self,
              const BwPoint *points,
              guint          n_points,
              gboolean       closed)
{
  Piece piece = { self->points->len, n_points, closed, FALSE };
  gboolean has_length = FALSE;

  for (guint i = 1; i < n_points && !has_length; i++)
    has_length = !same_point (points[i], points[0]);
  if (!has_length)
    return;
  g_array_append_vals (self->points, points, n_points);
  g_array_append_val (self->pieces, piece);
}

static const BwPoint *
points_of (const BwChain *self,
           const Piece   *piece)
{
  return &g_array_index (self->points, BwPoint, piece->first);
}

static gint64
cell_of (const BwChain *self,
         gint64         column,
         gint64         row)
{
  return column * G_GINT64_CONSTANT (0x100000001) + row;
}

static gint64
grid_index (const BwChain *self,
            gint32         value_nm)
{
  /* Shifted to stay positive, so that division rounds one way. */
  return ((gint64) value_nm + BW_COORD_MAX_NM + G_MAXINT32) / self->tolerance_nm;
}

/* The cell's slot, or the free one where it would be. At least half of the slots are free. */
static Slot *
slot_of (const BwChain *self,
         gint64         cell)
{
  guint32 at = (guint32) bw_seeded_hash_bytes (&cell, sizeof cell) & self->slot_mask;

  while (self->slots[at].taken && self->slots[at].cell != cell)
    at = (at + 1) & self->slot_mask;
  return &self->slots[at];
}

static void
build_grid (BwChain *self)
{
  guint32 n_ends = 0;

  self->ends = g_new (End, 2 * (gsize) self->pieces->len + 1);
  self->slot_mask = 7;
  while (self->slot_mask / 4 < self->pieces->len)
    self->slot_mask = self->slot_mask * 2 + 1;
  self->slots = g_new0 (Slot, (gsize) self->slot_mask + 1);
  for (guint32 i = 0; i < self->pieces->len; i++)
    {
      const Piece *piece = &g_array_index (self->pieces, Piece, i);
      const BwPoint *points = points_of (self, piece);

      if (piece->closed)
        continue;
      for (guint8 at_end = 0; at_end < 2; at_end++)
        {
          BwPoint at = points[at_end ? piece->n_points - 1 : 0];
          gint64 cell = cell_of (self, grid_index (self, at.x_nm), grid_index (self, at.y_nm));
          Slot *slot = slot_of (self, cell);

          self->ends[n_ends] = (End) { at, i, slot->first, at_end };
          *slot = (Slot) { cell, ++n_ends, TRUE };
        }
    }
}

/* Drops ends of used pieces from the front of a cell's list and returns its head. */
static guint32
clean_cell (BwChain *self,
            gint64   cell)
{
  Slot *slot = slot_of (self, cell);
  guint32 index = slot->first;

  while (index != 0 &&
         g_array_index (self->pieces, Piece, self->ends[index - 1].piece).used)
    index = self->ends[index - 1].next;
  if (slot->taken)
    slot->first = index;
  return index;
}

static gint64
distance_squared (BwPoint a,
                  BwPoint b)
{
  gint64 x = CLAMP ((gint64) a.x_nm - b.x_nm, -G_MAXINT32, G_MAXINT32);
  gint64 y = CLAMP ((gint64) a.y_nm - b.y_nm, -G_MAXINT32, G_MAXINT32);

  return x * x + y * y;
}

/* The nearest end of an unused piece within the tolerance; NULL: none. */
static const End *
find_end (BwChain *self,
          BwPoint  at)
{
  gint64 nearest = (gint64) self->tolerance_nm * self->tolerance_nm;
  gint64 column = grid_index (self, at.x_nm);
  gint64 row = grid_index (self, at.y_nm);
  const End *found = NULL;

  for (gint64 dy = -1; dy <= 1; dy++)
    for (gint64 dx = -1; dx <= 1; dx++)
      {
        guint32 index = clean_cell (self, cell_of (self, column + dx, row + dy));

        for (guint n = 0; index != 0 && n < MAX_CANDIDATES; n++)
          {
            const End *end = &self->ends[index - 1];
            gint64 distance = distance_squared (at, end->at);

            if (distance <= nearest && !(found != NULL && distance == nearest) &&
                !g_array_index (self->pieces, Piece, end->piece).used)
              {
                found = end;
                nearest = distance;
              }
            index = end->next;
          }
      }
  return found;
}

/* The square of the distance from the chain's end to its start. */
static gint64
gap_squared (const BwChain *self)
{
  return distance_squared (g_array_index (self->chain, BwPoint, 0),
                           g_array_index (self->chain, BwPoint, self->chain->len - 1));
}

static gboolean
chain_is_closed (const BwChain *self)
{
  gint64 tolerance = self->tolerance_nm;

  return self->chain->len > 2 && gap_squared (self) <= tolerance * tolerance;
}

static void
append_piece (BwChain *self,
              guint32  index,
              gboolean backwards)
{
  Piece *piece = &g_array_index (self->pieces, Piece, index);
  const BwPoint *points = points_of (self, piece);

  piece->used = TRUE;
  /* The first point is where the chain already is. */
  for (guint32 i = self->chain->len > 0 ? 1 : 0; i < piece->n_points; i++)
    g_array_append_val (self->chain, points[backwards ? piece->n_points - 1 - i : i]);
}

/* Goes on as long as there is a piece that begins nearer than the chain's own start lies. */
static void
extend (BwChain *self)
{
  while (TRUE)
    {
      BwPoint at = g_array_index (self->chain, BwPoint, self->chain->len - 1);
      const End *end = find_end (self, at);

      if (end == NULL ||
          (self->chain->len > 2 && gap_squared (self) <= distance_squared (at, end->at)))
        return;
      append_piece (self, end->piece, end->at_end);
    }
}

static void
reverse (GArray *points)
{
  for (guint i = 0, j = points->len; i + 1 < j; i++)
    {
      BwPoint point = g_array_index (points, BwPoint, i);

      g_array_index (points, BwPoint, i) = g_array_index (points, BwPoint, --j);
      g_array_index (points, BwPoint, j) = point;
    }
}

void
bw_chain_join (BwChain     *self,
               BwChainFunc  func,
               gpointer     user_data)
{
  build_grid (self);
  self->chain = g_array_new (FALSE, FALSE, sizeof (BwPoint));

  for (guint32 i = 0; i < self->pieces->len; i++)
    {
      const Piece *piece = &g_array_index (self->pieces, Piece, i);
      gboolean closed;

      if (piece->used)
        continue;
      g_array_set_size (self->chain, 0);
      append_piece (self, i, FALSE);
      if (!piece->closed)
        {
          extend (self);
          if (!chain_is_closed (self))
            {
              reverse (self->chain);
              extend (self);
            }
        }
      closed = piece->closed || chain_is_closed (self);
      if (closed && self->chain->len > 3 &&
          (!piece->closed || same_point (g_array_index (self->chain, BwPoint, 0),
                                         g_array_index (self->chain, BwPoint,
                                                        self->chain->len - 1))))
        g_array_set_size (self->chain, self->chain->len - 1);
      func ((const BwPoint *) (gpointer) self->chain->data, self->chain->len,
            closed && self->chain->len > 2, user_data);
    }
}
