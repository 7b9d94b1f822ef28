/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "session/bw-constraints.h"

#include <math.h>
#include <stdarg.h>
#include <string.h>

#include "session/bw-placed-body.h"

/* What lies within this of an edge is at the edge: bodies keep some margin. */
#define AT_EDGE_NM 1000000

typedef struct
{
  const BwConstraints *constraints;
  const BwBoard *board;
  const BwPose *poses;
  BwBox room;
  guint rule;
  GArray *found;
  guint8 *broken; /* of each rule; NULL: all that breaks it is to be found */
} Check;

static const char *const edge_names[] = {
  [BW_EDGE_NONE] = "", [BW_EDGE_LEFT] = "left", [BW_EDGE_RIGHT] = "right", [BW_EDGE_TOP] = "top",
  [BW_EDGE_BOTTOM] = "bottom", [BW_EDGE_ANY] = "nearest",
};

/* Nothing more is to be found out about the rule. */
static gboolean
is_settled (const Check *self)
{
  return self->broken != NULL && self->broken[self->rule];
}

static void G_GNUC_PRINTF (3, 4)
add (Check      *self,
     guint32     footprint,
     const char *format,
     ...)
{
  const BwConstraint *rule = &self->constraints->rules[self->rule];
  g_autofree char *fact = NULL;
  BwViolation violation = { .rule = self->rule, .footprint = footprint };
  va_list args;

  if (self->broken != NULL)
    {
      self->broken[self->rule] = TRUE;
      return;
    }
  va_start (args, format);
  fact = g_strdup_vprintf (format, args);
  va_end (args);
  violation.message = g_strdup_printf ("%s:%u: %s%s%s", self->constraints->name, rule->line,
                                       rule->name, rule->name[0] != '\0' ? ": " : "", fact);
  g_array_append_val (self->found, violation);
}

static const char *
key_of (const Check *self,
        guint32      footprint)
{
  return self->board->footprints[footprint].key;
}

static BwBox
box_of (const Check *self,
        guint32      footprint)
{
  return bw_placed_body_box (&self->board->footprints[footprint], &self->poses[footprint]);
}

static gint64
gap_along (gint32 low_a,
           gint32 high_a,
           gint32 low_b,
           gint32 high_b)
{
  gint64 after = (gint64) low_b - high_a, before = (gint64) low_a - high_b;

  return MAX (0, MAX (after, before));
}

static double
distance_mm (const BwBox *a,
             const BwBox *b)
{
  double x_mm = bw_nm_to_mm (gap_along (a->x0_nm, a->x1_nm, b->x0_nm, b->x1_nm));
  double y_mm = bw_nm_to_mm (gap_along (a->y0_nm, a->y1_nm, b->y0_nm, b->y1_nm));

  return sqrt (x_mm * x_mm + y_mm * y_mm);
}

static void
check_pose (Check              *self,
            const BwConstraint *rule,
            guint32             footprint)
{
  const BwPose *pose = &self->poses[footprint];
  gboolean allowed = rule->n_rotations == 0;
  BwBox box;

  if (rule->side >= 0 && pose->side != (BwSide) rule->side)
    add (self, footprint, "%s is on the %s", key_of (self, footprint),
         pose->side == BW_SIDE_FRONT ? "front" : "back");
  for (guint i = 0; i < rule->n_rotations; i++)
    allowed = allowed || rule->rotations_cdeg[i] == pose->rotation_cdeg;
  if (!allowed)
    add (self, footprint, "%s is turned by %g degrees", key_of (self, footprint),
         pose->rotation_cdeg / 100.0);
  if (bw_box_is_empty (&rule->region))
    return;
  box = box_of (self, footprint);
  if (box.x0_nm < rule->region.x0_nm || box.y0_nm < rule->region.y0_nm ||
      box.x1_nm > rule->region.x1_nm || box.y1_nm > rule->region.y1_nm)
    add (self, footprint, "%s is not within its region", key_of (self, footprint));
}

static void
check_edge (Check  *self,
            BwEdge  edge,
            guint32 footprint)
{
  BwBox box = box_of (self, footprint);
  gint64 distance_nm = bw_placed_body_edge_nm (&self->room, &box, edge);

  if (self->board->n_outlines == 0)
    add (self, footprint, "the board has no outline, so no edge for %s",
         key_of (self, footprint));
  else if (distance_nm > AT_EDGE_NM)
    add (self, footprint, "%s is %.2f mm from the %s edge", key_of (self, footprint),
         bw_nm_to_mm (distance_nm), edge_names[edge]);
}

