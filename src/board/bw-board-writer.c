/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "board/bw-board-writer.h"

#include "board/bw-board-private.h"
#include "board/bw-pose-edit.h"

gboolean
bw_tracks_from_name (const char *name,
                     BwTracks   *tracks_out)
{
  static const char *const names[] = {
    [BW_TRACKS_REFUSE] = "refuse",
    [BW_TRACKS_KEEP] = "keep",
    [BW_TRACKS_RIP_UP] = "ripup",
    [BW_TRACKS_LOCK] = "lock",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_str_equal (name, names[i]))
      {
        *tracks_out = (BwTracks) i;
        return TRUE;
      }
  return FALSE;
}

static BwPose
normalized (const BwPose *pose)
{
  BwPose normal = *pose;

  normal.rotation_cdeg = bw_cdeg_normalize (pose->rotation_cdeg);
  normal.side = pose->side == BW_SIDE_BACK ? BW_SIDE_BACK : BW_SIDE_FRONT;
  return normal;
}

static gboolean
has_moved (const BwBoard *board,
           const BwPose  *poses,
           guint32        i)
{
  BwPose pose = normalized (&poses[i]);

  return !bw_pose_equal (&pose, &board->footprints[i].pose);
}

static gboolean
any_has_moved (const BwBoard *board,
               const BwPose  *poses)
{
  for (guint32 i = 0; i < board->n_footprints; i++)
    if (has_moved (board, poses, i))
      return TRUE;
  return FALSE;
}

/* The nets of the footprints that move. */
static void
find_touched_nets (const BwBoard  *board,
                   const BwPose   *poses,
                   const gboolean *movable,
                   gboolean       *touched)
{
  for (guint32 i = 0; i < board->n_footprints; i++)
    if (movable != NULL ? movable[i] : has_moved (board, poses, i))
      for (guint32 k = 0; k < board->footprints[i].n_pads; k++)
        if (board->footprints[i].pads[k].net >= 0)
          touched[board->footprints[i].pads[k].net] = TRUE;
}

gboolean
bw_board_find_gone_copper (const BwBoard *board,
                           const BwPose  *poses,
                           BwTracks       tracks,
                           gboolean      *nets_out)
{
  g_return_val_if_fail (board != NULL, FALSE);
  g_return_val_if_fail (poses != NULL || board->n_footprints == 0, FALSE);

  for (guint32 i = 0; i < board->n_nets; i++)
    nets_out[i] = FALSE;
  if (tracks == BW_TRACKS_RIP_UP)
    {
      find_touched_nets (board, poses, NULL, nets_out);
      bw_copper_find_in_way (board, poses, nets_out);
    }
  return (tracks == BW_TRACKS_RIP_UP || tracks == BW_TRACKS_LOCK) && any_has_moved (board, poses);
}

GBytes *
bw_board_splice_poses (BwBoard      *board,
                       const BwPose *poses)
{
  return bw_board_splice_placement (board, poses, BW_TRACKS_KEEP, NULL);
}

GBytes *
bw_board_splice_placement (BwBoard        *board,
                           const BwPose   *poses,
                           BwTracks        tracks,
                           BwCopperCounts *counts_out)
{
  BwCopperCounts counts = { 0 };
  GBytes *bytes;
  g_autoptr (BwSexpr) sexpr = NULL;
  g_autoptr (BwLayerTable) layers = NULL;
  g_autoptr (BwSplice) splice = NULL;
  g_autofree gboolean *nets = NULL;
  gboolean drops_fills;
  GBytes *edited;
  const char *text;
  gsize length;
  guint32 i = 0;

  g_return_val_if_fail (board != NULL, NULL);
  g_return_val_if_fail (poses != NULL || board->n_footprints == 0, NULL);

  bytes = bw_board_private (board)->bytes;
  if (counts_out != NULL)
    *counts_out = counts;
  if (!any_has_moved (board, poses))
    return g_bytes_ref (bytes);

  /* The index is made anew: it takes less time than the save, and boards stay small. */
  text = g_bytes_get_data (bytes, &length);
  sexpr = bw_sexpr_new (text, length, board->name, NULL);
  g_assert (sexpr != NULL);
  layers = bw_layer_table_new (sexpr, bw_sexpr_find (sexpr, 0, BW_KEYWORD_LAYERS), board->version);
  splice = bw_splice_new (sexpr);

  for (guint32 child = 1; child < sexpr->nodes[0].next; child = sexpr->nodes[child].next)
    if (sexpr->nodes[child].keyword == BW_KEYWORD_FOOTPRINT ||
        sexpr->nodes[child].keyword == BW_KEYWORD_MODULE)
      {
        BwPoseEdit edit = {
          .sexpr = sexpr,
          .layers = layers,
          .splice = splice,
          .version = board->version,
          .old_pose = board->footprints[i].pose,
          .new_pose = normalized (&poses[i]),
        };

        if (has_moved (board, poses, i))
          bw_pose_edit_footprint (&edit, child);
        i++;
      }
  nets = g_new (gboolean, board->n_nets + 1);
  drops_fills = bw_board_find_gone_copper (board, poses, tracks, nets);
  if (tracks == BW_TRACKS_RIP_UP)
    bw_copper_rip_up (sexpr, board, nets, splice, &counts);
  if (drops_fills)
    bw_copper_drop_fills (sexpr, splice, &counts);
  if (counts_out != NULL)
    *counts_out = counts;
  edited = bw_splice_apply (splice);
  return edited != NULL ? edited : g_bytes_ref (bytes);
}

guint
bw_board_count_stale_tracks (const BwBoard  *board,
                             const BwPose   *poses,
                             const gboolean *movable,
                             guint          *n_nets_out)
{
  g_autofree gboolean *touched = NULL;
  guint n_tracks = 0, n_nets = 0;

  g_return_val_if_fail (board != NULL, 0);
  g_return_val_if_fail (poses != NULL || movable != NULL || board->n_footprints == 0, 0);

  touched = g_new0 (gboolean, board->n_nets + 1);
  find_touched_nets (board, poses, movable, touched);
  for (guint32 i = 0; i < board->n_nets; i++)
    if (touched[i] && board->nets[i].n_tracks > 0)
      {
        n_tracks += board->nets[i].n_tracks;
        n_nets++;
      }
  if (n_nets_out != NULL)
    *n_nets_out = n_nets;
  return n_tracks;
}
