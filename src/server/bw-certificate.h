/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a server shows who comes over TLS. Any thread; files are read and written at once. */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* PEM. `key_path` NULL: the key is in the same file.
 *
 * Returns: (transfer full) (nullable): NULL with a BW_SERVER_ERROR */
GTlsCertificate *bw_certificate_load            (const char      *path,
                                                 const char      *key_path,
                                                 GError         **error);

/* One that is signed by nobody else, for this computer's names and addresses. It is kept in
 * `path`, which nobody else may read, so that its fingerprint stays the same for a year; made
 * where there is none, or one that ends within a month.
 *
 * Returns: (transfer full) (nullable): NULL with a BW_SERVER_ERROR */
GTlsCertificate *bw_certificate_get_self_signed (const char      *path,
                                                 GError         **error);

/* Where an application of the user keeps it. (transfer full) */
char            *bw_certificate_dup_own_path    (void);

/* By which people tell that it is this one: its SHA-256 as browsers show it, "0F:…". (transfer
 * full) */
char            *bw_certificate_dup_fingerprint (GTlsCertificate *certificate);

G_END_DECLS
