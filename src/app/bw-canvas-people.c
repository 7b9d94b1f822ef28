/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The others at a shared board, as browsers show them too: a pointer with a name for each, rims in
 * their colour around what they have selected, and stronger ones around what is in their hand. */

#include "app/bw-canvas-private.h"

#include "render/bw-highlight.h"
#include "server/bw-server-people.h"

#define SELECTED_WIDTH_PX 2
#define HELD_WIDTH_PX 4
#define NAME_WIDTH_PX 160
#define NAME_PADDING_PX 5

/* More can be neither told apart nor painted in time. */
#define N_PEOPLE_MAX 64
#define N_RIMS_MAX 400


void
bw_canvas_set_people (BwCanvas  *self,
                      GPtrArray *people)
{
  g_return_if_fail (BW_IS_CANVAS (self));

  if (people)
    g_ptr_array_ref (people);
  g_clear_pointer (&self->people, g_ptr_array_unref);
  self->people = people;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

const char *
bw_canvas_get_holder (BwCanvas *self,
                      guint32   footprint)
{
  g_return_val_if_fail (BW_IS_CANVAS (self), NULL);

  for (guint i = 0; self->people && i < self->people->len; i++)
    {
      const BwServerPerson *person = g_ptr_array_index (self->people, i);

      for (guint k = 0; person->number != BW_SERVER_OWN_NUMBER && k < person->n_grabbed; k++)
        if (person->grabbed[k] == footprint)
          return person->name;
    }
  return NULL;
}

static GdkRGBA
person_color (BwCanvas             *self,
              const BwServerPerson *person)
{
  gboolean dark = (self->style & BW_STYLE_DARK) != 0;
  GdkRGBA color = { 0, 0, 0, 1 };

  /* What is readable on the board. */
  gtk_hsv_to_rgb ((float) person->hue / 256, dark ? 0.52f : 0.86f, dark ? 0.92f : 0.67f,
                  &color.red, &color.green, &color.blue);
  return color;
}

static void
append_name (BwCanvas      *self,
             GtkSnapshot   *snapshot,
             const char    *name,
             const GdkRGBA *color,
             double         x_px,
             double         y_px)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), name);
  const BwColor *background = &bw_theme_get (self->style)->background;
  int width, height;

  pango_layout_set_single_paragraph_mode (layout, TRUE);
  pango_layout_set_width (layout, NAME_WIDTH_PX * PANGO_SCALE);
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  pango_layout_get_pixel_size (layout, &width, &height);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float) x_px, (float) y_px));
  gtk_snapshot_append_color (snapshot, color,
                             &GRAPHENE_RECT_INIT (0, 0, (float) (width + 2 * NAME_PADDING_PX),
                                                  (float) height));
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (NAME_PADDING_PX, 0));
  gtk_snapshot_append_layout (snapshot, layout,
                              &(GdkRGBA) { (float) background->red, (float) background->green,
                                           (float) background->blue, 1 });
  gtk_snapshot_restore (snapshot);
}

/* Returns how many. */
static guint
paint_rims (BwCanvas      *self,
            cairo_t       *cr,
            const guint32 *parts,
            guint          n,
            double         width_px)
{
  const BwBoard *board = bw_feed_get_board (self->feed);
  guint n_painted = 0;

  cairo_set_line_width (cr, width_px);
  for (guint i = 0; i < n; i++)
    if (parts[i] < board->n_footprints)
      {
        bw_highlight_add_rim (cr, board, self->picture_frame->poses, &self->camera, parts[i]);
        n_painted++;
      }
  cairo_stroke (cr);
  return n_painted;
}

static void
paint_pointer (cairo_t *cr,
               double   x_px,
               double   y_px)
{
  static const double shape[][2] = { { 0, 0 }, { 0, 16 }, { 4.5, 12 }, { 11, 11.5 } };

  for (gsize i = 0; i < G_N_ELEMENTS (shape); i++)
    cairo_line_to (cr, x_px + shape[i][0], y_px + shape[i][1]);
  cairo_close_path (cr);
  cairo_fill (cr);
}

static void
append_person (BwCanvas             *self,
               GtkSnapshot          *snapshot,
               const BwServerPerson *person,
               guint                *n_rims)
{
  GdkRGBA color = person_color (self, person);
  GdkRectangle place;
  double x_px, y_px;
  cairo_t *cr
    = gtk_snapshot_append_cairo (snapshot,
                                 &GRAPHENE_RECT_INIT (0, 0, (float) self->camera.width_px,
                                                      (float) self->camera.height_px));

  gdk_cairo_set_source_rgba (cr, &color);
  if (*n_rims < N_RIMS_MAX)
    {
      *n_rims += paint_rims (self, cr, person->selection, person->n_selected, SELECTED_WIDTH_PX);
      *n_rims += paint_rims (self, cr, person->grabbed, person->n_grabbed, HELD_WIDTH_PX);
    }
  if (person->has_cursor)
    {
      bw_camera_to_px (&self->camera, bw_nm_to_mm (person->cursor.x_nm),
                       bw_nm_to_mm (person->cursor.y_nm), &x_px, &y_px);
      paint_pointer (cr, x_px, y_px);
    }
  cairo_destroy (cr);
  if (person->has_cursor)
    append_name (self, snapshot, person->name, &color, x_px + 11, y_px + 13);
  else if (person->n_grabbed > 0 && person->grabbed[0] < self->picture_frame->n_footprints
           && bw_canvas_get_place (self, (gint32) person->grabbed[0], &place))
    append_name (self, snapshot, person->name, &color, place.x, place.y + place.height);
}

void
bw_canvas_append_people (BwCanvas    *self,
                         GtkSnapshot *snapshot)
{
  guint n_rims = 0;

  if (!self->people || !self->picture_frame || self->past)
    return;
  for (guint i = 0; i < MIN (self->people->len, N_PEOPLE_MAX); i++)
    {
      const BwServerPerson *person = g_ptr_array_index (self->people, i);

      if (person->number != BW_SERVER_OWN_NUMBER)
        append_person (self, snapshot, person, &n_rims);
    }
}
