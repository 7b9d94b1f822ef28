/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The properties of one part, beside it. */

#pragma once

#include <gtk/gtk.h>

#include "board/bw-board.h"
#include "session/bw-frame.h"

G_BEGIN_DECLS

#define BW_TYPE_PART_POPOVER (bw_part_popover_get_type ())
G_DECLARE_FINAL_TYPE (BwPartPopover, bw_part_popover, BW, PART_POPOVER, GtkPopover)

/* A popover of `parent`. Whoever makes it unparents it. */
BwPartPopover *bw_part_popover_new  (GtkWidget     *parent);

/* What it tells: the part as it lies in `frame`. Copies what it needs. */
void           bw_part_popover_show (BwPartPopover *self,
                                     const BwBoard *board,
                                     const BwFrame *frame,
                                     guint32        footprint);

G_END_DECLS
