/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which part of a board is seen, and how large: a value, apart from any widget.
 *
 * Pixels are the view's own (logical ones in a window), x to the right, y down from the top left
 * corner. The scale stays within BW_CAMERA_MIN_SCALE and BW_CAMERA_MAX_SCALE, and the middle of
 * the view stays within the bounds, so that a board is never lost from sight. */

#pragma once

#include <stdbool.h>

#include "base/bw-geometry.h"

#define BW_CAMERA_MIN_SCALE 0.05   /* px per mm */
#define BW_CAMERA_MAX_SCALE 2000.0

typedef struct
{
  double center_x_mm; /* what lies in the middle of the view */
  double center_y_mm;
  double scale_px_per_mm;
  double width_px;
  double height_px;
  BwBox bounds;       /* where the middle may be; empty: anywhere */
  bool flipped;       /* seen from the back: x goes to the left */
} BwCamera;

/* The side that is seen. */
static inline BwSide
bw_camera_near_side (const BwCamera *self)
{
  return self->flipped ? BW_SIDE_BACK : BW_SIDE_FRONT;
}

/* The origin in the middle, 10 px per mm, no bounds. */
BwCamera bw_camera_new        (double          width_px,
                               double          height_px);

/* Keeps the middle and the scale. */
void     bw_camera_resize     (BwCamera       *self,
                               double          width_px,
                               double          height_px);

/* The view is another part of the window: as large as this, and with its top left corner where
 * (x_px, y_px) of it was. What is seen stays where it is on the screen. */
void     bw_camera_reframe    (BwCamera       *self,
                               double          x_px,
                               double          y_px,
                               double          width_px,
                               double          height_px);

/* Leaves out of the view what lies further than `margin_px` beside `box`, where that is in view. */
void     bw_camera_crop       (BwCamera       *self,
                               const BwBox    *box,
                               double          margin_px);

void     bw_camera_set_bounds (BwCamera       *self,
                               const BwBox    *bounds);

/* All of `box` in view, in the middle, with `margin_px` around it. An empty box changes nothing;
 * a point is shown at a scale of 10. */
void     bw_camera_fit        (BwCamera       *self,
                               const BwBox    *box,
                               double          margin_px);

/* What is seen follows the pointer: positive values move the board right and down. */
void     bw_camera_pan        (BwCamera       *self,
                               double          dx_px,
                               double          dy_px);

/* Zooms by `factor` (> 1: closer) and leaves what is at (x_px, y_px) there. */
void     bw_camera_zoom_at    (BwCamera       *self,
                               double          x_px,
                               double          y_px,
                               double          factor);

void     bw_camera_to_px      (const BwCamera *self,
                               double          x_mm,
                               double          y_mm,
                               double         *x_px_out,
                               double         *y_px_out);
void     bw_camera_to_mm      (const BwCamera *self,
                               double          x_px,
                               double          y_px,
                               double         *x_mm_out,
                               double         *y_mm_out);

/* Where a box of the board is seen: the top left corner and the size, whichever side is seen. */
void     bw_camera_box_to_px  (const BwCamera *self,
                               const BwBox    *box,
                               double         *x_px_out,
                               double         *y_px_out,
                               double         *width_px_out,
                               double         *height_px_out);

bool     bw_camera_equal      (const BwCamera *a,
                               const BwCamera *b);
