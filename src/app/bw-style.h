/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Light or dark, with more contrast or less: as asked, or as the desktop has it; and whether in
 * colours that are safe for the colour-blind. Main thread. */

#pragma once

#include <gtk/gtk.h>

#include "render/bw-theme.h"

G_BEGIN_DECLS

/* The program's own style, for all windows. Once. */
void    bw_style_load               (void);

/* "system", "light" or "dark"; anything else is "system". May be called again at any time. */
void    bw_style_set_scheme         (const char *scheme);

/* TRUE: nothing slides or fades. FALSE: as the desktop has it. */
void    bw_style_set_reduced_motion (gboolean reduced);

/* TRUE: nothing is faint. FALSE: as the desktop has it. */
void    bw_style_set_high_contrast  (gboolean wanted);

/* What the widget is drawn in, whoever chose it: the text's colour tells. */
BwStyle bw_style_of_widget          (GtkWidget  *widget);

/* Calls `changed (widget)` when the colours are chosen anew, as long as it is there. Light, dark
 * and contrast come with its css_changed(). */
void    bw_style_watch_colors       (GtkWidget  *widget,
                                     GCallback   changed);

G_END_DECLS
