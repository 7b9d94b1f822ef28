/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "session/bw-board-rules.h"

#include <stdlib.h>

#include "base/bw-polygon.h"
#include "base/bw-segment.h"
#include "session/bw-placed-body.h"

#define MAX_FACTS 100
/* Pairs of boxes that are compared, so that parts in one heap cost no more than others. */
#define MAX_PAIRS 4000000

typedef struct
{
  guint32 footprint;
  gint32 gap_nm;
  BwBox box;              /* of the body where it lies */
} Body;

typedef struct
{
  const BwBoard *board;
  const BwPose *poses;
  const guint8 *held;
  GPtrArray *facts;
} Check;

gint32
bw_board_rules_gap_nm (const BwBoard     *board,
                       const BwFootprint *footprint)
{
  return MAX (0, footprint->courtyard_clearance_nm >= 0 ? footprint->courtyard_clearance_nm
                                                        : board->rules.courtyard_clearance_nm);
}

gint32
bw_board_rules_edge_margin_nm (const BwBoard     *board,
                               const BwFootprint *footprint)
{
  gint32 clearance_nm = footprint->edge_clearance_nm >= 0 ? footprint->edge_clearance_nm
                                                          : board->rules.edge_clearance_nm;
  const BwBox *body = &footprint->box;
  BwBox copper = BW_BOX_EMPTY;
  gint64 inset_nm;

  for (guint i = 0; i < footprint->n_pads; i++)
    if (footprint->pads[i].sides != 0)
      {
        BwBox pad = bw_ring_box (&footprint->pads[i].outline);

        bw_box_add_box (&copper, &pad);
      }
  if (clearance_nm <= 0 || bw_box_is_empty (&copper))
    return 0;
  inset_nm = MIN (MIN ((gint64) copper.x0_nm - body->x0_nm, (gint64) body->x1_nm - copper.x1_nm),
                  MIN ((gint64) copper.y0_nm - body->y0_nm, (gint64) body->y1_nm - copper.y1_nm));
  return (gint32) CLAMP (clearance_nm - inset_nm, 0, BW_COORD_MAX_NM);
}

static gboolean
is_held (const Check *self,
         guint32      footprint)
{
  return self->held != NULL && self->held[footprint];
}

/* Distances --------------------------------------------------------------------------------- */

/* From the corners of one to the edges of the other: of rings that do not meet, the nearest
 * points are at a corner of either. */
static double
corners_to_ring_nm (const BwRing *a,
                    const BwRing *b)
{
  double nearest_nm = G_MAXDOUBLE;

  for (guint i = 0; i < a->n_points; i++)
    for (guint k = 0; k < b->n_points; k++)
      nearest_nm = MIN (nearest_nm,
                        bw_segment_to_point_nm (b->points[k], b->points[(k + 1) % b->n_points],
                                                a->points[i]));
  return nearest_nm;
}

static GArray *
place_body (const Check *self,
            guint32      footprint,
            BwSide       side)
{
  const BwFootprint *part = &self->board->footprints[footprint];
  BwTransform transform = bw_pose_transform (&self->poses[footprint]);
  guint own = self->poses[footprint].side == BW_SIDE_FRONT ? side : (guint) !side;
  GArray *rings = g_array_new (FALSE, FALSE, sizeof (BwRing));

  for (guint i = 0; i < part->n_body[own]; i++)
    {
      const BwRing *ring = &part->body[own][i];
      BwPoint *points = g_new (BwPoint, ring->n_points + 1);
      BwRing placed = { points, ring->n_points };

      for (guint k = 0; k < ring->n_points; k++)
        points[k] = bw_transform_point (&transform, ring->points[k]);
      g_array_append_val (rings, placed);
    }
  return rings;
}

static void
free_body (GArray *rings)
{
  for (guint i = 0; i < rings->len; i++)
    g_free ((BwPoint *) g_array_index (rings, BwRing, i).points);
  g_array_unref (rings);
}

static double
distance_nm (const Check *self,
             guint32      a,
             guint32      b)
{
  double nearest_nm = G_MAXDOUBLE;

  for (BwSide side = BW_SIDE_FRONT; side < BW_N_SIDES; side++)
    {
      GArray *rings_a = place_body (self, a, side), *rings_b = place_body (self, b, side);

      for (guint i = 0; i < rings_a->len; i++)
        for (guint k = 0; k < rings_b->len; k++)
          {
            const BwRing *ring_a = &g_array_index (rings_a, BwRing, i);
            const BwRing *ring_b = &g_array_index (rings_b, BwRing, k);

            nearest_nm = MIN (nearest_nm, corners_to_ring_nm (ring_a, ring_b));
            nearest_nm = MIN (nearest_nm, corners_to_ring_nm (ring_b, ring_a));
          }
      free_body (rings_a);
      free_body (rings_b);
    }
  return nearest_nm;
}

