/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What bw-service.c (the thread and its streams) and bw-service-clients.c (who is there, and what
 * is done about them) share. */

#pragma once

#include "server/bw-service.h"
#include "server/bw-web.h"

G_BEGIN_DECLS

struct _BwService
{
  BwAccess *access;
  GTlsCertificate *certificate; /* nullable */
  const BwServerLimits *limits;
  const BwServiceEvents *events;
  gpointer user_data;

  GMainContext *context;
  GThread *thread; /* NULL while it does not run; the maker's */
  gboolean stop_begun; /* the maker's */

  /* The server's thread alone, and the maker's while there is none. */
  GMainLoop *loop;
  BwListener *listener;
  BwWeb *web;
  GPtrArray *streams;
  GPtrArray *ending; /* streams whose peers are being closed */
  GPtrArray *timers;       /* (element-type GSource): those of the end */
  GSource *progress_timer; /* NULL while nobody is there */
  GSource *look_timer;     /* NULL while nobody is there and nothing has happened */
  gboolean stopping;
  BwPoller *poller;
  BwCounters counters;
  guint32 n_arrived;
  gint64 started_us;

  GMutex mutex;         /* guards what the maker's thread is told */
  BwServerStats stats;
  GPtrArray *clients;   /* (element-type BwServerClient) */
};

/* A function to call in the server's context, from its loop: before anything that comes in at a
 * socket later, so that a board is there for who was told of it. */
void     bw_service_call_later (BwService             *self,
                                GSourceFunc            func,
                                gpointer               data,
                                GDestroyNotify         destroy);

/* Looks who is there, for whoever asks from the maker's thread. */
void     bw_service_look       (BwService             *self);

/* What an owner asks: see BwStreamEvents. */
void     bw_service_hear_owner (BwStream              *stream,
                                BwViewer              *viewer,
                                const BwViewerMessage *message,
                                gpointer               service);

G_END_DECLS
