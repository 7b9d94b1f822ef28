/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Texts that are drawn: of footprints, of the board, in boxes, tables and dimensions. */

#pragma once

#include "board/bw-reader.h"

G_BEGIN_DECLS

/* Appends to the reader's texts what `node` (fp_text, property, fp_text_box or a table of
 * `footprint`; NULL: gr_text, gr_text_box, table or dimension of the board) shows, and to its
 * graphics the lines around it. What is hidden is left out. */
void bw_reader_text (BwReader          *self,
                     guint32            node,
                     const BwFootprint *footprint);

/* Whether a list of this kind is for bw_reader_text(). */
gboolean bw_reader_is_text (BwKeyword keyword);

G_END_DECLS
