/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "server/bw-own-addresses.h"

#include <ifaddrs.h>
#include <net/if.h>
#include <netinet/in.h>

static void
own_address_free (gpointer data)
{
  BwOwnAddress *own = data;

  g_object_unref (own->address);
  g_free (own->interface);
  g_free (own);
}

static BwOwnAddress *
own_address_new (GSocketAddress *address,
                 const char     *interface)
{
  BwOwnAddress *own = g_new (BwOwnAddress, 1);

  own->address
    = g_object_ref (g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (address)));
  own->interface = g_strdup (interface);
  return own;
}

GPtrArray *
bw_own_addresses_list (void)
{
  GPtrArray *addresses = g_ptr_array_new_with_free_func (own_address_free);
  struct ifaddrs *interfaces = NULL;

  if (getifaddrs (&interfaces) != 0)
    return addresses;

  for (const struct ifaddrs *i = interfaces; i != NULL; i = i->ifa_next)
    {
      g_autoptr (GSocketAddress) address = NULL;
      gsize size;

      if (i->ifa_addr == NULL || (i->ifa_flags & IFF_UP) == 0
          || (i->ifa_addr->sa_family != AF_INET && i->ifa_addr->sa_family != AF_INET6))
        continue;

      size = i->ifa_addr->sa_family == AF_INET ? sizeof (struct sockaddr_in)
                                               : sizeof (struct sockaddr_in6);
      address = g_socket_address_new_from_native (i->ifa_addr, size);
      if (G_IS_INET_SOCKET_ADDRESS (address))
        g_ptr_array_add (addresses, own_address_new (address, i->ifa_name));
    }
  freeifaddrs (interfaces);
  return addresses;
}

char *
bw_own_addresses_dup_for_lan (void)
{
  g_autoptr (GPtrArray) addresses = bw_own_addresses_list ();

  for (guint i = 0; i < addresses->len; i++)
    {
      GInetAddress *address = ((BwOwnAddress *) g_ptr_array_index (addresses, i))->address;

      if (g_inet_address_get_family (address) == G_SOCKET_FAMILY_IPV4
          && !g_inet_address_get_is_loopback (address))
        return g_inet_address_to_string (address);
    }
  return g_strdup ("127.0.0.1");
}

gboolean
bw_own_addresses_is_loopback (const char *host)
{
  g_autoptr (GInetAddress) address = host != NULL ? g_inet_address_new_from_string (host) : NULL;

  return host == NULL || g_ascii_strcasecmp (host, "localhost") == 0
         || (address != NULL && g_inet_address_get_is_loopback (address));
}
