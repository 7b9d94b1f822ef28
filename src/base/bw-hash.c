/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "base/bw-hash.h"

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
