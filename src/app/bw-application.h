/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The application: one process, a window for each board. */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define BW_TYPE_APPLICATION (bw_application_get_type ())
G_DECLARE_FINAL_TYPE (BwApplication, bw_application, BW, APPLICATION, GtkApplication)

BwApplication *bw_application_new (void);

G_END_DECLS
