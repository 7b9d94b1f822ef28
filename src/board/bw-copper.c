/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "board/bw-copper.h"

#include <string.h>

#include "base/bw-polygon.h"
#include "base/bw-segment.h"

/* So that a file made to be slow is not. */
#define MAX_TESTS_PER_NET 30000000

/* Whether an end of the track, or the via, lies in the pad's copper on the same side. */
static gboolean
ends_in_pad (const BwTrack     *track,
             const BwTransform *transform,
             BwSide             side,
             const BwPad       *pad)
{
  guint8 sides = pad->sides;

  if (side == BW_SIDE_BACK && sides != 3)
    sides ^= 3;
  /* Inner copper has no side, and reaches no pad but those with a hole. */
  if ((sides & track->sides) == 0 && !(track->sides == 0 && pad->drill_nm > 0))
    return FALSE;
  for (guint32 i = 0; i < track->n_points; i += MAX (track->n_points - 1, 1))
    {
      BwPoint local = bw_transform_point_back (transform, track->points[i]);

      if (bw_ring_locate_point (&pad->outline, local) >= 0)
        return TRUE;
    }
  return FALSE;
}

void
bw_copper_find_routed (const BwBoard *board,
                       gboolean      *routed)
{
  g_autofree BwTransform *transforms = NULL;

  g_return_if_fail (board != NULL);
  g_return_if_fail (routed != NULL || board->n_footprints == 0);

  transforms = g_new (BwTransform, board->n_footprints);
  for (guint32 i = 0; i < board->n_footprints; i++)
    {
      transforms[i] = bw_pose_transform (&board->footprints[i].pose);
      routed[i] = FALSE;
    }
  for (guint32 i = 0; i < board->n_nets; i++)
    if ((guint64) board->nets[i].n_tracks * board->nets[i].n_pins > MAX_TESTS_PER_NET)
      for (guint32 k = 0; k < board->nets[i].n_pins; k++)
        routed[board->nets[i].pins[k].footprint] = TRUE;
  for (guint32 i = 0; i < board->n_tracks; i++)
    {
      const BwTrack *track = &board->tracks[i];

      if (track->net < 0 || (guint64) board->nets[track->net].n_tracks *
                            board->nets[track->net].n_pins > MAX_TESTS_PER_NET)
        continue;
      for (guint32 k = 0; k < board->nets[track->net].n_pins; k++)
        {
          const BwPin *pin = &board->nets[track->net].pins[k];
          const BwFootprint *footprint = &board->footprints[pin->footprint];

          if (!routed[pin->footprint] &&
              ends_in_pad (track, &transforms[pin->footprint], footprint->pose.side,
                           &footprint->pads[pin->pad]))
            routed[pin->footprint] = TRUE;
        }
    }
}

/* A footprint that was moved, and the box of its pads where it is now. */
typedef struct
{
  const BwFootprint *footprint;
  BwTransform transform;
  BwSide side;
  BwBox box;
} Moved;

static GArray *
find_moved (const BwBoard *board,
            const BwPose  *poses)
{
  GArray *moved = g_array_new (FALSE, FALSE, sizeof (Moved));

  for (guint32 i = 0; i < board->n_footprints; i++)
    {
      const BwFootprint *footprint = &board->footprints[i];
      Moved one = { footprint, bw_pose_transform (&poses[i]), poses[i].side, BW_BOX_EMPTY };

      if (bw_pose_equal (&poses[i], &footprint->pose))
        continue;
      for (guint32 k = 0; k < footprint->n_pads; k++)
        for (guint32 p = 0; p < footprint->pads[k].outline.n_points; p++)
          bw_box_add_point (&one.box, bw_transform_point (&one.transform,
                                                          footprint->pads[k].outline.points[p]));
      if (!bw_box_is_empty (&one.box))
        g_array_append_val (moved, one);
    }
  return moved;
}

static BwBox
box_of_track (const BwTrack *track)
{
  BwBox box = BW_BOX_EMPTY;

  for (guint32 i = 0; i < track->n_points; i++)
    bw_box_add_point (&box, track->points[i]);
  return box;
}

static gboolean
is_near (const BwBox *a,
         const BwBox *b,
         gint64       reach_nm)
{
  return a->x0_nm - reach_nm < b->x1_nm && a->x1_nm + reach_nm > b->x0_nm &&
         a->y0_nm - reach_nm < b->y1_nm && a->y1_nm + reach_nm > b->y0_nm;
}

