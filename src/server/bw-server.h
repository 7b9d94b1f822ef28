/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The server that shares feeds: the viewer page, the board's geometry and the stream, on one
 * port, from a thread of its own.
 *
 * BwServer belongs to the thread that made it (its default GMainContext carries the
 * notifications); SoupServer and peers belong to the server's thread and are not seen here. */

#pragma once

#include "board/bw-board-writer.h"
#include "session/bw-feed.h"

G_BEGIN_DECLS

#define BW_SERVER_DEFAULT_PORT 8765
#define BW_SERVER_DEFAULT_FPS 10.0
#define BW_SERVER_DEFAULT_MAX_VIEWERS 256

typedef enum
{
  BW_ROLE_VIEWER,     /* may watch */
  BW_ROLE_CONTROLLER, /* may also control the run and move parts */
  BW_ROLE_OWNER,      /* may also see who is there, send people away, change roles and links */
} BwRole;

#define BW_N_ROLES 3

/* Stable lower-case English name, as on the wire: "viewer". */
const char *bw_role_name (BwRole role);

/* Who may save the board's file with every part where it lies now. */
typedef struct
{
  gboolean allowed;
  BwRole least_role; /* and whoever may do more */
  BwTracks tracks;   /* what becomes of tracks on nets of parts that moved */
} BwDownload;

/* Make one with bw_server_options_default(). Strings are copied. */
typedef struct
{
  const char *host;       /* NULL: loopback (127.0.0.1 and ::1) */
  guint16 port;           /* 0: any free one */
  double fps;             /* frames a second for each viewer, 1 to 60 */
  guint max_viewers;      /* WebSockets at a time, at least 1 */
  gboolean open_local;    /* plain JSON clients on loopback need no token and may control */
  const char *public_url; /* nullable: how people reach it from outside (a proxy's address) */
  const char *const *trusted_proxies; /* nullable: addresses of proxies whose X-Forwarded-For
                                         tells who really asks */
  BwDownload download;    /* nobody, unless told otherwise */
  GTlsCertificate *certificate; /* nullable: TLS, and nothing else, with this one */
} BwServerOptions;

#define BW_SERVER_ERROR (bw_server_error_quark ())
GQuark bw_server_error_quark (void);

typedef enum
{
  BW_SERVER_ERROR_PORT_IN_USE,
  BW_SERVER_ERROR_ADDRESS,
  BW_SERVER_ERROR_FAILED,
} BwServerError;

#define BW_TYPE_SERVER (bw_server_get_type ())
G_DECLARE_FINAL_TYPE (BwServer, bw_server, BW, SERVER, GObject)

BwServerOptions bw_server_options_default (void);
BwServer   *bw_server_new            (const BwServerOptions *options);

/* Binds and listens before it returns. BW_SERVER_ERROR_PORT_IN_USE names the port and the next
 * free one, which bw_server_find_free_port() gives as a number. */
gboolean    bw_server_start          (BwServer              *self,
                                      GError               **error);

/* Sends what is owed (a last frame, a close), ends all connections, joins the thread. At most
 * about a second. The feeds are shared no more; what is to be shared after another start is
 * added again. */
void        bw_server_stop           (BwServer              *self);

/* The same without waiting: when it returns, the port is free and the feeds are shared no more,
 * and `callback` (nullable) is called once the connections have ended. The server may be started
 * again from then on. bw_server_stop() meanwhile waits for that end. Does not fail. */
void        bw_server_stop_async     (BwServer              *self,
                                      GAsyncReadyCallback    callback,
                                      gpointer               user_data);
void        bw_server_stop_finish    (BwServer              *self,
                                      GAsyncResult          *result);
guint16     bw_server_get_port       (BwServer              *self);
guint16     bw_server_find_free_port (BwServer              *self);

/* Shares a feed. Returns its session id: a short name for /s/ID/. (transfer none) */
const char *bw_server_add_feed       (BwServer              *self,
                                      BwFeed                *feed,
                                      const char            *title);
void        bw_server_remove_feed    (BwServer              *self,
                                      const char            *id);

/* The colours of the board's modules have changed: whoever looks on is told. */
void        bw_server_tell_colors    (BwServer              *self,
                                      const char            *id);

/* For a browser: http://HOST:PORT/s/ID/#TOKEN, which opens this session alone, or, where `id` is
 * NULL, http://HOST:PORT/#TOKEN, which opens all.
 *
 * Returns: (transfer full) (nullable): NULL where that token is revoked */
char       *bw_server_dup_page_url   (BwServer              *self,
                                      const char            *id,
                                      BwRole                 role);
/* For a script: ws://HOST:PORT/s/ID/ws. (transfer full) */
char       *bw_server_dup_stream_url (BwServer              *self,
                                      const char            *id);
/* For a script's `Authorization: Bearer`. `id` NULL: the token for all sessions.
 *
 * Returns: (transfer none) (nullable): valid as long as the server; NULL where it is revoked */
const char *bw_server_get_token      (BwServer              *self,
                                      const char            *id,
                                      BwRole                 role);

/* Property `n-clients`: WebSockets open now; notified in the thread that made the server. */
guint       bw_server_get_n_clients  (BwServer              *self);

G_END_DECLS
