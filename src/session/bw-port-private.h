/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What bw-hub.c and bw-port.c share. */

#pragma once

#include "session/bw-hub.h"

G_BEGIN_DECLS

struct _BwPort
{
  gatomicrefcount ref_count;
  BwHub *hub;
  GSource *source;      /* in the subscriber's context; ready when there is news. Made before
                           the hub knows the port, so a hub may touch it under its lock */
  BwPortFunc func;
  gpointer user_data;

  BwFrame *slot;        /* guarded by the hub's lock */
  guint64 cursor;       /* the subscriber's thread */
  gboolean wants_forces;/* the subscriber's thread */
};

/* A source in `context` that calls `func` once after each g_source_set_ready_time (source, 0),
 * which any thread may do. (transfer full) */
GSource *bw_wake_source_new (GMainContext *context,
                             GSourceFunc   func,
                             gpointer      user_data);

BwPort  *bw_port_new        (BwHub        *hub,
                             GMainContext *context,
                             BwPortFunc    func,
                             gpointer      user_data);

G_END_DECLS
