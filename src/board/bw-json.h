/* SPDX-License-Identifier: GPL-3.0-or-later */

/* JSON as an index into its own bytes, for the project file beside a board.
 *
 * Values are tokens in file order; the members of an object are a key and a value each. Token 0
 * is the whole; no member has that index, so that 0 also says: not there. Immutable once made;
 * the text must outlive it. */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define BW_JSON_MAX_DEPTH 64

typedef enum
{
  BW_JSON_OBJECT,
  BW_JSON_ARRAY,
  BW_JSON_STRING, /* offset and length are of what is between the quotes */
  BW_JSON_OTHER,  /* a number, true, false or null */
} BwJsonKind;

typedef struct
{
  guint32 offset;
  guint32 length;
  guint32 next;   /* index of the first token that is not inside this one */
  guint32 kind;   /* BwJsonKind */
} BwJsonToken;

typedef struct
{
  const char *text;
  guint32 length;
  GArray *tokens; /* BwJsonToken */
} BwJson;

/* A mark of the byte order at the beginning is skipped.
 *
 * Returns: (nullable): NULL where the text is not JSON; then `line_out` is the line. */
BwJson            *bw_json_new    (const char   *text,
                                   gsize         length,
                                   guint        *line_out);
void               bw_json_free   (BwJson       *self);

const BwJsonToken *bw_json_token  (const BwJson *self,
                                   guint32       index);

/* The value of the member of `object` that is called `key`; 0: none, or no object. */
guint32            bw_json_find   (const BwJson *self,
                                   guint32       object,
                                   const char   *key);

/* A string's characters, unescaped and valid UTF-8; NULL where it is no string. */
char              *bw_json_dup    (const BwJson *self,
                                   guint32       index);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BwJson, bw_json_free)

G_END_DECLS
