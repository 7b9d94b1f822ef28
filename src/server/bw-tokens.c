/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "server/bw-tokens.h"

#include <errno.h>
#include <string.h>
#include <sys/random.h>

#define TOKEN_BYTES 32

typedef struct
{
  const char *session; /* NULL: all; into `made` */
  const char *tokens[BW_N_ROLES]; /* into `made`; NULL: revoked */
} BwTokenSet;

struct _BwTokens
{
  GMutex mutex;
  GArray *sets;    /* (element-type BwTokenSet); the first opens all */
  GPtrArray *made; /* every string: whoever was given one may still look at it */
};

static const char *
keep (BwTokens *self,
      char     *text)
{
  g_ptr_array_add (self->made, text);
  return text;
}

static const char *
make_token (BwTokens *self)
{
  guint8 bytes[TOKEN_BYTES];
  gsize n = 0;
  char *text;

  while (n < sizeof bytes)
    {
      gssize got = getrandom (bytes + n, sizeof bytes - n, 0);

      if (got < 0 && errno != EINTR)
        g_error ("No random numbers: %s", g_strerror (errno));
      if (got > 0)
        n += (gsize) got;
    }

  text = g_base64_encode (bytes, sizeof bytes);
  g_strdelimit (text, "+", '-');
  g_strdelimit (text, "/", '_');
  *strchrnul (text, '=') = '\0';
  return keep (self, text);
}

/* Takes as long wherever the first difference is. */
static gboolean
tokens_equal (const char *known,
              const char *offered)
{
  gsize length = strlen (known);
  guint8 difference = 0;

  if (strlen (offered) != length)
    return FALSE;

  for (gsize i = 0; i < length; i++)
    difference |= (guint8) (known[i] ^ offered[i]);

  return difference == 0;
}

static void
add_set (BwTokens   *self,
         const char *session)
{
  BwTokenSet set = { .session = session };

  for (guint role = 0; role < BW_N_ROLES; role++)
    set.tokens[role] = make_token (self);
  g_array_append_val (self->sets, set);
}

static BwTokenSet *
find_set (BwTokens   *self,
          const char *session)
{
  for (guint i = 0; i < self->sets->len; i++)
    {
      BwTokenSet *set = &g_array_index (self->sets, BwTokenSet, i);

      if (g_strcmp0 (set->session, session) == 0)
        return set;
    }
  return NULL;
}

BwTokens *
bw_tokens_new (void)
{
  BwTokens *self = g_new0 (BwTokens, 1);

  g_mutex_init (&self->mutex);
  self->made = g_ptr_array_new_with_free_func (g_free);
  self->sets = g_array_new (FALSE, FALSE, sizeof (BwTokenSet));
  add_set (self, NULL);
  return self;
}

void
bw_tokens_free (BwTokens *self)
{
  if (self == NULL)
    return;

  g_array_unref (self->sets);
  g_ptr_array_unref (self->made);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

void
bw_tokens_add_session (BwTokens   *self,
                       const char *session)
{
  g_mutex_lock (&self->mutex);
  add_set (self, keep (self, g_strdup (session)));
  g_mutex_unlock (&self->mutex);
}

void
bw_tokens_remove_session (BwTokens   *self,
                          const char *session)
{
  BwTokenSet *set;

  g_mutex_lock (&self->mutex);
  set = find_set (self, session);
  if (set != NULL)
    g_array_remove_index (self->sets, (guint) (set - (BwTokenSet *) (void *) self->sets->data));
  g_mutex_unlock (&self->mutex);
}

const char *
bw_tokens_get (BwTokens   *self,
               const char *session,
               BwRole      role)
{
  const BwTokenSet *set;
  const char *token;

  g_mutex_lock (&self->mutex);
  set = find_set (self, session);
  token = set != NULL ? set->tokens[role] : NULL;
  g_mutex_unlock (&self->mutex);
  return token;
}

static const char *
replace (BwTokens   *self,
         const char *session,
         BwRole      role,
         gboolean    renew)
{
  const char *old = NULL;
  BwTokenSet *set;

  g_mutex_lock (&self->mutex);
  set = find_set (self, session);
  if (set != NULL)
    {
      old = set->tokens[role];
      set->tokens[role] = renew ? make_token (self) : NULL;
    }
  g_mutex_unlock (&self->mutex);
  return old;
}

const char *
bw_tokens_renew (BwTokens   *self,
                 const char *session,
                 BwRole      role)
{
  return replace (self, session, role, TRUE);
}

const char *
bw_tokens_revoke (BwTokens   *self,
                  const char *session,
                  BwRole      role)
{
  return replace (self, session, role, FALSE);
}

gboolean
bw_tokens_find (BwTokens   *self,
                const char *offered,
                BwPass     *pass_out)
{
  gboolean found = FALSE;

  g_mutex_lock (&self->mutex);
  for (guint i = 0; i < self->sets->len; i++)
    {
      const BwTokenSet *set = &g_array_index (self->sets, BwTokenSet, i);

      for (guint role = 0; role < BW_N_ROLES; role++)
        {
          if (set->tokens[role] == NULL || !tokens_equal (set->tokens[role], offered))
            continue;
          *pass_out = (BwPass) { (BwRole) role, set->tokens[role], set->session };
          found = TRUE;
        }
    }
  g_mutex_unlock (&self->mutex);
  return found;
}
