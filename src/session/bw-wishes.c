/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "session/bw-wishes.h"

#include "board/bw-connector.h"
#include "session/bw-channels.h"
#include "session/bw-placed-body.h"
#include "session/bw-tidy.h"

#define UPRIGHT_SHARE 0.5
/* So many pads pull a connector inward as much as the weight of edges holds it; one with more is
 * held more, up to so many times. */
#define PADS_PER_HOLD 3.0
#define MOST_HOLDS 8.0
/* Of an edge, that connectors may take before others go to another one. */
#define SHARED_PART 3
/* A box this much smaller than a circle's radius is within it. */
#define IN_CIRCLE 0.7071

void
bw_wishes_init (BwWishes       *self,
                const BwBoard  *board,
                const BwPose   *start,
                const gboolean *fixed)
{
  BwBox all = BW_BOX_EMPTY;

  *self = (BwWishes) {
    .board = board,
    .start = start,
    .room = bw_placed_body_room (board),
    .nets = g_array_new (FALSE, FALSE, sizeof (BwWishNet)),
    .pins = g_array_new (FALSE, FALSE, sizeof (BwWishPin)),
    .aparts = g_array_new (FALSE, FALSE, sizeof (BwProblemApart)),
  };
  /* A board without an outline is gathered about what is fixed: the anchor must not shift that. */
  for (guint i = 0; i < board->n_footprints; i++)
    {
      if (fixed[i])
        {
          self->anchor_at = start[i].at;
          return;
        }
      bw_box_add_point (&all, start[i].at);
    }
  if (!bw_box_is_empty (&all))
    self->anchor_at = (BwPoint) { (gint32) (((gint64) all.x0_nm + all.x1_nm) / 2),
                                  (gint32) (((gint64) all.y0_nm + all.y1_nm) / 2) };
}

void
bw_wishes_clear (BwWishes *self)
{
  g_array_unref (self->nets);
  g_array_unref (self->pins);
  g_clear_pointer (&self->aparts, g_array_unref);
}

static void
add_net (BwWishes *self,
         BwGoal    goal,
         double    weight)
{
  BwWishNet net = { goal, weight };

  g_array_append_val (self->nets, net);
}

static gint32
clamp_nm (gint64 value_nm)
{
  return (gint32) CLAMP (value_nm, -BW_COORD_MAX_NM, BW_COORD_MAX_NM);
}

/* A pin of the net that was added last. */
static void
add_pin (BwWishes *self,
         guint32   part,
         gint64    x_nm,
         gint64    y_nm)
{
  BwWishPin pin = { part, { { clamp_nm (x_nm), clamp_nm (y_nm) },
                            self->board->n_nets + self->nets->len - 1 } };

  g_array_append_val (self->pins, pin);
}

static void
add_centre (BwWishes *self,
            guint32   part)
{
  const BwBox *box = &self->board->footprints[part].box;

  add_pin (self, part, ((gint64) box->x0_nm + box->x1_nm) / 2,
           ((gint64) box->y0_nm + box->y1_nm) / 2);
}

static void
add_still (BwWishes *self,
           gint64    x_nm,
           gint64    y_nm)
{
  self->needs_anchor = TRUE;
  add_pin (self, self->board->n_footprints, x_nm - self->anchor_at.x_nm,
           y_nm - self->anchor_at.y_nm);
}

/* What is to be at the edge: of a connector the side that its plug comes from. One that stands
 * upright is to lie along the edge, so it is both of its ends. */
static void
add_face (BwWishes *self,
          guint32   part)
{
  const BwFootprint *footprint = &self->board->footprints[part];
  const BwBox *box = &footprint->box;
  gint64 x_nm = ((gint64) box->x0_nm + box->x1_nm) / 2;
  gint64 y_nm = ((gint64) box->y0_nm + box->y1_nm) / 2;
  BwPoint mouth, outward;

  if (!bw_connector_is (self->board, footprint))
    add_centre (self, part);
  else if (bw_connector_mouth (footprint, &mouth, &outward))
    add_pin (self, part, mouth.x_nm, mouth.y_nm);
  else if (bw_connector_is_long (footprint, &outward))
    {
      add_pin (self, part, outward.x_nm ? x_nm : box->x0_nm, outward.y_nm ? y_nm : box->y0_nm);
      add_pin (self, part, outward.x_nm ? x_nm : box->x1_nm, outward.y_nm ? y_nm : box->y1_nm);
    }
  else
    add_centre (self, part);
}

