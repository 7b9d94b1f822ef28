/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Who is connected to a shared board, and what can be done about it. Looks by itself while it is
 * on show. */

#pragma once

#include <gtk/gtk.h>

#include "server/bw-server.h"

G_BEGIN_DECLS

#define BW_TYPE_CLIENT_LIST (bw_client_list_get_type ())
G_DECLARE_FINAL_TYPE (BwClientList, bw_client_list, BW, CLIENT_LIST, GtkWidget)

/* Those at the board `id` of the server from now on; `server` NULL: nobody's. */
void bw_client_list_watch   (BwClientList *self,
                             BwServer     *server,
                             const char   *id);

/* Somebody came or went. */
void bw_client_list_refresh (BwClientList *self);

G_END_DECLS
