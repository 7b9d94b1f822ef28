/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "session/bw-channels.h"

#include <string.h>

#include "board/bw-seeded-hash.h"

/* As far as the grid and rounding may take two apart that are meant to be alike. */
#define ALIKE_NM 1000

/* Parts of a channel that others are told by. */
#define MAX_TRIED 32

static void
clear_channel (gpointer data)
{
  g_free (((BwChannel *) data)->parts);
}

/* What a part is, then its reference: R9 before R10. */
static int
compare_parts (gconstpointer a,
               gconstpointer b,
               gpointer      user_data)
{
  const BwBoard *board = user_data;
  const BwFootprint *x = &board->footprints[*(const guint32 *) a];
  const BwFootprint *y = &board->footprints[*(const guint32 *) b];
  int order = strcmp (x->library_id, y->library_id);
  gsize length, other;

  if (order == 0)
    order = strcmp (x->value, y->value);
  if (order != 0)
    return order;
  length = strlen (x->reference);
  other = strlen (y->reference);
  if (length != other)
    return length < other ? -1 : 1;
  return strcmp (x->reference, y->reference);
}

/* All that tells what the parts are, in their order. */
static char *
signature_of (const BwBoard   *board,
              const BwChannel *channel)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < channel->n_parts; i++)
    {
      const BwFootprint *part = &board->footprints[channel->parts[i]];

      g_string_append (text, part->library_id);
      g_string_append_c (text, '\n');
      g_string_append (text, part->value);
      g_string_append_c (text, '\n');
    }
  return g_string_free (text, FALSE);
}

static BwChannel *
collect_modules (const BwBoard  *board,
                 const gboolean *fixed)
{
  BwChannel *modules = g_new0 (BwChannel, board->n_modules + 1);

  for (guint i = 0; i < board->n_footprints; i++)
    if (board->footprints[i].module >= 0 && (fixed == NULL || !fixed[i]))
      modules[board->footprints[i].module].n_parts++;
  for (guint i = 0; i < board->n_modules; i++)
    {
      modules[i].parts = g_new (guint32, modules[i].n_parts + 1);
      modules[i].n_parts = 0;
    }
  for (guint i = 0; i < board->n_footprints; i++)
    if (board->footprints[i].module >= 0 && (fixed == NULL || !fixed[i]))
      {
        BwChannel *module = &modules[board->footprints[i].module];

        module->parts[module->n_parts++] = i;
      }
  return modules;
}

/* The kind of each module, by its first module; and how many there are of it. */
static guint *
number_kinds (const BwBoard   *board,
              const BwChannel *modules,
              guint           *kinds)
{
  g_autoptr (GHashTable) by_signature =
    g_hash_table_new_full (bw_seeded_hash_string, g_str_equal, g_free, NULL);
  guint *counts = g_new0 (guint, board->n_modules + 1);

  for (guint i = 0; i < board->n_modules; i++)
    {
      char *signature;
      gpointer known;

      kinds[i] = i;
      if (modules[i].n_parts < 2 || board->modules[i].inferred)
        continue;
      signature = signature_of (board, &modules[i]);
      known = g_hash_table_lookup (by_signature, signature);
      if (known != NULL)
        {
          kinds[i] = GPOINTER_TO_UINT (known) - 1;
          g_free (signature);
        }
      else
        {
          g_hash_table_insert (by_signature, signature, GUINT_TO_POINTER (i + 1));
        }
      counts[kinds[i]]++;
    }
  return counts;
}

GArray *
bw_channels_find (const BwBoard  *board,
                  const gboolean *fixed)
{
  GArray *channels = g_array_new (FALSE, FALSE, sizeof (BwChannel));
  g_autofree BwChannel *modules = collect_modules (board, fixed);
  g_autofree guint *kinds = g_new (guint, board->n_modules + 1);
  g_autofree guint *counts = NULL;

  g_array_set_clear_func (channels, clear_channel);
  for (guint i = 0; i < board->n_modules; i++)
    g_qsort_with_data (modules[i].parts, (gint) modules[i].n_parts, sizeof (guint32),
                       compare_parts, (gpointer) board);
  counts = number_kinds (board, modules, kinds);
  for (guint i = 0; i < board->n_modules; i++)
    for (guint k = i; k < board->n_modules && kinds[i] == i && counts[i] > 1; k++)
      if (kinds[k] == i)
        {
          modules[k].kind = i;
          g_array_append_val (channels, modules[k]);
          modules[k].parts = NULL;
        }
  for (guint i = 0; i < board->n_modules; i++)
    g_free (modules[i].parts);
  return channels;
}

/* Turned alike, and as far from its twin as part `as` of the channels is from its. */
static gboolean
lies_alike (const BwPose    *poses,
            const BwChannel *first,
            const BwChannel *other,
            guint            part,
            guint            as)
{
  const BwPose *a = &poses[first->parts[part]], *b = &poses[other->parts[part]];
  const BwPose *c = &poses[first->parts[as]], *d = &poses[other->parts[as]];
  gint64 x_nm = (gint64) b->at.x_nm - a->at.x_nm - d->at.x_nm + c->at.x_nm;
  gint64 y_nm = (gint64) b->at.y_nm - a->at.y_nm - d->at.y_nm + c->at.y_nm;

  return a->rotation_cdeg == b->rotation_cdeg && a->side == b->side &&
         ABS (x_nm) <= ALIKE_NM && ABS (y_nm) <= ALIKE_NM;
}

guint
bw_channels_alike (const BwBoard *board,
                   const BwPose  *poses,
                   guint         *n_out)
{
  g_autoptr (GArray) channels = bw_channels_find (board, NULL);
  const BwChannel *first = NULL;
  guint n_alike = 0;

  *n_out = 0;
  for (guint i = 0; i < channels->len; i++)
    {
      const BwChannel *channel = &g_array_index (channels, BwChannel, i);
      guint most = 0;

      if (first == NULL || first->kind != channel->kind)
        {
          first = channel;
          continue;
        }
      for (guint as = 0; as < MIN (channel->n_parts, MAX_TRIED); as++)
        {
          guint n = 0;

          for (guint k = 0; k < channel->n_parts; k++)
            n += lies_alike (poses, first, channel, k, as);
          most = MAX (most, n);
        }
      /* One part alone is like itself. */
      n_alike += most > 1 ? most : 0;
      *n_out += channel->n_parts;
    }
  return n_alike;
}
