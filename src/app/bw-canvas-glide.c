/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/bw-canvas-private.h"

#include <math.h>

#include "render/bw-glide.h"

/* As often as frames come: what is spent on more pictures is taken from the search. */
#define STEP_US (G_USEC_PER_SEC / 30)
/* Of the frame clock, which hits no moment exactly. */
#define SLACK_US (G_USEC_PER_SEC / 120)

/* How often it is looked whether parts that a run moves are still in view, and how far beyond what
 * was fitted they are: a fit has more around it. */
#define FOLLOW_INTERVAL_US (700 * 1000)
#define SLACK_PX 16

static double
diagonal_nm (const BwBoard *board)
{
  const BwBox *box = &board->box;

  return bw_box_is_empty (box) ? 0.0 : hypot ((double) box->x1_nm - box->x0_nm,
                                              (double) box->y1_nm - box->y0_nm);
}

static void
draw_from (BwCanvas *self,
           BwFrame  *frame)
{
  g_clear_pointer (&self->drawn, bw_frame_unref);
  self->drawn = frame;
  bw_canvas_request_picture (self);
  bw_canvas_hover (self);
}

static gboolean
animates (BwCanvas *self)
{
  gboolean animates;

  g_object_get (gtk_widget_get_settings (GTK_WIDGET (self)), "gtk-enable-animations", &animates,
                NULL);
  return animates;
}

void
bw_canvas_set_out (BwCanvas *self,
                   gboolean  at_once)
{
  if (!at_once && self->drawn && animates (self))
    return;
  self->glided_us = 0;
  draw_from (self, bw_frame_ref (self->frame));
}

gboolean
bw_canvas_glide (BwCanvas      *self,
                 GdkFrameClock *clock)
{
  gint64 now_us = gdk_frame_clock_get_frame_time (clock);
  gint64 passed_us = self->glided_us > 0 ? now_us - self->glided_us : STEP_US;
  BwFrame values;
  g_autofree BwPose *poses = NULL;
  gboolean gliding;

  if (!self->drawn || self->drawn == self->frame)
    return FALSE;
  if (passed_us < STEP_US - SLACK_US)
    return TRUE;
  values = *self->frame;
  poses = g_memdup2 (self->drawn->poses, sizeof (BwPose) * values.n_footprints);
  values.poses = poses;
  gliding = bw_glide_step (poses, self->frame->poses, self->frame->held, values.n_footprints,
                           diagonal_nm (bw_feed_get_board (self->feed)),
                           (double) passed_us / G_TIME_SPAN_MILLISECOND);
  self->glided_us = gliding ? now_us : 0;
  draw_from (self, gliding ? bw_frame_new (&values) : bw_frame_ref (self->frame));
  return gliding;
}

/* A board without an outline is where its parts are, and a run takes them elsewhere. Who has moved
 * the view, or has a part in hand, keeps what is seen. */
void
bw_canvas_follow (BwCanvas *self)
{
  gint64 now_us = g_get_monotonic_time ();
  gint32 slack_nm = bw_nm_from_mm (SLACK_PX / self->camera.scale_px_per_mm);
  const BwBox *fitted = &self->fitted;
  BwBox extents;

  if (!self->fit_pending || self->dragged >= 0
      || (!self->live->final && now_us - self->followed_us < FOLLOW_INTERVAL_US))
    return;
  self->followed_us = now_us;
  extents = bw_painter_find_extents (bw_feed_get_board (self->feed), self->live->poses);
  if (extents.x0_nm < fitted->x0_nm - slack_nm || extents.x1_nm > fitted->x1_nm + slack_nm
      || extents.y0_nm < fitted->y0_nm - slack_nm || extents.y1_nm > fitted->y1_nm + slack_nm)
    bw_canvas_fit (self);
}
