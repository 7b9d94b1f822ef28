/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "board/bw-arena.h"

#include <string.h>

/* Small first, so that a small board stays small; then larger, so that a large one needs few. */
#define FIRST_CHUNK_BYTES (16 * 1024)
#define LAST_CHUNK_BYTES (1024 * 1024)
#define ALIGNMENT 8

typedef struct _Chunk Chunk;

struct _Chunk
{
  Chunk *next;
};

struct _BwArena
{
  Chunk *chunks;
  char *free_bytes;
  gsize n_free;
  gsize next_size;
};

BwArena *
bw_arena_new (void)
{
  BwArena *self = g_new0 (BwArena, 1);

  self->next_size = FIRST_CHUNK_BYTES;
  return self;
}

void
bw_arena_free (BwArena *self)
{
  while (self->chunks != NULL)
    {
      Chunk *next = self->chunks->next;

      g_free (self->chunks);
      self->chunks = next;
    }
  g_free (self);
}

static char *
add_chunk (BwArena *self,
           gsize    size)
{
  Chunk *chunk = g_malloc0 (sizeof (Chunk) + size);

  G_STATIC_ASSERT (sizeof (Chunk) % ALIGNMENT == 0);
  chunk->next = self->chunks;
  self->chunks = chunk;
  return (char *) (chunk + 1);
}

static gpointer
take (BwArena *self,
      gsize    size)
{
  gpointer taken;

  if (size > self->n_free)
    {
      /* A large piece gets a chunk of its own; the rest of the open one stays in use. */
      if (size > self->next_size / 4)
        return add_chunk (self, size);
      self->free_bytes = add_chunk (self, self->next_size);
      self->n_free = self->next_size;
      self->next_size = MIN (self->next_size * 2, LAST_CHUNK_BYTES);
    }
  taken = self->free_bytes;
  if (size > 0) /* there may be no chunk yet, and nothing is added to NULL */
    self->free_bytes += size;
  self->n_free -= size;
  return taken;
}

gpointer
bw_arena_alloc (BwArena *self,
                gsize    size)
{
  gsize off = self->n_free % ALIGNMENT;

  /* Chunks end on the alignment, so what is left tells where the next piece begins. */
  if (off > 0)
    self->free_bytes += off;
  self->n_free -= off;
  return take (self, (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT);
}

gpointer
bw_arena_copy (BwArena       *self,
               gconstpointer  bytes,
               gsize          size)
{
  gpointer copy;

  if (size == 0)
    return NULL;
  copy = bw_arena_alloc (self, size);
  memcpy (copy, bytes, size);
  return copy;
}

char *
bw_arena_string (BwArena    *self,
                 const char *text,
                 gsize       length)
{
  char *copy = take (self, length + 1);

  if (length > 0)
    memcpy (copy, text, length);
  copy[length] = '\0';
  return copy;
}
