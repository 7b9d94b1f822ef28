/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/bw-index-list.h"

struct _BwIndexItem
{
  GObject parent_instance;

  guint index;
};

G_DEFINE_FINAL_TYPE (BwIndexItem, bw_index_item, G_TYPE_OBJECT)

static void
bw_index_item_class_init (BwIndexItemClass *klass)
{
}

static void
bw_index_item_init (BwIndexItem *self)
{
}

guint
bw_index_item_get_index (BwIndexItem *self)
{
  g_return_val_if_fail (BW_IS_INDEX_ITEM (self), 0);

  return self->index;
}

struct _BwIndexList
{
  GObject parent_instance;

  GPtrArray *items; /* NULL where nobody asked yet */
};

static void bw_index_list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (BwIndexList, bw_index_list, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, bw_index_list_model_init))

static GType
bw_index_list_get_item_type (GListModel *model)
{
  return BW_TYPE_INDEX_ITEM;
}

static guint
bw_index_list_get_n_items (GListModel *model)
{
  return BW_INDEX_LIST (model)->items->len;
}

static gpointer
bw_index_list_get_item (GListModel *model,
                        guint       position)
{
  BwIndexList *self = BW_INDEX_LIST (model);

  if (position >= self->items->len)
    return NULL;
  if (!self->items->pdata[position])
    {
      BwIndexItem *item = g_object_new (BW_TYPE_INDEX_ITEM, NULL);

      item->index = position;
      self->items->pdata[position] = item;
    }
  return g_object_ref (self->items->pdata[position]);
}

static void
bw_index_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = bw_index_list_get_item_type;
  iface->get_n_items = bw_index_list_get_n_items;
  iface->get_item = bw_index_list_get_item;
}

static void
bw_index_list_finalize (GObject *object)
{
  g_ptr_array_unref (BW_INDEX_LIST (object)->items);
  G_OBJECT_CLASS (bw_index_list_parent_class)->finalize (object);
}

static void
bw_index_list_class_init (BwIndexListClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = bw_index_list_finalize;
}

static void
drop_item (gpointer item)
{
  g_clear_object (&item);
}

static void
bw_index_list_init (BwIndexList *self)
{
  self->items = g_ptr_array_new_with_free_func (drop_item);
}

BwIndexList *
bw_index_list_new (void)
{
  return g_object_new (BW_TYPE_INDEX_LIST, NULL);
}

void
bw_index_list_set_length (BwIndexList *self,
                          guint        length)
{
  guint before;

  g_return_if_fail (BW_IS_INDEX_LIST (self));

  before = self->items->len;
  g_ptr_array_set_size (self->items, 0);
  g_ptr_array_set_size (self->items, (gint) length);
  g_list_model_items_changed (G_LIST_MODEL (self), 0, before, length);
}
