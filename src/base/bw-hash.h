/* SPDX-License-Identifier: GPL-3.0-or-later */

/* 64-bit FNV-1a: for comparing results and naming content, never against an attacker. */

#pragma once

#include <stddef.h>
#include <stdint.h>

#define BW_HASH_INIT UINT64_C (0xcbf29ce484222325)

/* Folds `length` bytes into `hash`; start with BW_HASH_INIT. */
uint64_t bw_hash_bytes (uint64_t    hash,
                        const void *bytes,
                        size_t      length);

/* The same, eight bytes at a time: another hash, for content of many megabytes. It differs with
 * the machine's byte order. */
uint64_t bw_hash_words (uint64_t    hash,
                        const void *bytes,
                        size_t      length);

/* Folds a number in, lowest byte first, whatever the machine's byte order. */
uint64_t bw_hash_int   (uint64_t    hash,
                        int64_t     value);
