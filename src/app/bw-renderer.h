/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Has GTK draw with cairo where OpenGL has no graphics hardware below it. To be called before the
 * first window is shown. GSK_RENDERER in the environment goes first. */
void bw_renderer_choose (GdkDisplay *display);

G_END_DECLS
