/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is done to single parts by hand: moved, turned, flipped, held, released. Private to
 * BwSession and its runs; not thread-safe. */

#pragma once

#include "placer/bw-placer.h"
#include "session/bw-command.h"
#include "session/bw-constraints.h"
#include "session/bw-frame.h"
#include "session/bw-run-log.h"

G_BEGIN_DECLS

/* Of each footprint, beyond what the board and the rules say: BwLock as a byte. */
typedef struct _BwHand BwHand;

BwHand       *bw_hand_new     (BwBoard          *board,
                               BwConstraints    *constraints);
BwHand       *bw_hand_copy    (const BwHand     *self);
void          bw_hand_free    (BwHand           *self);

/* Nullable. What is held and released by hand stays so. */
void          bw_hand_set_constraints (BwHand        *self,
                                       BwConstraints *constraints);

/* n_footprints BwLock. */
const guint8 *bw_hand_locks   (const BwHand     *self);

/* Forgets all. */
void          bw_hand_clear   (BwHand           *self);

/* The command is about a part. */
gboolean      bw_hand_handles (const BwCommand  *command);

/* Commands that are to be done, each to become what the log says of it: a GArray of BwLogEntry. */
GArray       *bw_hand_entries_new (void);

/* Does what the entry's command says to a placer over the board. What was put somewhere stays there
 * until it is released. The entry is then a COMMAND; or a STATUS that says why it was not done,
 * with a message of its own. */
void          bw_hand_apply   (BwHand           *self,
                               BwLogEntry       *entry,
                               BwPlacer         *placer);

/* Counts among the parts outside, and marks, those that a hand has put there and that nobody has
 * locked there since; `values` are of bw_frame_measure() just now. What they point to is then the
 * hand's, until the next call. */
void          bw_hand_judge   (BwHand           *self,
                               BwPlacer         *placer,
                               BwFrame          *values);

/* The command flips the first part to a side that a problem with its parts at `poses` knows nothing
 * of. */
gboolean      bw_hand_lacks_side (const BwHand    *self,
                                  const BwCommand *command,
                                  const BwPose    *poses);

/* The same while no run is under way, to a frame, one after the other. (transfer full): the frame
 * after it, or NULL where nothing was done. The first call takes as long as bw_session_measure(),
 * others about as long as it takes to measure a layout. */
BwFrame      *bw_hand_edit    (BwHand           *self,
                               GArray           *entries,
                               const BwFrame    *frame);

/* Whether each footprint stays where it is, as frames say it: n_footprints flags. */
void          bw_hand_fill    (const BwHand     *self,
                               guint8           *held_out);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BwHand, bw_hand_free)

G_END_DECLS