/* A net from the part to the whole of an edge: along the edge it is as long everywhere. */
static void
add_edge (BwWishes *self,
          BwEdge    edge,
          guint32   part,
          BwGoal    goal,
          double    weight)
{
  const BwFootprint *footprint = &self->board->footprints[part];
  BwBox box = bw_placed_body_box (footprint, &self->start[part]);
  BwBox line = self->room;

  if (bw_box_is_empty (&self->room))
    return;
  if (edge == BW_EDGE_ANY)
    edge = bw_placed_body_nearest (&self->room, &box);
  if (edge == BW_EDGE_LEFT)
    line.x1_nm = line.x0_nm;
  else if (edge == BW_EDGE_RIGHT)
    line.x0_nm = line.x1_nm;
  else if (edge == BW_EDGE_TOP)
    line.y1_nm = line.y0_nm;
  else
    line.y0_nm = line.y1_nm;
  add_net (self, goal, weight);
  add_face (self, part);
  add_still (self, line.x0_nm, line.y0_nm);
  add_still (self, line.x1_nm, line.y1_nm);
}

/* A net between the part's centre and a zone about the other's body: it costs nothing within. */
static void
add_near (BwWishes           *self,
          const BwConstraint *rule,
          guint32             part)
{
  guint32 near = (guint32) rule->near;
  const BwBox *body = &self->board->footprints[part].box;
  const BwBox *other = &self->board->footprints[near].box;
  gint64 width_nm = (gint64) body->x1_nm - body->x0_nm;
  gint64 height_nm = (gint64) body->y1_nm - body->y0_nm;
  gint64 reach_nm = (gint64) (IN_CIRCLE * rule->near_nm) + MIN (width_nm, height_nm) / 2;

  if (part == near)
    return;
  add_net (self, BW_GOAL_CONSTRAINTS, rule->importance);
  add_centre (self, part);
  add_pin (self, near, other->x0_nm - reach_nm, other->y0_nm - reach_nm);
  add_pin (self, near, other->x1_nm + reach_nm, other->y0_nm - reach_nm);
  add_pin (self, near, other->x1_nm + reach_nm, other->y1_nm + reach_nm);
  add_pin (self, near, other->x0_nm - reach_nm, other->y1_nm + reach_nm);
}

static void
add_pair (BwWishes           *self,
          const BwConstraint *rule,
          guint32             a,
          guint32             b)
{
  BwProblemApart apart = { a, b, rule->apart_nm, false };

  if (a != b)
    g_array_append_val (self->aparts, apart);
}

static void
add_apart (BwWishes           *self,
           const BwConstraint *rule)
{
  for (guint i = 0; i < rule->n_parts; i++)
    if (rule->n_apart_from > 0)
      for (guint k = 0; k < rule->n_apart_from; k++)
        add_pair (self, rule, rule->parts[i], rule->apart_from[k]);
    else
      for (guint k = i + 1; k < rule->n_parts; k++)
        add_pair (self, rule, rule->parts[i], rule->parts[k]);
}

static void
add_rule (BwWishes           *self,
          const BwConstraint *rule)
{
  for (guint i = 0; i < rule->n_parts; i++)
    {
      if (rule->edge != BW_EDGE_NONE)
        add_edge (self, rule->edge, rule->parts[i], BW_GOAL_CONSTRAINTS, rule->importance);
      if (rule->near >= 0)
        add_near (self, rule, rule->parts[i]);
    }
  if (rule->together && rule->n_parts > 1)
    {
      add_net (self, BW_GOAL_CONSTRAINTS, rule->importance);
      for (guint i = 0; i < rule->n_parts; i++)
        add_centre (self, rule->parts[i]);
    }
  if (rule->apart_nm > 0)
    add_apart (self, rule);
}

void
bw_wishes_add_constraints (BwWishes            *self,
                           const BwConstraints *constraints)
{
  for (guint i = 0; i < constraints->n_rules; i++)
    add_rule (self, &constraints->rules[i]);
}

/* A zone for the middle of each part, that leaves room for half of its short side; by the box round
 * the area. A wish and no limit: what does not fit has to lie beside it. */
