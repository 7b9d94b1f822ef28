/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The board, live: shows the newest frame of a feed, whatever feed that is. Draws when something
 * changed, at most once each tick of the frame clock.
 *
 * The wheel zooms at the pointer, a touchpad pans and pinches, the middle button (or the space
 * bar held) drags, arrows pan. A tooltip tells what the pointer is over; a click selects it, with
 * Shift it adds it or takes it out, a double click asks for its properties (action
 * win.properties). From where there is no part, or with Shift, a drag selects what lies in a box:
 * wholly where it goes to the right, as KiCad has it, in part where it goes to the left. A part can
 * be dragged; the canvas only tells where to, whoever has the run moves it and what is selected
 * with it.
 *
 * When the window is resized or a panel opens, a board that is shown as fitted is fitted again;
 * when something smaller comes or goes beside the canvas, what is seen stays where it is on the
 * screen, unless that would cover some of a board that is fitted.
 *
 * Property `frame`, notified when another frame is on show; `past`: it is not the newest;
 * `selected`, the part that was selected last or -1, notified when any is or is no more;
 * `region-wanted`: the next box is one, which nobody has drawn yet. Signal
 * `live-frame`: the feed has a newer one, on show or not. Signal `drag-part` (BwCanvasDrag stage,
 * guint footprint, gint x_nm, gint y_nm): a person wants its anchor there. Signal `region-drawn`
 * (gint x0_nm, gint y0_nm, gint x1_nm, gint y1_nm): the region that was asked for. */

#pragma once

#include <gtk/gtk.h>

#include "app/bw-paint-thread.h"
#include "render/bw-painter.h"
#include "render/bw-selection.h"
#include "session/bw-feed.h"

G_BEGIN_DECLS

typedef enum
{
  BW_CANVAS_DRAG_BEGIN,
  BW_CANVAS_DRAG_MOVE,
  BW_CANVAS_DRAG_END,
  BW_CANVAS_DRAG_CANCEL, /* back to where it began */
  BW_CANVAS_DRAG_REFUSED, /* of how the board was in the past: nothing is taken along */
} BwCanvasDrag;

#define BW_TYPE_CANVAS (bw_canvas_get_type ())
G_DECLARE_FINAL_TYPE (BwCanvas, bw_canvas, BW, CANVAS, GtkWidget)

/* Shows `feed`, with `painter` (transfer full), made for the feed's board, and all of it in
 * view. */
void     bw_canvas_set_feed  (BwCanvas  *self,
                              BwFeed    *feed,
                              BwPainter *painter);

/* What is on show. (transfer none) (nullable): NULL before a feed is set */
BwFrame *bw_canvas_get_frame (BwCanvas  *self);

/* The same with parts where they are drawn: while a run moves them, on their way to where the frame
 * has them (render/bw-glide.h). (transfer none) (nullable) */
BwFrame *bw_canvas_get_drawn (BwCanvas  *self);

/* Shows a frame that was before, with which nothing can be done; NULL: the newest again. */
void     bw_canvas_show_past (BwCanvas  *self,
                              BwFrame   *frame);
gboolean bw_canvas_get_past  (BwCanvas  *self);

void     bw_canvas_set_show  (BwCanvas  *self,
                              BwShow     show);
BwShow   bw_canvas_get_show  (BwCanvas  *self);

/* How far apart the lines of the grid are. */
void     bw_canvas_set_grid  (BwCanvas  *self,
                              double     step_mm);

/* What the heat is of. */
void     bw_canvas_set_heat  (BwCanvas  *self,
                              BwHeatKind kind);

/* Whether the scale bar and the pointer's place are told in inches rather than millimetres. */
void     bw_canvas_set_inches (BwCanvas *self,
                               gboolean  inches);

/* What is on show, for painting it elsewhere; to be cleared with bw_paint_request_clear(). */
void     bw_canvas_fill_request (BwCanvas       *self,
                                 BwPaintRequest *request);

/* From the back: mirrored, what lies on the back in front. */
void     bw_canvas_set_flipped (BwCanvas *self,
                                gboolean  flipped);

/* What is selected. (transfer none): of the board on show; empty before there is one */
const BwSelection *
         bw_canvas_get_selection (BwCanvas *self);
