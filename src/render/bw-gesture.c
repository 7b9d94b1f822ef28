/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "render/bw-gesture.h"

#include <math.h>

#define WHEEL_ZOOM 1.2      /* a notch of the wheel */
#define TOUCHPAD_ZOOM 1.006 /* a pixel of a touchpad */

void
bw_gesture_scroll (BwCamera       *camera,
                   double          x_px,
                   double          y_px,
                   const BwScroll *scroll)
{
  if (scroll->is_wheel && scroll->is_pan)
    bw_camera_pan (camera, -(scroll->dx + scroll->dy) * BW_GESTURE_STEP_PX, 0);
  else if (scroll->is_wheel)
    bw_camera_zoom_at (camera, x_px, y_px, pow (WHEEL_ZOOM, -scroll->dy));
  else if (scroll->is_zoom)
    bw_camera_zoom_at (camera, x_px, y_px, pow (TOUCHPAD_ZOOM, -scroll->dy));
  else
    bw_camera_pan (camera, -scroll->dx, -scroll->dy);
}

void
bw_gesture_pinch (BwCamera *camera,
                  BwPinch  *pinch,
                  double    scale,
                  double    x_px,
                  double    y_px)
{
  /* Also false for what is no number. */
  if (!(scale > 0))
    return;
  if (pinch->began)
    bw_camera_pan (camera, x_px - pinch->x_px, y_px - pinch->y_px);
  bw_camera_zoom_at (camera, x_px, y_px, pinch->began ? scale / pinch->scale : scale);
  *pinch = (BwPinch) { true, scale, x_px, y_px };
}