static gboolean
is_in_way_of (const BwTrack *track,
              double         reach_nm,
              const Moved   *moved)
{
  for (guint32 k = 0; k < moved->footprint->n_pads; k++)
    {
      const BwPad *pad = &moved->footprint->pads[k];
      guint8 sides = moved->side == BW_SIDE_BACK && pad->sides != 3 ? pad->sides ^ 3 : pad->sides;

      /* A hole goes through everything. */
      if ((pad->net >= 0 && pad->net == track->net) ||
          (pad->drill_nm == 0 && (sides & track->sides) == 0))
        continue;
      for (guint32 i = 0; i < track->n_points; i++)
        {
          BwPoint a = bw_transform_point_back (&moved->transform, track->points[i > 0 ? i - 1 : 0]);
          BwPoint b = bw_transform_point_back (&moved->transform, track->points[i]);

          if (bw_segment_to_ring_nm (a, b, &pad->outline) < reach_nm)
            return TRUE;
        }
    }
  return FALSE;
}

void
bw_copper_find_in_way (const BwBoard *board,
                       const BwPose  *poses,
                       gboolean      *nets)
{
  g_autoptr (GArray) moved = find_moved (board, poses);

  for (guint32 i = 0; i < board->n_tracks; i++)
    {
      const BwTrack *track = &board->tracks[i];
      gint64 reach_nm = track->width_nm / 2 + (gint64) MAX (board->rules.clearance_nm, 0);
      BwBox box;

      if (track->net < 0 || nets[track->net])
        continue;
      box = box_of_track (track);
      for (guint k = 0; k < moved->len && !nets[track->net]; k++)
        {
          const Moved *one = &g_array_index (moved, Moved, k);

          nets[track->net] = is_near (&box, &one->box, reach_nm) &&
                             is_in_way_of (track, reach_nm, one);
        }
    }
}

/* The first item of the first list of this kind, as it is written: it is compared with what the
 * same file says elsewhere. NULL: there is none. */
static char *
dup_item_in (const BwSexpr *sexpr,
             guint32        node,
             BwKeyword      keyword)
{
  guint32 list = bw_sexpr_find (sexpr, node, keyword);
  BwSexprCursor cursor;

  if (list == 0)
    return NULL;
  cursor = bw_sexpr_enter (sexpr, list);
  if (bw_sexpr_next (&cursor) != BW_SEXPR_ATOM && cursor.kind != BW_SEXPR_STRING)
    return NULL;
  return g_strndup (sexpr->text + cursor.offset, cursor.length);
}

static char *
dup_identifier (const BwSexpr *sexpr,
                guint32        node)
{
  char *identifier = dup_item_in (sexpr, node, BW_KEYWORD_UUID);

  if (identifier == NULL)
    identifier = dup_item_in (sexpr, node, BW_KEYWORD_TSTAMP);
  return identifier != NULL ? identifier : dup_item_in (sexpr, node, BW_KEYWORD_ID);
}

static void
take_out (const BwSexpr *sexpr,
          BwSplice      *splice,
          guint32        node,
          GHashTable    *gone)
{
  char *identifier = dup_identifier (sexpr, node);

  bw_splice_remove (splice, sexpr->nodes[node].offset, sexpr->nodes[node].length);
  if (identifier != NULL)
    g_hash_table_add (gone, identifier);
}

gboolean
bw_copper_is_teardrop (const BwSexpr *sexpr,
                       guint32        zone)
{
  guint32 attributes = bw_sexpr_find (sexpr, zone, BW_KEYWORD_ATTR);
  BwSexprCursor cursor;

  if (attributes == 0)
    return FALSE;
  cursor = bw_sexpr_enter (sexpr, attributes);
  if (bw_sexpr_next (&cursor) != BW_SEXPR_LIST)
    return bw_sexpr_is (&cursor, "teardrop");
  return sexpr->nodes[cursor.node].length > strlen ("(teardrop") &&
         strncmp (sexpr->text + sexpr->nodes[cursor.node].offset, "(teardrop",
                  strlen ("(teardrop")) == 0;
}

typedef struct
{
  guint n_gone;
  guint n_left;
} Members;

/* Counts the members of a group or of what is generated; with a splice, takes out those that are
 * gone. */
static Members
edit_members (const BwSexpr *sexpr,
              guint32        node,
              GHashTable    *gone,
              BwSplice      *splice)
{
  guint32 list = bw_sexpr_find (sexpr, node, BW_KEYWORD_MEMBERS);
  Members members = { 0 };
  BwSexprCursor cursor;

  if (list == 0)
    return members;
  for (cursor = bw_sexpr_enter (sexpr, list); bw_sexpr_next (&cursor) != BW_SEXPR_END;)
    {
      g_autofree char *identifier = g_strndup (sexpr->text + cursor.offset, cursor.length);
      guint32 quote = cursor.kind == BW_SEXPR_STRING;

      if (!g_hash_table_contains (gone, identifier))
        {
          members.n_left++;
          continue;
        }
      members.n_gone++;
      if (splice != NULL)
        bw_splice_remove (splice, cursor.offset - quote, cursor.length + 2 * quote);
    }
  return members;
}

