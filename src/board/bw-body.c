/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a footprint takes up: its courtyard, or what stands in for it. */

#include "board/bw-footprint-reader.h"

#include "base/bw-polygon.h"
#include "board/bw-hull.h"

#define COURTYARD_TOLERANCE_NM 20000
#define STAND_IN_MARGIN_NM 250000
/* Half of the clearance that KiCad begins with: the other half is the neighbour's. */
#define PAD_MARGIN_NM 100000
/* A pad may touch its courtyard's line. */
#define PAD_TOLERANCE_NM 10000
/* Rings of a courtyard that are tested for lying in one another; no footprint comes near. */
#define MAX_NESTED_RINGS 64
/* Steps that the tests of one footprint may take, and more for each of its points; rings that
 * are not tested any more stay. */
#define NESTING_STEPS 100000
#define NESTING_STEPS_PER_POINT 64

typedef struct
{
  BwReader *reader;
  GArray *rings;      /* BwRing */
  gboolean open;
  BwPoint gap;
} Courtyard;

static void
take_ring (const BwPoint *points,
           guint          n_points,
           gboolean       closed,
           gpointer       user_data)
{
  Courtyard *courtyard = user_data;
  BwRing ring = { .n_points = n_points };

  if (!closed)
    {
      courtyard->open = TRUE;
      courtyard->gap = points[n_points - 1];
      return;
    }
  ring.points = bw_arena_copy (courtyard->reader->arena, points, n_points * sizeof (BwPoint));
  g_array_append_val (courtyard->rings, ring);
}

static gboolean
is_courtyard (const BwGraphic *graphic,
              guint            side)
{
  return graphic->layer == BW_LAYER_COURTYARD && graphic->side == side;
}

static gboolean
box_holds (const BwBox *outer,
           const BwBox *inner)
{
  return outer->x0_nm <= inner->x0_nm && outer->x1_nm >= inner->x1_nm &&
         outer->y0_nm <= inner->y0_nm && outer->y1_nm >= inner->y1_nm;
}

/* A ring inside another takes up nothing more: a body has no holes that a part could use. */
static void
drop_inner_rings (GArray *rings)
{
  gint64 n_steps_left = NESTING_STEPS;

  for (guint i = 0; i < rings->len; i++)
    n_steps_left += NESTING_STEPS_PER_POINT *
                    (gint64) g_array_index (rings, BwRing, i).n_points;
  for (guint i = 0; i < rings->len && rings->len <= MAX_NESTED_RINGS; i++)
    {
      const BwRing *inner = &g_array_index (rings, BwRing, i);
      BwBox inner_box = bw_ring_box (inner);

      for (guint j = 0; j < rings->len; j++)
        {
          const BwRing *outer = &g_array_index (rings, BwRing, j);
          BwBox outer_box = bw_ring_box (outer);
          gboolean held = j != i && box_holds (&outer_box, &inner_box) &&
                          !(box_holds (&inner_box, &outer_box) && j > i);

          for (guint32 k = 0; held && k < inner->n_points; k++, n_steps_left -= outer->n_points)
            held = n_steps_left > 0 && bw_ring_locate_point (outer, inner->points[k]) > 0;
          if (held)
            {
              g_array_remove_index (rings, i--);
              break;
            }
        }
    }
}

/* Returns whether this side has a courtyard that can be used. */
static gboolean
read_courtyard (BwReader    *self,
                guint32      node,
                guint        side,
                BwFootprint *footprint)
{
  g_autoptr (BwChain) chain = NULL;
  g_autoptr (GArray) rings = NULL;
  Courtyard courtyard = { .reader = self };

  for (guint32 i = 0; i < footprint->n_graphics; i++)
    if (is_courtyard (&footprint->graphics[i], side))
      {
        const BwGraphic *graphic = &footprint->graphics[i];

        if (chain == NULL)
          chain = bw_chain_new (COURTYARD_TOLERANCE_NM);
        bw_chain_add (chain, graphic->points, graphic->n_points, graphic->closed);
      }
  if (chain == NULL)
    return FALSE;

  courtyard.rings = rings = g_array_new (FALSE, FALSE, sizeof (BwRing));
  bw_chain_join (chain, take_ring, &courtyard);
  if (courtyard.open)
    {
      bw_reader_note (self, self->sexpr->nodes[node].offset,
                      "the courtyard of %s is not closed, at (%.3f, %.3f) of its own frame; its "
                      "pads and drawings stand in", footprint->reference,
                      bw_nm_to_mm (courtyard.gap.x_nm), bw_nm_to_mm (courtyard.gap.y_nm));
      return FALSE;
    }
  drop_inner_rings (rings);
  footprint->n_body[side] = rings->len;
  footprint->body[side] = bw_arena_copy (self->arena, rings->data, rings->len * sizeof (BwRing));
  return rings->len > 0;
}

