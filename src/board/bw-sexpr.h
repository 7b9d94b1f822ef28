/* SPDX-License-Identifier: GPL-3.0-or-later */

/* KiCad's S-expressions as an index into the file's own bytes.
 *
 * Only lists become nodes, 16 bytes each, in file order: a list's first child follows it, and
 * `next` leads past all that is in it. Atoms and strings are found again in the text by a
 * cursor. So the index is small, made in one pass, and every node knows its bytes. Immutable
 * once made; the text must outlive it. */

#pragma once

#include <gio/gio.h>

#include "board/bw-keyword.h"

G_BEGIN_DECLS

#define BW_SEXPR_MAX_DEPTH 128
#define BW_SEXPR_MAX_BYTES G_MAXINT32

typedef struct
{
  guint32 offset;  /* of its '(' */
  guint32 length;  /* to past its ')' */
  guint32 next;    /* index of the first node that is not inside this one */
  guint32 keyword; /* BwKeyword of its first atom */
} BwSexprNode;

typedef struct
{
  const char *text;
  guint32 length;
  BwSexprNode *nodes; /* [0] is the file's only outermost list */
  guint32 n_nodes;
  guint32 *lines;     /* line number at the start of each block of the text */
} BwSexpr;

typedef enum
{
  BW_SEXPR_END,
  BW_SEXPR_ATOM,   /* a bare word */
  BW_SEXPR_STRING, /* quoted; offset and length are of what is between the quotes */
  BW_SEXPR_LIST,
} BwSexprKind;

/* Walks over the items of one list, the keyword left out. */
typedef struct
{
  const BwSexpr *sexpr;
  guint32 position;
  guint32 end;
  guint32 child;

  /* The item that bw_sexpr_next() came to. */
  BwSexprKind kind;
  guint32 offset;
  guint32 length;
  guint32 node; /* of a list */
} BwSexprCursor;

/* Returns: (nullable): NULL with a BW_BOARD_ERROR_SYNTAX that says `NAME:LINE: fact`. What
 * follows the outermost list is not looked at, but for bytes of zero. */
BwSexpr      *bw_sexpr_new         (const char          *text,
                                    gsize                length,
                                    const char          *name,
                                    GError             **error);
void          bw_sexpr_free        (BwSexpr             *self);

/* Where what follows the outermost list begins, spaces left out; `length`: nothing does. */
guint32       bw_sexpr_find_rest   (const BwSexpr       *self);

/* The line, from 1, of a byte. */
guint32       bw_sexpr_line        (const BwSexpr       *self,
                                    guint32              offset);

BwSexprCursor bw_sexpr_enter       (const BwSexpr       *self,
                                    guint32              node);
BwSexprKind   bw_sexpr_next        (BwSexprCursor       *cursor);

/* The first list in `node` that begins with `keyword`, or 0, which no child can be. */
guint32       bw_sexpr_find        (const BwSexpr       *self,
                                    guint32              node,
                                    BwKeyword            keyword);

/* Whether the cursor's item is this word, quoted or not. */
gboolean      bw_sexpr_is          (const BwSexprCursor *cursor,
                                    const char          *word);

/* A decimal number times 10^6, rounded half away from zero; +-BW_SEXPR_MICRO_MAX where it is beyond
 * that. Returns: FALSE if the bytes are no number. */
gboolean      bw_sexpr_parse_micro (const char          *text,
                                    gsize                length,
                                    gint64              *micro_out);

/* bw_sexpr_next() and bw_sexpr_parse_micro() in one. FALSE: the item that the cursor came to is no
 * number, if it is an item at all. */
gboolean      bw_sexpr_next_micro  (BwSexprCursor       *cursor,
                                    gint64              *micro_out);

/* The word or text after the keyword of a list, as it is in the file but valid UTF-8; "" where
 * there is none. (transfer full) */
char         *bw_sexpr_dup_first   (const BwSexpr       *self,
                                    guint32              node);

#define BW_SEXPR_MICRO_MAX (G_GINT64_CONSTANT (1) << 61)

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BwSexpr, bw_sexpr_free)

G_END_DECLS
