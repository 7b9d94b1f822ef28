/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the canvas's files share: bw-canvas.c shows, -input moves the camera, -parts tells what the
 * pointer is over, -select selects it, -drag takes it along, -glide eases between frames, -rules
 * shows where it is to be, -people shows the others, -furniture tells scale, place and colours,
 * -overview shows the whole board in small. */

#pragma once

#include "app/bw-canvas.h"
#include "app/bw-paint-thread.h"
#include "app/bw-canvas-picture.h"
#include "render/bw-gesture.h"

G_BEGIN_DECLS

typedef struct _BwCanvasOverview BwCanvasOverview;
typedef struct _BwCanvasRules BwCanvasRules;

struct _BwCanvas
{
  GtkWidget parent_instance;

  BwFeed *feed;
  BwPort *port;
  BwPaintThread *painting;  /* NULL: nothing to show */
  BwFrame *live;            /* the feed's newest */
  BwFrame *frame;           /* what is on show: that, or one of the past */
  BwFrame *drawn;           /* the same; or a copy of it with parts on their way there */
  BwBox fitted;             /* what the last fit showed */
  gint64 followed_us;       /* when it was looked whether parts are still in that */
  gint64 glided_us;         /* by the frame clock; 0: they are there */
  gboolean past;
  BwShow show;
  double grid_mm;
  BwHeatKind heat;
  gboolean inches;          /* of what is told of lengths; else millimetres */
  BwCamera camera;
  BwStyle style;
  gboolean fit_pending;     /* no size yet, or still as fitted: resizing fits again */
  double room_px;           /* that a fit leaves below the board */
  gboolean seen;            /* since the feed was set: from then on what comes beside the canvas
                             * takes some of it, and moves nothing on it */
  double corner_x_px;       /* of the canvas, on the surface, … */
  double corner_y_px;
  int root_width_px;        /* … when the window was so large */
  int root_height_px;
  guint tick_id;

  BwCanvasPicture *picture; /* the newest; NULL: none yet */
  BwFrame *picture_frame;   /* what it shows; older than `drawn` while the next is being painted */
  BwSelection *selection;
  GBytes *selected;         /* its flags for the painter, of more than one; else NULL */
  gint32 hovered;           /* footprint, -1: none; so is the next */
  gint32 pressed;           /* alone selected once the button is released */
  gboolean banding;         /* a box is being drawn: from this place of the board to the pointer */
  double band_x_mm, band_y_mm;
  gboolean region_wanted;   /* … that is no selection, but a region */
  BwCanvasRules *rules;     /* what is asked of the selection; NULL: nothing that has a place */
  gint32 hovered_pad;       /* of that; -1: none */
  GArray *nets;             /* guint32: that stand out */
  GBytes *hidden;           /* n_footprints flags; NULL: all parts are shown */
  GPtrArray *people;        /* (element-type BwServerPerson); NULL: it is not shared */

  BwCanvasOverview *overview; /* NULL: not drawn yet */
  gboolean overview_dragged;

  gint32 dragged;           /* footprint, -1: none */
  BwPoint drag_start;       /* its anchor when it began */
  BwPoint drag_base;        /* its anchor, … */
  double drag_x_px;         /* … when the pointer was here, on the surface: anew when the camera
                             * moves, and not when the canvas is laid out anew below it */
  double drag_y_px;
  double drag_last_x_px;    /* where the pointer was told to be last, on the surface */
  double drag_last_y_px;
  BwPoint drag_nudge;       /* by arrow keys on top */
  BwPoint drag_at;          /* what was told last */
  gboolean dragged_by_button;

  gboolean space_held;
  gboolean pointer_inside;
  double pointer_x_px;
  double pointer_y_px;
  double pointer_surface_x_px;
  double pointer_surface_y_px;
  double last_drag_x_px;
  double last_drag_y_px;
  BwPinch pinch;
};

/* A person moved the camera: the board is no longer shown as fitted. */
void bw_canvas_camera_moved    (BwCanvas       *self);

/* Other parts are selected. */
void bw_canvas_notify_selected (BwCanvas       *self);

