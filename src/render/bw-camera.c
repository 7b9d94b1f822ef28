/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "render/bw-camera.h"

#include <math.h>

#define DEFAULT_SCALE 10.0

static double
clamp (double value,
       double low,
       double high)
{
  if (!(value >= low)) /* catches NaN as well */
    return low;
  return value > high ? high : value;
}

static void
keep_in_bounds (BwCamera *self)
{
  if (bw_box_is_empty (&self->bounds))
    return;
  self->center_x_mm = clamp (self->center_x_mm,
                             bw_nm_to_mm (self->bounds.x0_nm), bw_nm_to_mm (self->bounds.x1_nm));
  self->center_y_mm = clamp (self->center_y_mm,
                             bw_nm_to_mm (self->bounds.y0_nm), bw_nm_to_mm (self->bounds.y1_nm));
}

BwCamera
bw_camera_new (double width_px,
               double height_px)
{
  return (BwCamera) {
    .scale_px_per_mm = DEFAULT_SCALE,
    .width_px = width_px,
    .height_px = height_px,
    .bounds = BW_BOX_EMPTY,
  };
}

void
bw_camera_resize (BwCamera *self,
                  double    width_px,
                  double    height_px)
{
  self->width_px = width_px;
  self->height_px = height_px;
}

void
bw_camera_reframe (BwCamera *self,
                   double    x_px,
                   double    y_px,
                   double    width_px,
                   double    height_px)
{
  double x_mm, y_mm;

  bw_camera_to_mm (self, x_px + width_px / 2, y_px + height_px / 2, &x_mm, &y_mm);
  bw_camera_resize (self, width_px, height_px);
  self->center_x_mm = x_mm;
  self->center_y_mm = y_mm;
  keep_in_bounds (self);
}

void
bw_camera_crop (BwCamera    *self,
                const BwBox *box,
                double       margin_px)
{
  double x_px, y_px, width_px, height_px, x0, y0, x1, y1;

  if (bw_box_is_empty (box))
    return;
  bw_camera_box_to_px (self, box, &x_px, &y_px, &width_px, &height_px);
  x0 = fmax (floor (x_px - margin_px), 0);
  y0 = fmax (floor (y_px - margin_px), 0);
  x1 = fmin (ceil (x_px + width_px + margin_px), self->width_px);
  y1 = fmin (ceil (y_px + height_px + margin_px), self->height_px);
  if (x1 > x0 && y1 > y0)
    bw_camera_reframe (self, x0, y0, x1 - x0, y1 - y0);
}

void
bw_camera_set_bounds (BwCamera    *self,
                      const BwBox *bounds)
{
  self->bounds = *bounds;
  keep_in_bounds (self);
}

void
bw_camera_fit (BwCamera    *self,
               const BwBox *box,
               double       margin_px)
{
  double width_mm, height_mm, room_x_px, room_y_px, scale;

  if (bw_box_is_empty (box))
    return;
  width_mm = bw_nm_to_mm ((int64_t) box->x1_nm - box->x0_nm);
  height_mm = bw_nm_to_mm ((int64_t) box->y1_nm - box->y0_nm);
  /* In a view smaller than its margins the board still gets half of it. */
  room_x_px = fmax (self->width_px - 2 * margin_px, self->width_px / 2);
  room_y_px = fmax (self->height_px - 2 * margin_px, self->height_px / 2);
  scale = fmin (width_mm > 0 ? room_x_px / width_mm : INFINITY,
                height_mm > 0 ? room_y_px / height_mm : INFINITY);
  if (!isfinite (scale))
    scale = DEFAULT_SCALE;
  self->scale_px_per_mm = clamp (scale, BW_CAMERA_MIN_SCALE, BW_CAMERA_MAX_SCALE);
  self->center_x_mm = bw_nm_to_mm ((int64_t) box->x0_nm + box->x1_nm) / 2;
  self->center_y_mm = bw_nm_to_mm ((int64_t) box->y0_nm + box->y1_nm) / 2;
  keep_in_bounds (self);
}

/* Pixels to the right for each millimetre of growing x. */
static double
x_scale (const BwCamera *self)
{
  return self->flipped ? -self->scale_px_per_mm : self->scale_px_per_mm;
}

void
bw_camera_pan (BwCamera *self,
               double    dx_px,
               double    dy_px)
{
  self->center_x_mm -= dx_px / x_scale (self);
  self->center_y_mm -= dy_px / self->scale_px_per_mm;
  keep_in_bounds (self);
}

void
bw_camera_zoom_at (BwCamera *self,
                   double    x_px,
                   double    y_px,
                   double    factor)
{
  double x_mm, y_mm;

  bw_camera_to_mm (self, x_px, y_px, &x_mm, &y_mm);
  self->scale_px_per_mm = clamp (self->scale_px_per_mm * factor,
                                 BW_CAMERA_MIN_SCALE, BW_CAMERA_MAX_SCALE);
  self->center_x_mm = x_mm - (x_px - self->width_px / 2) / x_scale (self);
  self->center_y_mm = y_mm - (y_px - self->height_px / 2) / self->scale_px_per_mm;
  keep_in_bounds (self);
}

void
bw_camera_to_px (const BwCamera *self,
                 double          x_mm,
                 double          y_mm,
                 double         *x_px_out,
                 double         *y_px_out)
{
  *x_px_out = (x_mm - self->center_x_mm) * x_scale (self) + self->width_px / 2;
  *y_px_out = (y_mm - self->center_y_mm) * self->scale_px_per_mm + self->height_px / 2;
}

void
bw_camera_to_mm (const BwCamera *self,
                 double          x_px,
                 double          y_px,
                 double         *x_mm_out,
                 double         *y_mm_out)
{
  *x_mm_out = (x_px - self->width_px / 2) / x_scale (self) + self->center_x_mm;
  *y_mm_out = (y_px - self->height_px / 2) / self->scale_px_per_mm + self->center_y_mm;
}

void
bw_camera_box_to_px (const BwCamera *self,
                     const BwBox    *box,
                     double         *x_px_out,
                     double         *y_px_out,
                     double         *width_px_out,
                     double         *height_px_out)
{
  bw_camera_to_px (self, bw_nm_to_mm (self->flipped ? box->x1_nm : box->x0_nm),
                   bw_nm_to_mm (box->y0_nm), x_px_out, y_px_out);
  *width_px_out = bw_nm_to_mm ((int64_t) box->x1_nm - box->x0_nm) * self->scale_px_per_mm;
  *height_px_out = bw_nm_to_mm ((int64_t) box->y1_nm - box->y0_nm) * self->scale_px_per_mm;
}

bool
bw_camera_equal (const BwCamera *a,
                 const BwCamera *b)
{
  return a->center_x_mm == b->center_x_mm
         && a->center_y_mm == b->center_y_mm
         && a->scale_px_per_mm == b->scale_px_per_mm
         && a->width_px == b->width_px
         && a->height_px == b->height_px
         && a->flipped == b->flipped;
}
