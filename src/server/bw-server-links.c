/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What people are told of a server: its addresses, and the tokens in them. */

#include "server/bw-server-private.h"

#include <string.h>

#include "server/bw-own-addresses.h"

const char *
bw_role_name (BwRole role)
{
  static const char *const names[BW_N_ROLES] = { "viewer", "controller", "owner" };

  g_return_val_if_fail ((guint) role < BW_N_ROLES, "");

  return names[role];
}

static gboolean
is_wildcard (const char *host)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (host);

  return address != NULL && g_inet_address_get_is_any (address);
}

/* `http://HOST:PORT`, or the public URL, without a slash at the end. */
static char *
dup_base_url (BwServer *self)
{
  g_autofree char *host = NULL;
  gboolean is_v6;

  if (self->public_url != NULL)
    {
      char *base = g_strdup (self->public_url);

      while (g_str_has_suffix (base, "/"))
        base[strlen (base) - 1] = '\0';
      return base;
    }

  if (self->host == NULL)
    host = g_strdup ("127.0.0.1");
  else if (is_wildcard (self->host))
    host = bw_own_addresses_dup_for_lan ();
  else
    host = g_strdup (self->host);

  is_v6 = strchr (host, ':') != NULL;
  return g_strdup_printf ("http%s://%s%s%s:%u", self->certificate != NULL ? "s" : "",
                          is_v6 ? "[" : "", host, is_v6 ? "]" : "", bw_server_get_port (self));
}

char *
bw_server_dup_page_url (BwServer   *self,
                        const char *id,
                        BwRole      role)
{
  g_autofree char *base = NULL;
  const char *token;

  g_return_val_if_fail (BW_IS_SERVER (self), NULL);

  token = bw_server_get_token (self, id, role);
  if (token == NULL)
    return NULL;

  base = dup_base_url (self);
  if (id == NULL)
    return g_strdup_printf ("%s/#%s", base, token);
  return g_strdup_printf ("%s/s/%s/#%s", base, id, token);
}

char *
bw_server_dup_stream_url (BwServer   *self,
                          const char *id)
{
  g_autofree char *base = NULL;

  g_return_val_if_fail (BW_IS_SERVER (self), NULL);

  base = dup_base_url (self);
  /* http becomes ws, https becomes wss. */
  return g_strdup_printf ("ws%s/s/%s/ws", base + strlen ("http"), id);
}

const char *
bw_server_get_token (BwServer   *self,
                     const char *id,
                     BwRole      role)
{
  g_return_val_if_fail (BW_IS_SERVER (self), NULL);
  g_return_val_if_fail ((guint) role < BW_N_ROLES, NULL);

  return bw_tokens_get (bw_access_get_tokens (self->access), id, role);
}
