/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "server/bw-server-people.h"

#include "server/bw-server-private.h"

GPtrArray *
bw_server_list_people (BwServer   *self,
                       const char *id)
{
  const BwShared *shared;

  g_return_val_if_fail (BW_IS_SERVER (self), NULL);

  shared = bw_server_find_shared (self, id);
  return shared != NULL ? g_ptr_array_ref (shared->people) : g_ptr_array_new ();
}

gboolean
bw_server_grab (BwServer      *self,
                const char    *id,
                const guint32 *parts,
                guint          n)
{
  const BwShared *shared;
  gint64 now_us = g_get_monotonic_time ();
  gboolean all;

  g_return_val_if_fail (BW_IS_SERVER (self), FALSE);
  g_return_val_if_fail (n <= BW_GRABS_MAX, FALSE);

  shared = bw_server_find_shared (self, id);
  if (shared == NULL)
    return FALSE;

  all = bw_grabs_set (shared->grabs, BW_SERVER_OWN_NUMBER, parts, n, now_us, NULL) == n;
  if (!all)
    bw_grabs_set (shared->grabs, BW_SERVER_OWN_NUMBER, NULL, 0, now_us, NULL);
  bw_service_tell_own_grab (bw_server_get_service (self), id);
  return all;
}

gboolean
bw_server_may_move (BwServer   *self,
                    const char *id,
                    guint32     part)
{
  const BwShared *shared;

  g_return_val_if_fail (BW_IS_SERVER (self), FALSE);

  shared = bw_server_find_shared (self, id);
  return shared == NULL || bw_grabs_allow (shared->grabs, BW_SERVER_OWN_NUMBER, part);
}

gboolean
bw_server_others_drag (BwServer   *self,
                       const char *id)
{
  const BwShared *shared;

  g_return_val_if_fail (BW_IS_SERVER (self), FALSE);

  shared = bw_server_find_shared (self, id);
  return shared != NULL && bw_grabs_has_others (shared->grabs, BW_SERVER_OWN_NUMBER);
}

void
bw_server_tell_colors (BwServer   *self,
                       const char *id)
{
  g_return_if_fail (BW_IS_SERVER (self));

  bw_service_tell_colors (bw_server_get_service (self), id);
}

void
bw_server_join (BwServer   *self,
                const char *id,
                const char *name)
{
  g_return_if_fail (BW_IS_SERVER (self));

  bw_service_join (bw_server_get_service (self), id, name != NULL ? name : "");
}

void
bw_server_point (BwServer      *self,
                 const char    *id,
                 const BwPoint *cursor)
{
  g_return_if_fail (BW_IS_SERVER (self));

  bw_service_point (bw_server_get_service (self), id, cursor);
}

void
bw_server_select (BwServer      *self,
                  const char    *id,
                  const guint32 *parts,
                  guint          n)
{
  g_return_if_fail (BW_IS_SERVER (self));

  bw_service_select (bw_server_get_service (self), id, parts, MIN (n, BW_GRABS_MAX));
}
