/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How a board is going to be shared: who can reach it, port, rate, encryption. Chosen before the
 * first is shared: all windows share by one server. Its signal “reach-changed” tells that other
 * people may be able to see the board than before, or that it is encrypted. */

#pragma once

#include <gtk/gtk.h>

#include "app/bw-sharing.h"

G_BEGIN_DECLS

#define BW_TYPE_SHARE_OPTIONS (bw_share_options_get_type ())
G_DECLARE_FINAL_TYPE (BwShareOptions, bw_share_options, BW, SHARE_OPTIONS, GtkWidget)

/* Shows how it is, and sets it from now on. */
void bw_share_options_show (BwShareOptions *self,
                            BwSharing      *sharing);

G_END_DECLS
