/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Who is connected to a server, what it has done, and what may be done about it. All of it is for
 * the thread that made the server, never blocks, and is at most half a second behind. Signal
 * `tokens-changed` comes in that thread once an owner elsewhere has renewed or revoked one. */

#pragma once

#include "server/bw-counters.h"
#include "server/bw-server.h"

G_BEGIN_DECLS

typedef struct
{
  gboolean running;
  double uptime_s;
  guint clients[BW_N_DIALECTS]; /* connected now */
  guint64 n_arrived;            /* of all time */
  double rate_hz;               /* frames a second that a client gets now, on average */
  BwCounters counters;
} BwServerStats;

/* A plain value; free it with bw_server_client_free(). */
typedef struct
{
  guint32 number;    /* its own; never given twice by a server */
  char *session;     /* id */
  char *name;        /* as it calls itself, else "Guest 3": not to be believed */
  char *address;     /* with the port */
  BwDialect dialect;
  BwRole role;
  BwRole link_role;  /* of the link that it came by, whatever it was made since */
  double connected_s;
  double rate_hz;    /* frames sent in the last half second or so */
  double age_ms;     /* of the frame that it acknowledged last, when it did; -1: none yet */
} BwServerClient;

void       bw_server_client_free       (BwServerClient *client);

void       bw_server_get_stats         (BwServer       *self,
                                        BwServerStats  *stats_out);

/* (element-type BwServerClient) (transfer container), in the order of their coming. */
GPtrArray *bw_server_list_clients      (BwServer       *self);

/* Promotes or demotes it as long as it stays. Nothing happens where it has gone. */
void       bw_server_set_client_role   (BwServer       *self,
                                        guint32         number,
                                        BwRole          role);
void       bw_server_disconnect_client (BwServer       *self,
                                        guint32         number);

/* A new token for the role, for one session or (`id` NULL) for all: the old one is worth nothing
 * any more, and who came by it is disconnected. Those for a session and for all are independent of
 * each other. */
void       bw_server_renew_token       (BwServer       *self,
                                        const char     *id,
                                        BwRole          role);
/* The same without a new one, until it is renewed. */
void       bw_server_revoke_token      (BwServer       *self,
                                        const char     *id,
                                        BwRole          role);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BwServerClient, bw_server_client_free)

G_END_DECLS
