/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Paints pictures of a board off the main thread: the newest request wins, those it overtook are
 * never painted.
 *
 * All functions are for the main thread; `func` is called in it. */

#pragma once

#include <cairo.h>
#include <glib.h>

#include "render/bw-painter.h"
#include "session/bw-frame.h"

G_BEGIN_DECLS

/* What a picture shows. */
typedef struct
{
  BwCamera camera;
  int scale;       /* pixels of the screen to one of the camera's */
  BwStyle style;
  BwShow show;
  double grid_mm;
  BwHeatKind heat;
  gboolean past;   /* of what was before: trails of it and of now do not mix */
  BwFrame *frame;  /* nullable: the parts as the file has them */
  GBytes *hidden;  /* nullable: n_footprints flags; see bw_painter_set_hidden() */
  GBytes *selected; /* the same; see bw_painter_set_selected() */
} BwPaintRequest;

/* Tells `painter` all that a request says but for its camera. */
void bw_paint_request_apply (const BwPaintRequest *request,
                             BwPainter            *painter);

/* Lets go of its frame and flags, where they are its own. */
void bw_paint_request_clear (BwPaintRequest       *request);

typedef struct _BwPaintThread BwPaintThread;

/* `request` is what was painted. `surface` is premultiplied ARGB, and
 * nobody draws on it any more. (transfer full) */
typedef void (*BwPaintFunc) (cairo_surface_t      *surface,
                             const BwPaintRequest *request,
                             gpointer              user_data);

/* Takes `painter` over, which was made for `board`. */
BwPaintThread *bw_paint_thread_new     (BwBoard              *board,
                                        BwPainter            *painter,
                                        BwPaintFunc           func,
                                        gpointer              user_data);

/* Copies the request and takes references of its frame and flags. */
void           bw_paint_thread_request (BwPaintThread        *self,
                                        const BwPaintRequest *request);

/* Lets go of it without waiting: `func` is not called any more, and a picture that is being
 * painted is thrown away. */
void           bw_paint_thread_close   (BwPaintThread        *self);

G_END_DECLS
