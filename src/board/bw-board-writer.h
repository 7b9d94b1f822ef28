/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Saving a placement by splicing the board's own bytes: what did not move keeps every byte.
 * Blocking; call it from a worker. Thread-safe. */

#pragma once

#include "board/bw-board.h"
#include "board/bw-copper.h"

G_BEGIN_DECLS

/* What to do about tracks on nets of the parts that move. */
typedef enum
{
  BW_TRACKS_REFUSE, /* move nothing where there are any */
  BW_TRACKS_KEEP,   /* leave all copper as it is */
  BW_TRACKS_RIP_UP, /* take the tracks of those nets out of the file */
  BW_TRACKS_LOCK,   /* leave alone the parts that tracks end at; move the others */
} BwTracks;

/* "refuse", "keep", "ripup" or "lock", as commands and messages have it. */
gboolean bw_tracks_from_name   (const char    *name,
                                BwTracks      *tracks_out);

/* The file's bytes with every footprint at `poses` (n_footprints of them). Poses equal to the
 * file's give the same bytes.
 *
 * Returns: (transfer full): the new bytes; the board's own where nothing moved */
GBytes  *bw_board_splice_poses (BwBoard       *board,
                                const BwPose  *poses);

/* The same, with the copper as `tracks` wants it: BW_TRACKS_RIP_UP takes out the tracks of all nets
 * of the footprints that moved, and of those that a moved pad would lie on; it and BW_TRACKS_LOCK
 * empty the zones, whose fills are stale once anything moved. The others leave copper alone.
 * `counts_out` (nullable): what was taken out. */
GBytes  *bw_board_splice_placement
                               (BwBoard       *board,
                                const BwPose  *poses,
                                BwTracks       tracks,
                                BwCopperCounts *counts_out);

/* What that takes out of the board's copper: sets nets_out[i] (n_nets flags) where the tracks and
 * teardrops of net i go. Returns whether zones lose their fills. */
gboolean bw_board_find_gone_copper
                               (const BwBoard *board,
                                const BwPose  *poses,
                                BwTracks       tracks,
                                gboolean      *nets_out);

/* How many tracks lie on nets of the footprints whose pose differs from the file's, and on how
 * many nets; the question to ask before a save or a start. `movable[i]` (nullable: compare
 * poses instead) tells which footprints would move. */
guint    bw_board_count_stale_tracks
                               (const BwBoard *board,
                                const BwPose  *poses,
                                const gboolean *movable,
                                guint         *n_nets_out);

/* Writes `bytes` to `file` atomically: a temporary file in the same folder, fsync, rename. Keeps
 * the mode of a file that was there and follows a symbolic link. Afterwards takes away what saves
 * that were killed left in that folder (bw-leftovers.h). On failure the old file is
 * whole and no temporary is left. `unchanged_since` (nullable): the bytes that the file must
 * still hold; otherwise BW_BOARD_ERROR_CHANGED, or _GONE where there is none, and nothing is
 * written. */
gboolean bw_board_write        (GFile         *file,
                                GBytes        *bytes,
                                GBytes        *unchanged_since,
                                GCancellable  *cancellable,
                                GError       **error);

/* The same, and what a file of this computer held before becomes FILE-bak, in the place of an older
 * backup; where `file` is a symbolic link, beside what it leads to. A save that fails leaves the
 * older backup as it was. */
gboolean bw_board_write_with_backup
                               (GFile         *file,
                                GBytes        *bytes,
                                GBytes        *unchanged_since,
                                GCancellable  *cancellable,
                                GError       **error);

/* Whether both lead to one file, by whatever links and names: what is written to one takes the
 * place of what the other holds. */
gboolean bw_board_is_same_file (GFile         *a,
                                GFile         *b);

/* Whether bw_board_write() would find a folder and the right to write there: worth asking before
 * work whose result goes to `file`. TRUE for what is not of this computer, which only a write
 * can tell. */
gboolean bw_board_may_write    (GFile         *file,
                                GError       **error);

G_END_DECLS
