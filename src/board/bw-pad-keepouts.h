/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where pads of other parts may not lie, for what bodies and their keepouts do not tell. */

#pragma once

#include "board/bw-reader.h"

G_BEGIN_DECLS

/* Collects the board's pad keepouts, once all else of it but notes is known. */
void bw_reader_pad_keepouts (BwReader *self);

G_END_DECLS