static void
add_thick (BwBox         *box,
           const BwPoint *points,
           guint32        n_points,
           gint32         margin_nm)
{
  for (guint32 i = 0; i < n_points; i++)
    {
      BwPoint point = points[i];

      bw_box_add_point (box, (BwPoint) {
        (gint32) MAX ((gint64) point.x_nm - margin_nm, -BW_COORD_MAX_NM),
        (gint32) MAX ((gint64) point.y_nm - margin_nm, -BW_COORD_MAX_NM),
      });
      bw_box_add_point (box, (BwPoint) {
        (gint32) MIN ((gint64) point.x_nm + margin_nm, BW_COORD_MAX_NM),
        (gint32) MIN ((gint64) point.y_nm + margin_nm, BW_COORD_MAX_NM),
      });
    }
}

/* A point of a pad's outline, a little further in. */
static BwPoint
step_in (const BwBox *pad,
         BwPoint      point)
{
  gint64 x_nm = ((gint64) pad->x0_nm + pad->x1_nm) / 2;
  gint64 y_nm = ((gint64) pad->y0_nm + pad->y1_nm) / 2;

  point.x_nm += (gint32) CLAMP (x_nm - point.x_nm, -PAD_TOLERANCE_NM, PAD_TOLERANCE_NM);
  point.y_nm += (gint32) CLAMP (y_nm - point.y_nm, -PAD_TOLERANCE_NM, PAD_TOLERANCE_NM);
  return point;
}

static gboolean
is_covered (const BwFootprint *footprint,
            guint              side,
            const BwPad       *pad,
            gint64            *n_steps_left)
{
  BwBox box = bw_ring_box (&pad->outline);

  for (guint32 i = 0; i < footprint->n_body[side]; i++)
    {
      const BwRing *ring = &footprint->body[side][i];
      gboolean holds = TRUE;

      for (guint32 k = 0; holds && k < pad->outline.n_points; k++, *n_steps_left -= ring->n_points)
        holds = *n_steps_left > 0 &&
                bw_ring_locate_point (ring, step_in (&box, pad->outline.points[k])) >= 0;
      if (holds)
        return TRUE;
    }
  return FALSE;
}

static void
add_box (GArray *points,
         BwBox   box)
{
  const BwPoint corners[] = {
    { box.x0_nm, box.y0_nm }, { box.x1_nm, box.y0_nm },
    { box.x1_nm, box.y1_nm }, { box.x0_nm, box.y1_nm },
  };

  g_array_append_vals (points, corners, G_N_ELEMENTS (corners));
}

/* Some courtyards leave pads out. Where parts kept apart by those alone would have their pads on
 * one another, the hull round all takes the courtyard's place. */
static void
cover_pads (BwReader    *self,
            BwFootprint *footprint,
            guint        side)
{
  g_autoptr (GArray) points = NULL;
  gint64 n_steps_left = NESTING_STEPS + NESTING_STEPS_PER_POINT * (gint64) footprint->n_pads;
  BwRing *ring;

  for (guint32 i = 0; i < footprint->n_pads; i++)
    {
      const BwPad *pad = &footprint->pads[i];
      BwBox box = BW_BOX_EMPTY;

      if ((pad->sides & 1u << side) == 0 || pad->outline.n_points == 0 ||
          is_covered (footprint, side, pad, &n_steps_left) || n_steps_left <= 0)
        continue;
      if (points == NULL)
        points = g_array_new (FALSE, FALSE, sizeof (BwPoint));
      add_thick (&box, pad->outline.points, pad->outline.n_points, PAD_MARGIN_NM);
      add_box (points, box);
    }
  if (points == NULL)
    return;
  for (guint32 i = 0; i < footprint->n_body[side]; i++)
    g_array_append_vals (points, footprint->body[side][i].points,
                         footprint->body[side][i].n_points);
  bw_hull_take (points, 0);
  ring = bw_arena_alloc (self->arena, sizeof *ring);
  *ring = (BwRing) { bw_arena_copy (self->arena, points->data, points->len * sizeof (BwPoint)),
                     points->len };
  footprint->body[side] = ring;
  footprint->n_body[side] = 1;
}

static BwBox
pads_box (const BwFootprint *footprint,
          gint32             margin_nm)
{
  BwBox box = BW_BOX_EMPTY;

  for (guint32 i = 0; i < footprint->n_pads; i++)
    add_thick (&box, footprint->pads[i].outline.points, footprint->pads[i].outline.n_points,
               margin_nm);
  return box;
}

