/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The popover behind Share: a switch, and while it is on the addresses to hand out. */

#pragma once

#include <gtk/gtk.h>

#include "app/bw-sharing.h"

G_BEGIN_DECLS

#define BW_TYPE_SHARE_POPOVER (bw_share_popover_get_type ())
G_DECLARE_FINAL_TYPE (BwSharePopover, bw_share_popover, BW, SHARE_POPOVER, GtkPopover)

/* Property `shared`, notified: the board is being shared. */
gboolean bw_share_popover_get_shared (BwSharePopover *self);

/* What its switch shares from now on; `feed` NULL: nothing, and what it shared no longer. */
void     bw_share_popover_set_feed   (BwSharePopover *self,
                                      BwSharing      *sharing,
                                      BwFeed         *feed,
                                      const char     *title);

/* As the switch does. Failure is shown in the popover. */
void     bw_share_popover_set_shared (BwSharePopover *self,
                                      gboolean        shared);

G_END_DECLS
