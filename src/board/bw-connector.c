/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "board/bw-connector.h"

#include <string.h>

#include "base/bw-polygon.h"
#include "board/bw-part-kind.h"

/* Of a board made to take long. */
#define MOST_CONTACTS 1000
/* By how much more the body reaches beyond the pads on the plug's side than on the other, and as a
 * share of its length that way: upright ones of two rows are not quite even either. */
#define OVERHANG_NM 1000000
#define OVERHANG_SHARE 0.2
/* The same of those that are named as lying ones: those of screw terminals barely reach out. */
#define LYING_OVERHANG_NM 500000
#define LYING_OVERHANG_SHARE 0.1
/* The mouth is at the edge where so far out of it there is no board any more. */
#define AT_EDGE_NM 3000000
/* How far the body of one that stands upright may be from it. */
#define BESIDE_EDGE_NM 2500000
/* How far an antenna may end before the edge. */
#define ANTENNA_EDGE_NM 1000000
/* Times its width. */
#define LONG 1.5

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

typedef struct
{
  gint64 width_nm;
  gint64 height_nm;
} PadSize;

/* Short side first: pads of all sides of a part are alike. */
static PadSize
size_of (const BwPad *pad)
{
  BwBox box = bw_ring_box (&pad->outline);
  gint64 width_nm = (gint64) box.x1_nm - box.x0_nm, height_nm = (gint64) box.y1_nm - box.y0_nm;

  return (PadSize) { MIN (width_nm, height_nm), MAX (width_nm, height_nm) };
}

static gboolean
is_like (const BwPad *a,
         const BwPad *b)
{
  PadSize size = size_of (a), other = size_of (b);

  return size.width_nm == other.width_nm && size.height_nm == other.height_nm;
}

/* A pad of the size that most have; NULL where no size is more frequent than all others, or there
 * is but one. The rest are shells and tabs to hold it. */
static const BwPad *
find_contact (const BwFootprint *footprint)
{
  const BwPad *best = NULL;
  guint n_best = 0, n_other = 0;

  for (guint i = 0; i < footprint->n_pads && i < MOST_CONTACTS; i++)
    {
      guint n = 0;

      if (best != NULL && is_like (best, &footprint->pads[i]))
        continue;
      for (guint k = 0; k < footprint->n_pads; k++)
        n += is_like (&footprint->pads[i], &footprint->pads[k]);
      n_other = MAX (n_other, MIN (n, n_best));
      if (n > n_best)
        {
          best = &footprint->pads[i];
          n_best = n;
        }
    }
  return n_best > n_other && n_best < footprint->n_pads ? best : NULL;
}

/* `like` NULL: of all. */
static BwBox
pads_of (const BwFootprint *footprint,
         const BwPad       *like)
{
  BwBox pads = BW_BOX_EMPTY;

  for (guint i = 0; i < footprint->n_pads; i++)
    if (like == NULL || is_like (like, &footprint->pads[i]))
      {
        BwBox box = bw_ring_box (&footprint->pads[i].outline);

        bw_box_add_box (&pads, &box);
      }
  return pads;
}

/* Where the body reaches further out than on the other side of these pads, and by how much. */
static gint64
find_overhang (const BwBox *body,
               const BwBox *pads,
               BwPoint     *outward_out)
{
  gint64 x_nm = ((gint64) body->x1_nm - pads->x1_nm) - ((gint64) pads->x0_nm - body->x0_nm);
  gint64 y_nm = ((gint64) body->y1_nm - pads->y1_nm) - ((gint64) pads->y0_nm - body->y0_nm);

  *outward_out = ABS (x_nm) > ABS (y_nm) ? (BwPoint) { x_nm > 0 ? 1 : -1, 0 }
                                         : (BwPoint) { 0, y_nm > 0 ? 1 : -1 };
  return MAX (ABS (x_nm), ABS (y_nm));
}

