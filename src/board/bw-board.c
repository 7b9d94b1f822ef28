/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "board/bw-board-reader.h"

#include "base/bw-hash.h"
#include "board/bw-board-private.h"
#include "board/bw-seeded-hash.h"

#include <string.h>

G_DEFINE_QUARK (bw-board-error-quark, bw_board_error)

BwBoardPrivate *
bw_board_private_new (GBytes *bytes)
{
  static const char *const no_notes[] = { NULL };
  BwBoardPrivate *self = g_new0 (BwBoardPrivate, 1);
  gsize length;
  gconstpointer data = g_bytes_get_data (bytes, &length);

  g_atomic_ref_count_init (&self->ref_count);
  self->arena = bw_arena_new ();
  self->bytes = g_bytes_ref (bytes);
  self->by_key = g_hash_table_new (bw_seeded_hash_string, g_str_equal);
  self->board.hash = bw_hash_words (BW_HASH_INIT, data, length);
  self->board.notes = no_notes;
  self->board.box = BW_BOX_EMPTY;
  return self;
}

BwBoard *
bw_board_ref (BwBoard *board)
{
  g_return_val_if_fail (board != NULL, NULL);

  g_atomic_ref_count_inc (&bw_board_private (board)->ref_count);
  return board;
}

void
bw_board_unref (BwBoard *board)
{
  BwBoardPrivate *self = bw_board_private (board);

  g_return_if_fail (board != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_hash_table_unref (self->by_key);
  g_bytes_unref (self->bytes);
  bw_arena_free (self->arena);
  g_free (self);
}

/* REF#n with the first n from `*next` on that no other footprint is called. */
static const char *
make_key (BwBoardPrivate *self,
          const char     *reference,
          guint          *next)
{
  while (TRUE)
    {
      g_autofree char *key = g_strdup_printf ("%s#%u", reference, (*next)++);

      if (!g_hash_table_contains (self->by_key, key))
        return bw_arena_string (self->arena, key, strlen (key));
    }
}

void
bw_board_private_key (BwBoardPrivate *self,
                      BwFootprint    *footprints,
                      guint32         n_footprints)
{
  g_autoptr (GHashTable) counts = g_hash_table_new (bw_seeded_hash_string, g_str_equal);

  for (guint32 i = 0; i < n_footprints; i++)
    {
      const char *reference = footprints[i].reference;
      guint count = GPOINTER_TO_UINT (g_hash_table_lookup (counts, reference));

      g_hash_table_insert (counts, (gpointer) reference, GUINT_TO_POINTER (MIN (count + 1, 2)));
    }
  /* Those that own their reference come first, so that no made-up key takes one of theirs. */
  for (guint32 i = 0; i < n_footprints; i++)
    {
      const char *reference = footprints[i].reference;

      if (reference[0] == '\0' ||
          g_hash_table_lookup (counts, reference) != GUINT_TO_POINTER (1))
        continue;
      footprints[i].key = reference;
      g_hash_table_insert (self->by_key, (gpointer) reference, GUINT_TO_POINTER (i + 1));
    }

  g_hash_table_remove_all (counts);
  for (guint32 i = 0; i < n_footprints; i++)
    {
      const char *reference = footprints[i].reference;
      guint next;

      if (footprints[i].key != NULL)
        continue;
      next = GPOINTER_TO_UINT (g_hash_table_lookup (counts, reference));
      footprints[i].key = make_key (self, reference, &next);
      g_hash_table_insert (counts, (gpointer) reference, GUINT_TO_POINTER (next));
      g_hash_table_insert (self->by_key, (gpointer) footprints[i].key, GUINT_TO_POINTER (i + 1));
    }
}

gint32
bw_board_find (const BwBoard *board,
               const char    *key)
{
  g_return_val_if_fail (board != NULL, -1);
  g_return_val_if_fail (key != NULL, -1);

  return (gint32) GPOINTER_TO_UINT (g_hash_table_lookup (bw_board_private (board)->by_key,
                                                         key)) - 1;
}

guint32
bw_board_get_module_color (const BwBoard *board,
                           gint32         module)
{
  g_return_val_if_fail (board != NULL, 0);

  if (module < 0 || (guint32) module >= board->n_modules)
    return 0;
  return (guint32) g_atomic_int_get (&board->modules[module].color);
}

void
bw_board_set_module_color (BwBoard *board,
                           guint32  module,
                           guint32  color)
{
  g_return_if_fail (board != NULL && module < board->n_modules);

  g_atomic_int_set (&((BwModule *) board->modules)[module].color, (gint) color);
}

BwPose *
bw_board_dup_poses (const BwBoard *board)
{
  BwPose *poses;

  g_return_val_if_fail (board != NULL, NULL);

  poses = g_new (BwPose, board->n_footprints);
  for (guint32 i = 0; i < board->n_footprints; i++)
    poses[i] = board->footprints[i].pose;
  return poses;
}

static BwTransform *
dup_transforms (const BwBoard *board,
                const BwPose  *poses)
{
  BwTransform *transforms = g_new (BwTransform, board->n_footprints);

  for (guint32 i = 0; i < board->n_footprints; i++)
    transforms[i] = bw_pose_transform (poses != NULL ? &poses[i] : &board->footprints[i].pose);
  return transforms;
}

static double
net_hpwl_nm (const BwBoard     *board,
             const BwNet       *net,
             const BwTransform *transforms)
{
  BwBox box = BW_BOX_EMPTY;

  if (net->n_pins < 2)
    return 0.0;
  for (guint32 k = 0; k < net->n_pins; k++)
    {
      const BwPin *pin = &net->pins[k];
      BwPoint at = board->footprints[pin->footprint].pads[pin->pad].at;

      bw_box_add_point (&box, bw_transform_point (&transforms[pin->footprint], at));
    }
  return (double) box.x1_nm - box.x0_nm + (double) box.y1_nm - box.y0_nm;
}

double
bw_board_hpwl_mm (const BwBoard *board,
                  const BwPose  *poses)
{
  g_autofree BwTransform *transforms = NULL;
  double sum_nm = 0.0;

  g_return_val_if_fail (board != NULL, 0.0);

  transforms = dup_transforms (board, poses);
  for (guint32 i = 0; i < board->n_nets; i++)
    sum_nm += net_hpwl_nm (board, &board->nets[i], transforms);
  return sum_nm / BW_NM_PER_MM;
}

void
bw_board_measure_wires (const BwBoard *board,
                        const BwPose  *poses,
                        double        *net_mm_out,
                        double        *part_mm_out)
{
  g_autofree BwTransform *transforms = NULL;
  g_autofree guint32 *counted = NULL;

  g_return_if_fail (board != NULL);

  transforms = dup_transforms (board, poses);
  /* One more than the net that a part was counted for last. */
  counted = g_new0 (guint32, board->n_footprints + 1);
  for (guint32 i = 0; i < board->n_footprints; i++)
    part_mm_out[i] = 0.0;
  for (guint32 i = 0; i < board->n_nets; i++)
    {
      const BwNet *net = &board->nets[i];

      net_mm_out[i] = net_hpwl_nm (board, net, transforms) / BW_NM_PER_MM;
      for (guint32 k = 0; k < net->n_pins && !net->power; k++)
        {
          guint32 footprint = net->pins[k].footprint;

          if (counted[footprint] != i + 1)
            part_mm_out[footprint] += net_mm_out[i];
          counted[footprint] = i + 1;
        }
    }
}

GBytes *
bw_board_get_bytes (BwBoard *board)
{
  g_return_val_if_fail (board != NULL, NULL);

  return bw_board_private (board)->bytes;
}
