/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Who may come in: tokens, Host, Origin, subprotocols. Decisions over headers; no sockets.
 *
 * The tokens may be read from any thread; all else belongs to the server's. */

#pragma once

#include <gio/gio.h>
#include <libsoup/soup.h>

#include "server/bw-counters.h"
#include "server/bw-server.h"

G_BEGIN_DECLS

typedef struct _BwAccess BwAccess;

/* What the decisions are made of. */
typedef struct
{
  SoupMessageHeaders *headers;
  GInetAddress *local;  /* our end of the connection */
  GInetAddress *remote; /* the peer's */
} BwRequest;

/* `status` 0: come in. Else an HTTP status and what to tell the peer (static). */
typedef struct
{
  guint status;
  const char *reason;
  gboolean guessed; /* a wrong token was offered */
} BwVerdict;

/* `host` and `public_url` are nullable, as in BwServerOptions; the latter has been checked with
 * bw_access_check_public_url(). Makes new tokens. */
BwAccess   *bw_access_new              (const char        *host,
                                        const char        *public_url,
                                        gboolean           open_local);
void        bw_access_free             (BwAccess          *self);

/* Whether it is an http or https URL with a host. */
gboolean    bw_access_check_public_url (const char        *public_url);

/* 43 characters of base64url. (transfer none): valid as long as `self`, renewed or not */
const char *bw_access_get_token        (BwAccess          *self,
                                        BwRole             role);
/* In the thread that made `self`. */
void        bw_access_renew_token      (BwAccess          *self,
                                        BwRole             role);

/* Host and Origin: for every request. */
BwVerdict   bw_access_check_source     (BwAccess          *self,
                                        const BwRequest   *request);

/* The token: for what is not for everybody. `plain`: a plain JSON WebSocket is asked for,
 * which --open-local may let in without, as `by_token_out` tells. */
BwVerdict   bw_access_check_token      (BwAccess          *self,
                                        const BwRequest   *request,
                                        gboolean           plain,
                                        BwRole            *role_out,
                                        gboolean          *by_token_out);

/* The dialect. `chosen_out` is the subprotocol to answer with, NULL for none (static). */
BwVerdict   bw_access_check_dialect    (const BwRequest   *request,
                                        const char       **chosen_out);
BwDialect   bw_access_dialect_of       (const char        *chosen);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BwAccess, bw_access_free)

G_END_DECLS
