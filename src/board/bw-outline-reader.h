/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The board's outline, from everything on its edge layer. */

#pragma once

#include "board/bw-reader.h"

G_BEGIN_DECLS

/* Joins the reader's edges into the board's outlines, and tells which of them are holes. An
 * outline that is not closed is noted with the place of its gap. */
void bw_reader_outlines (BwReader *self);

G_END_DECLS
