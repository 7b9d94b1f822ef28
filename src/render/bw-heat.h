/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How crowded a board is, cell by cell. */

#pragma once

#include "board/bw-board.h"

G_BEGIN_DECLS

typedef enum
{
  BW_HEAT_DENSITY,    /* bodies of parts on both sides: 2 is all taken up */
  BW_HEAT_CONGESTION, /* tracks, were each signal net laid evenly over the box of its pins and a
                       * track and its gap BW_HEAT_PITCH_MM wide: 2 is two layers full of them */
} BwHeatKind;

#define BW_HEAT_PITCH_MM 0.4

typedef struct _BwHeat BwHeat;

/* `board` must outlive it. */
BwHeat      *bw_heat_new         (const BwBoard *board);
void         bw_heat_free        (BwHeat        *self);

/* With the parts at `poses`, without those that are `hidden` (n_footprints flags; NULL: none). */
void         bw_heat_measure     (BwHeat        *self,
                                  BwHeatKind     kind,
                                  const BwPose  *poses,
                                  const guint8  *hidden);

/* What was measured, row by row over the board's box; nothing (0 columns) where that is empty. */
const float *bw_heat_get_shares  (const BwHeat  *self,
                                  guint         *columns_out,
                                  guint         *rows_out);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BwHeat, bw_heat_free)

G_END_DECLS
