/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Somebody who is at a board, as the others see it: a viewer, or the window that shares it. And
 * the messages about all of them. The server's thread alone. */

#pragma once

#include "server/bw-grabs.h"
#include "server/bw-server-people.h"
#include "wire/bw-binary-dialect.h"
#include "wire/bw-viewer-message.h"

G_BEGIN_DECLS

typedef struct
{
  guint32 number;
  BwRole role;
  gboolean here;         /* the others are told of it */
  char name[BW_VIEWER_NAME_MAX + 1]; /* as it calls itself; "": not at all */
  gboolean has_cursor;
  BwPoint cursor;
  guint32 selection[BW_VIEWER_SELECTION_MAX];
  guint16 n_selected;
  guint8 changed;        /* BwPersonFields that the others have not been told */
} BwMember;

/* Moves its cursor; NULL: nowhere. */
void       bw_member_point       (BwMember      *self,
                                  const BwPoint *cursor);
/* Those of `parts` that are below `n_parts`, as many as there is room for. */
void       bw_member_select      (BwMember      *self,
                                  const guint32 *parts,
                                  guint          n,
                                  guint32        n_parts);
/* As it is in a BwViewerMessage. */
void       bw_member_call        (BwMember      *self,
                                  const char    *name);

/* What it is called: "Guest 3" where it has not said; for 0, who shares. (transfer full) */
char      *bw_member_dup_name    (const BwMember *self);

/* A PRESENCE with everybody. (element-type BwMember), (transfer full) */
GBytes    *bw_members_tell_all   (GPtrArray     *members,
                                  BwGrabs       *grabs);

/* A PRESENCE with what has changed, of some of them; `*more_out`: not all of it. `gone`
 * (element-type guint32) are the numbers of those who left, and is emptied.
 *
 * Returns: (transfer full) (nullable): NULL where nothing has */
GBytes    *bw_members_tell_changes
                                 (GPtrArray     *members,
                                  GArray        *gone,
                                  BwGrabs       *grabs,
                                  gboolean      *more_out);

/* (element-type BwServerPerson) (transfer full): immutable */
GPtrArray *bw_members_describe   (GPtrArray     *members,
                                  BwGrabs       *grabs);

G_END_DECLS
