/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "server/bw-server-clients.h"

#include "server/bw-server-private.h"

void
bw_server_client_free (BwServerClient *client)
{
  if (client == NULL)
    return;

  g_free (client->session);
  g_free (client->name);
  g_free (client->address);
  g_free (client);
}

void
bw_server_get_stats (BwServer      *self,
                     BwServerStats *stats_out)
{
  g_return_if_fail (BW_IS_SERVER (self));

  bw_service_get_stats (bw_server_get_service (self), stats_out);
}

GPtrArray *
bw_server_list_clients (BwServer *self)
{
  g_return_val_if_fail (BW_IS_SERVER (self), NULL);

  return bw_service_list_clients (bw_server_get_service (self));
}

void
bw_server_set_client_role (BwServer *self,
                           guint32   number,
                           BwRole    role)
{
  g_return_if_fail (BW_IS_SERVER (self));
  g_return_if_fail ((guint) role < BW_N_ROLES);

  bw_service_set_role (bw_server_get_service (self), number, role);
}

void
bw_server_disconnect_client (BwServer *self,
                             guint32   number)
{
  g_return_if_fail (BW_IS_SERVER (self));

  bw_service_disconnect (bw_server_get_service (self), number);
}

void
bw_server_renew_token (BwServer   *self,
                       const char *id,
                       BwRole      role)
{
  g_return_if_fail (BW_IS_SERVER (self));
  g_return_if_fail ((guint) role < BW_N_ROLES);

  bw_service_change_token (bw_server_get_service (self), id, role, TRUE);
}

void
bw_server_revoke_token (BwServer   *self,
                        const char *id,
                        BwRole      role)
{
  g_return_if_fail (BW_IS_SERVER (self));
  g_return_if_fail ((guint) role < BW_N_ROLES);

  bw_service_change_token (bw_server_get_service (self), id, role, FALSE);
}
