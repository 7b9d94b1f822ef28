/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "server/bw-own-addresses.h"

static void
test_this_computer_alone_reaches_its_loopback (void)
{
  g_assert_true (bw_own_addresses_is_loopback (NULL));
  g_assert_true (bw_own_addresses_is_loopback ("localhost"));
  g_assert_true (bw_own_addresses_is_loopback ("LocalHost"));
  g_assert_true (bw_own_addresses_is_loopback ("127.0.0.9"));
  g_assert_true (bw_own_addresses_is_loopback ("::1"));
  g_assert_false (bw_own_addresses_is_loopback ("0.0.0.0"));
  g_assert_false (bw_own_addresses_is_loopback ("192.0.2.1"));
  g_assert_false (bw_own_addresses_is_loopback ("localhost.example"));
}

static void
test_each_address_is_listed_with_its_interface (void)
{
  g_autoptr (GPtrArray) addresses = bw_own_addresses_list ();
  guint n_loopback = 0;

  for (guint i = 0; i < addresses->len; i++)
    {
      const BwOwnAddress *own = g_ptr_array_index (addresses, i);

      g_assert_cmpstr (own->interface, !=, "");
      if (g_inet_address_get_is_loopback (own->address))
        n_loopback++;
    }
  g_assert_cmpuint (n_loopback, >, 0);
}

#define ADD(name, function) g_test_add_func ("/server/own-addresses/" name, function)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("this-computer-alone-reaches-its-loopback", test_this_computer_alone_reaches_its_loopback);
  ADD ("each-address-is-listed-with-its-interface",
       test_each_address_is_listed_with_its_interface);
  return g_test_run ();
}