static gboolean
is_far_out (const BwFootprint *footprint,
            const BwBox       *body,
            BwPoint            outward,
            gint64             over_nm)
{
  gint64 length_nm = outward.x_nm != 0 ? (gint64) body->x1_nm - body->x0_nm
                                       : (gint64) body->y1_nm - body->y0_nm;
  gboolean lies = strstr (footprint->library_id, "Horizontal") != NULL;

  return over_nm >= (lies ? LYING_OVERHANG_NM : OVERHANG_NM) &&
         (double) over_nm >= (lies ? LYING_OVERHANG_SHARE : OVERHANG_SHARE) * (double) length_nm;
}

/* The middle of a side of the body. */
static BwPoint
middle_of_side (const BwBox *body,
                BwPoint      outward)
{
  return (BwPoint) {
    outward.x_nm > 0 ? body->x1_nm : outward.x_nm < 0 ? body->x0_nm
                                   : middle (body->x0_nm, body->x1_nm),
    outward.y_nm > 0 ? body->y1_nm : outward.y_nm < 0 ? body->y0_nm
                                   : middle (body->y0_nm, body->y1_nm),
  };
}

gboolean
bw_connector_mouth (const BwFootprint *footprint,
                    BwPoint           *mouth_out,
                    BwPoint           *outward_out)
{
  BwBox body = body_of (footprint), pads = pads_of (footprint, NULL);
  gint64 over_nm;

  if (bw_box_is_empty (&pads) || bw_box_is_empty (&body) ||
      strstr (footprint->library_id, "Vertical") != NULL)
    return FALSE;
  over_nm = find_overhang (&body, &pads, outward_out);
  if (!is_far_out (footprint, &body, *outward_out, over_nm))
    {
      const BwPad *contact = find_contact (footprint);

      pads = pads_of (footprint, contact);
      over_nm = contact != NULL ? find_overhang (&body, &pads, outward_out) : 0;
    }
  *mouth_out = middle_of_side (&body, *outward_out);
  return is_far_out (footprint, &body, *outward_out, over_nm);
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
  BwBox pads = pads_of (footprint, find_contact (footprint));
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

static gboolean
has_pads_on_board (const BwBoard     *board,
                   const BwFootprint *footprint,
                   const BwTransform *transform)
{
  for (guint i = 0; i < footprint->n_pads; i++)
    for (guint k = 0; k < footprint->pads[i].outline.n_points; k++)
      if (!is_on_board (board,
                        bw_transform_point (transform, footprint->pads[i].outline.points[k])))
        return FALSE;
  return TRUE;
}

/* The middle of the side that reaches farthest beyond the pads, if one does by enough. */
static gboolean
find_bare_side (const BwFootprint *footprint,
                BwPoint           *middle_out,
                BwPoint           *outward_out)
{
  BwBox body = body_of (footprint), pads = pads_of (footprint, NULL);
  gint64 over_nm;

  if (bw_box_is_empty (&pads) || bw_box_is_empty (&body))
    return FALSE;
  over_nm = find_overhang (&body, &pads, outward_out);
  *middle_out = middle_of_side (&body, *outward_out);
  return is_far_out (footprint, &body, *outward_out, over_nm);
}

gboolean
bw_connector_overhangs (const BwBoard     *board,
                        const BwFootprint *footprint,
                        const BwPose      *pose)
{
  BwTransform transform = bw_pose_transform (pose);
  BwPoint end, outward;

  return find_bare_side (footprint, &end, &outward) &&
         !is_on_board (board, bw_transform_point (&transform, end)) &&
         has_pads_on_board (board, footprint, &transform);
}

gboolean
bw_connector_reaches_over (const BwBoard     *board,
                           const BwFootprint *footprint,
                           const BwPose      *pose)
{
  static const BwPoint sides[] = { { 1, 0 }, { -1, 0 }, { 0, 1 }, { 0, -1 } };
  BwTransform transform = bw_pose_transform (pose);

  if (footprint->n_pads == 0 || !bw_footprint_takes_room (footprint))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (sides); i++)
    if (!is_on_board (board, bw_transform_point (&transform,
                                                 middle_of_side (&footprint->box, sides[i]))))
      return has_pads_on_board (board, footprint, &transform);
  return FALSE;
}

