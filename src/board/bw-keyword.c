/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "board/bw-keyword.h"

#include <string.h>

#define N_SLOTS 1024
#define MAX_WORD 40

typedef struct
{
  const char *word;
  guint8 length;
  /* The ends of the word, which are all of it up to 16 bytes. */
  guint64 head;
  guint64 tail;
} Entry;

#define ENTRY(name, spelling) [BW_KEYWORD_##name] = { #spelling, sizeof #spelling - 1 },
static Entry entries[BW_N_KEYWORDS] = {
  BW_KEYWORDS (ENTRY)
  BW_KEYWORDS_LEFT_ALONE (ENTRY)
};
#undef ENTRY

static guint8 slots[N_SLOTS];

/* The first and the last eight bytes, or four; of shorter words each byte. */
static inline void
read_ends (const char *word,
           gsize       length,
           guint64    *head,
           guint64    *tail)
{
  *head = *tail = 0;
  if (length >= 8)
    {
      memcpy (head, word, 8);
      memcpy (tail, word + length - 8, 8);
    }
  else if (length >= 4)
    {
      memcpy (head, word, 4);
      memcpy (tail, word + length - 4, 4);
    }
  else
    *head = (guint64) (guchar) word[0] | (guint64) (guchar) word[length / 2] << 8 |
            (guint64) (guchar) word[length - 1] << 16;
}

static inline guint
slot_of (guint64 head,
         guint64 tail,
         gsize   length)
{
  guint64 hash = (head ^ (tail << 7) ^ (tail >> 9) ^ length) *
                 G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);

  return (guint) (hash >> 54);
}

static void
fill_slots (void)
{
  G_STATIC_ASSERT (BW_N_KEYWORDS <= G_MAXUINT8);
  G_STATIC_ASSERT (N_SLOTS == 1 << (64 - 54));
  for (guint keyword = 1; keyword < BW_N_KEYWORDS; keyword++)
    {
      Entry *entry = &entries[keyword];
      guint slot;

      if (entry->word == NULL)
        continue;
      read_ends (entry->word, entry->length, &entry->head, &entry->tail);
      slot = slot_of (entry->head, entry->tail, entry->length);
      while (slots[slot] != BW_KEYWORD_UNKNOWN)
        slot = (slot + 1) % N_SLOTS;
      slots[slot] = (guint8) keyword;
    }
}

guint
bw_keyword_length (BwKeyword keyword)
{
  return entries[keyword].length;
}

BwKeyword
bw_keyword_find (const char *word,
                 gsize       length)
{
  static gsize filled = 0;
  guint64 head, tail;

  if (g_once_init_enter (&filled))
    {
      fill_slots ();
      g_once_init_leave (&filled, 1);
    }
  if (length == 0 || length > MAX_WORD)
    return BW_KEYWORD_UNKNOWN;

  read_ends (word, length, &head, &tail);
  for (guint slot = slot_of (head, tail, length); slots[slot] != BW_KEYWORD_UNKNOWN;
       slot = (slot + 1) % N_SLOTS)
    {
      const Entry *entry = &entries[slots[slot]];

      if (entry->head == head && entry->tail == tail && entry->length == length &&
          (length <= 16 || memcmp (entry->word, word, length) == 0))
        return slots[slot];
    }
  return BW_KEYWORD_UNKNOWN;
}
