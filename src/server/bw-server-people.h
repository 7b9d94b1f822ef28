/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The people at a shared board, for the window that shares it: where they point, what they have
 * selected, what they drag; and the window as one of them.
 *
 * All of it is for the thread that made the server and never blocks. Signal `people-changed`
 * (session id) comes in that thread, 15 times a second at most, once bw_server_join() was
 * called. */

#pragma once

#include "base/bw-geometry.h"
#include "server/bw-server.h"

G_BEGIN_DECLS

/* The window's own number among them. */
#define BW_SERVER_OWN_NUMBER 0

typedef struct
{
  guint32 number;      /* its own; never given twice by a server */
  BwRole role;
  guint8 hue;          /* 0 to 255, around the circle of colours */
  const char *name;    /* never empty */
  gboolean has_cursor;
  BwPoint cursor;
  guint n_selected;
  const guint32 *selection; /* board indexes */
  guint n_grabbed;
  const guint32 *grabbed;   /* what it drags: nobody else may move these */
} BwServerPerson;

/* Who is at the board, the window among them once it has joined: as it was when `people-changed`
 * came last.
 *
 * Returns: (element-type BwServerPerson) (transfer full): never changed; may be kept */
GPtrArray *bw_server_list_people   (BwServer      *self,
                                    const char    *id);

/* The window is one of them from now on, under this name (NULL: none given). Call it again to be
 * called otherwise. */
void       bw_server_join          (BwServer      *self,
                                    const char    *id,
                                    const char    *name);

/* Where the window's user points; NULL: nowhere. As often as you like. */
void       bw_server_point         (BwServer      *self,
                                    const char    *id,
                                    const BwPoint *cursor);

/* What is selected in the window: 64 parts at most are told. */
void       bw_server_select        (BwServer      *self,
                                    const char    *id,
                                    const guint32 *parts,
                                    guint          n);

/* Before the window drags parts: it has those that nobody else drags from now on, and no others;
 * n = 0 lets go of all. 64 at most.
 *
 * Returns: whether it has all of them. Where not, it has none. */
gboolean   bw_server_grab          (BwServer      *self,
                                    const char    *id,
                                    const guint32 *parts,
                                    guint          n);

/* Whether nobody else drags this part now. */
gboolean   bw_server_may_move      (BwServer      *self,
                                    const char    *id,
                                    guint32        part);

/* Whether anybody else drags any part now. */
gboolean   bw_server_others_drag   (BwServer      *self,
                                    const char    *id);

G_END_DECLS
