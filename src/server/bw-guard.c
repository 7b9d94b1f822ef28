/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "server/bw-guard.h"

#include "server/bw-bucket.h"

/* Past so many, addresses that guessed are forgotten: they begin anew, and take no memory. */
#define MAX_GUESSERS 4096

struct _BwGuard
{
  grefcount ref_count;     /* one is the owner's, one each connection's */
  const BwServerLimits *limits;
  GHashTable *connections; /* address => number of them */
  GHashTable *guessers;    /* address => BwBucket */
};

typedef struct
{
  BwGuard *guard;
  char *address;
} BwCounted;

BwGuard *
bw_guard_new (const BwServerLimits *limits)
{
  BwGuard *self = g_new0 (BwGuard, 1);

  g_ref_count_init (&self->ref_count);
  self->limits = limits;
  self->connections = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->guessers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return self;
}

void
bw_guard_free (BwGuard *self)
{
  if (self == NULL || !g_ref_count_dec (&self->ref_count))
    return;

  g_hash_table_unref (self->connections);
  g_hash_table_unref (self->guessers);
  g_free (self);
}

static void
on_connection_gone (gpointer user_data)
{
  BwCounted *counted = user_data;
  GHashTable *connections = counted->guard->connections;
  guint n = GPOINTER_TO_UINT (g_hash_table_lookup (connections, counted->address));

  if (n > 1)
    g_hash_table_replace (connections, g_strdup (counted->address), GUINT_TO_POINTER (n - 1));
  else
    g_hash_table_remove (connections, counted->address);
  bw_guard_free (counted->guard);
  g_free (counted->address);
  g_free (counted);
}

gboolean
bw_guard_let_in (BwGuard      *self,
                 GInetAddress *address,
                 GObject      *connection)
{
  static const char key[] = "bw-counted";
  g_autofree char *text = NULL;
  BwCounted *counted;
  guint n;

  if (g_inet_address_get_is_loopback (address) && !self->limits->count_loopback)
    return TRUE;

  text = g_inet_address_to_string (address);
  n = GPOINTER_TO_UINT (g_hash_table_lookup (self->connections, text));
  if (n >= self->limits->max_per_address)
    return FALSE;

  g_hash_table_replace (self->connections, g_strdup (text), GUINT_TO_POINTER (n + 1));
  g_ref_count_inc (&self->ref_count);
  counted = g_new (BwCounted, 1);
  *counted = (BwCounted) { self, g_steal_pointer (&text) };
  g_object_set_data_full (connection, key, counted, on_connection_gone);
  return TRUE;
}

gboolean
bw_guard_count_guess (BwGuard      *self,
                      GInetAddress *address,
                      gint64        now_us)
{
  g_autofree char *text = g_inet_address_to_string (address);
  BwBucket *bucket = g_hash_table_lookup (self->guessers, text);

  if (bucket == NULL)
    {
      BwBucket full = bw_bucket_new (self->limits->guesses_burst, now_us);

      if (g_hash_table_size (self->guessers) >= MAX_GUESSERS)
        g_hash_table_remove_all (self->guessers);
      bucket = g_memdup2 (&full, sizeof full);
      g_hash_table_insert (self->guessers, g_steal_pointer (&text), bucket);
    }
  return bw_bucket_take (bucket, self->limits->guesses_per_s, self->limits->guesses_burst, now_us);
}
