/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "session/bw-part-pads.h"

#define ALL_LAYERS (BW_COPPER_FRONT | BW_COPPER_BACK | BW_COPPER_INNER)

/* A net of a pad is told only where one of a keepout may be the same: without it, parts are more
 * alike, and less is to be looked at. */
static void
add_pads (BwPartPads    *self,
          const BwBoard *board,
          BwProblemPart *parts,
          gboolean       has_nets)
{
  BwProblemPad *next;
  gsize n_pads = 0;

  for (guint i = 0; i < board->n_footprints; i++)
    n_pads += board->footprints[i].n_pads;
  self->pads = next = g_new0 (BwProblemPad, n_pads + 1);
  for (guint i = 0; i < board->n_footprints; i++)
    {
      parts[i].pads = next;
      for (guint k = 0; k < board->footprints[i].n_pads; k++)
        {
          const BwPad *pad = &board->footprints[i].pads[k];

          if (pad->outline.n_points >= 3)
            *next++ = (BwProblemPad) {
              .ring = pad->outline,
              .layers = pad->drill_nm > 0 ? ALL_LAYERS : pad->sides,
              .net = has_nets ? pad->net : -1,
            };
        }
      parts[i].n_pads = (uint32_t) (next - parts[i].pads);
    }
}

static BwProblemPad
placer_keepout (const BwPadKeepout *keepout)
{
  return (BwProblemPad) { keepout->ring, keepout->sides != 0 ? keepout->sides : BW_COPPER_INNER,
                          keepout->net };
}

/* The board's own, then those of each part together. */
static void
add_keepouts (BwPartPads    *self,
              const BwBoard *board,
              BwProblemPart *parts)
{
  BwProblemPad *next;

  self->keepouts = g_new0 (BwProblemPad, board->n_pad_keepouts + 1);
  for (guint i = 0; i < board->n_pad_keepouts; i++)
    if (board->pad_keepouts[i].footprint < 0)
      self->keepouts[self->n_keepouts++] = placer_keepout (&board->pad_keepouts[i]);
    else
      parts[board->pad_keepouts[i].footprint].n_pad_keepouts++;
  next = self->keepouts + self->n_keepouts;
  for (guint i = 0; i < board->n_footprints; i++)
    {
      parts[i].pad_keepouts = next;
      next += parts[i].n_pad_keepouts;
      parts[i].n_pad_keepouts = 0;
    }
  for (guint i = 0; i < board->n_pad_keepouts; i++)
    if (board->pad_keepouts[i].footprint >= 0)
      {
        BwProblemPart *part = &parts[board->pad_keepouts[i].footprint];

        ((BwProblemPad *) part->pad_keepouts)[part->n_pad_keepouts++] =
          placer_keepout (&board->pad_keepouts[i]);
      }
}

void
bw_part_pads_init (BwPartPads    *self,
                   const BwBoard *board,
                   BwProblemPart *parts)
{
  gboolean has_nets = FALSE;

  for (guint i = 0; i < board->n_pad_keepouts; i++)
    has_nets = has_nets || board->pad_keepouts[i].net >= 0;
  *self = (BwPartPads) { 0 };
  add_keepouts (self, board, parts);
  if (board->n_pad_keepouts > 0)
    add_pads (self, board, parts, has_nets);
}

void
bw_part_pads_clear (BwPartPads *self)
{
  g_free (self->pads);
  g_free (self->keepouts);
}
