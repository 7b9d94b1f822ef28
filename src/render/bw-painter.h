/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Draws a board and the parts on it with cairo, seen from the camera's side.
 *
 * Two halves, so that whoever shows it can keep the first while the parts move: the board itself
 * (which changes with the camera and the theme only), and what lies on it.
 *
 * How much is drawn follows the zoom. Sizes in pixels of the view:
 *   bodies and the ratsnest   always; lines of the ratsnest smooth up to 4,000 of them
 *   a body's rim              from 3 px
 *   the shapes of parts       from 12 px; up to there body and pads are upright boxes where that is
 *                             near enough, and end on whole pixels on boards of 3,000 parts
 *   overlaps as polygons      from 6 px; smaller ones as boxes
 *   pads                      on parts from 4 px: boxes from 1 px, their true shape from 5 px, of
 *                             round ones from 3.5
 *   drills                    from 2 px
 *   silkscreen and fab        on parts from 26 px; their texts as those of the board
 *   references                from a letter height of 8 px
 *   texts                     from a letter height of 4.5 px; of the fab layer from 9, and on
 *                             parts only where no references are shown; one's own reference where
 *                             it is not shown already
 *   arrows of forces          on parts from 3 px
 *
 * On an image surface shapes are painted by a rasterizer of our own, and what moves by all
 * processors, in bands of rows; on anything else by cairo.
 *
 * One thread at a time. */

#pragma once

#include <cairo.h>

#include "board/bw-board.h"
#include "render/bw-camera.h"
#include "render/bw-heat.h"
#include "render/bw-theme.h"
#include "session/bw-frame.h"

G_BEGIN_DECLS

typedef struct _BwPainter BwPainter;

typedef enum
{
  BW_SHOW_RATSNEST = 1 << 0,
  BW_SHOW_POWER_NETS = 1 << 1, /* supplies in the ratsnest as well, fainter */
  BW_SHOW_TRACKS = 1 << 2,
  BW_SHOW_LABELS = 1 << 3,
  BW_SHOW_OVERLAPS = 1 << 4,
  BW_SHOW_ALL_DETAIL = 1 << 5, /* however small, and every stroke by cairo itself: for files */
  BW_SHOW_ZONES = 1 << 6,      /* copper as it was last poured */
  BW_SHOW_DRAWINGS = 1 << 7,   /* silkscreen and fabrication drawings */
  BW_SHOW_AREAS = 1 << 8,      /* where parts of a sheet belong, and what is barred where */
  BW_SHOW_GRID = 1 << 9,       /* as far apart as was set, or coarser */
  BW_SHOW_PADS = 1 << 10,      /* and their holes */
  BW_SHOW_TRAILS = 1 << 11,    /* where parts have been */
  BW_SHOW_FORCES = 1 << 12,    /* what pulls and pushes each part, by term of the objective */
  BW_SHOW_MODULES = 1 << 13,   /* a tinted hull round the parts of each */
  BW_SHOW_HEAT = 1 << 14,      /* how crowded the board is */
  BW_SHOW_MINIMAP = 1 << 15,   /* not the painter's: the board in small beside it, see BwOverview */
} BwShow;

#define BW_SHOW_DEFAULT                                                                            \
  (BW_SHOW_RATSNEST | BW_SHOW_TRACKS | BW_SHOW_LABELS | BW_SHOW_OVERLAPS | BW_SHOW_ZONES           \
   | BW_SHOW_DRAWINGS | BW_SHOW_AREAS | BW_SHOW_PADS | BW_SHOW_MINIMAP)

/* Unless told. */
#define BW_PAINTER_GRID_MM 1.27

/* Starts with the file's poses, the light theme and BW_SHOW_DEFAULT. `board` must outlive it. */
BwPainter *bw_painter_new         (const BwBoard   *board);
void       bw_painter_free        (BwPainter       *self);

/* `theme` must outlive it. Modules have the colours that are chosen for them now, until it is set
 * again. */
void       bw_painter_set_theme   (BwPainter       *self,
                                   const BwTheme   *theme);
void       bw_painter_set_show    (BwPainter       *self,
                                   BwShow           show);

/* Copies n_footprints poses. Ratsnest and overlaps are found anew when they are next painted. */
void       bw_painter_set_poses   (BwPainter       *self,
                                   const BwPose    *poses);

/* What of the copper is drawn is what a save with the parts at these poses leaves of it. As it
 * starts: all. */
void       bw_painter_set_tracks  (BwPainter       *self,
                                   BwTracks         tracks);

/* Another number each time when that is another part of it: what bw_painter_paint_board() drew
 * before is out of date then. */
guint      bw_painter_get_copper  (BwPainter       *self);

/* Copies n_footprints flags: which parts stay where they are. NULL, as it starts: as the board
 * says. */
void       bw_painter_set_held    (BwPainter       *self,
                                   const guint8    *held);

/* Copies n_footprints flags: which parts are not drawn, nor what is to be connected to them. NULL,
 * as it starts: none. */
void       bw_painter_set_hidden  (BwPainter       *self,
                                   const guint8    *hidden);

/* Copies n_footprints flags, twice: which parts are marked as lying where they may not, with the
 * overlaps, be it that no part may, or none beside another one. NULL, as it starts: none. */
void       bw_painter_set_strays  (BwPainter       *self,
                                   const guint8    *strays,
                                   const guint8    *barred);

/* No part that may move lies on another, as it starts FALSE: where the poses say so, parts are only
 * on their way past each other, and nothing is marked but what is held on something held. */
void       bw_painter_set_parted  (BwPainter       *self,
                                   gboolean         parted);

/* Copies n_footprints flags: which parts stand out as selected. NULL, as it starts: none. */
void       bw_painter_set_selected (BwPainter      *self,
                                    const guint8   *selected);

/* How far apart the lines of the grid are; above 0. */
void       bw_painter_set_grid    (BwPainter       *self,
                                   double           step_mm);

/* Density, as it starts, or congestion. */
void       bw_painter_set_heat    (BwPainter       *self,
                                   BwHeatKind       kind);

/* Copies what of the forces is drawn until the next ones; none as it starts. */
void       bw_painter_set_forces  (BwPainter          *self,
                                   const BwFrameForce *forces,
                                   guint               n_forces);

/* The poses that were set last are a further place on each part's trail; `anew`: the first. */
void       bw_painter_add_trail   (BwPainter       *self,
                                   gboolean         anew);

/* The box of the board and of all parts where they lie now: what a fit shows. */
BwBox      bw_painter_get_extents (const BwPainter *self);

/* The same without a painter, from any thread. */
BwBox      bw_painter_find_extents (const BwBoard *board,
                                    const BwPose  *poses);

/* Fills the view with the background and draws what never moves: outline, grid, copper, areas,
 * drawings and texts. */
void       bw_painter_paint_board (BwPainter       *self,
                                   cairo_t         *cr,
                                   const BwCamera  *camera);

/* Draws parts, ratsnest, overlaps and references over it, and what was told of how they move. */
void       bw_painter_paint_parts (BwPainter       *self,
                                   cairo_t         *cr,
                                   const BwCamera  *camera);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BwPainter, bw_painter_free)

G_END_DECLS
