/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How much the wires of each net count, times as much as is usual: that is 1 for a mm of a signal's
 * and BwWeights.supplies for one of a supply's. n_nets numbers from 0 to BW_WEIGHT_MOST.
 *
 * In the object "nets" of the settings file beside the board (BOARD.boardwalk.json),
 *
 *     "nets": { "USB_*": 3, "LED": 0.5 }
 *
 * whose keys are names of nets or patterns of them. */

#pragma once

#include "session/bw-command.h"
#include "session/bw-constraints.h"
#include "session/bw-json-reader.h"

G_BEGIN_DECLS

/* As the constraints (nullable) tell them, else 1. (transfer full) */
double  *bw_net_weights_new  (const BwBoard       *board,
                              const BwConstraints *constraints);

/* Does what a WEIGH says. FALSE where there is no such net, or the value is none from 0 to
 * BW_WEIGHT_MOST: nothing is changed. */
gboolean bw_net_weights_obey (double              *self,
                              const BwBoard       *board,
                              const BwCommand     *command);

/* Reads the object; names that no net has are noted. FALSE with an error where it is none. */
gboolean bw_net_weights_read (BwJsonReader        *in,
                              guint32              object,
                              const BwBoard       *board,
                              double             **self_out);

/* The settings with these in them (n of them, by name), and all else as it was; see
 * bw_settings_edit(). */
GBytes  *bw_net_weights_edit (GBytes              *settings,
                              const char          *name,
                              const char *const   *nets,
                              const double        *weights,
                              guint                n,
                              GError             **error);

G_END_DECLS
