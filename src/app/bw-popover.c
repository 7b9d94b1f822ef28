/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/bw-popover.h"

/* Its arrow, shadow and rim. */
#define AROUND_PX 60

/* In a low window it goes beyond it rather than to be lower. */
#define LEAST_PX 280

void
bw_popover_popup_at (GtkPopover         *popover,
                     const GdkRectangle *place)
{
  GtkWidget *parent = gtk_widget_get_parent (GTK_WIDGET (popover));
  GtkWidget *root = GTK_WIDGET (gtk_widget_get_root (parent));
  GtkWidget *scroller = gtk_popover_get_child (popover);
  double x, top;

  g_return_if_fail (GTK_IS_SCROLLED_WINDOW (scroller));

  if (gtk_widget_translate_coordinates (parent, root, 0, place->y, &x, &top))
    {
      double below = gtk_widget_get_height (root) - top - place->height;

      gtk_scrolled_window_set_max_content_height (
        GTK_SCROLLED_WINDOW (scroller), (int) MAX (MAX (top, below) - AROUND_PX, LEAST_PX));
    }
  gtk_popover_set_pointing_to (popover, place);
  gtk_popover_popup (popover);
}
