/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a server has done, for Prometheus. */

#pragma once

#include "server/bw-server-clients.h"

G_BEGIN_DECLS

/* The text format, version 0.0.4. (transfer full) */
GBytes *bw_metrics_write (const BwServerStats *stats);

G_END_DECLS
