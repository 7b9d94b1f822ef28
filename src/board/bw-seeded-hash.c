/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "board/bw-seeded-hash.h"

#include <string.h>

typedef struct
{
  guint64 v0, v1, v2, v3;
} State;

static inline guint64
rotate (guint64 word,
        guint   bits)
{
  return (word << bits) | (word >> (64 - bits));
}

static inline void
mix (State *state)
{
  state->v0 += state->v1;
  state->v1 = rotate (state->v1, 13) ^ state->v0;
  state->v0 = rotate (state->v0, 32);
  state->v2 += state->v3;
  state->v3 = rotate (state->v3, 16) ^ state->v2;
  state->v0 += state->v3;
  state->v3 = rotate (state->v3, 21) ^ state->v0;
  state->v2 += state->v1;
  state->v1 = rotate (state->v1, 17) ^ state->v2;
  state->v2 = rotate (state->v2, 32);
}

static inline void
take_word (State   *state,
           guint64  word)
{
  state->v3 ^= word;
  mix (state);
  state->v0 ^= word;
}

static State
start (void)
{
  static guint64 key[2];
  static gsize made = 0;

  if (g_once_init_enter (&made))
    {
      for (guint i = 0; i < 2; i++)
        key[i] = ((guint64) g_random_int () << 32) | g_random_int ();
      g_once_init_leave (&made, 1);
    }
  return (State) {
    key[0] ^ G_GUINT64_CONSTANT (0x736f6d6570736575),
    key[1] ^ G_GUINT64_CONSTANT (0x646f72616e646f6d),
    key[0] ^ G_GUINT64_CONSTANT (0x6c7967656e657261),
    key[1] ^ G_GUINT64_CONSTANT (0x7465646279746573),
  };
}

guint64
bw_seeded_hash_bytes (gconstpointer bytes,
                      gsize         length)
{
  State state = start ();
  const guchar *p = bytes;
  guint64 last = (guint64) length << 56;
  gsize rest = length % 8;

  for (gsize i = 0; i + 8 <= length; i += 8)
    {
      guint64 word;

      memcpy (&word, p + i, sizeof word);
      take_word (&state, word);
    }
  for (gsize i = 0; i < rest; i++)
    last |= (guint64) p[length - rest + i] << (8 * i);
  take_word (&state, last);

  state.v2 ^= 0xff;
  for (guint i = 0; i < 3; i++)
    mix (&state);
  return state.v0 ^ state.v1 ^ state.v2 ^ state.v3;
}

guint
bw_seeded_hash_string (gconstpointer string)
{
  return (guint) bw_seeded_hash_bytes (string, strlen (string));
}

guint
bw_seeded_hash_int64 (gconstpointer number)
{
  return (guint) bw_seeded_hash_bytes (number, sizeof (gint64));
}

guint
bw_seeded_hash_direct (gconstpointer number)
{
  return (guint) bw_seeded_hash_bytes (&number, sizeof number);
}
