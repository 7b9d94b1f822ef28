/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Closes windows with boards that may not be saved: all of them, or none. */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Closes the windows (element-type GtkWindow) at once where none has changes. Else asks in one
 * dialog over `parent` what is to become of these; their runs wait for the answer. Who cancels has
 * all as it was, with the runs going on; so it is where something cannot be saved, which its window
 * tells.
 *
 * Returns: (transfer none) (nullable): the dialog; NULL: nothing is asked */
GtkWidget *bw_closing_begin (GtkWindow *parent,
                             GList     *windows);

G_END_DECLS
