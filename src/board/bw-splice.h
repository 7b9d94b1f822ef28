/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Edits to a text that leave every other byte as it is. */

#pragma once

#include "board/bw-sexpr.h"

G_BEGIN_DECLS

typedef struct _BwSplice BwSplice;

BwSplice *bw_splice_new           (const BwSexpr       *sexpr);
void      bw_splice_free          (BwSplice            *self);

/* Puts `text` in the place of `length` bytes at `offset`. Edits come in any order, but no two
 * may overlap; two insertions at one place keep the order they came in. */
void      bw_splice_replace       (BwSplice            *self,
                                   guint32              offset,
                                   guint32              length,
                                   const char          *text);

/* Removes bytes and the white space before them. */
void      bw_splice_remove        (BwSplice            *self,
                                   guint32              offset,
                                   guint32              length);

/* Puts a number of millionths (mm from nm, degrees) in the place of the cursor's item; does
 * nothing where the item has that value. */
void      bw_splice_number        (BwSplice            *self,
                                   const BwSexprCursor *cursor,
                                   gint64               micro);

/* The text of a number as KiCad writes it: no exponent, no needless zero, no -0. */
void      bw_splice_format_number (gint64               micro,
                                   char                 buffer[32]);

/* The edited text, or NULL where there was no edit. */
GBytes   *bw_splice_apply         (BwSplice            *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BwSplice, bw_splice_free)

G_END_DECLS
