/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Little-endian numbers and short texts, appended to a GByteArray. */

#pragma once

#include <glib.h>
#include <string.h>

G_BEGIN_DECLS

static inline void
bw_le_u8 (GByteArray *out,
          guint8      value)
{
  g_byte_array_append (out, &value, 1);
}

static inline void
bw_le_u16 (GByteArray *out,
           guint16     value)
{
  guint16 le = GUINT16_TO_LE (value);

  g_byte_array_append (out, (const guint8 *) &le, sizeof le);
}

static inline void
bw_le_u32 (GByteArray *out,
           guint32     value)
{
  guint32 le = GUINT32_TO_LE (value);

  g_byte_array_append (out, (const guint8 *) &le, sizeof le);
}

static inline void
bw_le_u64 (GByteArray *out,
           guint64     value)
{
  guint64 le = GUINT64_TO_LE (value);

  g_byte_array_append (out, (const guint8 *) &le, sizeof le);
}

static inline void
bw_le_f32 (GByteArray *out,
           float       value)
{
  guint32 bits;

  memcpy (&bits, &value, sizeof bits);
  bw_le_u32 (out, bits);
}

static inline void
bw_le_f64 (GByteArray *out,
           double      value)
{
  guint64 bits;

  memcpy (&bits, &value, sizeof bits);
  bw_le_u64 (out, bits);
}

/* The length of `text` (nullable: "") cut to `max` bytes, not in the middle of a character. */
static inline gsize
bw_le_text_length (const char *text,
                   gsize       max)
{
  gsize length = text != NULL ? strlen (text) : 0;

  if (length <= max)
    return length;

  length = max;
  while (length > 0 && ((guint8) text[length] & 0xc0) == 0x80)
    length--;
  return length;
}

/* Its length in one byte, then UTF-8. */
static inline void
bw_le_text8 (GByteArray *out,
             const char *text)
{
  gsize length = bw_le_text_length (text, G_MAXUINT8);

  bw_le_u8 (out, (guint8) length);
  g_byte_array_append (out, (const guint8 *) text, (guint) length);
}

/* The same with a length of two bytes. */
static inline void
bw_le_text16 (GByteArray *out,
              const char *text)
{
  gsize length = bw_le_text_length (text, G_MAXUINT16);

  bw_le_u16 (out, (guint16) length);
  g_byte_array_append (out, (const guint8 *) text, (guint) length);
}

G_END_DECLS
