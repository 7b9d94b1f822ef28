/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "board/bw-connector.h"

#include "base/bw-polygon.h"
#include "board/bw-part-kind.h"

/* By how much more the body reaches beyond the pads on the plug's side than on the other, and as a
 * share of its length that way: upright ones of two rows are not quite even either. */
#define OVERHANG_NM 1000000
#define OVERHANG_SHARE 0.2
/* The mouth is at the edge where so far out of it there is no board any more. */
#define AT_EDGE_NM 3000000

gboolean
bw_connector_is (const BwBoard     *board,
                 const BwFootprint *footprint)
{
  const char *reference = footprint->reference;

  return bw_part_kind_guess (board, footprint) == BW_PART_CONNECTOR ||
         (g_ascii_toupper (reference[0]) == 'J' && g_ascii_isdigit (reference[1]));
}

static gint32
middle (gint32 low_nm,
        gint32 high_nm)
{
  return (gint32) (((gint64) low_nm + high_nm) / 2);
}

static gint32
clamp_nm (gint64 value_nm)
{
  return (gint32) CLAMP (value_nm, -BW_COORD_MAX_NM, BW_COORD_MAX_NM);
}

static BwBox
drawing_of (const BwFootprint *footprint,
            BwLayer            layer)
{
  BwBox box = BW_BOX_EMPTY;

  for (guint i = 0; i < footprint->n_graphics; i++)
    for (guint k = 0; footprint->graphics[i].layer == layer &&
                      k < footprint->graphics[i].n_points; k++)
      bw_box_add_point (&box, footprint->graphics[i].points[k]);
  return box;
}

/* Of what is drawn of it, else of the room it takes. */
static BwBox
body_of (const BwFootprint *footprint)
{
  BwBox box = drawing_of (footprint, BW_LAYER_FAB);

  if (bw_box_is_empty (&box))
    box = drawing_of (footprint, BW_LAYER_COURTYARD);
  return bw_box_is_empty (&box) ? footprint->box : box;
}

static BwBox
pads_of (const BwFootprint *footprint)
{
  BwBox pads = BW_BOX_EMPTY;

  for (guint i = 0; i < footprint->n_pads; i++)
    {
      BwBox box = bw_ring_box (&footprint->pads[i].outline);

      bw_box_add_box (&pads, &box);
    }
  return pads;
}

gboolean
bw_connector_mouth (const BwFootprint *footprint,
                    BwPoint           *mouth_out,
                    BwPoint           *outward_out)
{
  BwBox body = body_of (footprint), pads = pads_of (footprint);
  gint64 x_nm, y_nm, over_nm, length_nm;

  if (bw_box_is_empty (&pads) || bw_box_is_empty (&body))
    return FALSE;
  /* Further to the right or to the bottom than to the left or to the top. */
  x_nm = ((gint64) body.x1_nm - pads.x1_nm) - ((gint64) pads.x0_nm - body.x0_nm);
  y_nm = ((gint64) body.y1_nm - pads.y1_nm) - ((gint64) pads.y0_nm - body.y0_nm);
  *outward_out = ABS (x_nm) > ABS (y_nm) ? (BwPoint) { x_nm > 0 ? 1 : -1, 0 }
                                         : (BwPoint) { 0, y_nm > 0 ? 1 : -1 };
  over_nm = MAX (ABS (x_nm), ABS (y_nm));
  length_nm = outward_out->x_nm != 0 ? (gint64) body.x1_nm - body.x0_nm
                                     : (gint64) body.y1_nm - body.y0_nm;
  *mouth_out = (BwPoint) {
    outward_out->x_nm > 0 ? body.x1_nm : outward_out->x_nm < 0 ? body.x0_nm
                                       : middle (body.x0_nm, body.x1_nm),
    outward_out->y_nm > 0 ? body.y1_nm : outward_out->y_nm < 0 ? body.y0_nm
                                       : middle (body.y0_nm, body.y1_nm),
  };
  return over_nm >= OVERHANG_NM && (double) over_nm >= OVERHANG_SHARE * (double) length_nm;
}

static gboolean
is_on_board (const BwBoard *board,
             BwPoint        point)
{
  gboolean on = FALSE;

  for (guint i = 0; i < board->n_outlines; i++)
    if (bw_ring_locate_point (&board->outlines[i].ring, point) > 0)
      {
        if (board->outlines[i].hole)
          return FALSE;
        on = TRUE;
      }
  return on;
}

gboolean
bw_connector_at_edge (const BwBoard     *board,
                      const BwFootprint *footprint,
                      const BwPose      *pose)
{
  BwTransform transform = bw_pose_transform (pose);
  BwBox pads = pads_of (footprint);
  BwPoint mouth, outward, at;

  if (!bw_connector_mouth (footprint, &mouth, &outward))
    return FALSE;
  at = bw_transform_point (&transform, (BwPoint) { middle (pads.x0_nm, pads.x1_nm),
                                                   middle (pads.y0_nm, pads.y1_nm) });
  if (!is_on_board (board, at))
    return FALSE;
  mouth.x_nm = clamp_nm (mouth.x_nm + (gint64) outward.x_nm * AT_EDGE_NM);
  mouth.y_nm = clamp_nm (mouth.y_nm + (gint64) outward.y_nm * AT_EDGE_NM);
  return !is_on_board (board, bw_transform_point (&transform, mouth));
}
