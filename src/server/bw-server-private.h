/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the files of BwServer share, and what the tests may change. */

#pragma once

#include "server/bw-server-limits.h"
#include "server/bw-server.h"
#include "server/bw-service.h"

G_BEGIN_DECLS

typedef struct _BwNotifier BwNotifier;

/* A board that is shared. */
typedef struct
{
  char *id;
  BwGrabs *grabs;
  GPtrArray *people; /* (element-type BwServerPerson) */
} BwShared;

struct _BwServer
{
  GObject parent_instance;

  char *host;
  char *public_url;
  GTlsCertificate *certificate; /* nullable */
  guint16 wanted_port;
  guint16 port;
  double fps;

  BwServerLimits limits;
  BwAccess *access;
  BwService *service;
  BwNotifier *notifier;
  GPtrArray *shared; /* (element-type BwShared) */
  GPtrArray *stop_tasks; /* (element-type GTask): whom to tell of the end */
};

/* To be changed before the start alone. (transfer none) */
BwServerLimits *bw_server_get_limits  (BwServer   *self);

/* For bw-server-clients.c. (transfer none) */
BwService      *bw_server_get_service (BwServer   *self);

/* NULL: it is not shared (any more). (transfer none) */
BwShared       *bw_server_find_shared (BwServer   *self,
                                       const char *id);

G_END_DECLS
