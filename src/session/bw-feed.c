/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "session/bw-feed.h"

G_DEFINE_INTERFACE (BwFeed, bw_feed, G_TYPE_OBJECT)

static void
bw_feed_default_init (BwFeedInterface *iface)
{
}

BwBoard *
bw_feed_get_board (BwFeed *self)
{
  g_return_val_if_fail (BW_IS_FEED (self), NULL);

  return BW_FEED_GET_IFACE (self)->get_board (self);
}

BwPort *
bw_feed_subscribe (BwFeed       *self,
                   GMainContext *context,
                   BwPortFunc    func,
                   gpointer      user_data)
{
  g_return_val_if_fail (BW_IS_FEED (self), NULL);
  g_return_val_if_fail (func != NULL, NULL);

  return BW_FEED_GET_IFACE (self)->subscribe (self, context, func, user_data);
}