static void
check_near (Check              *self,
            const BwConstraint *rule,
            guint32             footprint)
{
  BwBox box = box_of (self, footprint), other = box_of (self, (guint32) rule->near);
  double apart_mm = distance_mm (&box, &other);

  if (footprint != (guint32) rule->near && apart_mm > bw_nm_to_mm (rule->near_nm))
    add (self, footprint, "%s is %.2f mm from %s, not within %g mm", key_of (self, footprint),
         apart_mm, key_of (self, (guint32) rule->near), bw_nm_to_mm (rule->near_nm));
}

static void
check_together (Check              *self,
                const BwConstraint *rule)
{
  BwBox all = BW_BOX_EMPTY;
  gint64 longest_nm;

  for (guint i = 0; i < rule->n_parts; i++)
    {
      BwBox box = box_of (self, rule->parts[i]);

      bw_box_add_box (&all, &box);
    }
  longest_nm = MAX ((gint64) all.x1_nm - all.x0_nm, (gint64) all.y1_nm - all.y0_nm);
  if (rule->together_nm >= 0 && longest_nm > rule->together_nm)
    add (self, rule->parts[0], "%s and the others take %.2f mm, not %g mm",
         key_of (self, rule->parts[0]), bw_nm_to_mm (longest_nm),
         bw_nm_to_mm (rule->together_nm));
}

static void
check_pair (Check              *self,
            const BwConstraint *rule,
            guint32             a,
            guint32             b)
{
  BwBox box = box_of (self, a), other = box_of (self, b);
  double apart_mm = distance_mm (&box, &other);

  if (a != b && apart_mm < bw_nm_to_mm (rule->apart_nm))
    add (self, a, "%s is %.2f mm from %s, not %g mm away", key_of (self, a), apart_mm,
         key_of (self, b), bw_nm_to_mm (rule->apart_nm));
}

static void
check_apart (Check              *self,
             const BwConstraint *rule)
{
  for (guint i = 0; i < rule->n_parts; i++)
    if (rule->n_apart_from > 0)
      for (guint k = 0; k < rule->n_apart_from && !is_settled (self); k++)
        check_pair (self, rule, rule->parts[i], rule->apart_from[k]);
    else
      for (guint k = i + 1; k < rule->n_parts && !is_settled (self); k++)
        check_pair (self, rule, rule->parts[i], rule->parts[k]);
}

static void
clear_violation (gpointer data)
{
  g_free (((BwViolation *) data)->message);
}

static void
check_rule (Check              *self,
            const BwConstraint *rule)
{
  for (guint i = 0; i < rule->n_parts && !is_settled (self); i++)
    {
      check_pose (self, rule, rule->parts[i]);
      if (rule->edge != BW_EDGE_NONE)
        check_edge (self, rule->edge, rule->parts[i]);
      if (rule->near >= 0)
        check_near (self, rule, rule->parts[i]);
    }
  if (rule->together)
    check_together (self, rule);
  if (rule->apart_nm >= 0)
    check_apart (self, rule);
}

static void
check_rules (Check *self)
{
  self->room = bw_placed_body_room (self->board);
  for (self->rule = 0; self->constraints != NULL && self->rule < self->constraints->n_rules;
       self->rule++)
    check_rule (self, &self->constraints->rules[self->rule]);
}

GArray *
bw_constraints_check (const BwConstraints *self,
                      const BwBoard       *board,
                      const BwPose        *poses)
{
  Check check = { .constraints = self, .board = board, .poses = poses,
                  .found = g_array_new (FALSE, FALSE, sizeof (BwViolation)) };

  g_array_set_clear_func (check.found, clear_violation);
  check_rules (&check);
  return check.found;
}

void
bw_constraints_judge (const BwConstraints *self,
                      const BwBoard       *board,
                      const BwPose        *poses,
                      guint8              *broken_out)
{
  Check check = { .constraints = self, .board = board, .poses = poses, .broken = broken_out };

  memset (broken_out, FALSE, self->n_rules);
  check_rules (&check);
}
