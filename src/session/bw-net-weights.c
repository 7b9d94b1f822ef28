/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "session/bw-net-weights.h"

#include <math.h>
#include <string.h>

#include "board/bw-settings-edit.h"
#include "session/bw-part-pattern.h"

/* Of all patterns together: a short file must not ask for more than can be looked at. */
#define MAX_WORK 20000000

double *
bw_net_weights_new (const BwBoard       *board,
                    const BwConstraints *constraints)
{
  double *self = g_new (double, board->n_nets + 1);

  for (guint32 i = 0; i < board->n_nets; i++)
    self[i] = constraints != NULL && constraints->net_weights != NULL ? constraints->net_weights[i]
                                                                      : 1.0;
  return self;
}

gboolean
bw_net_weights_obey (double          *self,
                     const BwBoard   *board,
                     const BwCommand *command)
{
  if (command->net >= board->n_nets
      || !(command->value >= 0.0 && command->value <= BW_WEIGHT_MOST))
    return FALSE;
  self[command->net] = command->value;
  return TRUE;
}

/* The net of that very name, else all that are like it. */
static gboolean
weigh (double        *self,
       const BwBoard *board,
       const char    *pattern,
       double         weight,
       guint64       *work)
{
  gboolean any = FALSE;

  for (guint32 i = 0; i < board->n_nets; i++)
    if (strcmp (board->nets[i].name, pattern) == 0)
      {
        self[i] = weight;
        return TRUE;
      }
  *work += board->n_nets;
  for (guint32 i = 0; i < board->n_nets && *work <= MAX_WORK; i++)
    if (bw_part_pattern_fits (pattern, board->nets[i].name, work))
      {
        self[i] = weight;
        any = TRUE;
      }
  return any;
}

gboolean
bw_net_weights_read (BwJsonReader   *in,
                     guint32         object,
                     const BwBoard  *board,
                     double        **self_out)
{
  g_autofree double *self = bw_net_weights_new (board, NULL);
  guint32 end = bw_json_token (in->json, object)->next;
  guint64 work = 0;

  if (bw_json_token (in->json, object)->kind != BW_JSON_OBJECT)
    return bw_json_reader_fail (in, object, "\"nets\" is to be an object of weights");
  for (guint32 member = object + 1; member < end;
       member = bw_json_token (in->json, member + 1)->next)
    {
      g_autofree char *pattern = bw_json_dup (in->json, member);
      double weight;

      if (!bw_json_reader_number (in, member + 1, "a net's weight", 0.0, BW_WEIGHT_MOST, &weight))
        return FALSE;
      if (!weigh (self, board, pattern, weight, &work))
        bw_json_reader_note (in, member, "no net is like ", "");
      if (work > MAX_WORK)
        return bw_json_reader_fail (in, member, "too many weights for so many nets");
    }
  *self_out = g_steal_pointer (&self);
  return TRUE;
}

GBytes *
bw_net_weights_edit (GBytes             *settings,
                     const char         *name,
                     const char *const  *nets,
                     const double       *weights,
                     guint               n,
                     GError            **error)
{
  g_autoptr (GBytes) edited = settings != NULL ? g_bytes_ref (settings) : NULL;

  for (guint i = 0; i < n; i++)
    {
      char value[G_ASCII_DTOSTR_BUF_SIZE];
      GBytes *next;

      g_ascii_formatd (value, sizeof value, "%.6g", weights[i]);
      next = bw_settings_edit (edited, name, "nets", nets[i], value, error);
      if (next == NULL)
        return NULL;
      g_clear_pointer (&edited, g_bytes_unref);
      edited = next;
    }
  return g_steal_pointer (&edited);
}
