/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "board/bw-keyword.h"

#include <string.h>

#define N_SLOTS 1024
#define MAX_WORD 40

typedef struct
{
  const char *word;
  guint8 length;
} Entry;

#define ENTRY(name, spelling) [BW_KEYWORD_##name] = { #spelling, sizeof #spelling - 1 },
static const Entry entries[BW_N_KEYWORDS] = {
  BW_KEYWORDS (ENTRY)
  BW_KEYWORDS_LEFT_ALONE (ENTRY)
};
#undef ENTRY

static guint8 slots[N_SLOTS];

static inline guint
slot_of (const char *word,
         gsize       length)
{
  guint32 hash = (guint32) length;

  for (gsize i = 0; i < length; i++)
    hash = (hash ^ (guchar) word[i]) * 0x01000193u;
  return (hash ^ (hash >> 15)) % N_SLOTS;
}

static void
fill_slots (void)
{
  G_STATIC_ASSERT (BW_N_KEYWORDS <= G_MAXUINT8);
  for (guint keyword = 1; keyword < BW_N_KEYWORDS; keyword++)
    {
      guint slot;

      if (entries[keyword].word == NULL)
        continue;
      slot = slot_of (entries[keyword].word, entries[keyword].length);
      while (slots[slot] != BW_KEYWORD_UNKNOWN)
        slot = (slot + 1) % N_SLOTS;
      slots[slot] = (guint8) keyword;
    }
}

BwKeyword
bw_keyword_find (const char *word,
                 gsize       length)
{
  static gsize filled = 0;
  guint slot;

  if (g_once_init_enter (&filled))
    {
      fill_slots ();
      g_once_init_leave (&filled, 1);
    }
  if (length == 0 || length > MAX_WORD)
    return BW_KEYWORD_UNKNOWN;

  for (slot = slot_of (word, length); slots[slot] != BW_KEYWORD_UNKNOWN;
       slot = (slot + 1) % N_SLOTS)
    {
      const Entry *entry = &entries[slots[slot]];

      if (entry->length == length && memcmp (entry->word, word, length) == 0)
        return slots[slot];
    }
  return BW_KEYWORD_UNKNOWN;
}
