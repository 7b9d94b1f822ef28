/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The properties of one part, beside it. Where it lies can be told anew (action win.put).
 *
 * Signal `module-chosen` (const char *name): a person wants the part in that module, "" for where
 * the board itself has it. */

#pragma once

#include <gtk/gtk.h>

#include "board/bw-board.h"

G_BEGIN_DECLS

#define BW_TYPE_PART_POPOVER (bw_part_popover_get_type ())
G_DECLARE_FINAL_TYPE (BwPartPopover, bw_part_popover, BW, PART_POPOVER, GtkPopover)

/* A popover of `parent`. Whoever makes it unparents it. */
BwPartPopover *bw_part_popover_new  (GtkWidget     *parent);

/* What it tells: the part as it lies there, whether it is held, and what is asked of it. Copies
 * what it needs. */
void           bw_part_popover_show (BwPartPopover *self,
                                     const BwBoard *board,
                                     guint32        footprint,
                                     const BwPose  *pose,
                                     gboolean       held,
                                     const char    *rules);

/* Whether the part's module may be changed now; `reason` says why not. */
void           bw_part_popover_set_editable (BwPartPopover *self,
                                             gboolean       editable,
                                             const char    *reason);

G_END_DECLS