static void
take_out_tracks (const BwSexpr  *sexpr,
                 const BwBoard  *board,
                 const gboolean *nets,
                 BwSplice       *splice,
                 GHashTable     *gone,
                 GHashTable     *net_items,
                 BwCopperCounts *counts)
{
  const BwSexprNode *nodes = sexpr->nodes;
  guint32 i = 0;

  for (guint32 child = 1; child < nodes[0].next; child = nodes[child].next)
    {
      char *item;
      gint32 net;

      if (nodes[child].keyword != BW_KEYWORD_SEGMENT && nodes[child].keyword != BW_KEYWORD_ARC &&
          nodes[child].keyword != BW_KEYWORD_VIA)
        continue;
      /* The board has its tracks in the order of the file. */
      g_assert (i < board->n_tracks);
      net = board->tracks[i++].net;
      if (net < 0 || !nets[net])
        continue;
      item = dup_item_in (sexpr, child, BW_KEYWORD_NET);
      if (item != NULL)
        g_hash_table_add (net_items, item);
      take_out (sexpr, splice, child, gone);
      counts->n_tracks++;
    }
}

void
bw_copper_rip_up (const BwSexpr  *sexpr,
                  const BwBoard  *board,
                  const gboolean *nets,
                  BwSplice       *splice,
                  BwCopperCounts *counts)
{
  const BwSexprNode *nodes = sexpr->nodes;
  g_autoptr (GHashTable) gone = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) net_items = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  take_out_tracks (sexpr, board, nets, splice, gone, net_items, counts);
  for (guint32 child = 1; child < nodes[0].next; child = nodes[child].next)
    if (nodes[child].keyword == BW_KEYWORD_ZONE && bw_copper_is_teardrop (sexpr, child))
      {
        g_autofree char *item = dup_item_in (sexpr, child, BW_KEYWORD_NET);

        if (item != NULL && g_hash_table_contains (net_items, item))
          take_out (sexpr, splice, child, gone);
      }
    else if (nodes[child].keyword == BW_KEYWORD_GENERATED &&
             edit_members (sexpr, child, gone, NULL).n_gone > 0)
      take_out (sexpr, splice, child, gone);

  /* Last, as anything above may be in a group. */
  for (guint32 child = 1; child < nodes[0].next; child = nodes[child].next)
    if (nodes[child].keyword == BW_KEYWORD_GROUP)
      {
        Members members = edit_members (sexpr, child, gone, NULL);

        if (members.n_gone > 0 && members.n_left == 0)
          take_out (sexpr, splice, child, gone);
        else if (members.n_gone > 0)
          edit_members (sexpr, child, gone, splice);
      }
}

/* KiCad writes (fill yes …) where a zone is filled, and (fill …) where it is not. */
static void
tell_unfilled (const BwSexpr *sexpr,
               guint32        zone,
               BwSplice      *splice)
{
  guint32 fill = bw_sexpr_find (sexpr, zone, BW_KEYWORD_FILL);
  BwSexprCursor cursor;

  if (fill == 0)
    return;
  cursor = bw_sexpr_enter (sexpr, fill);
  if (bw_sexpr_next (&cursor) == BW_SEXPR_ATOM && bw_sexpr_is (&cursor, "yes"))
    bw_splice_remove (splice, cursor.offset, cursor.length);
}

void
bw_copper_drop_fills (const BwSexpr  *sexpr,
                      BwSplice       *splice,
                      BwCopperCounts *counts)
{
  const BwSexprNode *nodes = sexpr->nodes;

  for (guint32 zone = 1; zone < nodes[0].next; zone = nodes[zone].next)
    {
      guint n_fills = 0;

      if (nodes[zone].keyword != BW_KEYWORD_ZONE || bw_copper_is_teardrop (sexpr, zone))
        continue;
      for (guint32 list = zone + 1; list < nodes[zone].next; list = nodes[list].next)
        if (nodes[list].keyword == BW_KEYWORD_FILLED_POLYGON ||
            nodes[list].keyword == BW_KEYWORD_FILL_SEGMENTS)
          {
            bw_splice_remove (splice, nodes[list].offset, nodes[list].length);
            n_fills++;
          }
      if (n_fills == 0)
        continue;
      tell_unfilled (sexpr, zone, splice);
      counts->n_fills++;
    }
}
