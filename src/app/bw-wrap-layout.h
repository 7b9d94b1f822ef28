/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Lays children out in lines as words are: each as wide as it wants to be, those that find no
 * room in a line on the next one. It wants to be one line. */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define BW_TYPE_WRAP_LAYOUT (bw_wrap_layout_get_type ())
G_DECLARE_FINAL_TYPE (BwWrapLayout, bw_wrap_layout, BW, WRAP_LAYOUT, GtkLayoutManager)

/* Properties: `spacing` and `line-spacing`, in pixels; `at-end`, where lines end at the far side
 * and not begin at the near one. */

G_END_DECLS
