/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A line to hand out, with its title, a button that copies it and, for links, those that show it
 * to a phone's camera and take it out of use.
 *
 * Properties for templates: `title`, `copy-title`; `renew-title`, without which it cannot be
 * renewed. Signal `renew`: a person wants another link in its place. */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define BW_TYPE_SHARE_LINK (bw_share_link_get_type ())
G_DECLARE_FINAL_TYPE (BwShareLink, bw_share_link, BW, SHARE_LINK, GtkWidget)

/* NULL: there is none now. `for_phones`: its QR code is offered. */
void bw_share_link_set_text (BwShareLink *self,
                             const char  *text,
                             gboolean     for_phones);

G_END_DECLS