static void
add_area (BwWishes       *self,
          const BwArea   *area,
          const gboolean *fixed)
{
  BwBox zone = bw_ring_box (&area->ring);

  for (guint i = 0; i < area->n_footprints; i++)
    {
      guint32 part = area->footprints[i];
      const BwBox *body = &self->board->footprints[part].box;
      gint64 width_nm = (gint64) body->x1_nm - body->x0_nm;
      gint64 height_nm = (gint64) body->y1_nm - body->y0_nm;
      gint64 inset_nm = MIN (width_nm, height_nm) / 2;
      gint64 inset_x_nm = MIN (inset_nm, ((gint64) zone.x1_nm - zone.x0_nm) / 2);
      gint64 inset_y_nm = MIN (inset_nm, ((gint64) zone.y1_nm - zone.y0_nm) / 2);

      if (fixed[part])
        continue;
      add_net (self, BW_GOAL_CONSTRAINTS, BW_CONSTRAINT_IMPORTANCE);
      add_centre (self, part);
      add_still (self, zone.x0_nm + inset_x_nm, zone.y0_nm + inset_y_nm);
      add_still (self, zone.x1_nm - inset_x_nm, zone.y1_nm - inset_y_nm);
    }
}

void
bw_wishes_add_board (BwWishes       *self,
                     const gboolean *fixed)
{
  for (guint i = 0; i < self->board->n_pair_rules; i++)
    {
      const BwPairRule *rule = &self->board->pair_rules[i];
      BwProblemApart apart = { rule->a, rule->b, rule->courtyard_clearance_nm, true };

      g_array_append_val (self->aparts, apart);
    }
  for (guint i = 0; i < self->board->n_areas; i++)
    add_area (self, &self->board->areas[i], fixed);
}

/* Two opposite corners are held to where they are, so that to turn costs as much as to move. */
void
bw_wishes_add_stay (BwWishes       *self,
                    const gboolean *fixed,
                    double          weight)
{
  for (guint i = 0; i < self->board->n_footprints; i++)
    {
      const BwBox *box = &self->board->footprints[i].box;
      const BwPoint corners[2] = { { box->x0_nm, box->y0_nm }, { box->x1_nm, box->y1_nm } };
      BwTransform transform = bw_pose_transform (&self->start[i]);

      for (guint k = 0; k < 2 && !fixed[i]; k++)
        {
          BwPoint still = bw_transform_point (&transform, corners[k]);

          add_net (self, BW_GOAL_STAY, weight / 2.0);
          add_pin (self, i, corners[k].x_nm, corners[k].y_nm);
          add_still (self, still.x_nm, still.y_nm);
        }
    }
}

/* Both pads on one net that is no wire. */
static void
add_services (BwWishes       *self,
              GArray         *services,
              const gboolean *fixed,
              BwGoal          goal)
{
  for (guint i = 0; i < services->len; i++)
    {
      const BwService *service = &g_array_index (services, BwService, i);
      BwPoint at = self->board->footprints[service->part].pads[service->pad].at;
      BwPoint served_at = self->board->footprints[service->served].pads[service->served_pad].at;

      if (fixed[service->part] && fixed[service->served])
        continue;
      add_net (self, goal, 1.0);
      add_pin (self, service->part, at.x_nm, at.y_nm);
      add_pin (self, service->served, served_at.x_nm, served_at.y_nm);
    }
}

/* The nearest. Of parts that lie beside the board still, the one that has the most left; but where
 * they may share, one that others are at, too, while these take little of it. */
