/* SPDX-License-Identifier: GPL-3.0-or-later */

/* TLS handshakes of those who come in. One thread.
 *
 * GIO does each in a thread of the pool that the whole program shares, for as long as the peer
 * likes: so a handshake begins once its first record is whole, only a few are under way at a time,
 * and fewer of one address. Whose first bytes are no TLS is dropped. */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _BwHandshakes BwHandshakes;

/* Called for each that succeeds; of the others nothing is heard any more. */
typedef void (*BwHandshakesFunc) (GSocketConnection *connection,
                                  GIOStream         *tls,
                                  gpointer           user_data);

BwHandshakes *bw_handshakes_new   (GTlsCertificate   *certificate,
                                   BwHandshakesFunc   func,
                                   gpointer           user_data);
/* Ends those under way. `func` is called no more. */
void          bw_handshakes_free  (BwHandshakes      *self);

/* Shut the connection's socket down to give it up. */
void          bw_handshakes_begin (BwHandshakes      *self,
                                   GSocketConnection *connection);

G_END_DECLS
