/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the files that write a board's JSON share: its parts, each a member or value of what is
 * open in the writer. */

#pragma once

#include "board/bw-board.h"
#include "wire/bw-text-writer.h"

G_BEGIN_DECLS

void     bw_board_json_integer  (BwTextWriter  *writer,
                                 const char    *name,
                                 gint64         value);
void     bw_board_json_boolean  (BwTextWriter  *writer,
                                 const char    *name,
                                 gboolean       value);
void     bw_board_json_string   (BwTextWriter  *writer,
                                 const char    *name,
                                 const char    *value);

/* The first point, then the way to each next one: half the digits. */
void     bw_board_json_points   (BwTextWriter  *writer,
                                 const BwPoint *points,
                                 guint32        n_points);
void     bw_board_json_ring     (BwTextWriter  *writer,
                                 const char    *name,
                                 const BwRing  *ring);

/* An object with sides and points; `name` may be NULL. */
void     bw_board_json_area     (BwTextWriter  *writer,
                                 const char    *name,
                                 guint          sides,
                                 const BwRing  *ring);

/* A member `paths` of the open object, and the end of both. */
void     bw_board_json_begin_paths (BwTextWriter *writer);
void     bw_board_json_end_paths   (BwTextWriter *writer);

/* A member of this name: BwGraphic, sorted by style, which sorts the array. */
void     bw_board_json_graphics (BwTextWriter  *writer,
                                 const char    *name,
                                 GPtrArray     *graphics);

/* A member `texts`: BwText. With a footprint, its reference and value are given by their names,
 * as they are in what it shares with others; else NULL. */
void     bw_board_json_texts    (BwTextWriter      *writer,
                                 GPtrArray         *texts,
                                 const BwFootprint *footprint);

/* A member `shapes`: what footprints of one kind have in common.
 *
 * Returns: (transfer full): each footprint's index in it */
guint32 *bw_board_json_shapes   (BwTextWriter  *writer,
                                 const BwBoard *board);

G_END_DECLS
