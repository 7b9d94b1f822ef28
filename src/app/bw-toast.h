/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A line that lies over what is shown for a few seconds and tells what was done, with a button that
 * takes it back. It stays while the pointer or the focus is on it. One at a time: the next takes
 * the place of the one on show. */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define BW_TYPE_TOAST (bw_toast_get_type ())
G_DECLARE_FINAL_TYPE (BwToast, bw_toast, BW, TOAST, GtkWidget)

/* `action` is what the button `label` does; both NULL: no button. */
void bw_toast_show (BwToast    *self,
                    const char *text,
                    const char *label,
                    const char *action);
void bw_toast_hide (BwToast    *self);

G_END_DECLS
