/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is behind a BwBoard, for the reader and the saver. */

#pragma once

#include "board/bw-arena.h"
#include "board/bw-board.h"

G_BEGIN_DECLS

typedef struct
{
  BwBoard board; /* first: a BwBoard pointer is a BwBoardPrivate pointer */
  gatomicrefcount ref_count;
  BwArena *arena;
  GBytes *bytes;
  GHashTable *by_key; /* key, in the arena → index + 1 */
} BwBoardPrivate;

static inline BwBoardPrivate *
bw_board_private (const BwBoard *board)
{
  return (BwBoardPrivate *) board;
}

/* What lies beside a board; any of it may be NULL. */
typedef struct
{
  GBytes *project;  /* of the .kicad_pro file */
  GBytes *rules;    /* of the .kicad_dru file */
  GBytes *settings; /* of the .boardwalk.json file */
  GPtrArray *notes; /* what could not be read of them, in words */
} BwBeside;

/* Reads a board; see bw_board_new_with_project(). */
BwBoard        *bw_board_new_noted    (GBytes         *bytes,
                                       const BwBeside *beside,
                                       const char     *name,
                                       GError        **error);

/* An empty board with one reference; fill it before anyone else sees it. */
BwBoardPrivate *bw_board_private_new  (GBytes         *bytes);

/* Gives each footprint its unique key and fills the table of keys. */
void            bw_board_private_key  (BwBoardPrivate *self,
                                       BwFootprint    *footprints,
                                       guint32         n_footprints);

G_END_DECLS
