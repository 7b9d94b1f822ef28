/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "board/bw-edge-holds.h"

#include "base/bw-polygon.h"
#include "board/bw-connector.h"

/* Of a board made to take long: corners of outline and areas that are looked at, and pairs of
 * corners of two bodies. What comes after that is not held. */
#define MOST_CORNERS 100000000u
#define MOST_PAIRS 50000000u
/* By hand, courtyards of neighbours reach into one another by as much. */
#define SLOPPY_NM 1000000

typedef struct
{
  const BwBoard *board;
  GArray *points[2]; /* BwPoint; of a ring where it lies */
  guint64 n_corners; /* of one look at the outline */
  guint64 n_looked_at;
  guint64 n_pairs;
} Search;

static BwRing
place_ring (const BwRing      *ring,
            const BwTransform *transform,
            GArray            *points)
{
  g_array_set_size (points, 0);
  for (guint32 i = 0; i < ring->n_points; i++)
    {
      BwPoint point = bw_transform_point (transform, ring->points[i]);

      g_array_append_val (points, point);
    }
  return (BwRing) { (const BwPoint *) (void *) points->data, points->len };
}

/* Which of the footprint's own sides lies on a side of the board. */
static guint
own_side (const BwFootprint *footprint,
          guint              side)
{
  return footprint->pose.side == BW_SIDE_BACK ? BW_N_SIDES - 1 - side : side;
}

static gboolean
bodies_overlap (Search            *self,
                const BwFootprint *a,
                BwPose             pose_a,
                const BwFootprint *b)
{
  BwTransform transform_a = bw_pose_transform (&pose_a), transform_b = bw_pose_transform (&b->pose);

  for (guint side = 0; side < BW_N_SIDES; side++)
    for (guint i = 0, own_a = own_side (a, side); i < a->n_body[own_a]; i++)
      {
        BwRing ring = place_ring (&a->body[own_a][i], &transform_a, self->points[0]);

        for (guint k = 0, own_b = own_side (b, side); k < b->n_body[own_b]; k++)
          {
            BwRing other = place_ring (&b->body[own_b][k], &transform_b, self->points[1]);

            self->n_pairs += (guint64) ring.n_points * other.n_points;
            if (self->n_pairs > MOST_PAIRS || bw_rings_overlap (&ring, &other))
              return TRUE;
          }
      }
  return FALSE;
}

/* Also a little to any side. */
static gboolean
lies_on (Search            *self,
         const BwFootprint *a,
         const BwFootprint *b)
{
  static const BwPoint ways[] = { { 0, 0 }, { 1, 0 }, { -1, 0 }, { 0, 1 }, { 0, -1 } };

  for (guint i = 0; i < G_N_ELEMENTS (ways); i++)
    {
      BwPose pose = a->pose;

      pose.at.x_nm += ways[i].x_nm * SLOPPY_NM;
      pose.at.y_nm += ways[i].y_nm * SLOPPY_NM;
      if (!bodies_overlap (self, a, pose, b))
        return FALSE;
    }
  return TRUE;
}

/* Fiducials and logos: people put them below a connector's body, where nothing else goes. */
static gboolean
tells_nothing (const BwFootprint *footprint)
{
  return footprint->hold == BW_HOLD_NO_NETS && !footprint->through_hole;
}

static gboolean
lies_on_what_is_held (Search            *self,
                      const BwFootprint *footprint)
{
  for (guint32 i = 0; i < self->board->n_footprints; i++)
    {
      const BwFootprint *other = &self->board->footprints[i];

      if (other->hold != BW_HOLD_NONE && !tells_nothing (other) && lies_on (self, footprint, other))
        return TRUE;
    }
  return FALSE;
}

/* By what it is made for: it opens over the edge, or radiates over it. */
static gboolean
belongs_at_edge (const BwBoard     *board,
                 const BwFootprint *footprint)
{
  return bw_connector_overhangs (board, footprint, &footprint->pose) ||
         bw_connector_radiates (board, footprint, &footprint->pose) ||
         (bw_connector_is (board, footprint) &&
          bw_connector_at_edge (board, footprint, &footprint->pose));
}

static gboolean
was_put_over_edge (const BwBoard     *board,
                   const BwFootprint *footprint)
{
  return bw_connector_is (board, footprint) &&
         bw_connector_reaches_over (board, footprint, &footprint->pose);
}

typedef gboolean (*IsAtEdge) (const BwBoard     *board,
                              const BwFootprint *footprint);

static void
hold_those (Search   *self,
            IsAtEdge  is_at_edge)
{
  for (guint32 i = 0; i < self->board->n_footprints; i++)
    {
      BwFootprint *footprint = (BwFootprint *) &self->board->footprints[i];

      self->n_looked_at += self->n_corners;
      if (footprint->hold == BW_HOLD_NONE && self->n_looked_at <= MOST_CORNERS &&
          is_at_edge (self->board, footprint) && !lies_on_what_is_held (self, footprint))
        footprint->hold = BW_HOLD_AT_EDGE;
    }
}

void
bw_reader_edge_holds (BwReader *self)
{
  const BwBoard *board = &self->board->board;
  Search search = { .board = board };

  for (guint32 i = 0; i < board->n_outlines; i++)
    search.n_corners += board->outlines[i].ring.n_points;
  for (guint32 i = 0; i < board->n_rule_areas; i++)
    search.n_corners += board->rule_areas[i].ring.n_points;
  for (guint i = 0; i < 2; i++)
    search.points[i] = g_array_new (FALSE, FALSE, sizeof (BwPoint));
  hold_those (&search, belongs_at_edge);
  hold_those (&search, was_put_over_edge);
  for (guint i = 0; i < 2; i++)
    g_array_unref (search.points[i]);
}
