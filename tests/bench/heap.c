/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "heap.h"

#include <errno.h>
#include <malloc.h>
#include <stdatomic.h>
#include <stddef.h>

/* glibc's own, under the names that it has for who stands in for them. */
void *__libc_malloc   (size_t size);
void *__libc_calloc   (size_t n, size_t size);
void *__libc_realloc  (void *old, size_t size);
void *__libc_memalign (size_t alignment, size_t size);
void  __libc_free     (void *memory);

static _Atomic gboolean watching;
static _Atomic gint64 in_use;
static _Atomic gint64 peak;

static void
count (gint64 bytes)
{
  gint64 now, most;

  if (!atomic_load_explicit (&watching, memory_order_relaxed))
    return;
  now = atomic_fetch_add (&in_use, bytes) + bytes;
  most = atomic_load (&peak);
  while (now > most && !atomic_compare_exchange_weak (&peak, &most, now))
    ;
}

static void *
taken (void *memory)
{
  count ((gint64) malloc_usable_size (memory));
  return memory;
}

void *
malloc (size_t size)
{
  return taken (__libc_malloc (size));
}

void *
calloc (size_t n,
        size_t size)
{
  return taken (__libc_calloc (n, size));
}

/* While a block moves, both are there. */
void *
realloc (void   *old,
         size_t  size)
{
  gint64 before = (gint64) malloc_usable_size (old);
  void *memory = __libc_realloc (old, size);

  if (memory != NULL || size == 0)
    {
      count ((gint64) malloc_usable_size (memory));
      count (-before);
    }
  return memory;
}

void *
memalign (size_t alignment,
          size_t size)
{
  return taken (__libc_memalign (alignment, size));
}

void *
aligned_alloc (size_t alignment,
               size_t size)
{
  return taken (__libc_memalign (alignment, size));
}

int
posix_memalign (void   **memory_out,
                size_t   alignment,
                size_t   size)
{
  *memory_out = taken (__libc_memalign (alignment, size));
  return *memory_out != NULL ? 0 : ENOMEM;
}

void
free (void *memory)
{
  count (-(gint64) malloc_usable_size (memory));
  __libc_free (memory);
}

void
bw_heap_watch (void)
{
  atomic_store (&in_use, 0);
  atomic_store (&peak, 0);
  atomic_store (&watching, TRUE);
}

gint64
bw_heap_peak (void)
{
  atomic_store (&watching, FALSE);
  return atomic_load (&peak);
}
