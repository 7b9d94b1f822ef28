/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What bw-peer.c (what is sent, the end) and bw-peer-input.c (what comes) share. */

#pragma once

#include "server/bw-peer.h"

#include <wslay/wslay.h>

#include "server/bw-bucket.h"
#include "server/bw-channel.h"

G_BEGIN_DECLS

#define BW_PEER_ROUND_TRIPS 8 /* the shortest of so many counts */

struct _BwPeer
{
  BwChannel *channel;
  BwDialect dialect;
  char *address;
  const BwServerLimits *limits;
  BwCounters *counters;
  const BwPeerEvents *events;
  gpointer user_data;

  GSource *gone_source;  /* once the connection is over */

  /* Inbound. */
  wslay_event_context_ptr wslay;
  gsize read_budget;
  GByteArray *message;
  BwBucket commands;
  guint8 frame_opcode;
  gboolean end_of_input;
  gboolean broken;       /* wslay has given up on what comes */

  /* Outbound. */
  BwOutbox *outbox;
  gboolean full;         /* until the channel takes bytes again */
  gint64 progress_us;    /* when bytes last left, or were first owed */
  gboolean close_sent;
  gint64 close_us;       /* when the close was owed */

  double fps;
  gint64 round_trips_us[BW_PEER_ROUND_TRIPS];
  guint n_round_trips;
  gint64 age_us;         /* of the frame acknowledged last; -1: none */
};

/* Sends what is owed, as far as the channel takes it. */
void bw_peer_flush       (BwPeer      *self);

/* A framed close behind what is owed. */
void bw_peer_close_with  (BwPeer      *self,
                          GBytes      *framed);

/* The owner is told from the main loop: it may be walking over its peers now. */
void bw_peer_end         (BwPeer      *self,
                          const char  *why);

/* Of what comes. */
void bw_peer_init_input  (BwPeer      *self);
void bw_peer_clear_input (BwPeer      *self);

/* Something can be read. */
void bw_peer_receive     (BwPeer      *self);

G_END_DECLS