static BwEdge
choose_edge (BwWishes *self,
             guint32   part,
             gboolean  may_share,
             gint64   *taken_nm)
{
  const BwBox *room = &self->room;
  BwBox box = bw_placed_body_box (&self->board->footprints[part], &self->start[part]);
  gint64 long_nm = MAX ((gint64) box.x1_nm - box.x0_nm, (gint64) box.y1_nm - box.y0_nm);
  gboolean best_is_shared = FALSE;
  BwEdge best = BW_EDGE_LEFT;
  gint64 most_nm = G_MININT64;

  if (bw_box_overlaps (&box, room))
    return BW_EDGE_ANY;
  for (BwEdge edge = BW_EDGE_LEFT; edge <= BW_EDGE_BOTTOM; edge++)
    {
      gboolean upright = edge == BW_EDGE_LEFT || edge == BW_EDGE_RIGHT;
      gint64 length_nm = upright ? (gint64) room->y1_nm - room->y0_nm
                                 : (gint64) room->x1_nm - room->x0_nm;
      gint64 left_nm = length_nm - taken_nm[edge];
      gboolean is_shared = may_share && taken_nm[edge] > 0 &&
                           taken_nm[edge] + long_nm <= length_nm / SHARED_PART;

      if (is_shared < best_is_shared || (is_shared == best_is_shared && left_nm <= most_nm))
        continue;
      most_nm = left_nm;
      best = edge;
      best_is_shared = is_shared;
    }
  taken_nm[best] += long_nm;
  return best;
}

/* Wires across an empty board are long. Where something is held, other connectors belong to what is
 * there, which may be at any edge. */
static gboolean
is_empty (const BwBoard  *board,
          const gboolean *fixed)
{
  for (guint i = 0; i < board->n_footprints; i++)
    if (fixed[i] && board->footprints[i].hold != BW_HOLD_NO_NETS &&
        board->footprints[i].hold != BW_HOLD_MOUNTING_HOLE)
      return FALSE;
  return TRUE;
}

/* Where a plug comes from a side that is to be at the edge. By hand, three of four of those that
 * stand upright are there as well; but with less of a reason. */
static void
add_edges (BwWishes       *self,
           const gboolean *fixed)
{
  gint64 taken_nm[BW_EDGE_ANY] = { 0 };
  gboolean may_share = is_empty (self->board, fixed);

  for (guint i = 0; i < self->board->n_footprints; i++)
    {
      const BwFootprint *footprint = &self->board->footprints[i];
      BwPoint mouth, outward;
      gboolean lies = bw_connector_mouth (footprint, &mouth, &outward);

      if (!fixed[i] && bw_connector_is (self->board, footprint) &&
          (lies || footprint->n_pads >= BW_CONNECTOR_PADS))
        add_edge (self, choose_edge (self, i, may_share, taken_nm), i, BW_GOAL_EDGES,
                  (lies ? 1.0 : UPRIGHT_SHARE) *
                    CLAMP (footprint->n_pads / PADS_PER_HOLD, 1.0, MOST_HOLDS));
    }
}

/* Apart from one another, so that there is room to lay them out alike. */
static void
add_channels (BwWishes     *self,
              const GArray *channels)
{
  for (guint i = 0; i < channels->len; i++)
    {
      const BwChannel *channel = &g_array_index (channels, BwChannel, i);

      add_net (self, BW_GOAL_CHANNELS, 1.0);
      for (guint k = 0; k < channel->n_parts; k++)
        add_centre (self, channel->parts[k]);
    }
}

/* What is merely guessed may be shown, but pulls nothing together. */
static void
add_modules (BwWishes *self)
{
  guint n = self->board->n_footprints;
  g_autofree guint32 *first = g_new (guint32, self->board->n_modules + 1);
  g_autofree guint32 *next = g_new (guint32, n + 1);

  for (guint m = 0; m < self->board->n_modules; m++)
    first[m] = n;
  for (guint i = n; i-- > 0;)
    {
      gint32 module = self->board->footprints[i].module;

      if (module < 0)
        continue;
      next[i] = first[module];
      first[module] = i;
    }
  for (guint m = 0; m < self->board->n_modules; m++)
    {
      if (self->board->modules[m].inferred || first[m] == n)
        continue;
      add_net (self, BW_GOAL_MODULES, 1.0);
      for (guint32 i = first[m]; i < n; i = next[i])
        add_centre (self, i);
    }
}

void
bw_wishes_add_tidy (BwWishes       *self,
                    const GArray   *channels,
                    const gboolean *fixed)
{
  g_autoptr (GArray) decoupling = bw_tidy_find_decoupling (self->board, self->start);
  g_autoptr (GArray) crystals = bw_tidy_find_crystals (self->board, self->start);

  add_services (self, decoupling, fixed, BW_GOAL_DECOUPLING);
  add_services (self, crystals, fixed, BW_GOAL_CRYSTALS);
  add_edges (self, fixed);
  add_channels (self, channels);
  add_modules (self);
}
