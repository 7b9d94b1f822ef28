/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/bw-canvas-private.h"

#include <glib/gi18n.h>

#include "app/bw-part-text.h"
#include "render/bw-scale-bar.h"

#define MARGIN_PX 12
#define PADDING_PX 6
#define BAR_PX 120
#define TICK_PX 5
#define SWATCH_PX 18
#define OPACITY 0.8

#define MM_PER_INCH 25.4

static char *
describe_length (double   length,
                 gboolean inches)
{
  if (!inches)
    return length >= 1 ? g_strdup_printf (_("%.0f mm"), length)
                       : g_strdup_printf (_("%g mm"), length);
  /* Translators: thousandths of an inch. */
  if (length < 0.1)
    return g_strdup_printf (_("%g mil"), length * 1000);
  /* Translators: inches. */
  return g_strdup_printf (_("%g in"), length);
}

static char *
describe_pointer (BwCanvas *self)
{
  double x_mm, y_mm;

  if (!self->pointer_inside)
    return NULL;
  bw_camera_to_mm (&self->camera, self->pointer_x_px, self->pointer_y_px, &x_mm, &y_mm);
  if (self->inches)
    /* Translators: a place on the board, in inches. */
    return g_strdup_printf (_("X %.4f  Y %.4f in"), x_mm / MM_PER_INCH, y_mm / MM_PER_INCH);
  /* Translators: a place on the board. */
  return g_strdup_printf (_("X %.3f  Y %.3f mm"), x_mm, y_mm);
}

static void
append_rectangle (GtkSnapshot *snapshot,
                  BwColor      color,
                  double       opacity,
                  double       x,
                  double       y,
                  double       width,
                  double       height)
{
  gtk_snapshot_append_color (snapshot,
                             &(GdkRGBA) { (float) color.red, (float) color.green,
                                          (float) color.blue, (float) opacity },
                             &GRAPHENE_RECT_INIT ((float) x, (float) y, (float) width,
                                                  (float) height));
}

static void
append_text (GtkSnapshot *snapshot,
             PangoLayout *layout,
             BwColor      color,
             double       x,
             double       y)
{
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float) x, (float) y));
  gtk_snapshot_append_layout (snapshot, layout,
                              &(GdkRGBA) { (float) color.red, (float) color.green,
                                           (float) color.blue, 1 });
  gtk_snapshot_restore (snapshot);
}

/* Which colour a force has, while they are shown, and when there are any. */
static void
append_legend (BwCanvas    *self,
               GtkSnapshot *snapshot)
{
  const BwTheme *theme = bw_theme_get (self->style);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (PangoLayout) layout = NULL;
  guint n_lines = BW_THEME_N_FORCES;
  double x, y, line;
  int width, height;

  for (guint8 kind = 0; kind < BW_THEME_N_FORCES; kind++)
    g_string_append_printf (text, "%s%s", kind > 0 ? "\n" : "", bw_part_text_force (kind));
  if (!self->frame || self->frame->n_forces == 0)
    {
      g_string_append_printf (text, "\n%s", _("Arrows show while it runs"));
      n_lines++;
    }
  layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), text->str);
  pango_layout_get_pixel_size (layout, &width, &height);
  line = (double) height / n_lines;
  x = self->camera.width_px - MARGIN_PX - width - 2 * PADDING_PX - SWATCH_PX;
  y = self->camera.height_px - MARGIN_PX - height - PADDING_PX;
  append_rectangle (snapshot, theme->background, OPACITY, x - PADDING_PX, y - PADDING_PX,
                    width + SWATCH_PX + 3 * PADDING_PX, height + 2 * PADDING_PX);
  for (guint8 kind = 0; kind < BW_THEME_N_FORCES; kind++)
    append_rectangle (snapshot, theme->forces[kind], 1, x, y + (kind + 0.5) * line - 1.5, SWATCH_PX,
                      3);
  append_text (snapshot, layout, theme->label, x + SWATCH_PX + PADDING_PX, y);
}

void
bw_canvas_append_furniture (BwCanvas    *self,
                            GtkSnapshot *snapshot)
{
  const BwTheme *theme = bw_theme_get (self->style);
  double scale = self->camera.scale_px_per_mm * (self->inches ? MM_PER_INCH : 1);
  double length = bw_scale_bar_length (scale, BAR_PX);
  g_autofree char *length_text = describe_length (length, self->inches);
  g_autofree char *pointer_text = describe_pointer (self);
  /* The length stands on its bar. */
  g_autofree char *text = pointer_text ? g_strjoin ("\n", pointer_text, length_text, NULL)
                                       : g_strdup (length_text);
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), text);
  double bar_px = length * scale;
  double x = MARGIN_PX + PADDING_PX;
  double y = self->camera.height_px - MARGIN_PX - PADDING_PX;
  int width, height;

  if (self->show & BW_SHOW_FORCES)
    append_legend (self, snapshot);
  /* Pango turns it round for lines that go the other way than the language. */
  if (gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL)
    pango_layout_set_alignment (layout, PANGO_ALIGN_RIGHT);
  pango_layout_get_pixel_size (layout, &width, &height);
  append_rectangle (snapshot, theme->background, OPACITY, MARGIN_PX, y - height - 2 * PADDING_PX,
                    MAX (width, bar_px) + 2 * PADDING_PX, height + 3 * PADDING_PX);
  append_text (snapshot, layout, theme->label, x, y - height - PADDING_PX);
  append_rectangle (snapshot, theme->label, 1, x, y, bar_px, 1);
  append_rectangle (snapshot, theme->label, 1, x, y - TICK_PX, 1, TICK_PX);
  append_rectangle (snapshot, theme->label, 1, x + bar_px - 1, y - TICK_PX, 1, TICK_PX);
}

void
bw_canvas_set_inches (BwCanvas *self,
                      gboolean  inches)
{
  g_return_if_fail (BW_IS_CANVAS (self));

  self->inches = inches;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
