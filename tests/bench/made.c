/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bench/made.h"

#include <glib.h>

#include "base/bw-polygon.h"

struct _Made
{
  GArray *parts;       /* BwProblemPart */
  GArray *nets;        /* BwProblemNet */
  GPtrArray *terminals;
  BwPoint corners[4];
  BwProblemRegion region;
  BwProblem problem;
};

/* Where the nets of one copy are in the whole; shared ones are where the first copy has them. */
static guint32 *
map_nets (Made            *self,
          const BwProblem *board,
          guint32         *shared,
          guint32         *last_signal)
{
  guint32 *map = g_new0 (guint32, board->n_nets + 1);
  gboolean joined = FALSE;

  for (guint32 k = 0; k < board->n_nets; k++)
    {
      if (board->nets[k].weight < 1.0 && shared[k] != G_MAXUINT32)
        {
          map[k] = shared[k];
          continue;
        }
      if (board->nets[k].weight >= 1.0 && !joined && *last_signal != G_MAXUINT32)
        {
          map[k] = *last_signal;
          joined = TRUE;
          continue;
        }
      map[k] = self->nets->len;
      if (board->nets[k].weight < 1.0)
        shared[k] = self->nets->len;
      else
        *last_signal = self->nets->len;
      g_array_append_val (self->nets, board->nets[k]);
    }
  return map;
}

static void
add_copy (Made            *self,
          const BwProblem *board,
          const guint32   *map,
          BwPoint          by,
          BwPoint          heap,
          guint32          n_most)
{
  for (guint32 i = 0; i < board->n_parts && self->parts->len < n_most; i++)
    {
      BwProblemPart part = board->parts[i];
      BwTerminal *terminals = g_memdup2 (part.terminals, part.n_terminals * sizeof *terminals);

      for (guint32 t = 0; t < part.n_terminals; t++)
        terminals[t].net = map[terminals[t].net];
      g_ptr_array_add (self->terminals, terminals);
      part.terminals = terminals;
      part.group = -1;
      if (part.fixed)
        part.start.at = (BwPoint) { part.start.at.x_nm + by.x_nm, part.start.at.y_nm + by.y_nm };
      else
        part.start.at = heap;
      g_array_append_val (self->parts, part);
    }
}

static BwBox
room_of (const BwProblem *board)
{
  BwBox room = BW_BOX_EMPTY;

  for (guint32 i = 0; i < board->n_regions; i++)
    {
      BwBox box = bw_ring_box (&board->regions[i].ring);

      bw_box_add_box (&room, &box);
    }
  return room;
}

Made *
made_new (const BwProblem *const *boards,
          guint32                 n_boards,
          guint32                 n_parts)
{
  Made *self = g_new0 (Made, 1);
  g_autofree guint32 **shared = g_new0 (guint32 *, n_boards);
  guint32 last_signal = G_MAXUINT32, n_copies = 0, columns = 1, all = 0;
  gint32 width = 1, height = 1;

  self->parts = g_array_new (FALSE, FALSE, sizeof (BwProblemPart));
  self->nets = g_array_new (FALSE, FALSE, sizeof (BwProblemNet));
  self->terminals = g_ptr_array_new_with_free_func (g_free);
  for (guint32 i = 0; i < n_boards; i++)
    {
      BwBox room = room_of (boards[i]);

      width = MAX (width, room.x1_nm - room.x0_nm);
      height = MAX (height, room.y1_nm - room.y0_nm);
      shared[i] = g_new (guint32, boards[i]->n_nets + 1);
      for (guint32 k = 0; k < boards[i]->n_nets; k++)
        shared[i][k] = G_MAXUINT32;
    }
  for (n_copies = 0; all < n_parts; n_copies++)
    all += boards[n_copies % n_boards]->n_parts;
  while (columns * columns < n_copies)
    columns++;
  for (guint32 c = 0; c < n_copies; c++)
    {
      const BwProblem *board = boards[c % n_boards];
      BwBox room = room_of (board);
      g_autofree guint32 *map = map_nets (self, board, shared[c % n_boards], &last_signal);
      BwPoint by = { (gint32) (c % columns) * width - room.x0_nm,
                     (gint32) (c / columns) * height - room.y0_nm };

      add_copy (self, board, map, by, (BwPoint) { (gint32) columns * width / 2,
                                                  (gint32) columns * height / 2 }, n_parts);
    }
  for (guint32 i = 0; i < n_boards; i++)
    g_free (shared[i]);
  height *= (gint32) ((n_copies + columns - 1) / columns);
  width *= (gint32) columns;
  self->corners[1].x_nm = self->corners[2].x_nm = width;
  self->corners[2].y_nm = self->corners[3].y_nm = height;
  self->region = (BwProblemRegion) { { self->corners, 4 }, false };
  self->problem = (BwProblem) {
    .parts = (BwProblemPart *) (void *) self->parts->data, .n_parts = self->parts->len,
    .nets = (BwProblemNet *) (void *) self->nets->data, .n_nets = self->nets->len,
    .regions = &self->region, .n_regions = 1,
    .gap_nm = boards[0]->gap_nm, .edge_margin_nm = boards[0]->edge_margin_nm,
  };
  return self;
}

void
made_free (Made *self)
{
  g_array_unref (self->parts);
  g_array_unref (self->nets);
  g_ptr_array_unref (self->terminals);
  g_free (self);
}

const BwProblem *
made_problem (const Made *self)
{
  return &self->problem;
}
