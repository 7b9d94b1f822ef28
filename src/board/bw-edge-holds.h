/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Parts that people put at the edge on purpose: connectors that open or reach over it, and whatever
 * else reaches beyond it with a side that has no pads (a module with its antenna, a plug whose name
 * tells nothing), or up to it where a rule area keeps copper away. */

#pragma once

#include "board/bw-reader.h"

G_BEGIN_DECLS

/* Holds each of them where it is, unless it lies on what is held there already: then it was put
 * there by no one. Once outline, nets and all other reasons to hold parts are known. */
void bw_reader_edge_holds (BwReader *self);

G_END_DECLS
