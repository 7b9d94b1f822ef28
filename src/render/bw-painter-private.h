/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the painter's files share. */

#pragma once

#include "render/bw-overlaps.h"
#include "render/bw-painter.h"
#include "render/bw-pen.h"
#include "render/bw-ratsnest.h"
#include "render/bw-trails.h"

G_BEGIN_DECLS

/* A reference as it was drawn last: pixels of the image. */
typedef struct
{
  guint32 *pixels;
  int width;
  int height;
  gint16 size;            /* of the font */
  gboolean upright;
} BwLabelPicture;

/* From this size on anybody sees that a round pad is no box. */
#define BW_PAINTER_LEAST_ROUND_PX 3.5

/* Rows of the image that are painted side by side. */
#define BW_PAINTER_MAX_BANDS 4

/* A part and a pad of it as they are drawn where they are small. */
typedef struct _BwSmallPart BwSmallPart;
typedef struct _BwSmallPad BwSmallPad;

struct _BwPainter
{
  const BwBoard *board;
  const BwTheme *theme;
  BwColor *colors;        /* of each module, and first of parts without one */
  BwShow show;
  guint8 *held;
  guint8 *hidden;
  guint8 *selected;       /* NULL: none */
  guint8 *strays;         /* the same */
  BwPose *poses;
  BwTransform *transforms; /* of the poses */
  BwBox *reaches;         /* of all that a part shows, in its front frame */
  BwBox *text_reaches;    /* of its texts, in the same way; empty: it has none */
  double largest_text_mm; /* on parts; 0: none has any */
  BwBox *pad_boxes;       /* front frame; pads of footprint i from first_pad[i] on */
  guint32 *first_pad;
  gboolean *round_pads;   /* which of them a box would not do for, however small; in that order */
  BwSmallPart *small_parts;
  BwSmallPad *small_pads;
  double *label_widths;   /* of the reference, in units of the font size */
  BwLabelPicture *labels;
  const BwTheme *labels_theme; /* what they were drawn for */
  double labels_scale;
  cairo_font_face_t *font;
  BwPen pen;
  BwPen band_pens[BW_PAINTER_MAX_BANDS];
  double grid_mm;
  BwTrails *trails;
  GArray *forces;         /* BwFrameForce */
  GArray *points;         /* BwPoint: for a hull */

  BwHeat *heat;           /* NULL: not asked for yet */
  BwHeatKind heat_kind;
  gboolean heat_stale;
  gboolean ratsnest_stale;
  BwRatsnest *ratsnest;
  gboolean crowded;       /* so many of its lines are in view that they are not smoothed */
  guint32 usual_class;    /* of nets: its lines have no colour of their own */
  guint rat_colors;       /* bits: which colours its lines may have */
  gboolean overlaps_stale;
  BwOverlaps *overlaps;
  BwTracks tracks;
  gboolean copper_stale;
  guint copper;           /* grows when other copper is gone: */
  gboolean *gone_nets;    /* tracks and teardrops of these, … */
  gboolean fills_gone;    /* … and what fills zones */
  gboolean parted;        /* those of parts that may move are none */
};

/* From nanometres (of the board, or of a part's front frame) to pixels of the view. */
typedef struct
{
  double xx, xy, x0;
  double yx, yy, y0;
} BwAffine;

/* A box in pixels. */
typedef struct
{
  double x0, y0, x1, y1;
} BwPixelBox;

BwAffine   bw_painter_board_affine (const BwCamera   *camera);
BwAffine   bw_painter_part_affine  (const BwCamera    *camera,
                                    const BwTransform *transform);
BwPixelBox bw_painter_pixel_box    (const BwAffine   *affine,
                                    const BwBox      *box);
gboolean   bw_painter_in_view      (const BwCamera   *camera,
                                    const BwPixelBox *box);

static inline void
bw_affine_apply (const BwAffine *affine,
                 BwPoint         point,
                 double         *x_px,
                 double         *y_px)
{
  *x_px = affine->xx * point.x_nm + affine->xy * point.y_nm + affine->x0;
  *y_px = affine->yx * point.x_nm + affine->yy * point.y_nm + affine->y0;
}

/* Adds a path through the points, leaving out those that nobody could tell apart. */
void       bw_painter_add_path     (BwPen            *pen,
                                    const BwAffine   *affine,
                                    const BwPoint    *points,
                                    guint32           n_points,
                                    gboolean          closed);

/* Strokes or fills a drawing in the colour that is set. */
void       bw_painter_draw_graphic (BwPen            *pen,
                                    const BwAffine   *affine,
                                    double            scale_px_per_mm,
                                    const BwGraphic  *graphic);

/* How all that cairo draws of a board is drawn; to be undone by cairo_restore(). */
void       bw_painter_prepare      (cairo_t          *cr);

/* Bodies, ratsnest and overlaps, which are all up to date. It changes nothing but the pen. */
void       bw_painter_paint_moving (BwPainter        *self,
                                    const BwCamera   *camera);
/* The jobs on a processor each, where there are as many. */
typedef struct
{
  void (*run) (gpointer data);
  gpointer data;
} BwJob;

void       bw_painter_run_jobs     (BwJob            *jobs,
                                    guint             n_jobs);

/* The same as bw_painter_paint_moving() on all processors, where the pen is on an image. */
void       bw_painter_paint_bands  (BwPainter        *self,
                                    cairo_t          *cr,
                                    const BwCamera   *camera);

/* All parts whose own side is `side`: bodies, drawings, pads, locks. */
void       bw_painter_paint_side   (BwPainter        *self,
                                    const BwCamera   *camera,
                                    BwSide            side);

/* Fills label_widths, pad_boxes, first_pad, reaches, text_reaches and largest_text_mm; `font` is
 * there. */
void       bw_painter_measure       (BwPainter       *self);

/* Paints a part that is so small that it is a box, or returns FALSE. */
void       bw_painter_prepare_small (BwPainter       *self);
gboolean   bw_painter_paint_small   (BwPainter       *self,
                                     const BwCamera  *camera,
                                     guint32          index);

/* What lies below the parts: heat (by cairo, before the pen begins), hulls of modules, trails. */
void       bw_painter_paint_heat   (BwPainter        *self,
                                    cairo_t          *cr,
                                    const BwCamera   *camera);
void       bw_painter_paint_hulls  (BwPainter        *self,
                                    const BwCamera   *camera);
void       bw_painter_paint_trails (BwPainter        *self,
                                    const BwCamera   *camera);
/* And above. */
void       bw_painter_paint_strays (BwPainter        *self,
                                    const BwCamera   *camera);
void       bw_painter_paint_selection (BwPainter      *self,
                                       const BwCamera *camera);
void       bw_painter_paint_forces (BwPainter        *self,
                                    const BwCamera   *camera);

/* The board's own texts that are on `side`. */
void       bw_painter_paint_texts  (BwPainter        *self,
                                    cairo_t          *cr,
                                    const BwCamera   *camera,
                                    BwSide            side);
/* Those of parts which lie on `side` now. */
void       bw_painter_paint_part_texts (BwPainter      *self,
                                        const BwCamera *camera,
                                        BwSide          side);
/* Where it is at most, in the frame of what it belongs to. */
BwBox      bw_painter_text_reach   (const BwText     *text);
void       bw_painter_paint_labels (BwPainter        *self,
                                    const BwCamera   *camera);
/* Whether its reference is large enough to be shown in it. */
gboolean   bw_painter_has_label    (const BwPainter  *self,
                                    const BwCamera   *camera,
                                    guint32           index);
void       bw_painter_free_labels  (BwPainter        *self);

G_END_DECLS