/* What is to be seen changed: has it painted. */
void bw_canvas_request_picture (BwCanvas       *self);

/* The next box that is drawn is a region, or not. */
void bw_canvas_want_region     (BwCanvas       *self,
                                gboolean        wanted);

/* bw-canvas-select.c */
void bw_canvas_add_select_input (BwCanvas      *self);
/* The parts of another board. */
void bw_canvas_reset_selection (BwCanvas       *self,
                                guint           n_parts);
void bw_canvas_begin_band      (BwCanvas       *self,
                                double          x_px,
                                double          y_px);
/* Selects what lies in the box; `added` to what is selected. FALSE: there is none. */
gboolean bw_canvas_end_band    (BwCanvas       *self,
                                gboolean        added);
void bw_canvas_append_band     (BwCanvas       *self,
                                GtkSnapshot    *snapshot);

/* bw-canvas-parts.c */
gint32 bw_canvas_pick          (BwCanvas       *self,
                                double          x_px,
                                double          y_px);
void bw_canvas_hover           (BwCanvas       *self);
void bw_canvas_add_part_input  (BwCanvas       *self);
void bw_canvas_append_highlights (BwCanvas     *self,
                                GtkSnapshot    *snapshot);

/* Asks the run for forces, or no longer, as they are to be shown. */
void bw_canvas_wish_forces     (BwCanvas       *self);

/* bw-canvas-glide.c: `frame` is another one now, where parts are `at_once`, or where they go from
 * where they are drawn. */
void bw_canvas_set_out         (BwCanvas       *self,
                                gboolean        at_once);
/* Brings what is drawn up to the frame clock; FALSE once parts are where the frame has them. */
gboolean bw_canvas_glide       (BwCanvas       *self,
                                GdkFrameClock  *clock);
/* A run has moved parts: a fit that nobody has moved is made anew where they have left it. */
void bw_canvas_follow          (BwCanvas       *self);

/* bw-canvas-rules.c */
void bw_canvas_add_region_signal (BwCanvasClass *klass);
void bw_canvas_tell_region     (BwCanvas       *self,
                                const BwBox    *box);
void bw_canvas_append_rules    (BwCanvas       *self,
                                GtkSnapshot    *snapshot);
void bw_canvas_rules_free      (BwCanvasRules  *rules);

/* bw-canvas-overview.c */
void bw_canvas_overview_free   (BwCanvasOverview *overview);
/* Whether it is there. */
gboolean bw_canvas_overview_holds (BwCanvas    *self,
                                double          x_px,
                                double          y_px);
/* Brings into view what it has there. */
void bw_canvas_overview_go_to  (BwCanvas       *self,
                                double          x_px,
                                double          y_px);
void bw_canvas_append_overview (BwCanvas       *self,
                                GtkSnapshot    *snapshot);

/* bw-canvas-people.c */
void bw_canvas_append_people   (BwCanvas       *self,
                                GtkSnapshot    *snapshot);

/* bw-canvas-furniture.c: the scale bar, where the pointer is, and the colours of forces. */
void bw_canvas_append_furniture (BwCanvas      *self,
                                 GtkSnapshot   *snapshot);

/* bw-canvas-drag.c */
void bw_canvas_add_drag_signal (BwCanvasClass  *klass);
/* From the canvas to the surface that it is on. */
void bw_canvas_to_surface      (BwCanvas       *self,
                                double         *x_px,
                                double         *y_px);
void bw_canvas_begin_drag      (BwCanvas       *self,
                                gint32          footprint,
                                double          x_px,
                                double          y_px);
/* To the pointer. */
void bw_canvas_update_drag     (BwCanvas       *self,
                                double          x_px,
                                double          y_px);
void bw_canvas_nudge_drag      (BwCanvas       *self,
                                int             dx,
                                int             dy);
/* The camera moved under the pointer, which takes nothing along by that. */
void bw_canvas_rebase_drag     (BwCanvas       *self);

/* bw-canvas-input.c */
void bw_canvas_add_keys        (GtkWidgetClass *widget_class);
void bw_canvas_add_controllers (BwCanvas       *self);

G_END_DECLS
