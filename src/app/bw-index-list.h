/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A list model of the numbers from 0 to n - 1, each an object that is made when somebody asks for
 * it. */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define BW_TYPE_INDEX_ITEM (bw_index_item_get_type ())
G_DECLARE_FINAL_TYPE (BwIndexItem, bw_index_item, BW, INDEX_ITEM, GObject)

guint        bw_index_item_get_index (BwIndexItem *self);

#define BW_TYPE_INDEX_LIST (bw_index_list_get_type ())
G_DECLARE_FINAL_TYPE (BwIndexList, bw_index_list, BW, INDEX_LIST, GObject)

BwIndexList *bw_index_list_new        (void);
void         bw_index_list_set_length (BwIndexList *self,
                                       guint        length);

G_END_DECLS
