/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The application's one server: up while at least one window shares its board. Main thread.
 *
 * Signal `changed`: somebody came or went, links changed, sharing of a board began or ended, or
 * could begin. Signal `people-changed` (session id): see bw-server-people.h. */

#pragma once

#include "server/bw-server.h"

G_BEGIN_DECLS

#define BW_TYPE_SHARING (bw_sharing_get_type ())
G_DECLARE_FINAL_TYPE (BwSharing, bw_sharing, BW, SHARING, GObject)

BwSharing  *bw_sharing_new           (void);

/* Every network of this computer. */
#define BW_SHARING_NETWORK "0.0.0.0"

/* Where to listen from the next start of the server on. `host` NULL: this computer only. */
void        bw_sharing_set_host      (BwSharing  *self,
                                      const char *host);
const char *bw_sharing_get_host      (BwSharing  *self);
void        bw_sharing_set_port      (BwSharing  *self,
                                      guint16     port);
/* The port in use, else the one that would be. */
guint16     bw_sharing_get_port      (BwSharing  *self);
/* Whether nobody but this computer can reach it. */
gboolean    bw_sharing_is_local      (BwSharing  *self);

/* Frames a second for each viewer, 1 to 60, from the next start on. */
void        bw_sharing_set_fps       (BwSharing  *self,
                                      double      fps);
double      bw_sharing_get_fps       (BwSharing  *self);

/* Whether to encrypt, from the next start on: with a certificate that is made for this computer
 * and kept. That is read or made in a thread; `changed` tells that it is there. */
void        bw_sharing_set_encrypted (BwSharing  *self,
                                      gboolean    encrypted);
gboolean    bw_sharing_get_encrypted (BwSharing  *self);

/* Whether who only watches may save the board as it is placed, from the next start on. */
void        bw_sharing_set_download  (BwSharing  *self,
                                      gboolean    download);
gboolean    bw_sharing_get_download  (BwSharing  *self);

/* FALSE while there is no certificate yet that is needed. */
gboolean    bw_sharing_get_ready     (BwSharing  *self);

/* By which people tell the certificate. (transfer none) (nullable): NULL where there is none */
const char *bw_sharing_get_fingerprint (BwSharing *self);

/* Shares `feed` (kept by pointer; remove it before it goes), and starts the server for the
 * first one. Only when ready. */
gboolean    bw_sharing_add           (BwSharing  *self,
                                      BwFeed     *feed,
                                      const char *title,
                                      GError    **error);
void        bw_sharing_remove        (BwSharing  *self,
                                      BwFeed     *feed);

/* Shares nothing any more and waits until all viewers know: about a second at most. For the end
 * of the application. */
void        bw_sharing_shut_down     (BwSharing  *self);

/* The server's id of the feed, NULL where it is not shared. */
const char *bw_sharing_get_id        (BwSharing  *self,
                                      BwFeed     *feed);

/* The server, NULL while nothing is shared. (transfer none) */
BwServer   *bw_sharing_get_server    (BwSharing  *self);

/* A free port to offer after BW_SERVER_ERROR_PORT_IN_USE; 0 where none was found. */
guint16     bw_sharing_get_free_port (BwSharing  *self);

G_END_DECLS