/* Of the board or of the footprint itself. */
static gboolean
is_without_copper (const BwBoard     *board,
                   const BwFootprint *footprint,
                   BwPoint            point)
{
  for (guint i = 0; i < board->n_rule_areas; i++)
    {
      const BwRuleArea *area = &board->rule_areas[i];

      if ((area->bars & BW_BARS_COPPER) != 0 && area->sides != 0 &&
          (area->footprint < 0 || &board->footprints[area->footprint] == footprint) &&
          bw_ring_locate_point (&area->ring, point) >= 0)
        return TRUE;
    }
  return FALSE;
}

gboolean
bw_connector_radiates (const BwBoard     *board,
                       const BwFootprint *footprint,
                       const BwPose      *pose)
{
  BwTransform transform = bw_pose_transform (pose);
  BwPoint outward, end, beyond;

  if (board->n_rule_areas == 0 || !find_bare_side (footprint, &end, &outward))
    return FALSE;
  beyond = end;
  beyond.x_nm = clamp_nm (beyond.x_nm + (gint64) outward.x_nm * ANTENNA_EDGE_NM);
  beyond.y_nm = clamp_nm (beyond.y_nm + (gint64) outward.y_nm * ANTENNA_EDGE_NM);
  return is_without_copper (board, footprint, bw_transform_point (&transform, end)) &&
         !is_on_board (board, bw_transform_point (&transform, beyond)) &&
         has_pads_on_board (board, footprint, &transform);
}

gboolean
bw_connector_is_long (const BwFootprint *footprint,
                      BwPoint           *across_out)
{
  const BwBox *box = &footprint->box;
  gint64 width_nm = (gint64) box->x1_nm - box->x0_nm;
  gint64 height_nm = (gint64) box->y1_nm - box->y0_nm;

  *across_out = (BwPoint) { width_nm < height_nm, width_nm >= height_nm };
  return (double) MAX (width_nm, height_nm) >= LONG * (double) MIN (width_nm, height_nm);
}

gboolean
bw_connector_beside_edge (const BwBoard     *board,
                          const BwFootprint *footprint,
                          const BwPose      *pose)
{
  BwTransform transform = bw_pose_transform (pose);
  BwBox body = footprint->box;
  const BwPoint corners[4] = { { body.x0_nm, body.y0_nm }, { body.x1_nm, body.y0_nm },
                               { body.x1_nm, body.y1_nm }, { body.x0_nm, body.y1_nm } };
  const BwPoint middle_at = { middle (body.x0_nm, body.x1_nm), middle (body.y0_nm, body.y1_nm) };
  BwPoint across;
  gboolean is_long = bw_connector_is_long (footprint, &across);

  if (!is_on_board (board, bw_transform_point (&transform, middle_at)))
    return FALSE;
  /* Out of the middle of each of its sides. */
  for (guint i = 0; i < 4; i++)
    {
      BwPoint a = corners[i], b = corners[(i + 1) % 4];
      BwPoint out = { middle (a.x_nm, b.x_nm), middle (a.y_nm, b.y_nm) };

      out.x_nm = clamp_nm (out.x_nm + (gint64) (a.x_nm == b.x_nm) *
                           (a.x_nm == body.x0_nm ? -BESIDE_EDGE_NM : BESIDE_EDGE_NM));
      out.y_nm = clamp_nm (out.y_nm + (gint64) (a.y_nm == b.y_nm) *
                           (a.y_nm == body.y0_nm ? -BESIDE_EDGE_NM : BESIDE_EDGE_NM));
      if (is_long && across.x_nm != (a.x_nm == b.x_nm))
        continue;
      if (!is_on_board (board, bw_transform_point (&transform, out)))
        return TRUE;
    }
  return FALSE;
}
