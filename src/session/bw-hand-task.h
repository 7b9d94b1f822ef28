/* SPDX-License-Identifier: GPL-3.0-or-later */

/* bw_hand_edit() in a thread of its own: a large board takes longer than a window has between two
 * pictures. Private to BwSession. */

#pragma once

#include <gio/gio.h>

#include "session/bw-hand.h"

G_BEGIN_DECLS

/* Takes `hand` over until the end, and `entries`; `callback` is called in this thread's context. */
void     bw_hand_edit_async  (BwHand              *hand,
                              GArray              *entries,
                              BwFrame             *frame,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data);

/* As bw_hand_edit(); what was taken over comes back. */
BwFrame *bw_hand_edit_finish (GAsyncResult        *result,
                              BwHand             **hand_out,
                              GArray             **entries_out);

G_END_DECLS
