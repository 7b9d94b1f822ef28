/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Footprints: `module` up to KiCad 5, `footprint` since. */

#pragma once

#include "board/bw-reader.h"

G_BEGIN_DECLS

/* Reads footprint `index` of the board into `footprint`, which is zeroed. Its edges and keepouts
 * go to the reader's lists. */
void bw_reader_footprint    (BwReader     *self,
                             guint32       node,
                             guint32       index,
                             BwFootprint  *footprint);

/* Where the reader's scratch graphics are ready: fills body, has_courtyard, box and silhouette. */
void bw_reader_body         (BwReader     *self,
                             guint32       node,
                             BwFootprint  *footprint);

/* Fills the silhouette anew, where the body has changed. */
void bw_reader_silhouette   (BwReader     *self,
                             BwFootprint  *footprint);

/* The sheet that a footprint belongs to; -1: none. `path` and `sheetname` are as in the file, ""
 * where it has none. */
gint32 bw_reader_module     (BwReader     *self,
                             const char   *path,
                             const char   *sheetname);

/* Gives those footprints that have an address from atopile the innermost module that holds
 * another part, too. */
void bw_reader_modules_of_addresses (BwReader    *self,
                                     BwFootprint *footprints);

G_END_DECLS
