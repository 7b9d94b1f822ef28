/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "server/bw-grabs.h"

#include <string.h>

typedef struct
{
  guint32 who;
  guint n;
  guint32 parts[BW_GRABS_MAX];
  gint64 said_us;
} BwHandful;

struct _BwGrabs
{
  gatomicrefcount ref_count;
  GMutex mutex;
  GHashTable *handfuls; /* who => BwHandful: of those who have anything */
  GHashTable *owners;   /* part => BwHandful */
};

BwGrabs *
bw_grabs_new (void)
{
  BwGrabs *self = g_new0 (BwGrabs, 1);

  g_atomic_ref_count_init (&self->ref_count);
  g_mutex_init (&self->mutex);
  self->handfuls = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  self->owners = g_hash_table_new (NULL, NULL);
  return self;
}

BwGrabs *
bw_grabs_ref (BwGrabs *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
bw_grabs_unref (BwGrabs *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_hash_table_unref (self->owners);
  g_hash_table_unref (self->handfuls);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

static BwHandful *
find (BwGrabs *self,
      guint32  who)
{
  return g_hash_table_lookup (self->handfuls, GUINT_TO_POINTER (who));
}

static void
let_go (BwGrabs   *self,
        BwHandful *handful)
{
  for (guint i = 0; i < handful->n; i++)
    g_hash_table_remove (self->owners, GUINT_TO_POINTER (handful->parts[i]));
  g_hash_table_remove (self->handfuls, GUINT_TO_POINTER (handful->who));
}

static void
take (BwGrabs       *self,
      BwHandful     *handful,
      const guint32 *parts,
      guint          n)
{
  for (guint i = 0; i < n && handful->n < BW_GRABS_MAX; i++)
    {
      gpointer key = GUINT_TO_POINTER (parts[i]);

      if (g_hash_table_contains (self->owners, key))
        continue;
      handful->parts[handful->n++] = parts[i];
      g_hash_table_insert (self->owners, key, handful);
    }
}

guint
bw_grabs_set (BwGrabs       *self,
              guint32        who,
              const guint32 *parts,
              guint          n,
              gint64         now_us,
              guint32       *taken_out)
{
  BwHandful *handful;
  guint n_taken;

  g_mutex_lock (&self->mutex);
  handful = find (self, who);
  if (handful != NULL)
    let_go (self, handful);

  handful = g_new0 (BwHandful, 1);
  handful->who = who;
  handful->said_us = now_us;
  take (self, handful, parts, n);
  n_taken = handful->n;
  if (taken_out != NULL)
    memcpy (taken_out, handful->parts, n_taken * sizeof *parts);
  if (n_taken > 0)
    g_hash_table_insert (self->handfuls, GUINT_TO_POINTER (who), handful);
  else
    g_free (handful);
  g_mutex_unlock (&self->mutex);
  return n_taken;
}

gboolean
bw_grabs_expire (BwGrabs *self,
                 guint32  who,
                 gint64   now_us,
                 gint64   patience_us)
{
  BwHandful *handful;
  gboolean expired;

  g_mutex_lock (&self->mutex);
  handful = find (self, who);
  expired = handful != NULL && now_us - handful->said_us > patience_us;
  if (expired)
    let_go (self, handful);
  g_mutex_unlock (&self->mutex);
  return expired;
}

guint
bw_grabs_list (BwGrabs *self,
               guint32  who,
               guint32 *parts_out)
{
  const BwHandful *handful;
  guint n = 0;

  g_mutex_lock (&self->mutex);
  handful = find (self, who);
  if (handful != NULL)
    {
      n = handful->n;
      memcpy (parts_out, handful->parts, n * sizeof *parts_out);
    }
  g_mutex_unlock (&self->mutex);
  return n;
}

gboolean
bw_grabs_allow (BwGrabs *self,
                guint32  who,
                guint32  part)
{
  const BwHandful *handful;
  gboolean allowed;

  g_mutex_lock (&self->mutex);
  handful = g_hash_table_lookup (self->owners, GUINT_TO_POINTER (part));
  allowed = handful == NULL || handful->who == who;
  g_mutex_unlock (&self->mutex);
  return allowed;
}

gboolean
bw_grabs_has_others (BwGrabs *self,
                     guint32  who)
{
  gboolean has;

  g_mutex_lock (&self->mutex);
  has = g_hash_table_size (self->handfuls) > (find (self, who) != NULL ? 1 : 0);
  g_mutex_unlock (&self->mutex);
  return has;
}
