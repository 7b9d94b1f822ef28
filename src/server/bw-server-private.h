/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the tests may change. */

#pragma once

#include "server/bw-server-limits.h"
#include "server/bw-server.h"
#include "server/bw-service.h"

G_BEGIN_DECLS

/* To be changed before the start alone. (transfer none) */
BwServerLimits *bw_server_get_limits  (BwServer *self);

/* For bw-server-clients.c. (transfer none) */
BwService      *bw_server_get_service (BwServer *self);

G_END_DECLS
