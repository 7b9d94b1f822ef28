/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The window among those who are at a board: the way of what it does into the server's thread, and
 * of how it shows the board. */

#include "server/bw-service-private.h"

typedef struct
{
  BwService *service;
  char *session;
  char *name;
  gboolean points;
  BwPoint cursor;
  guint32 *parts;
  guint n_parts;
} BwOwnCall;

static void
own_call_free (gpointer data)
{
  BwOwnCall *call = data;

  g_free (call->session);
  g_free (call->name);
  g_free (call->parts);
  g_free (call);
}

static void
call_about (BwService  *self,
            const char *session,
            GSourceFunc func,
            BwOwnCall   call)
{
  call.service = self;
  call.session = g_strdup (session);
  bw_service_call_later (self, func, g_memdup2 (&call, sizeof call), own_call_free);
}

/* NULL where the board is not shared any more. */
static BwStream *
stream_of (const BwOwnCall *call)
{
  return bw_service_find_stream (call->service, call->session);
}

static gboolean
on_join (gpointer user_data)
{
  const BwOwnCall *call = user_data;
  BwStream *stream = stream_of (call);

  if (stream != NULL)
    bw_stream_join (stream, call->name);
  return G_SOURCE_REMOVE;
}

static gboolean
on_point (gpointer user_data)
{
  const BwOwnCall *call = user_data;
  BwStream *stream = stream_of (call);

  if (stream != NULL)
    bw_stream_point (stream, call->points ? &call->cursor : NULL);
  return G_SOURCE_REMOVE;
}

static gboolean
on_select (gpointer user_data)
{
  const BwOwnCall *call = user_data;
  BwStream *stream = stream_of (call);

  if (stream != NULL)
    bw_stream_select (stream, call->parts, call->n_parts);
  return G_SOURCE_REMOVE;
}

static gboolean
on_own_grab (gpointer user_data)
{
  const BwOwnCall *call = user_data;
  BwStream *stream = stream_of (call);

  if (stream != NULL)
    bw_stream_tell_own_grab (stream);
  return G_SOURCE_REMOVE;
}

static gboolean
on_colors (gpointer user_data)
{
  const BwOwnCall *call = user_data;
  BwStream *stream = stream_of (call);

  if (stream != NULL)
    bw_stream_tell_colors (stream);
  return G_SOURCE_REMOVE;
}

void
bw_service_tell_colors (BwService  *self,
                        const char *session)
{
  call_about (self, session, on_colors, (BwOwnCall) { .service = self });
}

void
bw_service_join (BwService  *self,
                 const char *session,
                 const char *name)
{
  call_about (self, session, on_join, (BwOwnCall) { .name = g_strdup (name) });
}

void
bw_service_point (BwService     *self,
                  const char    *session,
                  const BwPoint *cursor)
{
  BwOwnCall call = { .points = cursor != NULL };

  if (cursor != NULL)
    call.cursor = *cursor;
  call_about (self, session, on_point, call);
}

void
bw_service_select (BwService     *self,
                   const char    *session,
                   const guint32 *parts,
                   guint          n)
{
  call_about (self, session, on_select,
              (BwOwnCall) { .parts = g_memdup2 (parts, n * sizeof *parts), .n_parts = n });
}

void
bw_service_tell_own_grab (BwService  *self,
                          const char *session)
{
  call_about (self, session, on_own_grab, (BwOwnCall) { 0 });
}
