/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The server's thread and what lives in it: the listener, SoupServer, the streams.
 *
 * Those above the line may be called from the thread that made it, the others from the server's
 * alone. */

#pragma once

#include "server/bw-access.h"
#include "server/bw-listener.h"
#include "server/bw-server-clients.h"
#include "server/bw-stream.h"

G_BEGIN_DECLS

typedef struct _BwService BwService;

/* All are called in the server's thread. */
typedef struct
{
  void (*changed)        (guint       n_clients,
                          gpointer    user_data);

  /* See BwStreamEvents. */
  void (*people)         (const char *session,
                          GPtrArray  *people,
                          gpointer    user_data);

  /* An owner has renewed or revoked one. */
  void (*tokens_changed) (gpointer    user_data);

  /* The thread ends with this: bw_service_stop() does not wait any more. */
  void (*ended)          (gpointer    user_data);
} BwServiceEvents;

/* `certificate` (nullable), `access`, `limits` and `events` outlive the service. */
BwService            *bw_service_new           (BwAccess              *access,
                                                GTlsCertificate       *certificate,
                                                const BwServerLimits  *limits,
                                                const BwServiceEvents *events,
                                                gpointer               user_data);
void                  bw_service_free          (BwService            *self);

/* Where ports of its streams are announced. */
GMainContext         *bw_service_get_context   (BwService            *self);

/* Starts the thread. Takes over the listener. */
void                  bw_service_start         (BwService            *self,
                                                BwListener           *listener);

/* Lets nobody in any more and begins to end all streams and the thread. The port is free at
 * once. */
void                  bw_service_begin_stop    (BwService            *self);
/* The same, and waits for the end of the thread. */
void                  bw_service_stop          (BwService            *self);
/* Until bw_service_stop() has returned. */
gboolean              bw_service_is_running    (BwService            *self);

/* A new stream of this service, which is not yet in it. */
BwStream             *bw_service_make_stream   (BwService            *self,
                                                const char           *id,
                                                const char           *title,
                                                BwBoard              *board,
                                                double                fps);
/* Takes over the stream and its port. */
void                  bw_service_add_stream    (BwService            *self,
                                                BwStream             *stream,
                                                BwPort               *port);
void                  bw_service_remove_stream (BwService            *self,
                                                const char           *id);

/* See bw-server-clients.h. */
void                  bw_service_get_stats     (BwService            *self,
                                                BwServerStats        *stats_out);
GPtrArray            *bw_service_list_clients  (BwService            *self);
void                  bw_service_set_role      (BwService            *self,
                                                guint32               number,
                                                BwRole                role);
void                  bw_service_disconnect    (BwService            *self,
                                                guint32               number);
/* `session` NULL: the token for all. `renew` FALSE: revokes it. Any thread. */
void                  bw_service_change_token  (BwService            *self,
                                                const char           *session,
                                                BwRole                role,
                                                gboolean              renew);

/* The window at one of the boards: see bw-server-people.h. */
void                  bw_service_join          (BwService            *self,
                                                const char           *session,
                                                const char           *name);
void                  bw_service_point         (BwService            *self,
                                                const char           *session,
                                                const BwPoint        *cursor);
void                  bw_service_select        (BwService            *self,
                                                const char           *session,
                                                const guint32        *parts,
                                                guint                 n);
void                  bw_service_tell_own_grab (BwService            *self,
                                                const char           *session);
void                  bw_service_tell_colors   (BwService            *self,
                                                const char           *session);

/* ---- The server's thread ---- */

/* What has been done until now. */
void                  bw_service_count         (BwService            *self,
                                                BwServerStats        *stats_out);

/* NULL: the newest one. Nullable. */
BwStream             *bw_service_find_stream   (BwService            *self,
                                                const char           *id);
/* (element-type BwStream), in the order of their coming. */
GPtrArray            *bw_service_get_streams   (BwService            *self);
/* Watches the sockets of all streams. */
BwPoller             *bw_service_get_poller    (BwService            *self);
BwCounters           *bw_service_get_counters  (BwService            *self);
void                  bw_service_count_denial  (BwService            *self,
                                                BwDenial              denial);
/* The number of who comes now, from 1. */
guint32               bw_service_count_arrival (BwService            *self);
BwAccess             *bw_service_get_access    (BwService            *self);
GTlsCertificate      *bw_service_get_certificate
                                               (BwService            *self);
const BwServerLimits *bw_service_get_limits    (BwService            *self);
guint                 bw_service_get_n_peers   (BwService            *self);

G_END_DECLS
