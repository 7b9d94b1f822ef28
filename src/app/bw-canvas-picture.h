/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A picture of a board on its way to the screen: the pixels, and from where they show the board.
 * For the main thread. */

#pragma once

#include <gtk/gtk.h>

#include "render/bw-camera.h"

G_BEGIN_DECLS

typedef struct _BwCanvasPicture BwCanvasPicture;

/* Takes `surface` over, an image surface of premultiplied ARGB that nobody draws on any more. */
BwCanvasPicture *bw_canvas_picture_new    (cairo_surface_t *surface,
                                           const BwCamera  *camera);

void             bw_canvas_picture_free   (BwCanvasPicture *self);

/* Shows it as seen by `camera`: moved and scaled where that is not the picture's own. `widget` is
 * the one that is drawn. */
void             bw_canvas_picture_append (BwCanvasPicture *self,
                                           GtkSnapshot     *snapshot,
                                           GtkWidget       *widget,
                                           const BwCamera  *camera);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BwCanvasPicture, bw_canvas_picture_free)

G_END_DECLS
