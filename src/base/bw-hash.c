/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "base/bw-hash.h"

#include <string.h>

#define FNV_PRIME UINT64_C (0x100000001b3)

uint64_t
bw_hash_bytes (uint64_t    hash,
               const void *bytes,
               size_t      length)
{
  const unsigned char *byte = bytes;

  for (size_t i = 0; i < length; i++)
    hash = (hash ^ byte[i]) * FNV_PRIME;
  return hash;
}

uint64_t
bw_hash_words (uint64_t    hash,
               const void *bytes,
               size_t      length)
{
  const unsigned char *byte = bytes;
  size_t rest = length % 8;

  for (size_t i = 0; i + 8 <= length; i += 8)
    {
      uint64_t word;

      memcpy (&word, byte + i, sizeof word);
      hash = (hash ^ word) * FNV_PRIME;
      hash ^= hash >> 32; /* else high bits of a word would reach high bits alone */
    }
  return bw_hash_bytes (hash, rest > 0 ? byte + (length - rest) : NULL, rest);
}

uint64_t
bw_hash_int (uint64_t hash,
             int64_t  value)
{
  uint64_t rest = (uint64_t) value;

  for (int i = 0; i < 8; i++)
    {
      hash = (hash ^ (rest & 0xff)) * FNV_PRIME;
      rest >>= 8;
    }
  return hash;
}
