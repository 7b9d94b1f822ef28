/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One of those who are connected. Signal `set-role` (guint number, guint BwRole): a person wants it
 * to be that; `disconnect` (guint number): to be gone. */

#pragma once

#include <gtk/gtk.h>

#include "server/bw-server-clients.h"

G_BEGIN_DECLS

#define BW_TYPE_CLIENT_ROW (bw_client_row_get_type ())
G_DECLARE_FINAL_TYPE (BwClientRow, bw_client_row, BW, CLIENT_ROW, GtkListBoxRow)

BwClientRow *bw_client_row_new        (guint32               number);
guint32      bw_client_row_get_number (BwClientRow          *self);

/* How it is now. */
void         bw_client_row_show       (BwClientRow          *self,
                                       const BwServerClient *client);

G_END_DECLS
