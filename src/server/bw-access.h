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

/* Who may download; nobody, until it is told. Before the first request. */
void        bw_access_set_download     (BwAccess          *self,
                                        const BwDownload  *download);
/* `tracks_out` (nullable): what becomes of them in what is downloaded. */
gboolean    bw_access_may_download     (BwAccess          *self,
                                        const BwPass      *pass,
                                        BwTracks          *tracks_out);

/* Addresses (nullable) of proxies that tell the truth; what is no address is left out. Before the
 * first request. */
void        bw_access_trust_proxies    (BwAccess          *self,
                                        const char *const *addresses);
gboolean    bw_access_is_proxy         (BwAccess          *self,
                                        GInetAddress      *address);

/* Who really asks: the peer, or, where that is such a proxy, the last in X-Forwarded-For that is
 * none. (transfer full) */
GInetAddress *
            bw_access_find_client      (BwAccess          *self,
                                        const BwRequest   *request);

/* Host and Origin: for every request. */
BwVerdict   bw_access_check_source     (BwAccess          *self,
                                        const BwRequest   *request);

/* The token: for what is not for everybody. `plain`: a plain JSON WebSocket is asked for,
 * which --open-local may let in without. `session` (nullable): its cookie will do. */
BwVerdict   bw_access_check_token      (BwAccess          *self,
                                        const BwRequest   *request,
                                        gboolean           plain,
                                        const char        *session,
                                        BwPass            *pass_out);

/* A Set-Cookie for what a page can give no header: links and images. It goes to the addresses
 * beside the one that it was asked for at, wherever a proxy has put them. `secure`: over TLS alone.
 * (transfer full) */
char       *bw_access_make_cookie      (BwAccess          *self,
                                        const BwPass      *pass,
                                        const char        *session,
                                        gboolean           secure);

/* The dialect. `chosen_out` is the subprotocol to answer with, NULL for none (static). */
BwVerdict   bw_access_check_dialect    (const BwRequest   *request,
                                        const char       **chosen_out);
BwDialect   bw_access_dialect_of       (const char        *chosen);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BwAccess, bw_access_free)

G_END_DECLS
