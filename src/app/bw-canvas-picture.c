/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/bw-canvas-picture.h"

#include <gsk/gsk.h>

struct _BwCanvasPicture
{
  cairo_surface_t *surface;
  BwCamera camera;
  GdkTexture *texture; /* of the same pixels; made when it is first drawn by one */
};

BwCanvasPicture *
bw_canvas_picture_new (cairo_surface_t *surface,
                       const BwCamera  *camera)
{
  BwCanvasPicture *self = g_new0 (BwCanvasPicture, 1);

  self->surface = surface;
  self->camera = *camera;
  return self;
}

void
bw_canvas_picture_free (BwCanvasPicture *self)
{
  g_clear_object (&self->texture);
  g_clear_pointer (&self->surface, cairo_surface_destroy);
  g_free (self);
}

static GdkTexture *
ensure_texture (BwCanvasPicture *self)
{
  gsize stride = (gsize) cairo_image_surface_get_stride (self->surface);
  int width = cairo_image_surface_get_width (self->surface);
  int height = cairo_image_surface_get_height (self->surface);
  g_autoptr (GBytes) bytes = NULL;

  if (self->texture)
    return self->texture;
  bytes = g_bytes_new_with_free_func (cairo_image_surface_get_data (self->surface),
                                      stride * (gsize) height,
                                      (GDestroyNotify) cairo_surface_destroy,
                                      cairo_surface_reference (self->surface));
  self->texture = gdk_memory_texture_new (width, height, GDK_MEMORY_DEFAULT, bytes, stride);
  return self->texture;
}

/* GTK 4.8 draws a texture by cairo only after a conversion of each pixel to floating point and
 * back, some 10 ms a frame. The surface itself is drawn in one of them. */
static void
append_surface (BwCanvasPicture       *self,
                GtkSnapshot           *snapshot,
                const graphene_rect_t *bounds)
{
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot, bounds);

  cairo_translate (cr, bounds->origin.x, bounds->origin.y);
  cairo_scale (cr, bounds->size.width / self->camera.width_px,
               bounds->size.height / self->camera.height_px);
  cairo_set_source_surface (cr, self->surface, 0, 0);
  cairo_paint (cr);
  cairo_destroy (cr);
}

void
bw_canvas_picture_append (BwCanvasPicture *self,
                          GtkSnapshot     *snapshot,
                          GtkWidget       *widget,
                          const BwCamera  *camera)
{
  GskRenderer *renderer = gtk_native_get_renderer (gtk_widget_get_native (widget));
  double x0_px = 0, y0_px = 0, zoom = 1;
  graphene_rect_t bounds;

  /* One from the other side stays as it is until its own is there. */
  if (!bw_camera_equal (camera, &self->camera) && camera->flipped == self->camera.flipped)
    {
      double x_mm, y_mm;

      bw_camera_to_mm (&self->camera, 0, 0, &x_mm, &y_mm);
      bw_camera_to_px (camera, x_mm, y_mm, &x0_px, &y0_px);
      zoom = camera->scale_px_per_mm / self->camera.scale_px_per_mm;
    }
  bounds = GRAPHENE_RECT_INIT ((float) x0_px, (float) y0_px,
                               (float) (self->camera.width_px * zoom),
                               (float) (self->camera.height_px * zoom));
  if (GSK_IS_CAIRO_RENDERER (renderer))
    append_surface (self, snapshot, &bounds);
  else
    gtk_snapshot_append_texture (snapshot, ensure_texture (self), &bounds);
}