/* The footprint that was selected last, -1: none is. */
gint32   bw_canvas_get_selected (BwCanvas *self);
/* That one alone; -1: none. */
void     bw_canvas_select       (BwCanvas *self,
                                 gint32    footprint);
void     bw_canvas_toggle       (BwCanvas *self,
                                 guint32   footprint);
/* Those of n_footprints flags, in place of what was selected or `added` to it. */
void     bw_canvas_select_parts (BwCanvas     *self,
                                 const guint8 *flags,
                                 gboolean      added);

/* Nets whose pads and lines stand out, beside that of the pad at the pointer. */
void     bw_canvas_set_nets     (BwCanvas      *self,
                                 const guint32 *nets,
                                 guint          n);

/* Parts that are neither shown nor found by the pointer: n_footprints flags, NULL: none. */
void     bw_canvas_set_hidden   (BwCanvas *self,
                                 GBytes   *hidden);

/* Those of the board's modules have changed. */
void     bw_canvas_update_colors (BwCanvas *self);

/* Who else is at the board (element-type BwServerPerson; NULL: it is not shared), and whose hand a
 * part is in then; NULL: nobody else's. */
void     bw_canvas_set_people   (BwCanvas  *self,
                                 GPtrArray *people);
const char *bw_canvas_get_holder (BwCanvas *self,
                                  guint32   footprint);

/* Where rules want what is selected: in regions, and at edges of the board (flags `1 << BwEdge`).
 * Shown until the next call. */
void     bw_canvas_set_rules    (BwCanvas    *self,
                                 const BwBox *regions,
                                 guint        n_regions,
                                 guint        edges);

/* The next box that is drawn is a region, of which the signal tells. */
void     bw_canvas_begin_region (BwCanvas *self);

/* What lies there on the board. */
BwPoint  bw_canvas_get_point    (BwCanvas  *self,
                                 double     x_px,
                                 double     y_px);

/* Makes what is selected follow the pointer (or arrow keys) until a click or Enter; nothing where
 * all of it is locked in the board. */
void     bw_canvas_begin_move   (BwCanvas *self);

/* For who is told that a drag begins and knows better than the frame on show where the part is. */
void     bw_canvas_set_drag_start (BwCanvas *self,
                                   BwPoint   at);

/* Puts down what is being dragged. FALSE: nothing is. */
gboolean bw_canvas_end_move     (BwCanvas *self);

/* Takes back what a drag began. FALSE: nothing is being dragged. */
gboolean bw_canvas_cancel_move  (BwCanvas *self);

/* Takes back a box that is being drawn, or the wish for a region. FALSE: there is none. */
gboolean bw_canvas_cancel_band  (BwCanvas *self);

/* Moves the camera as far as it takes to see the footprint. */
void     bw_canvas_reveal       (BwCanvas *self,
                                 gint32    footprint);

/* Where the footprint is on show, in the canvas. FALSE: nothing is. */
gboolean bw_canvas_get_place    (BwCanvas     *self,
                                 gint32        footprint,
                                 GdkRectangle *place_out);

/* All of the board and its parts in view, until the camera is moved. */
void     bw_canvas_fit       (BwCanvas  *self);
gboolean bw_canvas_is_fit    (BwCanvas  *self);

/* How much of the canvas below the board a fit leaves to what is to come there. */
void     bw_canvas_set_room  (BwCanvas  *self,
                              int        room_px);

/* What is seen. (transfer none) */
const BwCamera *bw_canvas_get_camera (BwCanvas *self);

/* That in the middle, this large. */
void     bw_canvas_look_at   (BwCanvas  *self,
                              double     x_mm,
                              double     y_mm,
                              double     scale_px_per_mm);

/* Zooms at the pointer where that is over the canvas, else at the middle. */
void     bw_canvas_zoom      (BwCanvas  *self,
                              double     factor);

/* Has instances of a class, too, call the function for keys that choose what of the board is seen,
 * with the name of the action as a string. */
void     bw_canvas_add_view_keys (GtkWidgetClass *widget_class,
                                  GtkShortcutFunc func);

G_END_DECLS
