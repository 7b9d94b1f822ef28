/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A board in very small: its form, and each part as a box of one colour. Ten thousand parts take
 * about a millisecond. */

#pragma once

#include <cairo.h>

#include "board/bw-board.h"
#include "render/bw-camera.h"
#include "render/bw-theme.h"

G_BEGIN_DECLS

typedef struct
{
  const BwBoard *board;
  const BwPose *poses;    /* n_footprints of them */
  const guint8 *hidden;   /* nullable: flags of what is not drawn, … */
  const guint8 *selected; /* … and of what stands out */
  const BwTheme *theme;
  BwCamera camera;        /* which part of the board; its pixels are the picture's */
} BwOverview;

/* (transfer full) */
cairo_surface_t *bw_overview_paint (const BwOverview *self);

G_END_DECLS
