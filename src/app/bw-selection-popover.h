/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The properties of several parts, which can be held, released and moved by so much, through the
 * actions win.lock and win.move-by. */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef struct
{
  guint n_parts;
  guint n_front;   /* of these, on the front */
  guint n_held;    /* that stay where they are, */
  guint n_locked;  /* being locked in the board */
} BwSelectionSummary;

#define BW_TYPE_SELECTION_POPOVER (bw_selection_popover_get_type ())
G_DECLARE_FINAL_TYPE (BwSelectionPopover, bw_selection_popover, BW, SELECTION_POPOVER, GtkPopover)

/* A popover of `parent`. Whoever makes it unparents it. */
BwSelectionPopover *bw_selection_popover_new  (GtkWidget                *parent);

void                bw_selection_popover_show (BwSelectionPopover       *self,
                                               const BwSelectionSummary *summary,
                                               const char               *rules);

G_END_DECLS
