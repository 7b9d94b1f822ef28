/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How a board was looked at when it was closed last, for when it is opened again: one file for all
 * boards, the oldest forgotten first.
 *
 * Blocking; any thread. */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct
{
  gboolean whole;          /* all of it was in view, and is to be; else … */
  double center_x_mm;      /* … this in the middle, … */
  double center_y_mm;
  double scale_px_per_mm;  /* … this large */
  gboolean flipped;        /* from the back */
  GStrv layers;            /* that were shown, by the names in the settings */
} BwViewState;

void         bw_view_state_free  (BwViewState       *self);

/* (transfer full) (nullable): NULL: nothing that makes sense is known of it */
BwViewState *bw_view_state_read  (GFile             *board_file);

gboolean     bw_view_state_write (GFile             *board_file,
                                  const BwViewState *self,
                                  GError           **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BwViewState, bw_view_state_free)

G_END_DECLS