/* Courtyards -------------------------------------------------------------------------------- */

static void
check_pair (Check   *self,
            guint32  a,
            guint32  b,
            gint32   gap_nm)
{
  const BwFootprint *footprints = self->board->footprints;
  double apart_nm;

  if (is_held (self, a) && is_held (self, b))
    return;
  apart_nm = distance_nm (self, a, b);
  /* Half a micron of rounding at any angle is no violation. */
  if (apart_nm + 500.0 < gap_nm)
    g_ptr_array_add (self->facts,
                     g_strdup_printf ("%s is %.3f mm from %s; the rules of the board ask for %g mm"
                                      " between their courtyards", footprints[a].key,
                                      apart_nm / BW_NM_PER_MM, footprints[b].key,
                                      bw_nm_to_mm (gap_nm)));
}

static int
compare_left (const void *a,
              const void *b)
{
  const Body *left = a, *right = b;

  if (left->box.x0_nm != right->box.x0_nm)
    return left->box.x0_nm < right->box.x0_nm ? -1 : 1;
  return left->footprint < right->footprint ? -1 : left->footprint > right->footprint;
}

static void
check_gaps (Check *self)
{
  guint32 n = self->board->n_footprints;
  g_autofree Body *bodies = g_new0 (Body, (gsize) n + 1);
  gint32 widest_nm = 0;
  guint n_pairs = 0;

  for (guint32 i = 0; i < n; i++)
    {
      const BwFootprint *footprint = &self->board->footprints[i];

      bodies[i] = (Body) { i, bw_board_rules_gap_nm (self->board, footprint),
                           bw_placed_body_box (footprint, &self->poses[i]) };
      widest_nm = MAX (widest_nm, bodies[i].gap_nm);
    }
  if (widest_nm == 0)
    return;
  qsort (bodies, n, sizeof *bodies, compare_left);
  for (guint32 i = 0; i < n; i++)
    for (guint32 k = i + 1; k < n && self->facts->len < MAX_FACTS && n_pairs < MAX_PAIRS; k++)
      {
        const BwBox *a = &bodies[i].box, *b = &bodies[k].box;
        gint64 gap_nm = MAX (bodies[i].gap_nm, bodies[k].gap_nm);

        if ((gint64) b->x0_nm - a->x1_nm >= widest_nm)
          break;
        n_pairs++;
        if ((gint64) b->x0_nm - a->x1_nm < gap_nm && (gint64) b->y0_nm - a->y1_nm < gap_nm &&
            (gint64) a->y0_nm - b->y1_nm < gap_nm)
          check_pair (self, bodies[i].footprint, bodies[k].footprint, (gint32) gap_nm);
      }
}

/* Areas ------------------------------------------------------------------------------------- */

static void
check_area (Check        *self,
            const BwArea *area)
{
  for (guint32 i = 0; i < area->n_footprints && self->facts->len < MAX_FACTS; i++)
    {
      guint32 index = area->footprints[i];
      const BwFootprint *footprint = &self->board->footprints[index];
      BwBox box = bw_placed_body_box (footprint, &self->poses[index]);
      BwPoint middle = { (gint32) (((gint64) box.x0_nm + box.x1_nm) / 2),
                         (gint32) (((gint64) box.y0_nm + box.y1_nm) / 2) };

      if (!is_held (self, index) && bw_ring_locate_point (&area->ring, middle) < 0)
        g_ptr_array_add (self->facts,
                         g_strdup_printf ("%s is not in the rule area “%s”", footprint->key,
                                          area->name[0] != '\0' ? area->name : area->source));
    }
}

GPtrArray *
bw_board_rules_check (const BwBoard  *board,
                      const BwPose   *poses,
                      const guint8   *held)
{
  Check check = { board, poses, held, g_ptr_array_new_with_free_func (g_free) };

  check_gaps (&check);
  for (guint32 i = 0; i < board->n_pair_rules && check.facts->len < MAX_FACTS; i++)
    check_pair (&check, board->pair_rules[i].a, board->pair_rules[i].b,
                board->pair_rules[i].courtyard_clearance_nm);
  for (guint32 i = 0; i < board->n_areas; i++)
    check_area (&check, &board->areas[i]);
  return check.facts;
}
