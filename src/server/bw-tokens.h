/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The tokens of a server: what opens a session, or all of them, and as what. Any thread. */

#pragma once

#include "server/bw-server.h"

G_BEGIN_DECLS

typedef struct _BwTokens BwTokens;

/* What somebody came in by. The strings are valid as long as the tokens. */
typedef struct
{
  BwRole role;
  const char *token;   /* NULL: none was needed */
  const char *session; /* the only one that it opens; NULL: all */
} BwPass;

/* With a token for each role that opens all sessions. */
BwTokens   *bw_tokens_new            (void);
void        bw_tokens_free           (BwTokens   *self);

/* With a token for each role that opens it alone. */
void        bw_tokens_add_session    (BwTokens   *self,
                                      const char *session);
void        bw_tokens_remove_session (BwTokens   *self,
                                      const char *session);

/* 43 characters of base64url. `session` NULL: the one for all.
 *
 * Returns: (transfer none) (nullable): valid as long as `self`, renewed or not; NULL where it was
 * revoked, or there is no such session */
const char *bw_tokens_get            (BwTokens   *self,
                                      const char *session,
                                      BwRole      role);

/* From now on another one is right; or, revoked, none until it is renewed.
 *
 * Returns: (transfer none) (nullable): the one that was, if any */
const char *bw_tokens_renew          (BwTokens   *self,
                                      const char *session,
                                      BwRole      role);
const char *bw_tokens_revoke         (BwTokens   *self,
                                      const char *session,
                                      BwRole      role);

/* FALSE where `offered` is no token now. Compares in constant time. */
gboolean    bw_tokens_find           (BwTokens   *self,
                                      const char *offered,
                                      BwPass     *pass_out);

static inline gboolean
bw_pass_opens (const BwPass *pass,
               const char   *session)
{
  return pass->session == NULL || g_str_equal (pass->session, session);
}

G_END_DECLS
