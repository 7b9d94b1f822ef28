/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Who may come in: tokens, Host, Origin, subprotocols. Decisions over headers; no sockets.
 *
 * The tokens are for any thread; all else belongs to the server's. */

#pragma once

#include <gio/gio.h>
#include <libsoup/soup.h>

#include "server/bw-counters.h"
#include "server/bw-tokens.h"

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

/* (transfer none) */
BwTokens   *bw_access_get_tokens       (BwAccess          *self);

/* Host and Origin: for every request. */
BwVerdict   bw_access_check_source     (BwAccess          *self,
                                        const BwRequest   *request);

/* The token: for what is not for everybody. `plain`: a plain JSON WebSocket is asked for,
 * which --open-local may let in without. */
BwVerdict   bw_access_check_token      (BwAccess          *self,
                                        const BwRequest   *request,
                                        gboolean           plain,
                                        BwPass            *pass_out);

/* The dialect. `chosen_out` is the subprotocol to answer with, NULL for none (static). */
BwVerdict   bw_access_check_dialect    (const BwRequest   *request,
                                        const char       **chosen_out);
BwDialect   bw_access_dialect_of       (const char        *chosen);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BwAccess, bw_access_free)

G_END_DECLS