/* All that is printed of it: of a logo there is nothing else. Not edges of the board: nobody
 * would reach what lies within. */
static BwBox
drawings_box (const BwFootprint *footprint)
{
  const guint printed = 1u << BW_LAYER_SILK | 1u << BW_LAYER_FAB | 1u << BW_LAYER_COPPER;
  BwBox box = BW_BOX_EMPTY;

  for (guint32 i = 0; i < footprint->n_graphics; i++)
    if (printed & 1u << footprint->graphics[i].layer)
      add_thick (&box, footprint->graphics[i].points, footprint->graphics[i].n_points,
                 footprint->graphics[i].width_nm / 2);
  return box;
}

static const BwRing *
ring_of_box (BwReader    *self,
             const BwBox *box)
{
  BwPoint *corners = bw_arena_alloc (self->arena, 4 * sizeof *corners);
  BwRing *ring = bw_arena_alloc (self->arena, sizeof *ring);

  corners[0] = (BwPoint) { box->x0_nm, box->y0_nm };
  corners[1] = (BwPoint) { box->x1_nm, box->y0_nm };
  corners[2] = (BwPoint) { box->x1_nm, box->y1_nm };
  corners[3] = (BwPoint) { box->x0_nm, box->y1_nm };
  *ring = (BwRing) { corners, 4 };
  return ring;
}

/* Copper besides the pads, as the tab of a regulator that is drawn and no pad. Not what is all
 * there is of a logo. */
static gboolean
extends_pads (const BwFootprint *footprint,
              const BwGraphic   *graphic)
{
  return footprint->n_pads > 0 && graphic->layer == BW_LAYER_COPPER && !graphic->inner &&
         graphic->side == BW_SIDE_FRONT;
}

/* A box around pads, fab drawing, copper and what there is of a broken courtyard, on the front of
 * the footprint alone. */
static void
stand_in (BwReader    *self,
          BwFootprint *footprint)
{
  BwBox box = pads_box (footprint, STAND_IN_MARGIN_NM);

  for (guint32 i = 0; i < footprint->n_graphics; i++)
    {
      const BwGraphic *graphic = &footprint->graphics[i];

      if ((graphic->layer == BW_LAYER_FAB && graphic->side == BW_SIDE_FRONT) ||
          extends_pads (footprint, graphic))
        add_thick (&box, graphic->points, graphic->n_points,
                   graphic->width_nm / 2 + STAND_IN_MARGIN_NM);
      else if (is_courtyard (graphic, BW_SIDE_FRONT))
        add_thick (&box, graphic->points, graphic->n_points, 0);
    }
  if (bw_box_is_empty (&box))
    return;
  footprint->body[BW_SIDE_FRONT] = ring_of_box (self, &box);
  footprint->n_body[BW_SIDE_FRONT] = 1;
}

void
bw_reader_silhouette (BwReader    *self,
                      BwFootprint *footprint)
{
  BwSide side = footprint->n_body[BW_SIDE_FRONT] > 0 ? BW_SIDE_FRONT : BW_SIDE_BACK;

  footprint->silhouette = footprint->body[side];
  footprint->n_silhouette = footprint->n_body[side];
  if (footprint->n_silhouette == 0 && !bw_box_is_empty (&footprint->box))
    {
      footprint->silhouette = ring_of_box (self, &footprint->box);
      footprint->n_silhouette = 1;
    }
}

void
bw_reader_body (BwReader    *self,
                guint32      node,
                BwFootprint *footprint)
{
  gboolean front = read_courtyard (self, node, BW_SIDE_FRONT, footprint);
  gboolean back = read_courtyard (self, node, BW_SIDE_BACK, footprint);

  footprint->has_courtyard = front || back;
  if (front)
    cover_pads (self, footprint, BW_SIDE_FRONT);
  if (back)
    cover_pads (self, footprint, BW_SIDE_BACK);
  if (!footprint->has_courtyard)
    stand_in (self, footprint);

  footprint->box = BW_BOX_EMPTY;
  for (guint side = 0; side < BW_N_SIDES; side++)
    for (guint32 i = 0; i < footprint->n_body[side]; i++)
      {
        BwBox box = bw_ring_box (&footprint->body[side][i]);

        bw_box_add_box (&footprint->box, &box);
      }
  if (bw_box_is_empty (&footprint->box))
    footprint->box = drawings_box (footprint);
  bw_reader_silhouette (self, footprint);
}
