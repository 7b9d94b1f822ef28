/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What wheel, touchpad and fingers do to a camera, whoever tells of them. */

#pragma once

#include <stdbool.h>

#include "render/bw-camera.h"

/* What one arrow key pans, and a notch of the wheel sideways. */
#define BW_GESTURE_STEP_PX 60

typedef struct
{
  double dx;     /* to the right and down: notches of a wheel, or px of a touchpad */
  double dy;
  bool is_wheel;
  bool is_zoom;  /* a touchpad zooms (Ctrl); a wheel does anyway */
  bool is_pan;   /* a wheel pans sideways (Shift); a touchpad pans anyway */
} BwScroll;

/* How two fingers were told of last. */
typedef struct
{
  bool began;    /* FALSE: not yet; so it starts, and so is each new pinch to start */
  double scale;  /* how far they are apart, by how far they were first */
  double x_px;   /* between them */
  double y_px;
} BwPinch;

/* With the pointer at (x_px, y_px), where a zoom leaves what is there. */
void bw_gesture_scroll (BwCamera       *camera,
                        double          x_px,
                        double          y_px,
                        const BwScroll *scroll);

/* Two fingers round (x_px, y_px): what was between them stays there, and as much larger as they
 * went apart. `scale` as in BwPinch; what is not above 0 changes nothing. */
void bw_gesture_pinch  (BwCamera       *camera,
                        BwPinch        *pinch,
                        double          scale,
                        double          x_px,
                        double          y_px);
