/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "board/bw-carrier.h"

#include "board/bw-footprint-reader.h"

#define LEAST_SHARE_OF_BOARD 0.5
#define LEAST_PARTS_WITHIN 3
#define PAD_MARGIN_NM 250000
/* No board comes near; each takes a look at all parts. */
#define MAX_LOOKED_AT 16

static double
area (const BwBox *box)
{
  return ((double) box->x1_nm - box->x0_nm) * ((double) box->y1_nm - box->y0_nm);
}

static BwBox
box_on_board (const BwFootprint *footprint)
{
  BwTransform transform = bw_pose_transform (&footprint->pose);
  const BwBox *box = &footprint->box;
  const BwPoint corners[] = {
    { box->x0_nm, box->y0_nm }, { box->x1_nm, box->y0_nm },
    { box->x1_nm, box->y1_nm }, { box->x0_nm, box->y1_nm },
  };
  BwBox on_board = BW_BOX_EMPTY;

  for (guint i = 0; i < G_N_ELEMENTS (corners); i++)
    bw_box_add_point (&on_board, bw_transform_point (&transform, corners[i]));
  return on_board;
}

/* Others that lie within the box as a whole. */
static gboolean
holds_parts (const BwBoard     *board,
             const BwFootprint *carrier,
             const BwBox       *box)
{
  guint n_within = 0;

  for (guint32 i = 0; i < board->n_footprints && n_within < LEAST_PARTS_WITHIN; i++)
    {
      const BwFootprint *other = &board->footprints[i];
      BwBox inner = box_on_board (other);

      n_within += other != carrier && inner.x0_nm >= box->x0_nm && inner.x1_nm <= box->x1_nm &&
                  inner.y0_nm >= box->y0_nm && inner.y1_nm <= box->y1_nm;
    }
  return n_within == LEAST_PARTS_WITHIN;
}

static gboolean
is_large (const BwBoard     *board,
          const BwFootprint *footprint)
{
  return !footprint->has_courtyard && footprint->n_pads >= 2 &&
         !bw_box_is_empty (&footprint->box) &&
         area (&footprint->box) >= LEAST_SHARE_OF_BOARD * area (&board->box);
}

/* A box round each pad. */
static void
shrink_to_pads (BwReader    *self,
                BwFootprint *footprint)
{
  BwRing *rings = bw_arena_alloc (self->arena, footprint->n_pads * sizeof *rings);

  for (guint32 i = 0; i < footprint->n_pads; i++)
    {
      BwBox box = bw_ring_box (&footprint->pads[i].outline);
      BwPoint *corners = bw_arena_alloc (self->arena, 4 * sizeof *corners);

      box.x0_nm = MAX (box.x0_nm - PAD_MARGIN_NM, -BW_COORD_MAX_NM);
      box.y0_nm = MAX (box.y0_nm - PAD_MARGIN_NM, -BW_COORD_MAX_NM);
      box.x1_nm = MIN (box.x1_nm + PAD_MARGIN_NM, BW_COORD_MAX_NM);
      box.y1_nm = MIN (box.y1_nm + PAD_MARGIN_NM, BW_COORD_MAX_NM);
      corners[0] = (BwPoint) { box.x0_nm, box.y0_nm };
      corners[1] = (BwPoint) { box.x1_nm, box.y0_nm };
      corners[2] = (BwPoint) { box.x1_nm, box.y1_nm };
      corners[3] = (BwPoint) { box.x0_nm, box.y1_nm };
      rings[i] = (BwRing) { corners, 4 };
    }
  footprint->body[BW_SIDE_FRONT] = rings;
  footprint->n_body[BW_SIDE_FRONT] = footprint->n_pads;
}

void
bw_reader_carriers (BwReader *self)
{
  BwBoard *board = &self->board->board;
  guint n_looked_at = 0;

  for (guint32 i = 0; i < board->n_footprints && n_looked_at < MAX_LOOKED_AT; i++)
    {
      BwFootprint *footprint = (BwFootprint *) &board->footprints[i];
      BwBox box;

      if (!is_large (board, footprint))
        continue;
      n_looked_at++;
      box = box_on_board (footprint);
      if (!holds_parts (board, footprint, &box))
        continue;
      shrink_to_pads (self, footprint);
      bw_reader_silhouette (self, footprint);
      if (footprint->hold == BW_HOLD_NONE)
        footprint->hold = BW_HOLD_CARRIER;
    }
}
