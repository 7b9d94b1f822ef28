/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where this computer can be reached. Any thread. */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct
{
  GInetAddress *address;
  char *interface; /* "eth0" */
} BwOwnAddress;

/* Those of all its interfaces that are up, loopback too. (element-type BwOwnAddress), (transfer
 * full) */
GPtrArray *bw_own_addresses_list        (void);

/* One that others on its network can reach, as text; 127.0.0.1 where there is none. (transfer
 * full) */
char      *bw_own_addresses_dup_for_lan (void);

/* Whether only this computer can reach what listens there. `host` NULL: it is. */
gboolean   bw_own_addresses_is_loopback (const char *host);

G_END_DECLS
